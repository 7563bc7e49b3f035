"""The courses of all ties as records: one for each stretch of months in which a tie looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sides.model.actor import Actor
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
from sides.ties.signals import month_date
from sides.ties.states import STATES

# The columns of a record, in their order. `docs/export.md` describes each.
COLUMNS = ("left", "left_names", "right", "right_names", "since", "until", "state", "certainty", "marks", "claims")
CERTAINTIES = ("likely", "probable", "sure")
MARKS = {"contested": CONTESTED, "ahead": ONLY_AHEAD, "denied": ONLY_DENIED, "faded": FADED, "turn": TURN,
         "outlook": FORECAST}


def tie_records(courses: Courses, actors: Mapping[str, Actor]) -> Iterator[dict[str, Any]]:
    """One record for each look of a tie, by ids and month: since when, until (and without) when, and what it is then.

    `state` and `certainty` are `None` where all that is told of the two is denied. The last stretch of a tie ends with
    the outlook, two years after the documents do.
    """
    names = {side: [actors[side].name, *actors[side].names] if side in actors else [] for side in courses.sides}
    names = {side: list(dict.fromkeys(own)) for side, own in names.items()}
    last = courses.begin + courses.months
    for dyad, (left, right) in enumerate(zip(courses.left.tolist(), courses.right.tolist(), strict=True)):
        one, other = courses.sides[left], courses.sides[right]
        stretch = slice(courses.offset[dyad], courses.offset[dyad + 1])
        months = [courses.begin + month for month in courses.month[stretch].tolist()]
        for since, until, code in zip(months, [*months[1:], last], courses.code[stretch].tolist(), strict=True):
            state = code & STATE
            yield {
                "left": one, "left_names": names[one], "right": other, "right_names": names[other],
                "since": str(month_date(since)), "until": str(month_date(until)),
                "state": STATES[state - 1].value if state else None,
                "certainty": CERTAINTIES[(code & CERTAINTY) >> CERTAINTY_SHIFT] if state else None,
                "marks": [mark for mark, bit in MARKS.items() if code & bit],
                "claims": int(courses.claims[dyad]),
            }
