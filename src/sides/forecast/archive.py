"""The logs of a ledger by the day until which documents count, and what was learned from them: kept on disk.

What is learned is learned from what had been published by the end of the quarter before the one asked in. So it hangs
on that day alone, serves all questions of a quarter, and knows nothing that came later, whether it is found or made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sides.forecast.event_log import EventLog, Past
from sides.forecast.learned_files import Kept, content
from sides.forecast.of_ledger import KINDS, LedgerEvents, ledger_log, with_actors
from sides.model.dates import PartialDate
from sides.ties.derived import Columns, strings, texts
from sides.ties.lens import OPEN, Lens
from sides.ties.view import View


@dataclass(frozen=True, slots=True)
class Archive:
    """What a ledger tells of under a lens, by what was known when."""

    view: View
    kept: Kept
    lens: Lens = OPEN
    exact: bool = False

    @classmethod
    def of(cls, view: View, lens: Lens = OPEN, *, exact: bool = False) -> Archive:
        """That of a view; nothing is kept where judgements are only tried out."""
        return cls(view, Kept(view.snapshot.folder if view.snapshot.is_as_kept else None), lens, exact)

    def log(self, known: PartialDate, asked: Collection[str] = ()) -> LedgerEvents:
        """As `ledger_log`."""
        snapshot = self.view.snapshot
        key = (str(snapshot.version), snapshot.batch, known.last.isoformat(), str(self.lens), str(self.exact))
        made = self.kept.columns("log", key, lambda: _columns(ledger_log(self.view, known, lens=self.lens,
                                                                         exact=self.exact)))
        return with_actors(self.view, _events(made, known), asked)

    def fitting(self, known: PartialDate) -> tuple[LedgerEvents, Past]:
        """What forecasts of a day are learned from: see the head of the module."""
        day = quarter_before(known.last)
        told = self.log(PartialDate.of(day))
        return told, told.before(PartialDate.of(day))

    def learned(self, kind: str, past: Past, how: Collection[str], make: Callable[[], Columns]) -> Columns:
        """What was learned of a kind from a past; learned now if it is not kept. `how`: all else that it hangs on."""
        return self.kept.columns(kind, (*how, str(past.until), content((
            past.day, past.source, past.target, past.kind, past.actors, [str(one) for one in past.kinds], past.country,
            past.role, past.countries, past.roles))), make)


def quarter_before(day: date) -> date:
    """The last day of the quarter before the one of a day.

    >>> quarter_before(date(2015, 6, 30)).isoformat(), quarter_before(date(2015, 1, 1)).isoformat()
    ('2015-03-31', '2014-12-31')
    """
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


def _columns(told: LedgerEvents) -> Columns:
    log = told.log
    assert log.evidence is not None
    return {"day": log.day, "source": log.source, "target": log.target, "kind": log.kind, "evidence": log.evidence,
            "country": log.country, "role": log.role, "actors": texts(log.actors), "countries": texts(log.countries),
            "roles": texts(log.roles), "claims": np.array([int(one, 16) for one in told.claims], np.uint64),
            "names": texts(told.names[one] for one in log.actors),
            "left": np.array([told.without_month, told.ahead])}


def _events(columns: Columns, known: PartialDate) -> LedgerEvents:
    actors = strings(columns["actors"])
    for name in ("day", "source", "target", "kind", "evidence", "country", "role"):
        columns[name].setflags(write=False)
    log = EventLog(columns["day"], columns["source"], columns["target"], columns["kind"], columns["evidence"], actors,
                   tuple(sorted(KINDS, key=lambda kind: kind.name)), columns["country"], columns["role"],
                   strings(columns["countries"]), strings(columns["roles"]))
    claims = tuple(f"{one:016x}" for one in columns["claims"].tolist())
    without_month, ahead = columns["left"].tolist()
    return LedgerEvents(log, known, claims, dict(zip(actors, strings(columns["names"]), strict=True)), without_month,
                        ahead)
