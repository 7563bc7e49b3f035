"""Bounds with their proof: packings found on the kernel, written as walks of the network; branches where they fail."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sides.balance.certificate import Branching, Packing, Pair, Proof
from sides.balance.network import Ints, Network
from sides.balance.reduction import CANCELLED, GRID, MERGED, PATH, Kernel, reduce
from sides.balance.relax import FINE, Packed, Relaxation
from sides.balance.search import Search
from sides.balance.settle import Settling

SMALL = 3000  # ties
ROUTED = 3000  # kernel ties; beyond, cycles are first routed in sweeps (benchmarks/balance.py large)
SWEEPS = 5
RISES = (1.0, 0.3, 0.0)  # how much dearer used ties grow in successive searches for cycles; the last is repeated


@dataclass(frozen=True, slots=True, eq=False)
class Effort:
    """How hard to try: runs and sweeps of a search, and the moment (of `time.monotonic`) to stop at."""

    runs: int
    sweeps: int
    deadline: float = math.inf

    @classmethod
    def for_ties(cls, ties: int, deadline: float) -> Effort:
        """What finds the best known of each network of benchmarks/balance.py, by its number of ties."""
        return cls(8, 20, deadline) if ties < SMALL else cls(12, 150, deadline)

    @property
    def is_over(self) -> bool:
        """Whether time is up."""
        return time.monotonic() >= self.deadline


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What is known of a network: camps (n,) and what they frustrate, a lower bound and its proof."""

    camps: Ints
    upper: int
    lower: int
    proof: Proof


def bounded(network: Network, camps: int | None, effort: Effort, start: Ints | None = None) -> Found:
    """The best camps and the best proven bound that the effort allows; `start` are camps to begin from."""
    best = _searched(network, camps, effort, start)
    while True:
        tree = _Tree(network, camps, effort, best)
        lower, proof = tree.prove({})
        if tree.better is None:
            return Found(best, network.cost(best), lower, proof)
        best = tree.better


class _Tree:
    """A proof by cases against the best camps known; ended at once by `better` camps, if the proof comes upon any."""

    def __init__(self, network: Network, camps: int | None, effort: Effort, best: Ints) -> None:
        self.network, self.camps, self.effort, self.best = network, camps, effort, best
        self.upper = network.cost(best)
        self.better: Ints | None = None
        self.endless = int(np.abs(network.weight).sum()) + 1  # more than any division frustrates
        self.step = math.gcd(*network.weight.tolist()) or 1

    def prove(self, decided: dict[Pair, bool]) -> tuple[int, Proof]:
        """A bound of this case, as near to the best known as can be, and its proof."""
        network = self.network.with_weights({pair: self.endless if together else -self.endless
                                             for pair, together in decided.items()}) if decided else self.network
        paid = self._paid(decided)
        if decided:
            camps = _searched(network, self.camps, self.effort, None)
            if self.network.cost(camps) < self.upper:
                self.better = camps
                return 0, Packing(1, ())
        else:
            camps = self.best
        kernel = reduce(network, self.camps)
        relaxed, packed = self._relaxed(network, kernel, camps, paid)
        lower = self._rounded(kernel.offset * FINE + packed.total, paid)
        proof: Proof = _lifted(kernel, packed)
        if lower >= self.upper or self.effort.is_over or relaxed is None:
            return min(lower, self.upper), proof
        pair = self._branch(kernel, relaxed, decided)
        if pair is None:
            return lower, proof
        cases = []
        for together in (True, False):
            cases.append(self.prove({**decided, pair: together}))
            if self.better is not None:
                return 0, proof
        return min(cases[0][0], cases[1][0]), Branching(pair, cases[0][1], cases[1][1])

    def _paid(self, decided: Mapping[Pair, bool]) -> int:
        """The weight of the ties that the decisions frustrate."""
        if not decided:
            return 0
        weights = {(int(one), int(other)): int(weight) for one, other, weight in
                   zip(self.network.first, self.network.second, self.network.weight, strict=True)}
        return sum(abs(weights.get(pair, 0)) for pair, together in decided.items()
                   if (weights.get(pair, 0) > 0) != together)

    def _rounded(self, parts: int, paid: int) -> int:
        """Parts of 1/FINE of a grid's unit, as the whole weight that must be frustrated."""
        return -(-(parts + paid * GRID * FINE) // (GRID * FINE * self.step)) * self.step

    def _relaxed(self, network: Network, kernel: Kernel, camps: Ints, paid: int) -> tuple[Relaxation | None, Packed]:
        """The programme of the kernel, solved until its packing reaches the best known or no cycle is violated."""
        if not len(kernel.weight):
            return None, Packed([], [])
        size = len(kernel.nodes)
        labels = camps[kernel.nodes]
        frustrated = (labels[kernel.first] == labels[kernel.second]) != (kernel.weight > 0)
        relaxed = Relaxation(size, kernel.first, kernel.second, kernel.weight, self.camps, frustrated)
        packed = Packed([], [])
        if self._rounded(kernel.offset * FINE, paid) >= self.upper:
            return relaxed, packed
        if self.camps == 2 and len(kernel.weight) > ROUTED:
            relaxed.route(SWEEPS, self.effort.deadline)
            relaxed.solve()
            packed = relaxed.packed()
        rises = [*RISES[::-1]]
        while self._rounded(kernel.offset * FINE + packed.total, paid) < self.upper and not self.effort.is_over:
            if relaxed.separate(rises[-1]):
                if relaxed.cycles and not len(relaxed.yields):
                    packed = relaxed.packed()  # a few networks need no programme: the first cycles do
                    if self._rounded(kernel.offset * FINE + packed.total, paid) >= self.upper:
                        break
                relaxed.solve()
                packed = relaxed.packed()
            elif len(rises) == 1:
                break
            rises = rises[:-1] if len(rises) > 1 else rises
        return relaxed, packed

    def _branch(self, kernel: Kernel, relaxed: Relaxation, decided: Mapping[Pair, bool]) -> Pair | None:
        """The two actors whose standing the programme is least sure of; None where nothing is left to decide."""
        unsure = np.abs(relaxed.share - 0.5)
        for at in np.lexsort((-relaxed.cost, np.round(unsure, 6))).tolist():
            if unsure[at] > 0.5 - 1e-6:
                break
            one, other = int(kernel.nodes[kernel.first[at]]), int(kernel.nodes[kernel.second[at]])
            pair = (min(one, other), max(one, other))
            if pair not in decided:
                return pair
        if self.camps is None or self.camps == 2:
            return None
        # for so many camps, what no tie decides: the pairs of those with most foes
        foes = np.bincount(np.concatenate([self.network.first, self.network.second]),
                           np.tile(self.network.weight < 0, 2), self.network.size)
        for pair in decided:
            foes[list(pair)] += 1
        order = np.argsort(-foes, kind="stable").tolist()
        for last, other in enumerate(order):
            for one in order[:last]:
                pair = (min(one, other), max(one, other))
                if pair not in decided:
                    return pair
        return None


def _searched(network: Network, camps: int | None, effort: Effort, start: Ints | None) -> Ints:
    """The best camps that a search finds, as labels of the network's actors."""
    kernel = reduce(network, camps)
    size, ties = len(kernel.nodes), (kernel.first, kernel.second, kernel.weight)
    found: Ints
    if camps == 2:
        search = Search(size, *ties)
        if start is not None:
            search.cross(np.where(start[kernel.nodes] == start[kernel.nodes][:1], 1, -1).astype(np.int8))
        search.improve(effort.runs, effort.sweeps)
        found = (kernel.whole(search.camps, network.size) < 0).astype(np.int64)
    else:
        settling = Settling(size, *ties, camps)
        settling.improve(2 * effort.runs, effort.sweeps)
        found = kernel.whole_camps(settling.camps, network.size)
    return found if start is None or network.cost(found) < network.cost(start) else start


def _lifted(kernel: Kernel, packed: Packed) -> Packing:
    """A packing of the kernel and of what the rules cancelled, as walks of the network."""
    kind, left, right = kernel.kind.tolist(), kernel.left.tolist(), kernel.right.tolist()
    capacity, ends = kernel.capacity.tolist(), kernel.ends.tolist()
    lefts = {row: capacity[left[row]] * FINE for row, sort in enumerate(kind) if sort == MERGED}

    def walks(closed: list[tuple[int, int]], amount: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The walks that stand for a closed walk of rows, each with the actor that it sets out from."""
        while amount:
            part = amount
            actors: list[int] = []
            merged: list[int] = []
            waiting = closed[::-1]
            while waiting:
                row, actor = waiting.pop()
                if kind[row] == PATH:
                    one, other = left[row], right[row]
                    if actor not in ends[one]:
                        one, other = other, one
                    middle = ends[one][0] + ends[one][1] - actor
                    waiting += [(other, middle), (one, actor)]
                elif kind[row] == MERGED:
                    if lefts[row]:
                        part = min(part, lefts[row])
                        merged.append(row)
                        waiting.append((left[row], actor))
                    else:
                        waiting.append((right[row], actor))
                elif kind[row] == CANCELLED:
                    waiting.append((left[row], actor))
                else:
                    actors.append(actor)
            for row in merged:
                lefts[row] -= part
            amount -= part
            yield tuple(actors), part

    told: dict[tuple[int, ...], int] = {}
    for row, sort in enumerate(kind):
        if sort == CANCELLED:
            one, other = ends[row]
            for walk, part in walks([(left[row], one), (right[row], other)], capacity[right[row]] * FINE):
                told[walk] = told.get(walk, 0) + part
    nodes, rows = kernel.nodes.tolist(), kernel.row.tolist()
    first, second = kernel.first.tolist(), kernel.second.tolist()
    cliques = []
    for cycle, amount in zip(packed.cycles, packed.amounts, strict=True):
        if cycle in packed.cliques:
            members = {nodes[actor] for tie in cycle for actor in (first[tie], second[tie])}
            cliques.append((tuple(sorted(members)), amount))
            continue
        closed = [(rows[tie], nodes[actor]) for tie, actor in _directed(cycle, first, second)]
        for walk, part in walks(closed, amount):
            told[walk] = told.get(walk, 0) + part
    unit = GRID * FINE
    shared = math.gcd(unit, *told.values(), *(part for _, part in cliques))
    return Packing(unit // shared, tuple((walk, part // shared) for walk, part in sorted(told.items())),
                   tuple((actors, part // shared) for actors, part in sorted(cliques)))


def _directed(cycle: tuple[int, ...], first: list[int], second: list[int]) -> Iterator[tuple[int, int]]:
    """The ties of a cycle, each with the actor that it is left from."""
    opening, following = cycle[0], cycle[1]
    actor = first[opening] if second[opening] in (first[following], second[following]) else second[opening]
    for tie in cycle:
        yield tie, actor
        actor = first[tie] + second[tie] - actor
