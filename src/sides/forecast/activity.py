"""How much two actors do in all, whether it swells, and how much of it passes between them.

An actor in the news does more to everyone. What a pair would do if all that its source does and all that its target
undergoes met at random is the product of both over the total (the model of independence; with distance left out, the
gravity of trade, Tinbergen 1962); beside it stands what the pair does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Past
from sides.forecast.pair_table import DECAY_DAYS, MONTH, SEASON, WEEK, YEARS, Integers, PairTable

Array = NDArray[np.float64]

FEW = .01  # events that logarithms begin with
LEAST_RATE = .003  # events a day that a surge is reckoned from, so that one event is not one
SPANS = (MONTH, YEARS)
ANY = "any event"


def activity(past: Past, pairs: PairTable, source: Integers, target: Integers, own: Integers, back: Integers,
             channels: Sequence[str]) -> tuple[Array, list[tuple[str, str]]]:
    """(Q, F) features of questions by all that their actors do and undergo, with the name and topic of each.

    `own` and `back` (Q,) are each question's pair in the table, and the pair turned round.
    """
    actors, shape = len(past.actors), (len(past.actors), len(channels), len(DECAY_DAYS))
    does, undergoes = np.zeros((2, *shape))
    for table, end in ((does, pairs.source), (undergoes, pairs.target)):
        for at, scale in np.ndindex(shape[1:]):
            table[:, at, scale] = np.bincount(end, pairs.decayed[:-1, at, scale], actors)
    columns = [*_between(pairs, does, undergoes, source, target, own, channels),
               *_surges(does, undergoes, source, target, channels),
               *_dyads(pairs, source, target, own, back, actors)]
    return np.stack([values for _, _, values in columns], axis=1), [(name, topic) for name, topic, _ in columns]


def _between(pairs: PairTable, does: Array, undergoes: Array, source: Integers, target: Integers, own: Integers,
             channels: Sequence[str]) -> Iterator[tuple[str, str, Array]]:
    """What would pass between the two at random, and what does."""
    for span in SPANS:
        scale = DECAY_DAYS.index(span)
        for at, name in enumerate(channels):
            done, borne = does[:, at, scale], undergoes[:, at, scale]
            expected = np.log(done[source] + FEW) + np.log(borne[target] + FEW) - np.log(done.sum() + 1)
            passed = np.log(pairs.decayed[own, at, scale] + FEW)
            which = f"over {span:.0f} days, {name}"
            yield f"expected at random {which}", "activity", expected
            yield f"against what is expected {which}", "activity", passed - expected
            yield f"share of what source does {which}", "activity", passed - np.log(done[source] + FEW)
            yield f"share of what target undergoes {which}", "activity", passed - np.log(borne[target] + FEW)


def _surges(does: Array, undergoes: Array, source: Integers, target: Integers,
            channels: Sequence[str]) -> Iterator[tuple[str, str, Array]]:
    """How much more each actor does and undergoes of late than over years."""
    years = DECAY_DAYS.index(YEARS)
    for who, actor in (("source", source), ("target", target)):
        for way, table in (("does", does), ("undergoes", undergoes)):
            every = np.concatenate([table, table.sum(1, keepdims=True)], axis=1)[actor]
            for at, name in enumerate((*channels, ANY)):
                usual = every[:, at, years] / YEARS + LEAST_RATE
                for span in (WEEK, MONTH):
                    late = every[:, at, DECAY_DAYS.index(span)] / span + LEAST_RATE
                    yield f"{who} {way}: surge of {span:.0f} days, {name}", who, np.log(late / usual)
            for span in (WEEK, YEARS):
                events = every[:, -1, DECAY_DAYS.index(span)]
                yield f"{who} {way}: decayed over {span:.0f} days, {ANY}", who, np.log1p(events)


def _dyads(pairs: PairTable, source: Integers, target: Integers, own: Integers, back: Integers,
           actors: int) -> Iterator[tuple[str, str, Array]]:
    """All that passes either way; how many partners the actors have, and how near the target comes to the first."""
    total = pairs.decayed.sum(1)
    for scale, days in enumerate(DECAY_DAYS):
        yield (f"either way: decayed over {days:.0f} days, {ANY}", "record",
               np.log1p(total[own, scale] + total[back, scale]))
    partners = np.bincount(pairs.source, minlength=actors)[source]
    yield "source: whom it did anything to", "source", np.log1p(partners)
    yield "target: who did anything to it", "target", np.log1p(np.bincount(pairs.target, minlength=actors)[target])
    order = np.lexsort((-total[:-1, DECAY_DAYS.index(SEASON)], pairs.source))
    rank = np.zeros(len(pairs) + 1, np.int64)
    rank[order] = np.arange(len(pairs)) - np.searchsorted(pairs.source[order], pairs.source[order])
    # One that it did nothing to comes last.
    yield ("target: rank among whom source does most to", "activity",
           np.log1p(np.where(own < len(pairs), rank[own], partners)))
