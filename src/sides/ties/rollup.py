"""Persons and parts rolled up to the organization that they act for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sides.model.actor import Actor, ActorKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Modality

ACTING_FOR = frozenset({ClaimType.LEADS, ClaimType.OFFICIAL_OF, ClaimType.REPRESENTS, ClaimType.PART_OF})
# A state does not count for its bloc, nor a movement for the one that it belongs to: they stand for themselves.
ROLLED_KINDS = frozenset({ActorKind.PERSON, ActorKind.ORGAN})


def chains(actors: Mapping[str, Actor], structure: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """For each person or part, the actors that it acts for, the nearest first: a brigade's commander, the brigade, the
    movement.

    A person by what the documents say most often (structure claims; ties by id), else by the registry's parent; a part
    by the registry's parent first. A chain ends where it would come back to itself.
    """
    said: dict[str, Counter[str]] = {}
    for claim in structure:
        if claim.type in ACTING_FOR and claim.modality is Modality.ASSERTED:
            said.setdefault(claim.source, Counter())[claim.target] += 1
    above: dict[str, str] = {}
    for identifier, actor in actors.items():
        votes = said.get(identifier)
        if actor.kind not in ROLLED_KINDS:
            continue
        if actor.parent and (actor.kind is ActorKind.ORGAN or not votes):
            above[identifier] = actor.parent
        elif votes:
            above[identifier] = min(votes, key=lambda target: (-votes[target], target))
    return {identifier: upward(identifier, above) for identifier in sorted(above)}


def upward(identifier: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """All actors above one.

    >>> upward("a", {"a": "b", "b": "c"})
    ('b', 'c')
    >>> upward("a", {"a": "b", "b": "a"})
    ('b',)
    """
    chain: list[str] = []
    while (up := above.get(chain[-1] if chain else identifier)) is not None and up != identifier and up not in chain:
        chain.append(up)
    return tuple(chain)
