"""The words of date expressions and the patterns made of them (`data/lexicon/dates.toml`)."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sides.model.shifts import Unit

# The blank space inside an expression: a line break with an indent, not a gap between paragraphs.
GAP = r"(?:[ \t]{1,3}|[ \t]?\n[ \t]{0,3})"
# An earlier number without a word like "in" or "since" before it is no year.
EARLIEST_BARE_YEAR = 1900
LONGEST_ABBREVIATION = 4
DIGIT, WORD = re.compile(r"\d"), re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of date expressions mean."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    units: Mapping[str, Unit]
    days: Mapping[str, int]
    from_reference: Mapping[str, int]
    nineties: Mapping[str, int]
    feasts: Mapping[str, int]
    lists: Mapping[str, tuple[str, ...]]

    def says(self, name: str, words: str | None) -> bool:
        """Whether the words stand in the list of this name."""
        return words in self.lists[name]

    def number(self, words: str) -> int | None:
        """How many; None for "a few" and "several"."""
        if "couple" in words:
            return 2
        parts = re.split(r"[ -]", words)
        known = [int(part) if part.isdigit() else self.numbers.get(part) for part in parts]
        counts = [count for count in known if count is not None]
        if len(counts) < len(known):
            return None
        return counts[0] * counts[1] if len(counts) == 2 and counts[1] == 100 else sum(counts)

    def bound(self, before: str) -> str | None:
        """Whether "since" or "until", or a word like them, stands right before."""
        before = re.sub(r"(?: (?:the|about|around|at least))+$", "", before)
        for name in ("since", "until"):
            if any(before == word or before.endswith(" " + word) for word in self.lists[name]):
                return name
        return None

    def repeats(self, before: str) -> bool:
        """Whether the day after these words comes again and again: "each Sunday"."""
        return self.says("repeated", _last(before))

    def introduces_month(self, before: str, month: str) -> bool:
        """Whether a bare "March" or "May" is the month; other months need no such word."""
        return not self.says("ambiguous_months", month) or self.says("before_month", _last(before))

    def names_something(self, before: str, year: int) -> bool:
        """Whether the number after these words is no year but a name or a count: "Resolution 1701"."""
        if year < EARLIEST_BARE_YEAR:
            return not self.says("before_year", _last(before))
        return self.says("numbered", _last(before))


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words, one pattern that finds every expression and names its rule, and the pattern of each rule."""

    words: Words
    signs: frozenset[str]
    scanner: re.Pattern[str]
    patterns: Mapping[str, re.Pattern[str]]

    def may_hold(self, text: str) -> bool:
        """Whether a text has a digit or one of the words without which nothing is a date expression."""
        return DIGIT.search(text) is not None or not self.signs.isdisjoint(WORD.findall(text.lower()))


@functools.cache
def grammar() -> Grammar:
    """The grammar of date expressions, compiled on first use."""
    data = tomllib.loads((resources.files("sides") / "data" / "lexicon" / "dates.toml").read_text(encoding="utf-8"))
    words = Words(
        months=data["months"], weekdays=data["weekdays"], numbers=data["numbers"], days=data["days"],
        nineties=data["nineties"], from_reference=data["from_reference"], feasts=data["feasts"],
        seasons={name: (begins, over) for name, (begins, over) in data["seasons"].items()},
        units={name: Unit(unit, count) for name, (unit, count) in data["units"].items()},
        lists={name: tuple(values) for name, values in data["words"].items()})
    sources = _sources(data)
    unnamed = {name: re.sub(r"\(\?P<\w+>", "(?:", source) for name, source in sources.items()}
    scanner = "|".join(f"(?P<{name}>{source})" for name, source in unnamed.items())
    return Grammar(words, _signs(data), _compiled(rf"(?<![\w$€£])(?<!\d[.,])(?:{scanner})(?![\w])"),
                   {name: _compiled(source) for name, source in sources.items()})


def _signs(data: Mapping[str, Any]) -> frozenset[str]:
    """One word of each expression that has no digit: the month, the unit, the last word of "in recent weeks"."""
    tables = [word for name in ("months", "weekdays", "seasons", "units", "days", "nineties") for word in data[name]]
    named = ("now", "recent", "coming", "since_then")
    phrases = [phrase.split()[-1] for name in named for phrase in data["words"][name]]
    phrases += [feast.split()[0].partition("'")[0] for feast in data["feasts"]]
    dayparts = ["morning", "afternoon", "evening", "night"]
    words = [*tables, *phrases, *dayparts]
    return frozenset(words) | frozenset(word + "s" for word in words)


def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source.replace(" ", GAP))


def _sources(data: Mapping[str, Any]) -> dict[str, str]:
    """The rules as regular expressions; where several match, the first counts. A space stands for a gap.

    Names of months and days are capitalized; other words are not, unless a sentence begins with them.
    """
    lists = data["words"]
    whole_months = [name for name in data["months"] if len(name) > LONGEST_ABBREVIATION] + ["may", "june", "july"]
    months = _named(data["months"])
    month = rf"(?P<month>{months})\.?"
    bare_month = f"(?P<month>{_named(whole_months)})"
    number = (rf"(?P<number>\d{{1,3}}|(?i:a couple of|a few|the few|several|few|many|"
              rf"(?:{_any(data['numbers'])})(?:(?: |-)(?:{_any(data['numbers'])}))?))")
    unit = rf"(?P<unit>(?:{_any(data['units'])}))"
    units = rf"(?P<unit>(?:{_any(data['units'])}))(?:s|'s|s'|’s|s’)?"
    part = rf"(?P<part>(?i:{_any(lists['parts'])})(?: |-)(?:the )?)?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<year>1[5-9]\d\d|20\d\d)"
    rough = rf"(?:(?P<rough>(?i:{_any(lists['rough'])})) )?"
    from_side = (rf"(?:(?:(?P<day_from>[0-3]?\d)(?:st|nd|rd|th)? )?(?P<month_from>{months})"
                 rf"(?:,? (?P<year_from>1[5-9]\d\d|20\d\d))?)")
    to_side = from_side.replace("_from", "_to")
    from_year = r"(?P<year_from>1[5-9]\d\d|20\d\d)"
    season = rf"(?P<season>{_any(data['seasons'])}|{_named(data['seasons'])})"
    which = "(?i:{})"
    anaphors = _any(data["from_reference"])
    near = _any([*lists["back"], *lists["here"], *lists["ahead"]])
    not_counted = rf"(?! (?:[a-z]+ )?(?:{_any(lists['counted'])})\b)(?![,.]\d)(?!%)"
    return {
        "iso": r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)",
        "numeric": r"(?P<first>[0-3]?\d)[/.](?P<second>[0-3]?\d)[/.](?P<year>(?:19|20)\d\d)",
        "between_dates": rf"{part}{from_side}(?: (?:to|and|until|till|through) | ?[-–—] ?)(?:the )?{to_side}",
        "between_days": rf"(?P<day_from>[0-3]?\d) ?(?:to|and|[-–—]) ?(?P<day_to>[0-3]?\d) (?P<month_to>{months})"
                        r"(?:,? (?P<year_to>1[5-9]\d\d|20\d\d))?",
        "between_years": rf"{from_year}(?: (?:to|until|till|through) | ?[-–—/] ?)"
                         r"(?P<year_to>1[5-9]\d\d|20\d\d|\d\d(?!\d|[-–—]))",
        "between": rf"(?i:between|from) {from_year} (?:to|and|until|till) (?P<year_to>1[5-9]\d\d|20\d\d)",
        "day_first_full": rf"{part}(?:the )?{day}(?: of)? {month},? {year}",
        "day_last_full": rf"{part}{month} {day},? {year}",
        "month_full": rf"{part}{month},?(?: of)? {year}",
        "month_of_year": rf"{part}{bare_month}(?: of)? (?P<which>last|this|the same|the following) year",
        "day_first": rf"{part}(?:the )?{day}(?: of)? {month}(?:,? (?P<which>last|this|the same|that) year)?",
        "day_last": rf"{part}{month} {day}(?!\d|,\d)",
        "month": rf"(?:(?P<which>{which.format('last|this|next|that|the same|the following|the past')}) )?{part}"
                 rf"{bare_month}",
        "season": rf"(?:(?P<which>{which.format('last|this|next|that|the same|the past|the coming|the previous')}) )"
                  rf"{part}{season}",
        "season_of_year": rf"{part}(?:the )?{season}(?: of)? {year}",
        "season_bare": rf"(?:in|since|until|during) the {season}(?! of)",
        "decade": rf"(?:the )?{part}(?P<year>1[5-9]\d0|20\d0)'?s",
        "decade_short": rf"(?:the )?{part}(?:['’‘](?P<short>\d0)s|(?P<word>{_any(data['nineties'])}))",
        "feast": rf"(?:(?P<which>{which.format('last|this|next|that|the same|the following')}) )?"
                 rf"(?P<feast>(?i:{_any(data['feasts'])}))(?: Day)?(?:,? (?P<year>1[5-9]\d\d|20\d\d))?",
        "since_then": rf"(?i:{_any(lists['since_then'])})",
        "past_stretch": rf"(?i:over|in|during|for|within|through|throughout) (?:the |these |his |her |its |their )?"
                        rf"(?:last|past|previous) {rough}(?:{number} )?{units}",
        "recent": which.format(_any(lists["recent"])),
        "coming": which.format(_any(lists["coming"])),
        "now": which.format(_any(lists["now"])),
        "weekday": r"(?:(?P<which>(?i:last|next|this coming|this|that|the same|the following|the coming)) )?"
                   rf"(?P<weekday>{_named(data['weekdays'])})",
        "day": rf"(?P<day>{which.format(_any(data['days']) + '|this (?:morning|afternoon|evening|day)|last night')})",
        "ago": rf"{rough}{number} {unit}s?(?: or (?:so|more))? "
               rf"(?P<way>{_any([*lists['from_document'], *lists['from_before']])}|on(?=[,;]))(?P<today> today)?",
        "which": rf"(?:(?i:{_any(lists['parts'])}) )?(?:(?i:earlier|later) )?(?P<which>{which.format(near)}|"
                 rf"{which.format(anaphors)}) {unit}(?!s)",
        "day_of_month": rf"(?i:on|until|since|by) the (?P<day>[0-3]?\d)(?:st|nd|rd|th)"
                        rf"(?=[.,;:)]| (?:{_any(lists['after_day'])})\b|\s*$)",
        "length": rf"(?:(?i:for|within|after|during) )?{rough}{number}(?: |-){unit}s?",
        "year": rf"{part}{year}{not_counted}",
    }


def _named(names: Iterable[str]) -> str:
    capitalized = sorted((name.capitalize() for name in names), key=lambda name: (-len(name), name))
    return "|".join([*capitalized, *(name.upper() for name in capitalized if len(name) > LONGEST_ABBREVIATION)])


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda word: (-len(word), word)))


def _last(before: str) -> str:
    return before.rpartition(" ")[2].lstrip("(\"“'")
