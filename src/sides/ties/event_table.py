"""Dated events of dyads, from a table or from a ledger: what the model of ties is fitted on.

A table is CSV, plain or gzipped, with a header of at least `date`, `source`, `target` and `type`: a day or a month,
two actors by any name, and one of the types of claims (PLOVER's among them). `sign` is -1, 0 or 1; without it the
type's usual one is taken. Dyads are unordered.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.model.errors import DateError, EmptyInput, MalformedInput, MissingInput
from sides.ties.evidence import Evidence
from sides.ties.parameters import PLACES
from sides.ties.signals import LAYER_PLACES, Reach, Signals, columns, month_of

COLUMNS = ("date", "source", "target", "type")
SIGNS = ("-1", "0", "1")


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """On a date, something of a type passed between two actors, in order of name."""

    date: PartialDate  # to the month at least
    actors: tuple[str, str]
    type: ClaimType
    sign: int


@dataclass(frozen=True, slots=True)
class Events:
    """Events, each once, in order of date; and what was not taken, each with its line or claim and the reason."""

    source: str
    rows: tuple[Event, ...]
    repeated: int  # rows that stood there again
    left_out: tuple[str, ...]
    without_month: int = 0  # claims of a ledger that are dated to no month, and do not count

    @classmethod
    def of(cls, source: str, rows: Iterable[Event], left_out: Iterable[str] = (), without_month: int = 0) -> Events:
        """From rows in any order."""
        listed = list(rows)
        once = sorted(set(listed), key=lambda one: (one.date, one.actors, one.type, one.sign))
        return cls(source, tuple(once), len(listed) - len(once), tuple(left_out), without_month)

    @property
    def dyads(self) -> tuple[tuple[str, str], ...]:
        """The dyads, in order of name."""
        return tuple(sorted({row.actors for row in self.rows}))

    def signals(self) -> Signals:
        """As the model takes them: each happened once, in its month, and is asserted; dyads by `dyads`.

        They speak of states alone, not of moves: in a stream where cooperation is reported every month, each report
        would make a move likelier, and a chain fitted on that would move all the time.
        """
        places = {dyad: place for place, dyad in enumerate(self.dyads)}
        return columns([
            (places[row.actors], Reach.ONCE, month, month, month, month, PLACES[row.type], row.sign,
             LAYER_PLACES[row.type.meaning.layer], False, 1.0, 0.0)
            for row in self.rows for month in (month_of(row.date.first),)])


def read_events(path: Path) -> Events:
    """The events of a table.

    Lines that make no sense are left out and named. Raises `MissingInput`, `MalformedInput` for what is no such table,
    and `EmptyInput` if nothing is left.
    """
    if not path.is_file():
        raise MissingInput(str(path), "is no file", "Name a CSV with the columns date, source, target, type.")
    found: list[Event] = []
    left_out: list[str] = []
    try:
        with _opened(path) as lines:
            reader = csv.DictReader(lines)
            lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if lacking:
                raise MalformedInput(str(path), f"has no column {' and no '.join(map(repr, lacking))}",
                                     "Its first line must name date, source, target, type and, if told, sign.")
            for row in reader:
                try:
                    found.append(_event(row))
                except ValueError as error:
                    left_out.append(f"{path.name}, line {reader.line_num}: {error}")
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise MalformedInput(str(path), f"cannot be read as a table ({error})",
                             "Write it anew, as CSV in UTF-8, plain or gzipped.") from error
    if not found:
        reason = f"holds no event that makes sense ({left_out[0]})" if left_out else "holds no event"
        raise EmptyInput(str(path), reason, "Give one row an event.")
    return Events.of(path.name, found, left_out)


def ledger_events(source: str, about: Iterable[Evidence], sides: Iterable[tuple[str, str]]) -> Events:
    """The asserted claims of a ledger as events: evidence with the two sides that it counts for. Raises `EmptyInput`.

    A claim is dated by its text, else by its document; one that is dated to no month does not count.
    """
    found: list[Event] = []
    without_month = 0
    for one, pair in zip(about, sides, strict=True):
        claim = one.claim
        if claim.modality is not Modality.ASSERTED or claim.kind is Kind.STRUCTURE:
            continue
        if one.date.month is None:
            without_month += 1
            continue
        found.append(Event(one.date, (min(pair), max(pair)), claim.type, claim.sign))
    if not found:
        raise EmptyInput(source, "has no asserted claim that is dated to a month", "Read more into it.")
    return Events.of(source, found, without_month=without_month)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _event(row: dict[str, str | None]) -> Event:
    """One line. Raises `ValueError` with the reason."""
    cells = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "sign")}
    for name in COLUMNS:
        if not cells[name]:
            raise ValueError(f"{name} is empty")
    try:
        date = PartialDate.parse(cells["date"])
    except DateError as error:
        raise ValueError(f"{cells['date']!r} is not a date; write 2014-06-15 or 2014-06") from error
    if date.month is None:
        raise ValueError(f"{cells['date']!r} tells no month; write 2014-06-15 or 2014-06")
    kind = next((one for one in ClaimType if one == cells["type"]), None)
    if kind is None:
        raise ValueError(f"{cells['type']!r} is no type; the types are {', '.join(ClaimType)}")
    if kind.meaning.kind is Kind.STRUCTURE:
        raise ValueError(f"{kind} tells who belongs where, not how two stand")
    if cells["sign"] and cells["sign"] not in SIGNS:
        raise ValueError(f"sign {cells['sign']!r} is none of -1, 0, 1")
    if cells["source"] == cells["target"]:
        raise ValueError(f"{cells['source']!r} stands on both sides")
    pair = sorted((cells["source"], cells["target"]))
    return Event(date, (pair[0], pair[1]), kind, int(cells["sign"] or kind.meaning.sign))
