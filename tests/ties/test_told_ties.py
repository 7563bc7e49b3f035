"""A ledger handed on piece by piece: the same as when it is asked at once."""

from __future__ import annotations

import pytest

import sides
from sides.ties import by_document, told_ties


@pytest.fixture(scope="module")
def ledger(digest):
    return sides.open(digest)


def test_stretches_and_evidence_are_those_of_the_ties(ledger):
    told = {(tie.left, tie.right): tie for tie in ledger.told_ties()}
    for tie in ledger.ties():
        found = told.pop((tie.left, tie.right))
        assert {one.claim.id for one in found.evidence} >= {one.claim.id for one in tie.evidence}
        assert found.stretches[-1].is_last
        for step in tie.steps:
            stretch = found.at(step.last)
            assert stretch is None or stretch.state == tie.history.state(step.last)
        for earlier, later in zip(found.stretches, found.stretches[1:], strict=False):
            assert earlier.until == later.since
            assert (earlier.end.first < later.since.first) and not earlier.is_last
    assert all(stretch.state is None for tie in told.values() for stretch in tie.stretches)  # all is denied


def test_a_stretch_rests_on_what_is_dated_to_it(ledger):
    (tie,) = ledger.told_ties("Hamas", "Syria")
    grounds = tie.grounds()
    assert {one.claim.id for some in grounds for one in some} == {one.claim.id for one in tie.evidence}
    for stretch, some in zip(tie.stretches, grounds, strict=True):
        assert some
        dated = [one for one in tie.evidence if stretch.since.first <= one.date.last < stretch.until.first]
        assert set(dated) <= set(some) and (not dated or stretch is tie.stretches[0] or list(some) == dated
                                            or stretch.is_last)


def test_portions_make_no_difference(ledger, monkeypatch):
    whole = list(ledger.told_ties()), list(ledger.by_document()), list(ledger.by_document("Hamas"))
    monkeypatch.setattr(told_ties, "CLAIMS_AT_ONCE", 3)
    monkeypatch.setattr(by_document, "CLAIMS_AT_ONCE", 3)
    monkeypatch.setattr(by_document, "DOCUMENTS_AT_ONCE", 2)
    assert (list(ledger.told_ties()), list(ledger.by_document()), list(ledger.by_document("Hamas"))) == whole


def test_documents_come_in_order_with_all_that_they_say(ledger):
    told = list(ledger.by_document())
    assert [document for document, _ in told] == ledger.documents()
    assert [one for _, evidence in told for one in evidence] == ledger.evidence(ledger.claims())
    earlier = list(ledger.by_document("Hamas", "Syria", known="2012-06"))
    assert [one.claim for _, evidence in earlier for one in evidence] == ledger.claims(
        between=("Hamas", "Syria"), known="2012-06")


def test_who_is_in_no_ledger_is_described_by_the_registry_or_by_its_id(ledger):
    assert ledger.described("hamas") == ledger.actor("hamas")
    assert ledger.described("peru").name == "Peru"
    assert (ledger.country_code("peru"), ledger.country_code("hamas")) == ("PE", None)
    assert (ledger.described("nobody").name, ledger.described("nobody").kind) == ("nobody", "other")
