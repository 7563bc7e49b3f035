"""The forecasts that a ledger would have given on earlier days, scored by what it tells now.

On each origin every forecaster is given the log of what had been published by then, as `asked` gives it; what came is
told by all that is known now. So a document that tells of old events late is of no help to a forecast before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sides.forecast.backtest import Backtest, Climatology, Forecaster
from sides.forecast.calibration import calibrate
from sides.forecast.event_log import Past
from sides.forecast.learned import Learned, training_origins
from sides.forecast.learned_answer import LEAST_DAYS, LEAST_EVENTS
from sides.forecast.of_ledger import LedgerEvents, calendar_day, day_number, ledger_log
from sides.forecast.pair_table import QUIET_DAYS
from sides.forecast.questions import Channels, Questions, happened
from sides.forecast.recurrence import Recurrence
from sides.forecast.reference_class import ReferenceClass
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.ties.lens import OPEN, Lens
from sides.ties.view import View

LEAST_STEP_DAYS = 30
FEW_QUESTIONS = 200  # with fewer of the usual kind, all dyads ever told of are asked about
MAPPED_QUESTIONS = 500  # so many teach a calibrated recurrence


@dataclass(frozen=True, slots=True, eq=False)
class Rolled:
    """A back-test of a ledger."""

    backtest: Backtest
    events: int  # known now
    notes: tuple[str, ...]
    actors: tuple[str, ...]  # by their places in the back-test, ids
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Who:
    """Which dyads are asked about."""

    least_events: int | None = None  # none: as everywhere

    @classmethod
    def enough(cls, pasts: Sequence[Past]) -> Who:
        """Dyads of the usual kind; where these are few, all that were ever told of."""
        return cls() if sum(len(cls().of(past)) for past in pasts) >= FEW_QUESTIONS else cls(1)

    def of(self, past: Past) -> Questions:
        """The questions of a day."""
        if self.least_events is None:
            return Questions.eligible(past)
        return Questions.eligible(past, least_events=self.least_events, active_days=past.until - int(past.day[0]) + 1
                                  if len(past) else 1)


def rolling(view: View, known: PartialDate, *, within_days: int = 30, origins: int = 12, lens: Lens = OPEN,
            exact: bool = False, learn: bool = True) -> Rolled:
    """The latest `origins` days whose windows have closed, asked about all four quad classes.

    Windows do not overlap. Raises `ForecastError` where nothing can be asked.
    """
    if within_days < 1 or origins < 1:
        raise ForecastError(f"A back-test of {origins} origins over {within_days} days scores nothing. Give 1 or more.")
    until, step = day_number(known.last) + 1, max(within_days, LEAST_STEP_DAYS)
    days = [until - within_days - step * back for back in range(origins - 1, -1, -1)]
    logs: list[tuple[int, LedgerEvents]] = []
    for day in days:
        told = ledger_log(view, PartialDate.of(calendar_day(day - 1)), lens=lens, exact=exact)
        if len(told.log.before(day)):
            logs.append((day, told))
    if not logs:
        raise ForecastError(f"Nothing was told before {calendar_day(days[-1])}, the last day on which a window of "
                            f"{within_days} days opens. Give shorter windows, or read more into the ledger.")
    now = ledger_log(view, known, asked={name for _, told in logs for name in told.log.actors}, lens=lens, exact=exact)
    notes = [] if len(logs) == len(days) else [f"{len(days) - len(logs)} of {len(days)} origins lie before the first "
                                               "document."]
    pasts = [(day, told.log.before(day)) for day, told in logs]
    who = Who.enough([past for _, past in pasts])
    if who.least_events is not None:
        notes.append("Few dyads have three events, one of them in the last 180 days: all that were ever told of are "
                     "asked about.")
    return scored(pasts, now.log.before(until), within_days, who, notes, names=now.names, learn=learn)


def scored(pasts: Sequence[tuple[int, Past]], now: Past, within_days: int, who: Who, notes: list[str], *,
           names: Mapping[str, str], learn: bool) -> Rolled:
    """The forecasts of some days, each made from what was known then, scored by what is known now."""
    channels = Channels.quads(now.kinds)
    climatology, forecasters = _taught(pasts[0][1], channels, within_days, who, notes, learn=learn)
    place = {name: at for at, name in enumerate(now.actors)}
    rows: list[tuple[int, Questions, NDArray[np.bool_], NDArray[np.bool_], list[NDArray[np.float64]]]] = []
    for day, past in pasts:
        asked = who.of(past)
        if not len(asked):
            continue
        places = np.array([place[name] for name in past.actors], np.int64)
        here = Questions(places[asked.source], places[asked.target])
        told = [(each.recalibrated(past) if isinstance(each, _Within) else each).chances(past, asked)
                for each in forecasters]
        rows.append((day, here, happened(now, here, channels, day, day + within_days),
                     ~happened(past, asked, channels, day - QUIET_DAYS, day), told))
    if not rows:
        raise ForecastError("On none of the origins was a dyad told of. Read more into the ledger.")
    if len(rows) == 1:
        notes.append("There is one origin: how days differ is not known, and skill has no interval.")
    found = Backtest(
        channels, within_days, np.concatenate([np.full(len(row[1]), row[0], np.int64) for row in rows]),
        np.concatenate([row[1].source for row in rows]), np.concatenate([row[1].target for row in rows]),
        np.concatenate([row[2] for row in rows]), np.concatenate([row[3] for row in rows]), climatology,
        {each.name: np.concatenate([row[4][at] for row in rows]) for at, each in enumerate(forecasters)})
    return Rolled(found, len(now), tuple(notes), tuple(now.actors), names)


@dataclass(frozen=True, slots=True)
class _Within:
    """The learned forecaster, with maps from the last closed window of each origin."""

    fitted: Learned
    name: str = "learned"

    def recalibrated(self, past: Past) -> _Within:
        return replace(self, fitted=self.fitted.recalibrated(past))

    def chances(self, past: Past, questions: Questions) -> NDArray[np.float64]:
        return self.fitted.chances(past, questions)


def _taught(first: Past, channels: Channels, within_days: int, who: Who, notes: list[str], *,
            learn: bool) -> tuple[Climatology, list[Forecaster]]:
    """Base rates and forecasters, from what was known on the first origin."""
    origins = training_origins(first, within_days)
    asked = [(first.before(day), who.of(first.before(day))) for day in origins]
    came = np.concatenate([np.zeros((0, len(channels)), np.bool_), *(
        happened(first, questions, channels, then.until, then.until + within_days) for then, questions in asked)])
    quiet = np.concatenate([np.zeros((0, len(channels)), np.bool_), *(
        ~happened(then, questions, channels, then.until - QUIET_DAYS, then.until) for then, questions in asked)])
    base, onsets = (came.sum(0) + .5) / (len(came) + 1), ((came & quiet).sum(0) + .5) / (quiet.sum(0) + 1)
    plain = Recurrence(channels, within_days, base)
    forecasters: list[Forecaster] = [plain, ReferenceClass(channels, within_days)]
    if len(came) >= MAPPED_QUESTIONS:
        told = np.concatenate([plain.chances(then, questions) for then, questions in asked])
        forecasters.insert(1, replace(plain, name="recurrence, calibrated", maps=tuple(
            calibrate(told[:, at], came[:, at]) for at in range(len(channels)))))
    else:
        notes.append(f"On the first origin {len(came)} questions had been answered: base rates are rough, and nothing "
                     "is calibrated on them.")
    if not learn:
        return Climatology(base, onsets, origins), forecasters
    span = first.until - int(first.day[0])
    if len(first) < LEAST_EVENTS or span < LEAST_DAYS:
        notes.append(f"Too little to learn from: on the first origin {len(first)} events over {span} days were known, "
                     f"where the learned forecaster wants {LEAST_EVENTS} over {LEAST_DAYS}.")
    else:
        try:
            forecasters.append(_Within(Learned.fit(first, channels, (within_days,))))
            notes.append("The learned forecaster is fitted once, on the first origin, and recalibrated on each later "
                         "one from the last window that had closed, where such a map would have helped before.")
        except ForecastError as error:
            notes.append(str(error))
    return Climatology(base, onsets, origins), forecasters
