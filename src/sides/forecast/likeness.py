"""What actors alike do to actors alike: a low-rank picture of who does what to whom.

A truncated singular value decomposition of the matrix whose row is an actor, and whose columns are every other actor in
every channel, done and undergone (as in latent semantic indexing, Deerwester et al. 1990), by subspace iteration
(Halko, Martinsson and Tropp 2011). What it says of a pair is mostly what others like the two have done.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Past
from sides.forecast.pair_table import DECAY_DAYS, YEARS, Integers, PairTable

Array = NDArray[np.float64]

RANK = 32
LEAST_WEIGHT = .01  # decayed events; pairs below are forgotten
SPARE, ROUNDS = 8, 4  # columns and steps of the iteration beyond the rank


def likeness(past: Past, pairs: PairTable, source: Integers, target: Integers,
             names: Sequence[str]) -> tuple[Array, list[tuple[str, str]]]:
    """(Q, 2 C) what the picture shows of each question's pair in each channel, done and undergone; names and topics."""
    channels, scale = len(names), DECAY_DAYS.index(YEARS)
    told = [(f"alike: {way}, {name}", "alike") for way in ("own", "back") for name in names]
    present = np.unique(np.concatenate([pairs.source, pairs.target]))
    size = len(present)
    place = np.full(len(past.actors), -1, np.int64)
    place[present] = np.arange(size)
    pair, channel = np.nonzero(pairs.decayed[:-1, :, scale] > LEAST_WEIGHT)
    value = np.log1p(pairs.decayed[pair, channel, scale])
    one, other = place[pairs.source[pair]], place[pairs.target[pair]]
    row = np.concatenate([one, other])
    column = np.concatenate([channel * size + other, (channels + channel) * size + one])
    value = np.concatenate([value, value])
    # Frequent actors and partners weigh less, or they would be all that is seen.
    many, much = np.bincount(row, value, size), np.bincount(column, value, 2 * channels * size)
    weight = value / np.sqrt(np.sqrt((many[row] + 1) * (much[column] + 1)))
    rank = min(RANK + SPARE, size)
    across = np.random.default_rng(0).standard_normal((2 * channels * size, rank))
    along = _Sparse(row, column, weight, size, 2 * channels * size)
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(along.times(across))
        across = along.transposed_times(basis)
    found = np.zeros((len(source), 2 * channels))
    here, there = place[source], place[target]
    known = (here >= 0) & (there >= 0)
    # basis @ across.T is the picture; the best of its rank is kept
    left, strength, right = np.linalg.svd(across, full_matrices=False)
    keep = min(RANK, rank)
    left, mine = left[:, :keep] * strength[:keep], basis @ right.T[:, :keep]
    for part in range(2 * channels):
        found[known, part] = np.einsum("qr,qr->q", mine[here[known]], left[part * size + there[known]])
    return found, told


class _Sparse:
    """A sparse matrix by its cells, to multiply with."""

    def __init__(self, row: Integers, column: Integers, value: Array, rows: int, columns: int) -> None:
        self.shape = rows, columns
        self.sorted = []
        for key, other in ((row, column), (column, row)):
            order = np.argsort(key, kind="stable")
            first = np.flatnonzero(np.diff(key[order], prepend=-1))
            self.sorted.append((key[order][first], first, other[order], value[order][:, None]))

    def times(self, dense: Array) -> Array:
        return self._times(0, dense)

    def transposed_times(self, dense: Array) -> Array:
        return self._times(1, dense)

    def _times(self, way: int, dense: Array) -> Array:
        key, first, other, value = self.sorted[way]
        out = np.zeros((self.shape[way], dense.shape[1]))
        if len(first):
            out[key] = np.add.reduceat(dense[other] * value, first, axis=0)
        return out
