"""What a past holds of every directed pair of actors, channel by channel: how much, how lately, how regularly.

A channel (`questions.Channels`) is a set of kinds of events: a quad class, or what is asked for. Everything here is
reckoned by one walk over the past, so that the features of a day hang on that past alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.swift import swift
from sides.forecast.event_log import Past

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

# After so many days an event counts 1/e: from what is in the news to what is remembered.
DECAY_DAYS = WEEK, MONTH, SEASON, YEARS = 7.0, 30.0, 120.0, 720.0
NEVER_DAYS = 10_000  # stands for the age of what has never been
WINDOW_DAYS, WINDOWS = 30, 12
QUIET_DAYS = 180  # an event after so long without one of its channel is an onset; a pair is active if it had any since
GAPS = 8  # the last ones say how regular a pair is
YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class PairTable:
    """P directed pairs with an event in the past, in order of key; C channels.

    Days are counted back from the day the past ends at; `NEVER_DAYS` where there is nothing to count to.
    """

    key: Integers  # (P,), source * actors + target
    source: Integers  # (P,)
    target: Integers  # (P,)
    reverse: Integers  # (P,), the pair the other way round; P where there is none
    start: Integers  # (P + 1,), of the rows in `rows`
    rows: Integers
    decayed: Array  # (P + 1, C, 4), events, each counting less with its age; the last pair stands for none
    since: Integers  # (P + 1, C), days since the last event
    count: Array  # (P + 1, C), events
    windows: Array  # (P + 1, C), share of the last 12 windows of 30 days with an event
    onsets: Array  # (P + 1, C), onsets, decayed as slowly as the slowest
    mean_gap: Array  # (P + 1, C), days between the last days with events, 8 gaps at most; `NEVER_DAYS` below two days
    gap_spread: Array  # (P + 1, C), standard deviation of these gaps over their mean; -1 below three days
    year_ago: Array  # (P + 1, C), events in the coming 30 days as they fell a year ago
    first: Integers  # (P + 1,), days since the first event of any kind
    last: Integers  # (P + 1,), days since the last

    @classmethod
    def of(cls, past: Past, members: NDArray[np.bool_]) -> PairTable:
        """The table of a past; `members` (K, C) says which kinds belong to a channel."""
        groups = past.groups("pair")
        actors, size = max(len(past.actors), 1), len(groups.key)
        source, target = groups.key // actors, groups.key % actors
        reverse = target * actors + source
        at = np.searchsorted(groups.key, reverse)
        at[groups.key[np.minimum(at, size - 1)] != reverse] = size
        count = members.shape[1]
        shape = (size + 1, count)
        decayed, since = np.zeros((*shape, len(DECAY_DAYS))), np.full(shape, NEVER_DAYS, np.int64)
        counts, windows, onsets, year_ago = (np.zeros(shape) for _ in range(4))
        mean_gap, gap_spread = np.full(shape, float(NEVER_DAYS)), np.full(shape, -1.0)
        ages = past.until - past.day.astype(np.int64)
        first, last = (np.full(size + 1, NEVER_DAYS, np.int64) for _ in range(2))
        first[:-1], last[:-1] = ages[groups.rows[groups.start[:-1]]], ages[groups.rows[groups.start[1:] - 1]]
        span = int(ages.max(initial=0)) + 1
        table = np.exp(-np.arange(span)[:, None] / np.array(DECAY_DAYS))
        swift(_walk, len(past))(groups.start, groups.rows, ages, past.kind.astype(np.int64), members, table,
                                np.array((WINDOW_DAYS, WINDOWS, QUIET_DAYS, GAPS, YEAR_DAYS)), decayed, since, counts,
                                windows, onsets, mean_gap, gap_spread, year_ago)
        return cls(groups.key, source, target, at, groups.start, groups.rows, decayed, since, counts, windows / WINDOWS,
                   onsets, mean_gap, gap_spread, year_ago, first, last)

    def __len__(self) -> int:
        return len(self.key)

    def find(self, source: Integers, target: Integers, actors: int) -> Integers:
        """(Q,) the pairs of questions; P where the past holds none."""
        key = source * actors + target
        at = np.searchsorted(self.key, key)
        if len(self.key):
            at[self.key[np.minimum(at, len(self.key) - 1)] != key] = len(self.key)
        return at


def _walk(start: Integers, rows: Integers, ages: Integers, kind: Integers, members: NDArray[np.bool_], table: Array,
          days: Integers, decayed: Array, since: Integers, counts: Array, windows: Array, onsets: Array,
          mean_gap: Array, gap_spread: Array, year_ago: Array) -> None:
    """Fills the columns of `PairTable`, pair by pair and event by event; windows are counted, not yet shared."""
    length, most, quiet, remembered, year = days
    scales = table.shape[1]
    recent = np.zeros(remembered)
    for pair in range(len(start) - 1):
        for channel in range(members.shape[1]):
            window, gaps, before = -1, 0, -1
            for place in range(start[pair], start[pair + 1]):
                row = rows[place]
                if not members[kind[row], channel]:
                    continue
                age = ages[row]
                for scale in range(scales):
                    decayed[pair, channel, scale] += table[age, scale]
                counts[pair, channel] += 1
                if year - length < age <= year:
                    year_ago[pair, channel] += 1
                if before < 0 or before - age > quiet:
                    onsets[pair, channel] += table[age, scales - 1]
                if before >= 0 and before != age:
                    recent[gaps % remembered] = before - age
                    gaps += 1
                before = age
                at = (age - 1) // length
                if at < most and at != window:
                    windows[pair, channel] += 1
                    window = at
            if before >= 0:
                since[pair, channel] = before
            if gaps:
                known = min(gaps, remembered)
                total, squares = 0.0, 0.0
                for place in range(known):
                    total += recent[place]
                mean = total / known
                mean_gap[pair, channel] = mean
                if known > 1:
                    for place in range(known):
                        squares += (recent[place] - mean) * (recent[place] - mean)
                    gap_spread[pair, channel] = np.sqrt(squares / known) / mean
