"""How far from what was said or done its effects are looked for, and what counts as one: `data/ties/outlook.toml`."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sides.model.claim_type import ClaimType, Kind, Layer
from sides.ties.evidence import Evidence

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Windows:
    """The tables of the file. Lengths are in months."""

    event: int
    tie: int
    late_report: int
    mediation: int
    undated_mediation: int
    audience: int
    sure: float
    believed: float
    news_fades: float
    reports: int
    borne_out: Mapping[ClaimType, frozenset[ClaimType]]
    refused: tuple[str, ...]
    given: frozenset[ClaimType]
    withheld: frozenset[ClaimType]
    given_on: frozenset[ClaimType]
    fields: frozenset[Layer]
    reacts: frozenset[ClaimType]

    def horizon(self, kind: ClaimType) -> int:
        """How long a prediction of a type without a date is open, in months."""
        return self.tie if kind.meaning.kind is Kind.TIE else self.event


@cache
def windows() -> Windows:
    """The shipped windows."""
    table = tomllib.loads((files("sides") / "data/ties/outlook.toml").read_text(encoding="utf-8"))
    return Windows(
        **table["months"], **table["judging"],
        borne_out={ClaimType(name): frozenset(map(ClaimType, found)) for name, found in table["borne_out"].items()},
        refused=tuple(table["refused"]["words"]),
        given=frozenset(map(ClaimType, table["flows"]["given"])),
        withheld=frozenset(map(ClaimType, table["flows"]["withheld"])),
        given_on=frozenset(map(ClaimType, table["flows"]["given_on"])),
        fields=frozenset(map(Layer, table["flows"]["fields"])),
        reacts=frozenset(map(ClaimType, table["audience"]["reacts"])))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month; the end of time where it lies beyond.

    >>> months_later(date(2012, 10, 31), 4)
    datetime.date(2013, 2, 28)
    """
    year, month = divmod(MONTHS_OF_YEAR * day.year + day.month - 1 + months, MONTHS_OF_YEAR)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def tells_of(one: Evidence, first: date, last: date, late: int = 0) -> bool:
    """Whether a claim is about a stretch of time, both days included.

    A year must lie in it as a whole; of a month or day some part is enough. What the text gives no date for is about
    the time of its document, which may be up to `late` months after the stretch.
    """
    if last < first:
        return False
    if one.is_undated:
        return first <= one.document.published.last and one.document.published.first <= months_later(last, late)
    told = one.claim.start or one.claim.end or one.document.published
    if told.precision == "year":
        return first <= told.first and told.last <= last
    return first <= told.last and told.first <= last
