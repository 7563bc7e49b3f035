"""What is found out once about a document and then asked for each of its claims."""

from __future__ import annotations

from dataclasses import dataclass

from sides.actors.resolution import Resolution
from sides.claims.amounts import Amounts
from sides.claims.dating import Dating
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.tenure import Tenures
from sides.claims.reasons import Reasons
from sides.claims.speakers import Voices
from sides.parsing.pipeline import Parsed


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who says what a document says, when it was, why, and how much of it. Each is asked by a trigger's words."""

    parsed: Parsed
    voices: Voices
    dating: Dating
    tenures: Tenures
    reasons: Reasons
    amounts: Amounts

    @classmethod
    def of(cls, parsed: Parsed, resolution: Resolution, lexicon: Lexicon) -> Circumstances:
        """Those of one document."""
        dating = Dating(parsed)
        return cls(parsed, Voices(parsed, resolution), dating, Tenures(lexicon, dating, parsed.document.published),
                   Reasons(parsed), Amounts(parsed))
