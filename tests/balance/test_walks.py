from itertools import product

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.balance import walks
from sides.balance.network import Network
from sides.balance.triads import triads
from sides.balance.walks import algebraic_conflict, components, walk_balance
from sides.model.errors import NetworkError
from tests.balance.test_triads import networks


def exponential(matrix):
    """exp of an array by its series."""
    term, total = np.eye(len(matrix)), np.eye(len(matrix))
    for power in range(1, 80):
        term = term @ matrix / power
        total = total + term
    return total


@given(networks, st.floats(0.05, 1.5))
def test_walks_are_weighed_as_the_exponential_does(network, cold):
    network = Network.from_arrays(network.names, network.first, network.second, np.sign(network.weight))
    matrix = cold * network.matrix()
    ours, every = np.diag(exponential(matrix)), np.diag(exponential(np.abs(matrix)))
    found = walk_balance(network, inverse_temperature=cold)
    assert found.degree == pytest.approx(ours.sum() / every.sum(), rel=1e-6, abs=1e-9)
    assert found.local == pytest.approx(ours / every, rel=1e-4, abs=1e-6)


@given(networks, st.integers(0, 8))
def test_turning_an_actor_around_changes_no_balance(network, actor):
    turned = Network.from_arrays(network.names, network.first, network.second, np.where(
        (network.first == actor) | (network.second == actor), -network.weight, network.weight), weighted=True)
    assert walk_balance(network).degree == pytest.approx(walk_balance(turned).degree, rel=1e-9)
    assert algebraic_conflict(network) == pytest.approx(algebraic_conflict(turned), abs=1e-9)


@given(networks)
def test_closed_walks_of_three_steps_are_the_triangles(network):
    signs = Network.from_arrays(network.names, network.first, network.second, np.sign(network.weight))
    shares = walk_balance(signs).by_length(4)
    found = triads(signs).share()
    assert shares[0] == 1
    if signs.ties:
        assert shares[2] == pytest.approx(1)
    assert np.isnan(shares[1])
    assert np.isnan(shares[3]) if found is None else shares[3] == pytest.approx(found)


def test_a_large_dense_network_overflows_nothing():
    camps = np.arange(800) % 2
    balanced = walk_balance(Network.from_matrix(np.where(camps[:, None] == camps, 1, -1) - np.eye(800)))
    assert balanced.unsigned[-1] == pytest.approx(799)  # exp(799) is no number
    assert balanced.degree == pytest.approx(1)
    assert balanced.local == pytest.approx(np.ones(800))
    foes = walk_balance(Network.from_matrix(np.eye(800) - 1))
    assert foes.log_degree == pytest.approx(1 + np.log(799) - 799)
    assert foes.local.max() < 1e-300


def test_a_part_keeps_its_own_balance_beside_a_larger_one():
    alone = [("x", "y", -1), ("y", "z", -1), ("x", "z", -1)]
    crowd = [(f"a{one}", f"a{other}", 1) for one in range(150) for other in range(one)]
    apart = walk_balance(Network.from_edges(alone))
    together = walk_balance(Network.from_edges(crowd + alone))
    assert together.local[-3:] == pytest.approx(apart.local, rel=1e-9)
    assert together.local[:-3] == pytest.approx(np.ones(150))


@given(networks)
def test_parts_are_those_of_networkx(network):
    graph = networkx.Graph()
    graph.add_nodes_from(range(network.size))
    graph.add_edges_from(zip(network.first.tolist(), network.second.tolist(), strict=True))
    expected = sorted(networkx.connected_components(graph), key=min)
    label = components(network)
    assert [set(np.flatnonzero(label == part).tolist()) for part in range(label.max(initial=-1) + 1)] == expected


@given(networks)
def test_algebraic_conflict_bounds_the_frustration_of_each_part(network):
    label = components(network)
    conflict = algebraic_conflict(network)
    for part in range(len(conflict)):
        inside = label == part
        held = inside[network.first]
        least = min(
            np.abs(network.weight[held & network.frustrated(np.array(camps))]).sum()
            for camps in product((0, 1), repeat=network.size))
        assert inside.sum() * conflict[part] / 4 <= least / network.scale + 1e-9
        assert (conflict[part] == 0) == (least == 0)


@pytest.mark.parametrize("length", [3, 4, 5, 9])
def test_the_conflict_of_a_ring_of_foes(length):
    ring = Network.from_edges([(at, (at + 1) % length, -1) for at in range(length)])
    expected = 2 - 2 * np.cos(np.pi / length) if length % 2 else 0
    assert algebraic_conflict(ring) == pytest.approx([expected])


def test_what_cannot_be_told_is_refused(monkeypatch):
    network = Network.from_edges([("a", "b", 1), ("b", "c", 1), ("x", "y", 1)])
    with pytest.raises(NetworkError, match="positive"):
        walk_balance(network, inverse_temperature=0)
    monkeypatch.setattr(walks, "LARGEST", 2)
    with pytest.raises(NetworkError, match=r"3 actors.* 2 at most"):
        walk_balance(network)


def test_no_actors_no_conflict():
    nobody = Network.from_edges([])
    assert walk_balance(nobody).degree == 1
    assert len(algebraic_conflict(nobody)) == 0
