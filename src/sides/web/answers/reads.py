"""Documents that are to be read, and how far that is."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from sides.ledger.withdrawals import moment
from sides.web.runs import Run

Text = Annotated[str, Field(max_length=1000)]


class About(BaseModel):
    """What is known of one input."""

    name: Annotated[str, Field(min_length=1, max_length=1000)]
    title: Text | None = None
    author: Text | None = None
    outlet: Text | None = None
    published: Annotated[str, Field(max_length=10)] | None = None


class ReadAsked(BaseModel):
    """What is to be read. `files`: one for each part `files` of the form, in their order. `urls`: by their names.

    `published`, `outlet`, `author` and `language` stand for all of them.
    """

    files: list[About] = []
    urls: Annotated[list[About], Field(max_length=200)] = []
    published: Annotated[str, Field(max_length=10)] | None = None
    outlet: Text | None = None
    author: Text | None = None
    language: Annotated[str, Field(max_length=20)] | None = None


class AgainAsked(BaseModel):
    """Dates for what was left out for want of one, by name."""

    dates: dict[str, Annotated[str, Field(max_length=10)]]


class LeftOut(BaseModel):
    """An input that was not read: why, and what to do."""

    kind: str
    name: str
    reason: str
    remedy: str


class ReportAnswer(BaseModel):
    """What a run read, what was there already (as the same copy, or as another), and what it left out."""

    read: list[str]
    already: list[str]
    copies: list[str]
    left_out: list[LeftOut]
    claims: int
    mentions: int
    version: int
    seconds: float
    was_interrupted: bool


class RunAnswer(BaseModel):
    """A run as it stands: `waiting`, `reading`, `done`, `stopped` or `failed`."""

    id: str
    state: str
    is_over: bool
    is_stopping: bool
    asked_at: str
    inputs: int
    total: int
    done: int
    last: str
    error: str | None
    report: ReportAnswer | None
    undated: list[str]  # what can be tried again with a date


class RunsAnswer(BaseModel):
    """The runs that the server remembers, the latest first."""

    runs: list[RunAnswer]


def run_answer(run: Run) -> dict[str, Any]:
    """A run as plain values."""
    return {"id": run.id, "state": run.state.value, "is_over": run.state.is_over,
            "is_stopping": run.is_to_stop and not run.state.is_over, "asked_at": moment(run.asked_at),
            "inputs": len(run.inputs), "total": run.total, "done": run.done, "last": run.last, "error": run.error,
            "report": run.report, "undated": [one.name for one in run.undated] if run.state.is_over else []}
