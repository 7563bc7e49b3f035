"""How sure a reading is: a logistic regression over what speaks for and against it (confidence.toml)."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from sides.claims.grammar.signs import ALWAYS, Signs
from sides.model.errors import LexiconError

FLOOR, CEILING = 0.05, 0.97


@dataclass(frozen=True, slots=True)
class Confidence:
    """The weight of each sign, learned from annotated articles by `training/confidence.py`."""

    weights: Mapping[str, float]
    share: float  # how many of the readings that the weights were learned from were right
    digest: str

    @classmethod
    def load(cls) -> Confidence:
        """The weights that ship with sides. Raises `LexiconError` if they cannot be read."""
        raw = (files("sides") / "data" / "lexicon" / "confidence.toml").read_bytes()
        try:
            table = tomllib.loads(raw.decode("utf-8"))
            weights = {str(sign): float(weight) for sign, weight in table["weights"].items()}
            return cls(weights, float(table["share"]), hashlib.sha256(raw).hexdigest())
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"confidence.toml of the lexicon cannot be read ({error}).") from error

    def of(self, signs: Signs) -> float:
        """The confidence of a reading with these signs, between 0.05 and 0.97.

        >>> Confidence({"always": 1.0, "quoted": -0.4}, 0.7, "").of({"always": 1.0, "quoted": 1.0})
        0.65
        """
        score = sum(self.weights.get(sign, 0.0) * value for sign, value in signs.items())
        return round(min(CEILING, max(FLOOR, 1 / (1 + math.exp(-score)))), 2)

    def reasons(self, signs: Signs) -> list[tuple[str, float]]:
        """What each sign adds to the logarithm of the odds, the weightiest first; the first is what holds of all.

        >>> Confidence({"always": 1.0, "quoted": -0.4}, 0.7, "").reasons({"quoted": 1.0, "always": 1.0, "new": 1.0})
        [('always', 1.0), ('quoted', -0.4)]
        """
        parts = [(sign, round(self.weights[sign] * value, 2)) for sign, value in signs.items() if sign in self.weights]
        return sorted((part for part in parts if part[1]), key=lambda part: (part[0] != ALWAYS, -abs(part[1]), part[0]))
