"""What claims say of each month of a dyad: evidence of its state, and evidence that it moved.

A claim is spread over months by how it is dated (docs/ties.md, "When a claim speaks"): once, somewhere in its window;
as a tie that goes on until its document's date, fading; through a closed interval; up to an end; or, without a date,
backward from its document, fading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import Kind
from sides.ties.parameters import PLACES, TYPES, Parameters
from sides.ties.signals import LAYERS, Reach, Signals

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
IS_TIE = np.asarray([kind.meaning.kind is Kind.TIE for kind in TYPES])


@dataclass(frozen=True, slots=True)
class Field:
    """T months of D dyads, as claims add up. Likelihoods are logarithms, less what is the same for all states."""

    begin: int  # the first month
    sums: Floats  # (T, 8, D) by CHANNELS
    up: Floats  # (T, D) log ratio by which claims make a move up likelier
    down: Floats  # (T, D)

    @property
    def state(self) -> Floats:
        """(T, 5, D) log likelihood of the month's claims, given each state."""
        return self.sums[:, :5]

    @property
    def volume(self) -> NDArray[np.float64]:
        """(T, D) weight of the month's claims; what rounding leaves of claims that have ended is none."""
        volume = self.sums[:, VOLUME].astype(np.float64)
        return np.where(volume > FAINT, volume, 0.0)

    @property
    def events(self) -> Floats:
        """(T, D) weight of the month's events."""
        return self.sums[:, EVENTS]

    @property
    def tone(self) -> Floats:
        """(T, D) cooperative less hostile weight of the month's events."""
        return self.sums[:, TONE]

    def of(self, dyads: NDArray[np.bool_]) -> Field:
        """Some of the dyads."""
        return Field(self.begin, self.sums[:, :, dyads], self.up[:, dyads], self.down[:, dyads])

    @classmethod
    def joined(cls, parts: Sequence[Field]) -> Field:
        """The dyads of several, which have the same months, one after another."""
        return cls(parts[0].begin, *(np.concatenate([getattr(part, name) for part in parts], axis=-1)
                                     for name in ("sums", "up", "down")))

    def less(self, other: Field) -> Field:
        """Without what others add; the same for all dyads of the other, or dyad by dyad."""
        return Field(self.begin, self.sums - other.sums, self.up - other.up, self.down - other.down)

    def tempered(self, parameters: Parameters) -> Field:
        """As it is taken for evidence: many claims of a month add less than their sum, all pushes so much at most."""
        factor = (1 / (1 + np.maximum(self.sums[:, VOLUME], 0) / parameters.tempering)).astype(np.float32)
        most = np.float32(parameters.change_most)
        return Field(self.begin, self.sums * factor[:, None], np.minimum(self.up, most), np.minimum(self.down, most))


# The five states, then the weight of the month, that of its events, and their cooperative less hostile weight.
CHANNELS = 8
VOLUME, EVENTS, TONE = 5, 6, 7
# Sums are of single precision: weights below this are its rounding.
FAINT = 1e-5


@dataclass(frozen=True, slots=True)
class Spread:
    """Entries of (claim, month, share): where a claim's weight falls."""

    row: Ints
    month: Ints
    share: NDArray[np.float64]

    @classmethod
    def joined(cls, *parts: Spread) -> Spread:
        """The entries of several."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "month", "share")))


def field_of(signals: Signals, begin: int, months: int, dyads: int, parameters: Parameters, *,
             is_layered: bool = False, ends: NDArray[np.int64] | None = None) -> Field:
    """The months from `begin` on. What falls outside them counts for the nearest month within.

    `is_layered`: the claims are those of one layer, none of which weighs less than others there. `ends` (D,): the last
    month of each dyad, as a place, where it is not that of all; what follows it says nothing.
    """
    layer = np.asarray([1.0 if is_layered else parameters.layer[one] for one in LAYERS])
    weight = signals.weight * layer[signals.layer]
    said = np.empty((len(signals), CHANNELS))
    said[:, :5] = np.where(signals.is_denied[:, None], parameters.denial[signals.type, signals.sign + 1],
                           parameters.evidence[signals.type, signals.sign + 1])
    is_event = ~IS_TIE[signals.type]
    said[:, VOLUME], said[:, EVENTS] = 1, is_event
    said[:, TONE] = is_event * np.where(signals.is_denied, -signals.sign, signals.sign)
    said *= weight[:, None]

    def places(spread: Spread) -> Ints:
        last = months - 1 if ends is None else ends[signals.dyad[spread.row]]
        return np.asarray(np.clip(spread.month - begin, 0, last), np.int32)

    def laid(spread: Spread) -> Floats:
        sums = np.zeros((months, CHANNELS, dyads), np.float32)
        values = said[spread.row] * spread.share[:, None]
        np.add.at(sums, (places(spread)[:, None], np.arange(CHANNELS), signals.dyad[spread.row][:, None]),
                  values.astype(np.float32))
        return sums

    timing, reach = parameters.timing, signals.reach
    onset = ramp(signals, np.flatnonzero((reach == Reach.ONCE) | (reach == Reach.OPEN)))
    sums = laid(Spread.joined(onset, through(signals, np.flatnonzero(reach == Reach.CLOSED), timing.hold),
                              until(signals, np.flatnonzero(reach == Reach.ENDED), parameters)))
    open_ = held(signals, onset, parameters)
    if len(open_.row):
        add_faded(sums, laid(open_), timing.hold_fades, range(months))
    for kind, tie, event, fades in ((Reach.UNDATED, timing.undated_tie, timing.undated_event, timing.undated_fades),
                                    (Reach.RECENT, timing.recent_tie, timing.recent_event, timing.recent_fades)):
        rows = np.flatnonzero(reach == kind)
        if len(rows):
            told = Spread(rows.astype(np.int32), signals.last[rows], np.where(is_event[rows], event, tie))
            add_faded(sums, laid(told), fades, range(months - 1, -1, -1))
    mended = earlier(signals, parameters)
    if len(mended.row):
        values = (weight[mended.row] * mended.share)[:, None] * parameters.before
        np.add.at(sums, (places(mended)[:, None], np.arange(5), signals.dyad[mended.row][:, None]),
                  values.astype(np.float32))
    moved = pushes(signals, parameters)
    is_up = parameters.change[signals.type[moved.row]] > 0
    ups, downs = np.zeros((2, months, dyads), np.float32)
    for into, chosen in ((ups, is_up), (downs, ~is_up)):
        np.add.at(into, (places(moved)[chosen], signals.dyad[moved.row[chosen]]), moved.share[chosen])
    if ends is not None:
        sums *= np.arange(months)[:, None, None] <= ends
    return Field(begin, sums, ups, downs)


def add_faded(sums: Floats, values: Floats, fades: float, months: range) -> None:
    """Add to sums (T, ...) what goes on from each month to the next of `months`, falling to 1/e in `fades` of them."""
    rate = np.float32(np.exp(-1 / fades))
    left = np.zeros_like(values[0])
    for month in months:
        left *= rate
        left += values[month]
        sums[month] += left


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
    is_undated, is_recent = signals.reach == Reach.UNDATED, signals.reach == Reach.RECENT
    change *= np.where(is_undated, parameters.change_undated, 1.0)
    begin = np.where(is_undated, signals.last - parameters.change_undated_for + 1,
                     np.where(is_recent, signals.last - parameters.change_recent_for + 1, signals.first))
    rows = np.flatnonzero(change > 0)
    size = signals.last[rows] - begin[rows] + 1
    row = np.repeat(rows, size)
    step = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    return Spread(row.astype(np.int32), (begin[row] + step).astype(np.int32), change[row])
