"""Landscape theory: the alignments that a system of actors can settle into, moving one actor at a time.

Axelrod & Bennett 1993, "A landscape theory of aggregation", British Journal of Political Science 23. Each actor has a
size and each pair a propensity to be on one side, negative to be on opposite ones: here, a network's weights. A
configuration places each actor on one of two sides; its energy is, over all ordered pairs on opposite sides, the sum of
size times size times propensity (their equation 3). One actor at a time changes sides, where that lowers the energy;
what no such move lowers is a minimum, an alignment that lasts.

With all sizes 1, the energy is twice the frustration of the configuration less twice the sum of the hostile |weights|:
the lowest minimum is the optimum of the frustration index, the others are alignments in which history may get caught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import FINEST, Ints, Network
from sides.model.errors import NetworkError

Floats = NDArray[np.float64]

LARGEST = 22  # actors whose configurations are all gone through: two million of them, a second
LARGEST_DRAWN = 5000  # actors of whose configurations some are drawn: their pairs are one array of 200 megabytes
BATCH = 4096  # starts that are followed at once


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The minima of a landscape, the lowest first, then the ones of larger basins.

    `camps`, shape (k, n), labels 0 and 1, the first actor in 0; `energies`, shape (k,); `basins`, shape (k,): how many
    of the `starts` run down to it by steepest descent: each time the actor moves that lowers the energy most, of equal
    ones the first. If `exhaustive`, the starts are all 2^(n-1) configurations, and the minima all there are; else they
    are draws, and there may be more.
    """

    network: Network
    sizes: Floats
    camps: Ints
    energies: Floats
    basins: Ints
    starts: int
    exhaustive: bool

    def __len__(self) -> int:
        return len(self.energies)

    def sides(self, which: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names on the two sides of a minimum."""
        placed = list(zip(self.network.names, self.camps[which], strict=True))
        return tuple(name for name, side in placed if not side), tuple(name for name, side in placed if side)


def energies(network: Network, *, sizes: Sequence[float] | None = None) -> Floats:
    """The energy of each configuration, shape (2^(n-1),): bit i of a position is the side of actor i + 1, and actor 0
    is on side 0.

    Products of sizes and propensity are kept to a millionth. Raises `NetworkError` for more than `LARGEST` actors, for
    none, and for sizes that are not n positive numbers.

    >>> energies(Network.from_edges([("a", "b", 1), ("a", "c", -1), ("b", "c", -1)])).tolist()
    [0.0, 0.0, -4.0, 0.0]
    """
    return np.asarray(_energies(_pull(network, _sizes(network, sizes))) / FINEST)


def landscape(network: Network, *, sizes: Sequence[float] | None = None) -> Landscape:
    """All minima and their basins, by going through all configurations of at most `LARGEST` actors.

    `sizes` are in the order of `network.names`, 1 each if not given. Raises `NetworkError` as `energies` does.

    >>> trio = Network.from_edges([("a", "b", 2), ("a", "c", -1), ("b", "c", -1)], weighted=True)
    >>> found = landscape(trio)
    >>> found.sides(), found.energies.tolist(), found.basins.tolist()
    ((('a', 'b'), ('c',)), [-4.0], [4])
    """
    told = _sizes(network, sizes)
    energy = _energies(_pull(network, told))
    at = np.arange(len(energy))
    best, to = energy.copy(), at.copy()
    moves = [len(energy) - 1, *(1 << bit for bit in range(network.size - 1))]  # the first actor's: all others, over
    for move in moves:
        across = energy[at ^ move]
        lower = across < best
        best[lower], to[lower] = across[lower], (at ^ move)[lower]
    while not np.array_equal(to, to[to]):
        to = to[to]
    ends, basins = np.unique(to, return_counts=True)
    camps = np.zeros((len(ends), network.size), np.int64)
    camps[:, 1:] = ends[:, None] >> np.arange(network.size - 1) & 1
    return _sorted(network, told, camps, energy[ends], basins, exhaustive=True)


def sampled_landscape(network: Network, *, starts: int, random: np.random.Generator,
                      sizes: Sequence[float] | None = None) -> Landscape:
    """The minima that steepest descent finds from so many configurations, drawn evenly, of any number of actors.

    `basins` count the draws: each share of them estimates a basin's share of all configurations. Raises `NetworkError`
    for no actors or starts, for more than `LARGEST_DRAWN` actors, and for sizes that are not n positive numbers.
    """
    if starts < 1:
        raise NetworkError(f"A sample takes one start or more, not {starts}.")
    if network.size > LARGEST_DRAWN:
        raise NetworkError(f"Configurations of {LARGEST_DRAWN} actors at most are drawn, not {network.size}.")
    told = _sizes(network, sizes)
    pull = _pull(network, told)
    ends, counts = np.empty((0, network.size), np.int64), np.empty(0, np.int64)
    for begin in range(0, starts, BATCH):
        side = 2 * random.integers(2, size=(min(BATCH, starts - begin), network.size)).astype(np.float64) - 1
        _descend(pull, side)
        camps = (side != side[:, :1]).astype(np.int64)
        ends, where = np.unique(np.concatenate((ends, camps)), axis=0, return_inverse=True)
        weight = np.concatenate((counts, np.ones(len(camps), np.int64)))
        counts = np.zeros(len(ends), np.int64)
        np.add.at(counts, where.ravel(), weight)
    signs = 2.0 * ends - 1
    energy = (pull.sum() - ((signs @ pull) * signs).sum(axis=1)) / 2  # all pulls, less those within sides, plus across
    return _sorted(network, told, ends, energy, counts, exhaustive=False)


def _descend(pull: Floats, side: Floats) -> None:
    """Run configurations, shape (k, n) of 1 and -1, down to their minima, in place."""
    field = side @ pull
    moving = np.arange(len(side))
    while len(moving):
        drop = -side[moving] * field[moving]  # half of what the energy falls by, if the actor moves
        actor = np.argmax(drop, axis=1)
        lowers = drop[np.arange(len(moving)), actor] > 0
        moving, actor = moving[lowers], actor[lowers]
        side[moving, actor] *= -1
        field[moving] += 2 * side[moving, actor][:, None] * pull[actor]


def _sizes(network: Network, sizes: Sequence[float] | None) -> Floats:
    told = np.ones(network.size) if sizes is None else np.asarray(sizes, np.float64)
    if not network.size:
        raise NetworkError("A landscape takes actors. Give a network of two or more.")
    if told.shape != (network.size,) or not np.isfinite(told).all() or (told <= 0).any():
        raise NetworkError(f"Sizes are a positive number for each of the {network.size} actors, in the order of names.")
    return told


def _pull(network: Network, sizes: Floats) -> Floats:
    """Size times size times propensity of each pair in whole millionths, shape (n, n).

    Sums of whole numbers are exact in floating point, up to 2^53: equal energies are told to be equal.
    """
    pull = np.asarray(np.round(np.outer(sizes, sizes) * network.matrix() / network.scale * FINEST))
    if np.abs(pull).sum() >= 2**51:
        raise NetworkError("These sizes and weights are too large to be added up exactly. Give them in a larger unit.")
    return pull


def _energies(pull: Floats) -> Floats:
    """The energies in millionths: each actor that is added doubles them, by what it costs to cross to side 1."""
    size = len(pull)
    if size > LARGEST:
        raise NetworkError(f"{size} actors have 2^{size - 1} configurations; those of {LARGEST} at most are gone "
                           "through. Draw some of them: sampled_landscape.")
    energy = np.zeros(1)
    for actor in range(1, size):
        crossing = np.full(1, 2 * pull[actor, [0, *range(actor + 1, size)]].sum())
        for other in range(1, actor):
            crossing = np.concatenate((crossing + 2 * pull[actor, other], crossing - 2 * pull[actor, other]))
        energy = np.concatenate((energy, energy + crossing))
    return energy


def _sorted(network: Network, sizes: Floats, camps: Ints, energy: Floats, basins: Ints, *,
            exhaustive: bool) -> Landscape:
    order = np.lexsort((*camps.T[::-1], -basins, energy))
    return Landscape(network, sizes, camps[order], energy[order] / FINEST, basins[order], int(basins.sum()), exhaustive)
