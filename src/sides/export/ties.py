"""The courses of all ties as records: one for each stretch of months in which a tie looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sides.model.actor import Actor
from sides.ties.courses import Courses
from sides.ties.told_ties import stretches

# The columns of a record, in their order. `docs/export.md` describes each.
COLUMNS = ("left", "left_names", "right", "right_names", "since", "until", "state", "certainty", "marks", "claims")


def tie_records(courses: Courses, actors: Mapping[str, Actor]) -> Iterator[dict[str, Any]]:
    """One record for each look of a tie, by ids and month: since when, until (and without) when, and what it is then.

    `state` and `certainty` are `None` where all that is told of the two is denied. The last stretch of a tie ends with
    the outlook, two years after the documents do.
    """
    names = {side: [actors[side].name, *actors[side].names] if side in actors else [] for side in courses.sides}
    names = {side: list(dict.fromkeys(own)) for side, own in names.items()}
    for dyad, (left, right) in enumerate(zip(courses.left.tolist(), courses.right.tolist(), strict=True)):
        one, other = courses.sides[left], courses.sides[right]
        for stretch in stretches(courses, dyad):
            yield {
                "left": one, "left_names": names[one], "right": other, "right_names": names[other],
                "since": str(stretch.since), "until": str(stretch.until),
                "state": stretch.state.value if stretch.state else None, "certainty": stretch.certainty,
                "marks": list(stretch.marks), "claims": int(courses.claims[dyad]),
            }
