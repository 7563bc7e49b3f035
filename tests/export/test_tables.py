"""Tables as JSON lines, CSV and Parquet: the same records in each, with the evidence that they rest on."""

from __future__ import annotations

import csv
import json

import polars
import pytest

from sides.export.evidence import evidence_fields
from sides.export.tables import EVIDENCE_COLUMNS, TABLES
from tests.export.ledgers import carried, hard_ledger, of

NESTED = ("reasons", "amounts", "fields")


def opened(path, form):
    """The records, as the reader of the format has them: in CSV, where all is text, what is empty is nothing."""
    if form == "jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    if form == "parquet":
        return polars.read_parquet(path).to_dicts()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_text(value):
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


@pytest.mark.parametrize("subject", TABLES)
def test_the_three_formats_have_the_same_records(exported, subject):
    lines, table, cells = (opened(exported(form, subject), form) for form in ("jsonl", "parquet", "csv"))
    assert table == lines
    assert [list(record) for record in lines] == [list(TABLES[subject].columns)] * len(lines)
    assert cells == [{name: as_text(value) for name, value in record.items() if name not in NESTED} | {
        name: "" for name in NESTED if name in record} for record in lines]


def test_evidence_is_carried_whole(hard, exported):
    found = {one["claim"]: of(one) for one in opened(exported("parquet", "evidence"), "parquet")}
    assert found == carried(hard)
    one = hard.evidence(hard.claims())[0]
    fields = evidence_fields(one, {})
    # The two that are left out tell how claims were counted and folded, which they are not here.
    assert set(fields) - set(EVIDENCE_COLUMNS) == {"counted_for", "restatements"}


def test_claims_are_those_of_the_ledger_in_its_order(demo, tmp_path):
    demo.export("claims", tmp_path / "claims.jsonl")
    assert opened(tmp_path / "claims.jsonl", "jsonl") == json.loads(json.dumps(demo.records()))
    demo.export("claims", tmp_path / "known.jsonl", known="2012", exact=True)
    claims = demo.claims(known="2012")
    assert opened(tmp_path / "known.jsonl", "jsonl") == json.loads(json.dumps(demo.records(claims, exact=True)))


@pytest.mark.parametrize("about", [("Hamas",), ("Hamas", "Syria")])
def test_what_is_about_some_is_what_the_ledger_tells_of_them(demo, tmp_path, about):
    asked = {"actor": about[0]} if len(about) == 1 else {"between": about}
    expected = [claim.id for claim in demo.claims(**asked)]
    demo.export("claims", tmp_path / "claims.jsonl", *about)
    found = opened(tmp_path / "claims.jsonl", "jsonl")
    assert [one["id"] for one in found] == expected
    demo.export("documents", tmp_path / "documents.jsonl", *about)
    documents = opened(tmp_path / "documents.jsonl", "jsonl")
    assert sum(one["claims"] for one in documents) == len(expected)
    demo.export("actors", tmp_path / "actors.jsonl", *about)
    actors = {one["id"] for one in opened(tmp_path / "actors.jsonl", "jsonl")}
    assert actors == {one[role] for one in found for role in ("source", "target", "third") if one[role]}
    demo.export("ties", tmp_path / "ties.jsonl", *about)
    ids = {demo.actor(name).id for name in about}
    ties = opened(tmp_path / "ties.jsonl", "jsonl")
    assert ties
    assert all(ids <= {tie["left"], tie["right"]} for tie in ties)


def test_half_a_surrogate_pair_is_kept_where_there_is_an_escape_and_told_of_elsewhere(tmp_path):
    ledger = hard_ledger(tmp_path, "\ud800")
    assert not ledger.export("evidence", tmp_path / "all.jsonl").notes
    assert {one["quote"] for one in opened(tmp_path / "all.jsonl", "jsonl")} == {one.quote for one in ledger.claims()}
    for form in ("csv", "parquet"):
        written = ledger.export("evidence", tmp_path / f"all.{form}")
        assert "that UTF-8 cannot hold became U+FFFD" in written.notes[0]
        assert {one["quote"] for one in opened(tmp_path / f"all.{form}", form)} == {
            one.quote.replace("\ud800", "\ufffd") for one in ledger.claims()}
