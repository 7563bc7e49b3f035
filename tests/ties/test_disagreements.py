"""Where voices disagree: how far, on what, and which claims stand alone."""

from __future__ import annotations

import math

import pytest

from sides.model.dates import PartialDate
from sides.model.errors import LensError
from sides.ties.disagreements import LEAST_WEIGHT
from sides.ties.evidence import gather
from sides.ties.support import supports
from tests.ties.ledgers import made, told
from tests.ties.test_tie import claim, document

WARM = [("norland", "FRIENDLY", "sudland", {"start": f"2014-0{month}"}) for month in (1, 3, 5)]
COLD = [("norland", "HOSTILE", "sudland", {"start": "2014-02"}),
        ("norland", "ASSAULT", "sudland", {"start": "2014-04", "layer": "military"})]
GAZETTE = told("2014-07-01", "Gazette", *WARM)
MIRROR = told("2014-07-02", "Mirror", *COLD)
# A weaker quarrel: of what Echo says, only a possibility stands against the Gazette.
QUARREL = told("2014-07-03", "Echo", ("westland", "STRAINED", "ostland", {"start": "2014-02"}))
PEACE = told("2014-07-04", "Gazette", ("westland", "COOPERATE", "ostland", {"start": "2014-03"}), key="peace")


@pytest.fixture
def ledger(tmp_path):
    return made(tmp_path, GAZETTE, MIRROR, QUARREL, PEACE)


def test_the_dyad_on_which_voices_lie_farthest_apart_comes_first(ledger):
    found = ledger.disagreements()
    assert (found.dyads[0].left, found.dyads[0].right) == ("norland", "sudland")
    far = found.dyads[0].farthest
    assert (far.better.name, far.worse.name) == ("Gazette", "Mirror")
    assert far.gap > 1 and far.contradiction > 0.5 and 0 < far.distance <= 4
    assert far.divergence < far.contradiction
    assert far.first <= far.worst <= far.last
    divergences = [one.farthest.divergence for one in found.dyads]
    assert divergences == sorted(divergences, reverse=True)


def test_it_is_said_on_what_they_differ_and_by_which_claims(ledger):
    grounds = ledger.disagreements().dyads[0].farthest.grounds
    pulling = {(ground.layer.value, ground.type.value) for ground in grounds if ground.pull > 0}
    assert pulling >= {("general", "FRIENDLY"), ("military", "ASSAULT")}
    assert [ground.pull for ground in grounds] == sorted((ground.pull for ground in grounds), reverse=True)
    for ground in grounds:
        assert {one.evidence.claim.type for one in ground.contributions} == {ground.type}


def test_each_voice_has_the_tie_that_its_lens_gives(ledger):
    for voice in ledger.disagreements(at="2014-06").dyads[0].voices:
        tie = ledger.tie("norland", "sudland", at="2014-06", lens=voice.lens)
        assert voice.tie.probabilities == tie.probabilities
        assert voice.weight >= LEAST_WEIGHT


def test_a_voice_tells_of_the_months_of_which_it_speaks_and_of_no_other(ledger):
    for voice in ledger.disagreements().dyads[0].voices:
        assert sum(voice.probabilities(PartialDate(2014, 5)).values()) == pytest.approx(1)
        assert voice.probabilities(PartialDate(2012, 1)) == {}


def test_voices_that_agree_or_speak_of_other_times_do_not_disagree(tmp_path):
    again = told("2014-07-02", "Mirror", *WARM)
    assert not made(tmp_path / "one", GAZETTE, again).disagreements().dyads
    once = told("2004-07-02", "Mirror", ("norland", "ASSAULT", "sudland", {"start": "2004-02"}))
    assert not made(tmp_path / "two", GAZETTE, once).disagreements().dyads


def test_a_thin_voice_is_none_of_its_own(tmp_path):
    thin = told("2014-07-02", "Mirror", ("norland", "HOSTILE", "sudland", {"modality": "forecast"}))
    assert not made(tmp_path, GAZETTE, thin).disagreements().dyads


def test_other_kinds_of_voices(tmp_path):
    spoken = told("2014-07-02", "Gazette", *(
        (source, kind, target, fields | {"speaker": "sudland"}) for source, kind, target, fields in COLD), key="spoken")
    ledger = made(tmp_path, GAZETTE, spoken)
    assert not ledger.disagreements(by="outlet").dyads
    for by in ("speaker", "side"):
        (dyad,) = ledger.disagreements(by=by).dyads
        assert {dyad.farthest.better.name, dyad.farthest.worse.name} == {"author", "sudland"}
    with pytest.raises(LensError, match="outlet, author"):
        ledger.disagreements(by="mood")


def test_with_a_date_only_the_year_before_it_counts(ledger):
    assert ledger.disagreements(at="2014-06").dyads
    assert not ledger.disagreements(at="2010").dyads


def test_actors_choose_the_dyads(ledger):
    assert [one.left for one in ledger.disagreements("sudland").dyads] == ["norland"]
    assert [one.left for one in ledger.disagreements("sudland", "norland").dyads] == ["norland"]
    assert not ledger.disagreements("sudland", "westland").dyads


def test_an_earlier_known_leaves_later_documents_out(ledger):
    assert not ledger.disagreements(known="2014-07-01").dyads


def test_the_order_of_documents_makes_no_difference(tmp_path):
    one = made(tmp_path / "one", GAZETTE, MIRROR, QUARREL, PEACE).disagreements()
    other = made(tmp_path / "two", PEACE, QUARREL, MIRROR, GAZETTE).disagreements()
    assert [(dyad.left, dyad.farthest.divergence, dyad.farthest.grounds) for dyad in one.dyads] == [
        (dyad.left, dyad.farthest.divergence, dyad.farthest.grounds) for dyad in other.dyads]
    assert one.claims == other.claims


def test_the_claim_that_all_others_speak_against_comes_first(tmp_path):
    alone = told("2014-08-02", "Mirror", ("norland", "ASSAULT", "sudland", {"start": "2014-04"}))
    found = made(tmp_path, GAZETTE, told("2014-07-09", "Post", *WARM, key="post"), alone).disagreements().claims
    assert found[0].support.evidence.claim.type == "ASSAULT"
    assert found[0].support.log_ratio < -0.5


def test_support_is_the_log_of_how_much_likelier_a_claim_is_by_the_rest():
    news = [document(f"news {number}", "2014-07", text=f"Text of {number}.") for number in range(3)]
    said = [claim(news[0], "ASSAULT", "2014-04"), claim(news[1], "ASSAULT", "2014-05"),
            claim(news[2], "ALLIANCE", "2014-05")]
    evidence = gather(said, {one.id: one for one in news}, {}, {})
    by_type = {}
    for one in supports(evidence, []):
        by_type.setdefault(one.evidence.claim.type.value, []).append(one)
    assert all(one.log_ratio < 0 for one in by_type["ALLIANCE"])
    assert all(one.log_ratio > by_type["ALLIANCE"][0].log_ratio for one in by_type["ASSAULT"])
    assert all(math.isclose(one.against, max(0.0, -one.log_ratio) * one.weight) for one in supports(evidence, []))
    assert supports(evidence[:1], []) == []
    assert supports(evidence[::-1], []) == supports(evidence, [])[::-1]
