"""Balance, camps and strain of small networks, and what would change if ties were others."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.balance.answers import WALKED, balance, camps, drawn_from, strained
from sides.balance.difference import Edit, Shift, difference
from sides.balance.frustration import frustration
from sides.balance.network import Network
from sides.balance.parts import Part, optima_of, parts_of
from sides.model.errors import NetworkError
from tests.ties.told import row, told

FOES = Network.from_edges([("a", "b", -1), ("b", "c", -1), ("a", "c", -1), ("c", "d", 1)])


def test_three_mutual_foes_are_a_tension_of_two_camps_only():
    two, any_number = balance(FOES), balance(FOES, camps=None)
    assert (two.result.value, two.share) == (1, 0.25)
    assert (any_number.result.value, any_number.share) == (0, 0)
    assert two.triads.counts()["---"] == 1 and 0 < two.walks.degree < 1


def test_weights_count_in_the_share():
    network = Network.from_edges([("a", "b", 0.5), ("b", "c", 2), ("a", "c", -1)], weighted=True)
    assert balance(network).share == pytest.approx(0.5 / 3.5)


def test_large_networks_are_walked_only_when_asked():
    network = Network.from_edges([(at, at + 1, 1) for at in range(WALKED + 1)])
    assert balance(network).walks is None
    assert balance(network, walks=True).walks.degree == pytest.approx(1)


def test_an_empty_network_is_balanced():
    empty = Network.from_edges([])
    found = balance(empty)
    assert found.result.value == 0 and found.share is None and found.triads.share() is None
    assert camps(empty).parts == () and len(strained(empty).order) == 0


def test_only_what_holds_in_every_optimum_is_said_of_camps():
    found = camps(FOES)
    part, = found.parts
    assert found.optima.count == 3
    assert found.pairs(together=True).tolist() == [[2, 3]] and not len(found.pairs(together=False))
    assert part.camps == (("c", "d"),) and part.undecided == ("a", "b")
    assert found.beside(part, "a") == [1] and found.beside(part, "b") == [1]


def test_of_actors_that_no_ties_link_nothing_is_said():
    found = camps(Network.from_edges([("a", "b", 1), ("b", "c", -1), ("x", "y", -1)]))
    assert [part.camps for part in found.parts] == [(("a", "b"), ("c",)), (("x",), ("y",))]


def test_camps_of_an_index_that_is_not_proven_are_those_found():
    result = frustration(FOES)
    unproven = replace(result, certified=False, lower_units=0)
    assert optima_of(unproven) is None
    assert parts_of(unproven, None) == (Part(tuple(result.members), ()),)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from((-1, 0, 1)), min_size=15, max_size=15), st.sampled_from((2, 3, None)))
def test_what_is_said_of_camps_holds_in_every_optimum(signs, allowed):
    pairs = [(one, other) for one in range(6) for other in range(one + 1, 6)]
    network = Network.from_edges([(*pair, sign) for pair, sign in zip(pairs, signs, strict=True)], actors=range(6))
    found = camps(network, camps=allowed)
    least = network.cost(found.result.camps)
    optimal = [np.array(one) for one in product(range(allowed or 6), repeat=6) if network.cost(np.array(one)) == least]
    for part in found.parts:
        sure = [(int(actor), at) for at, camp in enumerate(part.camps) for actor in camp]
        for (one, camp), (other, its) in combinations(sure, 2):
            assert {bool(every[one] == every[other]) for every in optimal} == {camp == its}


def test_every_tie_is_of_one_kind_and_the_most_strained_come_first():
    network = Network.from_edges([("a", "b", -1), ("b", "c", 1), ("a", "c", 1), ("c", "d", 1), ("a", "d", 1)])
    found = strained(network)
    kinds = [found.kind(place) for place in found.order]
    assert sorted(kinds, key=("every", "some", "bearing", "slack").index) == kinds


def test_what_if_a_tie_were_another_one():
    found = difference(FOES, [Edit("flip", "a", "b")])
    assert (found.before.strains.base.value, found.after.strains.base.value) == (1, 0)
    assert found.membership_before == {"a": None, "b": None, "c": 1, "d": 1}
    assert found.membership_after == {"a": 2, "b": 2, "c": 1, "d": 1} and found.moved == ["a", "b"]
    assert Shift("a", "b", "some", "bearing") in found.shifts


def test_edits_are_laid_one_over_the_other():
    edits = [Edit("remove", "b", "a"), Edit("add", "d", "a", -7), Edit("flip", "c", "d")]
    network = difference(FOES, edits).after.network
    assert network.place("a", "b") is None
    assert network.weight[network.place("a", "d")] == -1 == network.weight[network.place("c", "d")]
    assert not difference(FOES, [Edit("flip", "a", "b"), Edit("flip", "b", "a")]).shifts


def test_an_added_tie_weighs_what_the_network_can_tell():
    weighted = Network.from_edges([("a", "b", 0.5), ("b", "c", 2)], weighted=True)
    assert difference(weighted, [Edit("add", "a", "c", 1.5)]).after.network.matrix().tolist()[0] == [0, 1, 3]
    with pytest.raises(NetworkError):
        difference(weighted, [Edit("add", "a", "c", 0.3)])


@pytest.mark.parametrize("edit", [Edit("flip", "a", "d"), Edit("remove", "a", "d"), Edit("flip", "a", "nobody"),
                                  Edit("add", "a", "a")])
def test_what_makes_no_sense_is_refused(edit):
    with pytest.raises(NetworkError):
        difference(FOES, [edit])


def test_draws_follow_the_chances_of_the_ties(tmp_path):
    ledger = told(tmp_path, ("Morning", "2015-05-01", [
        row("hamas", "ALLIANCE", "iran", start="2015"), row("hamas", "ALLIANCE", "iran", start="2015-04"),
        row("iran", "HOSTILE", "israel", start="2015"), row("iran", "ASSAULT", "israel", start="2015-04")]))
    day = ledger.day(at="2015")
    found = drawn_from(day, 400, seed=3)
    assert found.names == ("hamas", "iran", "israel") and len(found.index) == found.proven == 400
    chance = dict(zip([(tie.left, tie.right) for tie in day.ties], day.chances, strict=True))
    linked = 1 - chance["hamas", "iran"][1]
    assert found.linked[0, 1] == pytest.approx(linked, abs=0.06)
    assert found.together[0, 1] > 0.5 > found.together[1, 2]
    again = ledger.camps(at="2015", draws=400, seed=3).drawn
    assert np.array_equal(again.together, found.together)
    with pytest.raises(NetworkError):
        camps(FOES, draws=10)
