"""Who is in which camp at a date."""

from __future__ import annotations

from pydantic import BaseModel


class CampsAnswer(BaseModel):
    """The camps of the network of a date; actors by ids, camps by numbers that stay with them over time.

    `undecided`: their side is not determined. `proven`: no division leaves fewer ties frustrated than `index`.
    """

    version: int
    at: str
    index: int
    lower: int
    proven: bool
    ties: int
    camp: dict[str, int]
    undecided: list[str]
    frustrated: list[list[str]]  # pairs
