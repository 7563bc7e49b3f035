"""When a series changed its level: Bayesian changepoints of monthly figures, by exact recursions.

The series is cut into segments; within one, a channel is normal with a level and a variance of its own, under a
normal-inverse-gamma prior, and each month begins a new segment with the chance `hazard`. Summing over all lengths that
the present segment may have is the recursion of Adams and MacKay (2007, "Bayesian online changepoint detection"); run
backward too, as by Fearnhead (2006, "Exact and efficient Bayesian inference for multiple changepoint problems",
Statistics and Computing 16), it gives the chance of a change at each month in hindsight, and maximizing in place of
summing gives the most probable segmentation. No length is pruned: time and memory grow with the square of the months
(half a second for a hundred years of them).

Each channel is first put on the scale of its own mean and standard deviation, so that its units do not matter; hence a
segmentation describes a whole series, looked at from its end. It is no alarm: those of a longer series may differ.

For streams of events (`event_changes`) the channels are the square roots of what was hostile and what was cooperative
in a month: the root makes the variance of a count nearly the same at all levels (Bartlett 1936), so that the end of a
quiet relation weighs as much as a step in a war. Sums, not means, are what changes: a turn in what is reported is one
in volume and tone. Its direction is that of the net sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import lgamma

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

# Cooperation counts half: much of it is talk about the hostility of the month. This and the numbers of `Prior` were
# chosen on the known turns of eleven dyads; `benchmarks/ties_turns.py` watches them, each dyad left out in turn.
COOPERATIVE_WEIGHT = 0.5
# Months on either side of a change that count as its own when its chance is summed.
REACH_MONTHS = 2
LOG_TWO_PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is expected of segments before a series is seen, on the scale of its standard deviation.

    Raises `ValueError` where a number is out of its range.
    """

    hazard: float = 1 / 400  # chance that a month begins a new segment, between 0 and 1
    strength: float = 0.1  # how many months at the mean of the series the prior of a level is worth, above 0
    shape: float = 3.0  # half the months that the prior of a variance, the series' own, is worth; above 0

    def __post_init__(self) -> None:
        if not 0 < self.hazard < 1 or self.strength <= 0 or self.shape <= 0:
            raise ValueError(f"{self} makes no sense. Give a hazard between 0 and 1, strength and shape above 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A month from which on the level of a series was another."""

    month: int  # index of the first month of the new level
    before: float  # mean a month, since the change before or the beginning
    after: float  # mean a month, until the next change or the end
    probability: float  # that the series changed in this month or within `REACH_MONTHS` of it

    @property
    def direction(self) -> int:
        """1 up, -1 down, 0 where only something else than the mean changed."""
        return (self.after > self.before) - (self.after < self.before)


def changes(values: ArrayLike, prior: Prior | None = None) -> tuple[Change, ...]:
    """The changes of one series (T,), in the order of time: none of a constant series, nor of one month.

    >>> [(change.month, change.direction) for change in changes([0, 1, 0, 1, 0, 1, 0, 1, 9, 8, 9, 8, 9, 8, 9, 8])]
    [(8, 1)]

    Raises `ValueError` for a value that is no finite number.
    """
    series = np.asarray(values, dtype=float)
    return changes_of_channels([series], [1.0], series, prior)


def event_changes(cooperative: ArrayLike, hostile: ArrayLike, prior: Prior | None = None) -> tuple[Change, ...]:
    """The changes of a stream of events, in the order of time; their levels are net sums a month.

    Each argument (T,) holds the size, never below 0, of a month's events of its sign: their number, or the sum of the
    absolute values that a scale such as Goldstein's (1992) gives them. A month without events holds 0.

    Raises `ValueError` for a value that is below 0 or no finite number, and for unequal lengths.
    """
    friendly, angry = np.asarray(cooperative, dtype=float), np.asarray(hostile, dtype=float)
    if (friendly < 0).any() or (angry < 0).any():
        raise ValueError("A month's events have no size below 0. Give hostile ones by their absolute values.")
    if friendly.shape != angry.shape:
        raise ValueError(f"{len(friendly)} months of cooperative events and {len(angry)} of hostile ones are no one "
                         "stream. Give both for every month, 0 where there were none.")
    return changes_of_channels([np.sqrt(angry), np.sqrt(friendly)], [1.0, COOPERATIVE_WEIGHT], friendly - angry, prior)


def changes_of_channels(channels: Sequence[Array], weights: Sequence[float], net: Array,
                        prior: Prior | None = None) -> tuple[Change, ...]:
    """The changes of the most probable segmentation that channels (T,) share, with the levels of `net` (T,).

    A channel's likelihood is raised to its weight: channels that move together count less than 1 each.
    Raises `ValueError` for a value that is no finite number.
    """
    values = np.array(channels, dtype=float)
    if not (np.isfinite(values).all() and np.isfinite(net).all()):
        raise ValueError("A value of the series is no finite number. Fill in the month, or begin after it.")
    months = values.shape[1]
    if months < 2:
        return ()
    segments = _Segments(_standardized(values), np.array(weights, dtype=float), prior or Prior())
    cuts = segments.most_probable()
    ends = [0, *cuts, months]
    levels = [float(net[begin:end].mean()) for begin, end in pairwise(ends)]
    return tuple(Change(month=cut, before=before, after=after, probability=chance)
                 for cut, (before, after), chance
                 in zip(cuts, pairwise(levels), segments.chances(cuts, REACH_MONTHS), strict=True))


def _standardized(values: Array) -> Array:
    """(C, T) values on the scale of each channel's own mean and standard deviation; 0 throughout where constant."""
    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred ** 2).mean(axis=1, keepdims=True))
    is_constant = spread <= 1e-12 * np.abs(values).max(axis=1, keepdims=True)
    return np.where(is_constant, 0.0, centred / np.where(is_constant, 1.0, spread))


class _Segments:
    """All segmentations of a series, weighed. A cut is the first month of a segment, 0 and the end not counted."""

    def __init__(self, values: Array, weights: Array, prior: Prior) -> None:
        self.months = values.shape[1]
        self._weights, self._prior = weights, prior
        start = np.zeros((len(values), 1))
        self._sums = np.concatenate([start, values.cumsum(axis=1)], axis=1)
        self._squares = np.concatenate([start, (values ** 2).cumsum(axis=1)], axis=1)
        count = np.arange(self.months + 1)
        self._constant = (np.array([lgamma(prior.shape + each / 2) for each in count]) - lgamma(prior.shape)
                          + (np.log(prior.strength) - np.log(prior.strength + count) - count * LOG_TWO_PI) / 2
                          + prior.shape * np.log(prior.shape))

    def log_evidence(self, begin: Indices, end: Indices) -> Array:
        """Log marginal likelihood of the segments [begin, end), with the chances that they began and that they lasted.

        The ends may have any shapes that fit each other. Conjugate prior: mean 0 and variance 1 on the channel's scale.
        """
        begin, end = np.broadcast_arrays(begin, end)
        count, prior = end - begin, self._prior
        level = (self._sums[:, end] - self._sums[:, begin]) / count
        within = np.maximum(self._squares[:, end] - self._squares[:, begin] - count * level ** 2, 0)
        scale = prior.shape + (within + prior.strength * count / (prior.strength + count) * level ** 2) / 2
        evidence = self._constant[count] - (prior.shape + count / 2) * np.log(scale)
        chance = (count - 1) * np.log1p(-prior.hazard) + np.where(begin > 0, np.log(prior.hazard), 0.0)
        total: Array = np.tensordot(self._weights, evidence, axes=1) + chance
        return total

    def most_probable(self) -> list[int]:
        """The cuts of the most probable segmentation, in order; of equals the one with the longer last segment."""
        best, back = np.zeros(self.months + 1), np.zeros(self.months + 1, dtype=np.int64)
        for end in range(1, self.months + 1):
            begin = np.arange(end)
            scores = best[:end] + self.log_evidence(begin, np.array(end))
            back[end] = scores.argmax()
            best[end] = scores[back[end]]
        cuts, end = [], int(back[self.months])
        while end > 0:
            cuts.append(end)
            end = int(back[end])
        return cuts[::-1]

    def chances(self, cuts: Sequence[int], reach: int) -> list[float]:
        """For each cut the chance that a segment begins in its month or within `reach` months of it."""
        if not cuts:
            return []
        ahead, behind = np.zeros(self.months + 1), np.zeros(self.months + 1)
        for end in range(1, self.months + 1):
            ahead[end] = np.logaddexp.reduce(ahead[:end] + self.log_evidence(np.arange(end), np.array(end)))
        for begin in range(self.months - 1, -1, -1):
            ends = np.arange(begin + 1, self.months + 1)
            behind[begin] = np.logaddexp.reduce(behind[ends] + self.log_evidence(np.array(begin), ends))
        found = []
        for cut in cuts:
            begins = np.arange(max(1, cut - reach))[:, None]
            ends = np.arange(min(self.months - 1, cut + reach) + 1, self.months + 1)[None, :]
            spanning = ahead[begins] + self.log_evidence(begins, ends) + behind[ends]
            found.append(float(-np.expm1(min(0.0, np.logaddexp.reduce(spanning, axis=None) - ahead[-1]))))
        return found
