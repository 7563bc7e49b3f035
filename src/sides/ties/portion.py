"""The courses of a part of the dyads: a record batch of their evidence in, a record batch of their looks out.

A part hangs on nothing but its batch, so that it may be drawn in any process, on any machine, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from arro3.core import RecordBatch
from numpy.typing import NDArray

from sides.ties.course_codes import (
    FORECAST,
    TURN,
    Codes,
    Ints,
    Told,
    contested_codes,
    evidence_codes,
    state_codes,
    turn_months,
)
from sides.ties.field import field_of
from sides.ties.inference import infer
from sides.ties.parameters import shipped
from sides.ties.signals import Signals


class Portion:
    """Columns of numbers of one length, as an Arrow record batch that can be sent to another process.

    >>> Portion({"dyad": np.asarray([3, 5])})["dyad"].tolist()
    [3, 5]
    """

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self.batch = RecordBatch.from_pydict({  # Arrow packs truth values into bits, which NumPy does not
            name: np.ascontiguousarray(column.view(np.uint8) if column.dtype == np.bool_ else column)
            for name, column in columns.items()})

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.batch.column(name).to_numpy()

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """The record batch, for whatever reads Arrow."""
        return self.batch.__arrow_c_array__(requested_schema)

    def __reduce__(self) -> tuple[type[Portion], tuple[dict[str, NDArray[Any]]]]:
        return Portion, ({name: self[name] for name in self.batch.column_names},)


@dataclass(frozen=True, slots=True)
class Run:
    """Inference of D dyads over months of their own, and which of them are asked for. Months from the year 0."""

    dyad: Ints
    begin: Ints
    end: Ints
    since: Ints  # the months that are asked for, inclusive
    until: Ints
    last: Ints  # the last month of the past, as far as the run tells of it; at least what evidence speaks of

    def taken(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Run:
        """Some of the dyads."""
        return Run(*(getattr(self, name)[rows] for name in RUN))


RUN, OF_DYADS, OF_EVIDENCE = (tuple(one.name for one in fields(Run)), ("first", "stated", "ahead"),
                              ("begin", "last", "until", "said", "sign"))
SIGNALS = tuple(one.name for one in fields(Signals))


def portion(run: Run, told: Told, signals: Signals) -> Portion:
    """The dyads of a run, each with its evidence: a row for each piece, dyad by dyad, with what is so of its dyad.

    Months of `told` and `signals` are places from the first month of each dyad's run; both have the same rows.
    """
    whose = told.dyad
    return Portion({f"run_{name}": getattr(run, name)[whose] for name in RUN}
                   | {f"told_{name}": getattr(told, name)[whose] for name in OF_DYADS}
                   | {f"told_{name}": getattr(told, name) for name in OF_EVIDENCE}
                   | {f"signal_{name}": getattr(signals, name) for name in SIGNALS})


def drawn(horizon: int, batch: Portion) -> list[Portion]:
    """The changes of look of the dyads of a `portion`: `dyad` (places), `month` (from the year 0), `code`.

    `horizon`: the last month that documents tell of. One part, in a list: see `sides.engines.engine.Task`.
    """
    parameters = shipped()
    whose = batch["signal_dyad"].astype(np.int64)
    one = np.flatnonzero(np.diff(whose, prepend=-1))  # a row of each dyad
    run = Run(*(batch[f"run_{name}"][one] for name in RUN))
    of_evidence = {name: batch[f"told_{name}"] for name in OF_EVIDENCE}
    of_evidence["said"] = of_evidence["said"].astype(np.bool_)
    told = Told(dyad=whose, **{name: batch[f"told_{name}"][one] for name in OF_DYADS}, **of_evidence)
    of_signals = {name: batch[f"signal_{name}"] for name in SIGNALS}
    of_signals["is_denied"] = of_signals["is_denied"].astype(np.bool_)
    months, dyads, ends = int((run.end - run.begin).max()) + 1, len(run.dyad), run.end - run.begin
    inferred = infer(field_of(Signals(**of_signals), 0, months, dyads, parameters, ends=ends), parameters)
    assert inferred.path is not None
    code = state_codes(inferred.shares) | evidence_codes(told, months)
    is_past = np.arange(months)[:, None] <= horizon - run.begin
    last = np.where(run.last >= 0, run.last, run.end) - run.begin
    turns = turn_months(inferred.path, inferred.shares, last + 1)
    past = contested_codes(told, turns, np.minimum(run.until, horizon) - run.begin, last, months)
    for dyad, own in enumerate(turns):
        if own and run.last[dyad] >= 0:
            past[[month for month in own if month < months], dyad] |= TURN
    outlook = past if (run.until <= horizon).all() else contested_codes(
        told, turn_months(inferred.path, inferred.shares, ends + 1), run.until - run.begin, ends, months)
    code |= np.where(is_past, past, (outlook & ~np.uint16(TURN)) | np.uint16(FORECAST))
    return [changes(code, run)]


def changes(code: Codes, run: Run) -> Portion:
    """The months, of those asked for, in which the look of a dyad is another one than before, and the look."""
    at = np.arange(len(code))[:, None] + run.begin
    since = at == run.since
    changed = np.ones(code.shape, bool)
    changed[1:] = code[1:] != code[:-1]
    changed = (changed | since) & (at >= run.since) & (at <= run.until)
    dyad, place = np.nonzero(changed.T)
    return Portion({"dyad": run.dyad[dyad], "month": place + run.begin[dyad], "code": code[place, dyad]})
