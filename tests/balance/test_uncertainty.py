import itertools

import numpy as np
import pytest

from sides.balance.network import Network
from sides.balance.uncertainty import draw
from sides.model.errors import NetworkError
from tests.balance.brute import least


def test_draws_have_the_distribution_of_all_outcomes() -> None:
    first, second = np.array([0, 0, 1, 0]), np.array([1, 2, 2, 3])
    friendly, hostile = np.array([0.9, 0.2, 0.5, 0.6]), np.array([0.05, 0.7, 0.5, 0.0])
    chance: dict[int, float] = {}
    for signs in itertools.product((1, -1, 0), repeat=4):
        probability = np.prod([{1: plus, -1: minus, 0: 1 - plus - minus}[sign]
                               for sign, plus, minus in zip(signs, friendly, hostile, strict=True)])
        pairs = zip(first, second, signs, strict=True)
        network = Network.from_edges(pairs, actors=range(4))
        chance[least(network, 2)] = chance.get(least(network, 2), 0.0) + float(probability)
    drawn = draw("abcd", first, second, friendly, hostile, draws=4000)
    assert drawn.proven == 4000
    assert drawn.at_most(0) == pytest.approx(chance[0], abs=0.03)
    assert drawn.linked[0, 3] == pytest.approx(0.6, abs=0.03)
    assert drawn.together[0, 3] == 1.0
    assert drawn.interval(0.5)[0] == 0


def test_the_same_seed_draws_the_same() -> None:
    asked = (["a", "b", "c"], np.array([2, 0, 1]), np.array([0, 1, 2]), np.full(3, 0.5), np.full(3, 0.4))
    one, other = draw(*asked, draws=50, seed=3), draw(*asked, draws=50, seed=3)
    assert np.array_equal(one.index, other.index)
    assert np.array_equal(one.together, other.together)


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(NetworkError, match="at most 1 together"):
        draw("ab", np.array([0]), np.array([1]), np.array([0.7]), np.array([0.7]))
    with pytest.raises(NetworkError, match="named once"):
        draw("ab", np.array([0, 1]), np.array([1, 0]), np.array([0.7, 0.1]), np.array([0.1, 0.7]))
