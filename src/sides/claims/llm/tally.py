"""What became of what a model said, in numbers: nothing of it is dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

# Why a proposal is not believed, in the order of the checks (docs/llm.md).
REASONS: Mapping[str, str] = {
    "form": "not of the form asked for",
    "type": "a type that there is not",
    "modality": "a modality that there is not",
    "layer": "a layer that there is not",
    "sentence": "about a sentence that was not to be read",
    "quote": "a quote that does not stand in its sentence",
    "actor": "an actor that is not one of the passage",
    "same": "of an actor with itself",
    "absent": "an actor that is not mentioned near the quote",
    "cue": "no word of the quote says anything of the kind",
    "direction": "the text has it the other way round",
    "told": "the text tells the reader to say it, and does not say it",
    "mood": "the text denies it, or does not tell it as so; or the other way round",
    "votes": "not in more than half of the answers",
    "answer": "answers that held no list of claims, asked for twice",
    "cut": "answers that broke off before their end",
}


@dataclass(slots=True)
class Tally:
    """What became of the proposals about some documents."""

    proposed: int = 0
    accepted: int = 0
    known: int = 0  # what the other readers say already
    repeated: int = 0  # what the model itself said already, in another sample or of the same words
    extra_fields: int = 0  # proposals with fields of their own, dates for instance: these are not taken
    rejected: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add what became of the proposals about others."""
        for name in ("proposed", "accepted", "known", "repeated", "extra_fields"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rejected.update(other.rejected)
