"""A small bilinear model of who answers what to whom, learned day by day: it speaks for pairs that never met.

Asker and answer are sums of a vector of their own, one of their country and one of their role; a question stretches and
shifts the asker's. Each day's facts, and some drawn from the past, are learned by softmax over the answer and some
drawn actors (half from what was lately answered, half from all), with one step size a row after AdaGrad (Duchi et al.
2011). The form is DistMult's (Yang et al. 2015) with attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

WIDTH = 32
DRAWN = 64  # actors against which an answer is held
REPLAYS = 2  # facts of the past learned again for each new one
RATE = 0.15  # the step, before AdaGrad
SHRINK = 1e-4  # of a vector at each of its steps
SPREAD = 0.1  # of the vectors at the start

LEARNED = ("askers", "answers", "stretch", "shift", "asker_slope", "answer_slope", "stretch_slope", "shift_slope")


class Factors:
    """Vectors of actors, countries, roles and questions. Deterministic: what is drawn hangs on the day alone."""

    def __init__(self, actors: int, questions: int, countries: int, roles: int) -> None:
        draw = np.random.default_rng(20140101)
        rows = actors + countries + 1 + roles
        self.actors, self.countries = actors, countries
        self.askers = (draw.standard_normal((rows, WIDTH)) * SPREAD).astype(np.float32)
        self.answers = (draw.standard_normal((rows, WIDTH)) * SPREAD).astype(np.float32)
        self.stretch = np.ones((questions, WIDTH), np.float32)
        self.shift = np.zeros((questions, WIDTH), np.float32)
        self.asker_slope, self.answer_slope, self.stretch_slope, self.shift_slope = (
            np.full(n, 1e-2, np.float32) for n in (rows, rows, questions, questions))
        self.facts = np.zeros((1 << 12, 3), np.int32)
        self.known = 0

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """All of it, to be kept."""
        return {name: getattr(self, name) for name in LEARNED} | {
            "facts": self.facts[:self.known], "sizes": np.array([self.actors, self.countries])}

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Factors:
        """What such columns hold."""
        found = cls.__new__(cls)
        for name in LEARNED:
            setattr(found, name, columns[name])
        found.actors, found.countries = columns["sizes"].tolist()
        found.facts, found.known = columns["facts"], len(columns["facts"])
        return found

    def learn(self, facts: NDArray[np.int32], country: NDArray[np.int32], role: NDArray[np.int32], day: int) -> None:
        """Learn the facts (asker, question, answer) of one day."""
        while len(self.facts) < self.known + len(facts):
            self.facts = np.concatenate([self.facts, np.zeros((max(len(self.facts), 1 << 12), 3), np.int32)])
        self.facts[self.known:self.known + len(facts)] = facts
        self.known += len(facts)
        _learn(self.askers, self.answers, self.stretch, self.shift, self.asker_slope, self.answer_slope,
               self.stretch_slope, self.shift_slope, self.facts[:self.known], len(facts), country, role, self.actors,
               self.countries, day)

    def scores(self, country: NDArray[np.int32], role: NDArray[np.int32], asker: NDArray[np.int32],
               question: NDArray[np.int32]) -> NDArray[np.float32]:
        """For each question the score of every actor: float32[questions asked, actors]."""
        # country -1: the row before
        at_country, at_role = self.actors + country, self.actors + self.countries + 1 + role
        at_country = np.where(country < 0, self.actors + self.countries, at_country)
        whole = self.answers[:self.actors] + self.answers[at_country] + self.answers[at_role]
        own = self.askers[asker] + self.askers[at_country[asker]] + self.askers[at_role[asker]]
        own = own * self.stretch[question] + self.shift[question]
        found = np.zeros((len(asker), self.actors), np.float32)
        _products(own, np.ascontiguousarray(whole.T), found)
        return found


@njit(cache=True)
def _products(own: NDArray[np.float32], turned: NDArray[np.float32], found: NDArray[np.float32]) -> None:
    """Own @ turned, in one order whatever the number of threads."""
    block = 2048
    for start in range(0, turned.shape[1], block):
        end = min(start + block, turned.shape[1])
        for i in range(own.shape[0]):
            for k in range(own.shape[1]):
                weight = own[i, k]
                for o in range(start, end):
                    found[i, o] += weight * turned[k, o]


@njit(cache=True, fastmath=True)
def _learn(askers: NDArray[np.float32], answers: NDArray[np.float32], stretch: NDArray[np.float32],
           shift: NDArray[np.float32], asker_slope: NDArray[np.float32], answer_slope: NDArray[np.float32],
           stretch_slope: NDArray[np.float32], shift_slope: NDArray[np.float32], facts: NDArray[np.int32], new: int,
           country: NDArray[np.int32], role: NDArray[np.int32], actors: int, countries: int, day: int) -> None:
    known = facts.shape[0]
    np.random.seed(day)
    width = askers.shape[1]
    own = np.empty(width, np.float32)
    stretched = np.empty(width, np.float32)
    back = np.empty(width, np.float32)
    rows = np.empty((DRAWN + 1, 3), np.int64)
    vector = np.empty((DRAWN + 1, width), np.float32)
    score = np.empty(DRAWN + 1, np.float32)
    for step in range(new * (1 + REPLAYS)):
        at = known - new + step if step < new else known - 1 - int(known * np.random.random() ** 2)
        a, q, answer = facts[at, 0], facts[at, 1], facts[at, 2]
        a_country = actors + (country[a] if country[a] >= 0 else countries)
        a_role = actors + countries + 1 + role[a]
        for k in range(width):
            own[k] = askers[a, k] + askers[a_country, k] + askers[a_role, k]
            stretched[k] = own[k] * stretch[q, k] + shift[q, k]
            back[k] = 0
        top = np.float32(-1e30)
        for j in range(DRAWN + 1):
            if j == 0:
                o = answer
            elif j % 2:
                o = facts[known - 1 - int(known * np.random.random() ** 2), 2]
            else:
                o = np.random.randint(0, actors)
            rows[j, 0] = o
            rows[j, 1] = actors + (country[o] if country[o] >= 0 else countries)
            rows[j, 2] = actors + countries + 1 + role[o]
            total = np.float32(0)
            for k in range(width):
                vector[j, k] = answers[o, k] + answers[rows[j, 1], k] + answers[rows[j, 2], k]
                total += vector[j, k] * stretched[k]
            score[j] = total
            if j and o == answer:
                score[j] = -1e30
            top = max(top, score[j])
        total = np.float32(0)
        for j in range(DRAWN + 1):
            score[j] = np.exp(score[j] - top)
            total += score[j]
        square = np.float32(0)
        for k in range(width):
            square += stretched[k] * stretched[k]
        square /= width
        for j in range(DRAWN + 1):
            slope = score[j] / total - (1 if j == 0 else 0)
            if abs(slope) < 1e-4:
                continue
            for k in range(width):
                back[k] += slope * vector[j, k]
            for row in rows[j]:
                answer_slope[row] += slope * slope * square
                rate = np.float32(RATE / np.sqrt(answer_slope[row]))
                for k in range(width):
                    answers[row, k] -= rate * (slope * stretched[k] + np.float32(SHRINK) * answers[row, k])
        asker_square, stretch_square, shift_square = np.float32(0), np.float32(0), np.float32(0)
        for k in range(width):
            asker_square += (back[k] * stretch[q, k]) ** 2
            stretch_square += (back[k] * own[k]) ** 2
            shift_square += back[k] ** 2
        stretch_slope[q] += stretch_square / width
        shift_slope[q] += shift_square / width
        for row in (np.int64(a), np.int64(a_country), np.int64(a_role)):
            asker_slope[row] += asker_square / width
            rate = np.float32(RATE / np.sqrt(asker_slope[row]))
            for k in range(width):
                askers[row, k] -= rate * (back[k] * stretch[q, k] + np.float32(SHRINK) * askers[row, k])
        rate = np.float32(RATE / np.sqrt(stretch_slope[q]))
        rate_shift = np.float32(RATE / np.sqrt(shift_slope[q]))
        for k in range(width):
            stretch[q, k] -= rate * (back[k] * own[k] + np.float32(SHRINK) * (stretch[q, k] - 1))
            shift[q, k] -= rate_shift * (back[k] + np.float32(SHRINK) * shift[q, k])
