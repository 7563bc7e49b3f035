"""The five states of a tie, in their order, and what is told by it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np


class State(StrEnum):
    """Where two actors stand, from the worst to the best."""

    HOSTILE = "hostile"
    STRAINED = "strained"
    NEUTRAL = "neutral"
    FRIENDLY = "friendly"
    ALLIED = "allied"

    @property
    def level(self) -> int:
        """-2 for hostile to 2 for allied."""
        return STATES.index(self) - 2


STATES = tuple(State)
LEVELS = np.arange(-2.0, 3.0)


def expected(probabilities: Mapping[State, float]) -> float:
    """The expected level, -2 hostile to 2 allied; 0 where nothing is said.

    >>> expected({State.STRAINED: 0.5, State.HOSTILE: 0.5}), expected({})
    (-1.5, 0.0)
    """
    return float(sum(state.level * share for state, share in probabilities.items()))
