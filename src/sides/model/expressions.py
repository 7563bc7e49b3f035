"""Dates as English writes them, turned into partial dates: "late July", "last month", "between 2014 and 2016".

Nothing is made more precise than the words are: "early 2012" is 2012, "last month" is a month. What cannot be told
from the words, the document's date and the dates before them stays unresolved: an interval with neither end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sides.model import shifts
from sides.model.date_words import Words, grammar
from sides.model.dates import Interval, PartialDate
from sides.model.errors import DateError
from sides.model.shifts import Unit

LEAD_CHARS = 24  # how far before an expression the words are looked for that decide what it bounds
# "A few months ago" may be anything from two to six of them: the reading takes the middle and gives the year alone.
FEW = 4
MATCHES_KEPT = 1024  # texts: a document is gone through twice, first to tell whether it is about the past


@dataclass(frozen=True, slots=True)
class Expression:
    """A stretch of text that gives a date, an interval or a length of time.

    `kind`: `date` (stands on its own), `relative` (counted from the document's date), `anaphoric` (counted from a date
    before it in the text), `now`, `interval`, `duration` and `unresolved`; the last two have an interval without ends.
    `ahead` is the reading where the sentence looks to the future ("on Tuesday", "in May"); `None` where there is no
    other. `bound` is `since` or `until` where that word comes before, and is already worked into the interval.
    `began` is the year in which a length of time began that reaches the document ("for ten years", "ten-year-old").
    """

    begin: int
    end: int
    interval: Interval
    kind: str
    ahead: Interval | None = None
    bound: str | None = None
    began: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    interval: Interval
    kind: str
    ahead: Interval | None = None
    began: PartialDate | None = None


_UNRESOLVED = _Found(Interval(), "unresolved")


@dataclass(frozen=True, slots=True)
class _Context:
    """One match of a rule, and what its date may be counted from."""

    words: Words
    anchor: PartialDate
    reference: PartialDate | None
    telling: PartialDate | None
    before: str
    match: re.Match[str]

    def __getitem__(self, group: str) -> str | None:
        """The words of a group, folded: lower case, single spaces."""
        found = self.match.groupdict().get(group)
        return re.sub(r"\s+", " ", found).lower() if found else None


_Rule = Callable[[_Context], _Found | None]


def find(text: str, anchor: PartialDate, reference: PartialDate | None = None,
         telling: PartialDate | None = None) -> list[Expression]:
    """All date expressions of a text, from left to right, none overlapping another.

    `anchor` is the document's date. `reference` is the last date given before the text: "that October" and "two years
    later" are counted from it, or from the last date found in the text itself. `telling` is the date that the telling
    has reached: in a paragraph that opens with "In 2019", "in March" is March of 2019.

    >>> [str(found.interval.start) for found in find("They broke in early 2012 and met last month.",
    ...                                              PartialDate.parse("2022-07-11"))]
    ['2012', '2022-06']
    >>> [(str(found.interval.start), str(found.interval.end))
    ...  for found in find("from May to July 2021", PartialDate.parse("2022-07-11"))]
    [('2021-05', '2021-07')]
    """
    rules = grammar()
    found: list[Expression] = []
    if not rules.may_hold(text):
        return found
    for rule, match in _matches(text):
        begin, end = match.span()
        before = re.sub(r"\s+", " ", text[max(0, begin - LEAD_CHARS):begin].lower()).rstrip()
        try:
            made = _RULES[rule](_Context(rules.words, anchor, reference, telling, before, match))
        except (DateError, OverflowError):
            made = None  # "31 June", or a count that leaves the calendar: no date
        if made is None:
            continue
        bound = rules.words.bound(before)
        if bound is not None:
            made = _bounded(made, bound, is_decade=rule.startswith("decade"))
        found.append(Expression(begin, end, made.interval, made.kind, made.ahead, bound, made.began))
        given = made.interval.start or made.interval.end
        if given is not None and made.kind != "now":
            reference = given
    return found


@lru_cache(maxsize=MATCHES_KEPT)
def _matches(text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Where a text may give a date, and by which rule; what date it is depends on the dates before."""
    rules = grammar()
    found = ((str(scanned.lastgroup), scanned.span()) for scanned in rules.scanner.finditer(text))
    matches = ((rule, rules.patterns[rule].fullmatch(text, *span)) for rule, span in found)
    return tuple((rule, match) for rule, match in matches if match is not None)


def _bounded(made: _Found, bound: str, *, is_decade: bool) -> _Found:
    """The interval that "since" or "until" makes of a date. One that has its own two ends keeps them."""
    if made.kind == "interval" and not is_decade:
        return made
    if bound == "until":
        ends = made.interval.end or made.interval.start
        return _Found(Interval(None, ends), made.kind, Interval(None, made.ahead.start) if made.ahead else None)
    return _Found(Interval(made.interval.start, None), made.kind)


# The rules. Each takes a match and returns the date, or None where the words are no date after all.

def _at(date: PartialDate | None, kind: str = "date", ahead: PartialDate | None = None) -> _Found:
    if date is None:
        return _UNRESOLVED
    return _Found(Interval(date, None), kind, Interval(ahead, None) if ahead is not None else None)


def _iso(context: _Context) -> _Found | None:
    year, first, second = (int(context[name] or 0) for name in ("year", "month", "day"))
    return _at(PartialDate(year, first, second))


def _numeric(context: _Context) -> _Found | None:
    first, second, year = (int(context[name] or 0) for name in ("first", "second", "year"))
    if first > shifts.MONTHS_OF_YEAR:
        return _at(PartialDate(year, second, first))
    if second > shifts.MONTHS_OF_YEAR:
        return _at(PartialDate(year, first, second))
    return _at(PartialDate(year))  # 3/4/2021: March or April, by country


def _full(context: _Context) -> _Found | None:
    """Month and year, perhaps a day: "11 July 2022", "Jul 11, 2022", "May 2021", "May last year"."""
    month, day = context.words.months[context["month"] or ""], context["day"]
    year, which = context["year"], context["which"]
    number = int(year) if year else context.anchor.year - (1 if which == "last" else 0)
    if which in {"the same", "the following"}:
        if context.reference is None:
            return _UNRESOLVED
        number = context.reference.year + (1 if which == "the following" else 0)
    return _at(PartialDate(number, month, int(day) if day else None))


def _month(context: _Context) -> _Found | None:
    """A month without its year, perhaps a day: the latest that is not after the document, unless it looks ahead."""
    name, day, which = context["month"] or "", context["day"], context["which"]
    month = context.words.months[name]
    number = int(day) if day else None
    if not which and not day and not context.words.introduces_month(context.before, name):
        return None
    if which in {"that", "the same", "the following"}:
        if context.reference is None:
            return _UNRESOLVED
        return _at(shifts.at_or_after(context.reference, month, number), "anaphoric")
    if which in {"last", "the past"}:
        return _at(shifts.before(context.anchor, month, number), "relative")
    if which == "next":
        return _at(shifts.after(context.anchor, month, number), "relative")
    if which == "this":
        return _at(PartialDate(context.anchor.year, month, number), "relative")
    told = _told(context, month, number)
    if told is not None:
        return _at(told, "anaphoric")
    return _at(shifts.at_or_before(context.anchor, month, number), "date",
               shifts.at_or_after(context.anchor, month, number))


def _told(context: _Context, month: int, day: int | None) -> PartialDate | None:
    """The month or day in the year that the telling has reached, where that is another than the document's latest."""
    told, past = context.telling, shifts.at_or_before(context.anchor, month, day)
    if told is None or told.year >= past.year:
        return None
    then = PartialDate(told.year, month, day) if told.month is None else shifts.at_or_after(
        PartialDate(told.year, told.month), month, day)
    return then if then <= past else None


def _feast(context: _Context) -> _Found | None:
    """A feast gives its month: "last Christmas", "on New Year's Eve", "at Christmas 2019"."""
    month, year, which = context.words.feasts[context["feast"] or ""], context["year"], context["which"]
    if year:
        return _at(PartialDate(int(year), month))
    if which in {"that", "the same", "the following"}:
        if context.reference is None:
            return _UNRESOLVED
        return _at(shifts.at_or_after(context.reference, month, None), "anaphoric")
    told = _told(context, month, None) if not which else None
    if told is not None:
        return _at(told, "anaphoric")
    if which in {"next", "this"}:
        return _at(shifts.at_or_after(context.anchor, month, None), "relative")
    past = shifts.before if which else shifts.at_or_before
    return _at(past(context.anchor, month, None), "relative", shifts.at_or_after(context.anchor, month, None))


def _since_then(context: _Context) -> _Found | None:
    """"Ever since", "since then": from the date that was spoken of last, and no end."""
    return _at(context.reference, "anaphoric")


def _day_of_month(context: _Context) -> _Found | None:
    """"On the 18th": of the month that was spoken of last, or the latest such day."""
    day = int(context["day"] or 0)
    if context.reference is not None and context.reference.month is not None:
        return _at(PartialDate(context.reference.year, context.reference.month, day), "anaphoric")
    return _UNRESOLVED


def _year(context: _Context) -> _Found | None:
    year = int(context["year"] or 0)
    if not context["part"] and context.words.names_something(context.before, year):
        return None
    return _at(PartialDate(year))


def _decade(context: _Context) -> _Found | None:
    short, year = context["short"], context["year"]
    start = int(year) if year else context.words.nineties.get(context["word"] or "", 1900 + int(short or 0))
    return _Found(Interval(PartialDate(start), PartialDate(start + 9)), "interval")


def _season(context: _Context) -> _Found | None:
    """A season gives its year: none of its months is known."""
    year, which = context["year"], context["which"]
    if year:
        return _at(PartialDate(int(year)))
    begins, over = context.words.seasons[context["season"] or ""]
    anchor = context.anchor
    if which in {"that", "the same"}:
        return _at(PartialDate(context.reference.year) if context.reference else None, "anaphoric")
    if which in {"last", "the past", "the previous"}:
        is_over = anchor.month is not None and anchor.month > over
        return _at(PartialDate(anchor.year - (0 if is_over else 1)), "relative")
    if which in {"next", "the coming", "the following"}:
        is_ahead = anchor.month is not None and anchor.month < begins
        return _at(PartialDate(anchor.year + (0 if is_ahead else 1)), "relative")
    if which in {"this", "the"} or which is None:
        return _at(PartialDate(anchor.year), "relative")
    return _UNRESOLVED


def _weekday(context: _Context) -> _Found | None:
    day, which = context.words.weekdays[context["weekday"] or ""], context["which"]
    if context.words.repeats(context.before):
        return None
    if context.anchor.day is None:
        return _at(context.anchor, "relative")
    if which == "last":
        return _at(shifts.weekday(context.anchor, day, -1, include_today=False), "relative")
    if which in {"next", "this coming", "the coming"}:
        return _at(shifts.weekday(context.anchor, day, 1, include_today=False), "relative")
    if which in {"that", "the same", "the following"}:
        if context.reference is None or context.reference.day is None:
            return _UNRESOLVED
        return _at(shifts.weekday(context.reference, day, 1, include_today=which == "that"), "anaphoric")
    past = shifts.weekday(context.anchor, day, -1, include_today=True)
    return _at(past, "relative", shifts.weekday(context.anchor, day, 1, include_today=True))


def _day(context: _Context) -> _Found | None:
    """Yesterday, today, this morning, last night."""
    words = context["day"] or ""
    count = context.words.days.get(words, -1 if words.startswith("last") else 0)
    return _at(shifts.shifted(context.anchor, Unit("day", 1), count), "relative")


def _which(context: _Context) -> _Found | None:
    """"Last month", "this year", "the following week", "that day"."""
    which, unit = context["which"] or "", context.words.units[context["unit"] or ""]
    if context.words.says("back", which):
        return _at(shifts.period(context.anchor, unit, -1), "relative")
    if context.words.says("here", which):
        return _at(shifts.period(context.anchor, unit, 0), "relative")
    if context.words.says("ahead", which):
        return _at(shifts.period(context.anchor, unit, 1), "relative")
    if context.reference is None:
        return _UNRESOLVED
    count = context.words.from_reference[which]
    return _at(shifts.period(context.reference, unit, count), "anaphoric")


def _past_stretch(context: _Context) -> _Found | None:
    """"Over the past decade", "in the last three years": since then, and up to the document."""
    unit, count = context.words.units[context["unit"] or ""], context.words.number(context["number"] or "one")
    if count is None:
        return _at(_coarse(shifts.shifted(context.anchor, unit, -FEW)), "relative")
    start = shifts.shifted(context.anchor, unit, -count)
    return _at(start if unit.name != "day" else _coarse(start), "relative")


def _ago(context: _Context) -> _Found | None:
    """"Two years ago", "a month later": counted from the document, or from the date before."""
    unit, count = context.words.units[context["unit"] or ""], context.words.number(context["number"] or "")
    way = context["way"] or ""
    is_from_document = context.words.says("from_document", way)
    base = context.anchor if is_from_document else context.reference
    if base is None:
        return _UNRESOLVED
    sign = 1 if context.words.says("later", way) else -1
    kind = "relative" if is_from_document else "anaphoric"
    if count is None:
        if unit.name == "year":
            return _UNRESOLVED
        return _at(_coarse(shifts.shifted(base, unit, sign * FEW)), kind)
    date = shifts.shifted(base, unit, sign * count)
    if context["today"] and date is not None and unit.name == "year" and base.day is not None:
        return _at(PartialDate(date.year, base.month, base.day), kind)
    if context["rough"] and date is not None:
        date = _coarse(date)
    return _at(date, kind)


def _between(context: _Context) -> _Found | None:
    """Two dates with "from … to", "between … and" or a dash; the first may lack what the second tells."""
    words = context.words
    year_from, year_to = context["year_from"], context["year_to"]
    month_from, month_to = context["month_from"], context["month_to"]
    day_from, day_to = context["day_from"], context["day_to"]
    last = int(year_to) if year_to else None
    if last is not None and last < 100 and year_from:
        last += int(year_from) // 100 * 100
    first = int(year_from) if year_from else last
    if first is None:
        month = words.months[month_to or month_from or ""]
        told = _told(context, month, None)
        first = last = (told or shifts.at_or_before(context.anchor, month, None)).year
    if last is None:
        last = first
    begin = _made(first, words.months.get(month_from or month_to or "") if month_from or day_from else None, day_from)
    end = _made(last, words.months.get(month_to or month_from or "") if month_to or day_to else None, day_to)
    if year_from is None and begin > end:
        begin = PartialDate(begin.year - 1, begin.month, begin.day)  # "from November to March 2021"
    if begin.first > end.last:
        return None
    return _Found(Interval(begin, end), "interval")


def _made(year: int, month: int | None, day: str | None) -> PartialDate:
    return PartialDate(year, month, int(day) if day and month else None)


def _now(context: _Context) -> _Found | None:
    return _Found(Interval(context.anchor, None), "now")


def _recent(context: _Context) -> _Found | None:
    return _at(_coarse(context.anchor), "relative")


def _length(context: _Context) -> _Found | None:
    """A length of time. One that lasts ("for ten years") or is an age ("ten-year-old") began so long ago."""
    unit, count = context.words.units[context["unit"] or ""], context.words.number(context["number"] or "")
    words, rest = context.match.group(0).lower(), context.match.string[context.match.end():].lower()
    is_lasting = words.startswith("for ") or rest.startswith("-old")
    if not is_lasting or count is None or unit.name != "year":
        return _Found(Interval(), "duration")
    return _Found(Interval(), "duration", began=_coarse(shifts.shifted(context.anchor, unit, -count)))


def _coarse(date: PartialDate | None) -> PartialDate | None:
    return PartialDate(date.year) if date is not None else None


_RULES: Mapping[str, _Rule] = {
    "iso": _iso, "numeric": _numeric, "between_dates": _between, "between_days": _between, "between_years": _between,
    "between": _between, "day_first_full": _full, "day_last_full": _full, "month_full": _full, "month_of_year": _full,
    "day_first": _month, "day_last": _month, "month": _month, "season": _season, "season_of_year": _season,
    "season_bare": _season, "decade": _decade, "decade_short": _decade, "year": _year, "weekday": _weekday, "day": _day,
    "ago": _ago, "past_stretch": _past_stretch, "which": _which, "day_of_month": _day_of_month, "recent": _recent,
    "coming": _recent, "now": _now, "length": _length, "feast": _feast, "since_then": _since_then,
}
