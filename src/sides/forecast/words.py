"""What a speaker's words come to as a probability: `data/forecast/words.toml`.

Documents say that something will be, or likely will; none gives a number. Words of likelihood are read by the scale of
ICD 203; what has none of them is taken as sure as that scale goes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EVEN = .5


@dataclass(frozen=True, slots=True)
class Scale:
    """Words with the chances that they stand for, the longest first, and the chance of what has none of them."""

    terms: tuple[tuple[str, float], ...]
    plain: float


@cache
def scale() -> Scale:
    """The shipped scale."""
    table = tomllib.loads((files("sides") / "data/forecast/words.toml").read_text(encoding="utf-8"))
    terms = [(word, (term["low"] + term["high"]) / 2) for term in table["term"] for word in term["words"]]
    return Scale(tuple(sorted(terms, key=lambda one: (-len(one[0]), one[0]))),
                 (table["plain"]["low"] + table["plain"]["high"]) / 2)


def word_of_likelihood(text: str) -> tuple[str, float] | None:
    """The longest of the words of likelihood in a text, with its chance.

    >>> word_of_likelihood("A meeting is very  likely this year.")
    ('very likely', 0.875)
    """
    said = " ".join(text.lower().split())
    return next(((word, chance) for word, chance in scale().terms if re.search(rf"\b{re.escape(word)}\b", said)), None)


def chance_said(text: str, *, expects: bool = True) -> float:
    """The chance that a text gives to an event which it says will come, or that it will not (not `expects`).

    >>> chance_said("They will meet."), round(chance_said("They will not meet.", expects=False), 2)
    (0.97, 0.03)
    >>> round(chance_said("They are unlikely to meet.", expects=False), 3)
    0.325
    """
    found = word_of_likelihood(text)
    chance = found[1] if found else scale().plain
    # "Unlikely to" is the denial itself: only what is likelier than not is turned round by one.
    return chance if expects or chance < EVEN else 1 - chance
