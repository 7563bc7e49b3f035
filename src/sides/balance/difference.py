"""What if: what would change in a network if some of its ties were others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sides.balance.answers import Kind, Strain
from sides.balance.day import Day
from sides.balance.frustration import SECONDS, Frustration
from sides.balance.labels import labelled
from sides.balance.network import Network
from sides.balance.parts import optima_of, undetermined
from sides.balance.strain import strain
from sides.balance.triads import triads
from sides.balance.what_if import WhatIf


@dataclass(frozen=True, slots=True)
class Edit:
    """One tie made another one: `flip` its sign, `remove` it, or `add` one (in the place of theirs, if any).

    `weight`, of what is added: above 0 for friends, below for foes; in an unweighted network only its sign counts.
    """

    kind: Literal["flip", "remove", "add"]
    one: str
    other: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Shift:
    """A tie that is something else to the optima than before; `None`: there is no such tie."""

    left: str
    right: str
    before: Kind | None
    after: Kind | None


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """A network before some edits and after them.

    `membership_before`, `membership_after`: the camp of each actor by its number, `None` where its side is not
    determined; of all optima after the edits, the one that leaves the most actors where they were.
    """

    edits: tuple[Edit, ...]
    before: Strain
    after: Strain
    membership_before: dict[str, int | None]
    membership_after: dict[str, int | None]

    @property
    def moved(self) -> list[str]:
        """The actors whose camp is another one, or is determined only before or only after."""
        return [name for name, camp in self.membership_before.items() if self.membership_after[name] != camp]

    @property
    def shifts(self) -> list[Shift]:
        """The ties that are something else to the optima than before, by their actors."""
        kinds = [{(one.network.names[left], one.network.names[right]): one.kind(place) for place, (left, right)
                  in enumerate(zip(one.network.first, one.network.second, strict=True))}
                 for one in (self.before, self.after)]
        return [Shift(*pair, kinds[0].get(pair), kinds[1].get(pair)) for pair in sorted({*kinds[0], *kinds[1]})
                if kinds[0].get(pair) != kinds[1].get(pair)]


def difference(network: Network, edits: Sequence[Edit], *, camps: int | None = 2, seconds: float | None = SECONDS,
               day: Day | None = None) -> Difference:
    """What edits, laid on a network one after the other, change in its index, its camps and its strain.

    Raises `NetworkError` for an actor or, to flip or remove, a tie that is not there, and for a weight that is no
    multiple of the network's unit.
    """
    return Standing(network, camps=camps, seconds=seconds, day=day).after(edits)


class Standing:
    """A network as it stands, to be asked about one set of edits after another: what is learned of one helps the next.

    `strain_seconds`: the time for the strain of all ties (None: no end), of it and of what the edits make of it.
    `former`, `fresh`: the camps that hand on their names, and the first name for others, as `labelled` takes them.
    """

    def __init__(self, network: Network, *, camps: int | None = 2, seconds: float | None = SECONDS,
                 strain_seconds: float | None = None, former: Mapping[str, int | None] | None = None,
                 fresh: int = 1, day: Day | None = None) -> None:
        self.camps, self.seconds, self.strain_seconds = camps, seconds, strain_seconds
        self.what_if = WhatIf(network, camps=camps, seconds=seconds)
        self.before = self._strained(self.what_if.base, day)
        self.undecided = self._undecided(self.before)
        named = labelled(self.what_if.base, former or {}, undecided=self.undecided, fresh=fresh, seconds=seconds)
        self.camp_map = named.camps  # (n,) the optimum that is told, of those who are undecided as well
        self.membership = named.of(network, but=self.undecided)
        self.fresh = max([fresh, *(camp + 1 for camp in self.membership.values() if camp is not None)])

    def after(self, edits: Sequence[Edit]) -> Difference:
        """What edits, one after the other, change. Raises `NetworkError` as `difference` does."""
        what_if = self.what_if
        what_if.restart()
        for edit in edits:
            if edit.kind == "flip":
                what_if.flip(edit.one, edit.other)
            elif edit.kind == "remove":
                what_if.remove(edit.one, edit.other)
            else:
                weighted = what_if.network.conventions.weighted
                what_if.set(edit.one, edit.other, edit.weight if weighted else math.copysign(1, edit.weight))
        after = self._strained(what_if.result, None)
        left_out = self._undecided(after)
        now = labelled(what_if.result, self.membership, undecided=left_out, fresh=self.fresh, seconds=self.seconds)
        return Difference(tuple(edits), self.before, after, self.membership, now.of(what_if.network, but=left_out))

    def _strained(self, result: Frustration, day: Day | None) -> Strain:
        seconds = self.strain_seconds if result.proven or self.strain_seconds is None else 0.0  # it would prove nothing
        found = strain(result.network, camps=self.camps, base=result, seconds=seconds)
        return Strain(found, triads(result.network), day)

    def _undecided(self, found: Strain) -> tuple[str, ...]:
        strains = found.strains
        every = optima_of(strains.base, strains=strains) if strains.is_complete else None
        return undetermined(strains.base, every)
