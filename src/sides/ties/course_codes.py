"""What a map shows of a tie in each month, as one number: its look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.ties.signals import Reach, Signals
from sides.ties.tie import CONTESTED_SHARE
from sides.ties.turns import changes

Ints = NDArray[np.int64]
Codes = NDArray[np.uint16]
Floats = NDArray[np.float32]

STATE = 7  # 0 nothing told yet, 1 hostile, 2 strained, 3 neutral, 4 friendly, 5 allied
CERTAINTY, CERTAINTY_SHIFT = 3 << 3, 3  # 0: less than PROBABLE, 1: less than SURE, 2: SURE and more
CONTESTED = 1 << 5  # the step in which the month lies is contested
ONLY_AHEAD = 1 << 6  # nothing that is told by then is told as so: it is possible, planned, forecast, or brokered
ONLY_DENIED = 1 << 7  # all that is told by then is denials
FADED = 1 << 8  # the latest that is told of it lies FADES months back or more
TURN = 1 << 9  # a turn: in the likeliest month of it a new step begins
FORECAST = 1 << 10  # after the last month that documents tell of
PROBABLE, SURE = 0.5, 0.8
FADES = 24
NEVER = 1 << 30  # a month that does not come


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of D dyads, and when: months as places from the first one asked about, `NEVER` where nothing is."""

    first: Ints  # (D,) of anything
    stated: Ints  # of something asserted of the two
    ahead: Ints  # of something possible, planned, demanded, forecast, conditional, or brokered
    dyad: Ints  # (E,) of each piece of evidence
    begin: Ints  # the first month that it may be about
    last: Ints  # the last
    until: Ints  # the last month that it speaks of: a standing tie, of that of its document
    said: NDArray[np.bool_]  # whether it is asserted of the two, and so lies in a step
    sign: Ints


def until_of(signals: Signals, last: Ints) -> Ints:
    """The last month that each piece of evidence speaks of."""
    holds = (signals.reach == Reach.OPEN) | (signals.reach == Reach.CLOSED)
    return np.maximum(last, np.where(holds, signals.end_last, 0))


def state_codes(shares: Floats) -> Codes:
    """(T, D) the likeliest state and how certain it is, from (T, 5, D) probabilities."""
    best = shares.argmax(1)
    surest = np.take_along_axis(shares, best[:, None], 1)[:, 0].astype(np.float64)
    certainty = (surest >= PROBABLE).astype(np.uint16) + (surest >= SURE)
    return np.asarray(best + 1 + (certainty << CERTAINTY_SHIFT), np.uint16)


def evidence_codes(told: Told, months: int) -> Codes:
    """(T, D) of what kind the evidence is by each month, and whether it has faded."""
    dyads = len(told.first)
    at = np.arange(months)[:, None]
    is_told, is_stated, is_ahead = (at >= one for one in (told.first, told.stated, told.ahead))
    code = np.where(is_told & ~is_stated & is_ahead, ONLY_AHEAD, 0) \
        | np.where(is_told & ~is_stated & ~is_ahead, ONLY_DENIED, 0)
    heard = np.full((months, dyads), -FADES, np.int64)
    inside = told.begin < months
    np.maximum.at(heard, (np.maximum(told.begin[inside], 0), told.dyad[inside]), told.until[inside])
    np.maximum.accumulate(heard, axis=0, out=heard)
    code |= np.where(is_told & (at - np.minimum(heard, at) >= FADES), FADED, 0)
    return code.astype(np.uint16)


def turn_months(path: NDArray[np.int8], shares: Floats, months: Ints) -> list[list[int]]:
    """The turns of D histories, (T, D) and (T, 5, D), of each of which so many months count."""
    moves = np.diff(path, axis=0) != 0
    found: list[list[int]] = [[] for _ in range(path.shape[1])]
    for dyad in np.flatnonzero(moves.any(0)).tolist():
        size = int(months[dyad])
        found[dyad] = [one.month for one in changes(path[:size, dyad], shares[:size, :, dyad])]
    return found


def contested_codes(told: Told, turns: Sequence[Sequence[int]], until: Ints, ends: Ints, months: int) -> Codes:
    """(T, D) whether the step in which a month lies is contested: see `tie.steps`.

    `turns` of each dyad; `until` (D,) the month up to which its steps go at least, `ends` the last that it has.
    """
    dyads = len(told.first)
    rows = np.flatnonzero(told.said)
    at = np.clip(told.last[rows], 0, ends[told.dyad[rows]])
    first = np.full(dyads, NEVER)
    np.minimum.at(first, told.dyad[rows], told.begin[rows])
    first = np.clip(np.where(first == NEVER, told.first, first), 0, ends)
    last = np.maximum(until, first)
    np.maximum.at(last, told.dyad[rows], at)
    cuts = np.asarray([(dyad, month) for dyad, own in enumerate(turns) for month in own
                       if first[dyad] < month <= last[dyad]], np.int64).reshape(-1, 2)
    width = NEVER
    keys = cuts[:, 0] * width + cuts[:, 1]
    step = np.searchsorted(keys, told.dyad[rows] * width + at, side="right") + told.dyad[rows]
    steps = dyads + len(cuts)
    good = np.bincount(step, told.sign[rows] > 0, steps)
    bad = np.bincount(step, told.sign[rows] < 0, steps)
    count = np.bincount(step, minlength=steps)
    contested = (count > 0) & (np.minimum(good, bad) / np.maximum(count, 1) >= CONTESTED_SHARE)
    place = np.zeros((months, dyads), np.int64)
    kept = cuts[cuts[:, 1] < months]
    place[kept[:, 1], kept[:, 0]] = 1
    base = np.searchsorted(keys, np.arange(dyads) * width) + np.arange(dyads)
    place = np.cumsum(place, axis=0) + base
    month = np.arange(months)[:, None]
    return np.where(contested[place] & (month >= first) & (month <= last), CONTESTED, 0).astype(np.uint16)
