"""What the learned forecaster says of one question of a ledger, where there is enough to learn from."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sides.forecast.answer import Point
from sides.forecast.backtest import Backtest, Climatology, share_interval
from sides.forecast.event_log import Past
from sides.forecast.explanation import Explainer, Reason
from sides.forecast.features import Features
from sides.forecast.learned import Hazard, Learned, training_origins
from sides.forecast.questions import Channels, Questions
from sides.forecast.scores import Array, Outcomes
from sides.model.errors import ForecastError
from sides.ties.derived import Columns, strings, texts

# Fewer teach trees nothing that pooling does not say. Judgement, from the benchmark's sets, which have more.
LEAST_EVENTS = 20_000
LEAST_DAYS = 730
CHECKED = 3  # windows on which an earlier fit is scored, for the interval
EARLIER = "earlier fit"


@dataclass(frozen=True, slots=True)
class Learnt:
    """Its answer."""

    points: tuple[Point, ...]
    reasons: tuple[Reason, ...]
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A fit, and for each of its horizons what an earlier fit had said of late, with what came of it."""

    learned: Learned
    said: tuple[Array, ...]  # by horizon, (N, C)
    came: tuple[Outcomes, ...]  # by horizon, (N, C)

    @classmethod
    def fit(cls, past: Past, channels: Channels, edges: Sequence[int],
            asked_about: Collection[int] | None = None) -> Taught:
        """Fitted on a past, and on what was the past when its last horizon opened. Raises `ForecastError`."""
        before = past.before(past.until - edges[-1])
        try:
            earlier = Learned.fit(before, channels, edges, asked_about=asked_about)
            scored = [_scored(past, before, earlier, place) for place in range(len(edges))]
        except ForecastError as error:
            raise ForecastError("The past is too short to tell how surely the learned forecaster speaks. Ask of a "
                                "later day.") from error
        return cls(Learned.fit(past, channels, edges, asked_about=asked_about),
                   tuple(one.chances[EARLIER] for one in scored), tuple(one.happened for one in scored))

    @property
    def columns(self) -> Columns:
        """All of it, to be kept."""
        one, told = self.learned, [hazard for stretch in self.learned.hazards for hazard in stretch]
        return {"channels": texts(one.channels.names), "members": one.channels.members,
                "horizons": np.array(one.horizons), "origins": np.array(one.origins, np.int64),
                "until": np.array(one.until), "questions": np.array(one.questions), "prevalence": one.prevalence,
                "base": np.array([each.base for each in told]), "events": np.array([each.events for each in told]),
                "trees": np.frombuffer(json.dumps([each.trees for each in told]).encode(), np.uint8),
                **{f"said {place}": said for place, said in enumerate(self.said)},
                **{f"came {place}": came for place, came in enumerate(self.came)}}

    @classmethod
    def of(cls, columns: Columns) -> Taught:
        """What such columns hold."""
        channels = Channels(strings(columns["channels"]), columns["members"])
        hazards = [Hazard(*told) for told in zip(columns["base"].tolist(), columns["events"].tolist(),
                                                json.loads(columns["trees"].tobytes()), strict=True)]
        size, horizons = len(channels), tuple(columns["horizons"].tolist())
        learned = Learned(channels, horizons,
                          tuple(tuple(hazards[at * size:(at + 1) * size]) for at in range(len(horizons))),
                          tuple(columns["origins"].tolist()), int(columns["until"]), int(columns["questions"]),
                          columns["prevalence"])
        return cls(learned, *(tuple(columns[f"{what} {at}"] for at in range(len(horizons)))
                              for what in ("said", "came")))


def too_short(past: Past) -> str | None:
    """Why a past is too little to learn from, or nothing of the kind."""
    days = past.until - int(past.day[0]) if len(past) else 0
    if len(past) < LEAST_EVENTS or days < LEAST_DAYS:
        return (f"Too little to learn from: {len(past)} events over {days} days, where the learned forecaster wants "
                f"{LEAST_EVENTS} over {LEAST_DAYS}.")
    return None


def unlike(past: Past, questions: Questions) -> str | None:
    """Why a dyad is none of those that are learned from, or nothing of the kind."""
    asked = Questions.eligible(past)
    if not ((asked.source == questions.source[0]) & (asked.target == questions.target[0])).any():
        return ("The learned forecaster has learned from dyads with three events, one of them in the last 180 days; "
                "this is none.")
    return None


def learnt(past: Past, features: Features, taught: Taught, channel: int, within_days: int) -> Learnt | str:
    """The answer of trees to one question, with an interval from how an earlier fit fared; or why there is none."""
    learned = taught.learned
    name, edges = learned.channels.names[channel], learned.horizons
    if unlearned := [days for of, days in learned.unlearned if of == name and days <= within_days]:
        return f"Too few events of {name} to learn from, up to {unlearned[0]} days."
    explainer = Explainer(learned, past, features.questions, features, learned.curves(features.values))
    told = explainer.explain(0, channel, edges.index(within_days))
    points = []
    for place, (days, chance) in enumerate(told.curve):
        low, high = share_interval(taught.said[place][:, channel], taught.came[place][:, channel], chance)
        points.append(Point(days, chance, min(low, chance), max(high, chance)))
    return Learnt(_rising(points), told.reasons, learned.name)


@dataclass(frozen=True, slots=True)
class _Within:
    """A fit, asked for one of its horizons."""

    fitted: Learned
    place: int
    name: str = EARLIER

    def chances(self, past: Past, questions: Questions) -> Array:
        values = Features.of(past, questions, self.fitted.channels).values
        return self.fitted.curves(values)[:, :, self.place]


def _scored(past: Past, before: Past, earlier: Learned, place: int) -> Backtest:
    """What a fit on what was `before` said within a horizon in the windows that closed last."""
    days = earlier.horizons[place]
    origins = [past.until - days * back for back in range(CHECKED, 0, -1) if past.until - days * back >= before.until]
    base = Climatology.fit(before, earlier.channels, days, training_origins(before, days)[-CHECKED:])
    return Backtest.run(past, earlier.channels, days, origins, [_Within(earlier, place)], base)


def _rising(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with ends that do not fall with the horizon, as chances do not."""
    found: list[Point] = []
    for one in points:
        if found:
            one = replace(one, low=max(one.low, found[-1].low), high=max(one.high, found[-1].high))
        found.append(replace(one, low=min(one.low, one.chance)))
    return tuple(found)
