"""The strain on each dyad in the signed network of the past: triangles that it would leave unbalanced, and camps.

A tie is as friendly or hostile as its events were over years, decayed; what is next to nothing is no tie. A triangle is
unbalanced where the product of its signs is negative (Cartwright and Harary 1956): a pair's common neighbours say which
sign of its tie would strain fewer of them. The two camps are those that a short search of the balance stage finds
(`sides.balance.search`); the best proven ones would take minutes a day, and the strain of each tie by them hours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sides.balance.search import Neighbours, Search
from sides.balance.swift import swift
from sides.forecast.event_log import Past
from sides.forecast.pair_table import Integers, PairTable

Array = NDArray[np.float64]

LEAST_WEIGHT = .3  # of the decayed signs of both ways: an event counts so little after some two and a half years
UNIT = 10  # weights of ties are kept to a tenth: the search takes whole ones
HEAVIEST = 1000  # in these units; a hundred events are as many as thousands
RUNS, SWEEPS = 2, 10  # of the search
NAMES = ("tie", "unbalanced if friendly", "unbalanced if hostile", "unbalanced as it stands",
         "unbalanced as it stands, share", "sign that balances", "sign that balances, weighted", "camps",
         "camps, how firmly")


def strain(past: Past, pairs: PairTable, signed: Array, source: Integers,
           target: Integers) -> tuple[Array, list[tuple[str, str]]]:
    """(Q, F) features of questions by the signed triangles and camps of their actors, with the name and topic of each.

    `signed` (P + 1,) is the sum of the signs of each pair, decayed. A triangle counts once, whatever its ties weigh; in
    the weighted sign it counts as the lighter of its two other ties. Camps: 1 the same, -1 across, 0 where one of the
    two has no tie; how firmly: the log of what the side of the less sure one satisfies more than it frustrates.
    """
    is_first = ((pairs.reverse == len(pairs)) | (pairs.source < pairs.target)) & (pairs.source != pairs.target)
    first = np.flatnonzero(is_first)
    weight = signed[first] + signed[pairs.reverse[first]]
    is_tie = np.abs(weight) >= LEAST_WEIGHT
    first, weight = first[is_tie], weight[is_tie]
    # Actors without a tie stay out: later ones must not move the search.
    known, ends = np.unique(np.concatenate([pairs.source[first], pairs.target[first]]), return_inverse=True)
    one, other = ends[:len(first)], ends[len(first):]
    place = np.full(len(past.actors), -1, np.int64)
    place[known] = np.arange(len(known))
    here, there = place[source], place[target]
    has_ties = (here >= 0) & (there >= 0)
    near = Neighbours.of(len(known), one, other)
    told = np.zeros((len(source), 5))
    asked = np.flatnonzero(has_ties)
    asked = asked[np.argsort(here[asked], kind="stable")]
    swift(_triangles, len(past))(asked, here, there, near.start, near.other, near.tie, np.sign(weight),
                                 np.log1p(np.abs(weight)), np.full(len(known), -1, np.int64), told)
    tie, like, unlike, heavy_like, heavy_unlike = told.T
    stands = np.where(tie > 0, unlike, np.where(tie < 0, like, 0))
    search = Search(len(known), one, other, np.rint(np.clip(weight * UNIT, -HEAVIEST, HEAVIEST)).astype(np.int64))
    search.improve(RUNS, SWEEPS)
    camps, firm = search.camps.astype(float), np.log1p(np.maximum(search.pull(search.camps), 0))
    side, sure = np.zeros(len(source)), np.zeros(len(source))
    side[asked] = camps[here[asked]] * camps[there[asked]]
    sure[asked] = side[asked] * np.minimum(firm[here[asked]], firm[there[asked]])
    columns = (tie, np.log1p(unlike), np.log1p(like), np.log1p(stands),
               np.where(tie != 0, stands / (like + unlike + 1), -1), (like - unlike) / (like + unlike + 2),
               (heavy_like - heavy_unlike) / (heavy_like + heavy_unlike + 1), side, sure)
    return np.stack(columns, axis=1), [(f"strain: {name}", "strain") for name in NAMES]


def _triangles(asked: Integers, source: Integers, target: Integers, start: Integers, other: Integers, tie: Integers,
               sign: Array, weight: Array, place: Integers, told: Array) -> None:
    """The sign of each question's tie; its common neighbours whose signs are alike and unlike, and what these weigh."""
    present = -1
    for question in asked:
        if source[question] != present:
            if present >= 0:
                for at in range(start[present], start[present + 1]):
                    place[other[at]] = -1
            present = source[question]
            for at in range(start[present], start[present + 1]):
                place[other[at]] = tie[at]
        end = target[question]
        if end == present:
            continue
        if place[end] >= 0:
            told[question, 0] = sign[place[end]]
        for at in range(start[end], start[end + 1]):
            third = other[at]
            if third == present or place[third] < 0:
                continue
            mine, theirs = place[third], tie[at]
            lighter = min(weight[mine], weight[theirs])
            if sign[mine] * sign[theirs] > 0:
                told[question, 1] += 1
                told[question, 3] += lighter
            else:
                told[question, 2] += 1
                told[question, 4] += lighter
