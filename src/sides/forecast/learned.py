"""The forecaster that learns: boosted trees on features of the past, one for each channel and stretch of time.

The horizons cut the time ahead into stretches. For each, trees learn the chance that the first event falls into it,
given that none fell before: a hazard in discrete time (Singer and Willett 1993). Chances by horizon follow from the
hazards, and can only rise with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sides.forecast.boosting import Table, Values, chances
from sides.forecast.calibration import Isotonic, Line, calibrate
from sides.forecast.event_log import Past
from sides.forecast.features import Features
from sides.forecast.questions import Channels, Questions, happened
from sides.forecast.scores import Array, Outcomes, log_loss
from sides.model.errors import ForecastError

HORIZONS = (7, 30, 90, 365)
STEP_DAYS = 30  # between the origins that are learned from
RUN_UP_DAYS = 730  # of history before the first origin that is learned from; a third of all there is, if that is less
LEAST_EVENTS = 30  # of a channel in a stretch; below, nothing is learned and the base rate answers


@dataclass(frozen=True, slots=True, eq=False)
class Hazard:
    """The chance of the first event of a channel in a stretch, given none before it."""

    base: float  # among the questions learned from
    events: int  # learned from
    trees: str | None  # none where there were too few events
    map: Line | Isotonic = Line()  # noqa: RUF009  # frozen

    def of(self, values: Values) -> Array:
        """(Q,) by features; before its map."""
        return np.full(len(values), self.base) if self.trees is None else chances(self.trees, values)


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Trees for each channel and stretch, and what they were learned from."""

    channels: Channels
    horizons: tuple[int, ...]  # days, ascending
    hazards: tuple[tuple[Hazard, ...], ...]  # by stretch, then channel
    origins: tuple[int, ...]
    until: int  # the day before which everything learned from had happened
    questions: int  # learned from, over all origins
    prevalence: Array  # (C,), share of these with an event within the first horizon
    name: str = "learned"

    @classmethod
    def fit(cls, past: Past, channels: Channels, horizons: Sequence[int] = HORIZONS,
            origins: Sequence[int] | None = None, asked_about: Collection[int] | None = None) -> Learned:
        """Learned from earlier origins: a stretch from those for which it has closed when the past ends.

        Origins are `training_origins` if not given; the first horizon must have closed for all of them. Where only some
        channels are `asked_about`, the others are answered by their base rate. Trees give the same bytes for the same
        past. Raises `ForecastError` without LightGBM, and where there is nothing to learn from.
        """
        edges = checked(horizons)
        asked = tuple(training_origins(past, edges[0]) if origins is None else origins)
        if late := [origin for origin in asked if origin + edges[0] > past.until]:
            raise ForecastError(f"The window of origin {late[0]} closes after day {past.until}, where the past ends. "
                                f"Give origins up to day {past.until - edges[0]}.")
        rows = [_Rows.of(past, origin, channels, edges) for origin in asked]
        values = np.concatenate([row.features for row in rows]) if rows else np.zeros((0, 1), np.float32)
        if len(values) < 2:
            raise ForecastError(f"{len(asked)} origins before day {past.until} have {len(values)} questions to learn "
                                "from. Give a longer log, or ask for the recurrence forecast.")
        table = Table(values)
        wanted = range(len(channels)) if asked_about is None else asked_about
        hazards = tuple(tuple(_learned(table, rows, stretch, channel, is_wanted=channel in wanted)
                              for channel in range(len(channels))) for stretch in range(len(edges)))
        first = np.concatenate([row.happened[0] for row in rows])
        return cls(channels, edges, hazards, asked, past.until, len(values), first.mean(0))

    def chances(self, past: Past, questions: Questions) -> Array:
        """(Q, C) the chance of an event of each channel within the last horizon."""
        return self.curves(Features.of(past, questions, self.channels).values)[:, :, -1]

    def curves(self, values: Values) -> Array:
        """(Q, C, H) the chance within each horizon, from the values of `Features`; it never falls with the horizon."""
        none = np.ones((len(values), len(self.channels)))
        curve = np.empty((*none.shape, len(self.horizons)))
        for stretch, hazards in enumerate(self.hazards):
            for channel, hazard in enumerate(hazards):
                none[:, channel] *= 1 - hazard.map(hazard.of(values))
            curve[:, :, stretch] = 1 - none
        return curve

    def recalibrated(self, past: Past) -> Learned:
        """The same trees, with maps from the last window that has closed, where such a map would have helped before.

        A map is kept if the one of the window before makes the last window's log-loss smaller: a single window is noise
        and drift at once. Isotonic with 500 events or more, else a line on the logits. A stretch keeps the map it has
        until two of its windows have closed since the trees were learned, which fit what they have seen too well.
        """
        hazards = [list(stretch) for stretch in self.hazards]
        for stretch in range(len(self.horizons)):
            closes = self.horizons[stretch]
            if past.until - 2 * closes < self.until:
                continue
            earlier, last = (_Rows.of(past, past.until - closes * back, self.channels, self.horizons[:stretch + 1])
                             for back in (2, 1))
            for channel, hazard in enumerate(hazards[stretch]):
                (told, came), (told_last, came_last) = (
                    (hazard.of(rows.features[rows.is_asked(stretch, channel)]),
                     rows.happened[stretch][rows.is_asked(stretch, channel), channel]) for rows in (earlier, last))
                if not len(told) or not len(told_last):
                    continue
                if log_loss(calibrate(told, came)(told_last), came_last) < log_loss(told_last, came_last):
                    hazards[stretch][channel] = replace(hazard, map=calibrate(told_last, came_last))
        return replace(self, hazards=tuple(tuple(stretch) for stretch in hazards))

    @property
    def unlearned(self) -> tuple[tuple[str, int], ...]:
        """The channels and horizons for which there were too few events: their base rate answers."""
        return tuple((name, days) for days, stretch in zip(self.horizons, self.hazards, strict=True)
                     for name, hazard in zip(self.channels.names, stretch, strict=True) if hazard.trees is None)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The questions of an origin, and what came of them in each stretch that has closed."""

    features: Values  # (Q, F)
    happened: tuple[Outcomes, ...]  # by stretch, (Q, C)

    @classmethod
    def of(cls, past: Past, origin: int, channels: Channels, edges: Sequence[int]) -> _Rows:
        then = past.before(origin)
        questions = Questions.eligible(then)
        came = tuple(happened(past, questions, channels, origin + low, origin + high)
                     for low, high in pairwise((0, *edges)) if origin + high <= past.until)
        return cls(Features.of(then, questions, channels).values, came)

    def is_asked(self, stretch: int, channel: int) -> Outcomes:
        """(Q,) whether the stretch has closed, with none before it."""
        if stretch >= len(self.happened):
            return np.zeros(len(self.features), np.bool_)
        is_free = np.ones(len(self.features), np.bool_)
        for before in self.happened[:stretch]:
            is_free &= ~before[:, channel]
        return is_free


def _learned(table: Table, rows: Sequence[_Rows], stretch: int, channel: int, *, is_wanted: bool) -> Hazard:
    """The hazard of a channel in a stretch, from all rows that tell of it."""
    is_asked = np.concatenate([each.is_asked(stretch, channel) for each in rows])
    came = np.concatenate([each.happened[stretch][:, channel] if stretch < len(each.happened)
                           else np.zeros(len(each.features), np.bool_) for each in rows])
    events, asked = int(came[is_asked].sum()), int(is_asked.sum())
    is_enough = is_wanted and min(events, asked - events) >= LEAST_EVENTS
    return Hazard((events + .5) / (asked + 1), events, table.learn(came, is_asked) if is_enough else None)


def training_origins(past: Past, horizon_days: int, step_days: int = STEP_DAYS) -> tuple[int, ...]:
    """The days to learn from, counted back from the last whose first horizon has closed; empty for too short a past."""
    if not len(past):
        return ()
    first, last = int(past.day[0]), past.until - horizon_days
    begin = first + min(RUN_UP_DAYS, (past.until - first) // 3)
    return tuple(range(last, begin - 1, -step_days))[::-1]


def checked(horizons: Sequence[int]) -> tuple[int, ...]:
    """The horizons, if they rise from above 0."""
    edges = tuple(horizons)
    if not edges or any(low >= high for low, high in pairwise((0, *edges))):
        raise ForecastError(f"Horizons of {', '.join(map(str, edges)) or 'no'} days do not rise. Give days, ascending, "
                            "such as 7, 30, 90, 365.")
    return edges


