"""Every tie over time with the evidence that it rests on, some thousand claims at once: for what takes all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from sides.model.dates import PartialDate
from sides.ties.atlas_columns import AtlasColumns, atlas_columns
from sides.ties.course_codes import (
    CERTAINTY,
    CERTAINTY_SHIFT,
    CONTESTED,
    FADED,
    FORECAST,
    ONLY_AHEAD,
    ONLY_DENIED,
    STATE,
    TURN,
)
from sides.ties.courses import Courses
from sides.ties.evidence import Evidence
from sides.ties.signals import month_date, month_of
from sides.ties.states import STATES, State
from sides.ties.view import View

CERTAINTIES = ("likely", "probable", "sure")
MARKS = {"contested": CONTESTED, "ahead": ONLY_AHEAD, "denied": ONLY_DENIED, "faded": FADED, "turn": TURN,
         "outlook": FORECAST}
# Of so many claims the documents are in memory at once.
CLAIMS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months in which a tie looks the same."""

    since: PartialDate  # month
    until: PartialDate  # the first month that is no longer part of it
    state: State | None  # None: all that is told by then is denied
    certainty: str | None  # one of CERTAINTIES, of the state
    marks: tuple[str, ...]  # of MARKS
    is_last: bool  # it reaches to the last month that documents tell of, so that no end of it is known

    @property
    def end(self) -> PartialDate | None:
        """The last month of it; `None`: it is not known to have ended."""
        return None if self.is_last else month_date(month_of(self.until.first) - 1)

    @property
    def sign(self) -> int:
        """1: friendly or allied, -1: strained or hostile, 0: neither."""
        level = self.state.level if self.state else 0
        return (level > 0) - (level < 0)


@dataclass(frozen=True, slots=True)
class ToldTie:
    """A tie as far as documents tell, without the outlook: its stretches in order, and the claims that it rests on."""

    left: str
    right: str
    stretches: tuple[Stretch, ...]
    evidence: tuple[Evidence, ...]  # by date; none of it is folded, what only says again is left out

    def grounds(self) -> list[tuple[Evidence, ...]]:
        """For each stretch what is dated to it; where nothing is, to the nearest one before it, else after it.

        A claim is dated by the last day that it may be about; one from before the first stretch is dated to that.
        """
        begins = [one.since.first for one in self.stretches]
        placed: list[list[Evidence]] = [[] for _ in begins]
        for one in self.evidence:
            placed[max(bisect_right(begins, one.date.last) - 1, 0)].append(one)
        found = next((some for some in placed if some), [])  # until there is one: the first after it
        grounds = []
        for some in placed:
            found = some or found
            grounds.append(tuple(found))
        return grounds

    def at(self, month: PartialDate) -> Stretch | None:
        """The stretch that a month lies in; `None`: nothing is told by then, or no document tells of it any more."""
        return next((one for one in self.stretches if one.since.first <= month.first < one.until.first), None)


def stretches(courses: Courses, dyad: int) -> Iterator[Stretch]:
    """What a dyad looks like in each month, the outlook too."""
    own = slice(courses.offset[dyad], courses.offset[dyad + 1])
    months = [courses.begin + month for month in courses.month[own].tolist()]
    last = courses.begin + courses.months
    for since, until, code in zip(months, [*months[1:], last], courses.code[own].tolist(), strict=True):
        state = code & STATE
        yield Stretch(month_date(since), month_date(until), STATES[state - 1] if state else None,
                      CERTAINTIES[(code & CERTAINTY) >> CERTAINTY_SHIFT] if state else None,
                      tuple(mark for mark, bit in MARKS.items() if code & bit),
                      since <= courses.begin + courses.horizon < until)


def told_ties(view: View, courses: Courses, about: Collection[str] = (), *, known: PartialDate | None = None,
              exact: bool = False) -> Iterator[ToldTie]:
    """The ties that something is told of, in which all of some actors take part, by ids.

    `courses`: those of the same `known` and `exact`.
    """
    columns = atlas_columns(view, known=known, exact=exact)
    edges = np.searchsorted(columns.dyad, np.arange(len(columns.left) + 1))
    chosen = [dyad for dyad, sides in enumerate(zip(columns.left.tolist(), columns.right.tolist(), strict=True))
              if set(about) <= {columns.sides[side] for side in sides}]
    portion: list[int] = []
    claims = 0
    for dyad in chosen:
        portion.append(dyad)
        claims += int(edges[dyad + 1] - edges[dyad])
        if claims >= CLAIMS_AT_ONCE:
            yield from _told(view, courses, columns, edges.tolist(), portion)
            portion, claims = [], 0
    yield from _told(view, courses, columns, edges.tolist(), portion)


def _told(view: View, courses: Courses, columns: AtlasColumns, edges: list[int], dyads: list[int]) -> Iterator[ToldTie]:
    ids = {dyad: [f"{one:016x}" for one in dict.fromkeys(
        columns.claims.id[columns.row[edges[dyad]:edges[dyad + 1]]].tolist())] for dyad in dyads}
    wanted = sorted({one for some in ids.values() for one in some})
    by_id = {one.claim.id: one for one in view.each(view.snapshot.claims(ids=wanted))} if wanted else {}
    for dyad, claims in ids.items():
        found = tuple(one for one in stretches(courses, dyad) if "outlook" not in one.marks)
        evidence = sorted((by_id[one] for one in claims), key=lambda one: (
            one.date, one.document.published, one.claim.document, one.claim.begin_char, one.claim.id))
        if found:
            yield ToldTie(columns.sides[columns.left[dyad]], columns.sides[columns.right[dyad]], found, tuple(evidence))
