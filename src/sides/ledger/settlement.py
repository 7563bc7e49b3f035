"""All decisions that count, settled into one answer: as whom each actor is shown.

Decisions are taken in the order of their times, then ids, however they came in. Of several about one actor the last
one counts, whether it merges, rejects or confirms. What an actor is merged into may be merged in turn. Where that would
come back to the actor itself, the actor that was named as the right one last is the right one. A part that was split
off goes where the split says, and from there on as that actor goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sides.ledger.actors import folded, merged_actor
from sides.ledger.decisions import Decision, Verdict
from sides.ledger.withdrawals import in_force
from sides.model.actor import Actor, ActorKind

NOBODY = ""  # what a rejected actor is shown as


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands, and by which names it goes: its own words, and the name that it follows; folded."""

    document: str
    begin_char: int = -1
    end_char: int = -1
    names: frozenset[str] = frozenset()


class Settlement:
    """What all decisions in force come to. The order in which they are given makes no difference.

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
    >>> same = Decision(actor="mx", verdict=Verdict.MERGE, into="movement-for-x", who="A", why="", made_at=noon)
    >>> Settlement([same]).shown("mx"), Settlement([same]).shown("movement-for-y")
    ('movement-for-x', 'movement-for-y')
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions: tuple[Decision, ...] = tuple(in_force(decisions))
        self.changes: dict[str, dict[str, str]] = {}  # what was said of actors that were confirmed
        self.drafts: dict[str, dict[str, str]] = {}  # of actors that others were merged or split into
        self._standing: dict[str, Decision] = {}  # the last decision about each actor as a whole
        self._splits: dict[str, list[tuple[int, Decision, frozenset[str]]]] = {}
        for place, decision in enumerate(self.decisions):
            self._take(place, decision)
        self._pointers = {actor: decision.into or NOBODY for actor, decision in self._standing.items()
                          if decision.verdict is not Verdict.CONFIRM}

    def __bool__(self) -> bool:
        return bool(self.decisions)

    @cached_property
    def moved(self) -> dict[str, str]:
        """The actors that are shown as another one, or as nobody, and as whom."""
        return {actor: self.shown(actor) for actor in sorted(self._pointers)}

    @cached_property
    def split(self) -> frozenset[str]:
        """The actors of whose mentions some may be shown as one actor and some as another."""
        into_split = {actor for actor in self._pointers if not self._splits.keys().isdisjoint(self._path(actor))}
        return frozenset(into_split | self._splits.keys())

    @cached_property
    def split_into(self) -> frozenset[str]:
        """The actors that parts of others are."""
        return frozenset(decision.into for splits in self._splits.values() for _, decision, _ in splits
                         if decision.into)

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """The actors that somebody vouches for."""
        return frozenset(actor for actor, decision in self._standing.items() if decision.verdict is Verdict.CONFIRM)

    @cached_property
    def overruled(self) -> frozenset[str]:
        """Ids of the decisions in force that change nothing, because a later one says otherwise."""
        standing = {decision.id for decision in self._standing.values()}
        return frozenset(decision.id for decision in self.decisions
                         if decision.verdict is not Verdict.SPLIT and decision.id not in standing)

    def shown(self, actor: str) -> str:
        """As whom an actor is shown where no part of it is meant."""
        return self._path(actor)[-1]

    def shows(self, actor: str, here: Collection[str]) -> bool:
        """Whether an actor, or whom it is shown as, is among the actors shown; nobody is whom a rejected one is."""
        return self.shown(actor) == NOBODY or self.shown(actor) in here

    def shown_at(self, actor: str, place: Place) -> str:
        """As whom an actor that is mentioned at a place is shown.

        A split sends the mention on only if it was decided later than the one before it, so that this always ends.
        """
        current, after = actor, -1
        while True:
            split = next((found for found in reversed(self._splits.get(current, ()))
                          if found[0] > after and _is_meant(found[1], found[2], place)), None)
            if split is not None and split[1].into is not None:
                after, into = split[0], split[1].into
                if current in self._path(into):
                    return into
                current = into
                continue
            if current not in self._pointers:
                return current
            current = self._pointers[current]

    def _take(self, place: int, decision: Decision) -> None:
        actor, into = decision.actor, decision.into
        if into is not None and decision.changes:
            self.drafts.setdefault(into, {}).update(decision.changes)
        if decision.verdict is Verdict.SPLIT:
            names = frozenset(folded(name) for name in decision.part.names)
            self._splits.setdefault(actor, []).append((place, decision, names))
            return
        self._standing[actor] = decision
        if decision.verdict is Verdict.CONFIRM:
            self.changes.setdefault(actor, {}).update(decision.changes)
        elif into is not None and self._leads(into, actor):
            del self._standing[into]

    def _leads(self, actor: str, to: str) -> bool:
        while (decision := self._standing.get(actor)) is not None and decision.into is not None:
            actor = decision.into
            if actor == to:
                return True
        return False

    def _path(self, actor: str) -> list[str]:
        path = [actor]
        while path[-1] in self._pointers:
            path.append(self._pointers[path[-1]])
        return path


def _is_meant(decision: Decision, names: frozenset[str], place: Place) -> bool:
    return (bool(names & place.names) or place.document in decision.part.documents
            or f"{place.document}:{place.begin_char}-{place.end_char}" in decision.part.mentions)


def settled_actors(variants: Mapping[str, Sequence[tuple[Actor, int]]], settlement: Settlement,
                   names_at: Mapping[str, Sequence[str]]) -> list[Actor]:
    """The actors as they are shown, by id, given what readings say of each, and the names of those that were split.

    `names_at` gives, for each actor whose mentions are told apart by a split, the names that it is left with, the most
    frequent first; one that is not in it, and was split, has no mention left.
    """
    sharing: dict[str, list[str]] = {}
    for identifier in sorted(variants):
        shown = settlement.shown(identifier)
        if identifier not in settlement.split:
            sharing.setdefault(shown, []).append(identifier)
    for identifier in names_at:
        sharing.setdefault(identifier, [])
    actors = []
    for shown in sorted(set(sharing) - {NOBODY}):
        own = [*variants.get(shown, ())]
        others = [variant for identifier in sharing[shown] if identifier != shown for variant in variants[identifier]]
        actor = _drafted(shown, own, others, settlement)
        told = {name for other, _ in others for name in (other.name, *other.names)} | set(names_at.get(shown, ()))
        if shown in names_at and (shown in settlement.split or not own):
            actor = _named_as_left(actor, names_at[shown])
        actors.append(_settled(replace(actor, names=tuple(sorted({*actor.names, *told} - {actor.name}))), settlement))
    return actors


def _named_as_left(actor: Actor, left: Sequence[str]) -> Actor:
    """An actor with only the names that mentions still have: the others may be those of the actor split off."""
    is_misnamed = actor.is_provisional or actor.name == actor.id
    if left and is_misnamed and folded(actor.name) not in {folded(name) for name in left}:
        return replace(actor, name=left[0], names=())
    return replace(actor, names=())


def _drafted(shown: str, own: Sequence[tuple[Actor, int]], others: Sequence[tuple[Actor, int]],
             settlement: Settlement) -> Actor:
    """An actor by what readings say of it; else by what was said of it when others were merged or split into it."""
    if own:
        return merged_actor(own)
    draft = settlement.drafts.get(shown, {})
    if others:
        like = merged_actor([(replace(actor, id=shown), count) for actor, count in others])
        actor = replace(like, description=None, country=None, parent=None, wikidata=None, is_provisional=False)
    else:
        actor = Actor(id=shown, name=shown, kind=ActorKind.OTHER)
    return _described(actor, draft)


def _described(actor: Actor, said: Mapping[str, str]) -> Actor:
    """An actor with what a person says of it. A new name leaves the old one among the others."""
    name = said.get("name", actor.name)
    return replace(actor, name=name, names=tuple(sorted({actor.name, *actor.names} - {name})),
                   kind=ActorKind(said.get("kind", actor.kind)),
                   description=said.get("description", actor.description), country=said.get("country", actor.country),
                   parent=said.get("parent", actor.parent), wikidata=said.get("wikidata", actor.wikidata))


def _settled(actor: Actor, settlement: Settlement) -> Actor:
    """An actor with what was said when it was confirmed, its place told by the actors as they are shown."""
    is_provisional = actor.is_provisional and actor.id not in settlement.confirmed
    actor = replace(_described(actor, settlement.changes.get(actor.id, {})), is_provisional=is_provisional)
    country = settlement.shown(actor.country) if actor.country else None
    parent = settlement.shown(actor.parent) if actor.parent else None
    return replace(actor, country=country or None, parent=None if parent == actor.id else parent or None)
