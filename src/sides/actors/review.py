"""Which actors a person should look at: those that no registry knows, and those that may be two, or one with another.

Nothing is decided here. Each doubt says what speaks for it and suggests what may be done; a person does it, or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from sides.actors.discovery import slug
from sides.actors.likeness import Named, likeness
from sides.actors.names import fold, is_same_person_name
from sides.actors.registry import Registry
from sides.model.actor import Actor, ActorKind, Form

# Steps that are right less often than this are unsure (data/resolution/steps.tsv has the share of each).
UNSURE_BELOW = 0.7
MERGES_SHOWN = 2
ADDRESS = re.compile(r"\w{3,}\.(?:\w{2,})\b|://|@")


class Reason(StrEnum):
    """Why an actor should be looked at."""

    PROVISIONAL = "provisional"  # found in text, in no registry
    UNSURE = "unsure"  # most of its mentions were resolved by steps that are often wrong
    MERGE = "merge"  # may be the same as another actor
    SPLIT = "split"  # may be two actors
    REJECT = "reject"  # may be no actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How often, and by which step, a document names an actor in one way."""

    document: str
    text: str
    form: Form
    how: str
    confidence: float
    count: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An actor with all that rests on it."""

    actor: Actor
    claims: int = 0  # in which it is source, target, third or speaker
    namings: tuple[Naming, ...] = ()
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # told by readings, with their documents

    @cached_property
    def mentions(self) -> int:
        """How many mentions it has."""
        return sum(naming.count for naming in self.namings)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents that mention it, sorted."""
        return tuple(sorted({naming.document for naming in self.namings}))

    @cached_property
    def written(self) -> Counter[str]:
        """The names that documents write, and how often."""
        counts: Counter[str] = Counter()
        for naming in self.namings:
            if naming.form is Form.NAME:
                counts[" ".join(naming.text.split())] += naming.count
        return counts

    @cached_property
    def named(self) -> Named:
        """It, as it is compared with others."""
        return Named(self.actor, frozenset(self.written), frozenset(self.documents))

    @property
    def weight(self) -> tuple[int, int, int, str]:
        """Sorts what most rests on first: by claims, then mentions, then documents, then id."""
        return (-self.claims, -self.mentions, -len(self.documents), self.actor.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may be decided about an actor."""

    verdict: str  # confirm, merge, split, reject
    into: str | None = None
    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An actor that a person should look at: how much rests on it, why, and what may be done."""

    actor: Actor
    claims: int
    mentions: int
    documents: int
    reasons: tuple[Reason, ...]
    suggestions: tuple[Suggestion, ...]  # the likeliest first; to confirm it comes last
    written: tuple[str, ...]  # the names that documents write, the most frequent first
    told: str  # why, in words


def doubts(standings: Iterable[Standing], registry: Registry, settled: Collection[str] = ()) -> list[Doubt]:
    """The actors to look at, those that most claims rest on first, then most mentions, then most documents.

    `settled` are the actors that somebody has confirmed: they are not asked about again.
    """
    ordered = sorted(standings, key=lambda standing: standing.weight)
    leads = _leading_states(ordered)
    merges = _merges(ordered, registry, settled)
    found = []
    for standing in ordered:
        if standing.actor.id in settled or not standing.namings:
            continue
        reasons = [Reason.PROVISIONAL] if standing.actor.is_provisional else []
        told = ["in no registry"] if reasons else []
        suggestions = [*merges.get(standing.actor.id, ()), *_splits(standing, leads), *_rejections(standing)]
        unsure = _unsure(standing)
        if unsure:
            reasons.append(Reason.UNSURE)
            told.append(unsure)
        reasons += [Reason(suggestion.verdict) for suggestion in suggestions]
        if reasons:
            told += [f"may be {suggestion.into}: {suggestion.why}" if suggestion.verdict == "merge" else
                     f"may be several: {suggestion.why}" if suggestion.verdict == "split" else suggestion.why
                     for suggestion in suggestions]
            suggestions.append(Suggestion(verdict="confirm", why="an actor of its own"))
            if standing.actor.is_provisional and Reason.REJECT not in reasons:
                suggestions.append(Suggestion(verdict="reject", why="no actor"))
            found.append(Doubt(
                actor=standing.actor, claims=standing.claims, mentions=standing.mentions,
                documents=len(standing.documents), reasons=tuple(dict.fromkeys(reasons)),
                suggestions=tuple(suggestions), told="; ".join(told),
                written=tuple(sorted(standing.written, key=lambda name: (-standing.written[name], name)))))
    return found


def _merges(ordered: Sequence[Standing], registry: Registry, settled: Collection[str],
            ) -> dict[str, tuple[Suggestion, ...]]:
    """For each provisional actor, the likeliest of the actors that it may be the same as, those of the ledger first.

    Of two provisional ones the lighter is to be merged. Two actors of the registry are two.
    """
    by_key: dict[str, list[int]] = {}
    for place, standing in enumerate(ordered):
        for key in standing.named.keys:
            by_key.setdefault(key, []).append(place)
    found = {}
    for place, standing in enumerate(ordered):
        actor = standing.actor
        if not actor.is_provisional or actor.id in settled:
            continue
        near = {other for key in standing.named.keys for other in by_key[key]
                if other < place or not ordered[other].actor.is_provisional}
        candidates = {known.actor.id: known for known in _registered(standing, registry, ordered)}
        candidates |= {ordered[other].actor.id: ordered[other].named for other in near}
        here = {ordered[other].actor.id for other in near}
        ranked = sorted((-like.strength, identifier not in here, identifier, like.why)
                        for identifier, named in candidates.items()
                        if identifier != actor.id and (like := likeness(standing.named, named)) is not None)
        found[actor.id] = tuple(Suggestion(verdict="merge", into=identifier, why=why)
                                for *rank, identifier, why in ranked if rank == list(ranked[0][:2]))[:MERGES_SHOWN]
    return found


def _registered(standing: Standing, registry: Registry, ordered: Sequence[Standing]) -> Iterable[Named]:
    """The actors of the registry that bear a name of a provisional one, though no document was sure to mean them."""
    actor = standing.actor
    near = {other.actor.country or other.actor.id for other in ordered
            if not set(other.documents).isdisjoint(standing.documents)}
    bearers = set[str]()
    for written in standing.named.names:
        found = {name.actor for name in registry.named(fold(written))}
        # A word or an abbreviation is borne by bodies all over the world: only those of states near by may be meant.
        bearers |= found if len(found) == 1 and " " in fold(written) else {
            one for one in found if (known := registry.get(one)) is not None and known.country in near}
    if actor.kind is ActorKind.PERSON:
        bearers |= {person for name in standing.named.names for person in registry.persons_like(name, sorted(near))}
    for identifier in sorted(bearers):
        known = registry.get(identifier)
        if known is not None:
            yield Named(known, frozenset(), frozenset(standing.documents))


def _splits(standing: Standing, leads: Mapping[str, str]) -> list[Suggestion]:
    """What speaks for two actors under one id."""
    actor = standing.actor
    if actor.kind is ActorKind.PERSON:
        full = sorted((name for name in standing.written if len(fold(name).split()) > 1),
                      key=lambda name: (-standing.written[name], name))
        groups: list[list[str]] = []
        for name in full:
            group = next((group for group in groups if any(_is_one_person(name, other) for other in group)), None)
            if group is None:
                groups.append([name])
            else:
                group.append(name)
        known = {fold(name) for name in actor.names} if not actor.is_provisional else set()
        return [Suggestion(verdict="split", into=_free_id(group[0], actor.id), names=tuple(sorted(group)),
                           why=f"named {groups[0][0]}, and {group[0]}")
                for group in groups[1:] if not any(fold(name) in known for name in group)]
    places = dict(standing.countries)
    if not places and actor.kind is ActorKind.ORGAN and not actor.country and not actor.parent:
        about: dict[str, list[str]] = {}
        for document in standing.documents:
            if document in leads:
                about.setdefault(leads[document], []).append(document)
        places = {state: tuple(documents) for state, documents in about.items()}
    if not actor.is_provisional or len(places) < 2:
        return []
    first, *others = sorted(places, key=lambda state: (-len(places[state]), state))
    return [Suggestion(verdict="split", into=f"{actor.id}-{state}", documents=places[state],
                       why=f"of {state}, not of {first}") for state in others]


def _is_one_person(name: str, other: str) -> bool:
    """Whether two full names may be one person's: spelled otherwise, or with parts left out."""
    one, two = fold(name).split(), fold(other).split()
    return is_same_person_name(name, other) or set(one) <= set(two) or set(two) <= set(one) or one[-1] != two[-1]


def _free_id(name: str, taken: str) -> str:
    return slug(name) if slug(name) != taken else f"{taken}-2"


def _rejections(standing: Standing) -> list[Suggestion]:
    actor = standing.actor
    if actor.is_provisional and any(ADDRESS.search(name) for name in standing.written):
        return [Suggestion(verdict="reject", why="its name is an address of the web")]
    return []


def _unsure(standing: Standing) -> str:
    """What there is to say if most mentions are unsure."""
    unsure = Counter[str]()
    for naming in standing.namings:
        if naming.confidence < UNSURE_BELOW:
            unsure[naming.how] += naming.count
    if 2 * unsure.total() <= standing.mentions:
        return ""
    steps = ", ".join(sorted(unsure, key=lambda how: (-unsure[how], how)))
    return f"{unsure.total()} of {standing.mentions} mentions by unsure steps ({steps})"


def _leading_states(standings: Iterable[Standing]) -> dict[str, str]:
    """For each document, the state that it names most."""
    counts: dict[str, Counter[str]] = {}
    for standing in standings:
        if standing.actor.kind is ActorKind.STATE:
            for naming in standing.namings:
                counts.setdefault(naming.document, Counter())[standing.actor.id] += naming.count
    return {document: min(found, key=lambda state: (-found[state], state)) for document, found in counts.items()}
