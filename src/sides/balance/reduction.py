"""Exact reductions: the same frustration on fewer actors, with the way back for camps and for cycles.

Three rules, to a fixpoint, on whole weights (times 8, so that two halvings in a row stay whole):

- ties in parallel are one: weights of one sign add up; of opposite signs, the lesser is frustrated whatever the camps;
- an actor whose one tie weighs at least half of all its ties joins its other end: some optimum satisfies that tie;
- an actor with three ties, none of which weighs as much as the two others, is replaced by a triangle of the same cost.

For any number of camps, the second holds for friendly ties only, the third not at all, and an actor without friends
leaves for a camp of its own. For a number of camps above two no rule is used: proofs then need cliques of actors.

Each tie of what is left, the kernel, stands for paths in the network. So a packing of negative cycles of the kernel is
one of closed walks of the network, which a verifier that knows no rule can check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints, Network
from sides.balance.swift import swift

GRID = 8  # weights are multiplied by it before any rule
PLAIN, PATH, MERGED, CANCELLED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """What is left of a network.

    `nodes` are the k actors left; tie i joins `nodes[first[i]]`, `nodes[second[i]]` with `weight[i]` in units of
    1/(8 scale). `offset` is what is frustrated whatever the camps. The log of ties has one row each: its `ends`,
    `kind`, `left` and `right` (the rows it was made of), `capacity` (its absolute weight); `row[i]` is that of kernel
    tie i. The log of
    actors tells, in order, who left (`gone`) by which three rows (-1 for none) to which three neighbours.
    """

    nodes: Ints
    first: Ints
    second: Ints
    weight: Ints
    offset: int
    row: Ints
    ends: Ints
    kind: NDArray[np.int8]
    left: Ints
    right: Ints
    capacity: Ints
    positive: NDArray[np.bool_]
    gone: Ints
    by: Ints
    towards: Ints

    def whole(self, sides: NDArray[np.int8], size: int) -> NDArray[np.int8]:
        """For two camps, the side (1 or -1) of all `size` actors from those of the kernel's."""
        full = np.ones(size, np.int8)
        full[self.nodes] = sides
        swift(_undo, size)(full, self.gone, self.by, self.towards, self.capacity, self.positive)
        return full

    def whole_camps(self, camps: Ints, size: int) -> Ints:
        """For any number of camps, the camp of all `size` actors from those of the kernel's."""
        full = size + np.arange(size)
        full[self.nodes] = camps
        for actor, row, friend in zip(self.gone[::-1], self.by[::-1, 0], self.towards[::-1, 0], strict=True):
            if row >= 0:
                full[actor] = full[friend]
        return full


def reduce(network: Network, camps: int | None = 2) -> Kernel:
    """The kernel of a network for so many camps at most, None for any number."""
    weight = network.weight * GRID
    if camps is not None and camps > 2:
        return _as_it_is(network, weight)
    room = 2 * network.ties + 16  # rows: one to two a tie is what networks of all sizes took
    offset = -1
    while offset < 0:
        (alive, ends, value, offset, kind, left, right, capacity, positive, gone, by, towards) = swift(
            _reduce, network.ties)(network.size, network.first, network.second, weight, camps or 0, room)
        room *= 2
    row = np.flatnonzero(alive)
    nodes, at = np.unique(ends[row].T, return_inverse=True)
    first_at, second_at = at.reshape(2, -1)
    return Kernel(nodes, first_at, second_at, value[row], int(offset), row, ends, kind, left, right, capacity,
                  positive, gone, by, towards)


def _as_it_is(network: Network, weight: Ints) -> Kernel:
    none = np.full(network.ties, -1, np.int64)
    empty = np.zeros((0, 3), np.int64)
    return Kernel(np.arange(network.size), network.first, network.second, weight, 0, np.arange(network.ties),
                  np.stack([network.first, network.second], axis=1), np.zeros(network.ties, np.int8), none, none,
                  np.abs(weight), weight > 0, none[:0], empty, empty)


def _undo(full: Any, gone: Any, by: Any, towards: Any, capacity: Any, positive: Any) -> None:
    for at in range(len(gone) - 1, -1, -1):
        pull = 0
        for slot in range(3):
            row = by[at, slot]
            if row >= 0:
                pull += (capacity[row] if positive[row] else -capacity[row]) * full[towards[at, slot]]
        full[gone[at]] = 1 if pull >= 0 else -1


def _reduce(size: Any, first: Any, second: Any, weight: Any, camps: Any, room: Any) -> Any:
    """The logs of ties and actors; an offset of -1 where the log of ties has no `room`."""
    ties = len(first)
    ends = np.empty((room, 2), np.int64)
    value = np.zeros(room, np.int64)
    kind = np.zeros(room, np.int8)
    left = np.full(room, -1, np.int64)
    right = np.full(room, -1, np.int64)
    alive = np.zeros(room, np.bool_)
    following = np.full((room, 2), -1, np.int64)  # half ties (row, end) in the list of an actor, as 2 * row + end
    before = np.full((room, 2), -1, np.int64)
    head = np.full(size, -1, np.int64)
    degree = np.zeros(size, np.int64)
    rows = ties
    for row in range(ties):
        ends[row, 0], ends[row, 1], value[row], alive[row] = first[row], second[row], weight[row], True
        for end in range(2):
            node = ends[row, end]
            half = 2 * row + end
            following[row, end] = head[node]
            if head[node] >= 0:
                before[head[node] // 2, head[node] % 2] = half
            head[node] = half
            degree[node] += 1
    gone = np.empty(size, np.int64)
    by = np.full((size, 3), -1, np.int64)
    towards = np.zeros((size, 3), np.int64)
    left_count = 0
    offset = 0
    queue = np.empty(size + 1, np.int64)  # a ring of actors to look at, each in it once
    waiting = np.ones(size, np.bool_)
    is_gone = np.zeros(size, np.bool_)
    for node in range(size):
        queue[node] = node
    start, length = 0, size
    new_one = np.empty(3, np.int64)  # ties to be laid: at most one at a time outside stars
    new_other = np.empty(3, np.int64)
    new_value = np.empty(3, np.int64)
    new_left = np.empty(3, np.int64)
    new_right = np.empty(3, np.int64)
    star = np.empty(3, np.int64)
    leaf = np.empty(3, np.int64)
    while length > 0:
        node = queue[start]
        start = (start + 1) % (size + 1)
        length -= 1
        waiting[node] = False
        if is_gone[node] or degree[node] == 0:
            continue
        total, heaviest, heavy = 0, -1, 0
        half = head[node]
        while half >= 0:
            size_of = abs(value[half // 2])
            total += size_of
            if camps != 2 and value[half // 2] < 0:
                size_of = 0
            if size_of > heavy or (size_of == heavy and half // 2 < heaviest):
                heavy, heaviest = size_of, half // 2
            half = following[half // 2, half % 2]
        contract = heavy > 0 and 2 * heavy >= total
        leave = camps == 0 and heavy == 0
        if not contract and not leave and (camps != 2 or degree[node] != 3 or total % 2 != 0):
            continue
        at = left_count
        left_count += 1
        gone[at] = node
        is_gone[node] = True
        keeper = -1
        if contract:
            keeper = ends[heaviest, 0] + ends[heaviest, 1] - node
            by[at, 0] = heaviest
            towards[at, 0] = keeper
        elif not leave:
            half = head[node]
            for slot in range(3):
                star[slot] = half // 2
                leaf[slot] = ends[half // 2, 1 - half % 2]
                half = following[half // 2, half % 2]
            for slot in range(3):
                by[at, slot] = star[slot]
                towards[at, slot] = leaf[slot]
        # its ties leave their lists; new ones are laid as they go
        half = head[node]
        head[node] = -1
        laid = 0
        first_pass = True
        while True:
            if half < 0:
                if contract or leave or not first_pass:
                    break
                first_pass = False
                for slot in range(3):
                    i, j = slot, (slot + 1) % 3
                    k = (slot + 2) % 3
                    new_one[slot], new_other[slot] = leaf[i], leaf[j]
                    size_of = (abs(value[star[i]]) + abs(value[star[j]]) - abs(value[star[k]])) // 2
                    new_value[slot] = size_of if (value[star[i]] > 0) == (value[star[j]] > 0) else -size_of
                    new_left[slot], new_right[slot] = star[i], star[j]
                laid = 3
            else:
                row = half // 2
                half = following[row, half % 2]
                # take the far half out of its list
                far = 0 if ends[row, 1] == node else 1
                other = ends[row, far]
                alive[row] = False
                degree[other] -= 1
                if before[row, far] >= 0:
                    following[before[row, far] // 2, before[row, far] % 2] = following[row, far]
                else:
                    head[other] = following[row, far]
                if following[row, far] >= 0:
                    before[following[row, far] // 2, following[row, far] % 2] = before[row, far]
                if not waiting[other]:
                    waiting[other] = True
                    queue[(start + length) % (size + 1)] = other
                    length += 1
                laid = 0
                if contract and row != heaviest:
                    laid = 1
                    new_one[0], new_other[0] = keeper, other
                    new_value[0] = value[row] if value[heaviest] > 0 else -value[row]
                    new_left[0], new_right[0] = heaviest, row
            for slot in range(laid):
                if rows + 2 > room:
                    return (alive, ends, value, -1, kind, left, right, value, alive, gone, by, towards)
                one, other = new_one[slot], new_other[slot]
                kind[rows], left[rows], right[rows] = 1, new_left[slot], new_right[slot]
                value[rows] = new_value[slot]
                ends[rows, 0], ends[rows, 1] = one, other
                made = rows
                rows += 1
                # a tie between the two already?
                seen = one if degree[one] <= degree[other] else other
                there = -1
                walk = head[seen]
                while walk >= 0:
                    if ends[walk // 2, 1 - walk % 2] == one + other - seen:
                        there = walk // 2
                        break
                    walk = following[walk // 2, walk % 2]
                final = made
                if there >= 0:
                    final = rows
                    rows += 1
                    ends[final, 0], ends[final, 1] = ends[there, 0], ends[there, 1]
                    value[final] = value[there] + value[made]
                    left[final], right[final] = there, made
                    if (value[there] > 0) == (value[made] > 0):
                        kind[final] = 2
                    else:
                        kind[final] = 3
                        if abs(value[made]) > abs(value[there]):
                            left[final], right[final] = made, there
                        offset += min(abs(value[made]), abs(value[there]))
                    alive[there] = False
                    # the new tie takes the place of the old in both lists, or none where nothing is left
                    for end in range(2):
                        who = ends[final, end]
                        ahead, behind = following[there, end], before[there, end]
                        mine = 2 * final + end
                        if value[final] == 0:
                            mine = ahead
                            degree[who] -= 1
                            if ahead >= 0:
                                before[ahead // 2, ahead % 2] = behind
                        else:
                            following[final, end], before[final, end] = ahead, behind
                            if ahead >= 0:
                                before[ahead // 2, ahead % 2] = mine
                        if behind >= 0:
                            following[behind // 2, behind % 2] = mine
                        else:
                            head[who] = mine
                else:
                    for end in range(2):
                        who = ends[final, end]
                        following[final, end] = head[who]
                        if head[who] >= 0:
                            before[head[who] // 2, head[who] % 2] = 2 * final + end
                        head[who] = 2 * final + end
                        degree[who] += 1
                alive[final] = value[final] != 0
                for end in range(2):
                    who = ends[final, end]
                    if not waiting[who]:
                        waiting[who] = True
                        queue[(start + length) % (size + 1)] = who
                        length += 1
        degree[node] = 0
    return (alive[:rows].copy(), ends[:rows].copy(), value[:rows].copy(), offset,
            kind[:rows].copy(), left[:rows].copy(), right[:rows].copy(), np.abs(value[:rows]), value[:rows] > 0,
            gone[:left_count].copy(), by[:left_count].copy(), towards[:left_count].copy())
