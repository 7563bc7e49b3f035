"""All that a map of the network needs: courses, places, who is part of whom, and blocs; kept with the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from sides.model.actor import ActorKind
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.ties.atlas_columns import AtlasColumns, atlas_columns
from sides.ties.courses import Courses, courses
from sides.ties.derived import Columns, Derived, strings, texts
from sides.ties.layout import layout, placed, union_graph
from sides.ties.lens import OPEN, Lens
from sides.ties.membership import Membership
from sides.ties.organization import Bond
from sides.ties.signals import month_date, month_of
from sides.ties.view import View


@dataclass(frozen=True, slots=True)
class Belonging:
    """Somebody is part or member of something for some months, as places of time; `None`: no beginning, or no end."""

    child: str
    whole: str
    since: int | None
    until: int | None  # the first month in which it is no longer so


class Chart:
    """The map of a version by what was known at a date, under a lens."""

    def __init__(self, view: View, derived: Derived, *, known: PartialDate | None = None, lens: Lens = OPEN,
                 exact: bool = False) -> None:
        self.view, self.derived = view, derived
        self.known, self.lens, self.exact = known, lens, exact

    @cached_property
    def courses(self) -> Courses:
        """The course of every tie."""
        asked = (self.view.snapshot.batch, str(self.known or ""), str(self.lens), str(self.exact))
        columns = self.derived.kept("courses", self.view.snapshot.version, asked, lambda: _columns(courses(
            self.view, known=self.known, lens=self.lens,
            atlas=self._open if self._is_open else atlas_columns(self.view, known=self.known, lens=self.lens,
                                                                 exact=self.exact))))
        return _courses(columns)

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where each actor stands, whatever is asked: the same for all charts of a version."""
        version = self.view.snapshot.version

        def made() -> Columns:
            before = self.derived.before("layout", version)
            graph = union_graph(self._open)
            old = placed(strings(before["actors"]), before["places"]) if before else None
            return {"actors": texts(list(graph.actors)), "places": layout(graph, old)}

        found = self.derived.kept("layout", version, (self.view.snapshot.batch,), made)
        return placed(strings(found["actors"]), found["places"])

    def parts(self) -> list[Belonging]:
        """Who of those who have ties is part of another of them, by ids."""
        organization = self.view.organization(self.known.last if self.known else None)
        sides = set(self.courses.sides)
        found = {self._belonging(bond) for actor in self.courses.sides for bond in organization.above(actor)
                 if bond.type is ClaimType.PART_OF and bond.parent in sides and not self._is_bloc(bond.parent)}
        return sorted(found, key=_order)

    def blocs(self) -> list[Belonging]:
        """Who of those who have ties belongs to which bloc, and when; blocs that have two such members, by id.

        A membership is looked at in each month in which one that bears on it begins or ends.
        """
        membership = Membership(self.view, self.known)
        sides = set(self.courses.sides)
        found = []
        for bloc in sorted(membership.organization.wholes):
            if not self._is_bloc(bloc):
                continue
            months = self._months(bloc, membership)
            spans: dict[str, list[list[int]]] = {}
            for month, after in zip(months, [*months[1:], self.courses.months], strict=True):
                for member in membership.members(bloc, month_date(self.courses.begin + month)):
                    own = spans.setdefault(member.actor, [])
                    if own and own[-1][1] == month:
                        own[-1][1] = after
                    else:
                        own.append([month, after])
            inside = {actor: own for actor, own in spans.items() if actor in sides}
            if len(inside) > 1:
                found += [Belonging(actor, bloc, since or None, None if until == self.courses.months else until)
                          for actor, own in inside.items() for since, until in own]
        return sorted(found, key=_order)

    @property
    def _is_open(self) -> bool:
        return self.known is None and self.lens.is_open and not self.exact

    @cached_property
    def _open(self) -> AtlasColumns:
        return atlas_columns(self.view)

    def _is_bloc(self, actor: str) -> bool:
        found = self.view.actor(actor)
        return found is not None and found.kind is ActorKind.BLOC

    def _months(self, bloc: str, membership: Membership) -> list[int]:
        """The first month, and those in which a bond of the bloc or of one of its children begins or ends."""
        organization = membership.organization
        bonds: list[Bond] = list(organization.below(bloc))
        bonds += [above for bond in organization.below(bloc) for above in organization.above(bond.child)]
        days = [day for bond in bonds for one in (bond.holds.start, bond.holds.end, bond.observed) if one is not None
                for day in (one.first, one.after)]
        places = {month_of(day) - self.courses.begin + step for day in days for step in (0, 1)}
        return sorted({0, *(place for place in places if 0 < place < self.courses.months)})

    def _belonging(self, bond: Bond) -> Belonging:
        since, until = bond.holds.start, bond.holds.end
        return Belonging(bond.child, bond.parent, month_of(since.first) - self.courses.begin if since else None,
                         month_of(until.after) - self.courses.begin if until else None)


def _order(one: Belonging) -> tuple[str, str, int]:
    return (one.whole, one.child, -1 if one.since is None else one.since)


def _columns(found: Courses) -> Columns:
    """Courses as arrays to be kept."""
    columns = {one.name: getattr(found, one.name) for one in fields(Courses)}
    columns["sides"] = texts(list(found.sides))
    return {name: np.asarray(values) for name, values in columns.items()}


def _courses(columns: Columns) -> Courses:
    """The courses that were kept."""
    values: dict[str, Any] = dict(columns)
    values["sides"] = strings(columns["sides"])
    return Courses(**values | {name: int(columns[name]) for name in ("begin", "months", "horizon")})


def wholes(parts: Sequence[Belonging]) -> dict[str, str]:
    """The one whole that each part is drawn inside of: that which it is part of last."""
    return {one.child: one.whole for one in sorted(parts, key=lambda one: (one.since is not None, one.since or 0,
                                                                           one.whole))}
