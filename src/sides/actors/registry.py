"""The registry: the world's actors, what they are called, who leads them and what they belong to, with dates."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from sides.actors.name_index import NameIndex
from sides.actors.names import ends, fold, is_same_person_name
from sides.actors.overlays import OverlayFile, lay_over
from sides.actors.tables import Row, Tables, shipped
from sides.model.actor import Actor, ActorKind, Relation
from sides.model.dates import Interval, PartialDate

ALWAYS = Interval()
# What stands for another actor's place in the model: a wing is a part, a splinter and a merged group live on elsewhere.
PLACES = {"part_of": "part_of", "wing_of": "part_of", "member_of": "member_of", "splinter_of": "successor_of",
          "merged_into": "successor_of", "successor_of": "successor_of"}


class Strength(StrEnum):
    """How much a name proves by itself."""

    ALONE = "alone"  # this actor, wherever it stands
    CONTEXT = "context"  # this actor if the text is about its country or names it in full
    NEVER_ALONE = "never-alone"  # a part of longer names, or a place: no evidence by itself


class NameType(StrEnum):
    """What kind of name it is."""

    NAME = "name"
    OFFICIAL = "official"
    FORMER = "former"
    ABBREVIATION = "abbr"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    SEAT = "seat"
    NICKNAME = "nickname"
    SURNAME = "surname"


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an actor, and when."""

    actor: str
    text: str
    type: NameType
    strength: Strength
    is_case_exact: bool
    holds: Interval


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that heads phrases with a name in them, and what such a phrase stands for.

    `pass`: the actor it is built on ("Hamas officials"); `organ`: a part of it ("the Syrian army"); `people`: its
    people; `role`: a person of it ("the Syrian president"); `bloc`: a set of actors; `not-actor`: nobody.
    """

    noun: str
    treatment: str


# Words that point at an actor and are not its name: its capital, the people's adjective, a family's name.
STANDING_FOR = frozenset({NameType.CAPITAL, NameType.SEAT, NameType.DEMONYM, NameType.SURNAME})


class Registry:
    """Who is who. Made by `Registry.load`; never changes afterwards.

    >>> registry = Registry.load()
    >>> [name.actor for name in registry.named("damascus")]
    ['syria']
    >>> registry.get("hamas").kind.value
    'organization'
    """

    def __init__(self, tables: Tables, version: str) -> None:
        self.version = version
        self._actors: dict[str, Row] = {row[0]: row for row in tables["actors"]}
        self._name_rows: list[Row] = tables["names"]
        self._roles = tables["roles"]
        self._relations = tables["relations"]
        self._horizons = {row[0]: PartialDate.parse(row[4]) for row in tables["sources"] if row[4]}
        self._offices = {row[0]: (row[1], row[2]) for row in tables["offices"]}
        self._heads = {row[0]: Head(row[0], row[1]) for row in sorted(tables["heads"])}
        # Of a state's codes the one that it has still comes last, and stays.
        self._code_rows = tables["codes"]
        self._codes = {(row[0], row[1]): row[2] for row in sorted(tables["codes"], key=lambda row: row[4] or "9999")}
        self._stops = frozenset(fold(row[0]) for row in tables["stops"])
        self._names = NameIndex(self._name_rows)
        self._built: dict[str, Actor] = {}
        self._found: dict[str, tuple[Name, ...]] = {}
        self._widths: dict[str, tuple[int, ...]] = {}
        self._persons: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self._members: dict[str, tuple[Relation, ...]] = {}

    @classmethod
    def load(cls, overlays: Sequence[Path | OverlayFile] = ()) -> Registry:
        """The shipped registry with the user's files laid over it in the order given.

        Raises `RegistryError`, naming file and line, for an overlay row that makes no sense.
        """
        tables, digest = shipped()
        laid = lay_over(tables, overlays)
        return cls(tables, hashlib.sha256((digest + laid).encode()).hexdigest()[:16] if laid else digest)

    def get(self, identifier: str) -> Actor | None:
        """The actor of this id."""
        actor = self._built.get(identifier)
        if actor is None:
            row = self._actors.get(identifier)
            if row is None:
                return None
            parents = sorted((self._place(row) for row in self._upward.get(identifier, ())
                              if PLACES[row[1]] == "part_of"), key=_order)
            current = [relation for relation in parents if relation.holds.end is None] or parents
            actor = Actor(
                id=identifier, name=row[2], kind=ActorKind(row[1]), description=row[3] or None, country=row[4] or None,
                names=tuple(sorted({name[1] for name in self._rows_named(identifier)
                                    if name[2] not in STANDING_FOR} - {row[2]})),
                parent=current[0].parent if current else None, wikidata=row[7] or None)
            self._built[identifier] = actor
        return actor

    def ids(self) -> tuple[str, ...]:
        """The ids of all actors, sorted."""
        return tuple(sorted(self._actors))

    def states(self) -> tuple[str, ...]:
        """The ids of all states, past and present, sorted."""
        return tuple(sorted(row[0] for row in self._actors.values() if row[1] == "state"))

    def named(self, folded: str) -> tuple[Name, ...]:
        """The names that fold to exactly this, the strongest first, then by actor."""
        found = self._found.get(folded)
        if found is None:
            places = self._names.called(folded)
            if not places:
                return ()
            strengths = list(Strength)
            names = [self._name(self._name_rows[place]) for place in places]
            names.sort(key=lambda name: (strengths.index(name.strength), name.actor, name.text, name.type.value))
            found = self._found[folded] = tuple(names)
        return found

    def listed(self, name: str) -> list[str]:
        """The ids of those that bear an id or name; where it means some of them without context, only those; sorted."""
        if self.get(name) is not None:
            return [name]
        found = self.named(fold(name))
        alone = {one.actor for one in found if one.strength is Strength.ALONE}
        return sorted(alone or {one.actor for one in found})

    def widths(self, first_word: str) -> tuple[int, ...]:
        """How many words the names have that start with this folded word, the most first."""
        found = self._widths.get(first_word)
        if found is None:
            found = self._names.widths(first_word)
            if found:
                self._widths[first_word] = found
        return found

    def names_of(self, actor: str) -> tuple[Name, ...]:
        """All names of an actor, sorted by text."""
        names = [self._name(row) for row in self._rows_named(actor)]
        return tuple(sorted(names, key=lambda name: (name.text, name.type.value, name.holds.start is not None)))

    def persons_like(self, name: str, countries: Collection[str]) -> tuple[str, ...]:
        """The persons of these states whose full name may be another spelling of this one, sorted.

        Against a large registry the spelling test alone finds namesakes, so the states are part of it. Those who are
        listed under just this name come before all others, then those whose names have as many parts.
        """
        key = ends(name)
        if not key:
            return ()
        alike: dict[int, set[str]] = {}
        folded = fold(name)
        for country in countries:
            for person, spelled in self._persons_of(country).get(key, ()):
                if is_same_person_name(name, spelled):
                    other = fold(spelled)
                    tier = 0 if other == folded else 1 if other.count(" ") == folded.count(" ") else 2
                    alike.setdefault(tier, set()).add(person)
        return tuple(sorted(alike[min(alike)])) if alike else ()

    def relations(self, actor: str) -> tuple[Relation, ...]:
        """What the actor is a part, member, leader, official or successor of, with dates."""
        found = [self._place(row) for row in self._upward.get(actor, ())]
        found += [self._post(row) for row in self._held.get(actor, ())]
        return tuple(sorted(found, key=_order))

    def members(self, actor: str) -> tuple[Relation, ...]:
        """The parts, members, leaders, officials and successors of the actor, with dates."""
        known = self._members.get(actor)
        if known is None:
            found = [self._place(row) for row in self._downward.get(actor, ())]
            found += [self._post(row) for row in self._holders.get(actor, ())]
            known = self._members[actor] = tuple(sorted(found, key=_order))
        return known

    def leading(self, organization: str, offices: Collection[str]) -> tuple[Relation, ...]:
        """The posts that lead an organization or state, and those in these other offices, with dates."""
        posts = [self._post(row) for row in self._holders.get(organization, ())
                 if row[1] in offices or self._offices.get(row[1], ("", ""))[1] == "leads"]
        return tuple(sorted(posts, key=_order))

    def holders(self, organization: str, office: str, at: PartialDate) -> tuple[str, ...]:
        """Who is known to have held an office of a state or organization at a date, sorted.

        The office may be given by any of its titles ("premier"); "leader" is whoever leads, whatever the title, where
        no office is called so. A post with an unknown end counts up to the date that its source was made, no longer.
        """
        wanted = self.office(office)
        since, until = at.first, at.after if at.precision != "day" else at.first + timedelta(1)
        then = [(row, self._offices.get(row[1], (row[1], "official_of")))
                for row in self._holders.get(organization, ()) if self._is_held(row, since, until)]
        found = {row[0] for row, (canonical, _) in then if canonical == wanted}
        if not found and wanted == "leader":
            found = {row[0] for row, (_, relation) in then if relation == "leads"}
        return tuple(sorted(found))

    def lifetime(self, identifier: str) -> Interval:
        """From when to when an actor was there, as far as it is known."""
        row = self._actors.get(identifier)
        return _interval(row[5], row[6]) if row is not None else Interval()

    def office(self, title: str) -> str:
        """The office that a title names, however it is called: "premier" is the prime minister's."""
        return self._offices.get(fold(title), (fold(title), ""))[0]

    def code(self, actor: str, scheme: str) -> str | None:
        """The actor's latest code in a scheme: `iso3166-1-alpha2`, `iso3166-1-alpha3`, `cow`."""
        return self._codes.get((actor, scheme))

    def coded(self, scheme: str, value: str) -> tuple[tuple[str, Interval], ...]:
        """Who bears a code of a scheme, and when: sorted by id. `ucdp` has the numbers of its actor list."""
        return self._coded.get((scheme, value), ())

    def heads(self) -> Mapping[str, Head]:
        """The nouns that head phrases around names, by lemma."""
        return self._heads

    def stops(self) -> frozenset[str]:
        """Folded words that are never an actor by themselves: May, Mr, March."""
        return self._stops

    def _rows_named(self, actor: str) -> list[Row]:
        return [self._name_rows[place] for place in self._names.of(actor)]

    def _name(self, row: Row) -> Name:
        return Name(row[0], row[1], NameType(row[2]), Strength(row[6]), row[7] == "exact", _interval(row[4], row[5]))

    def _place(self, row: Row) -> Relation:
        return Relation(child=row[0], relation=PLACES[row[1]], parent=row[2], holds=_interval(row[3], row[4]),
                        label=None if row[1] in PLACES.values() else row[1].split("_")[0], source=row[5])

    def _post(self, row: Row) -> Relation:
        relation = self._offices.get(row[1], ("", "official_of"))[1]
        return Relation(child=row[0], relation=relation, parent=row[2], holds=_interval(row[3], row[4]), label=row[1],
                        source=row[6], known_until=self._known_until(row))

    def _is_held(self, row: Row, since: date, until: date) -> bool:
        if not row[3]:
            return False
        end = row[4] or str(self._known_until(row) or "")
        return _interval(row[3], end).overlaps(since, until)

    def _known_until(self, row: Row) -> PartialDate | None:
        """Where a post has no end and may have ended since: when its source was made, else when the post began."""
        if row[4] or row[5] != "unknown-end" or not row[3]:
            return None
        return self._horizons.get(row[6]) or PartialDate.parse(row[3])

    def _persons_of(self, country: str) -> dict[str, list[tuple[str, str]]]:
        """The persons of a state with their full names, by what all spellings of a name share."""
        persons = self._persons.get(country)
        if persons is None:
            persons = self._persons[country] = {}
            for actor in self._citizens.get(country, ()):
                for row in self._rows_named(actor):
                    if row[2] != "surname" and (key := ends(row[1])):
                        persons.setdefault(key, []).append((actor, row[1]))
        return persons

    # Sorted once asked for: not every use of a registry needs them.
    @cached_property
    def _coded(self) -> dict[tuple[str, str], tuple[tuple[str, Interval], ...]]:
        found: dict[tuple[str, str], list[tuple[str, Interval]]] = {}
        for row in sorted(self._code_rows):
            found.setdefault((row[1], row[2]), []).append((row[0], _interval(row[3], row[4])))
        for row in self._actors.values():
            if row[8] == "ucdp":
                found.setdefault(("ucdp", row[9].removeprefix("actor ")), []).append((row[0], ALWAYS))
        return {key: tuple(sorted(some, key=lambda one: one[0])) for key, some in found.items()}

    @cached_property
    def _citizens(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._actors.values():
            if row[1] == "person":
                found.setdefault(row[4], []).append(row[0])
        return found

    @cached_property
    def _upward(self) -> dict[str, list[Row]]:
        return _by_end(self._relations, 0)

    @cached_property
    def _downward(self) -> dict[str, list[Row]]:
        return _by_end(self._relations, 2)

    @cached_property
    def _held(self) -> dict[str, list[Row]]:
        return _by_end(self._roles, 0)

    @cached_property
    def _holders(self) -> dict[str, list[Row]]:
        return _by_end(self._roles, 2)


def _by_end(rows: Sequence[Row], column: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


@lru_cache(maxsize=65536)
def _interval(begin: str, end: str) -> Interval:
    if not begin and not end:
        return ALWAYS
    return Interval(PartialDate.parse(begin) if begin else None, PartialDate.parse(end) if end else None)


def _order(relation: Relation) -> tuple[str, str, str, str, str]:
    return (relation.relation, relation.parent, relation.child, str(relation.holds.start or ""), relation.label or "")
