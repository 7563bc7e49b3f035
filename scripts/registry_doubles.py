"""Actors that several lists tell of under different names, merged into one.

Organizations of one state are one if they share a full name of several words, two names, an abbreviation that nobody
else there has, or a shorter one and most words of their names. Persons of one state are one if they bear just the same
full name, if spellings of one name, or a longer and a shorter form of it, held one office from the same time on, or if
names much alike held it from the same weeks on. Two Wikidata ids are two actors, and two hand-written actors are never
merged. `same.txt` has what no rule tells: who is one, who is not, and between which states lists differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from registry_lists import Facts, sound
from registry_notation import Row, lines, listed

from sides.actors.names import PARTICLES, fold, is_same_person_name

# Whose id and label are kept: a row nearer to the front.
ORDER = ("own", "wikidata", "partyfacts", "archigos", "reign", "ucdp", "rigour", "wikidata-holders", "factbook")
ORGANIZED = ("organization", "organ", "bloc")
# Words for what an organization is.
KINDS = frozenset(("party", "movemen", "union", "front"))
# Lists of organizations whose makers have told theirs apart.
CURATED = frozenset(("own", "partyfacts", "ucdp"))
HEADS = frozenset(("president", "prime minister", "king", "emir", "supreme leader", "chancellor", "leader"))
LEAST_WORDS = 3  # of a name that two parties of one state do not share by chance
LEAST_ABBREVIATION = 4  # letters that two parties of one state do not share by chance
STEM = 7  # letters: democrat and democratic are alike, social and socialist are not
LEAST_SHARED = 0.6  # of the words of two names that have an abbreviation in common
SAME_TIME = 1.0  # years between two beginnings of one term, as lists date it
LEAST_LIKENESS = 0.75  # of the letters of two names
HANDOVER = 0.17  # years in which two persons of one surname do not take over one office
NO_PART = PARTICLES | {"of", "the", "and", "for", "in", "y", "e", "et", "pour", "la", "le", "des", "del", "jr", "sr"}


class Doubles:
    """What is gathered, seen as pairs of actors that may be one."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rows = {row[0]: row for row in facts.tables["actors"]}
        self.names: dict[str, list[Row]] = defaultdict(list)
        for row in facts.tables["names"]:
            self.names[row[0]].append(row)
        self.posts: dict[str, list[Row]] = defaultdict(list)
        for row in facts.tables["roles"]:
            self.posts[row[0]].append(row)
        self.kept: dict[str, str] = {}
        self.qids = {actor: {row[7]} - {""} for actor, row in self.rows.items()}
        self.own = {actor: row[8] == "own" for actor, row in self.rows.items()}
        self.apart: set[frozenset[str]] = set()
        self.told: list[tuple[str, str]] = []
        self.land: dict[str, str] = {}  # lists differ in which of these lands an actor belongs to
        for verdict, field in lines("same.txt", 2):
            first, *others = listed(field)
            if verdict == "same":
                self.told += [(first, other) for other in others]
            elif verdict == "lands":
                self.land |= dict.fromkeys(others, first)
            else:
                self.apart |= {frozenset(pair) for pair in combinations((first, *others), 2)}

    def merged(self) -> dict[str, str]:
        """The actors that are another one, with the id that is kept."""
        for first, other in self.told:
            if first in self.rows and other in self.rows:
                self._merge(first, other, is_told=True)
        for one, other in sorted({*self._organizations(), *self._namesakes(), *self._persons()}):
            self._merge(one, other)
        return {actor: self._root(actor) for actor in self.kept}

    def _root(self, actor: str) -> str:
        while actor in self.kept:
            actor = self.kept[actor]
        return actor

    def _merge(self, one: str, other: str, is_told: bool = False) -> None:
        first, second = sorted((self._root(one), self._root(other)),
                               key=lambda actor: (ORDER.index(self.rows[actor][8]), is_told and actor != one, actor))
        if not is_told:
            is_two = len(self.qids[first] | self.qids[second]) > 1 and self.qids[first] and self.qids[second]
            if is_two or (self.own[first] and self.own[second]) or frozenset((first, second)) in self.apart:
                return
        if first != second:
            self.kept[second] = first
            self.qids[first] |= self.qids[second]
            self.own[first] |= self.own[second]

    def _organizations(self) -> Iterator[tuple[str, str]]:
        bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for actor, rows in self.names.items():
            if self.rows[actor][1] in ORGANIZED:
                for row in rows:
                    bearers[self._land(actor), fold(row[1])].add(actor)
        shared: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (_, name), found in bearers.items():
            for pair in combinations(sorted(found), 2):
                shared[pair].add(name)
        for (one, other), names in shared.items():
            if self._is_one_organization(one, other, names, bearers):
                yield one, other

    def _is_one_organization(self, one: str, other: str, names: set[str],
                             bearers: dict[tuple[str, str], set[str]]) -> bool:
        lists = [self.rows[actor][8] for actor in (one, other)]
        if (lists[0] == lists[1] and lists[0] in CURATED) or not self._are_of_one_time(one, other):
            return False
        if self.own[one] != self.own[other] or len(names) > 1:
            return True
        if any(name.count(" ") + 1 >= LEAST_WORDS for name in names):
            return True
        if any(len(name) >= LEAST_ABBREVIATION and len(bearers[self._land(one), name]) == 2 for name in names):
            return True
        return any(self._shared(first, second) >= LEAST_SHARED
                   for first in self._long(one) for second in self._long(other))

    def _long(self, actor: str) -> list[frozenset[str]]:
        """The words that tell in each name of several words, those of its state aside."""
        state = self.rows[actor][4]
        place = {word[:STEM] for row in self.names.get(state, ()) for word in fold(row[1]).split()}
        found = [frozenset(word[:STEM] for word in fold(row[1]).split() if word not in NO_PART) - place - KINDS
                 for row in self.names[actor] if row[2] == "name" and " " in row[1]]
        return [words for words in found if words]

    @staticmethod
    def _shared(one: frozenset[str], other: frozenset[str]) -> float:
        return len(one & other) / len(one | other)

    def _are_of_one_time(self, one: str, other: str) -> bool:
        spells = [self._spell(actor) for actor in (one, other)]
        return all(first < last or first == last for first, last in
                   ((spells[0][0], spells[1][1]), (spells[1][0], spells[0][1])))

    def _spell(self, actor: str) -> tuple[str, str]:
        row = self.rows[actor]
        edition = re.match(r"editions? (\d{4})", row[9])
        return row[5][:4] or (edition[1] if edition else ""), row[6][:4] or "9999"

    def _land(self, actor: str) -> str:
        state = self.rows[actor][4]
        return self.land.get(state, state)

    def _namesakes(self) -> Iterator[tuple[str, str]]:
        """Persons of one land under just the same full name."""
        bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for actor, rows in self.names.items():
            if self.rows[actor][1] == "person":
                for row in rows:
                    if row[2] != "surname" and " " in fold(row[1]):
                        bearers[self._land(actor), fold(row[1])].add(actor)
        for found in bearers.values():
            yield from combinations(sorted(found), 2)

    def _persons(self) -> Iterator[tuple[str, str]]:
        holders: dict[tuple[str, str], list[tuple[float, str, str]]] = defaultdict(list)
        for actor, posts in self.posts.items():
            for row in posts:
                if row[3]:
                    group = "head" if row[1] in HEADS else row[1]
                    holders[group, row[2]].append((years(row[3]), actor, row[1]))
        for found in holders.values():
            found.sort()
            for place, (begun, one, office) in enumerate(found):
                for later, other, others_office in found[place + 1:]:
                    if later - begun > SAME_TIME:
                        break
                    is_one_post = office == others_office or "leader" in (office, others_office)
                    is_one_list = self.rows[one][8] == self.rows[other][8]
                    is_handover = is_one_post and later - begun <= (0 if is_one_list else HANDOVER)
                    if one != other and self._is_one_person(one, other, is_handover):
                        yield min(one, other), max(one, other)

    def _is_one_person(self, one: str, other: str, is_handover: bool) -> bool:
        if self._land(one) != self._land(other):
            return False
        full = [[row[1] for row in self.names[actor] if row[2] in ("name", "official", "nickname")]
                for actor in (one, other)]
        pairs = [(first, second) for first in full[0] for second in full[1]]
        return any(is_same_person_name(first, second) or is_longer_form(first, second)
                   or (is_handover and (has_one_surname(first, second) or has_like_letters(first, second)))
                   for first, second in pairs)


def years(date: str) -> float:
    """A partial date as a number; the middle of what it leaves open."""
    return int(date[:4]) + ((int(date[5:7]) - 0.5) / 12 if len(date) > 4 else 0.5)


def _parts(name: str) -> list[str]:
    return [part for part in fold(name).split() if part not in NO_PART]


def _alike(one: str, other: str) -> bool:
    """Whether two parts of names are one: the same, the same sound, or an initial and what it stands for."""
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    return sound(one) == sound(other) and is_same_person_name(f"{one} {one}", f"{other} {other}")


def is_longer_form(one: str, other: str) -> bool:
    """Whether each part of the shorter of two full names is in the longer one, in whatever order.

    >>> is_longer_form("Ernesto Zedillo", "Ernesto Zedillo Ponce de Leon"), is_longer_form("Ali Assad", "Hafez Assad")
    (True, False)
    """
    short, long = sorted((_parts(one), _parts(other)), key=len)
    if len(short) < 2 or sum(len(part) > 2 for part in short) < 1:
        return False
    left = list(long)
    for part in sorted(short, key=len, reverse=True):
        found = next((other for other in left if _alike(part, other)), None)
        if found is None:
            return False
        left.remove(found)
    return any(len(part) > 2 and part in long for part in short) or len(short) > 2 or len(short) == len(long)


def has_like_letters(one: str, other: str) -> bool:
    """Whether two full names share most of their letters."""
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= LEAST_LIKENESS


def has_one_surname(one: str, other: str) -> bool:
    """Whether the last parts of two full names are one, and long enough to tell."""
    first, second = _parts(one), _parts(other)
    return min(len(first), len(second)) > 1 and len(first[-1]) > 3 and _alike(first[-1], second[-1])
