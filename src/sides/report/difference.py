"""What would change if some ties were others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sides.balance.answers import Kind, Strain
from sides.balance.difference import Difference, Edit
from sides.report.balance import (
    SHOWN,
    Name,
    conventions_lines,
    heading,
    index_line,
    index_words,
    is_weak,
    more,
    network_record,
    triads_record,
)
from sides.report.states import percent
from sides.report.strain import WORDS

EDITS = {"flip": "the tie of {} and {} had the other sign", "remove": "{} and {} had no tie",
         "add": "{} and {} had a tie of {}"}


def difference_answer(found: Difference, name: Name) -> RenderableType:
    """The difference as a page of a terminal."""
    return Group(*_parts(found, name))


def _parts(found: Difference, name: Name) -> Iterator[RenderableType]:
    before, after = found.before, found.after
    yield heading("What if", before.network, before.day)
    for edit in found.edits:
        yield Text(f"  {_edit_words(edit, name)}", style="italic")
    yield index_line(before.strains.base)
    yield Text.assemble("It would be ", (index_words(after.strains.base), "bold"),
                        f"; of the triangles, {_share(after)} balanced instead of {_share(before)}")
    if found.moved:
        yield Text("\nWho would stand elsewhere (the fewest that have to)", style="bold")
        for actor in found.moved:
            camps = [f"camp {camp}" if camp is not None else "not determined"
                     for camp in (found.membership_before[actor], found.membership_after[actor])]
            yield Text(f"  {name(actor)}: {camps[0]} to {camps[1]}")
    shifts = found.shifts
    if shifts:
        yield Text(f"\nTies that would be something else{more(SHOWN, len(shifts))}", style="bold")
        for shift in shifts[:SHOWN]:
            yield Text(f"  {name(shift.left)} and {name(shift.right)}: {_kind(shift.before)} to {_kind(shift.after)}")
    yield conventions_lines(before.network)


def _edit_words(edit: Edit, name: Name) -> str:
    return EDITS[edit.kind].format(name(edit.one), name(edit.other), f"{edit.weight:+g}")


def _share(found: Strain) -> str:
    share = found.triads.share(weak=is_weak(found.strains.base))
    return "none" if share is None else percent(share)


def _kind(kind: Kind | None) -> str:
    return "no tie" if kind is None else WORDS[kind]


def difference_record(found: Difference, name: Name) -> dict[str, Any]:
    """The difference as plain values for JSON."""
    before, after = found.before, found.after
    return {
        "edits": [{"kind": edit.kind, "left": edit.one, "right": edit.other,
                   **({"weight": edit.weight} if edit.kind == "add" else {})} for edit in found.edits],
        **{word: {**network_record(one.strains.base, before.day),
                  "triads": triads_record(one.triads, weak=is_weak(one.strains.base))}
           for word, one in (("before", before), ("after", after))},
        "moved": [{"id": actor, "name": name(actor), "before": found.membership_before[actor],
                   "after": found.membership_after[actor]} for actor in found.moved],
        "ties": [{"left": shift.left, "right": shift.right, "before": shift.before, "after": shift.after}
                 for shift in found.shifts],
    }
