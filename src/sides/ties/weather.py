"""Conflict weather: the chance that the next signed event of a dyad is hostile, from its events of earlier days.

A tie changes over months and years; the signs of its events come in spells of weeks. This is the fast level. A hidden
Markov model with five kinds of weather steps from week to week, and in each an event is hostile with a chance of its
own (Rabiner 1989). Its answer is stacked by a logistic regression (Wolpert 1992) with three plain ones: an average of
the signs that forgets (`memory_days`), one that does not, which stands for the slow level, and the last day's share.

The numbers stand in `data/ties/weather.toml`, with what they were fitted on: `benchmarks/ties_next_sign.py` fits them
and tests them on later years. They belong to coded events between states, of which one in eleven is hostile; where
hostile events are reported far more often, or by rarer sources, fit anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

WEEK_DAYS = 7
PRIOR_EVENTS = 1.0  # events at the base share that each average begins with
WEIGHTS = ("constant", "weather", "recent", "whole", "last")  # of the stack, in order
LEAST_CHANCE = 1e-5  # chances are kept this far from 0 and 1 where their logits are taken


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Days:
    """The signed events of streams, such as dyads, day by day: in order of stream, and of day in it; no day twice."""

    stream: Integers  # (N,)
    day: Integers  # (N,), counted so that day 0 is a Monday
    hostile: Array  # (N,), events
    cooperative: Array  # (N,)

    def __post_init__(self) -> None:
        same = self.stream[1:] == self.stream[:-1]
        if (self.stream[1:] < self.stream[:-1]).any() or (self.day[1:] <= self.day[:-1])[same].any():
            raise ValueError("The days are out of order, or one stands there twice. Give each stream's in order, once.")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sights:
    """What is known of each day of `Days` before it begins."""

    weather: Array  # (N, K), chances
    recent: Array  # (N,), hostile share of earlier events, those of `memory_days` ago counting 1/e
    whole: Array  # (N,), hostile share of all earlier events
    last: Array  # (N,), hostile share of the last day that had events


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weather:
    """The model: K kinds of weather, from the most hostile to the least, and the weights of the stack."""

    initial: Array  # (K,), in the first week with events
    transition: Array  # (K, K), from row to column in a week
    hostile: Array  # (K,), chance that an event is hostile
    base: float  # hostile share of all events that the model was fitted on
    memory_days: float
    weights: Array  # (5,): constant, logit of the weather's answer, of the recent and of the whole average; last share

    @classmethod
    def load(cls) -> Weather:
        """The model that ships with `sides`."""
        return _shipped()

    def chances(self, days: Days) -> Array:
        """(N,) chance that an event of the day is hostile, by the events of earlier days of its stream alone."""
        return self.stacked(self.sights(days))

    def stacked(self, sights: Sights) -> Array:
        """(N,) chance that an event is hostile, by the whole stack."""
        stacked: Array = 1 / (1 + np.exp(-self.inputs(sights) @ self.weights))
        return stacked

    def inputs(self, sights: Sights) -> Array:
        """(N, 5) what the stack weighs."""
        return np.stack([np.ones(len(sights.last)), logit(sights.weather @ self.hostile), logit(sights.recent),
                         logit(sights.whole), sights.last], axis=1)

    def sights(self, days: Days) -> Sights:
        """What is known of each day before it. Days of the same rank in their streams are taken together."""
        count, kinds = len(days.day), len(self.initial)
        weather = np.tile(self.initial, (count, 1))
        recent, whole, last = (np.full(count, self.base) for _ in range(3))
        if count == 0:
            return Sights(weather=weather, recent=recent, whole=whole, last=last)
        weeks = days.day // WEEK_DAYS
        same = days.stream[1:] == days.stream[:-1]
        powers = {gap: np.linalg.matrix_power(self.transition, gap) for gap in np.unique(np.diff(weeks)[same]).tolist()}
        chance = np.log(np.clip([self.hostile, 1 - self.hostile], 1e-300, 1))
        seen = np.zeros((count, kinds))  # the weather once the day's events are known
        sums = np.zeros((count, 2, 2))  # of the two averages: hostile events and all, once the day's are known
        starts = np.flatnonzero(np.diff(days.stream, prepend=days.stream[0] - 1))
        rank = np.arange(count) - np.repeat(starts, np.diff(starts, append=count))
        for now in np.split(by_rank := np.argsort(rank, kind="stable"), np.flatnonzero(np.diff(rank[by_rank])) + 1):
            if rank[now[0]] > 0:
                before = now - 1
                steps = np.stack([powers[gap] for gap in (weeks[now] - weeks[before]).tolist()])
                weather[now] = np.einsum("nk,nkj->nj", seen[before], steps)
                decay = np.exp(-(days.day[now] - days.day[before]) / self.memory_days)
                sums[now] = sums[before]
                sums[now, 0] *= decay[:, None]
                shares = (sums[now, :, 0] + PRIOR_EVENTS * self.base) / (sums[now, :, 1] + PRIOR_EVENTS)
                recent[now], whole[now] = shares.T
                events = days.hostile[before] + days.cooperative[before]
                last[now] = np.where(events > 0, days.hostile[before] / np.maximum(events, 1e-300), last[before])
            told = days.hostile[now, None] * chance[0] + days.cooperative[now, None] * chance[1]
            joint = weather[now] * np.exp(told - told.max(axis=1, keepdims=True))
            seen[now] = joint / joint.sum(axis=1, keepdims=True)
            sums[now] += np.stack([days.hostile[now], days.hostile[now] + days.cooperative[now]], axis=1)[:, None]
        return Sights(weather=weather, recent=recent, whole=whole, last=last)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the next signed event of a dyad may be, seen from the morning of a day."""

    hostile: float  # chance that it is hostile
    weather: tuple[float, ...]  # chance of each kind of weather, the most hostile first


def outlook(events: Iterable[tuple[date, int]], at: date, model: Weather | None = None) -> Outlook:
    """The outlook of a dyad from its signed events before `at`: days and signs, 1, 0 or -1, in any order.

    Events of sign 0 and those on or after `at` are not counted; without any, the outlook is that of a new stream.

    >>> calm = [(date(2014, month, 1), 1) for month in range(1, 7)]
    >>> storm = [(date(2014, 6, day), -1) for day in range(20, 28)]
    >>> outlook(calm, date(2014, 7, 1)).hostile < outlook(calm + storm, date(2014, 7, 1)).hostile
    True
    """
    counts: dict[int, list[float]] = {}
    for day, sign in events:
        if day < at and sign:
            counts.setdefault(day.toordinal() - 1, [0.0, 0.0])[0 if sign < 0 else 1] += 1
    rows = np.array([*(counts[day] for day in sorted(counts)), [0.0, 0.0]])
    days = Days(stream=np.zeros(len(rows), dtype=np.int64), day=np.array([*sorted(counts), at.toordinal() - 1]),
                hostile=rows[:, 0], cooperative=rows[:, 1])
    model = model or Weather.load()
    sights = model.sights(days)
    return Outlook(float(model.stacked(sights)[-1]), tuple(sights.weather[-1].tolist()))


def logit(chance: Array) -> Array:
    """The log odds of chances, which are kept `LEAST_CHANCE` from 0 and 1."""
    kept = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    odds: Array = np.log(kept / (1 - kept))
    return odds


@cache
def _shipped() -> Weather:
    table = tomllib.loads(files("sides").joinpath("data/ties/weather.toml").read_text(encoding="utf-8"))
    initial, transition = np.array(table["initial"]), np.array(table["transition"])
    return Weather(initial=initial / initial.sum(), transition=transition / transition.sum(axis=1, keepdims=True),
                   hostile=np.array(table["hostile"]), base=table["base"], memory_days=table["memory_days"],
                   weights=np.array([table["weights"][name] for name in WEIGHTS]))
