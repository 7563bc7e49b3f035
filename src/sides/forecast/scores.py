"""How good probabilities were, once it is known what happened: proper scores, ranking, calibration.

Brier (1950); logarithmic score (Good 1952); area under the ROC curve (Hanley and McNeil 1982); average precision;
expected calibration error (Naeini, Cooper and Hauskrecht 2015). All take N chances and N outcomes; lower is better for
the first two and the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.model.errors import ForecastError

Array = NDArray[np.float64]
Outcomes = NDArray[np.bool_]

BINS = 15
LEAST_CHANCE = 1e-6  # chances are kept this far from 0 and 1 where their logarithm is taken


def brier(chance: Array, happened: Outcomes) -> float:
    """The mean squared distance of chances from outcomes.

    >>> brier(np.array([1., .5]), np.array([True, False]))
    0.125
    """
    return float(np.mean((chance - happened) ** 2))


def log_loss(chance: Array, happened: Outcomes) -> float:
    """The mean of minus the natural logarithm of the chance that was given to what came."""
    kept = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return float(-np.mean(np.log(np.where(happened, kept, 1 - kept))))


def auc(chance: Array, happened: Outcomes) -> float:
    """How often what happened had the higher chance of two, ties counting half; `nan` where all outcomes are alike.

    >>> auc(np.array([.1, .4, .4, .8]), np.array([False, False, True, True]))
    0.875
    """
    hits = int(happened.sum())
    if hits in (0, len(happened)):
        return float("nan")
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((rank[happened].sum() - hits * (hits + 1) / 2) / (hits * (len(happened) - hits)))


def average_precision(chance: Array, happened: Outcomes) -> float:
    """The precision at each chance that is passed downward, weighed by what it adds to recall; `nan` without a hit.

    >>> round(average_precision(np.array([.9, .8, .7]), np.array([True, False, True])), 4)
    0.8333
    """
    hits = int(happened.sum())
    if hits == 0:
        return float("nan")
    values, place = np.unique(-chance, return_inverse=True)
    found = np.bincount(place, happened, len(values))
    precision = np.cumsum(found) / np.cumsum(np.bincount(place, minlength=len(values)))
    return float((found * precision).sum() / hits)


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts between two chances."""

    low: float
    high: float
    count: int
    mean_chance: float
    share: float  # of them that happened


def reliability(chance: Array, happened: Outcomes, bins: int = BINS) -> tuple[Bin, ...]:
    """Chances beside what came of them, in bins of equal width; those without a forecast are left out."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    count, total, hits = (np.bincount(place, weights, bins) for weights in (None, chance, happened))
    return tuple(Bin(at / bins, (at + 1) / bins, int(count[at]), float(total[at] / count[at]),
                     float(hits[at] / count[at])) for at in np.flatnonzero(count))


def calibration_error(chance: Array, happened: Outcomes, bins: int = BINS) -> float:
    """The mean distance of chances from what came of them, over bins of equal width, weighed by their forecasts."""
    told = reliability(chance, happened, bins)
    return sum(each.count * abs(each.mean_chance - each.share) for each in told) / len(chance)


def skill(loss: float, reference: float) -> float:
    """The share of a reference's loss that is saved: 1 is perfect, 0 no better, below 0 worse."""
    return 1 - loss / reference if reference > 0 else float("nan")


def skill_interval(loss: Array, reference: Array, block: NDArray[np.int64], *, level: float = .9, draws: int = 2000,
                   seed: int = 0) -> tuple[float, float]:
    """The interval of the skill when whole blocks are drawn anew, as forecasts of one day are alike.

    After Efron and Tibshirani (1993). `loss` and `reference` (N,) are losses of single forecasts, such as squared
    errors; `block` (N,) their days.

    Raises `ForecastError` below two blocks, which say nothing of how days differ.
    """
    days, place = np.unique(block, return_inverse=True)
    if len(days) < 2:
        raise ForecastError(f"There are forecasts of {len(days)} origin. Give two or more for an interval.")
    own, other = np.bincount(place, loss), np.bincount(place, reference)
    drawn = np.random.default_rng(seed).integers(len(days), size=(draws, len(days)))
    against = np.maximum(other[drawn].sum(1), 1e-300)
    low, high = np.quantile(1 - own[drawn].sum(1) / against, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)
