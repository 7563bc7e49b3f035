"""The strain on each tie: how much the frustration index changes when the tie flips, exactly.

A tie that some optimum frustrates gives its weight back when it flips (change -w): it is strained. One that the index
needs as it is costs its weight (change +w): it bears load. Between them, a flip changes less.

Most ties need no solving anew. That an optimum frustrates a tie is shown by that optimum. That a flip costs at least so
much is shown by the packing of bad walks that proves the index: without those that go through the tie, and with a walk
that the flip makes bad, in the room that is left. Only what neither shows is solved, from what is known.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.balance.certificate import Packing
from sides.balance.frustration import Frustration, frustration
from sides.balance.network import Ints, Network
from sides.balance.search import Neighbours
from sides.balance.swift import swift
from sides.balance.warm import Warm

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Strains:
    """The strain of every tie of `base.network`; arrays of shape (m,).

    `change` is the index with the tie flipped less the index, in units of 1/`network.scale`, from -|weight| to
    |weight|; where it is not `proven`, it is at most that. `some` optimum frustrates the tie, `every` optimum does; the
    tie is `bearing` where flipping it raises the index. `optima` are the optimal camps that were met, shape (k, n).
    `is_complete`: time did for every tie; else some are not proven, and `some` may be `every`.
    """

    base: Frustration
    change: Ints
    proven: Flags
    some: Flags
    every: Flags
    optima: Ints
    is_complete: bool = True

    @property
    def bearing(self) -> Flags:
        """Which ties the index needs as they are."""
        return self.change > 0


def flipped(network: Network, tie: int) -> Network:
    """The network with one tie's sign turned."""
    weight = network.weight.copy()
    weight[tie] = -weight[tie]
    return replace(network, weight=weight)


def strain(network: Network, *, camps: int | None = 2, base: Frustration | None = None,
           seconds: float | None = None) -> Strains:
    """The strain of every tie, for at most so many camps (None: any number), from `base`, the index, where it is known.

    Where the index itself is not proven, nothing here is. After `seconds` (None: no end) no more is found out: a tie
    that is not known by then has a bound. Method and measurements: `docs/balance.md`.

    >>> from sides.balance.network import Network
    >>> found = strain(Network.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("c", "d", 1)]))
    >>> found.change.tolist(), found.some.tolist(), found.every.tolist()
    ([-1, -1, -1, 0], [True, True, True, False], [False, False, False, False])
    """
    if base is None or base.network is not network or base.allowed != camps:
        base = frustration(network, camps=camps)
    return _Strain(base, seconds).all()


class _Strain:
    def __init__(self, base: Frustration, seconds: float | None = None) -> None:
        self.base, self.network = base, base.network
        self.deadline = np.inf if seconds is None else time.monotonic() + seconds
        self.is_complete = True
        self.weights = np.abs(self.network.weight)
        self.known: dict[bytes, Ints] = {}
        self.meets: list[Flags] = []
        self.costs: list[int] = []
        self._meet(base.camps)
        self.room = _Room(base)
        self.solver = Warm(base.allowed)
        self.solver.camps = base.camps

    def all(self) -> Strains:
        network, base = self.network, self.base
        if base.allowed == 2 and not self._is_over():
            for camps in self._near():
                self._meet(camps)
        ties = network.ties
        change, proven = np.zeros(ties, np.int64), np.zeros(ties, np.bool_)
        for tie in np.argsort(-self.weights, kind="stable").tolist():
            change[tie], proven[tie] = self._change(tie)
        some = (change == -self.weights) & proven
        every = np.array([some[tie] and self._is_never_satisfied(tie) for tie in range(ties)], np.bool_)
        best = [camps for camps, cost in zip(self.known.values(), self.costs, strict=True) if cost == base.upper_units]
        return Strains(base, change, proven & base.proven, some, every, np.array(best), self.is_complete)

    def _is_over(self) -> bool:
        """Whether time is up; then the strains are not complete. Else what is left of it goes to the solver."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            self.is_complete = False
        elif np.isfinite(left):
            self.solver.seconds = left
        return left <= 0

    def _meet(self, camps: Ints) -> None:
        """Take up camps, with what they frustrate."""
        _, first, which = np.unique(camps, return_index=True, return_inverse=True)
        rank = np.empty(len(first), np.int64)
        rank[np.argsort(first)] = np.arange(len(first))
        camps = rank[which]
        if camps.tobytes() not in self.known:
            self.known[camps.tobytes()] = camps
            frustrated = self.network.frustrated(camps)
            self.meets.append(frustrated)
            self.costs.append(int(self.weights[frustrated].sum()))

    def _near(self) -> list[Ints]:
        """The two camps with one actor on the other side, where that costs no more than its heaviest tie."""
        network, camps = self.network, self.base.camps
        sign = np.where(self.base.frustrated, -1, 1) * self.weights
        ends = np.concatenate([network.first, network.second])
        pull = np.bincount(ends, np.tile(sign, 2), network.size)
        heaviest = np.zeros(network.size)
        np.maximum.at(heaviest, ends, np.tile(self.weights, 2))
        found = []
        for actor in np.flatnonzero((pull <= heaviest) & (heaviest > 0)).tolist():
            other = camps.copy()
            other[actor] = 1 - other[actor]
            found.append(other)
        return found

    def _upper(self, tie: int) -> int:
        """The least index of the network with the tie flipped among the camps met."""
        weight = int(self.weights[tie])
        return min(cost - weight if meets[tie] else cost + weight
                   for meets, cost in zip(self.meets, self.costs, strict=True))

    def _change(self, tie: int) -> tuple[int, bool]:
        index, weight = self.base.upper_units, int(self.weights[tie])
        if self._is_over():
            return (-weight, True) if self.meets[0][tie] else (weight, False)
        least = index - weight
        upper = self._upper(tie)
        if upper == least or self.room.lower(tie, upper) >= upper:
            return upper - index, True
        found = self.solver.solve(flipped(self.network, tie))
        self._meet(found.camps)
        return found.upper_units - index, found.proven

    def _is_never_satisfied(self, tie: int) -> bool:
        """Whether every optimum frustrates a tie that some optimum does."""
        index = self.base.upper_units
        if any(cost == index and not meets[tie] for meets, cost in zip(self.meets, self.costs, strict=True)):
            return False
        if self._is_over():
            return False
        weight = self.network.weight.copy()
        weight[tie] = np.sign(weight[tie]) * (self.weights.sum() + 1)
        found = frustration(replace(self.network, weight=weight), camps=self.base.allowed, seconds=self.solver.seconds)
        self._meet(found.camps)
        return found.proven and found.upper_units > index


class _Room:
    """The packing that proves an index, and what it leaves of each tie, in parts of 1/`unit`."""

    def __init__(self, base: Frustration) -> None:
        network, proof = base.network, base.certificate.proof
        self.network, self.allowed = network, base.allowed
        self.packing = proof if isinstance(proof, Packing) and base.certified and not proof.cliques else None
        if self.packing is None:
            return
        self.unit = self.packing.unit * 4  # so that a walk may use what is left of a tie twice
        self.step = int(np.gcd.reduce(network.weight)) if network.ties else 1
        self.left = np.abs(network.weight) * self.unit
        self.parts = sum(amount for _, amount in self.packing.walks) * 4
        self.through: dict[int, list[tuple[dict[int, int], int]]] = {}
        place = {pair: at for at, pair in enumerate(zip(network.first.tolist(), network.second.tolist(), strict=True))}
        for actors, amount in self.packing.walks:
            often: dict[int, int] = {}
            for at, actor in enumerate(actors):
                tie = place[min(actor, actors[at - 1]), max(actor, actors[at - 1])]
                often[tie] = often.get(tie, 0) + 1
            for tie, times in often.items():
                self.left[tie] -= times * amount * 4
                self.through.setdefault(tie, []).append((often, amount * 4))
        self.near = Neighbours.of(network.size, network.first, network.second)

    def lower(self, tie: int, wanted: int) -> int:
        """A bound of the index with the tie flipped: at least `wanted`, if one is found; -1 without a packing."""
        if self.packing is None or self.allowed not in (2, None):
            return -1
        left, parts = self.left, self.parts
        through = [(often, amount) for often, amount in self.through.get(tie, ())
                   if self.allowed is None or often[tie] % 2]
        if through:
            left = left.copy()
            for often, amount in through:
                parts -= amount
                for at, times in often.items():
                    left[at] += times * amount
        lower = self._rounded(parts)
        first, second = int(self.network.first[tie]), int(self.network.second[tie])
        becomes = bool(self.network.weight[tie] < 0)  # friendly
        copied = bool(through)
        while lower < wanted:
            path = swift(_path, self.network.ties)(self.near.start, self.near.other, self.near.tie,
                                                   self.network.weight > 0, left, first, second, tie, becomes,
                                                   self.allowed == 2)
            if not len(path):
                break
            if not copied:
                left, copied = left.copy(), True
            used, often_used = np.unique(np.append(path, tie), return_counts=True)
            amount = int((left[used] // often_used).min())
            if amount == 0:
                break
            left[used] -= often_used * amount
            parts += amount
            lower = self._rounded(parts)
        return lower

    def _rounded(self, parts: int) -> int:
        return -(-parts // (self.unit * self.step)) * self.step


def _path(start: Any, other: Any, tie: Any, friendly: Any, left: Any, source: Any, target: Any, closing: Any,
          becomes: Any, both_ways: Any) -> Any:
    """The shortest path that the flipped tie `closing` makes a bad walk, along ties with room: in the double cover for
    two camps (`both_ways`), else with one hostile tie at most.
    """
    size = len(start) - 1
    came_by = np.full(2 * size, -1, np.int64)
    came_from = np.full(2 * size, -1, np.int64)
    queue = np.empty(2 * size, np.int64)
    goal = target + (size if becomes else 0)
    queue[0], count, walked = source, 1, 0
    came_from[source] = source
    if left[closing] < 4:
        return np.zeros(0, np.int64)
    while walked < count and came_from[goal] < 0:
        state = queue[walked]
        walked += 1
        node, side = state % size, state // size
        for slot in range(start[node], start[node + 1]):
            along = tie[slot]
            if along == closing or left[along] < 4:
                continue
            turned = side if friendly[along] else 1 - side
            if not both_ways and turned < side:
                continue
            if not both_ways and not friendly[along] and side == 1:
                continue
            near = other[slot] + turned * size
            if came_from[near] < 0:
                came_from[near] = state
                came_by[near] = along
                queue[count] = near
                count += 1
    if came_from[goal] < 0:
        return np.zeros(0, np.int64)
    path = np.empty(2 * size, np.int64)
    length = 0
    state = goal
    while state != source:
        path[length] = came_by[state]
        length += 1
        state = came_from[state]
    return path[:length].copy()
