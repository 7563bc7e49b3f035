"""Who an actor is: its names, place, people, and the actors that it has ties with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sides.actors.registry import Registry
from sides.model.actor import Actor, ActorKind, Relation
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.ties.organization import Bond, Organization, listed_bond
from sides.ties.tie import Tie

BELONGING = frozenset({ClaimType.PART_OF, ClaimType.LEADS, ClaimType.OFFICIAL_OF, ClaimType.REPRESENTS})
MEMBERSHIP = frozenset({ClaimType.MEMBER_OF})
MERGED = "merged"  # the registry's label of a merger


@dataclass(frozen=True, slots=True)
class Place:
    """An actor's place in another, as claims or the registry tell it."""

    actor: str  # the other one
    label: str  # "leads", "official of", "member of", or the office
    since: str | None
    until: str | None
    source: str | None  # which list of the registry knows it; None: claims alone
    claims: tuple[Claim, ...]  # empty: known from the registry alone


@dataclass(frozen=True, slots=True)
class Introduction:
    """The sentence in which a text says what an actor is: the evidence for one that stands in no registry."""

    document: str  # its name
    published: PartialDate
    sentence: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as the documents and the registry know it."""

    actor: Actor
    at: PartialDate | None  # the date that its place and people are asked for; None: of all times
    documents: int  # that mention it
    claims: int  # in which it, its persons or its parts take part
    parents: tuple[Place, ...]  # what it is a part of, an official of, the leader of
    blocs: tuple[Place, ...]  # what it is a member of
    people: tuple[Place, ...]  # who leads it, speaks for it, works for it; its parts
    members: tuple[Place, ...]
    counterparts: tuple[str, ...]  # the actors that claims tie it to, most claims first
    ties: tuple[Tie, ...]  # with the first of them
    names: Mapping[str, str]  # of the actors above that the registry knows
    introduction: Introduction | None = None  # of an actor that stands in no registry
    came_from: tuple[Place, ...] = ()  # what it split from, or follows, by the registry
    became: tuple[Place, ...] = ()  # what split from it, or followed it
    kinds: Mapping[str, ActorKind] = field(default_factory=dict)  # of the actors above that the registry knows


def profile(actor: Actor, registry: Registry, organization: Organization, *, documents: int, claims: int,
            counterparts: Sequence[str], ties: Sequence[Tie], at: PartialDate | None = None,
            introduction: Introduction | None = None) -> Profile:
    """A profile from the organization around the actor and the registry's relations above and below it."""
    above = {*organization.above(actor.id, at), *_listed(registry.relations(actor.id), at)}
    below = {*organization.below(actor.id, at), *_listed(registry.members(actor.id), at)}
    came_from, became = _successions(registry.relations(actor.id), registry.members(actor.id))
    related = sorted({*(one.parent for one in above), *(one.child for one in below), actor.country or actor.id,
                      *(one.actor for one in (*came_from, *became))})
    known = {other: found for other in related if (found := registry.get(other))}
    return Profile(
        actor, at, documents, claims,
        parents=places(above, is_child=True, types=BELONGING),
        blocs=places(above, is_child=True, types=MEMBERSHIP),
        people=places(below, is_child=False, types=BELONGING),
        members=places(below, is_child=False, types=MEMBERSHIP),
        counterparts=tuple(counterparts),
        ties=tuple(ties),
        names={other: found.name for other, found in known.items()},
        introduction=introduction,
        came_from=came_from, became=became,
        kinds={other: found.kind for other, found in known.items()},
    )


def places(bonds: Iterable[Bond], *, is_child: bool, types: frozenset[ClaimType]) -> tuple[Place, ...]:
    """Where an actor belongs (`is_child`), or who belongs to it: its bonds of the types, one place for each other.

    The registry's office and dates go before what claims say. Most claims first, then by id.
    """
    grouped: dict[tuple[str, ClaimType], list[Bond]] = {}
    for bond in sorted(bonds, key=lambda bond: (bond.claim is not None, str(bond.holds.start or ""), bond.label,
                                                bond.claim.id if bond.claim else "")):
        if bond.type in types:
            grouped.setdefault((bond.parent if is_child else bond.child, bond.type), []).append(bond)
    found = [_place(other, some) for (other, _), some in grouped.items()]
    return tuple(sorted(found, key=lambda place: (-len(place.claims), place.actor, place.label)))


def _place(other: str, bonds: Sequence[Bond]) -> Place:
    """One place out of its bonds: what the registry says of it, else the widest span that claims give."""
    claims = tuple(bond.claim for bond in bonds if bond.claim is not None)
    telling = [bond for bond in bonds if bond.claim is None] or list(bonds)
    ends = [bond.holds.end for bond in telling if bond.claim is None or bond.claim.dated_from == "text"]
    starts = sorted(bond.holds.start for bond in telling if bond.holds.start)
    until = max((end for end in ends if end), default=None) if ends and None not in ends else None
    return Place(other, telling[0].label, str(starts[0]) if starts else None, str(until) if until else None,
                 telling[0].source, claims)


def _successions(above: Iterable[Relation], below: Iterable[Relation]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """What an actor came from and what it became, by date, at all times: it follows, split from or absorbed others."""
    came_from: list[Place] = []
    became: list[Place] = []
    for relations, is_above in ((above, True), (below, False)):
        for one in relations:
            if one.relation == "successor_of":
                # Who merged into another stands under it as its successor does, and is the earlier of the two.
                side = came_from if is_above is (one.label != MERGED) else became
                side.append(Place(one.parent if is_above else one.child, one.label or "successor",
                                  str(one.holds.start) if one.holds.start else None,
                                  str(one.holds.end) if one.holds.end else None, one.source or "registry", ()))
    order = [sorted(side, key=lambda one: (one.since or "", one.actor, one.label)) for side in (came_from, became)]
    return tuple(order[0]), tuple(order[1])


def _listed(relations: Iterable[Relation], at: PartialDate | None) -> list[Bond]:
    bonds = [listed_bond(relation) for relation in relations if relation.relation.upper() in BELONGING | MEMBERSHIP]
    return [bond for bond in bonds if at is None or bond.may_hold(at)]
