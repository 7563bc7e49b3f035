"""How many divisions are as good as the best: what is the same in all of them, and what is open.

Two divisions count as one where they frustrate the same ties: parts of a network that no tie joins may be turned around
freely. What the strain says of each tie, satisfied in all optima, frustrated in all, or varying, binds actors into
groups. For two camps, the blocks of groups that varying ties join are counted apart, and their numbers multiplied: that
is exact, however many there are. For other numbers of camps, optima are listed one by one, up to a limit.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sides.balance.frustration import Frustration, from_zero, frustration
from sides.balance.network import Ints, Network, joined
from sides.balance.strain import Strains, strain
from sides.model.errors import NetworkError

Flags = NDArray[np.bool_]

LARGEST = 20_000  # ties; beyond, the strain of each tie would take minutes
TRIED = 16  # groups of a block whose divisions are tried all at once


@dataclass(frozen=True, slots=True, eq=False)
class Optima:
    """The optimal divisions of a network.

    `count` is how many there are, or at least how many where not `complete`; `camps`, shape (k, n), lists the first of
    them. `always` and `never`, shape (n, n), tell which pairs are together in all optima, or in none; what is neither
    varies or, where the count is not complete, is not known. `undecided` are the actors who do not keep to the greatest
    group of their part of the network.
    """

    camps: Ints
    count: int
    complete: bool
    always: Flags
    never: Flags
    undecided: tuple[str, ...]


def optima(base: Frustration, *, limit: int = 1000, strains: Strains | None = None) -> Optima:
    """The optima of a network whose index is solved; `strains` are its strains, where they are known already.

    At most `limit` of them are listed. Raises `NetworkError` where the index is not proven, and beyond 20,000 ties.

    >>> from sides.balance.network import Network
    >>> square = Network.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "d", -1)])
    >>> found = optima(frustration(square))
    >>> found.count, found.complete, found.undecided
    (4, True, ('b', 'c', 'd'))
    """
    if not base.proven:
        raise NetworkError("The optima of an index that is not proven cannot be told. Give more seconds.")
    if base.network.ties > LARGEST:
        raise NetworkError(f"The optima of {base.network.ties} ties would take too long. Ask for at most {LARGEST}.")
    strains = strains or strain(base.network, camps=base.allowed, base=base)
    return _of_two(base, strains, limit) if base.allowed == 2 else _one_by_one(base, strains, limit)


def _of_two(base: Frustration, strains: Strains, limit: int) -> Optima:
    network = base.network
    fixed = ~strains.some | strains.every
    side = np.where(base.camps == base.camps[:1], 1, -1) if network.size else base.camps
    group = joined(network.size, network.first[fixed], network.second[fixed])
    # ties between groups, by the sides of the optimum at hand: above 0 it satisfies more of their weight than not
    varying = np.flatnonzero(~fixed)
    sign = network.weight[varying] * side[network.first[varying]] * side[network.second[varying]]
    one, other = group[network.first[varying]], group[network.second[varying]]
    low, high = np.minimum(one, other), np.maximum(one, other)
    groups = int(group.max()) + 1 if network.size else 0
    pair, which = np.unique(low * max(groups, 1) + high, return_inverse=True)
    between = Network(tuple(map(str, range(groups))), pair // max(groups, 1), pair % max(groups, 1),
                      np.rint(np.bincount(which, sign, len(pair))).astype(np.int64))
    # by turns: which groups of a block are turned around, against the optimum at hand; the first never is
    turns = [(members, _turns(between, members, ties, limit)) for members, ties in _blocks(between)]
    counts = [len(ways) for _, ways in turns]
    complete = all(len(members) <= TRIED or len(ways) <= limit for members, ways in turns)
    listed = [from_zero(np.where(side * _turned(groups, turns, ways)[group] > 0, 0, 1)) for ways in
              itertools.islice(itertools.product(*(ways[:limit] for _, ways in turns)), limit)]
    bound = _bound(groups, turns) if complete else []  # what fixed ties bind is sure in any case
    whole = _with_parity(groups, bound)
    label, parity = whole[0][group], whole[1][group] * side
    together = parity[:, None] == parity[None, :]
    same = label[:, None] == label[None, :]
    part = joined(network.size, network.first, network.second)
    return Optima(np.array(listed, np.int64).reshape(len(listed), network.size), math.prod(counts), complete,
                  same & together, same & ~together, _undecided(network, label, part))


def _turns(between: Network, members: list[int], ties: list[int], limit: int) -> Ints:
    """All ways of turning the groups of a block that cost nothing, rows of 1 and -1; of large ones limit + 1."""
    place = {member: at for at, member in enumerate(members)}
    first = np.array([place[int(between.first[tie])] for tie in ties])
    second = np.array([place[int(between.second[tie])] for tie in ties])
    weight = between.weight[ties]
    size = len(members)
    if size <= TRIED:
        bits = (np.arange(1 << (size - 1))[:, None] >> np.arange(size - 1)[::-1]) & 1
        rows = np.concatenate([np.ones((len(bits), 1), np.int64), 1 - 2 * bits], axis=1)
        cost = ((rows[:, first] != rows[:, second]) * weight).sum(axis=1)
        return np.asarray(rows[cost == 0])
    block = Network(tuple(map(str, range(size))), first, second, weight)
    index = block.cost(np.zeros(size, np.int64))
    found = _listed(block, 2, index, np.ones(len(ties), np.bool_), limit)
    return np.array([np.where(camps == camps[0], 1, -1) for camps in found])


def _turned(groups: int, turns: list[tuple[list[int], Ints]], ways: tuple[Ints, ...]) -> Ints:
    """How each group stands against the optimum at hand, 1 or -1, when its blocks are turned these ways."""
    edges: dict[int, list[tuple[int, int]]] = {}
    for (members, _), way in zip(turns, ways, strict=True):
        for member, turn in zip(members[1:], way[1:].tolist(), strict=True):
            edges.setdefault(members[0], []).append((member, turn))
            edges.setdefault(member, []).append((members[0], turn))
    stand = np.zeros(groups, np.int64)
    for root in range(groups):
        if stand[root]:
            continue
        stand[root] = 1
        waiting = [root]
        while waiting:
            at = waiting.pop()
            for near, turn in edges.get(at, ()):
                if not stand[near]:
                    stand[near] = stand[at] * turn
                    waiting.append(near)
    return stand


def _bound(groups: int, turns: list[tuple[list[int], Ints]]) -> list[tuple[int, int, int]]:
    """The pairs of groups of a block that all its ways turn alike (1) or against one another (-1)."""
    found = []
    for members, ways in turns:
        for at, other in itertools.combinations(range(len(members)), 2):
            product = ways[:, at] * ways[:, other]
            if np.all(product == product[0]):
                found.append((members[at], members[other], int(product[0])))
    return found


def _with_parity(size: int, bound: list[tuple[int, int, int]]) -> tuple[Ints, Ints]:
    """Classes of what is bound to one another, and how each member stands in its own, 1 or -1."""
    edges: dict[int, list[tuple[int, int]]] = {}
    for one, other, parity in bound:
        edges.setdefault(one, []).append((other, parity))
        edges.setdefault(other, []).append((one, parity))
    label, stand = np.full(size, -1, np.int64), np.ones(size, np.int64)
    for root in range(size):
        if label[root] >= 0:
            continue
        label[root], waiting = root, [root]
        while waiting:
            at = waiting.pop()
            for near, parity in edges.get(at, ()):
                if label[near] < 0:
                    label[near], stand[near] = root, stand[at] * parity
                    waiting.append(near)
    return label, stand


def _blocks(network: Network) -> Iterator[tuple[list[int], list[int]]]:
    """The biconnected parts of a network, as actors and ties (Hopcroft, Tarjan 1973)."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(network.size)]
    for tie, (one, other) in enumerate(zip(network.first.tolist(), network.second.tolist(), strict=True)):
        near[one].append((other, tie))
        near[other].append((one, tie))
    depth, low = [-1] * network.size, [0] * network.size
    for root in range(network.size):
        if depth[root] >= 0:
            continue
        depth[root] = 0
        stack: list[int] = []
        path = [(root, -1, iter(near[root]))]
        while path:
            node, by, rest = path[-1]
            step = next(rest, None)
            if step is None:
                path.pop()
                if not path:
                    continue
                above = path[-1][0]
                low[above] = min(low[above], low[node])
                if low[node] >= depth[above]:
                    ties = stack[stack.index(by):]
                    del stack[stack.index(by):]
                    yield sorted({int(end) for tie in ties for end in (network.first[tie], network.second[tie])}), ties
                continue
            other, tie = step
            if tie == by:
                continue
            if depth[other] < 0:
                depth[other] = low[other] = depth[node] + 1
                stack.append(tie)
                path.append((other, tie, iter(near[other])))
            elif depth[other] < depth[node]:
                stack.append(tie)
                low[node] = min(low[node], depth[other])


def _one_by_one(base: Frustration, strains: Strains, limit: int) -> Optima:
    network = base.network
    varying = strains.some & ~strains.every
    listed = _listed(network, base.allowed, base.upper_units, varying, limit)
    complete = len(listed) <= limit
    listed = listed[:limit]
    together = (network.weight > 0) ^ strains.every
    bound = ~varying & together
    group = joined(network.size, network.first[bound], network.second[bound])
    always = group[:, None] == group[None, :]
    never = np.zeros_like(always)
    for tie in np.flatnonzero(~varying & ~together).tolist():
        one, other = group == group[network.first[tie]], group == group[network.second[tie]]
        never |= (one[:, None] & other[None, :]) | (other[:, None] & one[None, :])
    part = joined(network.size, network.first, network.second)
    return Optima(np.array(listed, np.int64).reshape(len(listed), network.size), len(listed), complete, always, never,
                  _undecided(network, _standing(always, never), part))


def _listed(network: Network, camps: int | None, index: int, varying: Flags, limit: int) -> list[Ints]:
    """Optimal camps that differ in what they frustrate, up to limit + 1 of them: each varying tie decided in turn."""
    endless = int(np.abs(network.weight).sum()) + 1
    found: list[Ints] = []
    waiting = [network.weight]
    while waiting and len(found) <= limit:
        weight = waiting.pop()
        paid = int(np.abs(network.weight[(np.abs(weight) == endless) & ((weight > 0) != (network.weight > 0))]).sum())
        result = frustration(replace(network, weight=weight), camps=camps)
        if result.upper_units + paid > index:
            continue
        open_ties = np.flatnonzero(varying & (np.abs(weight) != endless))
        if not len(open_ties):
            found.append(result.camps)
            continue
        tie = int(open_ties[0])
        for sign in (1, -1):
            decided = weight.copy()
            decided[tie] = endless * sign
            waiting.append(decided)
    return found


def _standing(always: Flags, never: Flags) -> Ints:
    """Classes of actors who are bound to their first one: each labelled by it."""
    label = np.full(len(always), -1, np.int64)
    known = always | never
    for actor in np.argsort(-known.sum(axis=1), kind="stable").tolist():
        if label[actor] < 0:
            label[known[actor] & (label < 0)] = actor
    return label


def _undecided(network: Network, label: Ints, part: Ints) -> tuple[str, ...]:
    """Who is not in the greatest class of its part of the network; of equals, the one with the first actor counts."""
    open_actors: list[int] = []
    for one in np.unique(part):
        members = np.flatnonzero(part == one)
        found, first, sizes = np.unique(label[members], return_index=True, return_counts=True)
        greatest = found[np.lexsort((first, -sizes))[0]]
        open_actors += members[label[members] != greatest].tolist()
    return tuple(network.names[actor] for actor in sorted(open_actors))
