"""Who an actor is: its names, place, people, and the actors that it has ties with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sides.actors.registry import Registry
from sides.model.actor import Actor, Relation
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Modality
from sides.ties.tie import Tie

BELONGING = frozenset({ClaimType.PART_OF, ClaimType.LEADS, ClaimType.OFFICIAL_OF, ClaimType.REPRESENTS})
MEMBERSHIP = frozenset({ClaimType.MEMBER_OF})


@dataclass(frozen=True, slots=True)
class Place:
    """An actor's place in another, as claims or the registry tell it."""

    actor: str  # the other one
    label: str  # "leads", "official of", "member of", or the office
    since: str | None
    until: str | None
    claims: tuple[Claim, ...]  # empty: known from the registry alone


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as the documents and the registry know it."""

    actor: Actor
    documents: int  # that mention it
    claims: int  # in which it, its persons or its parts take part
    parents: tuple[Place, ...]  # what it is a part of, an official of, the leader of
    blocs: tuple[Place, ...]  # what it is a member of
    people: tuple[Place, ...]  # who leads it, speaks for it, works for it; its parts
    members: tuple[Place, ...]
    counterparts: tuple[str, ...]  # the actors that claims tie it to, most claims first
    ties: tuple[Tie, ...]  # with the first of them
    names: Mapping[str, str]  # of the actors above that the registry knows


def profile(actor: Actor, registry: Registry, structure: Sequence[Claim], *, documents: int, claims: int,
            counterparts: Sequence[str], ties: Sequence[Tie]) -> Profile:
    """A profile from structure claims and the registry's relations above and below the actor."""
    above, below = registry.relations(actor.id), registry.members(actor.id)
    related = sorted({*(one.parent for one in above), *(one.child for one in below), actor.country or actor.id})
    return Profile(
        actor, documents, claims,
        parents=places(actor.id, structure, above, is_child=True, types=BELONGING),
        blocs=places(actor.id, structure, above, is_child=True, types=MEMBERSHIP),
        people=places(actor.id, structure, below, is_child=False, types=BELONGING),
        members=places(actor.id, structure, below, is_child=False, types=MEMBERSHIP),
        counterparts=tuple(counterparts),
        ties=tuple(ties),
        names={other: known.name for other in related if (known := registry.get(other))},
    )


def places(actor: str, structure: Sequence[Claim], relations: Sequence[Relation], *, is_child: bool,
           types: frozenset[ClaimType]) -> tuple[Place, ...]:
    """Where an actor belongs (`is_child`), or who belongs to it: claims and registry rows of the types, merged.

    Most claims first, then by id.
    """
    found: dict[tuple[str, str], Place] = {}
    for relation in relations:
        other = relation.parent if is_child else relation.child
        if relation.relation.upper() in types:
            found[other, relation.relation.upper()] = Place(
                other, relation.label or relation.relation.replace("_", " "),
                str(relation.holds.start) if relation.holds.start else None,
                str(relation.holds.end) if relation.holds.end else None, ())
    for claim in structure:
        here, other = (claim.source, claim.target) if is_child else (claim.target, claim.source)
        if here == actor and claim.type in types and claim.modality is Modality.ASSERTED:
            key = (other, claim.type.value)
            before = found.get(key) or Place(other, claim.type.value.lower().replace("_", " "), None, None, ())
            found[key] = Place(other, before.label, before.since, before.until, (*before.claims, claim))
    return tuple(sorted(found.values(), key=lambda place: (-len(place.claims), place.actor, place.label)))
