"""The ICEWS event splits as signed, dated events between states: read, coded and rolled up with our own registry.

The splits (temporal knowledge graphs of 2014 and of 2005-15) hold a subject, a relation, an object and a day, with
names but without sectors or countries, and lack most bare names of states. A relation's name is its CAMEO code's. Each
name is resolved as a document of its own, once, and counts for the state whose it is: a listed person by the posts held
in the month of the event. Roll-up `G` keeps actors of the state itself (`GOVERNMENT`), `A` all actors of the country
but international bodies. An event between two actors of one state is none between states. What two splits both hold
counts once.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sides.actors.affiliations import Affiliation, Affiliations
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.model.actor import ActorKind
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parser

FIRST_DAYS = {"icews05-15": (date(2005, 1, 1), 0), "icews14": (date(2014, 1, 1), 1)}  # a day, and its number
GOVERNMENT = frozenset(("government", "military", "police", "intelligence", "legislature", "judiciary"))
# Which way an event of a CAMEO root tells. Statements (01), appeals (02) and demands (10) tell neither.
SIGNS = {**dict.fromkeys(("03", "04", "05", "06", "07", "08"), 1),
         **dict.fromkeys(("09", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"), -1)}
EPOCH = date(2005, 1, 1)


@dataclass(frozen=True, slots=True)
class Events:
    """Events between states, in order of day, then dyad; undirected: the states of a dyad are in order of id."""

    day: NDArray[np.int64]  # (N,), days since `EPOCH`
    dyad: NDArray[np.int64]  # (N,), into `dyads`
    sign: NDArray[np.int64]  # (N,), 1, 0 or -1
    type: NDArray[np.int64]  # (N,), into `types`; -1 where the code has no PLOVER type
    dyads: tuple[tuple[str, str], ...]
    types: tuple[str, ...]

    def where(self, kept: NDArray[np.bool_]) -> Events:
        """The events of a mask; the dyads stay numbered as they are."""
        return Events(self.day[kept], self.dyad[kept], self.sign[kept], self.type[kept], self.dyads, self.types)


Row = tuple[str, str, str, date]  # subject, relation, object, day


def rows(shared: Path, split: str) -> Iterator[Row]:
    """The facts of a split with their names, each once."""
    folder = shared / "data/forecast" / split
    names, relations = (numbered(folder / f"{kind}2id.txt.gz") for kind in ("entity", "relation"))
    first, number = FIRST_DAYS[split]
    seen = set()
    for part in ("train", "valid", "test"):
        with gzip.open(folder / f"{part}.txt.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                subject, relation, target, day = (int(cell) for cell in line.split("\t")[:4])
                seen.add((day, subject, relation, target))
    for day, subject, relation, target in sorted(seen):
        yield names[subject], relations[relation], names[target], first + timedelta(days=day - number)


def numbered(path: Path) -> dict[int, str]:
    """The names of a split by their numbers."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {int(number): name for name, number in (line.rstrip("\n").split("\t")[:2] for line in lines)}


class RollUp:
    """Whose a name is at a date, by the shipped registry."""

    def __init__(self) -> None:
        self.registry = Registry.load()
        self.affiliations, self.resolver = Affiliations(self.registry), Resolver(self.registry)
        self.parser = Parser.load()
        self._known: dict[str, Affiliation] = {}
        self._at: dict[tuple[str, int, int], Affiliation] = {}

    def of(self, name: str, day: date) -> Affiliation:
        """The affiliation of a name at a day: a listed person's by the month, anyone else's once and for all."""
        known = self._known.get(name)
        if known is None:
            phrase = name.replace("_", " ")
            at = PartialDate.of(day)
            document = Document(text=phrase, name="name", published=at, published_from="option")
            resolution = self.resolver.resolve(next(iter(self.parser.parse([document]))))
            known = self._known[name] = self.affiliations.of_phrase(resolution, phrase, at)
        actor = self.registry.get(known.actor) if known.actor is not None else None
        if actor is None or actor.kind is not ActorKind.PERSON:
            return known
        key = (actor.id, day.year, day.month)
        if key not in self._at:
            self._at[key] = self.affiliations.of_actor(actor, PartialDate(day.year, day.month, 15))
        return self._at[key]


def codes(shared: Path) -> dict[str, tuple[str, int]]:
    """For the plain name of a CAMEO code: its PLOVER type, empty where it has none, and its sign."""
    ontology = json.loads((shared / "data/claims/plover_ontology.json").read_text(encoding="utf-8"))["cameo2plover"]
    found = {}
    with (shared / "data/events/icews/cameo_codes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if len(row["code"]) > 2:
                found[plain(row["name"])] = (ontology.get(row["code"], {}).get("plover", ""),
                                             SIGNS.get(row["root_code"], 0))
    return found


def plain(name: str) -> str:
    """A code's name without its case and punctuation.

    >>> plain("Reduce_or_break_diplomatic_relations") == plain("Reduce or break diplomatic relations")
    True
    """
    return re.sub(r"\W+", " ", name.replace("_", " ")).strip().lower()


def load(shared: Path, splits: Iterable[str], since: date = EPOCH, roll_up: RollUp | None = None) -> dict[str, Events]:
    """The events of the splits between states from a day on, by roll-up: `G` and `A`.

    Raises `KeyError` for a relation whose name is no CAMEO code's.
    """
    meanings, roll_up = codes(shared), roll_up or RollUp()
    types = tuple(sorted({plover for plover, _ in meanings.values() if plover}))
    found: dict[str, set[tuple[int, str, str, str, str, str]]] = {"G": set(), "A": set()}
    for split in splits:
        for subject, relation, target, day in rows(shared, split):
            if day < since:
                continue
            source, other = roll_up.of(subject, day), roll_up.of(target, day)
            if source.country is None or other.country is None or source.country == other.country:
                continue
            pair = sorted((source.country, other.country))
            event = ((day - EPOCH).days, pair[0], pair[1], plain(relation), subject, target)
            if {source.sector, other.sector} <= GOVERNMENT:
                found["G"].add(event)
            if "igo" not in (source.sector, other.sector):
                found["A"].add(event)
    tables = {}
    for name, events in found.items():
        dyads = tuple(sorted({(event[1], event[2]) for event in events}))
        place = {dyad: index for index, dyad in enumerate(dyads)}
        told = sorted((day, place[left, right], *meanings[relation], subject, target, relation)
                      for day, left, right, relation, subject, target in events)
        tables[name] = Events(
            np.array([event[0] for event in told]), np.array([event[1] for event in told]),
            np.array([event[3] for event in told]),
            np.array([types.index(event[2]) if event[2] else -1 for event in told]), dyads, types)
    return tables
