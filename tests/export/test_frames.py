"""Answers as polars data frames: the same columns and types whatever is found."""

from __future__ import annotations

import sys
from datetime import date

import polars
import pytest

from sides.export.claims import COLUMNS
from sides.export.frames import TABLES, Kind
from sides.model.errors import FrameError
from tests.ties.ledgers import made, told

ASKED = {"changes": {"since": "2000"}}
TYPES = {Kind.TEXT: polars.String, Kind.TEXTS: polars.List(polars.String), Kind.NUMBER: polars.Float64,
         Kind.COUNT: polars.Int64, Kind.FLAG: polars.Boolean, Kind.DAY: polars.Date}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    early = told("2012-01-10", "Wire", ("norland", "ALLIANCE", "sudland", {"start": "2010-03"}),
                 ("norland", "MEMBER_OF", "northern-pact", {"start": "2008"}),
                 ("sudland", "MEMBER_OF", "northern-pact", {"start": "2008"}))
    late = told("2015-02-10", "Post", ("norland", "SEVERED", "sudland", {"start": "2014-06"}),
                ("norland", "ASSAULT", "sudland", {"start": "2014-07"}),
                ("sudland", "ASSAULT", "norland", {"start": "2014-08"}))
    other = told("2015-02-11", "Wire", ("norland", "FRIENDLY", "sudland", {"start": "2014-07"}),
                 ("norland", "AID", "sudland", {"start": "2014-08"}),
                 ("westland", "MEDIATE", "norland", {"third": "sudland", "start": "2014-09"}),
                 ("norland", "AGREE", "sudland", {"modality": "forecast"}), key="other")
    return made(tmp_path_factory.mktemp("frames"), early, late, other)


@pytest.mark.parametrize("table", [table for table in TABLES if table != "calibration"])  # nothing: nothing to score
def test_columns_and_types_do_not_depend_on_what_is_found(ledger, table):
    found = ledger.frame(table, **ASKED.get(table, {}))
    nothing = ledger.frame(table, known="1990", **ASKED.get(table, {}))
    assert found.height and not nothing.height
    assert found.schema == nothing.schema
    assert list(found.columns) == list(TABLES[table].columns)
    for name, kind in TABLES[table].columns.items():
        assert kind is Kind.RECORDS or found.schema[name] == TYPES[kind], name


def test_ties_have_five_probabilities_at_the_date(ledger):
    (row,) = ledger.frame("ties", at="2011").filter(polars.col("right") == "sudland").to_dicts()
    tie = ledger.tie("norland", "sudland", at="2011")
    assert row["state"] == tie.state and row["left_name"] == "Norland"
    assert [row[state.value] for state in tie.probabilities] == pytest.approx(list(tie.probabilities.values()))
    assert ledger.frame("turns").height == row["turns"]
    assert not ledger.frame("ties", at="2007").height  # nothing is told yet


def test_months_run_from_the_first_claim_to_the_date_asked_about(ledger):
    months = ledger.frame("months", at="2011-02")["month"].to_list()
    assert (months[0], months[-1], len(months)) == (date(2010, 3, 1), date(2011, 2, 1), 12)
    assert ledger.frame("months")["month"].max() == date(2015, 2, 1)


def test_claims_are_the_records(ledger):
    frame = ledger.frame("claims", actor="norland")
    assert tuple(frame.columns) == COLUMNS
    assert frame["id"].to_list() == [claim.id for claim in ledger.claims(actor="norland")]


def test_a_table_that_there_is_not_is_named_with_those_that_there_are(ledger):
    with pytest.raises(FrameError, match="ties, turns"):
        ledger.frame("moods")


def test_without_polars_it_is_said_how_to_install_it(ledger, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(FrameError, match=r"pip install 'sides\[frames\]'"):
        ledger.frame("ties")
