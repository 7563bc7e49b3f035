"""What stands around a tie: what drives its turns and hinders them, who reacts to them, and who gives whom what."""

from __future__ import annotations

from dataclasses import dataclass

from sides.ties.atlas import Atlas
from sides.ties.audience import Reaction, audience
from sides.ties.drivers import Drivers, drivers
from sides.ties.flows import Flow, flows
from sides.ties.history import Turn
from sides.ties.tie import Tie


@dataclass(frozen=True, slots=True)
class TurnAround:
    """One turn with what drives it, what stands in its way, and the third parties that react to it."""

    turn: Turn
    drivers: Drivers
    reactions: tuple[Reaction, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of a tie."""

    turns: tuple[TurnAround, ...]
    flows: tuple[Flow, ...]


def around(atlas: Atlas, tie: Tie) -> Around:
    """The surroundings of a tie, by what else the documents say."""
    return Around(tuple(TurnAround(turn, drivers(turn, tie.evidence), tuple(audience(atlas, tie.left, tie.right, turn)))
                        for turn in tie.turns), tuple(flows(tie.evidence)))
