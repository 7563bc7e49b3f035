"""What the learned forecaster says of one question of a ledger, where there is enough to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sides.forecast.answer import Point
from sides.forecast.backtest import Backtest, Climatology
from sides.forecast.event_log import Past
from sides.forecast.explanation import Explainer, Reason
from sides.forecast.features import Features
from sides.forecast.learned import Learned, training_origins
from sides.forecast.questions import Channels, Questions
from sides.forecast.scores import Array
from sides.model.errors import ForecastError

# Fewer teach trees nothing that pooling does not say. Judgement, from the benchmark's sets, which have more.
LEAST_EVENTS = 20_000
LEAST_DAYS = 730
CHECKED = 3  # windows on which an earlier fit is scored, for the interval


@dataclass(frozen=True, slots=True)
class Learnt:
    """Its answer."""

    points: tuple[Point, ...]
    reasons: tuple[Reason, ...]
    name: str


def too_little(past: Past, questions: Questions) -> str | None:
    """Why there is too little to learn from, or nothing of the kind that is learned from."""
    days = past.until - int(past.day[0]) if len(past) else 0
    if len(past) < LEAST_EVENTS or days < LEAST_DAYS:
        return (f"Too little to learn from: {len(past)} events over {days} days, where the learned forecaster wants "
                f"{LEAST_EVENTS} over {LEAST_DAYS}.")
    asked = Questions.eligible(past)
    if not ((asked.source == questions.source[0]) & (asked.target == questions.target[0])).any():
        return ("The learned forecaster has learned from dyads with three events, one of them in the last 180 days; "
                "this is none.")
    return None


def learnt(past: Past, questions: Questions, channels: Channels, channel: int, edges: Sequence[int],
           within_days: int) -> Learnt | str:
    """The answer of trees fitted on the past, with an interval from how an earlier fit fared; or why there is none."""
    try:
        learned = Learned.fit(past, channels, edges)
    except ForecastError as error:
        return str(error)
    if unlearned := [days for name, days in learned.unlearned
                     if name == channels.names[channel] and days <= within_days]:
        return f"Too few events of {channels.names[channel]} to learn from, up to {unlearned[0]} days."
    told = Explainer.of(learned, past, questions).explain(0, channel, edges.index(within_days))
    before = past.before(past.until - edges[-1])
    try:
        earlier = Learned.fit(before, channels, edges)
    except ForecastError:
        return "The past is too short to tell how surely the learned forecaster speaks."
    points = tuple(_point(past, before, earlier, channel, place, chance)
                   for place, (_, chance) in enumerate(told.curve))
    return Learnt(_rising(points), told.reasons, learned.name)


@dataclass(frozen=True, slots=True)
class _Within:
    """A fit, asked for one of its horizons."""

    fitted: Learned
    place: int
    name: str = "earlier fit"

    def chances(self, past: Past, questions: Questions) -> Array:
        values = Features.of(past, questions, self.fitted.channels).values
        return self.fitted.curves(values)[:, :, self.place]


def _point(past: Past, before: Past, earlier: Learned, channel: int, place: int, chance: float) -> Point:
    """The chance within a horizon, with the share that came true of like forecasts of a fit on what was `before`."""
    days, asker = earlier.horizons[place], _Within(earlier, place)
    origins = [past.until - days * back for back in range(CHECKED, 0, -1) if past.until - days * back >= before.until]
    base = Climatology.fit(before, earlier.channels, days, training_origins(before, days)[-CHECKED:])
    scored = Backtest.run(past, earlier.channels, days, origins, [asker], base)
    low, high = scored.interval(asker.name, channel, chance)
    return Point(days, chance, min(low, chance), max(high, chance))


def _rising(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with ends that do not fall with the horizon, as chances do not."""
    found: list[Point] = []
    for one in points:
        if found:
            one = replace(one, low=max(one.low, found[-1].low), high=max(one.high, found[-1].high))
        found.append(replace(one, low=min(one.low, one.chance)))
    return tuple(found)
