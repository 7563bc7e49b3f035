"""What is asked of a signed network: how far it is from balance, who is in which camp, what strains it.

Each answer holds the network that it is about, and the day of the ledger where it comes from one, so that every tie can
be opened down to its quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sides.balance.day import Day
from sides.balance.frustration import SECONDS, Frustration, frustration
from sides.balance.network import Ints, Network
from sides.balance.optima import Optima
from sides.balance.parts import Part, optima_of, parts_of
from sides.balance.strain import Strains, strain
from sides.balance.triads import Triads, triads
from sides.balance.uncertainty import Uncertain, draw
from sides.balance.walks import WalkBalance, walk_balance
from sides.model.errors import NetworkError

# What a tie is to the optima: frustrated in every one of them, in some, in none and the index would rise if it were of
# the other sign, or neither.
Kind = Literal["every", "some", "bearing", "slack"]
# Larger networks are asked for their walks by name only: it takes all eigenvalues, seconds from about here on.
WALKED = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """How far a network is from balance: its frustration index, its triangles, its closed walks.

    `walks` is `None` for a network of more than `WALKED` actors whose walks were not asked for.
    """

    result: Frustration
    triads: Triads
    walks: WalkBalance | None
    day: Day | None

    @property
    def share(self) -> float | None:
        """The index as a share of the weight of all ties, 0 to 1; `None` where there are no ties."""
        network = self.result.network
        total = int(np.abs(network.weight).sum())
        return float(self.result.value) * network.scale / total if total else None


@dataclass(frozen=True, slots=True, eq=False)
class Camps:
    """Who is in which camp, in all optima or only in some of those that were found; and in draws of uncertain ties.

    `optima` is `None` where they cannot be told: the index is not proven, or the network too large. Then `parts` is
    one, with the camps found.
    """

    result: Frustration
    optima: Optima | None
    parts: tuple[Part, ...]
    day: Day | None
    drawn: Uncertain | None  # `None`: no draws were asked for

    def beside(self, part: Part, actor: str) -> list[int]:
        """In how many of the optima listed an actor stands with each of a part's camps."""
        if self.optima is None:
            return []
        names = self.result.network.names
        own = self.optima.camps[:, names.index(actor)]
        return [int((own == self.optima.camps[:, names.index(camp[0])]).sum()) for camp in part.camps]

    def pairs(self, *, together: bool) -> Ints:
        """The pairs of actors that are known to be together in every optimum, or in none: positions, shape (p, 2)."""
        if self.optima is None:
            return np.zeros((0, 2), np.int64)
        return np.argwhere(np.triu(self.optima.always if together else self.optima.never, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Strain:
    """What strains a network: its ties by their strain, and its unbalanced triangles."""

    strains: Strains
    triads: Triads
    day: Day | None

    @property
    def network(self) -> Network:
        """The network that is strained."""
        return self.strains.base.network

    def kind(self, place: int) -> Kind:
        """What the tie at a position is to the optima."""
        return ("every" if self.strains.every[place] else "some" if self.strains.some[place]
                else "bearing" if self.strains.bearing[place] else "slack")

    @property
    def order(self) -> Ints:
        """The positions of the ties: frustrated in every optimum, in some, in none; within these by their change."""
        rank = np.where(self.strains.every, 0, np.where(self.strains.some, 1, 2))
        return np.lexsort((np.arange(len(rank)), self.strains.change, rank))


def balance(network: Network, *, camps: int | None = 2, seconds: float | None = SECONDS, walks: bool = False,
            day: Day | None = None) -> Balance:
    """The balance of a network, as `frustration`, `triads` and `walk_balance` tell it.

    `walks`: also those of a network of more than `WALKED` actors. Raises `NetworkError` as they do.
    """
    walked = walk_balance(network) if walks or network.size <= WALKED else None
    return Balance(frustration(network, camps=camps, seconds=seconds), triads(network), walked, day)


def camps(network: Network, *, camps: int | None = 2, seconds: float | None = SECONDS, limit: int = 1000,
          day: Day | None = None, draws: int = 0, seed: int = 0) -> Camps:
    """The camps of a network in its optima, of which at most `limit` are listed.

    `draws`: also of so many networks drawn from the probabilities of the day's ties, by a generator of this `seed`.
    Raises `NetworkError` for draws without a day.
    """
    if draws and day is None:
        raise NetworkError("Draws need a day of a ledger: ties from elsewhere have no probabilities.")
    drawn = drawn_from(day, draws, seed, camps) if draws and day else None
    result = frustration(network, camps=camps, seconds=seconds)
    every = optima_of(result, limit=limit)
    return Camps(result, every, parts_of(result, every), day, drawn)


def drawn_from(day: Day, draws: int, seed: int = 0, camps: int | None = 2) -> Uncertain:
    """Index and camps of `draws` networks whose ties are positive, none or negative by the day's chances."""
    names = sorted({actor for tie in day.ties for actor in (tie.left, tie.right)})
    place = {name: at for at, name in enumerate(names)}
    ends = np.array([(place[tie.left], place[tie.right]) for tie in day.ties], np.int64).reshape(-1, 2)
    return draw(names, ends[:, 0], ends[:, 1], day.chances[:, 0], day.chances[:, 2], draws=draws, seed=seed,
                camps=camps)


def strained(network: Network, *, camps: int | None = 2, seconds: float | None = SECONDS,
             day: Day | None = None) -> Strain:
    """The strain of each tie of a network, and its triangles."""
    base = frustration(network, camps=camps, seconds=seconds)
    return Strain(strain(network, camps=camps, base=base), triads(network), day)
