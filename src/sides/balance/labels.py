"""Camps that keep their names from one date to the next, and of many optima the one that moves the fewest actors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from sides.balance.frustration import SECONDS, Frustration, frustration
from sides.balance.network import Ints, Network


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """An optimal camp map whose camps bear the names of those before: a number for each actor's camp.

    `is_closest`: it is proven that no optimum leaves more actors where they were.
    """

    camps: Ints  # (n,)
    is_closest: bool

    def of(self, network: Network, *, but: Collection[str] = ()) -> dict[str, int | None]:
        """The camp of each actor by name, `None` for those in `but`: their side is not determined."""
        left_out = set(but)
        return {name: None if name in left_out else int(camp)
                for name, camp in zip(network.names, self.camps, strict=True)}


def labelled(base: Frustration, before: Mapping[str, int | None], *, undecided: Collection[str] = (),
             fresh: int = 1, seconds: float | None = SECONDS) -> Labelled:
    """Of all optima the one closest to the camps before, and its camps by their names.

    `before`: the camp that each actor was in, `None` or left out where that is not determined; `undecided`: whose side
    is not determined now. Among all optima and all ways to hand on the names, the most actors (of those whose side is
    determined at both dates) stay in their camp: it is one more network, in which each camp before is an actor of its
    own, a friend of all who were in it and a foe of the other camps, with ties so light that none of them outweighs a
    tie of the network. A camp keeps its name if more than half of these actors of it stay in it. Others are numbered
    from `fresh` on, the largest first, then by their first actor.
    """
    left_out = set(undecided)
    place = {name: at for at, name in enumerate(base.network.names) if name not in left_out}
    held = {place[name]: camp for name, camp in before.items() if camp is not None and name in place}
    former = sorted(set(held.values()))
    camps, handed, is_closest = _closest(base, held, former, seconds)
    kept: dict[int, int] = {}
    for camp, now in zip(former, handed, strict=True):
        own = [at for at, was in held.items() if was == camp]
        if 2 * int((camps[own] == now).sum()) > len(own):
            kept[int(now)] = camp
    sizes = np.bincount(camps[list(place.values())], minlength=int(camps.max(initial=0)) + 1)
    first = {int(camp): at for at, camp in reversed(list(enumerate(camps)))}
    for camp in sorted(set(first) - kept.keys(), key=lambda one: (-int(sizes[one]), first[one])):
        kept[camp] = fresh
        fresh += 1
    return Labelled(np.array([kept[int(camp)] for camp in camps], np.int64), is_closest)


def _closest(base: Frustration, held: Mapping[int, int], former: list[int],
             seconds: float | None) -> tuple[Ints, Ints, bool]:
    """The optimum closest to what was held, the camp in it of each former camp, and whether it is proven the closest.

    Where the time does not do to find one of the cost of `base`, the camps of `base` are kept.
    """
    network, cost = base.network, base.network.cost(base.camps)
    found = _beside(network, cost, base.allowed, held, former, seconds)
    camps = found.camps[:network.size]
    if network.cost(camps) != cost:  # less, where the index itself was not proven
        found = _beside(_like(base), 0, base.allowed, held, former, seconds)
        return base.camps, found.camps[network.size:], False
    return camps, found.camps[network.size:], found.proven and base.proven


def _beside(network: Network, cost: int, allowed: int | None, held: Mapping[int, int], former: list[int],
            seconds: float | None) -> Frustration:
    """The optimum of a network (of a known cost) with the former camps beside it, as its last actors."""
    size, unit = network.size, network.size + 1  # all who may stay weigh less together than one unit of a tie
    beside = range(size, size + len(former))
    changed = {(at, size + former.index(camp)): 1 for at, camp in held.items()}
    changed |= {(one, other): -(cost + 1) * unit for one in beside for other in beside if one < other}
    wider = Network((*network.names, *(f"camp {camp} before" for camp in former)), network.first, network.second,
                    network.weight * unit)
    return frustration(wider.with_weights(changed), camps=allowed, seconds=seconds)


def _like(base: Frustration) -> Network:
    """A balanced network of the same actors with these camps and no others: each actor with the first of its camp."""
    network = base.network
    heads = {int(camp): at for at, camp in reversed(list(enumerate(base.camps)))}
    friends = {(heads[int(camp)], at): 1 for at, camp in enumerate(base.camps) if heads[int(camp)] != at}
    foes = {(one, other): -1 for one in heads.values() for other in heads.values() if one < other}
    bare = Network(network.names, np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    return bare.with_weights(friends | foes)
