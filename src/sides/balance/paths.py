"""Shortest paths between the ends of many ties, one after the other, each making what it takes dearer for the next."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints
from sides.balance.search import Neighbours
from sides.balance.swift import swift

Floats = NDArray[np.float64]


def paths(near: Neighbours, length: Floats, sources: Ints, targets: Ints, limits: Floats, amounts: Floats,
          capacity: Floats, before: tuple[Ints, Ints] | None = None) -> tuple[Ints, Ints]:
    """A shortest path from each source to its target, as ties: those of path i are `tie[start[i]:start[i + 1]]`.

    `length` (m,), at least 0, is changed on the way: a tie of length l that path i takes is longer by
    `amounts[i] / capacity * (1 + l)` for those that follow.
    No path is given where none is shorter than `limits[i]`. `before` are paths between the same ends from an earlier
    call: one of them is given again where there is none shorter, which is found out sooner than it would be anew.

    Dijkstra's search from both ends at once. The ties of an actor are looked at from the shortest on, as they were
    at the call: as ties only grow, all further ones can be passed over once one is too long.
    """
    ties = len(length)
    holder = np.repeat(np.arange(len(near.start) - 1), np.diff(near.start))
    order = np.lexsort((near.tie, length[near.tie], holder))
    tie = near.tie[order]
    start, taken = before or (np.zeros(len(sources) + 1, np.int64), np.zeros(0, np.int64))
    found: tuple[Ints, Ints] = swift(_paths, ties)(near.start, near.other[order], tie, length[tie], length, sources,
                                                   targets, limits, amounts, capacity, start, taken)
    return found


def _paths(start: Any, other: Any, tie: Any, least: Any, length: Any, sources: Any, targets: Any, limits: Any,
           amounts: Any, capacity: Any, begin_before: Any, before: Any) -> Any:
    size = len(start) - 1
    distance = np.empty((2, size), np.float64)
    stamp = np.full((2, size), -1, np.int64)
    settled = np.full((2, size), -1, np.int64)
    came_by = np.empty((2, size), np.int64)
    came_from = np.empty((2, size), np.int64)
    heap_key = np.empty((2, 1024), np.float64)
    heap_node = np.empty((2, 1024), np.int64)
    count = np.zeros(2, np.int64)
    found = np.empty(4 * len(sources) + 64, np.int64)
    begin = np.zeros(len(sources) + 1, np.int64)
    taken = 0
    for seed in range(len(sources)):
        best = limits[seed]
        middle = -1
        was = 0.0
        for at in range(begin_before[seed], begin_before[seed + 1]):
            was += length[before[at]]
        has_before = begin_before[seed] < begin_before[seed + 1] and was < best
        if has_before:
            best = was
        for side in range(2):
            node = sources[seed] if side == 0 else targets[seed]
            distance[side, node], stamp[side, node], came_from[side, node] = 0.0, seed, -1
            heap_key[side, 0], heap_node[side, 0], count[side] = 0.0, node, 1
        while count[0] > 0 and count[1] > 0 and heap_key[0, 0] + heap_key[1, 0] < best:
            side = 0 if count[0] <= count[1] else 1
            key, node = heap_key[side, 0], heap_node[side, 0]
            count[side] -= 1
            left = count[side]
            last_key, last_node = heap_key[side, left], heap_node[side, left]
            at = 0
            while True:
                child = 2 * at + 1
                if child >= left:
                    break
                if child + 1 < left and heap_key[side, child + 1] < heap_key[side, child]:
                    child += 1
                if heap_key[side, child] < last_key:
                    heap_key[side, at], heap_node[side, at] = heap_key[side, child], heap_node[side, child]
                    at = child
                else:
                    break
            heap_key[side, at], heap_node[side, at] = last_key, last_node
            if settled[side, node] == seed:
                continue
            settled[side, node] = seed
            rest = heap_key[1 - side, 0]  # at least so far it is to the other end from where its search has not been
            for slot in range(start[node], start[node + 1]):
                if key + least[slot] + rest >= best:
                    break
                step = key + length[tie[slot]]
                near = other[slot]
                if step >= best or (stamp[side, near] == seed and step >= distance[side, near]):
                    continue
                stamp[side, near] = seed
                distance[side, near] = step
                came_by[side, near], came_from[side, near] = tie[slot], node
                if stamp[1 - side, near] == seed:
                    if step + distance[1 - side, near] < best:
                        best = step + distance[1 - side, near]
                        middle = near
                elif step + rest >= best:
                    continue
                if count[side] == heap_key.shape[1]:
                    room = heap_key.shape[1]
                    grown = np.empty((2, 2 * room), np.float64)
                    grown[:, :room] = heap_key
                    heap_key = grown
                    longer = np.empty((2, 2 * room), np.int64)
                    longer[:, :room] = heap_node
                    heap_node = longer
                at = count[side]
                count[side] += 1
                while at > 0:
                    above = (at - 1) // 2
                    if heap_key[side, above] > step:
                        heap_key[side, at], heap_node[side, at] = heap_key[side, above], heap_node[side, above]
                        at = above
                    else:
                        break
                heap_key[side, at], heap_node[side, at] = step, near
        if middle >= 0:
            if taken + 2 * size > len(found):
                more = np.empty(2 * len(found) + 2 * size, np.int64)
                more[:taken] = found[:taken]
                found = more
            node = middle
            while came_from[0, node] >= 0:
                found[taken] = came_by[0, node]
                taken += 1
                node = came_from[0, node]
            turn = taken  # from the source to the middle, then on to the target
            low, high = begin[seed], turn - 1
            while low < high:
                found[low], found[high] = found[high], found[low]
                low += 1
                high -= 1
            node = middle
            while came_from[1, node] >= 0:
                found[taken] = came_by[1, node]
                taken += 1
                node = came_from[1, node]
        elif has_before:
            for at in range(begin_before[seed], begin_before[seed + 1]):
                if taken == len(found):
                    more = np.empty(2 * len(found), np.int64)
                    more[:taken] = found[:taken]
                    found = more
                found[taken] = before[at]
                taken += 1
        for at in range(begin[seed], taken):
            length[found[at]] += amounts[seed] / capacity[found[at]] * (1.0 + length[found[at]])
        begin[seed + 1] = taken
    return begin, found[:taken].copy()
