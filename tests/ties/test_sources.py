"""How voices compare: how much each says, who told of a change first, what repeats what."""

from __future__ import annotations

import pytest

import sides
from sides.model.errors import LensError
from sides.ties.sources import paces
from tests.ties.ledgers import made, told

WARM = [told(f"2012-0{month}-05", "Gazette", ("norland", "FRIENDLY", "sudland", {"start": f"2012-0{month}"}))
        for month in (1, 4, 7)]
COLD = [told("2015-02-05", "Mirror", ("norland", "HOSTILE", "sudland", {"start": "2015-02"}),
             ("norland", "ASSAULT", "sudland", {"start": "2015-01"})),
        told("2015-02-25", "Gazette", ("norland", "HOSTILE", "sudland", {"start": "2015-02"}),
             ("norland", "ASSAULT", "sudland", {"start": "2015-02"})),
        told("2015-06-05", "Echo", ("norland", "SEVERED", "sudland", {"start": "2015-06"}),
             ("westland", "FRIENDLY", "ostland", {"start": "2015-06"}))]


@pytest.fixture
def ledger(tmp_path):
    return made(tmp_path, *WARM, *COLD)


def test_each_voice_is_heard_with_what_it_says(ledger):
    found = ledger.sources().heard()
    assert [(one.name, one.claims, one.documents, one.pairs) for one in found] == [
        ("Gazette", 5, 4, 1), ("Echo", 2, 1, 2), ("Mirror", 2, 1, 1)]
    assert (str(found[0].first), str(found[0].last)) == ("2012-01-05", "2015-02-25")


def test_who_told_of_a_turn_first_leads_and_who_warmed_before_it_tells_of_none(ledger):
    leads = [one for one in ledger.sources().leads() if not one.turn.is_up]
    assert [(one.left, one.right) for one in leads] == [("norland", "sudland")]
    tellings = [(one.voice, one.lag_days) for one in leads[0].tellings]
    assert tellings[:2] == [("Mirror", 0), ("Gazette", 20)]
    pace = {one.name: one for one in paces(leads)}
    assert (pace["Mirror"].first, pace["Mirror"].alone, pace["Mirror"].median_lag_days) == (1, 0, None)
    assert (pace["Gazette"].first, pace["Gazette"].median_lag_days) == (0, 20)


def test_the_bundled_example_has_two_reports_in_two_copies(digest):
    echoes = sides.open(digest).sources().echoes()
    assert [[(str(published), outlet) for published, outlet, _ in one.printed] for one in echoes] == [
        [("2012-02-25", "Cedar Coast Post"), ("2012-02-25", "Harbour Wire")],
        [("2022-06-21", "Harbour Wire"), ("2022-06-22", "Cedar Coast Post")]]


def test_standings_count_the_claims_that_stand_against_the_rest(tmp_path):
    ledger = made(tmp_path, *WARM, told("2012-05-01", "Echo", ("norland", "HOSTILE", "sudland", {"start": "2012-05"})))
    sources = ledger.sources()
    found = sources.standings(ledger.disagreements().claims)
    assert found and all(0 < one.against <= one.claims and len(one.examples) == one.against for one in found)


def test_a_kind_of_voice_that_there_is_not_is_refused(ledger):
    with pytest.raises(LensError, match="outlet, author"):
        ledger.sources(by="colour")


def test_the_order_of_documents_makes_no_difference(tmp_path):
    one, other = made(tmp_path / "a", *WARM, *COLD), made(tmp_path / "b", *reversed([*WARM, *COLD]))
    assert one.sources(by="outlet").heard() == other.sources(by="outlet").heard()
    assert [lead.tellings[0].voice for lead in one.sources().leads()] == [
        lead.tellings[0].voice for lead in other.sources().leads()]
