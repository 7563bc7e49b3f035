"""Temporal rules of a dyad: after an event of one kind, one of a channel within so many days, the same way or back.

A rule's confidence is the share of earlier events of its kind that were followed so; only events whose window has
closed count, the recent ones more. Rules as in TLogic (Liu et al. 2022), of length one, learned from the past alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.swift import swift
from sides.forecast.event_log import Past
from sides.forecast.pair_table import QUIET_DAYS, Integers, PairTable

Array = NDArray[np.float64]

MEMORY_DAYS = 720.0  # an event counts 1/e for its rule after so long
PRIOR_EVENTS = 5.0  # events at the channel's base share that each confidence begins with
WITHIN_DAYS = 30  # what follows later does not follow
FADING_DAYS = 30.0  # what a fired rule says fades with the age of the event that fired it
HEARD_DAYS = 180  # events older than this fire no rule
WAYS = ("same", "back")  # from the pair's source to its target; the other way round


@dataclass(frozen=True, slots=True)
class Rules:
    """Confidences by way (of the event against what follows), kind and channel; `fresh`: where it had been quiet."""

    confidence: Array  # (2, K, C)
    support: Array  # (2, K, C), decayed number of events behind each
    fresh_confidence: Array  # (2, K, C), for events with none of the channel in the `QUIET_DAYS` before
    fresh_support: Array  # (2, K, C)

    @classmethod
    def of(cls, past: Past, pairs: PairTable, members: NDArray[np.bool_]) -> Rules:
        """The rules that a past teaches; `members` (K, C) says which kinds belong to a channel."""
        shape = (2, len(past.kinds), members.shape[1])
        support, hits, fresh_support, fresh_hits = (np.zeros(shape) for _ in range(4))
        ages = past.until - past.day.astype(np.int64)
        weight = np.exp(-np.arange(int(ages.max(initial=0)) + 1) / MEMORY_DAYS)
        swift(_follow, len(past))(pairs.start, pairs.rows, pairs.reverse, ages, past.kind.astype(np.int64), members,
                                  weight, WITHIN_DAYS, QUIET_DAYS, support, hits, fresh_support, fresh_hits)
        return cls(_share(hits, support), support, _share(fresh_hits, fresh_support), fresh_support)

    def fired(self, past: Past, pairs: PairTable, own: Integers,
              reverse: Integers) -> tuple[Array, Array, Array, Array]:
        """Four of (Q, C): what the rules say of questions, by their pair and its reverse.

        The strongest rule fired, and all of them as if independent (noisy or); then both of the rules for quiet dyads.
        """
        shape = (len(own), self.confidence.shape[2])
        strongest, fresh_strongest, spared, fresh_spared = *np.zeros((2, *shape)), *np.ones((2, *shape))
        fading = np.exp(-np.arange(HEARD_DAYS + 1) / FADING_DAYS)
        ages = past.until - past.day.astype(np.int64)
        swift(_fire, len(past))(pairs.start, pairs.rows, own, reverse, ages, past.kind.astype(np.int64), fading,
                                self.confidence, self.fresh_confidence, strongest, spared, fresh_strongest,
                                fresh_spared)
        return strongest, 1 - spared, fresh_strongest, 1 - fresh_spared


def _share(hits: Array, support: Array) -> Array:
    """Hits over support, drawn to the base share of way and channel."""
    base = hits.sum(1, keepdims=True) / np.maximum(support.sum(1, keepdims=True), 1)
    share: Array = (hits + PRIOR_EVENTS * base) / (support + PRIOR_EVENTS)
    return share


def _follow(start: Integers, rows: Integers, reverse: Integers, ages: Integers, kind: Integers,
            members: NDArray[np.bool_], weight: Array, horizon: int, quiet: int, support: Array, hits: Array,
            fresh_support: Array, fresh_hits: Array) -> None:
    """Counts for each event whether the channel followed, and whether it had been quiet; a pair's ages fall."""
    pairs = len(start) - 1
    for pair in range(pairs):
        for way in range(2):
            other = pair if way == 0 else reverse[pair]
            low, high = (start[other], start[other + 1]) if other < pairs else (0, 0)
            for channel in range(members.shape[1]):
                place, before = low, -1  # the next row of the other pair to look at; the age of its last event so far
                for at in range(start[pair], start[pair + 1]):
                    age = ages[rows[at]]
                    if age <= horizon:
                        break
                    while place < high and ages[rows[place]] >= age:
                        if members[kind[rows[place]], channel]:
                            before = ages[rows[place]]
                        place += 1
                    ahead, follows = place, False
                    while ahead < high and ages[rows[ahead]] >= age - horizon:
                        if members[kind[rows[ahead]], channel]:
                            follows = True
                            break
                        ahead += 1
                    what, worth = kind[rows[at]], weight[age]
                    support[way, what, channel] += worth
                    if follows:
                        hits[way, what, channel] += worth
                    if before < 0 or before - age > quiet:
                        fresh_support[way, what, channel] += worth
                        if follows:
                            fresh_hits[way, what, channel] += worth


def _fire(start: Integers, rows: Integers, own: Integers, reverse: Integers, ages: Integers, kind: Integers,
          fading: Array, confidence: Array, fresh: Array, strongest: Array, spared: Array, fresh_strongest: Array,
          fresh_spared: Array) -> None:
    """Lets each recent event of a question's dyad fire its rules."""
    pairs, heard = len(start) - 1, len(fading) - 1
    for question in range(len(own)):
        for way in range(2):
            pair = own[question] if way == 0 else reverse[question]
            if pair >= pairs:
                continue
            for at in range(start[pair + 1] - 1, start[pair] - 1, -1):
                age = ages[rows[at]]
                if age > heard:
                    break
                what = kind[rows[at]]
                for channel in range(strongest.shape[1]):
                    says = confidence[way, what, channel] * fading[age]
                    strongest[question, channel] = max(strongest[question, channel], says)
                    spared[question, channel] *= 1 - says
                    says = fresh[way, what, channel] * fading[age]
                    fresh_strongest[question, channel] = max(fresh_strongest[question, channel], says)
                    fresh_spared[question, channel] *= 1 - says
