"""What actors alike do to actors alike: a low-rank picture of who does what to whom.

A truncated singular value decomposition of the matrix whose row is an actor, and whose columns are every other actor in
every channel, done and undergone (as in latent semantic indexing, Deerwester et al. 1990), by subspace iteration
(Halko, Martinsson and Tropp 2011). What it says of a pair is mostly what others like the two have done.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sides.balance.swift import swift
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
    multiply = swift(_multiply, len(past))
    across = np.random.default_rng(0).standard_normal((2 * channels * size, rank))
    for _ in range(ROUNDS):
        along = np.zeros((size, rank))
        multiply(row, column, weight, across, along)
        basis, _ = np.linalg.qr(along)
        across = np.zeros((2 * channels * size, rank))
        multiply(column, row, weight, basis, across)
    # basis @ across.T is the picture; of its directions the strongest are kept.
    _, turn = np.linalg.eigh(across.T @ across)
    mine, theirs = basis @ turn[:, -RANK:], across @ turn[:, -RANK:]
    found = np.zeros((len(source), 2 * channels))
    here, there = place[source], place[target]
    known = (here >= 0) & (there >= 0)
    for part in range(2 * channels):
        found[known, part] = np.einsum("qr,qr->q", mine[here[known]], theirs[part * size + there[known]])
    return found, told


def _multiply(row: Integers, column: Integers, value: Array, dense: Array, out: Array) -> None:
    """Adds to `out` what the sparse matrix of the cells makes of a dense one."""
    for cell in range(len(row)):
        for at in range(dense.shape[1]):
            out[row[cell], at] += value[cell] * dense[column[cell], at]
