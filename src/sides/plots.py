"""Plots of a ledger's frames, as Altair charts: a tie over time, balance over time, the calibration of forecasts.

Each takes the frame of `ledger.frame`, or any other that narwhals knows (polars, pandas, pyarrow) with the columns that
it names, and returns an `altair.Chart` to be shown, saved or changed. Needs the extra `plots`.

    sides.plots.tie_river(ledger.frame("months").filter(...))

All rows are in the chart: Altair's own limit does not apply, as the data are given as values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sides.model.errors import FrameError

if TYPE_CHECKING:
    import altair

# From hostile to allied: ColorBrewer's PuOr, whose ends are told apart by those who see no red or green, grey between.
COLOURS = {"hostile": "#b35806", "strained": "#f1a340", "neutral": "#d0d0d0", "friendly": "#998ec3",
           "allied": "#542788"}
DYAD = ("left", "left_name", "right", "right_name")


def tie_river(months: Any, *, width_px: int = 640, height_px: int = 200,
              ) -> altair.Chart | altair.FacetChart:
    """How probable each state of a tie was, month by month: five bands that fill the height.

    `months`: the frame "months", of one dyad or several, which stand below each other.
    Raises `FrameError` for a frame without these columns or rows, and where altair or narwhals is not installed.
    """
    alt = _altair()
    rows = _rows(months, ("month", *DYAD, *COLOURS), "months")
    values = [{"month": str(row["month"])[:10], "tie": f"{row['left_name']} – {row['right_name']}", "state": state,
               "level": level, "probability": row[state]}
              for row in rows for level, state in enumerate(COLOURS) if row[state] is not None]
    chart: altair.Chart = alt.Chart(alt.Data(values=values)).mark_area(interpolate="step-after").encode(
        x=alt.X("month:T", title=None),
        y=alt.Y("probability:Q", stack="normalize", title="probability", axis=alt.Axis(format="%")),
        color=alt.Color("state:N", scale=_scale(alt), legend=alt.Legend(title=None)),
        order=alt.Order("level:O"),
        tooltip=["tie:N", "month:T", "state:N", alt.Tooltip("probability:Q", format=".0%")],
    ).properties(width=width_px, height=height_px)
    ties = sorted({value["tie"] for value in values})
    if len(ties) > 1:
        facets: altair.FacetChart = chart.facet(row=alt.Row("tie:N", title=None, sort=ties))
        return facets
    titled: altair.Chart = chart.properties(title=ties[0])
    return titled


def balance_over_time(balance: Any, *, width_px: int = 640, height_px: int = 200) -> altair.LayerChart:
    """The frustration index at one date after another, as a share of all ties; where unproven, down to its bound.

    `balance`: the frame "balance". Raises `FrameError` as `tie_river` does.
    """
    alt = _altair()
    columns = ("date", "at", "actors", "ties", "index", "lower", "share", "share_lower", "is_proven")
    values = [{**{name: row[name] for name in columns}, "date": str(row["date"])[:10]}
              for row in _rows(balance, columns, "balance") if row["share"] is not None]
    base = alt.Chart(alt.Data(values=values)).encode(x=alt.X("date:T", title=None))
    shown = ["at:N", "actors:Q", "ties:Q", "index:Q", "lower:Q", alt.Tooltip("share:Q", format=".1%")]
    line = base.mark_line(color=COLOURS["hostile"], point=True).encode(
        y=alt.Y("share:Q", title="frustrated share of ties", axis=alt.Axis(format="%")), tooltip=shown)
    bounds = base.mark_rule(color=COLOURS["strained"]).encode(y="share_lower:Q", y2="share:Q")
    chart: altair.LayerChart = alt.layer(bounds, line).properties(width=width_px, height=height_px)
    return chart


def calibration(calibration: Any, *, questions: str = "all", channel: str = "pooled",
                width_px: int = 360) -> altair.LayerChart:
    """What share of the forecasts of each chance came about: on the diagonal, they say what they mean.

    `calibration`: the frame "calibration". `questions`: "all" or "onsets"; `channel`: a quad class, or "pooled".
    Points grow with the number of forecasts. Raises `FrameError` as `tie_river` does.
    """
    alt = _altair()
    columns = ("forecaster", "questions", "channel", "low", "high", "count", "mean_chance", "share")
    values = [{name: row[name] for name in columns} for row in _rows(calibration, columns, "calibration")
              if (row["questions"], row["channel"]) == (questions, channel)]
    if not values:
        raise FrameError(f"The frame has no forecasts of {questions!r} questions about {channel!r}. Name others with "
                         "questions= and channel=.")
    unit = alt.Scale(domain=[0, 1])
    percent = alt.Axis(format="%")
    points = alt.Chart(alt.Data(values=values)).mark_line(point=alt.OverlayMarkDef(size=60)).encode(
        x=alt.X("mean_chance:Q", scale=unit, title="chance", axis=percent),
        y=alt.Y("share:Q", scale=unit, title="came about", axis=percent),
        color=alt.Color("forecaster:N"),
        size=alt.Size("count:Q", legend=None),
        tooltip=["forecaster:N", "count:Q", alt.Tooltip("mean_chance:Q", format=".1%"),
                 alt.Tooltip("share:Q", format=".1%")])
    ends = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color="#999", strokeDash=[4, 4]).encode(x="x:Q", y="y:Q")
    chart: altair.LayerChart = alt.layer(ends, points).properties(width=width_px, height=width_px)
    return chart


def _altair() -> Any:
    try:
        import altair
    except ImportError as error:
        raise FrameError("Plots need altair, which is not installed. Install it: pip install 'sides[plots]'"
                         ) from error
    return altair


def _rows(frame: Any, columns: Sequence[str], table: str) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, if it has some, and these columns."""
    try:
        import narwhals

        found = narwhals.from_native(frame, eager_only=True)
    except ImportError as error:
        raise FrameError("Plots need narwhals, which is not installed. Install it: pip install 'sides[plots]'"
                         ) from error
    except TypeError as error:
        raise FrameError(f"{type(frame).__name__} is no data frame. Give ledger.frame({table!r}), or a frame of "
                         "polars, pandas or pyarrow like it.") from error
    missing = [name for name in columns if name not in found.columns]
    if missing:
        raise FrameError(f"The frame has no {', '.join(missing)}. Give ledger.frame({table!r}), or one like it.")
    if found.is_empty():
        raise FrameError(f"The frame has no rows: nothing is told of what was asked of ledger.frame({table!r}).")
    return [{name: None if value != value else value for name, value in row.items()}
            for row in found.select(columns).iter_rows(named=True)]


def _scale(alt: Any) -> Any:
    return alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
