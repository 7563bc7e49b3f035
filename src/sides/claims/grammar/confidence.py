"""How sure a reading is: the measured share of right ones among those found in the same way (confidence.toml)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from sides.claims.grammar.proposals import Proposal
from sides.model.errors import LexiconError

FLOOR, CEILING = 0.05, 0.97
# For a pattern that was too rare to measure.
UNMEASURED = 0.5


@dataclass(frozen=True, slots=True)
class Confidence:
    """Shares of right readings: by pattern, and what the route to each actor takes from them."""

    patterns: Mapping[str, float]
    routes: Mapping[str, float]
    digest: str

    @classmethod
    def load(cls) -> Confidence:
        """The measured table that ships with sides. Raises `LexiconError` if it cannot be read."""
        raw = (files("sides") / "data" / "lexicon" / "confidence.toml").read_bytes()
        try:
            table = tomllib.loads(raw.decode("utf-8"))
            return cls(table["patterns"], table["routes"], hashlib.sha256(raw).hexdigest())
        except (KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"confidence.toml of the lexicon cannot be read ({error}).") from error

    def of(self, proposal: Proposal) -> float:
        """The confidence of a proposal, between 0.05 and 0.97."""
        share = self.patterns.get(proposal.pattern, UNMEASURED)
        for filler in (proposal.source, proposal.target):
            share *= self.routes.get(filler.route.value, 1.0)
        return round(min(CEILING, max(FLOOR, share)), 2)
