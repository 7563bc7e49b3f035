"""Exact inference against enumeration of every path."""

from __future__ import annotations

import itertools

import numpy as np

from sides.ties.chain import expected, foreseen
from sides.ties.parameters import shipped

MONTHS, DYADS = 4, 3


def drawn():
    rng = np.random.default_rng(3)
    state = rng.normal(0, 1.5, (MONTHS, 5, DYADS))
    up, down = (np.where(rng.random((MONTHS, DYADS)) < 0.4, rng.uniform(0, 3, (MONTHS, DYADS)), 0) for _ in range(2))
    up[2], down[2] = 0, 0
    return state, up, down, shipped().move, shipped().initial


def weight(path, state, up, down, move, initial, dyad):
    found = initial[path[0]] * np.exp(state[0, path[0], dyad])
    for month in range(1, len(path)):
        before, after = path[month - 1], path[month]
        push = up[month, dyad] if after > before else down[month, dyad] if after < before else 0
        found *= move[before, after] * np.exp(push + state[month, after, dyad])
    return found


def test_expected_moves_are_those_of_all_paths():
    arguments = drawn()
    lengths = np.array([4, 4, 3], np.int32)
    for part in (arguments[0], arguments[1], arguments[2]):
        part[3, ..., 2] = 0
    found = expected(*arguments, lengths)
    for dyad in range(DYADS):
        moves, first, total = np.zeros((5, 5)), np.zeros(5), 0.0
        for path in itertools.product(range(5), repeat=MONTHS):
            one = weight(path, *arguments, dyad)
            total += one
            first[path[0]] += one
            for before, after in itertools.pairwise(path[:lengths[dyad]]):
                moves[before, after] += one
        assert np.allclose(found.moves[:, :, dyad], moves / total)
        assert np.allclose(found.first[:, dyad], first / total)
        assert np.isclose(found.evidence[dyad], np.log(total))


def test_a_month_is_foreseen_from_earlier_ones_alone():
    state, up, down, move, initial = drawn()
    found = foreseen(state, up, down, move, initial)
    for dyad in range(DYADS):
        for month in range(MONTHS):
            shares, total = np.zeros(5), 0.0
            for path in itertools.product(range(5), repeat=month + 1):
                before = weight(path[:month], state, up, down, move, initial, dyad) if month else 1.0
                one = before * (move[path[-2], path[-1]] if month else initial[path[0]])
                shares[path[-1]] += one
                total += one
            assert np.allclose(found.shares[month, :, dyad], shares / total)
    changed = state.copy()
    changed[2:] = 9 * changed[2:]
    assert np.array_equal(foreseen(changed, up, down, move, initial).shares[:3], found.shares[:3])


def test_what_months_weigh_adds_up():
    arguments = drawn()
    whole = expected(*arguments, np.full(DYADS, MONTHS, np.int32)).evidence
    assert np.allclose(foreseen(*arguments).evidence.sum(0), whole)
