import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.balance.network import Network
from sides.balance.strain import flipped, strain
from tests.balance.brute import divisions, least, networks


@given(networks(actors=7), st.sampled_from([2, 3, None]))
@settings(max_examples=80, deadline=None)
def test_strain_is_that_of_solving_each_flip(network: Network, camps: int | None) -> None:
    found = strain(network, camps=camps)
    index = least(network, camps)
    best = [network.frustrated(labels) for labels in divisions(network.size, camps) if network.cost(labels) == index]
    assert found.proven.all()
    assert found.change.tolist() == [least(flipped(network, tie), camps) - index for tie in range(network.ties)]
    assert found.some.tolist() == [bool(any(one[tie] for one in best)) for tie in range(network.ties)]
    assert found.every.tolist() == [bool(all(one[tie] for one in best)) for tie in range(network.ties)]
    for camps_met in found.optima:
        assert network.cost(camps_met) == index


def test_a_bridge_bears_nothing_and_a_bloc_bears_much() -> None:
    bloc = [(one, other, 1) for other in "abcd" for one in "abcd" if one < other]
    network = Network.from_edges([*bloc, ("d", "e", 1)])
    found = strain(network)
    change = {(network.names[one], network.names[other]): int(value)
              for one, other, value in zip(network.first, network.second, found.change, strict=True)}
    assert change["d", "e"] == 0
    assert change["a", "b"] == 1
    assert np.array_equal(found.bearing, found.change > 0)


def test_where_time_does_not_do_ties_have_bounds() -> None:
    network = Network.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("c", "d", 1)])
    whole, hasty = strain(network), strain(network, seconds=0)
    assert whole.is_complete and not hasty.is_complete
    assert np.all(hasty.change >= whole.change)
    assert np.all(hasty.change[hasty.proven] == whole.change[hasty.proven])
    assert hasty.proven.any() and not hasty.every.any()
