"""Plots hold what the ledger holds, and are charts that Vega-Lite takes: altair validates them as it writes them."""

from __future__ import annotations

import sys

import narwhals
import polars
import pytest

import sides
from sides import plots
from sides.export.frames import TABLES
from sides.model.errors import FrameError


@pytest.fixture(scope="module")
def ledger(digest):
    return sides.open(digest)


@pytest.fixture(scope="module")
def months(ledger):
    return ledger.frame("months").filter((polars.col("left") == "hamas") & (polars.col("right") == "syria"))


def test_a_river_holds_every_month_and_state_of_a_tie(ledger, months):
    chart = plots.tie_river(months).to_dict()
    values = chart["data"]["values"]
    tie = ledger.tie("hamas", "syria")
    assert len(values) == 5 * months.height
    assert {value["month"] for value in values} == {str(day) for day in months["month"]}
    last = {value["state"]: value["probability"] for value in values if value["month"] == str(months["month"].max())}
    horizon = tie.history.probabilities(sides.PartialDate.parse(str(months["month"].max())[:7]))
    assert last == pytest.approx({state.value: share for state, share in horizon.items()})
    assert chart["encoding"]["y"]["stack"] == "normalize" and chart["title"] == "Hamas – Syria"


@pytest.mark.parametrize("backend", ["pandas", "pyarrow"])
def test_frames_of_others_give_the_same_chart(months, backend):
    other = months.to_pandas() if backend == "pandas" else months.to_arrow()
    assert plots.tie_river(other).to_dict() == plots.tie_river(months).to_dict()


def test_several_ties_stand_below_each_other(ledger):
    all_months = ledger.frame("months")
    chart = plots.tie_river(all_months).to_dict()
    assert len(chart["facet"]["row"]["sort"]) == all_months.select("left", "right").unique().height
    assert len(chart["data"]["values"]) == 5 * all_months.height > 5000  # more than altair itself would take


def test_balance_over_time_is_that_of_the_ledger(ledger):
    found = ledger.frame("balance", since="2012", until="2022")
    moments = [one for one in ledger.balance_over_time(since="2012", until="2022") if one.network.ties]
    assert found["index"].to_list() == [one.balance.result.value for one in moments]
    assert found["share"].to_list() == [one.balance.share for one in moments]
    chart = plots.balance_over_time(found).to_dict()
    values = chart["data"]["values"]
    assert [value["share"] for value in values] == [share for share in found["share"] if share is not None]
    assert [layer["mark"]["type"] for layer in chart["layer"]] == ["rule", "line"]


def test_calibration_is_that_of_the_backtest(ledger):
    found = ledger.frame("calibration", within_days=180, origins=3)
    assert list(found.columns) == list(TABLES["calibration"].columns)
    scores = ledger.backtest(within_days=180, origins=3).backtest.scores("recurrence")
    assert found.height == sum(len(one.reliability) for one in scores)
    chart = plots.calibration(found).to_dict()
    told = {(one.forecaster, each.mean_chance): (each.count, each.share) for one in scores
            if (one.questions, one.channel) == ("all", "pooled") for each in one.reliability}
    values = next(values for values in _values(chart) if "forecaster" in values[0])
    assert {(value["forecaster"], value["mean_chance"]): (value["count"], value["share"]) for value in values} == told
    with pytest.raises(FrameError, match="no forecasts of 'all' questions about 'gossip'"):
        plots.calibration(found, channel="gossip")


def _values(chart):
    return [*chart.get("datasets", {}).values(),
            *(part["data"]["values"] for part in chart.get("layer", []) if "values" in part.get("data", {}))]


def test_a_frame_that_is_none_or_another_is_refused(months):
    for wrong, said in ((3, "int is no data frame"), (months.drop("month"), "has no month"),
                        (months.head(0), "has no rows")):
        with pytest.raises(FrameError, match=said):
            plots.tie_river(wrong)


def test_what_is_missing_is_named(months, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(FrameError, match=r"sides\[plots\]"):
        plots.tie_river(months)


@pytest.mark.parametrize("table", ["ties", "months", "claims"])
def test_frames_are_those_of_narwhals_in_every_backend(ledger, table):
    own = narwhals.from_native(ledger.frame(table))
    for backend in ("pandas", "pyarrow"):
        other = narwhals.from_native(ledger.frame(table, backend=backend))
        assert other.implementation.value == backend and own.columns == other.columns and own.shape == other.shape
        left = own.columns[0]
        assert own[left].to_list() == other[left].to_list()
    with pytest.raises(FrameError, match="Name one of: polars, pandas, pyarrow"):
        ledger.frame(table, backend="sparkles")
