"""The course of every tie over time, as columns: the months in which its look changes, and what it looks like then.

What is told here of a tie in a month is what `Ledger.ties` and `told_at` tell, for the months after the last one that
documents tell of what `Ledger.tie` tells when it is asked about them. No object is made for a claim or a tie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sides.model.dates import PartialDate
from sides.ties.atlas_columns import ASSERTED, NEGATED, AtlasColumns, atlas_columns, of_dyads, shifted
from sides.ties.course_codes import FORECAST, NEVER, Codes, Ints, Told, evidence_codes, until_of
from sides.ties.evidence_columns import documents_taken
from sides.ties.inference import PORTION
from sides.ties.lens import OPEN, Lens
from sides.ties.portion import Portion, Run, changes, drawn, portion
from sides.ties.signals import Reach, month_of
from sides.ties.tie import LEAD
from sides.ties.view import View

OUTLOOK = 24  # months after the last one that documents tell of
# Dyads whose months differ by fewer than this are inferred together.
ALIKE = 12
FIRST_MONTH = 12  # of the year 1


@dataclass(frozen=True, slots=True)
class Courses:
    """All dyads of a version by what was known at a date, under a lens. Months are counted from the year 0.

    `code` of dyad i from `month[k]` on is `code[k]`, for k from `offset[i]` up to `offset[i + 1]`; before the first of
    them nothing is told. See `course_codes` for its bits.
    """

    begin: int  # the first month of which something is told
    months: int  # how many, with those of the outlook
    horizon: int  # the last month that documents tell of, as a place from `begin`
    sides: tuple[str, ...]  # ids of those who have a tie, sorted
    left: NDArray[np.int32]  # (D,) places in `sides`; dyads in the order of their ids
    right: NDArray[np.int32]
    claims: NDArray[np.int32]  # (D,) that each dyad rests on
    offset: NDArray[np.int32]  # (D + 1,)
    month: NDArray[np.int32]  # places from `begin`
    code: Codes
    claims_by_month: NDArray[np.int32]  # (months,) by the last month that they may be about; what lies beyond is last
    documents_by_month: NDArray[np.int32]  # (months,) by publication

    def codes(self, month: int) -> Codes:
        """(D,) the look of each dyad in a month, counted from the year 0."""
        place = month - self.begin
        found = np.zeros(len(self.left), np.uint16)
        dyad = np.repeat(np.arange(len(self.left)), np.diff(self.offset))
        past = self.month <= place
        found[dyad[past]] = self.code[past]  # of several of one dyad, the last
        return found


Each = Callable[[Callable[[Portion], Iterable[Portion]], Iterable[Portion]], Iterable[Portion]]


def in_turn(task: Callable[[Portion], Iterable[Portion]], portions: Iterable[Portion]) -> Iterator[Portion]:
    """One portion after another, in this process."""
    for one in portions:
        yield from task(one)


def courses(view: View, *, known: PartialDate | None = None, lens: Lens = OPEN, exact: bool = False,
            atlas: AtlasColumns | None = None, each: Each = in_turn) -> Courses:
    """The courses of all ties. `atlas`: the columns that were asked for alike, where they are there already.

    `each` runs what draws a portion of the dyads over all of them, and gives the results in order: here one after
    another, or elsewhere (`sides.engines.inferring`).
    """
    return _Drawing(view, known, lens, atlas or atlas_columns(view, known=known, lens=lens, exact=exact)).done(each)


class _Drawing:
    """All that is needed to draw the courses of an atlas."""

    def __init__(self, view: View, known: PartialDate | None, lens: Lens, atlas: AtlasColumns) -> None:
        self.view, self.known, self.lens, self.atlas = view, known, lens, atlas
        dyads, dyad, claims = len(atlas.left), atlas.dyad, atlas.claims
        modality = claims.modality[atlas.row]
        self.said = (modality == ASSERTED) & ~atlas.brokers
        ahead = (modality != NEGATED) & ~self.said
        self.until = until_of(atlas.signals, atlas.last)
        self.first, self.stated, self.ahead = (_least(dyads, dyad[one], atlas.begin[one]) for one in (
            np.ones(len(dyad), bool), self.said, ahead))
        self.has_history = np.bincount(dyad, modality != NEGATED, dyads) > 0
        months = np.asarray([month_of(one.last) for one in claims.dates], np.int64)
        published = months[claims.published[claims.document]]
        self.latest = _most(dyads, dyad, np.maximum(atlas.last, published[atlas.row]))
        reach, signals = atlas.signals.reach, atlas.signals
        self.reach = _most(dyads, dyad, np.select(
            [reach == Reach.OPEN, reach == Reach.CLOSED],
            [np.maximum(signals.end_last + 1, signals.last), signals.end_last], signals.last))
        # As in `tie.derive`.
        now_at = known or atlas.horizon or PartialDate(1)
        if atlas.horizon:
            now_at = min(now_at, atlas.horizon, key=lambda one: one.last)
        self.now_first, self.horizon = month_of(now_at.first), month_of(now_at.last)
        self.months_published = np.asarray([month_of(view.published[one].last) for one in documents_taken(
            view, known.last if known else None, lens)], np.int64)
        self.begin = int(min([*self.first.tolist(), *self.months_published.tolist(), self.horizon]))

    def done(self, each: Each) -> Courses:
        """Draw them."""
        dyads, months = len(self.atlas.left), self.horizon + OUTLOOK - self.begin + 1
        found = [self._denied(), *each(partial(drawn, self.horizon), self._portions())]
        dyad, month, code = (np.concatenate([one[name] for one in found]) for name in ("dyad", "month", "code"))
        order = np.lexsort((month, dyad))
        dyad, month, code = dyad[order], month[order], code[order]
        is_new = np.ones(len(dyad), bool)  # pieces of two runs may meet where nothing changes
        is_new[1:] = (dyad[1:] != dyad[:-1]) | (code[1:] != code[:-1])
        dyad, month, code = dyad[is_new], month[is_new], code[is_new]
        present = np.unique(np.concatenate([self.atlas.left, self.atlas.right]))
        place = np.zeros(len(self.atlas.sides), np.int32)
        place[present] = np.arange(len(present))
        counted = self.atlas.last[np.unique(self.atlas.row, return_index=True)[1]] - self.begin
        return Courses(
            self.begin, months, self.horizon - self.begin, tuple(self.atlas.sides[one] for one in present.tolist()),
            place[self.atlas.left], place[self.atlas.right], self.atlas.counts.astype(np.int32),
            np.searchsorted(dyad, np.arange(dyads + 1)).astype(np.int32), (month - self.begin).astype(np.int32), code,
            np.bincount(np.clip(counted, 0, months - 1), minlength=months).astype(np.int32),
            np.bincount(self.months_published - self.begin, minlength=months).astype(np.int32))

    def _runs(self) -> Iterator[Run]:
        """What must be inferred: of most dyads past and outlook at once; of those whose claims reach past the horizon,
        or of which only the future is told, the past as it is told now and each later month as it will be told then."""
        dyads = np.flatnonzero(self.has_history)
        after = self.horizon + OUTLOOK
        past = np.maximum(np.minimum(self.first, self.now_first) - LEAD, FIRST_MONTH)
        later = np.maximum(self.first - LEAD, FIRST_MONTH)
        end = np.maximum(self.latest, self.horizon)
        together = (past == later) & (self.reach <= end)
        of = dyads[together[dyads]]
        yield _run(of, past[of], np.maximum(end[of], after), self.first[of], after, end[of])
        of = dyads[~together[dyads]]
        yield _run(of, past[of], end[of], self.first[of], self.horizon, end[of])
        for month in range(self.horizon + 1, after + 1):
            then = np.maximum(self.latest[of], month)
            is_open = self.reach[of] <= then  # from here on no month differs from the next
            was_open = self.reach[of] <= np.maximum(self.latest[of], month - 1)
            new = of[is_open & ((month == self.horizon + 1) | ~was_open)]
            yield _run(new, later[new], np.maximum(self.latest[new], after), np.maximum(self.first[new], month), after,
                       None)
            cut = of[~is_open]
            yield _run(cut, later[cut], np.maximum(self.latest[cut], month), np.maximum(self.first[cut], month), month,
                       None)

    def _portions(self) -> Iterator[Portion]:
        """The evidence of what must be inferred, so many dyads at a time."""
        for run in self._runs():
            for group in _alike(run):
                for first in range(0, len(group.dyad), PORTION):
                    some = group.taken(np.arange(first, min(first + PORTION, len(group.dyad))))
                    rows, whose = of_dyads(self.atlas, some.dyad)
                    yield portion(some, self._told(some.dyad, some.begin, rows, whose),
                                  shifted(self.atlas.signals.taken(rows), whose, some.begin[whose]))

    def _told(self, dyads: Ints, begin: Ints, rows: NDArray[np.intp], whose: Ints) -> Told:
        """When something is told, as places from the first month of each dyad's run."""
        atlas = self.atlas
        first, stated, ahead = (np.where(one[dyads] == NEVER, NEVER, one[dyads] - begin)
                                for one in (self.first, self.stated, self.ahead))
        return Told(first, stated, ahead, whose, atlas.begin[rows] - begin[whose], atlas.last[rows] - begin[whose],
                    self.until[rows] - begin[whose], self.said[rows], atlas.claims.sign[atlas.row[rows]])

    def _denied(self) -> Portion:
        """Of dyads of which all is denied: no state, but that they are."""
        dyads = np.flatnonzero(~self.has_history)
        rows, whose = of_dyads(self.atlas, dyads)
        begin = np.full(len(dyads), self.begin)
        months = self.horizon + OUTLOOK - self.begin + 1
        code = evidence_codes(self._told(dyads, begin, rows, whose), months)
        code[self.horizon - self.begin + 1:] |= FORECAST
        end = np.full(len(dyads), self.horizon + OUTLOOK)
        return changes(code, Run(dyads, begin, end, self.first[dyads], end, end))


def _run(dyads: Ints, begin: Ints, end: Ints, since: Ints, until: int, last: Ints | None) -> Run:
    """A run of those dyads of which some month is asked for. Without `last` there is no past in it."""
    run = Run(dyads, begin, end, since, np.full(len(dyads), until), np.full(len(dyads), -1) if last is None else last)
    return run.taken(since <= until)


def _alike(run: Run) -> Iterator[Run]:
    """A run by the number of its months, roughly, so that many dyads go together."""
    months = (run.end - run.begin) // ALIKE
    for size in np.unique(months).tolist():
        yield run.taken(months == size)


def _least(dyads: int, dyad: NDArray[np.int32], months: Ints) -> Ints:
    found = np.full(dyads, NEVER, np.int64)
    np.minimum.at(found, dyad, months)
    return found


def _most(dyads: int, dyad: NDArray[np.int32], months: Ints) -> Ints:
    found = np.zeros(dyads, np.int64)
    np.maximum.at(found, dyad, months)
    return found
