"""The forecaster that is always on: what came in so many of the last windows comes in the next as often.

A closed form with one number for each channel, its base rate. It answers every question, and every other forecast is
shown beside it. A map learned from earlier origins makes it calibrated, where there is enough to learn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sides.forecast.calibration import Isotonic, Line, calibrate
from sides.forecast.event_log import Past
from sides.forecast.questions import Channels, Questions, happened
from sides.forecast.scores import Array
from sides.model.errors import ForecastError

WINDOWS = 12
PRIOR_WINDOWS = 2.0  # windows at the base rate that each share begins with


@dataclass(frozen=True, slots=True, eq=False)
class Recurrence:
    """The recurrence rate of each channel for windows of `horizon_days`."""

    channels: Channels
    horizon_days: int
    base: Array  # (C,), share of earlier questions whose answer was yes
    maps: tuple[Line | Isotonic, ...] = ()  # one for each channel; none: as the closed form says
    name: str = "recurrence"

    @classmethod
    def fit(cls, past: Past, channels: Channels, horizon_days: int, origins: Sequence[int], *,
            is_calibrated: bool = False) -> Recurrence:
        """Base rates, and maps if wanted, from the questions of earlier origins; all their windows must have closed.

        Raises `ForecastError` without an origin that has a question.
        """
        asked = [(past.before(origin), Questions.eligible(past.before(origin))) for origin in origins]
        came = np.concatenate([np.zeros((0, len(channels)), np.bool_), *(
            happened(past, questions, channels, then.until, then.until + horizon_days) for then, questions in asked)])
        if not len(came):
            raise ForecastError(f"None of {len(origins)} origins has a dyad to ask about. Give later origins.")
        plain = cls(channels, horizon_days, came.mean(0))
        if not is_calibrated:
            return plain
        told = np.concatenate([plain.chances(then, questions) for then, questions in asked])
        return replace(plain, name="recurrence, calibrated", maps=tuple(
            calibrate(told[:, channel], came[:, channel]) for channel in range(len(channels))))

    def chances(self, past: Past, questions: Questions) -> Array:
        """(Q, C) the chance of an event of each channel in the next window."""
        share = (seen_windows(past, questions, self.channels, self.horizon_days) + PRIOR_WINDOWS * self.base) / (
            WINDOWS + PRIOR_WINDOWS)
        if not self.maps:
            return share
        return np.stack([each(share[:, channel]) for channel, each in enumerate(self.maps)], axis=1)


def seen_windows(past: Past, questions: Questions, channels: Channels, days: int) -> Array:
    """(Q, C) in how many of the last 12 windows of so many days there was an event."""
    rows = np.arange(np.searchsorted(past.day, past.until - WINDOWS * days), len(past))
    window = (past.until - 1 - past.day[rows].astype(np.int64)) // days
    actors = len(past.actors)
    key, kind = past.source[rows].astype(np.int64) * actors + past.target[rows], past.kind[rows]
    asked, place = np.unique(questions.source * actors + questions.target, return_inverse=True)
    at = np.searchsorted(asked, key)
    is_asked = at < len(asked)
    is_asked[is_asked] = asked[at[is_asked]] == key[is_asked]
    seen = np.zeros((len(asked), len(channels)))
    for channel in range(len(channels)):
        kept = is_asked & channels.members[kind, channel]
        cells = np.unique(at[kept] * WINDOWS + window[kept])
        seen[:, channel] = np.bincount(cells // WINDOWS, minlength=len(asked))
    return seen[place]
