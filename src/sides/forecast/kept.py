"""Forecasts that were kept, and what became of them by later evidence (docs/outlook.md)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sides.forecast.answer import Forecast, Item
from sides.forecast.asked import Channel
from sides.forecast.of_ledger import LedgerEvents, calendar_day, day_number, ledger_log
from sides.ledger.forecasts import KeptForecast
from sides.ledger.settlement import NOBODY
from sides.model.dates import PartialDate
from sides.ties.lens import OPEN, Lens
from sides.ties.view import View

NOT_OVER = "its time is not over"
UNTOLD = "its time is over, and no such event is told of"
NO_ACTOR = "one of the two is no actor any more"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept forecast and whether the event came."""

    forecast: KeptForecast
    source: str  # as whom the two are shown now
    target: str
    came: bool | None  # none: open
    because: str
    event: Item | None = None  # the first that made it come true


def frozen(found: Forecast, *, version: str, horizon: date, lens: Lens = OPEN, exact: bool = False) -> KeptForecast:
    """A forecast in the form that is kept. `horizon`: the last day that documents tell of at present."""
    return KeptForecast(
        source=found.source, target=found.target, event=found.event, asked_on=found.asked_on, known=found.known,
        within_days=found.within_days, lens=str(lens), is_exact=exact, chance=found.chance, low=found.low,
        high=found.high, base_rate=found.base_rate, recurrence_rate=found.recurrence_rate,
        forecaster=found.forecaster, forecaster_version=version, horizon=horizon)


def resolved(view: View, forecasts: Sequence[KeptForecast], known: PartialDate, limit: date,
             about: Collection[str] = ()) -> list[Kept]:
    """What became of forecasts by what had been published by `known` and had happened by the day `limit`.

    An event of the days asked about makes a forecast come true as soon as it is told of, by whose word ever; it fails
    when these days are over and none is. Those made after `limit` are left out. `about`: only those between all of
    these actors.
    """
    shown = view.snapshot.settlement.shown
    found: list[Kept] = []
    logs: dict[bool, LedgerEvents] = {}
    every = [(one, shown(one.source), shown(one.target)) for one in forecasts if one.asked_on <= limit]
    some = [(one, source, target) for one, source, target in every if {source, target}.issuperset(about)]
    for one, source, target in some:
        if NOBODY in (source, target) or source == target:
            found.append(Kept(one, source, target, None, NO_ACTOR))
            continue
        if one.is_exact not in logs:
            logs[one.is_exact] = ledger_log(view, known, exact=one.is_exact, asked={
                name for _, *pair in some for name in pair if name})
        event = _first(logs[one.is_exact], one, source, target, min(one.until, limit))
        came = True if event else None if limit < one.until else False
        found.append(Kept(one, source, target, came, f"told of on {event.day}" if event else
                          NOT_OVER if came is None else UNTOLD, event))
    return found


def _first(told: LedgerEvents, one: KeptForecast, source: str, target: str, last: date) -> Item | None:
    """The first event that makes a forecast come true, if there is one until a day."""
    past = told.before(PartialDate.of(last))
    asked = Channel.named(one.event, past)
    rows = past.of_pair(past.actors.index(source), past.actors.index(target))
    rows = rows[asked.channels.members[past.kind[rows], asked.at] & (past.day[rows] > day_number(one.asked_on))]
    if not len(rows):
        return None
    row = int(np.min(rows))
    assert past.evidence is not None
    return Item(calendar_day(int(past.day[row])), source, past.kinds[past.kind[row]].name, target,
                "the first such event", told.claims[int(past.evidence[row])])
