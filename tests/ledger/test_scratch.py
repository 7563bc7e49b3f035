"""Judgements that are tried: as if they had been made, and nothing is written."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import sides
from sides.model.errors import DecisionError, LedgerError, UnknownClaim
from tests.ties.told import row, told

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
BY = {"who": "an analyst", "why": "the text says otherwise", "when": NOON}
LATER = {**BY, "when": NOON + timedelta(hours=1)}


@pytest.fixture
def ledger(tmp_path: Path) -> sides.Ledger:
    return told(
        tmp_path,
        ("Gazette", "2020-01-10", [row("hamas", "SUPPORT", "syria"), row("mx", "ASSAULT", "israel")]),
        ("Courier", "2021-02-10", [row("hamas", "SUPPORT", "syria"), row("egypt", "MEDIATE", "israel", third="hamas")]),
        ("Herald", "2021-03-10", [row("mx", "PART_OF", "hamas"), row("hamas", "ACCUSE", "egypt", speaker="mx")]))


def all_files(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*"))
            if path.is_file()}


def claim_of(ledger: sides.Ledger, source: str, kind: str) -> str:
    return next(one.id for one in ledger.claims() if one.source == source and one.type == kind)


def seen(ledger: sides.Ledger) -> tuple:
    return (ledger.claims(), ledger.actors(), [(tie.left, tie.right, tie.probabilities) for tie in ledger.ties()],
            [one.id for one in ledger.corrections()], [one.id for one in ledger.decisions()], ledger.counts(),
            sorted(map(str, ledger._view().snapshot.sql("SELECT id, is_in_force FROM corrections").fetchall())))


def test_what_is_tried_looks_as_if_it_were_made(ledger, tmp_path):
    claim = claim_of(ledger, "hamas", "SUPPORT")
    scratch = ledger.scratch()
    for one in (scratch, ledger):
        done = one.correct(claim, action="set", changes={"type": "ACCUSE"}, **BY)
        one.decide("mx", verdict="merge", into="hamas", **BY)
        one.correct(done, action="withdraw", **LATER)
        one.correct(claim, action="reject", **LATER)
    assert seen(scratch) == seen(ledger)


def test_nothing_is_written(ledger):
    before, version = all_files(ledger.path), ledger.version
    scratch = ledger.scratch()
    scratch.correct(claim_of(ledger, "hamas", "SUPPORT"), action="reject", **BY)
    scratch.decide("mx", verdict="reject", **BY)
    ledger.consequences(scratch)
    assert all_files(ledger.path) == before
    assert sides.open(ledger.path).version == ledger.version == scratch.version == version
    assert len(ledger.claims()) == 6 and len(scratch.claims()) == 3


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_written_to_will_do(ledger):
    for path in ledger.path.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    scratch = sides.open(ledger.path).scratch()
    scratch.correct(claim_of(ledger, "hamas", "SUPPORT"), action="reject", **BY)
    assert len(scratch.claims()) == 5


def test_a_scratch_takes_judgements_and_nothing_else(ledger, tmp_path):
    (tmp_path / "a.txt").write_text("Hamas praised Syria.")
    with pytest.raises(LedgerError, match="and nothing else"):
        ledger.scratch().read(tmp_path / "a.txt")
    with pytest.raises(UnknownClaim):
        ledger.scratch().correct("nothing", action="reject", **BY)
    with pytest.raises(DecisionError):
        ledger.scratch().decide("nothing", verdict="withdraw", **BY)
    with pytest.raises(LedgerError, match="no correction"):
        ledger.scratch().correct("nothing", action="withdraw", **BY)


def test_one_claim_changes_its_ties_alone(ledger):
    scratch = ledger.scratch()
    claim = claim_of(ledger, "mx", "ASSAULT")
    scratch.correct(claim, action="set", changes={"type": "AID"}, **BY)
    found = ledger.consequences(scratch)
    (change,) = found.claims
    assert (change.before.claim.type, change.after.claim.type) == ("ASSAULT", "AID")
    assert [(one.before.left, one.before.right) for one in found.ties] == [("israel", "mx")]
    assert found.ties[0].shift > 0
    assert not found.actors


@pytest.mark.parametrize("judge", [
    lambda ledger: ledger.correct(claim_of(ledger, "egypt", "MEDIATE"), action="reject", **BY),
    lambda ledger: ledger.correct(claim_of(ledger, "mx", "PART_OF"), action="reject", **BY),
    lambda ledger: ledger.correct(claim_of(ledger, "hamas", "SUPPORT"), action="set", changes={"target": "egypt"},
                                  **BY),
    lambda ledger: ledger.decide("mx", verdict="merge", into="syria", **BY),
    lambda ledger: ledger.decide("hamas", verdict="split", into="hamas-abroad", documents=["d1.txt"], **BY),
    lambda ledger: ledger.decide("mx", verdict="reject", **BY),
    lambda ledger: ledger.decide("mx", verdict="confirm", changes={"name": "The X", "parent": "syria"}, **BY),
])
@pytest.mark.parametrize("asked", [{}, {"at": "2020-06"}, {"known": "2020-12"}, {"exact": True}])
def test_the_ties_that_change_are_those_that_differ_afterwards(ledger, judge, asked):
    scratch = ledger.scratch()
    judge(scratch)
    told_of = {(one.after.left, one.after.right): one.after.probabilities for one in
               ledger.consequences(scratch, **asked).ties}
    before, after = ({(tie.left, tie.right): tie for tie in one.ties(**asked)} for one in (ledger, scratch))
    for dyad in before.keys() | after.keys():
        one, other = (ties[dyad].probabilities if dyad in ties else {} for ties in (before, after))
        differ = one.keys() != other.keys() or any(abs(one[state] - other[state]) > 1e-3 for state in one)
        assert dyad in told_of or not differ, dyad
        if dyad in told_of:
            assert {state: pytest.approx(share, abs=1e-6) for state, share in other.items()} == told_of[dyad]


def test_judgements_are_told_with_what_became_of_them(ledger):
    done = ledger.correct(claim_of(ledger, "hamas", "SUPPORT"), action="reject", **BY)
    taken = ledger.correct(done, action="withdraw", **LATER)
    merged = ledger.decide("mx", verdict="merge", into="hamas", **LATER)
    found = {one.said.id: one for one in ledger.judgements()}
    assert found[done].idle == "withdrawn" and found[done].withdrawn_by == taken
    assert found[done].shown == found[done].about.id and found[taken].idle == "" and found[taken].withdrawn_by is None
    assert found[merged].name == "Mx" and found[merged].idle == ""
    again = ledger.correct(taken, action="withdraw", **{**LATER, "when": NOON + timedelta(hours=2)})
    found = {one.said.id: one for one in ledger.judgements()}
    assert found[taken].withdrawn_by == again and found[done].withdrawn_by is None and found[done].idle == ""


def test_the_least_sure_claims_that_nobody_has_judged_come_first(ledger):
    claims, total = ledger.unjudged(most=2)
    assert total == 6 and len(claims) == 2 and ledger.unjudged_by_reader() == {"imported": 6}
    ledger.correct(claims[0].id, action="confirm", **BY)
    later, left = ledger.unjudged()
    assert left == 5 and claims[0].id not in {one.id for one in later}
    assert ledger.unjudged(known="2020-12")[1] == 1 and ledger.unjudged(reader="grammar") == ([], 0)
    assert ledger.unjudged(after=50) == ([], 5)


def test_documents_are_listed_by_page(ledger):
    page = ledger.documents_page(sort="claims", is_falling=True, most=1)
    assert page.total == 3 and page.rows[0]["claims"] == 2 and "text" not in page.rows[0]
    assert [row["name"] for row in ledger.documents_page().rows] == ["d0.txt", "d1.txt", "d2.txt"]
    assert [row["name"] for row in ledger.documents_page(words="MEDIATE Israel").rows] == ["d1.txt"]
    assert ledger.documents_page(outlet="Herald").total == 1 and ledger.documents_page(outlet="").total == 0
    assert ledger.documents_page(known="2021-02").total == 2 and ledger.documents_page(after=9).total == 3
    assert ledger.documents_page(words="%").total == 0, "no pattern"


def test_a_document_is_opened_with_what_people_said_of_it(ledger):
    claim = claim_of(ledger, "mx", "ASSAULT")
    document = next(one for one in ledger.claims() if one.id == claim).document
    ledger.correct(claim, action="reject", **BY)
    found = ledger.opened(document)
    assert [one.claim.type for one in found.claims] == ["SUPPORT"]
    assert [(one.id, correction.who) for one, correction in found.rejected] == [(claim, "an analyst")]
    assert found.counting == {one.claim.id for one in found.claims}
    assert ledger.opened(document, known="2019").counting == frozenset()
    assert ledger.opened("nothing") is None
