"""Camps that keep their names."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.balance import labels
from sides.balance.frustration import frustration
from sides.balance.labels import labelled
from sides.balance.network import Network

TWO_PAIRS = Network.from_edges([("a", "b", 1), ("c", "d", 1), ("a", "c", -1), ("b", "d", -1)])



def test_of_two_mirror_optima_the_one_that_leaves_all_where_they_were_is_taken():
    base = frustration(TWO_PAIRS)
    for one, other in ((1, 2), (2, 1), (7, 3)):
        before = {"a": one, "b": one, "c": other, "d": other}
        found = labelled(base, before, fresh=8)
        assert found.of(TWO_PAIRS) == before and found.is_closest


def test_without_camps_before_the_largest_is_the_first():
    network = Network.from_edges([("a", "b", -1), ("b", "c", 1), ("c", "d", 1)])
    assert labelled(frustration(network), {}).of(network) == {"a": 2, "b": 1, "c": 1, "d": 1}


def test_of_many_optima_the_closest_is_taken():
    triangle = Network.from_edges([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])
    for apart in "abc":
        before = {name: 1 if name == apart else 2 for name in "abc"}
        assert labelled(frustration(triangle), before, fresh=3).of(triangle) == before


def test_a_camp_that_most_of_its_members_left_gets_a_new_name():
    network = Network.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("d", "e", -1)])
    found = labelled(frustration(network), {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2}, fresh=3).of(network)
    # a and b stay in 1 and c and d join them; of the three of camp 2 only e is left, and that is not most of them
    assert found == {"a": 1, "b": 1, "c": 1, "d": 1, "e": 3}


def test_who_left_the_network_or_is_not_determined_does_not_count():
    network = Network.from_edges([("a", "b", -1)])
    before = {"a": 4, "b": 5, "gone": 5, "also gone": 5}
    assert labelled(frustration(network), before, fresh=6).of(network) == {"a": 4, "b": 5}
    found = labelled(frustration(network), before, undecided=["b"], fresh=6)
    assert found.of(network, but=["b"]) == {"a": 4, "b": None}


def test_what_costs_more_for_want_of_time_is_not_taken(monkeypatch):
    base = frustration(TWO_PAIRS)
    solve, asked = labels.frustration, []

    def out_of_time(network, *, camps, seconds):
        found = solve(network, camps=camps)
        asked.append(network)
        if len(asked) > 1:
            return found
        worse = np.zeros_like(found.camps)
        worse[:2] = 1, 0
        return replace(found, camps=worse)

    monkeypatch.setattr(labels, "frustration", out_of_time)
    before = {"a": 1, "b": 1, "c": 2, "d": 2}
    found = labelled(base, before, fresh=3)
    assert found.of(TWO_PAIRS) == before and not found.is_closest and len(asked) == 2


def test_an_empty_network_has_no_camps():
    network = Network.from_edges([])
    assert labelled(frustration(network), {"a": 1}, fresh=2).of(network) == {}


@pytest.mark.parametrize("allowed", [2, None])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_optimum_leaves_more_actors_where_they_were(allowed, data):
    size = data.draw(st.integers(2, 5))
    signs = data.draw(st.lists(st.sampled_from((-1, 0, 1)), min_size=size * (size - 1) // 2,
                               max_size=size * (size - 1) // 2))
    pairs = [(one, other) for one in range(size) for other in range(one + 1, size)]
    network = Network.from_edges([(one, other, sign) for (one, other), sign in zip(pairs, signs, strict=True)],
                                 actors=range(size))
    before = dict(zip(network.names, data.draw(st.lists(st.integers(1, 2), min_size=size, max_size=size)), strict=True))
    base = frustration(network, camps=allowed)
    found = labelled(base, before, fresh=3)
    assert network.cost(found.camps) == network.cost(base.camps) and found.is_closest
    maps = [np.array(one) for one in product(range(min(allowed or size, size)), repeat=size)]
    optimal = [one for one in maps if network.cost(one) == network.cost(base.camps)]
    names = sorted(set(before.values()))
    most = max(sum(int(camps[at]) == hand[names.index(before[name])] for at, name in enumerate(network.names))
               for camps in optimal for hand in permutations(range(max(size, 2)), len(names)))
    groups = [set(np.flatnonzero(found.camps == camp)) for camp in np.unique(found.camps)]
    own = [{at for at, name in enumerate(network.names) if before[name] == camp} for camp in names]
    groups += [set()] * len(names)
    assert most == max(sum(len(was & now) for was, now in zip(own, order, strict=False))
                       for order in permutations(groups, len(names)))
