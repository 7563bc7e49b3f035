"""What happens around a pair: to its actors with others, between their countries, between actors of their roles.

Each *circle* is all pairs that share something: a source, a target, a country, a role, or two of these. Its features
leave the pair's own share out, so that they say what the pair's own history does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Past
from sides.forecast.pair_table import DECAY_DAYS, MONTH, QUIET_DAYS, WEEK, YEARS, Integers, PairTable

Array = NDArray[np.float64]

SUMS = ("week", "month", "years", "onsets")  # what is summed over a circle, for each channel
NEW_DAYS = 90  # a pair is new for so long after its first event
PRIOR_PAIRS = 10.0  # pairs at the base rate that the rate of a circle begins with
LEAST_RATE = 1e-6
# Circles that are also told of the question turned round.
TURNED = ("does", "undergoes", "countries", "does to country", "country does to")
# What each circle tells of, for explanations.
TOPICS = {"does": "source", "undergoes": "target", "country does": "countries", "country undergoes": "countries",
          "countries": "countries", "roles": "roles", "role does": "roles", "role undergoes": "roles",
          "does to country": "source", "does to role": "source", "country does to": "target", "role does to": "target",
          "back does": "target", "back undergoes": "source", "back countries": "countries",
          "back does to country": "target", "back country does to": "source"}


def circles(past: Past, source: Integers, target: Integers) -> dict[str, Integers]:
    """For each circle the group that each pair belongs to, -1 for none."""
    country, role = past.country.astype(np.int64), past.role.astype(np.int64)
    its, their, does, undergoes = country[source], country[target], role[source], role[target]
    at_home = ((its >= 0) & (its == their)).astype(np.int64)
    size = max(len(past.countries), len(past.roles), len(past.actors)) + 1

    def group(*parts: Integers) -> Integers:
        """One number for the parts, and for whether all is within a country."""
        total = np.zeros(len(source), np.int64)
        for part in parts:
            total = total * size + part
        known: Integers = np.where(np.min(parts, axis=0) >= 0, total * 2 + at_home, -1)
        return known

    return {"does": source, "undergoes": target, "country does": group(its), "country undergoes": group(their),
            "countries": group(its, their), "roles": group(does, undergoes), "role does": group(does),
            "role undergoes": group(undergoes), "does to country": group(source, their),
            "does to role": group(source, undergoes), "country does to": group(its, target),
            "role does to": group(does, target)}


def around(past: Past, pairs: PairTable, source: Integers, target: Integers, own: Integers, back: Integers,
           channels: Sequence[str]) -> tuple[Array, list[tuple[str, str]]]:
    """(Q, F) features of questions by their circles, with the name and topic of each.

    `own` and `back` (Q,) are each question's pair in the table, and the pair turned round.
    """
    count = len(channels)
    told = np.concatenate([
        *(pairs.decayed[:, :, DECAY_DAYS.index(scale)] for scale in (WEEK, MONTH, YEARS)), pairs.onsets,
        (pairs.last <= QUIET_DAYS)[:, None], (pairs.first <= NEW_DAYS)[:, None]], axis=1)
    base = told[:-1, :-2].sum(0) / max(told[:-1, -2].sum(), 1)
    of_pairs = circles(past, pairs.source, pairs.target)
    turned = circles(past, target, source)
    asked = [(name, name, group, own) for name, group in circles(past, source, target).items()]
    asked += [(f"back {name}", name, turned[name], back) for name in TURNED]
    found, names = [], []
    for circle, of_whom, group, mine in asked:
        keys, place = np.unique(np.concatenate([of_pairs[of_whom], group]), return_inverse=True)
        within, wanted = place[:len(pairs)], place[len(pairs):]
        totals = np.stack([np.bincount(within, column, len(keys)) for column in told[:-1].T], axis=1)
        others = np.maximum(totals[wanted] - told[mine] * (mine < len(pairs))[:, None], 0)
        others[group < 0] = 0
        rates = (others[:, :-2] + PRIOR_PAIRS * base) / (others[:, -2:-1] + PRIOR_PAIRS)
        found += [np.log1p(others[:, count:2 * count]), np.log(rates + LEAST_RATE), np.log1p(others[:, -2:])]
        parts = [*(f"in a month, {channel}" for channel in channels),
                 *(f"{what} for each pair, {channel}" for what in SUMS for channel in channels),
                 "active pairs", "new pairs"]
        names += [(f"{circle}: {part}", TOPICS[circle]) for part in parts]
    return np.concatenate(found, axis=1), names
