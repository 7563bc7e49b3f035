"""Balance told by walks of every length, and by the spectrum of the signed Laplacian.

A walk is balanced where the product of the signs that it passes is friendly. Triangles are walks of three steps; longer
ones count too, for less. Weights enter as they are: a walk counts the product of those of its ties. What needs all
eigenvalues is taken up to `LARGEST` actors of one connected part.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints, Network, joined
from sides.model.errors import NetworkError

Floats = NDArray[np.float64]

LARGEST = 4000  # the two decompositions of so many actors take half a gigabyte, and half a minute on one core


@dataclass(frozen=True, slots=True, eq=False)
class WalkBalance:
    """How balanced the closed walks of a network are.

    `degree` is tr exp(βA) / tr exp(β|A|), 1 where the network is balanced, toward 0 the less it is; `log_degree` its
    natural logarithm, for where the degree is too small for a number. `local`, shape (n,), is the same of the closed
    walks at each actor. `signed` and `unsigned`, shape (n,), are the eigenvalues of A and |A|, ascending.
    """

    network: Network
    inverse_temperature: float
    degree: float
    log_degree: float
    local: Floats
    signed: Floats
    unsigned: Floats

    def by_length(self, longest: int = 10) -> Floats:
        """The share of closed walks of each length that are balanced, by weight, shape (longest + 1,), from length 0.

        Not a number where there is no walk of that length. Walks may retrace their ties, so that those of lengths 0
        and 2 are all balanced; at length 3 they are the triangles (after Giscard, Rochet & Wilson 2017, "Evaluating
        balance on social networks from their simple cycles", Journal of Complex Networks 5, who count simple cycles).
        """
        top = max(float(self.unsigned.max(initial=0.0)), np.finfo(float).tiny)
        power = np.arange(longest + 1)[:, None]
        signed, unsigned = (self.signed / top) ** power, (self.unsigned / top) ** power
        every = unsigned.sum(axis=1)
        told = np.abs(every) > 1e-9 * np.abs(unsigned).sum(axis=1)  # what is left of a sum that should be nothing
        share = np.full(longest + 1, np.nan)
        share[told] = (1 + signed.sum(axis=1)[told] / every[told]) / 2
        return share


def walk_balance(network: Network, *, inverse_temperature: float = 1.0) -> WalkBalance:
    """The degree of balance by closed walks: those of length k weigh β^k/k!, β being the inverse temperature.

    Estrada & Benzi 2014, "Walk-based measure of balance in signed networks", Physical Review E 90, 042802, with β = 1.
    In a large or dense network that lets long walks decide, and any with some frustration comes near 0: a smaller β, or
    `WalkBalance.by_length`, then says more. Sums are taken in logarithms, each connected part by itself, so that no
    exponential overflows; an actor far from a core of eigenvalue λ loses digits of its `local` value where βλ > 60.

    Raises `NetworkError` for a β that is not positive, and for a connected part of more than `LARGEST` actors.

    >>> foes = Network.from_edges([("Hamas", "Fatah", -1), ("Fatah", "Israel", -1), ("Hamas", "Israel", -1)])
    >>> round(walk_balance(foes).degree, 4)
    0.6858
    """
    if not 0 < inverse_temperature < math.inf:
        raise NetworkError(f"An inverse temperature is a positive number, not {inverse_temperature}: usually 1.")
    signed, unsigned, local = np.zeros(network.size), np.zeros(network.size), np.zeros(network.size)
    for part, matrix in _parts(network):
        ours, ours_at = _log_exponential(matrix, inverse_temperature)
        all_, all_at = _log_exponential(np.abs(matrix), inverse_temperature)
        signed[part], unsigned[part] = ours, all_
        local[part] = np.exp(np.minimum(ours_at - all_at, 0.0))
    log_degree = 0.0
    if network.size:
        log_degree = min(_log_sum(inverse_temperature * signed) - _log_sum(inverse_temperature * unsigned), 0.0)
    return WalkBalance(network, inverse_temperature, float(np.exp(log_degree)), log_degree, local,
                       np.sort(signed), np.sort(unsigned))


def algebraic_conflict(network: Network) -> Floats:
    """The smallest eigenvalue of the signed Laplacian of each connected part, shape (parts,), the parts in the order
    of `components`: 0 (to rounding) where a part is balanced under two camps, greater the farther it is from that.

    The Laplacian is D - A, D being the sums of |weights| (Kunegis et al. 2010, "Spectral analysis of signed graphs for
    clustering, prediction and visualization", SIAM Data Mining). A quarter of it times the number of actors is a lower
    bound of the part's frustration index.

    Raises `NetworkError` for a connected part of more than `LARGEST` actors.

    >>> algebraic_conflict(Network.from_edges([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])).round(6).tolist()
    [1.0]
    """
    smallest = []
    for _, matrix in _parts(network):
        laplacian = np.diag(np.abs(matrix).sum(axis=1)) - matrix
        values = np.linalg.eigvalsh(laplacian)
        noise = len(values) * np.finfo(float).eps * values[-1]
        smallest.append(float(values[0]) if values[0] > noise else 0.0)
    return np.array(smallest, np.float64)


def components(network: Network) -> Ints:
    """Which connected part each actor stands in, shape (n,): numbered from 0 by their first actors."""
    return joined(network.size, network.first, network.second)


def _parts(network: Network) -> Iterator[tuple[Ints, Floats]]:
    """The connected parts: the positions of their actors, and the weights between these as an array."""
    label = components(network)
    order = np.argsort(label, kind="stable")
    sizes = np.bincount(label)
    if len(sizes) and sizes.max() > LARGEST:
        raise NetworkError(f"A connected part of this network has {sizes.max()} actors; eigenvalues are taken of "
                           f"{LARGEST} at most. Ask it of a part of the network, or count its triads: any size goes.")
    within = np.empty(network.size, np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    within[order] = np.arange(network.size) - np.repeat(starts[:-1], sizes)
    ties = np.argsort(label[network.first], kind="stable")
    bounds = np.searchsorted(label[network.first][ties], np.arange(len(sizes) + 1))
    for at, size in enumerate(sizes):
        held = ties[bounds[at]:bounds[at + 1]]
        one, other = within[network.first[held]], within[network.second[held]]
        matrix = np.zeros((size, size))
        matrix[one, other] = matrix[other, one] = network.weight[held] / network.scale
        yield order[starts[at]:starts[at + 1]], matrix


def _log_exponential(matrix: Floats, factor: float) -> tuple[Floats, Floats]:
    """The eigenvalues of a symmetric array, shape (n,), and the logarithms of the diagonal of exp(factor · array)."""
    values, vectors = np.linalg.eigh(matrix)
    power = factor * (values - values[-1])
    return values, factor * values[-1] + np.log((vectors**2) @ np.exp(power))


def _log_sum(powers: Floats) -> float:
    """The logarithm of the sum of exp(powers)."""
    top = powers.max()
    return float(top + np.log(np.exp(powers - top).sum()))
