"""The history of one dyad: the probability of each state in each month, its turns, and what each claim adds."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import Layer
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.field import Field, field_of
from sides.ties.inference import infer, infer_apart, paths
from sides.ties.parameters import Parameters, shipped
from sides.ties.signals import LAYER_PLACES, Signals, month_date, month_of, signals
from sides.ties.states import LEVELS, STATES, State
from sides.ties.turns import Change, changes

# Claims are left out one by one, so many at a time: it bounds the memory.
PART = 400
# A claim carries a turn if without it the turn would be smaller by this share of itself.
CARRIES = 0.05


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one piece of evidence adds: the expected level (-2 hostile to 2 allied) with it less that without it."""

    evidence: Evidence
    shift: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of state: the months between which it lies, the likeliest, and the claims that carry it."""

    before: State
    after: State
    first: PartialDate
    month: PartialDate
    last: PartialDate
    carried: tuple[Contribution, ...]  # most first

    @property
    def is_up(self) -> bool:
        """Whether it is for the better."""
        return self.after.level > self.before.level

    @property
    def direction(self) -> str:
        """`up` or `down`."""
        return "up" if self.is_up else "down"


class History:
    """What evidence says of one dyad, month by month. Never changes; what is asked for is computed once."""

    def __init__(self, evidence: Sequence[Evidence], mediation: Sequence[Evidence], begin: int, end: int,
                 parameters: Parameters | None = None, layer: Layer | None = None) -> None:
        """`begin`, `end`: the months that are asked about, inclusive. `layer`: only what is said of it."""
        self.parameters = parameters or shipped()
        every = [*((one, False) for one in evidence), *((one, True) for one in mediation)]
        chosen = [(one, brokers) for one, brokers in every if layer is None or one.claim.layer is layer]
        self.evidence = tuple(one for one, _ in chosen)
        self.begin, self.end = begin, end
        self._layer = layer
        sides = frozenset(actor for one, brokers in every if not brokers for actor in (one.claim.source,
                                                                                       one.claim.target))
        self._rows = signals([one for one, brokers in chosen if not brokers],
                             [one for one, brokers in chosen if brokers], sides, self.parameters)

    def carried(self, end: int) -> History:
        """The same up to a later month: of months that nothing is told of, what the model makes of those before."""
        later = copy(self)
        later.end = max(end, self.end)
        for name in ("_field", "_path", "shares", "levels", "changes", "influence"):
            later.__dict__.pop(name, None)
        return later

    @cached_property
    def _field(self) -> Field:
        return self._field_of(self._rows, 1)

    @cached_property
    def _path(self) -> NDArray[np.int8]:
        return paths(self._field, self.parameters)[:, 0]

    @cached_property
    def shares(self) -> NDArray[np.float32]:
        """(T, 5) the probability of each state in each month, hostile first."""
        return infer(self._field, self.parameters, with_path=False).shares[:, :, 0]

    @cached_property
    def levels(self) -> NDArray[np.float64]:
        """(T,) the expected level, -2 hostile to 2 allied."""
        return np.asarray(self.shares @ LEVELS)

    @cached_property
    def changes(self) -> list[Change]:
        """The turns, in order; months as places from `begin`."""
        return changes(self._path, self.shares)

    @cached_property
    def influence(self) -> NDArray[np.float64]:
        """(N, T) for each piece of evidence, the expected level with it less that without it."""
        parts = [self.levels[None] - self._without(np.arange(start, min(start + PART, len(self._rows))))
                 for start in range(0, len(self._rows), PART)]
        return np.concatenate(parts) if parts else np.zeros((0, self.end - self.begin + 1))

    def place(self, at: PartialDate | None) -> int:
        """The place of a date's last month; the last of all where there is none or it lies beyond."""
        return self.end - self.begin if at is None else min(max(month_of(at.last), self.begin), self.end) - self.begin

    def probabilities(self, at: PartialDate | None = None) -> dict[State, float]:
        """The probability of each state at a date."""
        row = self.shares[self.place(at)]
        return {state: float(share) for state, share in zip(STATES, row, strict=True)}

    def state(self, at: PartialDate | None = None) -> State:
        """The likeliest state at a date."""
        return STATES[int(self.shares[self.place(at)].argmax())]

    def contributions(self, at: PartialDate | None = None) -> list[Contribution]:
        """What each piece of evidence adds to the state at a date, that which moves it most first."""
        shifts = self.influence[:, self.place(at)]
        return self._ranked(shifts, np.abs(shifts))

    def turns(self) -> list[Turn]:
        """The turns, in order, with the claims that carry them."""
        found = []
        for change in self.changes:
            before, after = max(change.first - 1, 0), change.last
            sign = 1 if change.is_up else -1
            shifts = self.influence[:, after] - self.influence[:, before]
            least = CARRIES * abs(self.levels[after] - self.levels[before])
            carried = [one for one in self._ranked(shifts, sign * shifts) if sign * one.shift > max(least, 1e-6)]
            first, month, last = (month_date(self.begin + place) for place in (change.first, change.month, change.last))
            found.append(Turn(STATES[change.before], STATES[change.after], first, month, last, tuple(carried)))
        return found

    def _ranked(self, shifts: NDArray[np.float64], by: NDArray[np.float64]) -> list[Contribution]:
        order = sorted(range(len(self.evidence)), key=lambda row: (-round(float(by[row]), 9),
                                                                   self.evidence[row].claim.id))
        return [Contribution(self.evidence[row], float(shifts[row])) for row in order]

    def _without(self, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """(rows, T) the expected level without each of some pieces of evidence."""
        alone = replace(self._rows.taken(rows), dyad=np.arange(len(rows), dtype=np.int32))
        left = self._field.less(self._field_of(alone, len(rows)))
        shares = infer(left, self.parameters, with_path=False).shares
        return np.asarray(np.einsum("tsn,s->nt", shares, LEVELS))

    def _field_of(self, rows: Signals, dyads: int) -> Field:
        return field_of(rows, self.begin, self.end - self.begin + 1, dyads, self.parameters,
                        is_layered=self._layer is not None)


def infer_together(histories: Sequence[History], *, with_path: bool = True) -> None:
    """Work out histories of the same months and model at once, in the time of one or two; each is as by itself.

    `with_path`: also what their turns are told from.
    """
    if not histories:
        return
    parameters = histories[0].parameters
    for is_layered in (False, True):
        some = [one for one in histories if (one._layer is not None) is is_layered]
        if some:
            rows = Signals.joined([replace(one._rows, dyad=np.full(len(one._rows), place, np.int32))
                                   for place, one in enumerate(some)])
            whole = some[0]._field_of(rows, len(some))
            for place, one in enumerate(some):
                one._field = whole.of(np.arange(len(some)) == place)
    for one, shares in zip(histories, infer_apart([one._field for one in histories], parameters), strict=True):
        one.shares = shares[:, :, 0]
    if with_path:
        path = paths(Field.joined([one._field for one in histories]), parameters)
        for place, one in enumerate(histories):
            one._path = path[:, place]


def carried(histories: Sequence[History], end: int) -> list[History]:
    """Histories of the same months up to a later one, as `History.carried` tells them, worked out at once."""
    found = [one.carried(end) for one in histories]
    infer_together(found, with_path=False)
    return found


def layers_of(evidence: Sequence[Evidence]) -> list[Layer]:
    """The layers that evidence speaks of, in their order; the general one is none of its own."""
    return sorted({one.claim.layer for one in evidence} - {Layer.GENERAL}, key=LAYER_PLACES.__getitem__)
