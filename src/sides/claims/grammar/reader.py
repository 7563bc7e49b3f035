"""The grammar reader: a dependency parse, a lexicon of what words say, and the actors that were resolved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sides.actors.resolution import Resolution
from sides.claims.amounts import Amounts
from sides.claims.dating import Dating
from sides.claims.grammar.confidence import Confidence
from sides.claims.grammar.extension import extended
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.patterns import Patterns, phrase
from sides.claims.grammar.proposals import Proposal, Step
from sides.claims.grammar.quotes import quote_span
from sides.claims.grammar.signs import Signs, signs_of
from sides.claims.grammar.tenure import Tenures
from sides.claims.merger import merged
from sides.claims.modality import Modalities
from sides.claims.reasons import Reasons
from sides.claims.speakers import Voices
from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import Kind, Modality
from sides.parsing.pipeline import Parsed

# Raised whenever a change of code may change what is read.
CODE_VERSION = "5"
UNWEIGHED = 0.5
# What is planned, demanded or said to be possible holds as such at the document's date; a forecast has no date yet.
HELD = {Modality.PLANNED, Modality.DEMANDED, Modality.POSSIBLE}


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
        self.version = hashlib.sha256(f"{CODE_VERSION}:{lexicon.digest}:{confidence.digest}".encode()).hexdigest()[:12]

    @classmethod
    def load(cls, own: Sequence[Path] = ()) -> GrammarReader:
        """The reader with the lexicon that ships with sides, and with own files of entries laid over it.

        Raises `LexiconError` if a row makes no sense.
        """
        return cls(extended(Lexicon.load(), own), Modalities.load(), Confidence.load())

    def read(self, parsed: Parsed, resolution: Resolution) -> Sequence[Claim]:
        """Read the claims of one document, sorted by offset."""
        return merged(weighed.claim for weighed in self.readings(parsed, resolution))

    def readings(self, parsed: Parsed, resolution: Resolution) -> Iterator[Weighed]:
        """Every reading of one document, before claims that say the same are merged."""
        voices, dating = Voices(parsed, resolution), Dating(parsed)
        reasons, amounts = Reasons(parsed), Amounts(parsed)
        tenures = Tenures(self.lexicon, dating, parsed.document.published)
        proposals = list(Patterns(self.lexicon, resolution).proposals(parsed.doc))
        siblings = Counter(proposal.trigger[0].i for proposal in proposals)
        for proposal in proposals:
            word = proposal.trigger[0]
            claim = self.claim(parsed, proposal, voices, dating, tenures)
            signs = signs_of(proposal, claim, resolution, siblings[word.i], is_quoted=voices.is_quoted(word))
            yield Weighed(proposal, replace(
                claim, confidence=self._confidence.of(signs), amounts=amounts.at(proposal.trigger, proposal.type),
                reasons=reasons.at(proposal.trigger, proposal.places, proposal.type, claim.modality)), signs)

    def claim(self, parsed: Parsed, proposal: Proposal, voices: Voices, dating: Dating,
              tenures: Tenures) -> Claim:
        """The claim that a proposal becomes: with its quote, speaker, modality and date, not yet weighed."""
        text = parsed.document.text
        begin, end = quote_span(proposal, text)
        word = proposal.trigger[0]
        is_structure = proposal.type.meaning.kind is Kind.STRUCTURE
        modality = self._modalities.of(word)
        start, stop, dated_from = (tenures.dates(word) if is_structure else
                                   dating.at(word, is_planned=modality in HELD))
        if is_structure:
            modality = tenures.modality(word, modality)
        if proposal.is_denied and modality is Modality.NEGATED:
            modality = Modality.ASSERTED
        return Claim(
            document=parsed.document.id, begin_char=begin, end_char=end, quote=text[begin:end],
            source=proposal.source.mention.actor, target=proposal.target.mention.actor,
            third=proposal.third.mention.actor if proposal.third else None,
            type=proposal.type, sign=proposal.sign, layer=proposal.layer,
            speaker=AUTHOR if is_structure else voices.at(word), modality=modality,
            start=start, end=stop, dated_from=dated_from,
            confidence=UNWEIGHED, reader=self.name, reader_version=self.version,
            trigger=phrase(proposal.trigger),
            source_text=proposal.source.mention.text, target_text=proposal.target.mention.text)

    def explain(self, parsed: Parsed, resolution: Resolution) -> list[Step]:
        """What was read: words, pattern, the actors found or missing, and what makes it sure or doubtful, by offset."""
        steps = list(Patterns(self.lexicon, resolution).steps(parsed.doc))
        weighed = list(self.readings(parsed, resolution))  # of the first steps: what is incomplete follows
        for place, one in enumerate(weighed):
            steps[place] = replace(steps[place], confidence=one.claim.confidence, reasons=tuple(
                f"{sign} {weight:+.2f}" for sign, weight in self._confidence.reasons(one.signs)))
        return sorted(steps)
