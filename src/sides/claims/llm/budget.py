"""What asking may cost, what it has cost, and what it would cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sides.model.errors import EndpointError

# A guess until the endpoint has counted: prompts are English in JSON. Measured in docs/llm.md.
CHARACTERS_PER_TOKEN = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much may be spent in a run, and the prices by which that is told. `None`: no bound, or no price known."""

    tokens: int | None = None  # sent and answered together
    usd: float | None = None
    usd_per_million_in: float | None = None
    usd_per_million_out: float | None = None

    def __post_init__(self) -> None:
        """Raise `EndpointError` for what makes no sense."""
        given = (self.tokens, self.usd, self.usd_per_million_in, self.usd_per_million_out)
        if any(one is not None and (not math.isfinite(one) or one < 0) for one in given):
            raise EndpointError("A budget and its prices are numbers from 0 on.")
        if self.usd is not None and None in (self.usd_per_million_in, self.usd_per_million_out):
            raise EndpointError("A budget in money needs the prices: --price-in and --price-out, in US dollars for a "
                                "million tokens.")

    def usd_of(self, prompt: int, answer: int) -> float | None:
        """What so many tokens cost, or `None` where no prices are given."""
        if self.usd_per_million_in is None or self.usd_per_million_out is None:
            return None
        return (prompt * self.usd_per_million_in + answer * self.usd_per_million_out) / 1e6

    def allows(self, prompt: int, answer: int) -> bool:
        """Whether so many tokens, in all, are within it."""
        if self.tokens is not None and prompt + answer > self.tokens:
            return False
        cost = self.usd_of(prompt, answer)
        return self.usd is None or cost is None or cost <= self.usd + 1e-12


def estimated_tokens(messages: Iterable[Mapping[str, str]]) -> int:
    """About how many tokens messages are, from their characters.

    >>> estimated_tokens([{"role": "user", "content": "x" * 300}])
    100
    """
    return math.ceil(sum(len(message["content"]) for message in messages) / CHARACTERS_PER_TOKEN)
