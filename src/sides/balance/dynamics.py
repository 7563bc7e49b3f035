"""Ties pulled by gossip, dX/dt = X²: where everybody's feelings go when each counts friends of friends as friends.

Marvel, Kleinberg, Kleinberg & Strogatz 2011, "Continuous-time model of structural balance", PNAS 108: the feeling of i
toward j grows by the sum, over everybody k, of x_ik x_kj. From a symmetric start the equation is solved in closed form,
and diverges in finite time into two camps or one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sides.balance.network import Ints, Network
from sides.balance.walks import LARGEST, Floats
from sides.model.errors import NetworkError

Ending = Literal["camps", "undecided", "fades"]

SAME = 1e-9  # eigenvalues, and entries of an eigenvector, that differ by less of the largest are held to be equal


@dataclass(frozen=True, slots=True, eq=False)
class Gossip:
    """The course of dX/dt = X² from a network, X(t) = X₀ (I - t X₀)⁻¹, and how it ends.

    `blow_up` is 1/λ₁, the time at which feelings diverge: λ₁ is the largest eigenvalue of X₀; None where it is not
    positive. `ending` is:

    - `camps`: one eigenvector leads, and its signs are the camps; all alike, one camp. An actor that it gives nothing,
      such as one of another connected part, is in neither: `undecided`.
    - `undecided`: λ₁ belongs to several eigenvectors, so that the smallest change of X₀ decides the camps.
    - `fades`: λ₁ is not positive; feelings die out, and never diverge.

    `camps`, shape (n,): 0 for the camp of the first actor that is in one, 1 for the other, -1 for neither.
    `values`, shape (n,), are the eigenvalues of X₀, ascending; `vectors`, shape (n, n), theirs in columns.
    """

    network: Network
    ending: Ending
    blow_up: float | None
    camps: Ints
    undecided: tuple[str, ...]
    values: Floats
    vectors: Floats

    def at(self, time: float) -> Floats:
        """X at a time from 0 up to, and not with, the blow-up, shape (n, n).

        Raises `NetworkError` for another time.
        """
        end = self.blow_up or math.inf
        if not 0 <= time < end:
            raise NetworkError(f"There is no X at time {time}. Give one from 0 and before {end:.6g}.")
        return np.asarray((self.vectors * (self.values / (1 - time * self.values))) @ self.vectors.T)


def gossip(network: Network, *, self_regard: float = 0.0) -> Gossip:
    """dX/dt = X² from the weights of a network, in closed form, by one eigendecomposition of shape (n, n).

    Pairs without a tie start at 0, everybody toward himself at `self_regard`, which shifts the blow-up and not the
    camps. A tie's unit is 1, or of a weighted network the unit of its weights; time is in their reciprocal. Raises
    `NetworkError` for more than `walks.LARGEST` actors.

    >>> course = gossip(Network.from_edges([("a", "b", 1), ("a", "c", -1), ("b", "c", -1)]))
    >>> course.ending, course.camps.tolist(), round(course.blow_up, 6)
    ('camps', [0, 0, 1], 0.5)
    """
    if network.size > LARGEST:
        raise NetworkError(f"Eigenvalues are taken of {LARGEST} actors at most, not {network.size}. Ask it of a part.")
    start = network.matrix() / network.scale + self_regard * np.eye(network.size)
    values, vectors = np.linalg.eigh(start)
    camps = np.full(network.size, -1)
    largest = np.abs(values).max(initial=0.0)
    if not network.size or values[-1] <= SAME * largest:
        return Gossip(network, "fades", None, camps, network.names, values, vectors)
    blow_up = float(1 / values[-1])
    if network.size > 1 and values[-1] - values[-2] <= SAME * largest:
        return Gossip(network, "undecided", blow_up, camps, network.names, values, vectors)
    leading = vectors[:, -1]
    decided = np.abs(leading) > SAME * np.abs(leading).max()
    camps[decided] = (leading[decided] > 0) != (leading[decided][0] > 0)
    undecided = tuple(name for name, known in zip(network.names, decided, strict=True) if not known)
    return Gossip(network, "camps", blow_up, camps, undecided, values, vectors)
