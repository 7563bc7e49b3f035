"""Dates as a caller gives them: ISO texts, days of the standard library, or partial dates."""

from __future__ import annotations

from datetime import date

from sides.model.dates import PartialDate

Date = str | PartialDate | date


def dated(value: Date) -> PartialDate:
    """A date as it was given: to the year, the month or the day. Raises `DateError`."""
    if isinstance(value, PartialDate):
        return value
    return PartialDate.of(value) if isinstance(value, date) else PartialDate.parse(value)


def partial(value: Date | None) -> PartialDate | None:
    """The same, where there may be none."""
    return None if value is None else dated(value)


def first_day(value: Date | None) -> date | None:
    """The first day that a date may mean."""
    found = partial(value)
    return found.first if found else None


def last_day(value: Date | None) -> date | None:
    """The last day that a date may mean."""
    found = partial(value)
    return found.last if found else None
