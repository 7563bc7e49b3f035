"""Who will an actor do it to next? Every actor as an answer, ranked by what was known before the day asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.forecast.boosting import lightgbm
from sides.forecast.event_log import Past
from sides.forecast.ranking.features import FEATURES
from sides.forecast.ranking.stream import Asked, Stream
from sides.forecast.ranking.trees import TREES, boost
from sides.model.errors import ForecastError

# questions of the latest days that trees are learned from
LEARNED = 30_000
KEPT = 40  # candidates of each that all stand for themselves, the best by the sum
DRAWN = 30  # drawn from the others, each standing for several
SEED = 20140101


@dataclass(frozen=True, slots=True)
class Ranked:
    """An answer to a question: who, its probability among the candidates, its rank from 1."""

    actor: int
    probability: float
    rank: int


class Ranker:
    """A stream with trees learned from its latest days. Days that come later go in with `update`; trees stay as they
    are."""

    def __init__(self, stream: Stream, trees: str, threads: int = 1) -> None:
        self.stream, self.text = stream, trees
        self._threads = threads
        self._booster: Any = lightgbm().Booster(model_str=trees)

    @classmethod
    def fit(cls, past: Past, *, threads: int = 1, learned: int = LEARNED, trees: int = TREES, room: int = 0) -> Ranker:
        """Learn from the events of a past; deterministic, whatever the number of threads. `room`: see `Stream`.

        Raises `ForecastError` where there is too little to learn from, or where LightGBM is not installed.
        """
        lightgbm()
        stream = Stream(past, room)
        parts: list[tuple[NDArray[Any], ...]] = []
        days = np.unique(past.day)
        for day in days[_first(past, learned):]:
            stream.advance(past.before(int(day)))
            parts += _rows(stream, past.before(int(day) + 1), int(day))
        stream.advance(past)
        if not parts or not sum(len(part[0]) for part in parts):
            raise ForecastError(f"The {len(past)} events before day {past.until} hold no question whose answer was "
                                "known before. Give more of the past.")
        x, is_answer, stands_for, group = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        parts.clear()
        text = boost(x, x[:, 0], is_answer, stands_for, group, [name.replace(" ", "_") for name in FEATURES], threads,
                     trees)
        return cls(stream, text, threads)

    def update(self, past: Past) -> None:
        """Take in the days of a past that are not yet in."""
        self.stream.advance(past)

    def scores(self, asked: Asked) -> NDArray[np.float64]:
        """(Q, K) the logarithm of each candidate's odds, -inf where there is none."""
        found = np.full(asked.answer.shape, -np.inf)
        rows = asked.x[asked.is_candidate]
        found[asked.is_candidate] = rows[:, 0] + self._booster.predict(rows, num_threads=self._threads, raw_score=True)
        return found

    def rank(self, asker: int, question: int, day: int, first: int = 10) -> list[Ranked]:
        """The first answers to a question about a day (see `Stream` for its number), best first, ties by place."""
        asked = next(self.stream.ask(day, np.array([asker], np.int32), np.array([question], np.int32)))
        score = self.scores(asked)[0, :asked.count[0]]
        if not len(score):
            return []
        odds = np.exp(score - score.max())
        order = np.lexsort((asked.answer[0, :len(score)], -score))[:first]
        return [Ranked(int(asked.answer[0, place]), float(odds[place] / odds.sum()), rank)
                for rank, place in enumerate(order, start=1)]


def _first(past: Past, learned: int) -> int:
    """Among the days with events, the first of those that hold so many questions; a third of the days stay apart."""
    _, count = np.unique(past.day, return_counts=True)
    latest = np.cumsum(2 * count[::-1])
    return max(len(count) - int(np.searchsorted(latest, learned)) - 1, len(count) // 3)


def questions_of(past: Past, kinds: int) -> tuple[NDArray[np.int32], NDArray[np.int32], list[NDArray[np.int32]]]:
    """The questions that the events of the last day of a past answer, each once, and their answers."""
    first = int(np.searchsorted(past.day, past.until - 1))
    source, kind, target = past.source[first:], past.kind[first:].astype(np.int32), past.target[first:]
    done, suffered = np.stack([source, kind, target], 1), np.stack([target, kind + kinds, source], 1)
    facts = np.unique(np.concatenate([done, suffered]), axis=0).astype(np.int32)
    if not len(facts):
        return np.zeros(0, np.int32), np.zeros(0, np.int32), []
    begins = np.flatnonzero(np.append(True, np.any(np.diff(facts[:, :2], axis=0) != 0, axis=1)))
    return facts[begins, 0], facts[begins, 1], np.split(facts[:, 2], begins[1:])


def _rows(stream: Stream, past: Past, day: int) -> list[tuple[NDArray[Any], ...]]:
    """Rows to learn from: what was known before the day, and what it brought."""
    asker, question, answers = questions_of(past, stream.kinds)
    draw = np.random.default_rng([SEED, day + 2**31])
    parts: list[tuple[NDArray[Any], ...]] = []
    for asked in stream.ask(day, asker, question):
        is_candidate = asked.is_candidate
        is_answer = np.zeros(is_candidate.shape, bool)
        for row, place in enumerate(asked.place):
            is_answer[row] = np.isin(asked.answer[row], answers[place]) & is_candidate[row]
        rank = np.arange(is_candidate.shape[1])[None]
        chance: NDArray[np.float64] = np.minimum(DRAWN / np.maximum(asked.count - KEPT, 1), 1.0)[:, None]
        is_sure: NDArray[np.bool_] = (rank < KEPT) | is_answer
        kept = is_candidate & (is_sure | (draw.random(is_candidate.shape) < chance))
        kept &= is_answer.any(axis=1, keepdims=True)
        stands_for = np.where(is_sure, 1.0, 1 / chance).astype(np.float32)
        group = kept.sum(axis=1)
        parts.append((asked.x[kept], is_answer[kept], stands_for[kept], group[group > 0]))
    return parts
