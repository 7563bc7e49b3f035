"""The grammar reader: a dependency parse, a lexicon of what words say, and the actors that were resolved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sides.actors.resolution import Resolution
from sides.claims.grammar.circumstances import Circumstances
from sides.claims.grammar.confidence import Confidence
from sides.claims.grammar.extension import extended
from sides.claims.grammar.incomplete import incompletes
from sides.claims.grammar.lexicon import Lexicon, lists_digest
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.patterns import Patterns, phrase
from sides.claims.grammar.proposals import Proposal, Step
from sides.claims.grammar.quotes import quote_span
from sides.claims.grammar.signs import Signs, inferred, signs_of
from sides.claims.merger import merged
from sides.claims.modality import Modalities
from sides.claims.restatements import restated
from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import Kind, Modality
from sides.model.incomplete import Incomplete
from sides.parsing.pipeline import Parsed

# Raised whenever a change of code may change what is read.
CODE_VERSION = "6"
UNWEIGHED = 0.5
# What is planned, demanded or said to be possible holds as such at the document's date; a forecast has no date yet.
HELD = frozenset({Modality.PLANNED, Modality.DEMANDED, Modality.POSSIBLE})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a pattern proposes, the claim that it makes, and the signs that its confidence is weighed from."""

    proposal: Proposal
    claim: Claim
    signs: Signs


class GrammarReader:
    """Reads claims with a lexicon over the dependency parse. Needs no network and no key."""

    name = "grammar"

    def __init__(self, lexicon: Lexicon, modalities: Modalities, confidence: Confidence) -> None:
        self.lexicon, self._modalities, self._confidence = lexicon, modalities, confidence
        parts = (CODE_VERSION, lexicon.digest, confidence.digest, lists_digest())
        self.version = hashlib.sha256(":".join(parts).encode()).hexdigest()[:12]

    @classmethod
    def load(cls, own: Sequence[Path | LexiconFile] = ()) -> GrammarReader:
        """The reader with the lexicon that ships with sides, and with own files of entries laid over it.

        Raises `LexiconError` if a row makes no sense.
        """
        return cls(extended(Lexicon.load(), own), Modalities.load(), Confidence.load())

    def read(self, parsed: Parsed, resolution: Resolution) -> Sequence[Claim]:
        """Read the claims of one document, sorted by offset."""
        return self.read_all(parsed, resolution)[0]

    def read_all(self, parsed: Parsed, resolution: Resolution) -> tuple[Sequence[Claim], Sequence[Incomplete]]:
        """The claims of one document, and what it says of one actor only; both sorted by offset."""
        readings, incomplete = self.study(parsed, resolution)
        return restated(merged(one.claim for one in readings), parsed), incomplete

    def study(self, parsed: Parsed, resolution: Resolution,
              around: Circumstances | None = None) -> tuple[list[Weighed], Sequence[Incomplete]]:
        """Every reading of one document, before those that say the same are merged, and what is incomplete.

        `around` is what was found out about the document, where that was done already.
        """
        around = around or Circumstances.of(parsed, resolution, self.lexicon)
        proposals, halves = Patterns(self.lexicon, resolution).readings(parsed.doc)
        return (list(self._weighed(proposals, around, resolution)),
                incompletes(halves, parsed, around.voices, self._modalities, around.dating, HELD,
                            (self.name, self.version)))

    def readings(self, parsed: Parsed, resolution: Resolution) -> Iterator[Weighed]:
        """Every reading of one document, before claims that say the same are merged."""
        proposals = list(Patterns(self.lexicon, resolution).proposals(parsed.doc))
        return self._weighed(proposals, Circumstances.of(parsed, resolution, self.lexicon), resolution)

    def _weighed(self, proposals: Sequence[Proposal], around: Circumstances,
                 resolution: Resolution) -> Iterator[Weighed]:
        siblings = Counter(proposal.trigger[0].i for proposal in proposals)
        for proposal in proposals:
            word = proposal.trigger[0]
            claim = self.claim(proposal, around)
            signs = signs_of(proposal, claim, resolution, siblings[word.i], is_quoted=around.voices.is_quoted(word))
            yield Weighed(proposal, replace(claim, confidence=self._confidence.of(signs)), signs)

    def claim(self, proposal: Proposal, around: Circumstances) -> Claim:
        """The claim that a proposal becomes, not yet weighed: all of it but its confidence."""
        text, word = around.parsed.document.text, proposal.trigger[0]
        begin, end = quote_span(proposal, text)
        is_structure = proposal.type.meaning.kind is Kind.STRUCTURE
        modality = self._modalities.of(word)
        start, stop, dated_from = (around.tenures.dates(word) if is_structure else
                                   around.dating.at(word, is_planned=modality in HELD))
        if is_structure:
            modality = around.tenures.modality(word, modality)
        if proposal.is_denied and modality is Modality.NEGATED:
            modality = Modality.ASSERTED
        return Claim(
            document=around.parsed.document.id, begin_char=begin, end_char=end, quote=text[begin:end],
            source=proposal.source.mention.actor, target=proposal.target.mention.actor,
            third=proposal.third.mention.actor if proposal.third else None,
            type=proposal.type, sign=proposal.sign, layer=proposal.layer,
            speaker=AUTHOR if is_structure else around.voices.at(word), modality=modality,
            start=start, end=stop, dated_from=dated_from,
            confidence=UNWEIGHED, reader=self.name, reader_version=self.version,
            trigger=phrase(proposal.trigger),
            source_text=proposal.source.mention.text, target_text=proposal.target.mention.text,
            inferred=inferred(proposal),
            reasons=around.reasons.at(proposal.trigger, proposal.places, proposal.type, modality),
            amounts=around.amounts.at(proposal.trigger, proposal.type))

    def explain(self, parsed: Parsed, resolution: Resolution) -> list[Step]:
        """What was read: words, pattern, the actors found or missing, and what makes it sure or doubtful, by offset."""
        steps = list(Patterns(self.lexicon, resolution).steps(parsed.doc))
        weighed = list(self.readings(parsed, resolution))  # of the first steps: what is incomplete follows
        for place, one in enumerate(weighed):
            steps[place] = replace(steps[place], confidence=one.claim.confidence, reasons=tuple(
                f"{sign} {weight:+.2f}" for sign, weight in self._confidence.reasons(one.signs)))
        return sorted(steps)
