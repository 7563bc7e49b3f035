"""Counts by dyad and time, what they are shares of, and the days on which nothing was recorded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.cli import main
from sides.events.database import size_of
from sides.events.gaps import Gap, gaps_in
from sides.events.gathering import gathering

FIRST = date(2011, 1, 3)  # a Monday


@cache
def registry() -> Registry:
    return Registry.load()


def panel(path: Path, lines: list[str], every: Any) -> list[dict[str, Any]]:
    path.write_text("date,source,target,code\n" + "\n".join(lines) + "\n")
    with gathering(registry=registry()) as found:
        (told,) = found.read([path], "keds-cameo")
        assert told.account is not None, told.error
        told_panel = found.panel(every)
        return [dict(zip(told_panel.columns, row, strict=True)) for row in told_panel.fetchall()]


def test_totals_by_which_counts_may_be_divided(tmp_path):
    lines = ["2011-03-01,USA,SYR,112", "2011-03-02,USA,SYR,112", "2011-03-02,USA,SYR,190", "2011-03-03,SYR,USA,112",
             "2011-03-03,USA,ISR,051", "2011-03-04,IRN,SYR,051"]
    rows = {(row["source"], row["target"], row["quad"]): row for row in panel(tmp_path / "a.csv", lines, "month")}
    accusing = rows["united-states", "syria", 3]
    assert (accusing["events"], accusing["source_events"], accusing["target_events"]) == (2, 4, 4)
    assert (accusing["dyad_events"], accusing["pair_events"], accusing["all_events"]) == (3, 4, 6)
    assert rows["iran", "syria", 1]["pair_events"] == 1
    assert accusing["expected"] is None  # nothing before it to go by


def test_the_expected_count_follows_the_growth_of_the_dataset(tmp_path):
    lines = ["2011-01-01,USA,SYR,190", "2011-01-02,IRN,SYR,051", "2011-02-01,IRN,SYR,051", "2011-02-02,IRN,SYR,051"]
    lines += [f"2011-03-{day:02},IRN,SYR,051" for day in range(1, 9)] + [
        f"2011-03-{day:02},USA,SYR,190" for day in range(10, 14)]
    rows = {(row["source"], str(row["period"])): row for row in panel(tmp_path / "a.csv", lines, "month")}
    # A fourth of the four events before it; of the twelve in March that is three.
    assert rows["united-states", "2011-03-01"]["expected"] == 3
    assert rows["united-states", "2011-03-01"]["events"] == 4
    assert rows["iran", "2011-02-01"]["expected"] == 1
    # By year, neither month is before the other.
    assert [row["expected"] for row in panel(tmp_path / "a.csv", lines, "year")] == [None, None]


@pytest.mark.parametrize(("every", "periods"), [
    ("day", ["2012-12-30", "2012-12-31", "2013-01-01"]), ("week", ["2012-12-24", "2012-12-31"]),
    ("month", ["2012-12-01", "2013-01-01"]), ("year", ["2012-01-01", "2013-01-01"])])
def test_periods(tmp_path, every, periods):
    lines = [f"{day},USA,SYR,190" for day in ("2012-12-30", "2012-12-31", "2013-01-01")]
    assert [str(row["period"]) for row in panel(tmp_path / "a.csv", lines, every)] == periods


def days_of(counts: list[int]) -> list[tuple[str, date, int]]:
    return [("made", FIRST + timedelta(place), count) for place, count in enumerate(counts) if count]


def test_days_without_records_are_a_gap_where_there_would_have_been_some():
    assert list(gaps_in(days_of([9] * 60 + [0] * 3 + [7] * 60))) == [
        Gap("made", FIRST + timedelta(60), FIRST + timedelta(62), 21.0)]
    # One record a day: four weeks without any could be no chance, one week could.
    assert not list(gaps_in(days_of([1] * 60 + [0] * 7 + [1] * 60)))
    assert [one.days for one in gaps_in(days_of([1] * 60 + [0] * 28 + [1] * 60))] == [28]


def test_neither_a_weekly_rhythm_nor_a_beginning_nor_a_sparse_set_has_gaps():
    assert not list(gaps_in(days_of([50, 50, 50, 50, 50, 0, 0] * 20)))
    assert not list(gaps_in(days_of([1] + [0] * 400 + [50] * 100)))
    assert not list(gaps_in(days_of([30] * 100 + [0] * 400 + [1])))
    assert not list(gaps_in(days_of(([3] + [0] * 20) * 30)))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=200))
def test_a_gap_is_empty_and_has_records_on_both_sides(counts):
    rows = days_of(counts)
    there = {day for _, day, _ in rows}
    for one in gaps_in(rows):
        assert {one.first - timedelta(1), one.last + timedelta(1)} <= there
        assert not any(one.first + timedelta(day) in there for day in range(one.days))


def test_gaps_are_told_and_the_periods_that_they_touch_are_marked(tmp_path, capsys):
    days = [FIRST + timedelta(day) for day in range(130) if day not in range(75, 80)]
    lines = [f"{day},USA,SYR,190" for day in days for _ in range(9)]
    rows = panel(tmp_path / "made_cameo.csv", lines, "week")
    missing = {str(row["period"]): row["days_missing"] for row in rows if row["days_missing"]}
    assert missing == {"2011-03-14": 2, "2011-03-21": 3}
    assert main(["events", "check", str(tmp_path / "made_cameo.csv")]) == 0
    assert "no records from 2011-03-19 to 2011-03-23 (5 days; about 45 were to be expected)" in " ".join(
        capsys.readouterr().out.split())


def test_sizes_of_memory():
    assert [size_of(one) for one in ("500MB", "2 GiB", "0.5gb")] == [500_000_000, 2 ** 31, 500_000_000]
    with pytest.raises(ValueError, match="no size of memory"), gathering(memory="much"):
        pass


def test_what_is_interrupted_leaves_nothing_behind(tmp_path):
    place = tmp_path / "temporary"
    place.mkdir()
    line = "2011-03-01,USA,SYR,112\n"
    (tmp_path / "made_cameo.csv").write_text("date,source,target,code\n" + line * 3_000_000)
    run = subprocess.Popen([sys.executable, "-m", "sides", "events", "panel", "made_cameo.csv", "-o", "panel.parquet"],
                           cwd=tmp_path, env={**os.environ, "TMPDIR": str(place)}, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(place.glob("*/events.duckdb")) and run.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert list(place.iterdir())
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=60)
    assert run.returncode not in (0, 1)
    assert not list(place.iterdir())
    assert not (tmp_path / "panel.parquet").exists()
