"""Panels of event files as data frames."""

from __future__ import annotations

import builtins
import sys

import pandas
import polars
import pytest

import sides
from sides.model.errors import FrameError, MappingError, MissingInput, UnknownFormat

LINES = "date,source,target,code\n2011-03-01,SYRGOV,PSEREBHMS,051\n2011-03-01,SYR,SYR,190\n2011-04-01,USA,SYR,112\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "made_cameo.csv"
    path.write_text(LINES)
    return path


def test_a_panel_is_a_frame_of_polars(table):
    frame = sides.panel([table])
    assert isinstance(frame, polars.DataFrame)
    assert frame["source"].to_list() == ["syria", "united-states"]
    assert frame.schema["period"] == polars.Date
    assert (frame.schema["quad"], frame.schema["events"], frame.schema["share"]) == (
        polars.Int8, polars.Int64, polars.Float64)
    assert frame["expected"].to_list() == [None, 0.0] or frame["expected"].to_list() == [None, 0]


def test_the_same_panel_is_had_in_pandas_without_pyarrow(table, monkeypatch):
    found = builtins.__import__

    def without(name, *rest):
        if name.split(".")[0] == "pyarrow":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(sys.modules, "pyarrow", raising=False)
    frame = sides.panel([str(table)], "year", backend="pandas")
    assert isinstance(frame, pandas.DataFrame)
    expected = sides.panel([table], "year")
    assert list(frame.columns) == expected.columns
    assert frame["events"].tolist() == expected["events"].to_list()
    assert frame["quad"].dtype == "float64"
    assert frame["expected"].isna().all()


def test_what_cannot_be_made_is_said(table, tmp_path, monkeypatch):
    with pytest.raises(FrameError, match="polars, pandas or pyarrow"):
        sides.panel([table], backend="nothing")
    with pytest.raises(MappingError, match="keds-cameo"):
        sides.panel([table], dataset="kedz")
    with pytest.raises(MissingInput):
        sides.panel([tmp_path / "none.csv"])
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnknownFormat):
        sides.panel([tmp_path / "strange.csv"])
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(FrameError, match="pip install 'sides\\[frames\\]'"):
        sides.panel([table])
