"""Balance over time."""

from __future__ import annotations

import pytest

from sides.balance.network import Network
from sides.balance.over_time import Passing, dates, over_time
from sides.model.dates import PartialDate
from sides.model.errors import DateError
from tests.ties.told import row, told


def series(*years):
    return over_time([(PartialDate(2000 + at), Network.from_edges(edges)) for at, edges in enumerate(years)])


LEAGUE = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1)]
PACT = [("x", "y", 1), ("y", "z", 1), ("x", "z", 1)]
FRONT = [("a", "x", -1), ("b", "y", -1), ("c", "z", -1)]


def test_camps_keep_their_names_and_who_goes_over_is_told():
    crossed = [("a", "b", 1), ("x", "y", 1), ("y", "z", 1), ("x", "z", 1), ("c", "x", 1), ("c", "y", 1), ("a", "x", -1),
               ("b", "y", -1), ("b", "c", -1)]
    first, second, third = series(LEAGUE + PACT + FRONT, crossed, crossed)
    assert first.camps == {1: ("a", "b", "c"), 2: ("x", "y", "z")} and not first.passings
    assert second.camps == {1: ("a", "b"), 2: ("c", "x", "y", "z")}
    assert second.passings == (Passing("c", 1, 2),)
    assert third.camps == second.camps and not third.passings


def test_a_side_that_is_not_determined_is_marked_and_not_guessed():
    torn = [*LEAGUE, *PACT, *FRONT, ("t", "a", 1), ("t", "x", 1)]
    moment, = series(torn)
    assert moment.membership["t"] is None and moment.undecided == ("t",)
    before, after = series(torn, [*LEAGUE, *PACT, *FRONT, ("t", "a", 1)])
    assert after.passings == (Passing("t", None, 1),) and before.balance.result.value == 1


def test_a_date_without_ties_hands_the_names_on():
    first, nothing, third = series(LEAGUE + PACT + FRONT, [], PACT + FRONT + LEAGUE)
    assert nothing.camps == {} and nothing.network.size == 0 and nothing.balance.triads.share() is None
    assert third.camps == first.camps


def test_names_are_never_given_twice():
    moments = series(LEAGUE + PACT + FRONT, [("d", "e", -1)], [("a", "b", -1)])
    assert [list(one.camps) for one in moments] == [[1, 2], [3, 4], [5, 6]]


def test_years_and_months_from_one_date_to_another():
    assert [str(one) for one in dates(PartialDate(2011, 3), PartialDate(2013))] == ["2011", "2012", "2013"]
    assert len(dates(PartialDate(2011), PartialDate(2012), "months")) == 24
    with pytest.raises(DateError, match="later end"):
        dates(PartialDate(2011), PartialDate(2010))


def test_of_a_ledger_each_date_has_the_ties_told_of_by_then(tmp_path):
    ledger = told(tmp_path, ("Morning", "2016-05-01", [
        row("hamas", "ALLIANCE", "iran", start="2014"), row("hamas", "HOSTILE", "israel", start="2015"),
        row("iran", "HOSTILE", "israel", start="2016")]))
    found = ledger.balance_over_time()
    assert [(str(one.at), one.network.ties) for one in found] == [("2014", 1), ("2015", 2), ("2016", 3)]
    assert found[-1].camps == {1: ("hamas", "iran"), 2: ("israel",)}
    months = ledger.balance_over_time(since="2015", until="2015-03", every="months", weighted=True)
    assert [str(one.at) for one in months] == ["2015-01", "2015-02", "2015-03"]
    assert months[0].network.conventions.weighted
    for one in found:
        alone = ledger.balance(at=one.at)
        assert (alone.result.value, alone.result.network.names) == (one.balance.result.value, one.network.names)
