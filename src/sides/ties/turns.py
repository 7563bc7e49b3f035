"""Turns: the dates at which a tie changes state, from the likeliest history, dated by the probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.ties.states import LEVELS

Floats = NDArray[np.float32]
# Changes of one direction within so many months of each other are one turn.
ONE_TURN = 12
# A turn lies between the months in which its probability has done these shares of its rise.
BEGUN, DONE = 0.2, 0.8
# How far from the likeliest history's change the probabilities may place it, in months.
LATITUDE = 24


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the likeliest history: states as places, months as places in the course."""

    before: int
    after: int
    first: int  # the turn lies between these two, inclusive
    month: int  # the likeliest
    last: int

    @property
    def is_up(self) -> bool:
        """Whether it is for the better."""
        return self.after > self.before


def changes(path: NDArray[np.int8], shares: Floats) -> list[Change]:
    """The turns of a history (T,) with its probabilities (T, 5), in order.

    The history says that there was a turn; its date is the month in which its probability rises most.
    """
    runs: list[list[int]] = []  # [before, after, month of the first step, of the last]
    for month in np.flatnonzero(np.diff(path)) + 1:
        before, after = int(path[month - 1]), int(path[month])
        if runs and month - runs[-1][3] <= ONE_TURN and (after > before) == (runs[-1][1] > runs[-1][0]):
            runs[-1][1], runs[-1][3] = after, int(month)
        else:
            runs.append([before, after, int(month), int(month)])
    found = []
    for place, (before, after, first, last) in enumerate(runs):
        low = max(0 if place == 0 else runs[place - 1][3], first - LATITUDE)
        high = min(len(path) - 1 if place + 1 == len(runs) else runs[place + 1][2] - 1, last + LATITUDE)
        found.append(_dated(before, after, first, last, low, high, shares))
    return found


def _dated(before: int, after: int, first: int, last: int, low: int, high: int, shares: Floats) -> Change:
    """When the probability of being past halfway from one state to the other rises, between two months."""
    middle = (LEVELS[before] + LEVELS[after]) / 2
    beyond = (np.sign(LEVELS - middle) * (1 if after > before else -1) + 1) / 2
    past = shares[low:high + 1] @ beyond
    rises = np.maximum(np.diff(past), 0)
    if not rises.any():
        return Change(before, after, first, last, last)
    steepest = low + 1 + int(rises.argmax())
    done = rises.cumsum() / rises.sum()
    begun, over = (low + 1 + int(np.searchsorted(done, share)) for share in (BEGUN, DONE))
    return Change(before, after, min(begun, steepest), steepest, max(over, steepest))
