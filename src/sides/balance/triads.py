"""Triangles of ties: the ones that are balanced, the ones that are not, and the ties that these turn on.

Two readings of the same triangles. Under two camps (Cartwright & Harary 1956, "Structural balance: a generalization of
Heider's theory", Psychological Review 63) a triangle is balanced where an even number of its ties is hostile: `+++` and
`+--`. Under any number of camps (Davis 1967, "Clustering and structural balance in graphs", Human Relations 20), called
weak balance, three mutual foes are at peace with the theory too: only `++-` is unbalanced.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints, Network

KINDS = ("+++", "++-", "+--", "---")
WEDGES = 2**18  # pairs of neighbours that are looked up at once: what bounds the memory


@dataclass(frozen=True, slots=True, eq=False)
class Triads:
    """The t triangles of a network, the heaviest first, ties of weight in the order of their actors.

    `actors`, shape (t, 3), are positions in `network.names`, each row ascending (a, b, c); `ties`, shape (t, 3), the
    positions of the ties a-b, a-c, b-c; `hostile`, shape (t,), how many of them are hostile; `weight`, shape (t,), the
    smallest of the three |weights|, in units of 1/`network.scale`: a triangle holds no firmer than its weakest tie.
    """

    network: Network
    actors: Ints
    ties: Ints
    hostile: Ints
    weight: Ints

    def __len__(self) -> int:
        return len(self.weight)

    def counts(self) -> dict[str, int]:
        """How many triangles of each kind, by their signs."""
        found = np.bincount(self.hostile, minlength=4)
        return {kind: int(count) for kind, count in zip(KINDS, found, strict=True)}

    def balanced(self, *, weak: bool = False) -> NDArray[np.bool_]:
        """Which triangles are balanced, shape (t,): under two camps, or `weak`ly, under any number of them."""
        return np.asarray(self.hostile != 1 if weak else self.hostile % 2 == 0)

    def share(self, *, weak: bool = False, weighted: bool = False) -> float | None:
        """The share of balanced triangles, of their number or of their weight; None where there is no triangle."""
        if not len(self):
            return None
        return float(np.average(self.balanced(weak=weak), weights=self.weight if weighted else None))

    def unbalanced(self, *, weak: bool = False) -> Ints:
        """The rows of the unbalanced triangles, the heaviest first."""
        return np.flatnonzero(~self.balanced(weak=weak))

    def unbalanced_at(self, *, weak: bool = False) -> Ints:
        """In how many unbalanced triangles each tie stands, shape (m,)."""
        return np.bincount(self.ties[self.unbalanced(weak=weak)].ravel(), minlength=self.network.ties)

    def sorest(self, *, weak: bool = False) -> int | None:
        """The position of the tie that stands in most unbalanced triangles (the first of several); None without any."""
        counts = self.unbalanced_at(weak=weak)
        return int(np.argmax(counts)) if counts.any() else None


def triads(network: Network) -> Triads:
    """All triangles of a network.

    Each tie points to its end of more ties, so that none is left by more than sqrt(2m) of them; each pair of ties
    that leave one actor is looked up (Chiba & Nishizeki 1985, "Arboricity and subgraph listing algorithms").

    >>> found = triads(Network.from_edges([("Hamas", "Iran", 1), ("Hamas", "Israel", -1), ("Iran", "Israel", 1)]))
    >>> found.counts(), found.share(), found.weight.tolist()
    ({'+++': 0, '++-': 1, '+--': 0, '---': 0}, 0.0, [1])
    """
    size, ties = network.size, network.ties
    degree = np.bincount(np.concatenate((network.first, network.second)), minlength=size)
    rank = np.empty(size, np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(size)
    one, other = rank[network.first], rank[network.second]
    low, high = np.minimum(one, other), np.maximum(one, other)
    key = low * size + high
    order = np.argsort(key)
    key, low, high = key[order], low[order], high[order]
    # Tie i, of the sorted ones, meets each later one that leaves the same actor.
    later = np.searchsorted(low, low, side="right") - np.arange(ties) - 1
    met = np.concatenate(([0], np.cumsum(later)))
    rows = [np.empty((3, 0), np.int64)]
    start = 0
    while start < ties:
        stop = max(start + 1, int(np.searchsorted(met, met[start] + WEDGES, side="right")) - 1)
        left = np.repeat(np.arange(start, stop), later[start:stop])
        right = left + 1 + np.arange(len(left)) - (met[left] - met[start])
        across = high[left] * size + high[right]
        place = np.searchsorted(key, across)
        hit = np.flatnonzero(key[np.minimum(place, ties - 1)] == across)
        rows.append(order[np.stack((left[hit], right[hit], place[hit]))])
        start = stop
    return _arranged(network, np.concatenate(rows, axis=1))


def _arranged(network: Network, ties: Ints) -> Triads:
    """Triangles as three rows of ties in any order, put in theirs."""
    least, most = ties.min(axis=0), ties.max(axis=0)
    middle = ties.sum(axis=0) - least - most  # ties are sorted by their actors: a-b, a-c, b-c
    order = np.argsort(least * max(network.ties, 1) + middle)
    weights = np.abs(network.weight[ties]).min(axis=0)[order]
    if weights.min(initial=1) != weights.max(initial=1):
        order = order[np.argsort(-weights, kind="stable")]
    ties = np.stack((least[order], middle[order], most[order]))
    actors = np.stack((network.first[ties[0]], network.second[ties[0]], network.second[ties[2]]))
    weight = network.weight[ties]
    return Triads(network, actors.T, ties.T, (weight < 0).sum(axis=0), np.abs(weight).min(axis=0))
