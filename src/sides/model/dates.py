"""Dates as texts give them: to the day, the month or the year, and intervals of them.

A partial date stays partial: "2012" is neither 2012-01-01 nor 2012-07-01. Intervals are half-open, and an `end` of
`None` means *not known to have ended*.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from sides.model.errors import DateError

ISO_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day.

    Ordered by first day, the coarser first: 2012 < 2012-01 < 2012-01-01 < 2012-02.

    >>> str(PartialDate.parse("2012-07"))
    '2012-07'
    >>> PartialDate.parse("2012-07").after
    datetime.date(2012, 8, 1)
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise DateError(f"A day needs a month: {self.year}-?-{self.day}.")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise DateError(f"{self.year}-{self.month}-{self.day} is not a date ({error}).") from error

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read an ISO year, year-month or date. Raises `DateError` for anything else."""
        found = ISO_PARTIAL.fullmatch(text.strip())
        if found is None:
            raise DateError(f"{text!r} is not a date. Write it as 2021, 2021-06 or 2021-06-15.")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The date of a calendar day, to the day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return "day" if self.day is not None else "month" if self.month is not None else "year"

    @property
    def first(self) -> date:
        """The first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that the date may mean."""
        if self.day is not None:
            return self.first
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def after(self) -> date:
        """The first day that is surely later than the date."""
        last = self.last
        return last + timedelta(days=1) if last < date.max else date.max

    def contains(self, other: PartialDate) -> bool:
        """Whether every day that `other` may mean is one that this date may mean."""
        return self.first <= other.first and other.last <= self.last

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, -self.last.toordinal()) < (other.first, -other.last.toordinal())

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` until, and not including what comes after, `end`.

    `start` of `None`: the text does not say since when. `end` of `None`: not known to have ended.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None

    def overlaps(self, since: date | None, until: date | None) -> bool:
        """Whether some day of the interval may lie in the half-open window [`since`, `until`)."""
        begins = self.start.first if self.start else date.min
        ends = self.end.after if self.end else date.max
        return (until is None or begins < until) and (since is None or ends > since)
