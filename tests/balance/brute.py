"""Every division of a few actors, one by one."""

from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from sides.balance.network import Ints, Network


def divisions(actors: int, most: int | None) -> Iterator[Ints]:
    """All divisions into at most so many camps (None: any number), once each."""
    labels = np.zeros(actors, np.int64)

    def rest(at: int, used: int) -> Iterator[Ints]:
        if at == actors:
            yield labels.copy()
            return
        for camp in range(min(used + 1, most or actors)):
            labels[at] = camp
            yield from rest(at + 1, max(used, camp + 1))

    return rest(0, 0)


def least(network: Network, most: int | None) -> int:
    """The least weight that any division frustrates."""
    return min(network.cost(labels) for labels in divisions(network.size, most))


@st.composite
def networks(draw: st.DrawFn, actors: int = 8, weight: int = 4) -> Network:
    """Signed networks of up to so many actors, with whole weights."""
    size = draw(st.integers(2, actors))
    pairs = [(one, other) for other in range(size) for one in range(other)]
    weights = draw(st.lists(st.integers(-weight, weight), min_size=len(pairs), max_size=len(pairs)))
    return Network.from_edges([(*pair, value) for pair, value in zip(pairs, weights, strict=True)], weighted=True,
                              actors=range(size))
