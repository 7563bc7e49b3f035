"""What a forecaster is shown of a question: numbers with names and topics, reckoned from the past alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.forecast.activity import activity
from sides.forecast.event_log import Past
from sides.forecast.likeness import likeness
from sides.forecast.neighbours import common
from sides.forecast.pair_table import DECAY_DAYS, MONTH, NEVER_DAYS, YEARS, Integers, PairTable
from sides.forecast.questions import Channels, Questions
from sides.forecast.rules import Rules
from sides.forecast.strain import strain
from sides.forecast.surroundings import around
from sides.forecast.tie_states import tie_states

Array = NDArray[np.float64]
Column = tuple[str, str, Array]  # name, topic, (Q,) values

SIGN_DAYS = (60.0, 720.0)  # what forgets fast and what forgets slowly of the signs of a pair
SPOKEN = ("strongest", "all", "strongest where quiet", "all where quiet")  # what rules say


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Q questions by F named numbers, and what they were made of."""

    questions: Questions
    values: NDArray[np.float32]  # (Q, F)
    names: tuple[str, ...]
    topics: tuple[str, ...]  # (F,), what each feature tells of, for explanations
    pairs: PairTable
    rules: Rules
    own: Integers  # (Q,), the pair of each question in the table
    back: Integers  # (Q,), and the pair turned round

    @classmethod
    def of(cls, past: Past, questions: Questions, channels: Channels) -> Features:
        """The features of questions asked on the day that the past ends at."""
        source, target, names = questions.source, questions.target, channels.names
        pairs = PairTable.of(past, channels.members)
        rules = Rules.of(past, pairs, channels.members)
        own, back = pairs.find(source, target, len(past.actors)), pairs.find(target, source, len(past.actors))
        signs = _signs(past, pairs)
        columns = [*_record("own", pairs, own, signs, names), *_rhythm(pairs, own, names),
                   *_record("back", pairs, back, signs, names)]
        for said, values in zip(SPOKEN, rules.fired(past, pairs, own, back), strict=True):
            columns += [(f"rules: {said}, {name}", "rules", values[:, at]) for at, name in enumerate(names)]
        blocks = [(np.stack([values for _, _, values in columns], axis=1), [column[:2] for column in columns]),
                  around(past, pairs, source, target, own, back, names),
                  activity(past, pairs, source, target, own, back, names),
                  common(past, pairs, signs[1], source, target, names), likeness(past, pairs, source, target, names),
                  tie_states(past, pairs, own, back), strain(past, pairs, signs[1], source, target)]
        labels = [label for _, part in blocks for label in part]
        table = np.concatenate([part for part, _ in blocks], axis=1).astype(np.float32)
        return cls(questions, table, tuple(name for name, _ in labels), tuple(topic for _, topic in labels), pairs,
                   rules, own, back)


def _signs(past: Past, pairs: PairTable) -> Array:
    """(2, P + 1) the sum of the signs of each pair's events, decayed fast and slowly."""
    sign = np.array([kind.sign for kind in past.kinds], float)[past.kind[pairs.rows]]
    ages = past.until - past.day[pairs.rows].astype(np.int64)
    pair = np.repeat(np.arange(len(pairs)), np.diff(pairs.start))
    return np.stack([np.bincount(pair, sign * np.exp(-ages / days), len(pairs) + 1) for days in SIGN_DAYS])


def _record(way: str, pairs: PairTable, pair: Integers, signs: Array, channels: Sequence[str]) -> Iterator[Column]:
    """How much there was of each channel, how lately, how steadily; which sign it bore; whether it grows."""
    topic = "record" if way == "own" else "back"
    for at, name in enumerate(channels):
        for scale, days in enumerate(DECAY_DAYS):
            yield f"{way}: decayed over {days:.0f} days, {name}", topic, np.log1p(pairs.decayed[pair, at, scale])
        yield f"{way}: days since, {name}", topic, np.log(pairs.since[pair, at])
        yield f"{way}: count, {name}", topic, np.log1p(pairs.count[pair, at])
        yield f"{way}: windows, {name}", topic, pairs.windows[pair, at]
        yield f"{way}: onsets, {name}", topic, pairs.onsets[pair, at]
        yield f"{way}: a year ago, {name}", "rhythm", np.log1p(pairs.year_ago[pair, at])
    yield f"{way}: days since the first", topic, np.log(pairs.first[pair])
    yield f"{way}: days since the last", topic, np.log(pairs.last[pair])
    month, years = (pairs.decayed[pair, :, DECAY_DAYS.index(days)].sum(1) for days in (MONTH, YEARS))
    yield f"{way}: sign, of late", "sign", signs[0, pair] / (month + 1)
    yield f"{way}: sign, over years", "sign", signs[1, pair] / (years + 1)
    yield f"{way}: trend", topic, np.log((month / MONTH + .001) / (years / YEARS + .001))


def _rhythm(pairs: PairTable, pair: Integers, channels: Sequence[str]) -> Iterator[Column]:
    """How regularly events of each channel come, and how near the next is by that."""
    for at, name in enumerate(channels):
        gap, since = pairs.mean_gap[pair, at], pairs.since[pair, at]
        has_gap = gap < NEVER_DAYS
        yield f"own: gap, {name}", "rhythm", np.log(gap)
        yield f"own: spread of gaps, {name}", "rhythm", pairs.gap_spread[pair, at]
        yield f"own: share of the gap gone by, {name}", "rhythm", np.where(has_gap, since / gap, -1)
        yield f"own: days to the next, {name}", "rhythm", np.where(has_gap, gap - since, -NEVER_DAYS)
