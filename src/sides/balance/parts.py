"""The camps of each connected part of a network, as far as they are the same in every optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sides.balance.frustration import Frustration
from sides.balance.network import Ints
from sides.balance.optima import LARGEST, Optima, optima
from sides.balance.strain import Strains
from sides.balance.walks import components


@dataclass(frozen=True, slots=True)
class Part:
    """Actors that ties link to one another: their camps, and whose side is not determined.

    Any two of those in `camps` are together in every optimum, or in none. Nothing is said of actors of different parts.
    """

    camps: tuple[tuple[str, ...], ...]  # the largest first
    undecided: tuple[str, ...]


def optima_of(result: Frustration, *, limit: int = 1000, strains: Strains | None = None) -> Optima | None:
    """The optima of an index, `None` where they cannot be told: it is not proven, or of more than 20,000 ties."""
    if not result.proven or result.network.ties > LARGEST:
        return None
    return optima(result, limit=limit, strains=strains)


def parts_of(result: Frustration, every: Optima | None) -> tuple[Part, ...]:
    """The parts of a network, the largest first, then by their first actor. Without its optima, one with all camps."""
    if every is None:
        return (Part(tuple(result.members), ()),)
    names = result.network.names
    label = components(result.network)
    found = []
    for one in sorted(set(label.tolist()), key=lambda one: (-int((label == one).sum()), one)):
        members = np.flatnonzero(label == one)
        sure = _determined(every, members)
        camps = [tuple(names[at] for at in group) for group in together(every, sure)]
        found.append(Part(tuple(sorted(camps, key=lambda camp: (-len(camp), camp))),
                          tuple(names[at] for at in members.tolist() if at not in set(sure))))
    return tuple(found)


def together(every: Optima, actors: Sequence[int]) -> list[list[int]]:
    """Those of some actors who are together in every optimum, as positions: groups by their first member."""
    left, found = np.array(actors, np.int64), []
    while len(left):
        own = every.always[left[0], left]
        own[0] = True  # an actor is with itself, also where nothing else is known
        found.append(left[own].tolist())
        left = left[~own]
    return found


def _determined(every: Optima, members: Ints) -> list[int]:
    """Of the actors of a part, as many as are known to be together, two by two, in every optimum or in none.

    Who is so bound to the most others comes first; for two camps that gives the greatest such group.
    """
    known = (every.always | every.never)[np.ix_(members, members)]
    order = np.argsort(-known.sum(axis=1), kind="stable")
    sure: list[int] = []
    fits = np.ones(len(members), np.bool_)  # to all who are sure so far
    for at in order.tolist():
        if fits[at]:
            sure.append(at)
            fits &= known[at]
    return sorted(members[sure].tolist())


def undetermined(result: Frustration, every: Optima | None) -> tuple[str, ...]:
    """Whose side is not determined toward the largest part of the network: in it, and all who are elsewhere."""
    parts = parts_of(result, every)
    sure = {name for camp in parts[0].camps for name in camp} if parts else set()
    return tuple(name for name in result.network.names if name not in sure)
