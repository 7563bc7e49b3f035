"""The frustration index: how much of a signed network no division into camps satisfies, with bounds and their proof."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.certificate import Certificate, verify
from sides.balance.network import Ints, Network
from sides.balance.prove import Effort, bounded
from sides.model.errors import NetworkError

SECONDS = 300.0  # by default; political networks take milliseconds


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Frustration:
    """The best camps known and how far from the best they can be at most.

    `camps` are labels from 0, shape (n,), of at most `allowed` camps (None: any number). In units of 1/`network.scale`,
    they frustrate `upper_units`, and no camps frustrate less than `lower_units`; `certified` says that the verifier
    found the `certificate` of that in order. Only then, and where the two are equal, it is `proven`.
    """

    network: Network
    allowed: int | None
    camps: Ints
    upper_units: int
    lower_units: int
    certificate: Certificate
    certified: bool
    seconds: float

    @property
    def value(self) -> float:
        """The weight that the camps frustrate: the index where proven, else at most as much."""
        return self.upper

    @property
    def upper(self) -> float:
        """The same as a bound: whole where weights are."""
        return _told(self.upper_units, self.network.scale)

    @property
    def lower(self) -> float:
        """What every division frustrates at least, by the certificate."""
        return _told(self.lower_units, self.network.scale)

    @property
    def proven(self) -> bool:
        """Whether no division frustrates less."""
        return self.certified and self.lower_units == self.upper_units

    @property
    def frustrated(self) -> NDArray[np.bool_]:
        """Which ties the camps frustrate, shape (m,)."""
        return self.network.frustrated(self.camps)

    @property
    def members(self) -> list[tuple[str, ...]]:
        """The camps as names, the largest first."""
        found = [tuple(np.array(self.network.names, object)[self.camps == camp]) for camp in np.unique(self.camps)]
        return sorted(found, key=lambda names: (-len(names), names))


def frustration(network: Network, *, camps: int | None = 2, seconds: float | None = SECONDS,
                start: Ints | None = None) -> Frustration:
    """The frustration index of a network for at most so many camps; None for any number (weak balance, Davis 1967).

    Exact where time allows; after `seconds` (None: no end) the best bounds so far are given, each valid. `start` are
    camps, shape (n,), to begin from. Raises `NetworkError` for fewer than two camps.

    References: Harary 1959, *On the measurement of structural balance*; Aref, Wilson 2019, *Balance and frustration in
    signed networks*; Doreian, Mrvar 1996, *A partitioning approach to structural balance*. Method: `docs/balance.md`.

    >>> found = frustration(Network.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]))
    >>> found.value, found.lower, found.proven, found.members
    (1, 1, True, [('a', 'b', 'c')])
    """
    if camps is not None and camps < 2:
        raise NetworkError(f"{camps} camps are no division. Ask for 2 or more, or for any number.")
    begun = time.monotonic()
    effort = Effort.for_ties(network.ties, begun + seconds if seconds is not None else np.inf)
    found = bounded(network, camps, effort, start)
    certificate = Certificate(camps, found.lower, found.proof)
    holds = check(network, certificate)
    return Frustration(network=network, allowed=camps, camps=from_zero(found.camps), upper_units=found.upper,
                       lower_units=found.lower if holds else 0, certificate=certificate, certified=holds,
                       seconds=time.monotonic() - begun)


def check(network: Network, certificate: Certificate) -> bool:
    """Whether a certificate proves its bound (in units of 1/`network.scale`) for this network."""
    ties = zip(network.first.tolist(), network.second.tolist(), network.weight.tolist(), strict=True)
    return verify(ties, certificate)


def from_zero(camps: Ints) -> Ints:
    """The same camps, numbered in the order of their first members."""
    _, first, which = np.unique(camps, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[which]


def _told(units: int, scale: int) -> float:
    return units if scale == 1 else units / scale
