"""Who is in which camp at a date."""

from __future__ import annotations

from pydantic import BaseModel


class CampsAnswer(BaseModel):
    """The camps of the network of a date; actors by ids, camps by numbers that stay with them over time.

    `undecided`: their side is not determined; `apart`: no ties link them to the largest part of the network. `proven`:
    no division leaves fewer ties frustrated than `index`. `is_complete`: all optima were looked at to tell whose side
    is not determined. `is_named`: the numbers are final; they are not while camps of other years are worked out.
    """

    version: int
    at: str
    index: int
    lower: int
    proven: bool
    ties: int
    camp: dict[str, int]
    undecided: list[str]
    apart: list[str]
    frustrated: list[tuple[str, str]]
    is_complete: bool
    is_named: bool
