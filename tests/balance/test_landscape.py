from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.balance.landscape import LARGEST, energies, landscape, sampled_landscape
from sides.balance.network import Network
from sides.model.errors import NetworkError
from tests.balance.test_triads import networks

# Axelrod & Bennett 1993, Table 2: the size of each firm in the Unix case. Two specialists of technical workstations, or
# two generalists, are close rivals, of propensity -1; a specialist and a generalist are distant ones, of propensity 0.
SPECIALISTS = {"Sun": 28.9, "Apollo": 21.2, "Intergraph": 4.4, "SGI": 4.4, "Prime": 1.0}
GENERALISTS = {"AT&T": 28.5, "DEC": 20.0, "HP": 11.5, "IBM": 3.8}


def unix():
    network = Network.from_edges([(one, other, -1) for firms in (SPECIALISTS, GENERALISTS)
                                  for one, other in combinations(firms, 2)])
    size = SPECIALISTS | GENERALISTS
    return network, [size[name] for name in network.names]


def test_the_two_alliances_of_the_unix_case():
    network, sizes = unix()
    found = landscape(network, sizes=sizes)
    assert found.starts == 256
    assert found.basins.tolist() == [128, 128]
    assert found.energies[0] == found.energies[1]
    first = {frozenset(side) for side in found.sides(1)}
    assert first == {frozenset({"Sun", "Prime", "AT&T", "IBM"}),
                     frozenset({"DEC", "HP", "Apollo", "Intergraph", "SGI"})}
    second = {frozenset(side) for side in found.sides(0)}
    assert second == {frozenset({"Sun", "Prime", "DEC", "HP"}),
                      frozenset({"AT&T", "IBM", "Apollo", "Intergraph", "SGI"})}


def by_hand(network, sizes):
    """Minima and basins as the paper words them: frustrations of actors, one configuration after another."""
    pull = np.outer(sizes, sizes) * network.matrix() / network.scale

    def energy(side):
        return round(sum(pull[one, other] for one in range(len(side)) for other in range(len(side))
                         if side[one] != side[other]), 6)

    def fallen(side):
        across = []
        for actor in range(len(side)):
            moved = list(side)
            moved[actor] = 1 - moved[actor]
            across.append((energy(moved), actor, moved))
        lowest = min(across)
        return fallen(lowest[2]) if lowest[0] < energy(side) else side

    basins = {}
    for code in range(2 ** (len(sizes) - 1)):
        end = fallen([0, *(code >> bit & 1 for bit in range(len(sizes) - 1))])
        key = tuple(side ^ end[0] for side in end)
        basins[key] = basins.get(key, 0) + 1
    return {camps: (energy(camps), basin) for camps, basin in basins.items()}


small = networks.filter(lambda network: network.size <= 6)


@given(small, st.lists(st.sampled_from([1, 2.5, 0.3, 7]), min_size=6, max_size=6))
def test_minima_and_basins_are_those_of_the_definition(network, sizes):
    sizes = sizes[:network.size]
    found = landscape(network, sizes=sizes)
    told = {tuple(camps): (energy, basin) for camps, energy, basin in
            zip(found.camps.tolist(), found.energies.tolist(), found.basins.tolist(), strict=True)}
    assert told == by_hand(network, sizes)
    assert found.energies[0] == energies(network, sizes=sizes).min()


@given(small)
def test_the_lowest_minimum_is_the_frustration_index(network):
    hostile = -network.weight[network.weight < 0].sum()
    for camps, energy in zip(landscape(network).camps, landscape(network).energies, strict=True):
        assert energy == pytest.approx(2 * (network.cost(camps) - hostile) / network.scale)


@given(small)
def test_a_sample_finds_minima_of_the_landscape(network):
    every, drawn = landscape(network), sampled_landscape(network, starts=50, random=np.random.default_rng(0))
    assert drawn.basins.sum() == drawn.starts == 50
    assert not drawn.exhaustive
    known = {tuple(camps): energy for camps, energy in zip(every.camps.tolist(), every.energies, strict=True)}
    for camps, energy in zip(drawn.camps.tolist(), drawn.energies, strict=True):
        assert known[tuple(camps)] == energy


def test_a_sample_estimates_the_basins():
    matrix = np.triu(np.random.default_rng(5).integers(-3, 4, (14, 14)), 1)
    network = Network.from_matrix(matrix + matrix.T, weighted=True)
    every = landscape(network)
    drawn = sampled_landscape(network, starts=20_000, random=np.random.default_rng(6))
    shares = {tuple(camps): basin / every.starts
              for camps, basin in zip(every.camps.tolist(), every.basins, strict=True)}
    assert every.basins.sum() == every.starts == 2**13
    for camps, basin in zip(drawn.camps.tolist(), drawn.basins, strict=True):
        assert basin / drawn.starts == pytest.approx(shares[tuple(camps)], abs=0.015)
    again = sampled_landscape(network, starts=20_000, random=np.random.default_rng(6))
    assert again.basins.tolist() == drawn.basins.tolist()


def test_what_makes_no_landscape_is_refused():
    pair = Network.from_edges([("a", "b", 1)])
    for sizes in ([1], [1, 0], [1, float("nan")], [1, 2, 3]):
        with pytest.raises(NetworkError, match="positive number for each of the 2 actors"):
            landscape(pair, sizes=sizes)
    with pytest.raises(NetworkError, match="larger unit"):
        landscape(pair, sizes=[1e9, 1e9])
    with pytest.raises(NetworkError, match="takes actors"):
        landscape(Network.from_edges([]))
    with pytest.raises(NetworkError, match="one start"):
        sampled_landscape(pair, starts=0, random=np.random.default_rng(0))
    with pytest.raises(NetworkError, match="not 100000"):
        sampled_landscape(Network.from_edges([], actors=range(100_000)), starts=1, random=np.random.default_rng(0))
    with pytest.raises(NetworkError, match="sampled_landscape"):
        landscape(Network.from_edges([], actors=range(LARGEST + 1)))
