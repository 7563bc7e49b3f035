"""Dates of publication as names, addresses and lines of text write them. A partial date stays partial."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from sides.documents.tables import table
from sides.model.dates import PartialDate
from sides.model.errors import DateError

EARLIEST_IN_NAME = 1900  # an eight-digit number in a name that would be an older date is a number
EARLIEST_IN_TEXT = 1600
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-](\d{1,2}|[a-z]{3,9})[/_-](\d{1,2})(?!\d)", re.I)
URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](\d{2}|[a-z]{3,9})(?=/|$)", re.I)
COMPACT_DAY = re.compile(r"(?<![\da-z])((?:19|20)\d\d)(\d\d)(\d\d)(?![\da-z])", re.I)
NAME_DAY = re.compile(r"(?<![\da-z])((?:19|20)\d\d)([-_. ])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})(?![\da-z])", re.I)
NAME_DAY_FIRST = re.compile(r"(?<![\da-z])(\d{1,2})([-_. ])([a-z]{3,9})\2((?:19|20)\d\d)(?![\da-z])", re.I)
NAME_MONTH = re.compile(r"(?<![\da-z])((?:19|20)\d\d)[-_](\d\d)(?![\da-z]|[-_.]\d)", re.I)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date in a line about publication, and how the line labels it: `published`, `updated` or nothing."""

    date: PartialDate
    label: str | None = None


def date_of(year: str | int, month: str | int | None = None, day: str | int | None = None, *,
            earliest: int = EARLIEST_IN_TEXT) -> PartialDate | None:
    """A date of digits or an English month's name, or nothing if it is none.

    >>> str(date_of("2014", "Sept.", "3"))
    '2014-09-03'
    """
    if isinstance(month, str):
        months = table("dates")["months"]
        month = int(month) if month.isdecimal() else months.get(month.lower().rstrip("."))
        if month is None:
            return None
    try:
        found = PartialDate(int(year), month, int(day) if day is not None else None)
    except DateError:
        return None
    return found if found.year >= earliest else None


def in_url(url: str) -> PartialDate | None:
    """The date in the path of an address.

    >>> str(in_url("https://example.org/world/2021/jun/15/talks"))
    '2021-06-15'
    >>> str(in_url("https://example.org/2021/06/talks.html"))
    '2021-06'
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in (URL_DAY, COMPACT_DAY):
        for found in pattern.finditer(path):
            date = date_of(*found.groups(), earliest=EARLIEST_IN_NAME)
            if date is not None:
                return date
    for found in URL_MONTH.finditer(path):
        date = date_of(*found.groups(), earliest=EARLIEST_IN_NAME)
        if date is not None:
            return date
    return None


def in_name(name: str) -> PartialDate | None:
    """The date in the name of a file; a year alone is more often a subject than a date.

    >>> str(in_name("reports/foo_20210615.html")), str(in_name("2021-06 digest.txt")), in_name("coup-2021.txt")
    ('2021-06-15', '2021-06', None)
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("_", "-")
    for pattern, order in ((NAME_DAY, (1, 3, 4)), (COMPACT_DAY, (1, 2, 3)), (NAME_DAY_FIRST, (4, 3, 1))):
        for found in pattern.finditer(last):
            date = date_of(*(found.group(index) for index in order), earliest=EARLIEST_IN_NAME)
            if date is not None:
                return date
    month = NAME_MONTH.search(last)
    return date_of(*month.groups(), earliest=EARLIEST_IN_NAME) if month else None


@cache
def date_pattern() -> str:
    """A regular expression of all ways to write a date in English; its groups are read by `written_date`."""
    months = "|".join(sorted(table("dates")["months"], key=lambda month: (-len(month), month)))
    ordinal = r"(?:st|nd|rd|th)?"
    return "|".join((
        rf"(?P<d1>\d{{1,2}}){ordinal}(?:\s+of)?[\s-]+(?P<m1>{months})\.?,?[\s-]+(?P<y1>\d{{4}})",
        rf"(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}}){ordinal},?\s+(?P<y2>\d{{4}})",
        r"(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?",
        r"(?P<y4>\d{4})/(?P<m4>\d{1,2})/(?P<d4>\d{1,2})",
        r"(?P<d5>\d{1,2})\.\s?(?P<m5>\d{1,2})\.\s?(?P<y5>\d{4})",
        r"(?P<a6>\d{1,2})/(?P<b6>\d{1,2})/(?P<y6>\d{4})",
        rf"(?P<m7>{months})\.?,?\s+(?P<y7>\d{{4}})",
    ))


def written_date(found: re.Match[str]) -> PartialDate | None:
    """The date that a match of `date_pattern` stands for. 03/04/2014 may be March or April: only its year is sure."""
    groups = {key: value for key, value in found.groupdict().items() if value is not None}
    if "y6" in groups:
        first, second = int(groups["a6"]), int(groups["b6"])
        if first == second or second > 12:
            return date_of(groups["y6"], first, second)
        return date_of(groups["y6"], second, first) if first > 12 else date_of(groups["y6"])
    for index in "123457":
        if f"y{index}" in groups:
            return date_of(groups[f"y{index}"], groups[f"m{index}"], groups.get(f"d{index}"))
    return None


def parse_date(text: str) -> PartialDate | None:
    """A text that is a date and nothing else.

    >>> str(parse_date("July 16th, 2018")), str(parse_date("March 2014")), str(parse_date("03/04/2014"))
    ('2018-07-16', '2014-03', '2014')
    """
    found = re.fullmatch(date_pattern(), text.strip(), re.I)
    return written_date(found) if found else None
