"""Where the model is sure it is right: on simulated dyads, each with a tone of its own and with repeated reports."""

from __future__ import annotations

import numpy as np
import pytest

from sides.ties.inference import infer_all
from sides.ties.parameters import shipped, table
from sides.ties.simulator import World, simulate

SURE, RIGHT = 0.8, 0.75


@pytest.mark.parametrize(("rate", "dyads"), [(0.5, 2000), (3.0, 500)])  # fewer leave their share to chance
def test_what_is_given_four_fifths_is_right_in_three_of_four(rate, dyads):
    world = World(dyads=dyads, rate=rate, tilt=0.7, reports=4)
    found = simulate(table(), world, np.random.default_rng(1))
    shares = infer_all(found.signals, 0, world.months, world.dyads, shipped(), with_path=False).shares
    is_sure = shares.max(1) >= SURE
    assert is_sure.mean() > 0.05
    assert (shares.argmax(1) == found.states)[is_sure].mean() >= RIGHT


def test_a_world_keeps_to_its_numbers():
    world = World(dyads=400, months=100, rate=2.0, rate_spread=0.5, tilt=0.7, reports=3)
    found = simulate(table(), world, np.random.default_rng(2))
    assert found.states.shape == (100, 400)
    assert np.mean(found.states[1:] == found.states[:-1]) == pytest.approx(table()["chain"]["stay"], abs=0.005)
    assert len(found.signals) == pytest.approx(100 * 400 * 2 * 3, rel=0.1)
    assert found.tilts.std() == pytest.approx(0.7, rel=0.1)
    hostile = found.states[found.signals.first, found.signals.dyad] == 0
    assert found.signals.sign[hostile].mean() < 0 < found.signals.sign[~hostile].mean()


def test_the_same_seed_draws_the_same_world():
    one, other = (simulate(table(), World(dyads=5, months=24), np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one.signals.type, other.signals.type) and np.array_equal(one.states, other.states)
