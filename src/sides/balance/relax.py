"""The linear programme of bad cycles: how much must be frustrated at least, and a packing of cycles that shows it.

Every division frustrates a tie of each bad cycle. Let x be the share of each tie that is frustrated: sought is the
least sum of weight times x such that every bad cycle holds a share of 1. Its dual packs cycles into the weights. Cycles
are found as they are violated, by shortest paths: for two camps in the signed double cover (each actor once on either
side; hostile ties change sides), for more camps along friendly ties between two foes.

Reference: Barahona, Mahjoub 1986, *On the cut polytope*; separation by shortest paths in the double cover there.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints
from sides.balance.paths import Floats, paths
from sides.balance.search import Neighbours

FINE = 2**24  # a packing is cut to parts of 1/FINE of a unit of weight
SLACK = 1e-6  # by so much at least is a cycle violated that is worth adding
BATCH = 4096  # ties to close by paths between two looks at the clock
AT_ONCE = 500  # sets of mutual foes taken up in one search; the next search finds what is left
MANY = 6000  # rows; beyond, interior points are faster than the simplex method (benchmarks/balance.py large)
HUGE = 160_000  # rows; interior points take half a minute at 150,000 (Epinions), and found no end at 200,000 (Slashdot)
DEARER = 0.3  # by this share of its capacity used, a tie is dearer for later paths; watched by the same benchmark


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Bad cycles, as ties in order, and how many parts of 1/FINE of each are packed: no tie is used beyond its weight.

    `cliques` are those of `cycles` that are no cycles, but all ties among k + 1 mutual foes.
    """

    cycles: list[tuple[int, ...]]
    amounts: list[int]
    cliques: frozenset[tuple[int, ...]] = frozenset()

    @property
    def total(self) -> int:
        """All parts."""
        return sum(self.amounts)


class Relaxation:
    """The programme of one kernel under one rule of camps (2, or more: None), grown by what is violated.

    `frustrated` tells the ties, shape (m,), that the best camps known frustrate: where the search for cycles begins. At
    the `deadline`, of `time.monotonic`, what is going on ends with what it has.
    """

    def __init__(self, size: int, first: Ints, second: Ints, weight: Ints, camps: int | None,
                 frustrated: NDArray[np.bool_], deadline: float = math.inf) -> None:
        self.size, self.camps, self.deadline = size, camps, deadline
        self.cycles: list[tuple[int, ...]] = []
        self.known: set[tuple[int, ...]] = set()
        self.cliques: set[tuple[int, ...]] = set()
        self.is_bad: NDArray[np.bool_] = np.zeros(0, np.bool_)  # of each row, under the weights of now
        self._ties_of: Ints = np.zeros(0, np.int64)  # of all rows, one after the other
        self._sizes: Ints = np.zeros(0, np.int64)
        self.yields: Floats = np.zeros(0)
        self._solver: highspy.Highs | None = None
        self.changed = len(weight)  # ties, by the last change
        self._lay(first, second, weight, frustrated)

    def __getstate__(self) -> dict[str, Any]:
        # The solver's own state cannot be written down; it is built again from the cycles when it is next needed.
        return {**self.__dict__, "_solver": None}

    def _lay(self, first: Ints, second: Ints, weight: Ints, frustrated: NDArray[np.bool_]) -> None:
        self.first, self.second, self.weight = first, second, weight
        self.cost, self.ties = np.abs(weight), len(weight)
        self.share: Floats = np.zeros(self.ties)
        size = self.size
        if self.camps == 2:
            self.seeds = np.flatnonzero(frustrated & (weight != 0))
            self.walkable = np.flatnonzero(~frustrated & (weight != 0))
            there = np.flatnonzero(weight)
            lift = np.where(frustrated[there], size, 0)
            one, other = first[there], second[there]
            self._cover = Neighbours.of(2 * size, np.concatenate([one, one + size]),
                                        np.concatenate([other + lift, other + size - lift]), np.tile(there, 2))
        else:
            self.seeds = np.flatnonzero(weight < 0)
            self.walkable = np.flatnonzero(weight > 0)
            self._cover = Neighbours.of(size, first[self.walkable], second[self.walkable], self.walkable)

    def change(self, first: Ints, second: Ints, weight: Ints, frustrated: NDArray[np.bool_]) -> None:
        """Take other weights for the ties, and further ties after them; weight 0 is no tie. What was found is kept."""
        before, ties = self.cost, self.ties
        self.changed = len(weight) - int(np.count_nonzero(weight[:ties] == self.weight))
        self._lay(first, second, weight, frustrated)
        was_bad = self.is_bad
        self.is_bad = self._bad(self._ties_of, self._sizes, self.cycles[:len(was_bad)])
        solver = self._solver
        if solver is None:
            return
        if self.ties > ties:
            more = self.ties - ties
            none = np.zeros(0, np.int32)
            solver.addCols(more, self.cost[ties:].astype(np.float64), np.zeros(more), np.full(more, highspy.kHighsInf),
                           0, none, none, np.zeros(0))
        at = np.flatnonzero(self.cost[:ties] != before).astype(np.int32)
        solver.changeColsCost(len(at), at, self.cost[at].astype(np.float64))
        for row in np.flatnonzero(self.is_bad != was_bad).tolist():
            solver.changeRowBounds(row, 1.0 if self.is_bad[row] else 0.0, highspy.kHighsInf)

    def _bad(self, at: Ints, sizes: Ints, cycles: list[tuple[int, ...]]) -> NDArray[np.bool_]:
        hostile = np.bincount(np.repeat(np.arange(len(sizes)), sizes), self.weight[at] < 0, len(sizes))
        bad = hostile % 2 == 1 if self.camps == 2 else hostile == 1
        for row in [row for row, cycle in enumerate(cycles) if cycle in self.cliques] if self.cliques else []:
            bad[row] = hostile[row] == sizes[row]
        return np.asarray(bad)

    def route(self, sweeps: int) -> None:
        """Cycles to begin with, for two camps: each sweep closes every frustrated tie by a cheap path of others, and
        what is much used grows dear. A multicommodity flow in the making (Garg, Könemann 2007, section 3).
        """
        near = Neighbours.of(self.size, self.first[self.walkable], self.second[self.walkable], self.walkable)
        length = np.ones(self.ties)
        order = np.random.default_rng(0).permutation(self.seeds)
        endless = np.full(len(order), np.inf)
        found: dict[int, tuple[Ints, Ints]] = {}  # of each batch, by the sweep before
        for _ in range(sweeps):
            for seed, path in self._closed(near, length, order, endless, DEARER, found):
                self.add((seed, *path))

    def _closed(self, near: Neighbours, length: Floats, order: Ints, limits: Floats, dearer: float,
                before: dict[int, tuple[Ints, Ints]] | None = None) -> Iterator[tuple[int, list[int]]]:
        """The seeds in this order, each with a path that closes it, where one is found and until time is up."""
        for at in range(0, len(order), BATCH):
            if time.monotonic() > self.deadline:
                return
            seeds = order[at:at + BATCH]
            found = paths(near, length, self.first[seeds], self.second[seeds], limits[at:at + BATCH],
                          dearer * self.cost[seeds], self.cost * 1.0, before.get(at) if before is not None else None)
            if before is not None:
                before[at] = found
            start, taken = (array.tolist() for array in found)
            for place, seed in enumerate(seeds.tolist()):
                if start[place] < start[place + 1]:
                    yield seed, taken[start[place]:start[place + 1]]

    def add(self, cycle: tuple[int, ...]) -> bool:
        """Take a cycle up; False for one that is known."""
        key = tuple(sorted(cycle))
        if key in self.known:
            return False
        self.known.add(key)
        self.cycles.append(cycle)
        return True

    def separate(self, dearer: float) -> int:
        """Take up cycles that the shares violate: as many as there are. With `dearer` above 0 they are more unlike."""
        hop = 0.0 if dearer == 0 else 1e-4  # the shorter of equals
        order = self.seeds[np.argsort(-self.share[self.seeds], kind="stable")]
        limits = 1.0 - self.share[order] - SLACK
        order, limits = order[limits > 0], limits[limits > 0]
        length = self.share + hop
        added = 0
        for seed, path in self._closed(self._cover, length, order, limits + 8 * hop, dearer):
            cycle = self._simple(seed, path) if self.camps == 2 else (seed, *path)
            if float(self.share[list(cycle)].sum()) < 1.0 - SLACK:
                added += self.add(cycle)
        if self.camps is not None and self.camps > 2 and dearer == 0:
            added += sum(self.add(clique) for clique in self._foes(self.camps + 1))
        return added

    def _foes(self, many: int) -> list[tuple[int, ...]]:
        """All ties among so many actors, each hostile to each, whose shares are too small. At most AT_ONCE of them."""
        pairs = zip(self.first.tolist(), self.second.tolist(), strict=True)
        tie = {pair: at for at, pair in enumerate(pairs) if self.weight[at] < 0}
        foes: dict[int, list[int]] = {}
        for low, high in sorted(tie):
            foes.setdefault(low, []).append(high)
        found: list[tuple[int, ...]] = []
        waiting: list[tuple[tuple[int, ...], list[int], tuple[int, ...], float]] = [
            ((actor,), higher, (), 0.0) for actor, higher in sorted(foes.items(), reverse=True)]
        while waiting and len(found) < AT_ONCE:
            members, higher, ties, share = waiting.pop()
            if len(members) == many:
                found.append(ties)
                self.cliques.add(ties)
                continue
            for one in higher:
                more = tuple(tie[member, one] for member in members)
                sum_of = share + float(self.share[list(more)].sum())
                if sum_of < 1.0 - SLACK:
                    left = [other for other in higher if other > one and (one, other) in tie]
                    waiting.append(((*members, one), left, (*ties, *more), sum_of))
        return found

    def _simple(self, seed: int, path: list[int]) -> tuple[int, ...]:
        """The first part of a walk in the double cover that closes on itself: it changes sides, and so is bad."""
        node = int(self.first[seed])
        met = {node: 0}
        for at, tie in enumerate(path):
            node = int(self.first[tie] + self.second[tie]) - node
            if node in met:
                return tuple(path[met[node]:at + 1])
            met[node] = at + 1
        return (seed, *path)

    def solve(self) -> float:
        """Solve with the cycles known. The least sum, in floating point: a guide, not a bound."""
        many = len(self.cycles) > MANY
        if self._solver is None or many:
            self._solver = self._programme()
            self.is_bad, self._ties_of, self._sizes = self.is_bad[:0], self._ties_of[:0], self._sizes[:0]
        solver, new = self._solver, self.cycles[len(self.is_bad):]
        if new:
            sizes = np.array([len(cycle) for cycle in new], np.int64)
            at = np.array(list(itertools.chain.from_iterable(new)), np.int64)
            bad = self._bad(at, sizes, new)
            self.is_bad = np.append(self.is_bad, bad)
            self._ties_of, self._sizes = np.append(self._ties_of, at), np.append(self._sizes, sizes)
            solver.addRows(len(new), bad.astype(np.float64), np.full(len(new), highspy.kHighsInf), len(at),
                           (np.cumsum(sizes) - sizes).astype(np.int32), at.astype(np.int32), np.ones(len(at)))
        self._run(solver, many)
        found = solver.getSolution()
        self.share = np.clip(np.array(found.col_value), 0.0, 1.0)
        self.yields = np.maximum(np.array(found.row_dual), 0.0)
        return float(solver.getInfo().objective_function_value)

    def _run(self, solver: highspy.Highs, many: bool) -> None:
        """Small programmes by the simplex method, large ones by interior points, huge ones to first order (PDLP).
        A packing is made of what either ends with: tolerances cost strength and no truth.
        """
        left = max(self.deadline - time.monotonic(), 1.0)
        if not many:
            if left < math.inf:
                solver.setOptionValue("time_limit", solver.getRunTime() + left)
            solver.run()
            return
        solver.setOptionValue("time_limit", left)
        if len(self.cycles) <= HUGE:
            solver.setOptionValue("solver", "ipm")
            solver.setOptionValue("run_crossover", "off")
        else:
            solver.setOptionValue("solver", "pdlp")
            for tolerance in ("pdlp_optimality", "primal_feasibility", "dual_feasibility"):
                solver.setOptionValue(f"{tolerance}_tolerance", 1e-5)
        solver.run()

    def _programme(self) -> highspy.Highs:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("presolve", "off" if len(self.cycles) <= MANY else "choose")
        model = highspy.HighsLp()
        model.num_col_ = self.ties
        model.col_cost_ = self.cost.astype(np.float64)
        model.col_lower_ = np.zeros(self.ties)
        model.col_upper_ = np.full(self.ties, highspy.kHighsInf)
        solver.passModel(model)
        return solver

    def packed(self, wanted: int | None = None) -> Packed:
        """A packing in whole parts near the last dual, cut to what the weights hold; where that is less than `wanted`
        parts (None: in any case), it is filled up.
        """
        amounts = np.rint(self.yields * FINE)
        amounts[~self.is_bad[:len(amounts)]] = 0
        room = [cost * FINE for cost in self.cost.tolist()]
        told: dict[int, int] = {}
        for at in np.lexsort((np.arange(len(amounts)), -amounts))[:np.count_nonzero(amounts)].tolist():
            cycle = self.cycles[at]
            told[at] = min(int(amounts[at]), *[room[tie] for tie in cycle])
            for tie in cycle:
                room[tie] -= told[at]
        if wanted is None or sum(told.values()) < wanted:
            usable = np.ones(len(self.cycles), np.bool_)
            usable[:len(self.is_bad)] = self.is_bad
            for at in sorted(np.flatnonzero(usable).tolist(), key=lambda at: len(self.cycles[at])):
                cycle = self.cycles[at]
                more = min([room[tie] for tie in cycle])
                if more:
                    told[at] = told.get(at, 0) + more
                    for tie in cycle:
                        room[tie] -= more
        kept = sorted(at for at, amount in told.items() if amount)
        return Packed([self.cycles[at] for at in kept], [told[at] for at in kept], frozenset(self.cliques))
