"""The whole network over all time, in columns: sent once, and moved through by the browser."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from sides.model.actor import ActorKind
from sides.ties.chart import Chart, wholes

PLACE_DECIMALS = 4


class ActorColumns(BaseModel):
    """Those who have ties, by id. `parent`: the place of whom it is drawn inside of, or -1; x and y from -1 to 1."""

    id: list[str]
    name: list[str]
    kind: list[str]
    parent: list[int]
    x: list[float]
    y: list[float]
    claims: list[int]


class TieColumns(BaseModel):
    """The courses of ties: from `month[k]` on the look of tie i is `code[k]`, offset[i] <= k < offset[i + 1].

    Bits of a code: 0-2 state (1 hostile to 5 allied; 0: nothing told), 3-4 certainty, 5 contested, 6 only possible,
    7 only denied, 8 faded, 9 a turn, 10 forecast.
    """

    left: list[int]
    right: list[int]
    claims: list[int]
    offset: list[int]
    month: list[int]
    code: list[int]


class PartAnswer(BaseModel):
    """One actor is part of another, from a month until (and without) another; places of actors and of time."""

    part: int
    whole: int
    since: int | None
    until: int | None


class MemberAnswer(BaseModel):
    """A member of a bloc, likewise."""

    actor: int
    since: int | None
    until: int | None


class BlocAnswer(BaseModel):
    """A bloc and those of its members who have ties."""

    id: str
    name: str
    members: list[MemberAnswer]


class HistogramAnswer(BaseModel):
    """How many claims are about each month, and how many documents were published in it."""

    claims: list[int]
    documents: list[int]


class NetworkAnswer(BaseModel):
    """All courses. Months are places from `begin` (12 * year + month - 1); those after `horizon` are forecast."""

    version: int
    known: str | None
    lens: str
    exact: bool
    begin: int
    months: int
    horizon: int
    actors: ActorColumns
    ties: TieColumns
    parts: list[PartAnswer]
    blocs: list[BlocAnswer]
    histogram: HistogramAnswer


def network_answer(chart: Chart) -> dict[str, Any]:
    """The network as plain values."""
    courses, places, parts = chart.courses, chart.places, chart.parts()
    place = {actor: number for number, actor in enumerate(courses.sides)}
    found = [chart.view.actor(actor) for actor in courses.sides]
    counts = [0] * len(courses.sides)
    for role in (courses.left, courses.right):
        for actor, claims in zip(role.tolist(), courses.claims.tolist(), strict=True):
            counts[actor] += claims
    whole = wholes(parts)
    members: dict[str, list[dict[str, int | None]]] = {}
    for one in chart.blocs():
        members.setdefault(one.whole, []).append({"actor": place[one.child], "since": one.since, "until": one.until})
    names = {bloc: chart.view.actor(bloc) for bloc in members}
    return {
        "version": chart.view.snapshot.version, "known": str(chart.known) if chart.known else None,
        "lens": str(chart.lens), "exact": chart.exact, "begin": courses.begin, "months": courses.months,
        "horizon": courses.horizon,
        "actors": {
            "id": list(courses.sides),
            "name": [actor.name if actor else identifier
                     for identifier, actor in zip(courses.sides, found, strict=True)],
            "kind": [(actor.kind if actor else ActorKind.OTHER).value for actor in found],
            "parent": [place.get(whole.get(actor, ""), -1) for actor in courses.sides],
            "x": [round(places[actor][0], PLACE_DECIMALS) for actor in courses.sides],
            "y": [round(places[actor][1], PLACE_DECIMALS) for actor in courses.sides],
            "claims": counts},
        "ties": {name: getattr(courses, name).tolist()
                 for name in ("left", "right", "claims", "offset", "month", "code")},
        "parts": [{"part": place[one.child], "whole": place[one.whole], "since": one.since, "until": one.until}
                  for one in parts],
        "blocs": [{"id": bloc, "name": actor.name if (actor := names[bloc]) else bloc, "members": members[bloc]}
                  for bloc in sorted(members)],
        "histogram": {"claims": courses.claims_by_month.tolist(), "documents": courses.documents_by_month.tolist()}}
