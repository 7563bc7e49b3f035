"""Blocs from their members: who they are, how well they hold together, who drifts and moves."""

from __future__ import annotations

import pytest

from sides.model.errors import UnknownActor
from sides.ties.states import State
from tests.ties.ledgers import made, told

PACT = [(member, "MEMBER_OF", "northern-pact", {"start": "2008-01"}) for member in ("norland", "sudland", "westland")]
LEAGUE = [(member, "MEMBER_OF", "coastal-league", {"start": "2009-01"}) for member in ("ostland", "red-front")]
FOUNDING = told("2009-06-01", "Wire", *PACT, *LEAGUE)
GOOD = told("2011-01-10", "Wire", ("norland", "ALLIANCE", "sudland", {"start": "2010-03"}),
            ("norland", "FRIENDLY", "westland", {"start": "2010-04"}),
            ("sudland", "ASSAULT", "red-front", {"start": "2010-05"}),
            ("norland", "ALLIANCE", "red-front", {"start": "2010-06"}), key="good")
TURNED = told("2015-02-10", "Post", ("westland", "SEVERED", "norland", {"start": "2014-03"}),
              ("westland", "HOSTILE", "norland", {"start": "2014-05"}),
              ("westland", "ALLIANCE", "ostland", {"start": "2014-06"}),
              ("westland", "ALLIANCE", "red-front", {"start": "2014-07"}),
              ("westland", "STRAINED", "ostland", {"start": "2010"}),
              ("westland", "STRAINED", "red-front", {"start": "2010"}))
LEFT = told("2016-01-01", "Post", ("westland", "MEMBER_OF", "northern-pact", {"start": "2008-01", "end": "2015-06"}),
            ("westland", "MEMBER_OF", "coastal-league", {"start": "2015-09"}), key="left")


@pytest.fixture
def ledger(tmp_path):
    return made(tmp_path, FOUNDING, GOOD, TURNED)


def test_members_pairs_and_cohesion_with_counts(ledger):
    bloc = ledger.bloc("Northern Pact", at="2011")
    assert [member.actor for member in bloc.members] == ["norland", "sudland", "westland"]
    assert all(member.bonds[0].claim is not None for member in bloc.members)
    assert (bloc.cohesion.members, bloc.cohesion.pairs, bloc.cohesion.known) == (3, 3, 2)
    assert bloc.cohesion.mean > 0.6
    assert bloc.cohesion.mean == pytest.approx(sum(pair.friendly for pair in bloc.pairs) / 2)
    assert {(pair.left, pair.right) for pair in bloc.pairs} == {("norland", "sudland"), ("norland", "westland")}


def test_a_break_between_members_lowers_the_cohesion_and_stands_first(ledger):
    bloc = ledger.bloc("northern-pact")
    assert (bloc.pairs[0].left, bloc.pairs[0].right) == ("norland", "westland")
    assert bloc.pairs[0].tie.state in (State.STRAINED, State.HOSTILE)
    by_year = {year.at.year: year for year in bloc.years}
    assert by_year[2014].mean < by_year[2012].mean
    assert 2009 not in by_year


def test_outsiders_split_a_bloc(ledger):
    bloc = ledger.bloc("northern-pact", known="2012")
    stance = bloc.stances[0]
    assert stance.outsider == "red-front" and stance.is_split
    assert stance.members[0].member == "sudland" and stance.spread > 1


def test_a_member_drifts_to_another_bloc_since_a_month(ledger):
    (drift,) = ledger.bloc("northern-pact").drifts
    assert (drift.actor, drift.toward) == ("westland", "coastal-league")
    assert drift.month.year in (2013, 2014) and drift.level_toward > drift.level
    assert not ledger.bloc("northern-pact", at="2012").drifts


def test_no_hindsight_in_members_ties_and_drifts(ledger):
    early = ledger.bloc("northern-pact", known="2012")
    assert not early.drifts
    assert all(one.document.published.year <= 2011 for pair in early.pairs for one in pair.tie.evidence)
    assert not ledger.bloc("northern-pact", known="2008").members


def test_who_leaves_one_and_joins_another_moved(tmp_path):
    ledger = made(tmp_path, FOUNDING, GOOD, LEFT)
    bloc = ledger.bloc("northern-pact")
    (move,) = bloc.moves
    assert (move.left.actor, move.left.bloc, move.joined.bloc) == ("westland", "northern-pact", "coastal-league")
    assert (str(move.left.date), str(move.joined.date)) == ("2015-06", "2015-09")
    assert ledger.bloc("coastal-league").moves == (move,)
    assert not ledger.bloc("northern-pact", at="2014").moves
    assert "westland" in {member.actor for member in ledger.bloc("northern-pact", at="2014").members}
    assert "westland" not in {member.actor for member in bloc.members}


def test_who_is_said_to_have_left_belongs_again_when_a_later_document_says_so(tmp_path):
    back = told("2018-01-01", "Wire", ("westland", "MEMBER_OF", "northern-pact"), key="back")
    ledger = made(tmp_path, FOUNDING, LEFT, back)
    assert "westland" in {member.actor for member in ledger.bloc("northern-pact").members}
    assert "westland" not in {member.actor for member in ledger.bloc("northern-pact", known="2017").members}


def test_a_document_ends_what_the_registry_knows_no_dates_of(tmp_path):
    factions = [{"id": "hamas", "name": "Hamas", "kind": "organization"},
                {"id": "iran", "name": "Iran", "kind": "state"},
                {"id": "axis-of-resistance", "name": "Axis of Resistance", "kind": "bloc"}]
    ledger = made(tmp_path, told("2012", "Wire", ("iran", "AID", "hamas", {"start": "2010"})),
                  told("2013", "Post", ("hamas", "MEMBER_OF", "axis-of-resistance", {"end": "2011"})), actors=factions)
    for at, members in (("2010", {"hamas", "iran"}), ("2012", {"iran"})):
        assert {member.actor for member in ledger.bloc("Axis of Resistance", at=at).members} == members


def test_overlap_is_told_by_shared_members(tmp_path):
    both = told("2009-07-01", "Wire", ("norland", "MEMBER_OF", "coastal-league", {"start": "2009-02"}), key="both")
    bloc = made(tmp_path, FOUNDING, both).bloc("northern-pact")
    (overlap,) = [one for one in bloc.overlaps if one.bloc == "coastal-league"]
    assert overlap.shared == ("norland",) and overlap.jaccard == pytest.approx(1 / 5)


def test_all_blocs_are_listed_those_told_of_first(ledger):
    found = ledger.blocs(at="2011")
    assert [one.bloc for one in found] == ["northern-pact", "coastal-league"]
    assert found[1].known == 0 and found[1].mean is None
    assert found[0] == ledger.bloc("northern-pact", at="2011").cohesion


def test_a_bloc_that_no_document_names_is_known_by_its_members_and_anybody_else_is_refused(tmp_path):
    league = [{"id": name, "name": name.title(), "kind": "state"} for name in ("egypt", "jordan")]
    ledger = made(tmp_path, told("2012", "Wire", ("egypt", "FRIENDLY", "jordan", {"start": "2011"})), actors=league)
    bloc = ledger.bloc("Arab League")
    assert [member.actor for member in bloc.members] == ["egypt", "jordan"]
    assert bloc.cohesion.known == 1
    with pytest.raises(UnknownActor):
        ledger.bloc("Nobody At All")
    assert ledger.bloc("egypt").members == ()


def test_the_order_of_documents_makes_no_difference(tmp_path):
    one = made(tmp_path / "one", FOUNDING, GOOD, TURNED).bloc("northern-pact")
    other = made(tmp_path / "two", TURNED, GOOD, FOUNDING).bloc("northern-pact")
    assert (one.cohesion, one.drifts, one.years, one.passages) == (
        other.cohesion, other.drifts, other.years, other.passages)
