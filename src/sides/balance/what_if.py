"""What if ties were others: the camps and the index after each change, from where they stood before it."""

from __future__ import annotations

from sides.balance.frustration import Frustration
from sides.balance.network import Network
from sides.balance.warm import Warm
from sides.model.errors import NetworkError


class WhatIf:
    """A network under change. Each change gives the new index, exact; `result` is the last, `base` that before any.

    >>> triangle = Network.from_edges([("Hamas", "Iran", 1), ("Iran", "Syria", 1), ("Hamas", "Syria", 1)])
    >>> what_if = WhatIf(triangle)
    >>> what_if.flip("Hamas", "Syria").value, what_if.remove("Hamas", "Iran").value
    (1, 0)
    """

    def __init__(self, network: Network, *, camps: int | None = 2, seconds: float | None = None) -> None:
        self.solver = Warm(camps, seconds=seconds)
        self.place = {name: at for at, name in enumerate(network.names)}
        self.base = self.result = self.solver.solve(network)

    def restart(self) -> None:
        """Take all changes back; what was learned of them stays with the solver."""
        self.result, self.solver.camps = self.base, self.base.camps

    @property
    def network(self) -> Network:
        """The network as it is now."""
        return self.result.network

    def flip(self, one: str, other: str) -> Frustration:
        """Turn the sign of a tie. Raises `NetworkError` where the two have none."""
        return self.set(one, other, -self._weight(one, other))

    def remove(self, one: str, other: str) -> Frustration:
        """Take a tie away. Raises `NetworkError` where the two have none."""
        self._weight(one, other)
        return self.set(one, other, 0)

    def set(self, one: str, other: str, weight: float) -> Frustration:
        """Give two actors a tie of this weight, above 0 for friends and below for foes; 0 for no tie.

        Raises `NetworkError` for an actor that is not there, and for a weight that is no whole multiple of the
        network's unit.
        """
        low, high = sorted((self._actor(one), self._actor(other)))
        units = round(weight * self.network.scale)
        if low == high or abs(units - weight * self.network.scale) > 1e-6:
            raise NetworkError(f"{one!r} and {other!r} cannot have a tie of {weight}. "
                               f"Name two actors, and a multiple of 1/{self.network.scale}.")
        changed = self.network.with_weights({(low, high): units})
        self.result = self.solver.solve(changed)
        return self.result

    def _weight(self, one: str, other: str) -> float:
        tie = self.network.place(one, other)
        if tie is None:
            raise NetworkError(f"{one!r} and {other!r} have no tie. Add one first.")
        return float(self.network.weight[tie]) / self.network.scale

    def _actor(self, name: str) -> int:
        if name not in self.place:
            raise NetworkError(f"{name!r} is not in this network of {len(self.place)} actors.")
        return self.place[name]
