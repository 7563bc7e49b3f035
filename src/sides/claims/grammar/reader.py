"""The grammar reader: a dependency parse, a lexicon of what words say, and the actors that were resolved."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sides.actors.resolution import Resolution
from sides.claims.dating import Dating
from sides.claims.grammar.confidence import Confidence
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.patterns import Patterns, phrase
from sides.claims.grammar.proposals import Proposal, Step
from sides.claims.grammar.quotes import quote_span
from sides.claims.grammar.tenure import Tenures
from sides.claims.merger import merged
from sides.claims.modality import Modalities
from sides.claims.speakers import Voices
from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import Kind, Modality
from sides.parsing.pipeline import Parsed

# Raised whenever a change of code may change what is read.
CODE_VERSION = "4"


class GrammarReader:
    """Reads claims with a lexicon over the dependency parse. Needs no network and no key."""

    name = "grammar"

    def __init__(self, lexicon: Lexicon, modalities: Modalities, confidence: Confidence) -> None:
        self.lexicon, self._modalities, self._confidence = lexicon, modalities, confidence
        self.version = hashlib.sha256(f"{CODE_VERSION}:{lexicon.digest}:{confidence.digest}".encode()).hexdigest()[:12]

    @classmethod
    def load(cls) -> GrammarReader:
        """The reader with the lexicon that ships with sides. Raises `LexiconError` if it makes no sense."""
        return cls(Lexicon.load(), Modalities.load(), Confidence.load())

    def read(self, parsed: Parsed, resolution: Resolution) -> Sequence[Claim]:
        """Read the claims of one document, sorted by offset."""
        voices, dating = Voices(parsed, resolution), Dating(parsed)
        tenures = Tenures(self.lexicon, dating, parsed.document.published)
        return merged(self.claim(parsed, proposal, voices, dating, tenures)
                      for proposal in Patterns(self.lexicon, resolution).proposals(parsed.doc))

    def claim(self, parsed: Parsed, proposal: Proposal, voices: Voices, dating: Dating,
              tenures: Tenures) -> Claim:
        """The claim that a proposal becomes: with its quote, speaker, modality and date."""
        text = parsed.document.text
        begin, end = quote_span(proposal, text)
        word = proposal.trigger[0]
        is_structure = proposal.type.meaning.kind is Kind.STRUCTURE
        start, stop, dated_from = tenures.dates(word) if is_structure else dating.at(word)
        modality = self._modalities.of(word)
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
            confidence=self._confidence.of(proposal), reader=self.name, reader_version=self.version,
            trigger=phrase(proposal.trigger),
            source_text=proposal.source.mention.text, target_text=proposal.target.mention.text)

    def explain(self, parsed: Parsed, resolution: Resolution) -> list[Step]:
        """Which words were read with which pattern, and which actors were found or missing, sorted by offset."""
        return sorted(Patterns(self.lexicon, resolution).steps(parsed.doc))
