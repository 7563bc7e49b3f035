"""The five states of a tie, in their order, and what is told by it."""

from __future__ import annotations

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
