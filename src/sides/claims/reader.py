"""The interface behind which every reader of claims stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sides.actors.resolution import Resolution
from sides.model.claim import Claim
from sides.parsing.pipeline import Parsed


class Reader(Protocol):
    """Takes one parsed document and its actors, returns the claims that it finds, sorted by offset.

    A reader depends on nothing but its arguments and its own data: no clock, no other document, no order.
    """

    name: str
    version: str

    def read(self, parsed: Parsed, resolution: Resolution) -> Sequence[Claim]:
        """Read the claims of one document."""
        ...
