import numpy as np
import pytest

from sides.balance.dynamics import gossip
from sides.balance.network import Network
from sides.model.errors import NetworkError


def drawn(size, seed):
    matrix = np.triu(np.random.default_rng(seed).normal(size=(size, size)), 1)
    return Network.from_matrix(matrix + matrix.T, weighted=True)


def integrated(start, time, steps=4000):
    """dX/dt = X² by Runge-Kutta of the fourth order."""
    at, step = start.copy(), time / steps
    for _ in range(steps):
        one = at @ at
        two = (at + step / 2 * one) @ (at + step / 2 * one)
        three = (at + step / 2 * two) @ (at + step / 2 * two)
        four = (at + step * three) @ (at + step * three)
        at = at + step / 6 * (one + 2 * two + 2 * three + four)
    return at


@pytest.mark.parametrize("regard", [0.0, 0.7, -0.4])
def test_the_closed_form_is_what_integration_gives(regard):
    course = gossip(drawn(12, 3), self_regard=regard)
    start = course.at(0)
    assert np.diag(start) == pytest.approx(np.full(12, regard))
    time = 0.9 * course.blow_up
    assert course.at(time) == pytest.approx(integrated(start, time), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_it_ends_in_the_camps_of_the_leading_eigenvector(seed):
    course = gossip(drawn(20, seed))
    assert course.ending == "camps"
    assert course.undecided == ()
    late = course.at(course.blow_up * (1 - 1e-9))
    assert ((late > 0) == (course.camps[:, None] == course.camps)).all()
    assert (gossip(course.network, self_regard=0.5).camps == course.camps).all()


def test_balanced_camps_stay_as_they_are():
    camps = np.array([0, 0, 1, 1, 1, 0, 1])
    course = gossip(Network.from_matrix(np.where(camps[:, None] == camps, 1, -1) - np.eye(7)))
    assert course.camps.tolist() == camps.tolist()
    assert course.blow_up == pytest.approx(1 / 6)


def test_a_tie_of_eigenvectors_is_told_and_not_guessed():
    course = gossip(Network.from_edges([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)]))
    assert course.ending == "undecided"
    assert course.blow_up == pytest.approx(1)
    assert course.camps.tolist() == [-1, -1, -1]
    assert course.undecided == ("a", "b", "c")


def test_actors_that_nothing_pulls_are_in_no_camp():
    course = gossip(Network.from_edges([("a", "b", 3), ("x", "y", -1), ("a", "c", -1)], weighted=True))
    assert course.ending == "camps"
    assert course.camps.tolist() == [0, 0, 1, -1, -1]
    assert course.undecided == ("x", "y")


def test_feelings_that_die_out_never_diverge():
    strangers = gossip(Network.from_edges([], actors="abc"))
    assert (strangers.ending, strangers.blow_up) == ("fades", None)
    modest = gossip(Network.from_edges([("a", "b", -1)]), self_regard=-2)
    assert modest.ending == "fades"
    assert np.abs(modest.at(1e6)).max() < 1e-5
    assert gossip(Network.from_edges([])).ending == "fades"


def test_too_many_actors_are_refused_before_their_array_is_made():
    with pytest.raises(NetworkError, match="not 100000"):
        gossip(Network.from_edges([], actors=range(100_000)))


def test_there_is_no_time_past_the_blow_up():
    course = gossip(Network.from_edges([("a", "b", 2)], weighted=True))
    assert course.blow_up == pytest.approx(0.5)
    for time in (-0.1, 0.51, float("nan")):
        with pytest.raises(NetworkError, match=r"before 0\.5"):
            course.at(time)
