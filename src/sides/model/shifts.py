"""Calendar arithmetic on partial dates: so many months before, the Monday before last, the week that a day is in.

No result is more precise than the date that it is counted from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sides.model.dates import PartialDate

DAYS_OF_WEEK = 7
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A length of time: so many days, months or years ("fortnight" is 14 days)."""

    name: str
    count: int


def shifted(base: PartialDate, unit: Unit, count: int) -> PartialDate | None:
    """The date so many units away, as precise as the unit is; None where the base is too coarse to tell.

    >>> str(shifted(PartialDate(2022, 7, 11), Unit("month", 1), -2))
    '2022-05'
    """
    steps = unit.count * count
    if unit.name == "year":
        return PartialDate(base.year + steps)
    if unit.name == "month":
        return _month(base, steps) if base.month is not None else None
    if base.day is None:
        return base if abs(steps) < DAYS_OF_WEEK else None
    day = PartialDate.of(base.first + timedelta(days=steps))
    return day if unit.count == 1 else PartialDate(day.year, day.month)


def period(base: PartialDate, unit: Unit, count: int) -> PartialDate | None:
    """The week, month or year so many after the one that the date lies in.

    A week that reaches into another month or year is given as what holds all of it, if anything does.

    >>> str(period(PartialDate(2022, 7, 11), Unit("day", 7), -1))
    '2022-07'
    """
    if unit.count == DAYS_OF_WEEK and unit.name == "day":
        if base.day is None:
            return base
        monday = base.first - timedelta(days=base.first.weekday()) + timedelta(days=DAYS_OF_WEEK * count)
        sunday = monday + timedelta(days=DAYS_OF_WEEK - 1)
        if (monday.year, monday.month) == (sunday.year, sunday.month):
            return PartialDate(monday.year, monday.month)
        return PartialDate(monday.year) if monday.year == sunday.year else None
    return shifted(base, unit, count)


def weekday(base: PartialDate, day: int, step: int, *, include_today: bool) -> PartialDate:
    """The nearest such day of the week before (`step` -1) or after (`step` 1) a date known to the day.

    >>> str(weekday(PartialDate(2024, 2, 27), 4, -1, include_today=True))
    '2024-02-23'
    """
    today = base.first
    away = (today.weekday() - day if step < 0 else day - today.weekday()) % DAYS_OF_WEEK
    if away == 0 and not include_today:
        away = DAYS_OF_WEEK
    return PartialDate.of(today + timedelta(days=step * away))


def at_or_before(base: PartialDate, month: int, day: int | None) -> PartialDate:
    """The latest such month or day that does not begin after the date."""
    this = PartialDate(base.year, month, day)
    return this if this.first <= base.last else PartialDate(base.year - 1, month, day)


def at_or_after(base: PartialDate, month: int, day: int | None) -> PartialDate:
    """The earliest such month or day that is not over before the date."""
    this = PartialDate(base.year, month, day)
    return this if this.last >= base.first else PartialDate(base.year + 1, month, day)


def before(base: PartialDate, month: int, day: int | None) -> PartialDate:
    """The latest such month or day that is over before the date's month or day."""
    this = PartialDate(base.year, month, day)
    return this if this.last < base.first and this.month != base.month else PartialDate(base.year - 1, month, day)


def after(base: PartialDate, month: int, day: int | None) -> PartialDate:
    """The earliest such month or day that begins after the date's month or day."""
    this = PartialDate(base.year, month, day)
    return this if this.first > base.last and this.month != base.month else PartialDate(base.year + 1, month, day)


def _month(base: PartialDate, steps: int) -> PartialDate:
    assert base.month is not None
    years, month = divmod(base.month - 1 + steps, MONTHS_OF_YEAR)
    return PartialDate(base.year + years, month + 1)
