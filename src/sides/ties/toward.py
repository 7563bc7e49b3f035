"""The ties of one actor, some at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas
from sides.ties.selection import selected, tie_of
from sides.ties.tie import Tie


@dataclass(frozen=True, slots=True)
class Toward:
    """Some ties of an actor, those of most claims first, and how many it has."""

    actor: str
    total: int
    ties: tuple[Tie, ...]


def toward(atlas: Atlas, actor: str, at: PartialDate | None = None, offset: int = 0, most: int | None = None) -> Toward:
    """The ties of an actor from place `offset` on; only these are derived. The atlas need only have the actor's claims.

    A dyad of which only denials are told is one too: it has no state.
    """
    found = selected(atlas, (actor,))
    ranked = sorted(found, key=lambda dyad: (-len(found[dyad].evidence), dyad))
    chosen = ranked[offset:None if most is None else offset + most]
    return Toward(actor, len(ranked), tuple(tie_of(atlas, dyad, found[dyad], at) for dyad in chosen))
