"""Sectors of public life: whether words speak of a government, an army, rebels, a party, the press, civilians."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from sides.actors.names import fold

FOLDER = "data/sectors"
LONGEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Heard:
    """The sector that some words tell, and whether by a noun of its own or only by a weak one ("official")."""

    sector: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Sectors:
    """The vocabulary of sectors, read once.

    >>> sectors = Sectors.load()
    >>> sectors.heard("the Paris railway police"), sectors.heard("a former prime minister of Chile")
    (Heard(sector='police', is_strong=True), Heard(sector='elite', is_strong=True))
    >>> sectors.plover["rebels"]
    'REB'
    """

    nouns: Mapping[str, Heard]
    plover: Mapping[str, str]  # a sector's code in the PLOVER scheme
    past: frozenset[str]
    past_sectors: frozenset[str]
    prevailing: frozenset[str]
    breaks: frozenset[str]

    @classmethod
    def load(cls) -> Sectors:
        """Read the tables that ship with `sides`."""
        tables = read("sectors")
        marks = read("marks")
        nouns = {noun: Heard(sector, strength == "nouns") for sector, table in tables.items()
                 for strength in ("weak", "nouns") for noun in table.get(strength, ())}
        return cls(nouns=nouns, plover={sector: table["plover"] for sector, table in tables.items()},
                   past=frozenset(marks["past"]), past_sectors=frozenset(marks["past_sectors"]),
                   prevailing=frozenset(marks["prevailing"]), breaks=frozenset(marks["breaks"]))

    def heard(self, text: str) -> Heard | None:
        """The sector that a phrase tells by its nouns, if any.

        The last noun before "of", "in" and the like decides; where it is a weak one, a noun before it, then one after
        the preposition: "police chief", "leader of the Liberal Party".
        """
        weak: Heard | None = None
        for part in self._parts(fold(text).split()):
            heard = self._heard_in(part)
            if heard is not None and heard.is_strong:
                return heard
            weak = weak or heard
        return weak

    def _parts(self, words: list[str]) -> list[list[str]]:
        parts: list[list[str]] = [[]]
        for place, word in enumerate(words):
            if word in self.breaks and not any(
                    " ".join(words[begin:end]) in self.nouns for begin in range(max(0, place - 3), place)
                    for end in range(place + 2, min(len(words), place + 5) + 1)):
                parts.append([])
            else:
                parts[-1].append(word)
        return parts

    def _heard_in(self, words: list[str]) -> Heard | None:
        found: list[Heard] = []
        end = len(words)
        while end:
            begin, heard = self._ending(words, end)
            if heard is not None:
                if heard.sector in self.past_sectors and self.past & set(words[:begin]):
                    heard = Heard("elite", True)
                found.append(heard)
            end = begin
        strong = [heard for heard in found if heard.is_strong]
        prevailing = [heard for heard in strong if heard.sector in self.prevailing]
        return next(iter(prevailing + strong + found), None)

    def _ending(self, words: list[str], end: int) -> tuple[int, Heard | None]:
        """The longest listed noun that ends at a word, and where it begins."""
        for begin in range(max(0, end - LONGEST_WORDS), end):
            lead = words[begin:end - 1]
            for last in (words[end - 1], *singulars(words[end - 1])):
                heard = self.nouns.get(" ".join([*lead, last]))
                if heard is not None:
                    return begin, heard
        return end - 1, None


def singulars(word: str) -> tuple[str, ...]:
    """What a plural may be the plural of.

    >>> singulars("parties"), singulars("policemen"), singulars("churches")
    (('party', 'partie'), ('policeman',), ('churche', 'church'))
    """
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith("men"):
        return (word[:-2] + "an",)
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else ()


def read(name: str) -> dict[str, Any]:
    """A table of the sectors' folder."""
    return tomllib.loads(files("sides").joinpath(FOLDER, f"{name}.toml").read_text(encoding="utf-8"))
