import numpy as np
import pytest

from sides.balance import triad_dynamics
from sides.balance.network import Network
from sides.balance.triad_dynamics import (
    complete_network,
    constrained_triad_dynamics,
    lasting_friendship,
    local_triad_dynamics,
)
from sides.balance.triads import triads
from sides.model.errors import NetworkError


def random(seed=1):
    return np.random.default_rng(seed)


def three_camps(size):
    camps = np.arange(3 * size) // size
    return Network.from_matrix(np.where(camps[:, None] == camps, 1, -1) - np.eye(3 * size))


@pytest.mark.parametrize("peace", [0.0, 0.2, 1 / 3])
def test_below_one_half_strife_lasts_at_the_share_of_the_theory(peace):
    run = local_triad_dynamics(complete_network(64, friendly=0.5, random=random()), peace=peace, steps=300_000,
                               random=random(2))
    assert run.outcome == "unsettled"
    later = run.friendly[len(run.at) // 3:]
    assert later.mean() == pytest.approx(lasting_friendship(peace), abs=0.01)


@pytest.mark.parametrize("seed", range(3))
def test_above_one_half_all_become_friends(seed):
    run = local_triad_dynamics(complete_network(40, friendly=0.2, random=random(seed)), peace=0.6, steps=10**6,
                               random=random(seed))
    assert (run.outcome, run.friendly[-1], run.balanced[-1]) == ("balanced", 1, 1)


def test_the_lasting_share_of_friends():
    assert lasting_friendship(1 / 3) == pytest.approx(0.5)
    assert lasting_friendship(0) == pytest.approx(1 / (3**0.5 + 1))
    assert lasting_friendship(0.5) == lasting_friendship(1) == 1


@pytest.mark.parametrize("seed", range(6))
def test_constrained_dynamics_soon_comes_to_rest_on_a_complete_network(seed):
    run = constrained_triad_dynamics(complete_network(40, friendly=0.5, random=random(seed)), steps=10**6,
                                     random=random(seed))
    assert run.outcome in ("balanced", "jammed")
    assert run.steps < 50_000
    assert (np.diff(run.balanced) >= 0).all()


def test_three_camps_of_three_are_jammed_and_of_two_are_not():
    # Antal, Krapivsky & Redner 2006: the smallest jammed network has nine actors.
    jammed = constrained_triad_dynamics(three_camps(3), steps=10**6, random=random())
    assert (jammed.outcome, jammed.flips) == ("jammed", 0)
    assert jammed.balanced[-1] == pytest.approx(1 - 27 / 84)
    assert constrained_triad_dynamics(three_camps(2), steps=10**6, random=random()).outcome == "balanced"
    assert local_triad_dynamics(three_camps(3), peace=0.7, steps=10**6, random=random()).outcome == "balanced"


def test_a_run_is_the_same_compiled_and_not(monkeypatch):
    network = complete_network(15, friendly=0.4, random=random())

    def runs():
        return [local_triad_dynamics(network, peace=0.3, steps=3000, random=random()),
                constrained_triad_dynamics(network, steps=3000, random=random(), every=20)]

    interpreted = runs()
    monkeypatch.setattr(triad_dynamics, "INTERPRETED", 0)
    for one, other in zip(interpreted, runs(), strict=True):
        assert (one.outcome, one.steps, one.flips) == (other.outcome, other.steps, other.flips)
        assert one.ending.weight.tolist() == other.ending.weight.tolist()
        assert one.friendly.tolist() == other.friendly.tolist()


def test_the_history_ends_at_what_the_triangles_say():
    run = local_triad_dynamics(complete_network(12, friendly=0.5, random=random()), peace=0.1, steps=500,
                               random=random(4), every=150)
    assert run.at.tolist() == [0, 150, 300, 450, 500]
    assert run.balanced[0] == triads(run.start).share()
    assert run.balanced[-1] == triads(run.ending).share()
    assert run.friendly[-1] == (run.ending.weight > 0).mean()


def test_a_sparse_network_moves_on_its_triangles_alone():
    edges = [("a", "b", -2), ("b", "c", -3), ("a", "c", -1), ("c", "d", -5)]
    network = Network.from_edges(edges, weighted=True)
    for run in (local_triad_dynamics(network, peace=0.5, steps=1000, random=random()),
                constrained_triad_dynamics(network, steps=1000, random=random())):
        assert (run.outcome, run.flips) == ("balanced", 1)
        assert np.abs(run.ending.weight).tolist() == np.abs(network.weight).tolist()
        assert run.ending.weight[network.place("c", "d")] == -5


def test_unbalance_is_handed_on_until_it_is_mended():
    # A wheel: a spoke has two triangles, so that flipping it hands on the one that is unbalanced; a rim tie has one.
    spokes = [("hub", at, 1) for at in range(5)]
    wheel = Network.from_edges([*spokes, (0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1), (0, 4, -1)])
    after = [constrained_triad_dynamics(wheel, steps=1, random=random(seed)) for seed in range(100)]
    assert {(run.flips, run.outcome, float(run.balanced[-1])) for run in after} == {
        (0, "unsettled", 0.8), (1, "unsettled", 0.8), (1, "balanced", 1.0)}
    assert constrained_triad_dynamics(wheel, steps=10**4, random=random()).outcome == "balanced"


def test_without_triangles_there_is_nothing_to_mend():
    run = constrained_triad_dynamics(Network.from_edges([("a", "b", -1)]), steps=5, random=random())
    assert (run.outcome, run.steps, run.balanced.tolist(), run.friendly.tolist()) == ("balanced", 0, [1.0], [0.0])


def test_what_makes_no_sense_is_refused():
    network = three_camps(2)
    with pytest.raises(NetworkError, match="probability"):
        local_triad_dynamics(network, peace=1.5, steps=5, random=random())
    with pytest.raises(NetworkError, match="one step"):
        constrained_triad_dynamics(network, steps=0, random=random())
