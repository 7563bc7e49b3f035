"""Camps and index where ties are uncertain: drawn many times from their probabilities, each draw solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Conventions, Ints, Network, joined
from sides.balance.warm import Warm
from sides.model.errors import NetworkError

Floats = NDArray[np.float64]
DRAWS = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """What the draws gave: `index` (draws,) in order, how many of them were `proven`, and for each pair of actors the
    share of draws in which they stood in one camp, `together` (n, n).

    That two actors stand in one camp says nothing where no ties lead from one to the other: `linked` (n, n) is the
    share of draws in which some do, and such draws alone count for `together`, which is nan where there are none.
    """

    names: tuple[str, ...]
    index: Ints
    proven: int
    together: Floats
    linked: Floats

    def at_most(self, index: int) -> float:
        """The share of draws whose index is at most so much."""
        return float((self.index <= index).mean())

    def interval(self, mass: float = 0.9) -> tuple[float, float]:
        """Between which values the middle share `mass` of the draws lies."""
        low, high = np.quantile(self.index, [(1 - mass) / 2, (1 + mass) / 2], method="inverted_cdf")
        return float(low), float(high)


def draw(names: Sequence[str], first: NDArray[np.integer], second: NDArray[np.integer], friendly: Floats,
         hostile: Floats, *, draws: int = DRAWS, seed: int = 0, camps: int | None = 2) -> Uncertain:
    """Solve `draws` networks of the same actors; tie i joins `names[first[i]]` and `names[second[i]]` (each pair once)
    and is friendly with probability `friendly[i]`, hostile with `hostile[i]`, else absent. Every tie weighs one; ties
    are drawn apart from one another. Of several optimal divisions of a draw one counts.

    Raises `NetworkError` for probabilities that are none.

    >>> drawn = draw(["a", "b", "c"], np.array([0, 1, 0]), np.array([1, 2, 2]), np.array([1, 1, 0.5]),
    ...              np.array([0, 0, 0.5]), draws=200)
    >>> drawn.proven, drawn.at_most(1), abs(drawn.at_most(0) - 0.5) < 0.1
    (200, 1.0, True)
    """
    friendly, hostile = np.asarray(friendly, np.float64), np.asarray(hostile, np.float64)
    if not (np.all(friendly >= 0) and np.all(hostile >= 0) and np.all(friendly + hostile <= 1 + 1e-9)):
        raise NetworkError("A tie's probabilities of being friendly and hostile are at least 0 and at most 1 together.")
    low, high = np.minimum(first, second).astype(np.int64), np.maximum(first, second).astype(np.int64)
    size = len(names)
    order = np.argsort(low * max(size, 1) + high, kind="stable")
    if np.any(low == high) or len(np.unique(low * max(size, 1) + high)) < len(low):
        raise NetworkError("Each tie joins two different actors, and each pair is named once.")
    low, high, friendly, hostile = low[order], high[order], friendly[order], hostile[order]
    random = np.random.default_rng(seed)
    said = Conventions(conflicts="drop")
    solver = Warm(camps)
    index = np.zeros(draws, np.int64)
    together, linked = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
    proven = 0
    for at in range(draws):
        chance = random.random(len(low))
        sign = np.where(chance < friendly, 1, np.where(chance < friendly + hostile, -1, 0))
        there = sign != 0
        found = solver.solve(Network(tuple(names), low[there], high[there], sign[there], 1, said))
        index[at] = found.upper_units
        proven += found.proven
        parts = joined(size, low[there], high[there])
        reached = parts[:, None] == parts[None, :]
        linked += reached
        together += reached & (found.camps[:, None] == found.camps[None, :])
    share = np.divide(together, linked, out=np.full((size, size), np.nan), where=linked > 0)
    return Uncertain(tuple(names), index, proven, share, linked / max(draws, 1))
