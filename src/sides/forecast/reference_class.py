"""The forecaster of few events: what dyads alike have done, pooled, and the dyad's own record laid over it.

History is cut into windows that open every thirty days. For each, and each directed pair told of before it opens, it is
noted whether an event of the channel fell into it, and what the pair was like when it opened: whether such an event had
ever been told of, and whether the channel had been quiet for 180 days (so that an event is an onset), which sign the
last years of the dyad had, which roles its two actors play. The share of all windows is the first guess; the share of
the narrower class is drawn toward it, and so on down to the pair's own windows that opened as this one does: empirical
Bayes with beta-binomial shares (Kleinman 1973; Efron and Morris 1975). Half of the last share is that; the other half
is the pair's recurrence rate, drawn toward the class. The two err apart: one knows how dyads alike go on, the other how
often this one was heard of at all, before its class can tell; and the plain mean of two forecasts is seldom beaten by
weights that few windows teach (Bates and Granger 1969; Clemen 1989; benchmarks/forecast_small.py). The stretches
between horizons are hazards (Singer and Willett 1993), so that chances can only rise with the horizon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Past
from sides.forecast.pair_table import QUIET_DAYS
from sides.forecast.questions import Channels, Integers, Questions
from sides.forecast.recurrence import PRIOR_WINDOWS, WINDOWS
from sides.forecast.scores import Array

NAME = "reference class"
STEP_DAYS = 30
SIGN_DAYS = 1095  # of a dyad's events tell its sign; judgement
MOST_CELLS = 3_000_000  # pairs by windows that are looked at: with more pairs, fewer of the latest windows
LEAST_WINDOWS = 12
# Between these lies how many windows a class weighs in a narrower one; the last where nothing tells.
LEAST_HOLD, MOST_HOLD, USUAL_HOLD = 2.0, 100.0, 10.0
DRAWS, LEVEL = 4000, .9
FEW_WINDOWS = 20  # below so many of dyads alike an answer says that it is thin; judgement
SHOWN_LIKES = 5
LEVELS = ("all dyads", "as quiet or as busy as they", "with such a sign between them", "of actors of such kinds",
          "their own record")


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """R pairs at the opening of windows, and what they were like then; all numbers are places or codes."""

    pair: Integers  # (R,), source * actors + target
    opens: Integers  # (R,), day
    groups: Array  # (R, 5), codes of the classes from the widest to the pair's own

    def __len__(self) -> int:
        return len(self.pair)


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """What came of Q questions' classes: shares by stretch and level, and how surely."""

    edges: tuple[int, ...]
    share: Array  # (S, 5, Q), chance of a first event in the stretch, at each level
    windows: Array  # (S, 5, Q), as many as if none overlapped
    hold: Array  # (S, Q), windows that the class weighs in the pair's own share

    @property
    def curves(self) -> Array:
        """(5, Q, S) the chance within each horizon, by level."""
        none: Array = np.cumprod(1 - np.moveaxis(self.share, 0, 2), axis=2, dtype=np.float64)
        return np.asarray(1 - none, dtype=np.float64)

    def interval(self, question: int, level: float = LEVEL) -> Array:
        """(S, 2) between which ends the chance within each horizon lies, by draws from its beta shares.

        The low end is drawn with half an event less sure, the high end with half an event more (as Jeffreys' interval,
        Brown, Cai and DasGupta 2001), so that what has never been seen is not taken for impossible.
        """
        return interval(self.share[:, -1, question], self.windows[:, -1, question] + self.hold[:, question], level)


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceClass:
    """The pooled forecaster; it needs no fitting beyond the past that it is asked from."""

    channels: Channels
    horizon_days: int
    name: str = NAME

    def chances(self, past: Past, questions: Questions) -> Array:
        """(Q, C) the chance of an event of each channel within the horizon."""
        found = [pooled(past, questions, self.channels, at, (self.horizon_days,)).curves[-1, :, -1]
                 for at in range(len(self.channels))]
        return np.stack(found, axis=1) if found else np.zeros((len(questions), 0))


def pooled(past: Past, questions: Questions, channels: Channels, channel: int, edges: Sequence[int]) -> Pooled:
    """The shares of the classes of questions, for one channel and rising horizons in days."""
    counts = _Counts.of(past, channels, channel)
    share = np.zeros((len(edges), len(LEVELS), len(questions)))
    windows, hold = np.zeros_like(share), np.full((len(edges), len(questions)), USUAL_HOLD)
    asked = _cells(past, counts, questions.source * len(past.actors) + questions.target,
                   np.full(len(questions), past.until))
    for stretch, (low, high) in enumerate(pairwise((0, *edges))):
        seen = _seen(past, counts, high)
        free = counts.within(seen.pair, seen.opens, seen.opens + low) == 0
        came = counts.within(seen.pair, seen.opens + low, seen.opens + high) > 0
        weight = min(1.0, STEP_DAYS / (high - low))
        above = np.full(len(questions), (counts.prior(past.until, high - low) + weight * came[free].sum())
                        / (1 + weight * free.sum()))
        strength = np.zeros(len(questions))
        for level in range(len(LEVELS)):
            keys, place = np.unique(seen.groups[free, level], return_inverse=True)
            size, hits = (np.bincount(place, told * weight, len(keys)).astype(float)
                          for told in (np.ones(len(place)), came[free]))
            at = np.searchsorted(keys, asked.groups[:, level])
            at[(at == len(keys)) | (keys[np.minimum(at, len(keys) - 1)] != asked.groups[:, level])
               if len(keys) else slice(None)] = len(keys)
            own, mine = np.append(size, 0.0)[at], np.append(hits, 0.0)[at]
            held = np.minimum(_hold(hits, size), 1 + (strength if level else own))
            drawn = (mine + held * above) / (own + held) if level else above
            # What a class has not seen yet is not taken to be rarer than half an event in its windows; those of a
            # narrower class have already been counted in the wider.
            told = np.where(mine > 0, drawn, np.maximum(drawn, np.minimum(above, .5 / (own + 1))))
            if level == len(LEVELS) - 1:
                told = (told + counts.recurrence(asked.pair, past.until, low, high, above)) / 2
            share[stretch, level] = told
            above, windows[stretch, level], hold[stretch] = share[stretch, level], own, held
            strength = own + held if level else own
    return Pooled(tuple(edges), share, windows, hold)


def interval(mean: Array, size: Array, level: float = LEVEL) -> Array:
    """(S, 2) the ends of the chance within each of S stretches, of which each has this share in so many windows.

    >>> [round(float(end), 1) for end in interval(np.array([.5]), np.array([20.0]))[0]]
    [0.3, 0.7]
    """
    ends = []
    for tail, (hits, misses) in (((1 - level) / 2, (0.0, .5)), ((1 + level) / 2, (.5, 0.0))):
        drawn = np.random.default_rng(0).beta((mean * size + hits)[:, None], ((1 - mean) * size + misses)[:, None],
                                              (len(mean), DRAWS))
        ends.append(np.quantile(1 - np.cumprod(1 - drawn, axis=0), tail, axis=1))
    chance = 1 - np.cumprod(1 - mean)
    return np.stack([np.minimum(ends[0], chance), np.maximum(ends[1], chance)], axis=1)


def alike(past: Past, questions: Questions, channels: Channels, channel: int, days: int) -> dict[int, tuple[int, int]]:
    """The pairs of the class of the first question, by key: how many of their windows had an event, of how many."""
    counts = _Counts.of(past, channels, channel)
    asked = _cells(past, counts, questions.source * len(past.actors) + questions.target,
                   np.full(len(questions), past.until))
    seen = _seen(past, counts, days)
    kept = (seen.groups[:, 3] == asked.groups[0, 3]) & (seen.pair != asked.pair[0])
    keys, place = np.unique(seen.pair[kept], return_inverse=True)
    came = counts.within(seen.pair[kept], seen.opens[kept], seen.opens[kept] + days) > 0
    return {int(key): (int(hits), int(size)) for key, hits, size in
            zip(keys, np.bincount(place, came, len(keys)), np.bincount(place, minlength=len(keys)), strict=True)}


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """When what happened, so that windows are counted by two searches."""

    pairs: Integers  # told of either way, ascending: both directions of each dyad
    first: Integers  # day that each dyad was first told of
    keys: Integers  # of the channel's events, pair * span + day, ascending
    signs: Array  # sums of signs up to each event of a dyad
    sign_keys: Integers  # of all events, both ways, as `keys`
    begin: int  # the day that spans count from
    span: int

    @classmethod
    def of(cls, past: Past, channels: Channels, channel: int) -> _Counts:
        actors = max(len(past.actors), 1)
        is_between = past.source != past.target
        source, target = past.source[is_between].astype(np.int64), past.target[is_between].astype(np.int64)
        day, kind = past.day[is_between].astype(np.int64), past.kind[is_between]
        begin = int(day[0]) if len(day) else past.until
        span = past.until - begin + 1
        forth, back = source * actors + target, target * actors + source
        both, twice = np.concatenate([forth, back]), np.concatenate([day, day])
        order = np.lexsort((twice, both))
        pairs, start = np.unique(both[order], return_index=True)
        sign = np.array([each.sign for each in past.kinds], float)[np.concatenate([kind, kind])]
        is_asked = channels.members[kind, channel]
        keys = np.sort(np.searchsorted(pairs, forth[is_asked]) * span + day[is_asked] - begin)
        sign_keys = np.searchsorted(pairs, both[order]) * span + twice[order] - begin
        return cls(pairs, twice[order][start], keys, np.append(0.0, np.cumsum(sign[order])), sign_keys, begin, span)

    def prior(self, until: int, days: int) -> float:
        """The chance of an event in a window, if events fell at random: all that is known before one has closed.

        What comes in bursts comes in fewer windows: a half at most.
        """
        exposure = int((until - self.first).sum())
        return min(.5, float(-np.expm1(-(len(self.keys) + .5) * days / exposure))) if exposure else .5

    def recurrence(self, pair: Integers, until: int, low: int, high: int, share: Array) -> Array:
        """(Q,) how often the last 12 windows of `high` days had an event after the first `low`, of those without one
        before; with two more windows at a share.
        """
        hits, asked = np.zeros(len(pair)), np.zeros(len(pair))
        for back in range(1, WINDOWS + 1):
            opens = np.full(len(pair), until - back * high)
            free = self.within(pair, opens, opens + low) == 0
            asked += free
            hits += free & (self.within(pair, opens + low, opens + high) > 0)
        return (hits + PRIOR_WINDOWS * share) / (asked + PRIOR_WINDOWS)

    def within(self, pair: Integers, since: Integers, until: Integers) -> Integers:
        """How many events of the channel fell in [since, until)."""
        low, high = (np.searchsorted(self.keys, self._key(pair, day)) for day in (since, until))
        return np.where(self._is_told(pair), high - low, 0)

    def sign(self, pair: Integers, since: Integers, until: Integers) -> Integers:
        """The sign of what either did to the other in [since, until)."""
        low, high = (np.searchsorted(self.sign_keys, self._key(pair, day)) for day in (since, until))
        return np.where(self._is_told(pair), np.sign(self.signs[high] - self.signs[low]), 0).astype(np.int64)

    def _is_told(self, pair: Integers) -> NDArray[np.bool_]:
        return np.isin(pair, self.pairs)

    def _key(self, pair: Integers, day: Integers) -> Integers:
        return np.searchsorted(self.pairs, pair) * self.span + np.clip(day - self.begin, 0, self.span)


def _seen(past: Past, counts: _Counts, days: int) -> Cells:
    """All pairs at the openings of windows of so many days that have closed, the latest first, as far as there is room.
    """
    latest = past.until - days
    many = max((latest - counts.begin) // STEP_DAYS, 0) if len(counts.pairs) else 0
    room = max(MOST_CELLS // max(len(counts.pairs), 1), LEAST_WINDOWS)
    opens = latest - STEP_DAYS * np.arange(min(many, room))
    pair, opening = np.repeat(counts.pairs, len(opens)), np.tile(opens, len(counts.pairs))
    is_told = np.repeat(counts.first, len(opens)) < opening
    return _cells(past, counts, pair[is_told], opening[is_told])


def _cells(past: Past, counts: _Counts, pair: Integers, opens: Integers) -> Cells:
    """What pairs were like at the opening of windows."""
    actors, roles = max(len(past.actors), 1), len(past.roles) + 1
    quiet = (counts.within(pair, opens - QUIET_DAYS, opens) == 0).astype(np.int64)
    quiet += counts.within(pair, np.full(len(pair), counts.begin), opens) == 0  # 2: never told of
    sign = counts.sign(pair, opens - SIGN_DAYS, opens) + 1
    role = (past.role[pair // actors] + 1) * roles + past.role[pair % actors] + 1
    coded = np.stack([np.zeros(len(pair), np.int64), quiet, quiet * 3 + sign,
                      (quiet * 3 + sign) * roles * roles + role, (quiet > 0) * actors * actors + pair], axis=1)
    return Cells(pair, opens, coded)


def _hold(hits: Array, size: Array) -> float:
    """How many windows the wider class weighs in a narrower one: the fewer, the more the narrower ones differ.

    From the spread of their shares beyond that of chance, by moments (Kleinman 1973).
    """
    told = size > 0
    total, groups = float(size.sum()), int(told.sum())
    mean = float(hits.sum()) / total if total else 0.0
    room = total - float((size ** 2).sum()) / total - (groups - 1) if total else 0.0
    if groups < 3 or not 0 < mean < 1 or room <= 0:
        return USUAL_HOLD
    spread = float((size[told] * (hits[told] / size[told] - mean) ** 2).sum())
    excess = (spread - mean * (1 - mean) * (groups - 1)) / (mean * (1 - mean) * room)
    return float(np.clip(1 / excess - 1, LEAST_HOLD, MOST_HOLD)) if excess > 0 else MOST_HOLD
