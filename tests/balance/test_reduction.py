import numpy as np
from hypothesis import given, settings

from sides.balance.network import Network
from sides.balance.reduction import GRID, _reduce, reduce
from tests.balance.brute import divisions, least, networks


@given(networks())
@settings(max_examples=100, deadline=None)
def test_the_kernel_frustrates_as_much_and_shows_the_way_back(network: Network) -> None:
    kernel = reduce(network)
    best = None
    for labels in divisions(len(kernel.nodes), 2):
        together = labels[kernel.first] == labels[kernel.second]
        cost = int(np.abs(kernel.weight[together != (kernel.weight > 0)]).sum())
        if best is None or cost < best[0]:
            best = cost, np.where(labels == 0, 1, -1).astype(np.int8)
    cost, sides = best or (0, np.ones(0, np.int8))
    whole = kernel.whole(sides, network.size).astype(np.int64)
    assert kernel.offset + cost == GRID * least(network, 2) == GRID * network.cost(whole)


def test_a_log_without_room_says_so_and_is_written_anew() -> None:
    random = np.random.default_rng(2)
    network = Network.from_edges([(one, other, int(random.choice([-3, -1, 1, 2]))) for other in range(30)
                                  for one in range(other) if random.random() < 0.12], weighted=True)
    short = _reduce(network.size, network.first, network.second, network.weight * GRID, 2, network.ties + 1)
    assert short[3] == -1
    assert len(reduce(network).kind) > network.ties + 1
