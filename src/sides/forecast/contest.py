"""The questions that documents answered beforehand, put to our own forecasters as of that day.

A plan or prediction of an event, once it is judged, is a question of yes and no: would such an event come between the
two by that day? Each forecaster answers it from what had been published at the end of the day on which the document
came out, whoever made the prediction; nothing later counts. A time that begins later is asked about as a window of the
same length that opens on the next day: how far ahead it lies makes no difference to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from sides.forecast.event_log import EventLog, Past
from sides.forecast.features import Features
from sides.forecast.learned import Learned
from sides.forecast.learned_answer import too_short, unlike
from sides.forecast.of_ledger import ledger_log
from sides.forecast.questions import Channels, Questions
from sides.forecast.recurrence import Recurrence
from sides.forecast.reference_class import NAME, pooled
from sides.forecast.words import chance_said
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.ties.predictions import Fate, Prediction
from sides.ties.view import View
from sides.ties.windows import windows

BASE_RATE, RECURRENCE, LEARNED = "base rate", "recurrence", "learned"
RELATION = "a relation is predicted, no event: the tie model carried forward answers such questions"
SAME_TIME = "its time ends no later than its document's date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One prediction that is judged, as a question of yes and no, with everybody's answer."""

    prediction: Prediction
    asked_on: PartialDate  # what had been published by its last day was known
    within_days: int
    types: tuple[str, ...]  # events of any of these are a yes
    is_either_way: bool  # whether it makes no difference who does it to whom
    said: float  # what the speaker's words come to: the chance of the event
    came: bool
    chances: Mapping[str, float] = field(default_factory=dict)  # by forecaster


def asked(one: Prediction) -> Question | str:
    """A judged prediction as a question, or why it is none."""
    if one.type not in windows().borne_out:
        return RELATION
    opens = max(one.since, one.made.last + timedelta(days=1))
    if one.until < opens:
        return SAME_TIME
    return Question(
        prediction=one, asked_on=PartialDate.of(one.made.last), within_days=(one.until - opens).days + 1,
        types=tuple(sorted(kind.value for kind in windows().borne_out[one.type])),
        is_either_way=one.type.meaning.is_reciprocal, said=chance_said(one.evidence[0].quote, expects=one.expects),
        came=(one.fate is Fate.BORNE_OUT) is one.expects)


def answered(view: View, questions: Iterable[Question], *, exact: bool = False, learn: bool = True) -> list[Question]:
    """The questions with the chances of our forecasters, by the day they were asked on, as they were given else.

    `learn`: the learned forecaster too, where there was enough to learn from: it is fitted anew for each day.
    """
    by_day: dict[date, list[tuple[int, Question]]] = {}
    for place, one in enumerate(questions):
        by_day.setdefault(one.asked_on.last, []).append((place, one))
    found: dict[int, Question] = {}
    for day in sorted(by_day):
        told = ledger_log(view, PartialDate.of(day), exact=exact, asked={
            name for _, one in by_day[day] for name in (one.prediction.source, one.prediction.target)})
        for is_either_way in (False, True):
            some = [(place, one) for place, one in by_day[day] if one.is_either_way is is_either_way]
            if some:
                log = _both_ways(told.log) if is_either_way else told.log
                until = told.before(PartialDate.of(day)).until
                for (place, _), one in zip(some, _asked_of(log.before(until), [one for _, one in some], learn=learn),
                                           strict=True):
                    found[place] = one
    return [found[place] for place in sorted(found)]


def _asked_of(past: Past, questions: Sequence[Question], *, learn: bool) -> list[Question]:
    """The questions of one day."""
    sets = {", ".join(one.types): one.types for one in questions}
    channels = Channels.of_sets(past.kinds, sets)
    horizons = tuple(sorted({one.within_days for one in questions}))
    fitted: Learned | None = None
    found = []
    for one in questions:
        pair = Questions(*(np.array([past.actors.index(name)], np.int64)
                           for name in (one.prediction.source, one.prediction.target)))
        channel = channels.names.index(", ".join(one.types))
        curves = pooled(past, pair, channels, channel, (one.within_days,)).curves
        base = float(curves[0, 0, -1])
        plain = Recurrence(channels, one.within_days, np.full(len(channels), base))
        chances = {BASE_RATE: base, RECURRENCE: float(plain.chances(past, pair)[0, channel]),
                   NAME: float(curves[-1, 0, -1])}
        if learn and not too_short(past) and not unlike(past, pair):
            try:
                fitted = fitted or Learned.fit(past, channels, horizons)
            except ForecastError:  # no LightGBM, or nothing to learn from: the others have answered
                learn = False
            else:
                if (channels.names[channel], one.within_days) not in fitted.unlearned:
                    curve = fitted.curves(Features.of(past, pair, channels).values)
                    chances[LEARNED] = float(curve[0, channel, horizons.index(one.within_days)])
        found.append(replace(one, chances=chances))
    return found


def _both_ways(log: EventLog) -> EventLog:
    """The log as if each event had been done by either to the other."""
    twice = {name: np.concatenate([column, column]) for name, column in (("day", log.day), ("kind", log.kind))}
    source, target = np.concatenate([log.source, log.target]), np.concatenate([log.target, log.source])
    rows = np.unique(np.stack([twice["day"], source, target, twice["kind"]], axis=1).astype(np.int64), axis=0)
    return EventLog.of(*rows.T, actors=log.actors, kinds=log.kinds,
                       countries={log.actors[at]: log.countries[place] for at, place in enumerate(log.country)
                                  if place >= 0},
                       roles={log.actors[at]: log.roles[place] for at, place in enumerate(log.role) if place >= 0})
