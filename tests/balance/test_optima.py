import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.balance.frustration import frustration
from sides.balance.network import Network
from sides.balance.optima import optima
from sides.model.errors import NetworkError
from tests.balance.brute import divisions, networks


@given(networks(actors=7, weight=2), st.sampled_from([2, 3, None]))
@settings(max_examples=60, deadline=None)
def test_optima_are_those_of_trying_every_division(network: Network, camps: int | None) -> None:
    base = frustration(network, camps=camps)
    best = [labels for labels in divisions(network.size, camps) if network.cost(labels) == base.upper_units]
    found = optima(base)
    assert found.complete
    assert found.count == len({network.frustrated(labels).tobytes() for labels in best})
    assert len({network.frustrated(labels).tobytes() for labels in found.camps}) == found.count
    together = np.array([labels[:, None] == labels[None, :] for labels in best])
    if camps == 2:
        assert np.array_equal(found.always, together.all(axis=0))
        assert np.array_equal(found.never, ~together.any(axis=0))
    else:  # what is claimed holds; pairs that no tie binds are not looked into
        assert not np.any(found.always & ~together.all(axis=0))
        assert not np.any(found.never & together.any(axis=0))


def test_what_blocks_leave_open_multiplies() -> None:
    rings = [edge for at in range(40) for edge in (
        (f"{at}", f"{at}x", 1), (f"{at}x", f"{at + 1}", 1), (f"{at}", f"{at + 1}", -1))]
    found = optima(frustration(Network.from_edges(rings)), limit=5)
    assert (found.count, found.complete, len(found.camps)) == (3 ** 40, True, 5)


def test_who_is_pulled_both_ways_is_undecided() -> None:
    blocs = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("d", "e", 1), ("e", "f", 1), ("d", "f", 1),
             ("a", "d", -1), ("b", "e", -1), ("c", "f", -1), ("torn", "a", 1), ("torn", "d", 1)]
    network = Network.from_edges(blocs)
    found = optima(frustration(network))
    assert (found.count, found.undecided) == (2, ("torn",))
    a, b, d = (network.names.index(name) for name in "abd")
    assert found.always[a, b] and found.never[a, d]


def test_optima_of_what_is_not_proven_are_not_told() -> None:
    foes = Network.from_edges([(one, other, -1) for other in range(9) for one in range(other)])
    with pytest.raises(NetworkError, match="not proven"):
        optima(frustration(foes, seconds=0))
