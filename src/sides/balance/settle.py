"""Camps found by search where more than two are allowed: each actor settles where friends are and foes are not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints
from sides.balance.search import Neighbours
from sides.balance.swift import swift

HOT, COLD = 2.0, 0.05  # first and last temperature, in median weights of a tie; by benchmarks/balance.py


class Settling:
    """A search for the camps, at most `most` (None: any number), that frustrate least. The best of its runs is kept."""

    def __init__(self, size: int, first: Ints, second: Ints, weight: Ints, most: int | None, *, seed: int = 0) -> None:
        self.size, self.first, self.second, self.weight, self.most = size, first, second, weight, most
        self.near = Neighbours.of(size, first, second)
        self.random = np.random.default_rng(seed)
        self.camps = np.zeros(size, np.int64)
        self.cost = self.cost_of(self.camps)

    @property
    def frustrated(self) -> NDArray[np.bool_]:
        """Which ties the best camps frustrate, shape (m,)."""
        return np.asarray((self.camps[self.first] == self.camps[self.second]) != (self.weight > 0))

    def cost_of(self, camps: Ints) -> int:
        """The weight of the ties that these camps frustrate."""
        together = camps[self.first] == camps[self.second]
        return int(np.abs(self.weight[together != (self.weight > 0)]).sum())

    def improve(self, runs: int, sweeps: int, *, until: int = 0) -> int:
        """Twice so many runs, from one camp and by lot in turn; ended early at a cost of `until`. The best cost."""
        for run in range(2 * runs):
            if self.cost <= until:
                break
            by_lot = self.random.integers(0, self.most or max(self.size, 1), self.size)
            self.run(np.asarray(by_lot, np.int64) if run % 2 else np.zeros(self.size, np.int64), sweeps)
        return self.cost

    def run(self, camps: Ints, sweeps: int) -> None:
        """Settle these camps over so many sweeps from hot to cold, then without chance until nobody moves."""
        unit = float(np.median(np.abs(self.weight[self.weight != 0]))) if self.weight.any() else 1.0
        near, ties = self.near, len(self.weight)
        still = np.zeros(2 * ties + self.size)
        for temperature in np.geomspace(HOT, COLD, sweeps) * unit:
            chance = self.random.gumbel(size=len(still)) * temperature
            swift(_sweep, ties)(camps, near.start, near.other, near.tie, self.weight, chance, self.most or 0)
        while True:
            moved = swift(_sweep, ties)(camps, near.start, near.other, near.tie, self.weight, still, self.most or 0)
            if not moved and not self._merge(camps):
                break
        cost = self.cost_of(camps)
        if cost < self.cost:
            self.camps, self.cost = camps.copy(), cost

    def follow(self, share: NDArray[np.float64]) -> None:
        """Take up camps that keep friends together whose ties have a low share, then settle without chance."""
        friends = np.flatnonzero((self.weight > 0) & (share < 0.5))
        camps = np.arange(self.size)
        if self.most is None:
            for tie in friends[np.argsort(share[friends], kind="stable")].tolist():
                one, other = camps[self.first[tie]], camps[self.second[tie]]
                if one != other:
                    camps[camps == other] = one
        else:
            camps = self.camps.copy()
        self.run(camps, 0)

    def _merge(self, camps: Ints) -> bool:
        """Join the two camps with most to gain, if any have."""
        one, other = camps[self.first], camps[self.second]
        low, high = np.minimum(one, other), np.maximum(one, other)
        across = low != high
        if not across.any():
            return False
        pair, which = np.unique(low[across] * self.size + high[across], return_inverse=True)
        gain = np.bincount(which, self.weight[across])
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            return False
        camps[camps == pair[best] % self.size] = pair[best] // self.size
        return True


def _sweep(camps: Any, start: Any, other: Any, tie: Any, weight: Any, chance: Any, most: Any) -> Any:
    size = len(camps)
    labels = most if most > 0 else size
    members = np.zeros(labels, np.int64)
    for node in range(size):
        members[camps[node]] += 1
    empty = 0  # no label below it is free of members; some label is, as long as any camp has two
    pull = np.zeros(labels, np.float64)
    stamp = np.full(labels, -1, np.int64)
    moved = 0
    for node in range(size):
        now = camps[node]
        for slot in range(start[node], start[node + 1]):
            camp = camps[other[slot]]
            if stamp[camp] != node:
                stamp[camp] = node
                pull[camp] = chance[slot]
            pull[camp] += weight[tie[slot]]
        if stamp[now] != node:
            stamp[now] = node
            pull[now] = chance[2 * len(weight) + node]
        best, strength = now, pull[now]
        for slot in range(start[node], start[node + 1]):
            camp = camps[other[slot]]
            if pull[camp] > strength or (pull[camp] == strength and camp < best and best != now):
                best, strength = camp, pull[camp]
        alone = chance[2 * len(weight) + node]
        if alone > strength:  # to a camp where it has no ties
            if most > 0:
                for camp in range(labels):
                    if stamp[camp] != node:
                        best = camp
                        break
            elif members[now] > 1:
                while empty < labels and members[empty] > 0:
                    empty += 1
                best = empty
        if best != now:
            members[now] -= 1
            members[best] += 1
            camps[node] = best
            if now < empty:
                empty = now
            moved += 1
    return moved
