"""Gaps in coverage: days without any record, where the days around them leave no doubt that there were events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import exp
from statistics import median

# Less likely than this, and a stretch without records is no chance: over 100 years of days, one in 25 would be.
CHANCE = 1e-6
# How many of the same weekday are looked at before a stretch and after it, and how many must be within the dataset.
# Eight weeks are short beside the growth of coverage, and few enough that four can be asked of a young dataset.
WEEKS, FEWEST = 8, 4


@dataclass(frozen=True, slots=True)
class Gap:
    """From `first` to `last`, both included, a dataset has no record; about `expected` were to be expected."""

    dataset: str
    first: date
    last: date
    expected: float

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.last - self.first).days + 1


def gaps_in(daily: Iterable[tuple[str, date, int]]) -> Iterator[Gap]:
    """The gaps of datasets, from how many records each has by day (those with any), in order.

    A day is expected to have as many as the same weekday around the stretch: the median of the eight before or of the
    eight after, whichever is smaller, so that neither a weekly rhythm nor the start of a dataset is a gap. Were counts
    Poisson, a stretch would be empty with a chance of exp(-sum); under one in a million it is a gap.
    """
    for dataset, rows in groupby(daily, key=lambda row: row[0]):
        counts = {day: count for _, day, count in rows}
        days = sorted(counts)
        for before, after in pairwise(days):
            empty = (after - before).days - 1
            if empty:
                expected = _expected(counts, before, after, days[0], days[-1])
                if exp(-expected) < CHANCE:
                    yield Gap(dataset, before + timedelta(1), after - timedelta(1), round(expected, 1))


def _expected(counts: dict[date, int], before: date, after: date, first: date, last: date) -> float:
    """How many records were to be expected between two days."""
    usual = [0.0] * 7
    for weekday in range(7):
        sides = []
        for end, step in ((before, -1), (after, 1)):
            near = end + timedelta(step * ((weekday - end.weekday()) * step % 7))
            days = [near + timedelta(7 * step * week) for week in range(WEEKS)
                    if first <= near + timedelta(7 * step * week) <= last] if first <= near <= last else []
            sides.append(median(counts.get(day, 0) for day in days) if len(days) >= FEWEST else 0.0)
        usual[weekday] = min(sides)
    whole, rest = divmod((after - before).days - 1, 7)
    return whole * sum(usual) + sum(usual[(before.weekday() + 1 + day) % 7] for day in range(rest))
