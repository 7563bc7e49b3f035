from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.balance import triads as module
from sides.balance.edge_list import read_edge_list
from sides.balance.network import Network
from sides.balance.triads import KINDS, triads

GAMA = Path("../shared/data/balance/highlandtribes.csv")

networks = st.builds(
    lambda size, ties: Network.from_edges([(one % size, other % size, weight) for one, other, weight in ties],
                                          weighted=True, conflicts="sum", actors=range(size)),
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(-3, 3)), max_size=40))


def by_hand(network):
    """Each triangle: its actors, signs, and smallest weight, by trying all triples."""
    weight = network.matrix()
    found = {}
    for one, two, three in combinations(range(network.size), 3):
        around = [weight[one, two], weight[one, three], weight[two, three]]
        if all(around):
            found[one, two, three] = (sum(value < 0 for value in around), min(abs(value) for value in around))
    return found


@given(networks)
def test_every_triangle_is_found_once(network):
    found = triads(network)
    rows = {tuple(actors): (hostile, weight) for actors, hostile, weight in
            zip(found.actors.tolist(), found.hostile.tolist(), found.weight.tolist(), strict=True)}
    assert len(rows) == len(found)
    assert rows == by_hand(network)
    for (one, two, three), ties in zip(found.actors, found.ties, strict=True):
        pairs = [(network.first[tie], network.second[tie]) for tie in ties]
        assert pairs == [(one, two), (one, three), (two, three)]


def test_memory_is_bounded_without_losing_a_triangle(monkeypatch):
    network = Network.from_matrix(np.ones((12, 12)))
    monkeypatch.setattr(module, "WEDGES", 7)
    assert len(triads(network)) == 12 * 11 * 10 // 6


def test_three_foes_are_unbalanced_between_two_camps_alone():
    foes = triads(Network.from_edges([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)]))
    assert foes.share() == 0
    assert foes.share(weak=True) == 1
    assert foes.counts() == dict(zip(KINDS, (0, 0, 0, 1), strict=True))


def test_the_heaviest_unbalanced_triangle_comes_first():
    network = Network.from_edges([("a", "b", 5), ("b", "c", 4), ("a", "c", -3), ("c", "d", 1), ("b", "d", -2),
                                  ("d", "e", 9), ("e", "f", 9), ("d", "f", 9)], weighted=True)
    found = triads(network)
    assert found.weight.tolist() == [9, 3, 1]
    assert [[network.names[at] for at in found.actors[row]] for row in found.unbalanced()] == [list("abc"), list("bcd")]
    assert found.share() == pytest.approx(1 / 3)
    assert found.share(weighted=True) == pytest.approx(9 / 13)


def test_the_tie_that_most_unbalanced_triangles_share():
    network = Network.from_edges([("a", "b", -1)] + [(side, third, 1) for side in "ab" for third in "cde"])
    found = triads(network)
    assert found.sorest() == network.place("a", "b")
    assert found.unbalanced_at()[network.place("a", "b")] == 3


def test_a_network_without_triangles_has_no_share():
    for network in (Network.from_edges([]), Network.from_edges([("a", "b", 1), ("b", "c", -1)])):
        found = triads(network)
        assert (len(found), found.share(), found.share(weighted=True), found.sorest()) == (0, None, None, None)
        assert found.actors.shape == found.ties.shape == (0, 3)


@pytest.mark.skipif(not GAMA.exists(), reason="the published networks are not here")
def test_the_census_of_the_highland_tribes():
    network, _ = read_edge_list(GAMA)
    found = triads(network)
    assert list(found.counts().values()) == [19, 2, 40, 7]  # Read 1954, 16 tribes
    assert len(found) == len(by_hand(network))
