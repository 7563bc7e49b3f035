"""What changed: turns in a window, dyads first told of, and what is known otherwise than before."""

from __future__ import annotations

import pytest

from sides.model.errors import DateError, SidesError
from sides.ties.lens import Lens
from sides.ties.states import State
from tests.ties.ledgers import made, told

FRIENDS = [("norland", "ALLIANCE", "sudland", {"start": "2010-03"}),
           ("norland", "SUPPORT", "sudland", {"start": "2011-05"})]
FOES = [("norland", "SEVERED", "sudland", {"start": "2014-06"}),
        ("norland", "ASSAULT", "sudland", {"start": "2014-07"}),
        ("sudland", "ASSAULT", "norland", {"start": "2014-08"})]
EARLY = told("2012-01-10", "Wire", *FRIENDS)
LATE = told("2015-02-10", "Post", *FOES)
OTHER = told("2015-03-01", "Wire", ("westland", "AID", "ostland", {"start": "2015-02"}))


@pytest.fixture
def ledger(tmp_path):
    return made(tmp_path, EARLY, LATE, OTHER)


def test_a_turn_lies_in_its_window_and_rests_on_its_claims(ledger):
    found = ledger.changes(since="2013", until="2016")
    (turn,) = found.turns
    assert (turn.left, turn.right) == ("norland", "sudland")
    assert turn.turn.direction == "down" and turn.turn.month.year == 2014
    assert turn.before[turn.turn.before] > turn.after[turn.turn.before]
    assert turn.after[turn.turn.after] > turn.before[turn.turn.after]
    assert {"SEVERED", "ASSAULT"} <= {one.evidence.claim.type for one in turn.turn.carried}
    assert not ledger.changes(since="2015").turns
    assert not ledger.changes(since="2013", until="2014").turns


def test_a_dyad_appears_when_it_is_first_told_of(ledger):
    assert [(one.left, one.right) for one in ledger.changes(since="2013").appeared] == [("ostland", "westland")]
    assert {one.left for one in ledger.changes(since="2000").appeared} == {"norland", "ostland"}


def test_what_is_known_otherwise_is_told_with_what_came_in_between(ledger):
    found = ledger.changes(since="2013", known_since="2013", at="2015-01")
    (revision,) = found.revised
    assert (revision.left, revision.right) == ("norland", "sudland")
    assert revision.before in (State.ALLIED, State.FRIENDLY) and revision.after is State.HOSTILE
    assert {one.evidence.claim.type for one in revision.by} == {"SEVERED", "ASSAULT"}
    assert [document.outlet for document in revision.documents] == ["Post"]
    assert all(document.published.year == 2015 for document in revision.documents)


def test_what_is_first_told_later_was_not_known_and_what_is_later_in_the_world_is_no_revision(ledger):
    found = ledger.changes("westland", since="2000", known_since="2013", at="2015-02")
    assert [(one.before, one.after) for one in found.revised] == [(None, State.FRIENDLY)]
    assert not ledger.changes("westland", since="2000", known_since="2013").revised  # of 2013, nothing is told yet


def test_a_late_document_changes_nothing_before_it_was_published(tmp_path):
    before = made(tmp_path / "one", EARLY)
    after = made(tmp_path / "two", EARLY, LATE, OTHER)
    known = after.changes(since="2000", known="2014")
    assert known.turns == before.changes(since="2000", known="2014").turns
    assert [one.first.claim.id for one in known.appeared] == [
        one.first.claim.id for one in before.changes(since="2000").appeared]
    earlier = after.changes(since="2000", known_since="2011", known="2014-12", at="2011")
    assert all(document.published.year < 2015 for one in earlier.revised for document in one.documents)


def test_the_order_of_documents_and_claims_makes_no_difference(tmp_path):
    backward = told("2015-02-10", "Post", *reversed(FOES))
    one = made(tmp_path / "one", EARLY, LATE, OTHER).changes(since="2000", known_since="2013", at="2015")
    other = made(tmp_path / "two", OTHER, LATE, EARLY).changes(since="2000", known_since="2013", at="2015")
    assert [turn.turn for turn in one.turns] == [turn.turn for turn in other.turns]
    assert [vars_of(revision) for revision in one.revised] == [vars_of(revision) for revision in other.revised]
    third = made(tmp_path / "three", OTHER, backward, EARLY).changes(since="2000")
    assert [(turn.turn.month, turn.turn.before, turn.turn.after) for turn in third.turns] == [
        (turn.turn.month, turn.turn.before, turn.turn.after) for turn in one.turns]


def vars_of(revision):
    return (revision.left, revision.right, revision.before, revision.after, revision.by)


def test_actors_and_lens_choose(ledger):
    assert not ledger.changes("westland", since="2000").turns
    assert len(ledger.changes("norland", since="2013").turns) == 1
    assert len(ledger.changes("sudland", "norland", since="2013").turns) == 1
    assert not ledger.changes(since="2013", lens=Lens.of(outlets=["Wire"])).turns
    with pytest.raises(SidesError, match="3 actors"):
        ledger.changes("norland", "sudland", "westland", since="2000")


def test_of_one_who_acts_for_another_the_two_are_told_as_by_tie(tmp_path):
    person = {"id": "ada-n", "name": "Ada N", "kind": "person"}
    speaks = told("2015-01-05", "Post", ("ada-n", "LEADS", "norland"), ("ada-n", "ASSAULT", "sudland",
                                                                       {"start": "2014-09"}))
    ledger = made(tmp_path, speaks, actors=[person])
    (rolled,) = ledger.changes(since="2014").appeared
    assert (rolled.left, rolled.right) == ("norland", "sudland")
    for named in (("ada-n",), ("ada-n", "sudland")):
        (own,) = ledger.changes(*named, since="2014").appeared
        assert {own.left, own.right} == {"ada-n", "sudland"}
    exact = ledger.changes(since="2014", exact=True).appeared
    assert [{one.left, one.right} for one in exact] == [{"ada-n", "sudland"}]


def test_dates_that_do_not_follow_each_other_are_refused(ledger):
    with pytest.raises(DateError, match="after 2014"):
        ledger.changes(since="2014", until="2014")
    with pytest.raises(DateError, match="no earlier"):
        ledger.changes(since="2014", known_since="2014", known="2013")
