"""The same actors under other ties, again and again: what was found for one network helps to solve the next."""

from __future__ import annotations

import math
import time

import numpy as np
from numpy.typing import NDArray

from sides.balance.certificate import Certificate
from sides.balance.frustration import Frustration, check, from_zero, frustration
from sides.balance.network import Ints, Network
from sides.balance.prove import SMALL, as_walks
from sides.balance.relax import FINE, Packed, Relaxation
from sides.balance.search import Search
from sides.balance.settle import Settling

RISES = (0.3, 0.0, 0.0, 0.0, 0.0, 0.0)  # as in `prove`; after these a network is solved anew, with rules and branches
FEW = 20  # changed ties, from which on cycles are sought before the programme is solved, and not after
IDLE, STALE = 200, 4  # the programme is laid anew at so many idle cycles, and so many times those in use
SWEEPS, HOT = 12, 1.0  # of the search from the camps of before; all watched by benchmarks/balance.py what-if


class Warm:
    """A solver that remembers: bad cycles and the state of the linear programme stay from one network to the next.

    `seconds`: the time for each network (None: no end). With it, a large one is solved as by `frustration` from the
    camps of before, which stops in time.
    """

    def __init__(self, camps: int | None = 2, *, seconds: float | None = None) -> None:
        self.allowed, self.seconds = camps, seconds
        self.pairs: Ints = np.zeros(0, np.int64)  # that ever had a tie, each a column: first * n + second
        self.relaxed: Relaxation | None = None
        self.camps: Ints | None = None

    def solve(self, network: Network) -> Frustration:
        """The index of a network of the same actors as those before, exact as by `frustration`."""
        if self.allowed not in (2, None) or not network.ties or (self.seconds is not None and network.ties > SMALL):
            return self._cold(network)
        begun = time.monotonic()
        first, second, weight = self._columns(network)
        search = self._search(network.size, first, second, weight)
        relaxed = self._relaxation(network.size, first, second, weight, search.frustrated & (weight != 0))
        step = math.gcd(*network.weight.tolist())
        relaxed.deadline = math.inf if self.seconds is None else begun + self.seconds
        packed = self._packed(relaxed, search, step)
        camps = np.asarray(search.camps, np.int64)
        if packed.total <= (search.cost - step) * FINE:
            self.camps = camps
            return self._cold(network)
        certificate = Certificate(self.allowed, search.cost, as_walks(packed, first, second))
        self.camps = from_zero(camps)
        holds = check(network, certificate)
        return Frustration(network=network, allowed=self.allowed, camps=self.camps, upper_units=search.cost,
                           lower_units=search.cost if holds else 0, certificate=certificate, certified=holds,
                           seconds=time.monotonic() - begun)

    def _cold(self, network: Network) -> Frustration:
        found = frustration(network, camps=self.allowed, seconds=self.seconds, start=self.camps)
        self.camps = found.camps
        return found

    def _columns(self, network: Network) -> tuple[Ints, Ints, Ints]:
        """The ties as columns of the programme: those of before keep their place, at weight 0 where they are gone."""
        keys = network.first * network.size + network.second
        self.pairs = np.append(self.pairs, np.setdiff1d(keys, self.pairs, assume_unique=True))
        order = np.argsort(self.pairs)
        weight = np.zeros(len(self.pairs), np.int64)
        weight[order[np.searchsorted(self.pairs[order], keys)]] = network.weight
        return self.pairs // network.size, self.pairs % network.size, weight

    def _search(self, size: int, first: Ints, second: Ints, weight: Ints) -> Search | Settling:
        """A search that begins from the camps of before."""
        search: Search | Settling
        if self.allowed == 2:
            search = Search(size, first, second, weight)
            start = np.where(self.camps == 0, 1, -1).astype(np.int8) if self.camps is not None else search.camps.copy()
            search.run(start, sweeps=0, hot=HOT)
        else:
            search = Settling(size, first, second, weight, None)
            search.run(self.camps.copy() if self.camps is not None else search.camps.copy(), 0)
        return search

    def _relaxation(self, size: int, first: Ints, second: Ints, weight: Ints,
                    frustrated: NDArray[np.bool_]) -> Relaxation:
        """The programme under the ties of now. Where most of its cycles idle, it is laid anew with the others."""
        relaxed = self.relaxed
        if relaxed is not None and len(relaxed.cycles) <= IDLE + STALE * np.count_nonzero(relaxed.yields):
            relaxed.change(first, second, weight, frustrated)
            return relaxed
        self.relaxed = Relaxation(size, first, second, weight, self.allowed, frustrated)
        if relaxed is not None:
            for at in np.flatnonzero(relaxed.yields).tolist():
                self.relaxed.add(relaxed.cycles[at])
        return self.relaxed

    def _packed(self, relaxed: Relaxation, search: Search | Settling, step: int) -> Packed:
        """The programme's packing, once it reaches what the search found or nothing more is to be had."""
        packed = Packed([], [])
        if relaxed.changed > FEW:
            relaxed.separate(RISES[0])  # of cycles known from before, too few fit what is new
        for rise in RISES:
            if relaxed.cycles:
                relaxed.solve()
                packed = relaxed.packed((search.cost - step) * FINE + 1)
                if packed.total > (search.cost - step) * FINE:
                    break
                search.follow(relaxed.share)
                if isinstance(search, Search):
                    search.run(search.camps.copy(), sweeps=SWEEPS, hot=HOT)
                else:
                    search.run(search.camps.copy(), SWEEPS)
                if packed.total > (search.cost - step) * FINE:  # met from above
                    break
            if (not relaxed.separate(rise) and rise == 0.0) or time.monotonic() > relaxed.deadline:
                break
        return packed
