"""The chain against every path written out, and many dyads against each alone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sides.ties.chain import likeliest, smoothed
from sides.ties.parameters import moves, nodes, shipped

INITIAL = np.asarray([0.1, 0.2, 0.4, 0.2, 0.1], np.float32)
MOVE = moves(0.8, 0.85).astype(np.float32)


def weights(state: np.ndarray, up: np.ndarray, down: np.ndarray) -> dict[tuple[int, ...], float]:
    """The weight of every history of one dyad."""
    found = {}
    for path in product(range(5), repeat=len(state)):
        weight = np.log(INITIAL[path[0]]) + state[0, path[0]]
        for month in range(1, len(state)):
            before, now = path[month - 1], path[month]
            push = up[month] if now > before else down[month] if now < before else 0.0
            weight += np.log(MOVE[before, now]) + push + state[month, now]
        found[path] = float(weight)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_inference_is_exact(seed):
    rng = np.random.default_rng(seed)
    months, dyads = 4, 3
    state = rng.normal(0, 1.5, (months, 5, dyads)).astype(np.float32)
    up, down = (rng.choice([0.0, 0.0, 2.0], (months, dyads)).astype(np.float32) for _ in range(2))
    course = smoothed(state, up, down, MOVE, INITIAL)
    path = likeliest(state, up, down, MOVE, INITIAL)
    for dyad in range(dyads):
        every = weights(state[:, :, dyad], up[:, dyad], down[:, dyad])
        total = np.logaddexp.reduce(list(every.values()))
        shares = np.zeros((months, 5))
        for one, weight in every.items():
            shares[range(months), one] += np.exp(weight - total)
        assert np.allclose(course.shares[:, :, dyad], shares, atol=1e-5)
        assert np.isclose(course.evidence[dyad], total, atol=1e-4)
        assert every[tuple(path[:, dyad].tolist())] == pytest.approx(max(every.values()), abs=1e-4)


def test_hundreds_of_years_of_strong_evidence_stay_numbers():
    state = np.zeros((3000, 5, 1), np.float32)
    state[::2, 0], state[1::2, 4] = 9, 9
    still = np.zeros((3000, 1), np.float32)
    course = smoothed(state, still, still, MOVE, INITIAL)
    assert np.isfinite(course.shares).all() and np.isfinite(course.evidence).all()
    assert np.allclose(course.shares.sum(1), 1, atol=1e-4)


def test_a_month_mostly_stays_and_else_mostly_goes_one_step():
    found = moves(0.9, 0.8)
    assert np.allclose(found.sum(1), 1) and np.allclose(np.diag(found), 0.9)
    assert found[2, 1] == found[2, 3] > found[2, 0]
    assert found[0, 1] > found[0, 2] > found[0, 3] > found[0, 4] > 0


def test_the_nodes_of_the_tone_have_its_mean_and_spread():
    values, share = nodes(0.7)
    assert share.sum() == pytest.approx(1) and values @ share == pytest.approx(0)
    assert values**2 @ share == pytest.approx(0.49)


def test_hostile_states_have_more_hostile_events():
    hostile = shipped().signs[0]
    assert (np.diff(hostile) < 0).all() and np.allclose(shipped().signs.sum(0), 1)
