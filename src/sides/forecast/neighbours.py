"""What common acquaintances say of a dyad: how many, on whose side, and what is done to or by them.

The signed part is structural balance (Heider 1946; Cartwright and Harary 1956): the enemy of an enemy pulls together,
the friend of an enemy apart. The counts are those of link prediction (Adamic and Adar 2003).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sides.balance.swift import swift
from sides.forecast.event_log import Past
from sides.forecast.pair_table import DECAY_DAYS, SEASON, Integers, PairTable

Array = NDArray[np.float64]

LEAST_WEIGHT = .01  # a neighbour whose events weigh less is forgotten
NAMES = ("common", "common weighted", "rarity", "both friends", "both enemies", "friend and enemy", "balance")
SIGNED = NAMES[3:]
DIRECTED = ("source does to neighbours of target", "neighbours of source do to target")


def common(past: Past, pairs: PairTable, signed: Array, source: Integers, target: Integers,
           channels: Sequence[str]) -> tuple[Array, list[tuple[str, str]]]:
    """(Q, F) features of questions by the neighbours that their actors share, with the name and topic of each.

    `signed` (P + 1,) is the sum of the signs of each pair, decayed.
    """
    weight = pairs.decayed[:, :, DECAY_DAYS.index(SEASON)]
    total = weight.sum(1)
    actors = len(past.actors)
    # Neighbours of each actor, whichever way the events went.
    is_first = ((pairs.reverse == len(pairs)) | (pairs.source < pairs.target)) & (pairs.source != pairs.target)
    one = np.flatnonzero(is_first & (total[:-1] + total[pairs.reverse] >= LEAST_WEIGHT))
    other = pairs.reverse[one]
    left, right = pairs.source[one], pairs.target[one]
    ends, across = np.concatenate([left, right]), np.concatenate([right, left])
    forth, back = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.lexsort((across, ends))
    ends, across, forth, back = ends[order], across[order], forth[order], back[order]
    start = np.searchsorted(ends, np.arange(actors + 1))
    both = total[forth] + total[back]
    mean_sign = (signed[forth] + signed[back]) / np.maximum(both, 1e-12)
    degree = np.diff(start)
    rarity = 1 / np.log(degree + 2.0)
    features = np.zeros((len(source), len(NAMES) + 2 * len(channels)))
    asked = np.lexsort((target, source))
    swift(_share, len(past))(asked, source, target, start, across, forth, back, np.sqrt(both), mean_sign,
                             np.sqrt(weight), rarity, np.full(actors, -1, np.int64), features)
    balance = features[:, NAMES.index("balance")].copy()
    features = np.log1p(np.maximum(features, 0))
    features[:, NAMES.index("balance")] = balance
    return features, [*((f"neighbours: {name}", "balance" if name in SIGNED else "neighbours") for name in NAMES),
                      *((f"{name}, {channel}", "neighbours") for name in DIRECTED for channel in channels)]


def _share(asked: Integers, source: Integers, target: Integers, start: Integers, across: Integers, forth: Integers,
           back: Integers, strength: Array, sign: Array, weight: Array, rarity: Array, place: Integers,
           features: Array) -> None:
    """Fills the features; `place` says where a neighbour of the present source stands, and is left as it was found."""
    present = -1
    for question in asked:
        if source[question] != present:
            if present >= 0:
                for at in range(start[present], start[present + 1]):
                    place[across[at]] = -1
            present = source[question]
            for at in range(start[present], start[present + 1]):
                place[across[at]] = at
        end = target[question]
        for at in range(start[end], start[end + 1]):
            third = across[at]
            if third in (present, end) or place[third] < 0:
                continue
            here = place[third]
            strong, product = strength[here] * strength[at], sign[here] * sign[at]
            features[question, 0] += 1
            features[question, 1] += strong
            features[question, 2] += rarity[third]
            if sign[here] > 0 and sign[at] > 0:
                features[question, 3] += product * strong * rarity[third]
            elif sign[here] < 0 and sign[at] < 0:
                features[question, 4] += product * strong * rarity[third]
            else:
                features[question, 5] -= product * strong * rarity[third]
            features[question, 6] += product * strong * rarity[third]
            for channel in range(weight.shape[1]):
                count = weight.shape[1]
                features[question, 7 + channel] += weight[forth[here], channel] * strength[at] * rarity[third]
                features[question, 7 + count + channel] += weight[back[at], channel] * strength[here] * rarity[third]
