"""Answers as data frames: one table a kind, with columns whose types never depend on what is found.

A date that may be a year or a month only is text, as everywhere: `2012-07`. The months of `months` are dates, each the
first day of its month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sides.export import rows
from sides.export.claims import COLUMNS, INTEGERS, LISTS, RECORDS
from sides.model.errors import FrameError


class Kind(StrEnum):
    """What a column holds; each becomes one type of polars."""

    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    DAY = "day"
    RECORDS = "records"  # with the fields of `export.claims.RECORDS`


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the ledger's method that it comes from, its columns, and how an answer becomes rows.

    `rows` takes what the method returns, and the ledger, which tells names.
    """

    method: str
    columns: Mapping[str, Kind]
    rows: Callable[[Any, Any], Iterable[Mapping[str, Any]]]


def columns(listed: str) -> dict[str, Kind]:
    """Columns by name, each with its kind after a colon; without one it is text.

    >>> columns("left right gap:number")
    {'left': <Kind.TEXT: 'text'>, 'right': <Kind.TEXT: 'text'>, 'gap': <Kind.NUMBER: 'number'>}
    """
    pairs = (column.partition(":") for column in listed.split())
    return {name: Kind(kind or "text") for name, _, kind in pairs}


def _claim_kind(name: str) -> Kind:
    if name in RECORDS:
        return Kind.RECORDS
    if name in LISTS:
        return Kind.TEXTS
    return Kind.COUNT if name in INTEGERS else Kind.NUMBER if name == "confidence" else Kind.TEXT


BACKENDS = ("polars", "pandas", "pyarrow")
DYAD = "left left_name right right_name"
STATES = "hostile:number strained:number neutral:number friendly:number allied:number level:number"
TABLES: dict[str, Table] = {
    "ties": Table("ties", columns(f"{DYAD} at state {STATES} turns:count claims:count"), rows.ties),
    "turns": Table("ties", columns(f"{DYAD} date first last direction before after claims:texts"), rows.turns),
    "months": Table("ties", columns(f"{DYAD} month:day state {STATES}"), rows.months),
    "changes": Table("changes", columns(
        f"change {DYAD} date first last direction before after probability_before:number probability_after:number "
        "claims:texts documents:texts"), rows.changes),
    "claims": Table("claims", {name: _claim_kind(name) for name in COLUMNS}, rows.claims),
    "disagreements": Table("disagreements", columns(
        f"by {DYAD} better worse divergence:number contradiction:number distance:number shared:number gap:number "
        "first last worst on:texts voices:count"), rows.disagreements),
    "blocs": Table("blocs", columns(
        "bloc name at members:count pairs:count known:count friendly_or_allied:number"), rows.blocs),
    "mediators": Table("mediators", columns(
        "mediator mediator_name parties:texts party_names:texts is_dated:flag since until result before:number "
        "after:number turns:texts done:texts intended:texts denied:texts"), rows.mediators),
    "outlook": Table("outlook", columns(
        "made speaker voice side source source_name type target target_name third modality expects:flag since until "
        "is_dated:flag fate because probability:number quote claims:texts bearing_claims:texts"), rows.outlook),
    "balance": Table("balance_over_time", columns(
        "date:day at actors:count ties:count index:number lower:number is_proven:flag share:number share_lower:number "
        "triangles:count balanced:count camps:count undecided:count"), rows.balance),
    "calibration": Table("backtest", columns(
        "forecaster questions channel low:number high:number count:count mean_chance:number share:number"),
        rows.calibration),
}


def frame(table: str, ledger: Any, asked: Mapping[str, Any], backend: str = "polars") -> Any:
    """A table of what a ledger answers, as a frame of polars, pandas or pyarrow.

    Raises `FrameError` for a table or backend that there is not, and where what makes the frame is missing.
    """
    if backend not in BACKENDS:
        raise FrameError(f"No frame can be made with {backend!r}. Name one of: {', '.join(BACKENDS)}.")
    if table not in TABLES:
        raise FrameError(f"There is no table {table!r}. Take one of: {', '.join(TABLES)}.")
    try:
        import polars
    except ImportError as error:
        raise FrameError("Data frames need polars, which is not installed. Install it: pip install 'sides[frames]'"
                         ) from error
    kinds = {Kind.TEXT: polars.String(), Kind.TEXTS: polars.List(polars.String()), Kind.NUMBER: polars.Float64(),
             Kind.COUNT: polars.Int64(), Kind.FLAG: polars.Boolean(), Kind.DAY: polars.Date()}
    stored = {"VARCHAR": polars.String(), "BIGINT": polars.Int64(), "DOUBLE": polars.Float64()}
    chosen = TABLES[table]
    schema: dict[str, polars.DataType] = {
        name: polars.List(polars.Struct({part: stored[type_] for part, type_ in RECORDS[name].items()}))
        if kind is Kind.RECORDS else kinds[kind] for name, kind in chosen.columns.items()}
    found = chosen.rows(getattr(ledger, chosen.method)(**asked), ledger)
    made = polars.DataFrame(list(found), schema=schema, orient="row")
    if backend == "polars":
        return made
    try:
        return made.to_arrow() if backend == "pyarrow" else made.to_pandas()
    except ImportError as error:
        raise FrameError(f"Frames of {backend} need {backend} and pyarrow ({error}). Install them: "
                         f"pip install {backend} pyarrow") from error
