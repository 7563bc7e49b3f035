"""What claims say of each month of a dyad: evidence of its state, and evidence that it moved.

A claim is spread over months by how it is dated (docs/ties.md, "When a claim speaks"): once, somewhere in its window;
as a tie that goes on until its document's date, fading; through a closed interval; up to an end; or, without a date,
backward from its document, fading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import Kind
from sides.ties.parameters import PLACES, TYPES, Parameters
from sides.ties.signals import LAYERS, Reach, Signals

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
IS_TIE = np.asarray([kind.meaning.kind is Kind.TIE for kind in TYPES])


@dataclass(frozen=True, slots=True)
class Field:
    """T months of D dyads, as claims add up. Likelihoods are logarithms, less what is the same for all states."""

    begin: int  # the first month
    state: Floats  # (T, 5, D) of the claims of the month, given each state
    volume: Floats  # (T, D) weight of the month
    tone: Floats  # (T, D) cooperative less hostile weight of the events of the month
    events: Floats  # (T, D) weight of the events of the month
    up: Floats  # (T, D) log ratio by which claims make a move up likelier
    down: Floats  # (T, D)

    def less(self, other: Field) -> Field:
        """Without what others add; the same for all dyads of the other, or dyad by dyad."""
        return Field(self.begin, self.state - other.state, self.volume - other.volume, self.tone - other.tone,
                     self.events - other.events, self.up - other.up, self.down - other.down)

    def tempered(self, parameters: Parameters) -> Field:
        """As it is taken for evidence: many claims of a month add less than their sum, all pushes so much at most."""
        factor = 1 / (1 + np.maximum(self.volume, 0) / parameters.tempering)
        most = parameters.change_most
        return Field(self.begin, self.state * factor[:, None], self.volume * factor, self.tone * factor,
                     self.events * factor, np.minimum(self.up, most), np.minimum(self.down, most))


@dataclass(frozen=True, slots=True)
class Spread:
    """Entries of (claim, month, share): where a claim's weight falls."""

    row: Ints
    month: Ints
    share: Floats


def field_of(signals: Signals, begin: int, months: int, dyads: int, parameters: Parameters, *,
             is_layered: bool = False) -> Field:
    """The months from `begin` on. What falls outside them counts for the nearest month within.

    `is_layered`: the claims are those of one layer, none of which weighs less than others there.
    """
    layer = np.asarray([1.0 if is_layered else parameters.layer[one] for one in LAYERS])
    weight = signals.weight * layer[signals.layer]
    shape = (months, dyads)
    logs = np.where(signals.is_denied[:, None], parameters.denial[signals.type, signals.sign + 1],
                    parameters.evidence[signals.type, signals.sign + 1])
    state = np.zeros((months, 5, dyads))
    volume, events, tone = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    toned = np.where(signals.is_denied, -signals.sign, signals.sign)

    def laid(spread: Spread, factor: Floats) -> Floats:
        at = np.clip(spread.month - begin, 0, months - 1) * dyads + signals.dyad[spread.row]
        return np.asarray(np.bincount(at, factor, months * dyads), float).reshape(shape)

    def add(spread: Spread, fades: float = 0.0, *, is_backward: bool = False) -> None:
        if not len(spread.row):
            return
        factor = weight[spread.row] * spread.share
        for place in range(5):
            state[:, place] += faded(laid(spread, factor * logs[spread.row, place]), fades, is_backward)
        volume[:] += faded(laid(spread, factor), fades, is_backward)
        is_event = ~IS_TIE[signals.type[spread.row]]
        events[:] += faded(laid(spread, factor * is_event), fades, is_backward)
        tone[:] += faded(laid(spread, factor * is_event * toned[spread.row]), fades, is_backward)

    timing = parameters.timing
    reach = signals.reach
    onset = ramp(signals, np.flatnonzero((reach == Reach.ONCE) | (reach == Reach.OPEN)))
    add(onset)
    add(held(signals, onset, parameters), timing.hold_fades)
    add(through(signals, np.flatnonzero(reach == Reach.CLOSED), timing.hold))
    add(until(signals, np.flatnonzero(reach == Reach.ENDED), parameters))
    undated = np.flatnonzero(reach == Reach.UNDATED)
    rate = np.where(IS_TIE[signals.type[undated]], timing.undated_tie, timing.undated_event)
    add(Spread(undated.astype(np.int32), signals.last[undated], rate), timing.undated_fades, is_backward=True)
    mended = earlier(signals, parameters)
    for place in range(5) if len(mended.row) else ():
        state[:, place] += laid(mended, weight[mended.row] * mended.share * parameters.before[place])
    moved = pushes(signals, parameters)
    is_up = parameters.change[signals.type[moved.row]] > 0
    up, down = (laid(moved, moved.share * chosen) for chosen in (is_up, ~is_up))
    return Field(begin, state, volume, tone, events, up, down)


def faded(values: Floats, fades: float, is_backward: bool) -> Floats:
    """Values (T, D), each going on in the months after (or before) it and falling to 1/e in `fades` months."""
    if not fades:
        return values
    rate = np.exp(-1 / fades)
    order = range(len(values) - 2, -1, -1) if is_backward else range(1, len(values))
    for month in order:
        values[month] += rate * values[month + 1 if is_backward else month - 1]
    return values


def ramp(signals: Signals, rows: NDArray[np.intp]) -> Spread:
    """Weight 1 over the window of each claim, rising to its end: what began in a year had by its end."""
    first, size = signals.first[rows], signals.last[rows] - signals.first[rows] + 1
    row = np.repeat(rows, size)
    step = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    share = 2.0 * (step + 1) / np.repeat(size * (size + 1), size)
    return Spread(row.astype(np.int32), (np.repeat(first, size) + step).astype(np.int32), share)


def held(signals: Signals, onset: Spread, parameters: Parameters) -> Spread:
    """A tie that is not said to have ended holds from its beginning until its document's date, fading."""
    timing = parameters.timing
    is_open = signals.reach[onset.row] == Reach.OPEN
    row, month, share = onset.row[is_open], onset.month[is_open], timing.hold * onset.share[is_open]
    stop = np.maximum(signals.end_last[row] + 1, month)
    left = -share * np.exp(-(stop - month) / timing.hold_fades)
    return Spread(np.concatenate([row, row]), np.concatenate([month, stop]).astype(np.int32),
                  np.concatenate([share, left]))


def through(signals: Signals, rows: NDArray[np.intp], rate: float) -> Spread:
    """So much a month from beginning to end, rising over the window of the one and falling over that of the other."""
    begin, size = signals.first[rows], signals.end_last[rows] - signals.first[rows] + 1
    row = np.repeat(rows, size)
    step = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    month = np.repeat(begin, size) + step
    rising = (month - signals.first[row] + 1) / (signals.last[row] - signals.first[row] + 1)
    falling = (signals.end_last[row] - month + 1) / (signals.end_last[row] - signals.end_first[row] + 1)
    return Spread(row.astype(np.int32), month.astype(np.int32), rate * np.minimum(1, np.minimum(rising, falling)))


def until(signals: Signals, rows: NDArray[np.intp], parameters: Parameters) -> Spread:
    """A tie of which only the end is told: a little for years before it, 1 over the last of them."""
    timing = parameters.timing
    window = signals.last[rows] - signals.first[rows] + 1
    size = timing.before_end_for + window
    row = np.repeat(rows, size)
    step = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    falling = np.minimum(1, (step + 1) / (signals.last[row] - signals.first[row] + 1))
    share = timing.before_end + (step < timing.before_end_year) / timing.before_end_year
    return Spread(row.astype(np.int32), (signals.last[row] - step).astype(np.int32), share * falling)


def earlier(signals: Signals, parameters: Parameters) -> Spread:
    """The months before a tie is said to be mended."""
    size = parameters.before_months
    rows = np.flatnonzero((signals.type == PLACES[parameters.before_type]) & ~signals.is_denied
                          & (signals.reach <= Reach.CLOSED))
    row = np.repeat(rows, size)
    step = np.tile(np.arange(size), len(rows))
    return Spread(row.astype(np.int32), (signals.first[row] - 1 - step).astype(np.int32),
                  np.full(len(row), parameters.before_weight / size))


def pushes(signals: Signals, parameters: Parameters) -> Spread:
    """The months in which a claim of a change makes a move likelier: its window, or those before its document."""
    change = np.abs(parameters.change[signals.type]) * signals.push * ~signals.is_denied
    is_undated = signals.reach == Reach.UNDATED
    change *= np.where(is_undated, parameters.change_undated, 1.0)
    begin = np.where(is_undated, signals.last - parameters.change_undated_for + 1, signals.first)
    rows = np.flatnonzero(change > 0)
    size = signals.last[rows] - begin[rows] + 1
    row = np.repeat(rows, size)
    step = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    return Spread(row.astype(np.int32), (begin[row] + step).astype(np.int32), change[row])
