"""Logistic regression, and intervals for units that are not independent.

Fits maximize the likelihood less a ridge of `RIDGE` on standardized coefficients other than the intercept. An interval
comes from each row's influence on a figure (its score times the inverse information): the variance of the figure is
the sum of the products of the influences of dependent rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

RIDGE = .01
STEPS, SETTLED = 100, 1e-8
DRAWS = 1000
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression: intercept and standardized coefficients, (k + 1,), and what it was fitted to."""

    coefficients: Array
    design: Array  # (r, k + 1), standardized, the first column 1
    middle: Array
    spread: Array
    outcome: Bools
    log_likelihood: float
    inverse: Array  # of the information, ridge included

    def effect(self, column: int) -> float:
        """The log odds ratio of a column of the features, in its own units."""
        return float(self.coefficients[column + 1] / self.spread[column])

    def influence(self, column: int) -> Array:
        """(r,) the influence of each row on that effect."""
        scores = self.outcome - logistic(self.design @ self.coefficients)
        influence: Array = scores * (self.design @ self.inverse[column + 1]) / self.spread[column]
        return influence

    def chances(self, features: Array) -> Array:
        """(q,) the chance of the outcome in other rows."""
        return logistic(self.coefficients[0] + ((features - self.middle) / self.spread) @ self.coefficients[1:])


def logistic(odds: Array) -> Array:
    """The chance that log odds stand for."""
    chance: Array = 1 / (1 + np.exp(-np.clip(odds, -700, 700)))
    return chance


def fit(features: Array, outcome: Bools) -> Fit:
    """The regression of an outcome (r,) on features (r, k); a column that never varies gets 0."""
    middle, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(features)), (features - middle) / spread])
    rate = outcome.mean()
    start = np.zeros(design.shape[1])
    start[0] = np.log(rate / (1 - rate)) if 0 < rate < 1 else 0
    coefficients, inverse = newton(design, outcome, np.ones(len(outcome)), start)
    odds = design @ coefficients
    log_likelihood = float((outcome * odds - np.logaddexp(0, odds)).sum())
    return Fit(coefficients, design, middle, spread, outcome, log_likelihood, inverse)


def newton(design: Array, outcome: Bools, weight: Array, start: Array) -> tuple[Array, Array]:
    """The coefficients of weighted rows and the inverse information, by Newton's steps, halved where they overshoot.

    Raises `ArithmeticError` if they do not settle.
    """
    ridge = np.full(design.shape[1], RIDGE)
    ridge[0] = 0

    def height(at: Array) -> float:
        odds = design @ at
        return float(weight @ (outcome * odds - np.logaddexp(0, odds)) - ridge @ at ** 2 / 2)

    at: Array = start
    reached = height(at)
    for _ in range(STEPS):
        chance = logistic(design @ at)
        slope = design.T @ (weight * (outcome - chance)) - ridge * at
        information = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        step, size = np.linalg.solve(information, slope), 1.0
        if slope @ step < SETTLED:
            return np.add(at, step), np.asarray(np.linalg.inv(information), np.float64)
        while (height_there := height(at + size * step)) < reached and size > 1e-6:
            size /= 2
        at, reached = at + size * step, height_there
    raise ArithmeticError("The regression does not settle.")


Summing = Callable[[Array], float]  # the variance of a figure, given the influence of each row


def by_group(groups: Ints) -> Summing:
    """Rows of the same group are dependent."""
    _, place = np.unique(groups, return_inverse=True)
    return lambda influence: float((np.bincount(place, influence) ** 2).sum())


def by_member(members: Ints) -> Summing:
    """Rows that share one of their two members, (r, 2), are dependent (Aronow, Samii and Assenova 2015)."""
    states, place = np.unique(members, return_inverse=True)
    place = place.reshape(members.shape)
    within = by_group(place[:, 0] * len(states) + place[:, 1])

    def variance(influence: Array) -> float:
        sums = np.bincount(place[:, 0], influence, len(states)) + np.bincount(place[:, 1], influence, len(states))
        return float((sums ** 2).sum()) - within(influence)

    return variance


def by_two(one: Ints, other: Ints) -> Summing:
    """Rows that share either group are dependent (Cameron, Gelbach and Miller 2011)."""
    both = by_group(one * (int(other.max()) + 1) + other)
    ways = by_group(one), by_group(other)
    return lambda influence: ways[0](influence) + ways[1](influence) - both(influence)


def interval(effect: float, variance: float) -> tuple[float, float]:
    """95 % bounds of exp(effect); without bounds where the variance is not positive."""
    if variance <= 0:
        return float("nan"), float("nan")
    half = Z * np.sqrt(variance)
    return float(np.exp(effect - half)), float(np.exp(effect + half))


def draws(groups: Ints) -> Iterator[Array]:
    """How often each row counts, (r,), in each of `DRAWS` draws of as many groups with replacement, always the same."""
    generator = np.random.default_rng(0)
    kinds, place = np.unique(groups, return_inverse=True)
    for _ in range(DRAWS):
        yield np.bincount(generator.integers(0, len(kinds), len(kinds)), minlength=len(kinds))[place].astype(float)


def redrawn(fitted: Fit, groups: Ints, columns: list[int]) -> Array:
    """(DRAWS, columns) the effects in draws of groups."""
    found = np.empty((DRAWS, len(columns)))
    for number, weight in enumerate(draws(groups)):
        kept = weight > 0
        coefficients, _ = newton(fitted.design[kept], fitted.outcome[kept], weight[kept], fitted.coefficients)
        found[number] = [coefficients[column + 1] / fitted.spread[column] for column in columns]
    return found


def middle95(values: Array) -> tuple[float, float]:
    """The percentiles 2.5 and 97.5 of the values that are numbers."""
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


class Ranking:
    """Scores put in order once, for areas under the ROC curve of weighted rows."""

    def __init__(self, score: Array, outcome: Bools) -> None:
        _, self.place = np.unique(score, return_inverse=True)
        self.outcome = outcome

    def area(self, weight: Array) -> float:
        """The chance that a row with the outcome scores above one without, ties half."""
        size = int(self.place.max()) + 1
        with_it = np.bincount(self.place, weight * self.outcome, size)
        without = np.bincount(self.place, weight * ~self.outcome, size)
        total = with_it.sum() * without.sum()
        return float(with_it @ (np.cumsum(without) - without / 2) / total) if total else float("nan")
