"""Which of several readings of a word is right, by learned weights: a log-linear model.

Each reading of a pronoun or bare noun, "it stands for none of these" among them, is described by features; a reading's
share is the softmax of the sum of their weights. `training/coreference.py` learns the weights; see Durrett and Klein,
"Easy Victories and Uphill Battles in Coreference Resolution" (2013), for the model: readings that name the same
actors share their probability.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sides.actors.wordlists import table

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word may stand for: actors, or something that is no actor we know (`()`), and what speaks for it.

    `begin`, `end` and `head` are the tokens of the mention before that it points at, if it points at one.
    """

    actors: tuple[str, ...]
    features: Features
    begin: int = -1
    end: int = -1
    head: int = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """The actors that a word most probably stands for, how probably, and how probably it stands for none we know."""

    actors: tuple[str, ...]
    confidence: float
    nobody: float = 0.0


class Ranker(Protocol):
    """Gives each reading of the word at a token a share of the probability."""

    def shares(self, model: str, token: int, readings: Sequence[Reading]) -> list[float]:
        """One share for each reading, in their order; they sum to 1."""


class LearnedRanker:
    """The ranker whose weights ship with `sides`, one model for each kind of word."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.weights = weights

    @classmethod
    def load(cls) -> LearnedRanker:
        """Read the table of weights.

        >>> LearnedRanker.load().shares("it", 0, [Reading(("iran",), {})])
        [1.0]
        """
        weights: dict[str, dict[str, float]] = {}
        for model, feature, weight in table("antecedents"):
            weights.setdefault(model, {})[feature] = float(weight)
        return cls(weights)

    def shares(self, model: str, token: int, readings: Sequence[Reading]) -> list[float]:
        """The softmax of the readings' summed weights."""
        weights = self.weights.get(model, {})
        scores = []
        for reading in readings:
            score = 0.0
            for feature, value in reading.features.items():
                weight = weights.get(feature)
                if weight is not None:
                    score += weight * value
            scores.append(score)
        top = max(scores, default=0.0)
        powers = [math.exp(score - top) for score in scores]
        whole = sum(powers)
        return [power / whole for power in powers]


def choose(ranker: Ranker, model: str, token: int, readings: Sequence[Reading]) -> Choice:
    """The likeliest actors of a word: readings that name the same ones count together."""
    shares: dict[tuple[str, ...], float] = {(): 0.0}
    for reading, share in zip(readings, ranker.shares(model, token, readings), strict=True):
        shares[reading.actors] = shares.get(reading.actors, 0.0) + share
    actors = min((actors for actors in shares if actors), key=lambda actors: (-shares[actors], actors), default=())
    return Choice(actors, shares[actors], shares[()])
