"""Camps found by search: annealing, descent, and the crossing of what several runs found. Upper bounds, no proofs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints
from sides.balance.swift import swift

Sides = NDArray[np.int8]

HOT, WARM, COLD = 6.0, 3.0, 0.1  # temperatures in mean weights of a tie, chosen by benchmarks/balance.py heuristic


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Each actor's ties, as rows of one table: those of actor i stand at `start[i]:start[i + 1]`."""

    start: Ints
    other: Ints
    tie: Ints

    @classmethod
    def of(cls, size: int, first: Ints, second: Ints, named: Ints | None = None) -> Neighbours:
        """From the two ends of each tie; tie i is called `named[i]`, or i."""
        ends = np.concatenate([first, second])
        order = np.argsort(ends, kind="stable")
        start = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(ends, minlength=size), out=start[1:])
        tie = order % max(len(first), 1)
        return cls(start, np.concatenate([second, first])[order], tie if named is None else named[tie])


class Search:
    """A search for the two camps that frustrate least, on ties with whole weights. Each step adds to what was found."""

    def __init__(self, size: int, first: Ints, second: Ints, weight: Ints, *, seed: int = 0) -> None:
        self.first, self.second, self.weight = first, second, weight
        self.neighbours = Neighbours.of(size, first, second)
        self.random = np.random.default_rng(seed)
        self.size, self.ties = size, len(weight)
        self.camps: Sides = np.ones(size, np.int8)
        self.cost = self.cost_of(self.camps)

    @property
    def frustrated(self) -> NDArray[np.bool_]:
        """Which ties the best camps frustrate, shape (m,)."""
        return np.asarray((self.camps[self.first] == self.camps[self.second]) != (self.weight > 0))

    def cost_of(self, sides: Sides) -> int:
        """The weight of the ties that these sides frustrate."""
        apart = sides[self.first] != sides[self.second]
        return int(np.abs(self.weight[apart == (self.weight > 0)]).sum())

    def run(self, sides: Sides, *, sweeps: int, hot: float) -> int:
        """Anneal from these sides over so many sweeps and descend; cross the end with the best. The cost of the end."""
        near = self.neighbours
        pull = self.pull(sides)
        unit = float(np.abs(self.weight).mean()) if self.ties else 1.0
        for temperature in np.geomspace(hot, COLD, sweeps) * unit if sweeps else []:
            swift(_sweep, self.ties)(sides, pull, near.start, near.other, near.tie, self.weight,
                                     self.random.standard_exponential(self.size) * temperature)
        swift(_descend, self.ties)(sides, pull, near.start, near.other, near.tie, self.weight)
        cost = self.cost_of(sides)
        self.cross(sides)
        return cost

    def improve(self, runs: int, sweeps: int, *, until: int = 0, begun_at: int = 0) -> int:
        """So many runs, from one camp and from camps by lot in turn, cooler and hotter in turn. The best cost.

        It ends early at a cost of `until`, which a lower bound may give; `begun_at` runs are done already.
        """
        for run in range(begun_at, runs):
            if self.cost <= until:
                break
            by_lot = np.where(self.random.random(self.size) < 0.5, 1, -1).astype(np.int8)
            sides = by_lot if run % 2 else np.ones(self.size, np.int8)
            self.run(sides, sweeps=sweeps, hot=HOT if run % 4 > 1 else WARM)
        return self.cost

    def follow(self, share: NDArray[np.float64]) -> None:
        """Take up sides that frustrate ties of high share: along a spanning tree of those most sure, then descend."""
        sides = swift(_span, self.ties)(self.size, self.first, self.second, self.weight, share,
                                        np.argsort(-np.abs(share - 0.5), kind="stable"))
        self.run(sides, sweeps=0, hot=0.0)

    def pull(self, sides: Sides) -> Ints:
        """What flipping each actor costs, shape (n,): the weight that its side satisfies less what it frustrates."""
        agreed = self.weight * sides[self.first] * sides[self.second]
        both = np.bincount(self.first, agreed, self.size) + np.bincount(self.second, agreed, self.size)
        return np.asarray(np.rint(both), np.int64)

    def cross(self, sides: Sides) -> None:
        """Take from these sides each connected part, in which they differ from the best, that betters it."""
        near = self.neighbours
        for sign in (1, -1):
            swift(_cross, self.ties)(self.camps, (sides * sign).astype(np.int8), near.start, near.other, near.tie,
                                     self.weight)
        swift(_descend, self.ties)(self.camps, self.pull(self.camps), near.start, near.other, near.tie, self.weight)
        self.cost = self.cost_of(self.camps)


def _span(size: Any, first: Any, second: Any, weight: Any, share: Any, order: Any) -> Any:
    above = np.arange(size)
    turned = np.ones(size, np.int8)  # against the one above
    members = np.ones(size, np.int64)  # the smaller tree goes below the larger: no way up is long
    for tie in order:
        if weight[tie] == 0:
            continue
        one, other = first[tie], second[tie]
        side_one, side_other = 1, 1
        while above[one] != one:
            side_one *= turned[one]
            one = above[one]
        while above[other] != other:
            side_other *= turned[other]
            other = above[other]
        if one != other:
            side = 1 if (weight[tie] > 0) == (share[tie] < 0.5) else -1
            if members[one] > members[other]:
                one, other = other, one
            above[one] = other
            members[other] += members[one]
            turned[one] = side * side_one * side_other
    sides = np.ones(size, np.int8)
    for node in range(size):
        one, side = node, 1
        while above[one] != one:
            side *= turned[one]
            one = above[one]
        sides[node] = side
    return sides


def _sweep(sides: Any, pull: Any, start: Any, other: Any, tie: Any, weight: Any, bar: Any) -> None:
    for node in range(len(sides)):
        if pull[node] < bar[node]:
            sides[node] = -sides[node]
            pull[node] = -pull[node]
            for at in range(start[node], start[node + 1]):
                pull[other[at]] += 2 * weight[tie[at]] * sides[node] * sides[other[at]]


def _descend(sides: Any, pull: Any, start: Any, other: Any, tie: Any, weight: Any) -> None:
    size = len(sides)
    queue = np.empty(size + 1, np.int64)
    waiting = np.zeros(size, np.bool_)
    begin, length = 0, 0
    for node in range(size):
        if pull[node] < 0:
            queue[length] = node
            waiting[node] = True
            length += 1
    while length > 0:
        node = queue[begin]
        begin = (begin + 1) % (size + 1)
        length -= 1
        waiting[node] = False
        if pull[node] >= 0:
            continue
        sides[node] = -sides[node]
        pull[node] = -pull[node]
        for at in range(start[node], start[node + 1]):
            near = other[at]
            pull[near] += 2 * weight[tie[at]] * sides[node] * sides[near]
            if pull[near] < 0 and not waiting[near]:
                waiting[near] = True
                queue[(begin + length) % (size + 1)] = near
                length += 1


def _cross(best: Any, sides: Any, start: Any, other: Any, tie: Any, weight: Any) -> None:
    size = len(best)
    seen = np.zeros(size, np.bool_)
    stack = np.empty(size, np.int64)
    for root in range(size):
        if seen[root] or best[root] == sides[root]:
            continue
        seen[root] = True
        stack[0] = root
        held, top = 1, 1  # all of the part stand in stack[:held]; those up to top are yet to be walked from
        walked = 0
        change = 0
        while walked < top:
            node = stack[walked]
            walked += 1
            for at in range(start[node], start[node + 1]):
                near = other[at]
                if best[near] == sides[near]:
                    change += weight[tie[at]] * best[node] * best[near]
                elif not seen[near]:
                    seen[near] = True
                    stack[top] = near
                    top += 1
        held = top
        if change < 0:
            for at in range(held):
                best[stack[at]] = -best[stack[at]]
                sides[stack[at]] = best[stack[at]]
