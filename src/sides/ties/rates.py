"""How much the number of hostile events of a month says about a tie: a layer of its own, beside what was reported.

The mix of a dyad's events and the rate of its hostile ones are different evidence. Five states of a tie expect hostile
events at rates of `HOSTILE_PER_MONTH`, and a month without any is evidence as well: of peace, or of silence. The layer
is therefore valid only where coverage is steady and known to be, such as one event data set over the years in which it
read the same sources; for a pile of documents it is not. Rates compare dyads that are reported alike, and a score from
them is in part a score of volume: show it beside minus the logarithm of the number of events.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# Expected hostile events a month in the states hostile, strained, neutral, friendly and allied. Set by hand,
# for the sample of ICEWS that `benchmarks/ties_validity.py` watches them on; fuller data needs higher ones.
HOSTILE_PER_MONTH = (1.0, .35, .1, .05, .03)


def hostile_log_likelihood(counts: ArrayLike, rates: ArrayLike = HOSTILE_PER_MONTH) -> Array:
    """(..., S) log-likelihood of monthly numbers of hostile events (...) under states that expect `rates` (S,) of them.

    Poisson, but for the count, which is tempered to log(1 + count): the tenth event of a month is mostly another report
    of the first. Up to a constant that no state changes.

    >>> hostile_log_likelihood([0, 1])[0].tolist()
    [-1.0, -0.35, -0.1, -0.05, -0.03]

    Raises `ValueError` for a count below 0 or not finite, and for a rate that is not above 0.
    """
    seen, expected = np.asarray(counts, dtype=float), np.asarray(rates, dtype=float)
    if not (np.isfinite(seen).all() and (seen >= 0).all()):
        raise ValueError("A number of events is below 0 or no finite number. Give 0 for a month without any.")
    if not (expected > 0).all():
        raise ValueError(f"A rate of {expected.min()} makes no event possible. Give rates above 0.")
    likelihood: Array = np.log1p(seen)[..., None] * np.log(expected) - expected
    return likelihood
