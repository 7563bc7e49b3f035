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
SWEEPS = 4
DEEPEST = 150  # cases within cases; a branch that would go on is left with its bound, which is told as not proven
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
        return cls(3, 20, deadline) if ties < SMALL else cls(12, 150, deadline)

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
    tree = _Tree(network, camps, effort, start)
    lower, proof = tree.prove({})
    return Found(tree.best, tree.upper, min(lower, tree.upper), proof)


class _Tree:
    """A proof by cases. The best camps known, which it is to match, improve on the way."""

    def __init__(self, network: Network, camps: int | None, effort: Effort, start: Ints | None) -> None:
        self.network, self.camps, self.effort = network, camps, effort
        self.best = start if start is not None else np.zeros(network.size, np.int64)
        self.upper = network.cost(self.best)
        self.endless = int(np.abs(network.weight).sum()) + 1  # more than any division frustrates
        self.step = math.gcd(*network.weight.tolist()) or 1

    def prove(self, decided: dict[Pair, bool]) -> tuple[int, Proof]:
        """A bound of this case, as near to the best known as can be, and its proof."""
        network = self.network.with_weights({pair: self.endless if together else -self.endless
                                             for pair, together in decided.items()}) if decided else self.network
        case = _Case(network, reduce(network, self.camps), self.camps, self._paid(decided))
        case.search.improve(self.effort.runs, self.effort.sweeps)
        self._take(case)
        relaxed, packed = self._relaxed(case)
        lower = self._rounded(case, packed)
        proof: Proof = _lifted(network, case.kernel, packed)
        if lower >= self.upper or self.effort.is_over or relaxed is None or len(decided) >= DEEPEST:
            return lower, proof
        pair = self._branch(case.kernel, relaxed, decided)
        if pair is None:
            return lower, proof
        together, apart = (self.prove({**decided, pair: case}) for case in (True, False))
        if min(together[0], apart[0]) <= lower:  # time was up before the cases added anything
            return lower, proof
        return min(together[0], apart[0]), Branching(pair, together[1], apart[1])

    def _take(self, case: _Case) -> None:
        """Make the camps that the search of a case found the best known, where they are."""
        camps = case.whole()
        cost = self.network.cost(camps)
        if cost < self.upper:
            self.best, self.upper = camps, cost

    def _paid(self, decided: Mapping[Pair, bool]) -> int:
        """The weight of the ties that the decisions frustrate."""
        if not decided:
            return 0
        weights = {(one, other): weight for one, other, weight in zip(
            self.network.first.tolist(), self.network.second.tolist(), self.network.weight.tolist(), strict=True)}
        return sum(abs(weights.get(pair, 0)) for pair, together in decided.items()
                   if (weights.get(pair, 0) > 0) != together)

    def _rounded(self, case: _Case, packed: Packed) -> int:
        """What the packing of a case proves, as a whole weight."""
        parts = (case.kernel.offset + case.paid * GRID) * FINE + packed.total
        return -(-parts // (GRID * FINE * self.step)) * self.step

    def _relaxed(self, case: _Case) -> tuple[Relaxation | None, Packed]:
        """The programme of the kernel, solved until its packing reaches the best known or no cycle is violated."""
        kernel, packed = case.kernel, Packed([], [])
        if not len(kernel.weight) or self._rounded(case, packed) >= self.upper:
            return None, packed
        relaxed = Relaxation(len(kernel.nodes), kernel.first, kernel.second, kernel.weight, self.camps,
                             case.search.frustrated, self.effort.deadline)
        rises = list(RISES[::-1])
        if self.camps == 2 and len(kernel.weight) > ROUTED:
            relaxed.route(SWEEPS)
            relaxed.solve()
            packed = relaxed.packed()
            rises = rises[:1]
        while self._rounded(case, packed) < self.upper and not self.effort.is_over:
            if relaxed.separate(rises[-1]):
                if not len(relaxed.yields):
                    packed = relaxed.packed()  # some networks need no programme: the first cycles do
                    if self._rounded(case, packed) >= self.upper:
                        break
                relaxed.solve()
                packed = relaxed.packed()
                case.search.follow(relaxed.share)
                self._take(case)
            elif len(rises) == 1:
                break
            if len(rises) > 1:
                rises.pop()
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


class _Case:
    """A network under decisions that frustrate the weight `paid`: its kernel, and the search for camps on it."""

    def __init__(self, network: Network, kernel: Kernel, camps: int | None, paid: int) -> None:
        self.network, self.kernel, self.paid = network, kernel, paid
        ties = (kernel.first, kernel.second, kernel.weight)
        self.search: Search | Settling = (Search(len(kernel.nodes), *ties) if camps == 2 else
                                          Settling(len(kernel.nodes), *ties, camps))

    def whole(self) -> Ints:
        """The best camps found, as labels of the network's actors."""
        if isinstance(self.search, Search):
            return np.asarray(self.kernel.whole(self.search.camps, self.network.size) < 0, np.int64)
        return self.kernel.whole_camps(self.search.camps, self.network.size)


def _lifted(network: Network, kernel: Kernel, packed: Packed) -> Packing:
    """A packing of the kernel and of what the rules cancelled, as walks of the network."""
    kind, left, right = kernel.kind.tolist(), kernel.left.tolist(), kernel.right.tolist()
    capacity, ends = kernel.capacity.tolist(), kernel.ends.tolist()
    lefts = {row: capacity[left[row]] * FINE for row, sort in enumerate(kind) if sort == MERGED}

    def walks(closed: list[tuple[int, int]], amount: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The walks that stand for a closed walk of rows, each with the actor that it sets out from."""
        while amount:
            part = amount
            actors: list[int] = []
            merged: dict[int, int] = {}  # how often the walk takes the left of each
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
                    often = merged.get(row, 0) + 1
                    if lefts[row] >= often:
                        merged[row] = often
                        waiting.append((left[row], actor))
                    else:
                        waiting.append((right[row], actor))
                elif kind[row] == CANCELLED:
                    waiting.append((left[row], actor))
                else:
                    actors.append(actor)
            part = min(part, *(lefts[row] // often for row, often in merged.items())) if merged else part
            for row, often in merged.items():
                lefts[row] -= part * often
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
    _repair(network, told, unit)
    shared = math.gcd(unit, *told.values(), *(part for _, part in cliques))
    return Packing(unit // shared, tuple((walk, part // shared) for walk, part in sorted(told.items())),
                   tuple((actors, part // shared) for actors, part in sorted(cliques)))


def _repair(network: Network, told: dict[tuple[int, ...], int], unit: int) -> None:
    """Cut walks where a tie is used beyond its weight: by a part or two, where one uses it twice unevenly."""
    room = {(one, other): unit * abs(weight) for one, other, weight in
            zip(network.first.tolist(), network.second.tolist(), network.weight.tolist(), strict=True)}
    for walk in sorted(told):
        often: dict[tuple[int, int], int] = {}
        for at, actor in enumerate(walk):
            pair = (min(actor, walk[at - 1]), max(actor, walk[at - 1]))
            often[pair] = often.get(pair, 0) + 1
        held = min(told[walk], *(room[pair] // times for pair, times in often.items()))
        for pair, times in often.items():
            room[pair] -= held * times
        if held:
            told[walk] = held
        else:
            del told[walk]


def as_walks(packed: Packed, first: Ints, second: Ints) -> Packing:
    """A packing of cycles of a network's own ties as walks of its actors."""
    one, other = first.tolist(), second.tolist()
    told: dict[tuple[int, ...], int] = {}
    for cycle, amount in zip(packed.cycles, packed.amounts, strict=True):
        walk = tuple(actor for _, actor in _directed(cycle, one, other))
        told[walk] = told.get(walk, 0) + amount
    shared = math.gcd(FINE, *told.values())
    return Packing(FINE // shared, tuple((walk, part // shared) for walk, part in sorted(told.items())))


def _directed(cycle: tuple[int, ...], first: list[int], second: list[int]) -> Iterator[tuple[int, int]]:
    """The ties of a cycle, each with the actor that it is left from."""
    opening, following = cycle[0], cycle[1]
    actor = first[opening] if second[opening] in (first[following], second[following]) else second[opening]
    for tie in cycle:
        yield tie, actor
        actor = first[tie] + second[tie] - actor
