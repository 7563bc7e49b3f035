"""The signed network of any month, from the courses of all ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.day import TieConventions
from sides.balance.network import Ints, Network
from sides.model.dates import PartialDate
from sides.ties.course_codes import CERTAINTY, CERTAINTY_SHIFT, CONTESTED, STATE
from sides.ties.courses import Courses
from sides.ties.signals import month_date, month_of
from sides.ties.states import STATES, State
from sides.web.asked import Asked

NEUTRAL = STATES.index(State.NEUTRAL) + 1  # as a code


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """The signed network of a month; `names` of the network are ids. Arrays are of its m ties."""

    at: PartialDate
    month: int  # counted from the year 0
    network: Network
    state: NDArray[np.intp]  # (m,) places in `STATES`
    certainty: Ints  # (m,) 0 to 2
    contested: NDArray[np.bool_]  # (m,)
    claims: Ints  # (m,) over all time

    @property
    def level(self) -> Ints:
        """(m,) how far each tie is from neutral, 1 or 2."""
        return np.abs(self.state - (NEUTRAL - 1)).astype(np.int64)

    def state_of(self, place: int) -> State:
        """The state of the tie at a position."""
        return STATES[int(self.state[place])]


def courses_of(asked: Asked) -> Courses:
    """The courses of all ties, as they are asked for."""
    return asked.serving.once(("courses", *asked.key), lambda: asked.ledger.chart(**asked.voices).courses)


def horizon_of(courses: Courses) -> int:
    """The last month that documents tell of, counted from the year 0."""
    return courses.begin + courses.horizon


def month_at(courses: Courses, at: PartialDate | None) -> int:
    """The month that a date asks about: its last; without a date the last that documents tell of."""
    return horizon_of(courses) if at is None else min(month_of(at.last), courses.begin + courses.months - 1)


def dated(asked: Asked, month: int, at: PartialDate | None = None) -> Dated:
    """The network of a month: allied and friendly ties are positive, strained and hostile ones negative."""
    courses = courses_of(asked)
    code = courses.codes(month)
    state = (code & STATE).astype(np.int64)
    tied = np.flatnonzero((state > 0) & (state != NEUTRAL))
    ends = np.unique(np.concatenate([courses.left[tied], courses.right[tied]]))
    place = np.zeros(len(courses.sides), np.int64)
    place[ends] = np.arange(len(ends))
    left, right = place[courses.left[tied]], place[courses.right[tied]]
    ids = [courses.sides[one] for one in ends.tolist()]
    bare = Network.from_arrays(ids, left, right, np.sign(state[tied] - NEUTRAL).astype(np.float64))
    sorted_place = {name: at for at, name in enumerate(bare.names)}  # a network sorts its actors, and its ties by them
    rank = np.array([sorted_place[name] for name in ids], np.int64)
    one, other = rank[left], rank[right]
    order = np.lexsort((np.maximum(one, other), np.minimum(one, other)))
    own = tied[order]
    date = at or month_date(month)
    told = int((state > 0).sum())
    said = TieConventions(at=date, known=asked.known, lens=str(asked.lens), reports=told,
                          neutral=int((state == NEUTRAL).sum()))
    network = Network(bare.names, bare.first, bare.second, bare.weight, 1, said)
    return Dated(date, month, network, state[own] - 1, (code[own] & CERTAINTY).astype(np.int64) >> CERTAINTY_SHIFT,
                 (code[own] & CONTESTED) > 0, courses.claims[own].astype(np.int64))

