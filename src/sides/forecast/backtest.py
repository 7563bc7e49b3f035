"""Back-tests: forecasts made on earlier days, from what was known then, scored by what came.

Each origin is a day on which all eligible questions are asked, of all forecasters alike. Onsets, where the channel had
been quiet for 180 days, are scored apart: that an enmity goes on is easily said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sides.forecast.calibration import logit
from sides.forecast.event_log import Past
from sides.forecast.pair_table import QUIET_DAYS
from sides.forecast.questions import Channels, Integers, Questions, happened
from sides.forecast.scores import (
    Array,
    Bin,
    Outcomes,
    auc,
    average_precision,
    brier,
    calibration_error,
    log_loss,
    reliability,
    skill,
    skill_interval,
)
from sides.model.errors import ForecastError

POOLED = "pooled"
CLIMATOLOGY = "base rate"
NEAREST = 200  # forecasts around a chance, to see how often they came true


class Forecaster(Protocol):
    """Whoever gives chances for questions, from the past on whose last day they are asked."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    def chances(self, past: Past, questions: Questions) -> Array:
        """(Q, C) the chance of an event of each channel within the horizon."""


@dataclass(frozen=True, slots=True, eq=False)
class Climatology:
    """The share of earlier questions that came true, of all and of quiet ones: what one says who knows nothing more."""

    base: Array  # (C,)
    quiet: Array  # (C,), of those without an event of the channel in the 180 days before
    origins: tuple[int, ...]

    @classmethod
    def fit(cls, past: Past, channels: Channels, horizon_days: int, origins: Sequence[int]) -> Climatology:
        """The shares over origins whose windows have closed."""
        runs = [_asked(past, origin, channels, horizon_days) for origin in origins]
        if not sum(len(came) for _, came, _ in runs):
            raise ForecastError(f"None of {len(origins)} origins has a dyad to ask about. Give later origins.")
        came, quiet = (np.concatenate([run[at] for run in runs]) for at in (1, 2))
        return cls(came.mean(0), (came & quiet).sum(0) / np.maximum(quiet.sum(0), 1), tuple(origins))


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """N forecasts of every forecaster, for C channels, and what came."""

    channels: Channels
    horizon_days: int
    origin: Integers  # (N,)
    source: Integers  # (N,)
    target: Integers  # (N,)
    happened: Outcomes  # (N, C)
    is_onset: Outcomes  # (N, C), whether the channel had been quiet, so that an event is an onset
    climatology: Climatology
    chances: dict[str, Array]  # by forecaster, (N, C)

    @classmethod
    def run(cls, past: Past, channels: Channels, horizon_days: int, origins: Sequence[int],
            forecasters: Sequence[Forecaster], climatology: Climatology) -> Backtest:
        """Every forecaster asked on every origin; each is shown only the past of its origin.

        Raises `ForecastError` for an origin whose window has not closed when the past ends.
        """
        if not origins:
            raise ForecastError("A back-test has no origin. Give days on which to ask.")
        rows, told = [], []
        for origin in origins:
            rows.append(_asked(past, origin, channels, horizon_days))
            told.append([each.chances(past.before(origin), rows[-1][0]) for each in forecasters])
        return cls(
            channels, horizon_days, np.repeat(np.array(origins, np.int64), [len(row[0]) for row in rows]),
            np.concatenate([row[0].source for row in rows]), np.concatenate([row[0].target for row in rows]),
            np.concatenate([row[1] for row in rows]), np.concatenate([row[2] for row in rows]), climatology,
            {each.name: np.concatenate([some[at] for some in told]) for at, each in enumerate(forecasters)})

    def scores(self, reference: str) -> list[Score]:
        """All scores: of all questions, then of onsets; pooled, then by channel; in order of forecasters.

        Skill is over climatology, and over the forecaster named `reference`, with an interval from drawn origins.
        """
        if reference not in self.chances:
            raise ForecastError(f"No forecaster is named {reference!r}. Give one of: {', '.join(self.chances)}.")
        return [score for onsets in (False, True) for channel in (None, *range(len(self.channels)))
                for score in self._scores(reference, onsets, channel)]

    def _scores(self, reference: str, onsets: bool, channel: int | None) -> list[Score]:
        columns = list(range(len(self.channels))) if channel is None else [channel]
        kept = self.is_onset[:, columns] if onsets else np.ones((len(self.origin), len(columns)), np.bool_)
        if not kept.any():
            return []
        came = self.happened[:, columns][kept]
        block = np.broadcast_to(self.origin[:, None], kept.shape)[kept]
        shares = self.climatology.quiet if onsets else self.climatology.base
        base = np.broadcast_to(shares[columns], kept.shape)[kept]
        all_told = {CLIMATOLOGY: base} | {name: told[:, columns][kept] for name, told in self.chances.items()}
        against = (all_told[reference] - came) ** 2
        name = POOLED if channel is None else self.channels.names[channel]
        scores = []
        for forecaster, told in all_told.items():
            error = (told - came) ** 2
            is_other = forecaster not in (reference, CLIMATOLOGY)
            interval = skill_interval(error, against, block) if is_other and len(np.unique(block)) > 1 else None
            scores.append(Score(
                "onsets" if onsets else "all", name, forecaster, len(came), float(came.mean()), float(base.mean()),
                brier(told, came), log_loss(told, came), auc(told, came), average_precision(told, came),
                calibration_error(told, came), skill(float(error.mean()), float(((base - came) ** 2).mean())),
                skill(float(error.mean()), float(against.mean())), interval, reliability(told, came)))
        return scores

    def interval(self, forecaster: str, channel: int, chance: float, level: float = .9) -> tuple[float, float]:
        """How often the channel came where the forecaster said about as much: an interval around a new chance.

        From the `NEAREST` back-tested forecasts with the nearest logits, by Wilson's (1927) interval for their share.
        """
        return share_interval(self.chances[forecaster][:, channel], self.happened[:, channel], chance, level)

    def drift(self) -> list[Drift]:
        """How often each channel came at each origin, beside how often where its base rate was learned."""
        origins = np.unique(self.origin)
        return [Drift(name, float(self.climatology.base[at]), float(self.happened[:, at].mean()),
                      tuple((int(day), float(self.happened[self.origin == day, at].mean())) for day in origins))
                for at, name in enumerate(self.channels.names)]


@dataclass(frozen=True, slots=True)
class Score:
    """How one forecaster did on one set of questions."""

    questions: str  # "all" or "onsets"
    channel: str  # or "pooled"
    forecaster: str
    count: int
    prevalence: float
    trained_prevalence: float  # where base rates were learned
    brier: float
    log_loss: float
    auc: float
    average_precision: float
    calibration_error: float
    skill: float  # of the Brier score, over climatology
    skill_over_reference: float
    interval: tuple[float, float] | None  # 90 % of the skill over the reference; none for it and the base rate
    reliability: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How often a channel came then and now."""

    channel: str
    trained: float
    scored: float
    by_origin: tuple[tuple[int, float], ...]


def share_interval(told: Array, came: Outcomes, chance: float, level: float = .9,
                   nearest: int = NEAREST) -> tuple[float, float]:
    """How often events came of the forecasts nearest to a chance, by logit: Wilson's (1927) interval of the share."""
    near = np.argsort(np.abs(logit(told) - logit(np.array(chance))), kind="stable")[:nearest]
    count, share, z = len(near), float(came[near].mean()), NormalDist().inv_cdf((1 + level) / 2)
    middle, half = share + z * z / (2 * count), z * (share * (1 - share) / count + (z / (2 * count)) ** 2) ** .5
    return (middle - half) / (1 + z * z / count), (middle + half) / (1 + z * z / count)


def _asked(past: Past, origin: int, channels: Channels,
           horizon_days: int) -> tuple[Questions, NDArray[np.bool_], NDArray[np.bool_]]:
    """The questions of an origin, what came, and which channels had been quiet."""
    then = past.before(origin)
    questions = Questions.eligible(then)
    came = happened(past, questions, channels, origin, origin + horizon_days)
    return questions, came, ~happened(then, questions, channels, origin - QUIET_DAYS, origin)
