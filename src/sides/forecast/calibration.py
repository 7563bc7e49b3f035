"""Maps from the scores of a forecaster to chances that come true as often as they say.

With many events, isotonic regression by pooling adjacent violators (Ayer et al. 1955), drawn as a line through the
pools; with few, a line on the logits (Platt 1999), held to leaving them as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sides.forecast.scores import LEAST_CHANCE, Array, Outcomes

ISOTONIC_EVENTS = 500  # below so many, steps follow chance more than the forecaster
HOLD = 10.0  # how firmly slope 1 and shift 0 are held: as by so many units of information
STEPS = 50  # of Newton; some six are needed


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """New logit = slope * logit + shift."""

    slope: float = 1.0
    shift: float = 0.0

    @classmethod
    def fit(cls, chance: Array, happened: Outcomes) -> Line:
        """The line under which the outcomes are likeliest, held to the line that changes nothing."""
        given = np.stack([logit(chance), np.ones(len(chance))], axis=1)
        weights, rest = np.array([1.0, 0.0]), np.array([1.0, 0.0])
        for _ in range(STEPS):
            told = sigmoid(given @ weights)
            slope = given.T @ (told - happened) + HOLD * (weights - rest)
            bend = (given * (told * (1 - told))[:, None]).T @ given + HOLD * np.eye(2)
            step = np.linalg.solve(bend, slope)
            weights = weights - np.clip(step, -1, 1)
            if np.abs(step).max() < 1e-10:
                break
        return cls(float(max(weights[0], 0.0)), float(weights[1]))

    def __call__(self, chance: Array) -> Array:
        """The chances, mapped."""
        return sigmoid(self.slope * logit(chance) + self.shift)


@dataclass(frozen=True, slots=True, eq=False)
class Isotonic:
    """Chances through the points (score, share), straight between them."""

    score: Array  # (P,), ascending
    share: Array  # (P,), ascending

    @classmethod
    def fit(cls, score: Array, happened: Outcomes) -> Isotonic:
        """The rising map nearest to the outcomes in squares; each pool keeps an event's thousandth of doubt.

        >>> Isotonic.fit(np.array([.1, .2, .3]), np.array([False, True, False])).share.round(2).tolist()
        [0.0, 0.5]
        """
        value, place = np.unique(score, return_inverse=True)
        count = np.bincount(place).astype(float)
        share = np.bincount(place, happened) / count
        middles: list[float] = []
        shares: list[float] = []
        counts: list[float] = []
        for middle, height, many in zip(value, share, count, strict=True):
            middles.append(float(middle))
            shares.append(float(height))
            counts.append(float(many))
            while len(shares) > 1 and shares[-2] >= shares[-1]:
                total = counts[-2] + counts[-1]
                for column in (middles, shares):
                    column[-2] = (column[-2] * counts[-2] + column[-1] * counts[-1]) / total
                counts[-2] = total
                for column in (middles, shares, counts):
                    column.pop()
        hits = np.array(shares) * np.array(counts)
        return cls(np.array(middles), (hits + DOUBT) / (np.array(counts) + 2 * DOUBT))

    def __call__(self, score: Array) -> Array:
        """The chances of scores; beyond the ends as at them."""
        return np.interp(score, self.score, self.share)


DOUBT = .001  # events for and against that keep a pool off 0 and 1
Calibration = Line | Isotonic


def calibrate(chance: Array, happened: Outcomes) -> Calibration:
    """The map that the number of events allows."""
    if happened.sum() >= ISOTONIC_EVENTS:
        return Isotonic.fit(chance, happened)
    return Line.fit(chance, happened)


def logit(chance: Array) -> Array:
    """The logarithm of the odds."""
    kept = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    odds: Array = np.log(kept / (1 - kept))
    return odds


def sigmoid(value: Array) -> Array:
    """The chance of a logit."""
    chance: Array = 1 / (1 + np.exp(-np.asarray(value, dtype=np.float64)))
    return chance


