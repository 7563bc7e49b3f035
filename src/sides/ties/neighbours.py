"""Who stands around two actors: those with whom both have a tie, or one of them."""

from __future__ import annotations

from dataclasses import dataclass

from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas
from sides.ties.selection import selected, tie_of
from sides.ties.tie import Tie


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor with its tie to each of two others; `None`: nothing is told of the two."""

    actor: str
    left: Tie | None
    right: Tie | None


def neighbours(atlas: Atlas, left: str, right: str, at: PartialDate | None = None,
               most: int | None = None) -> tuple[list[Neighbour], int]:
    """The actors around two, and how many there are: those with ties to both first, then by most claims.

    `most`: derive the ties of no more than these.
    """
    about = [{dyad[0] if dyad[1] == one else dyad[1]: (dyad, some) for dyad, some in selected(atlas, (one,)).items()
              if one in dyad} for one in (left, right)]
    claims = {other: [len(ties[other][1].evidence) if other in ties else 0 for ties in about]
              for other in {*about[0], *about[1]} - {left, right}}
    ranked = sorted(claims, key=lambda other: (0 in claims[other], -sum(claims[other]), other))
    found = [Neighbour(other, *(tie_of(atlas, *ties[other], at) if other in ties else None for ties in about))
             for other in ranked[:most]]
    return found, len(ranked)
