"""The network through all of time."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Header
from starlette.responses import Response

from sides.model.actor import ActorKind
from sides.model.dates import Interval
from sides.ties.courses import Courses
from sides.ties.signals import month_of
from sides.web.answers.network import NetworkAnswer
from sides.web.asked import Asked, AskedHere

router = APIRouter()


@router.get("/api/network", response_model=NetworkAnswer)
def network(asked: AskedHere, accept_encoding: Annotated[str, Header(include_in_schema=False)] = "",
            if_none_match: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
    """All ties over all time, as columns."""
    plain, packed, tag = asked.serving.once(("network", *asked.key), lambda: written(asked))
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if tag in if_none_match:
        return Response(status_code=304, headers=headers)
    if "gzip" in accept_encoding:
        return Response(packed, media_type="application/json", headers={**headers, "content-encoding": "gzip"})
    return Response(plain, media_type="application/json", headers=headers)


def written(asked: Asked) -> tuple[bytes, bytes, str]:
    """The answer as JSON, the same packed, and its tag."""
    plain = json.dumps(network_answer(asked), ensure_ascii=False, separators=(",", ":")).encode()
    return plain, gzip.compress(plain, 6, mtime=0), f'"{sha256(plain).hexdigest()[:32]}"'


def network_answer(asked: Asked) -> dict[str, Any]:
    """The columns as plain values."""
    found, places = asked.ledger.courses(**asked.voices), asked.ledger.layout()
    ids = list(found.sides)
    actors = {one: asked.ledger.listed_actor(one) for one in ids}
    place = {identifier: at for at, identifier in enumerate(ids)}
    claims = np.bincount(np.concatenate([found.left, found.right]), np.tile(found.claims, 2), len(ids))
    organization = asked.ledger.organization(known=asked.known)
    parts: list[dict[str, Any]] = []
    blocs: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for identifier in ids:
        for bond in organization.above(identifier):
            if bond.parent in place and bond.type.value == "PART_OF":
                parts.append({"part": place[identifier], "whole": place[bond.parent], **_months(bond.holds, found)})
            whole = asked.ledger.listed_actor(bond.parent)
            if whole is not None and whole.kind is ActorKind.BLOC:
                blocs.setdefault(bond.parent, (whole.name, []))[1].append(
                    {"actor": place[identifier], **_months(bond.holds, found)})
    parent = {one["part"]: one["whole"] for one in parts}
    return {
        "version": asked.version, "known": str(asked.known) if asked.known else None, "lens": str(asked.lens),
        "exact": asked.exact, "begin": found.begin, "months": found.months, "horizon": found.horizon,
        "actors": {"id": ids, "name": [actor.name if actor else one for one, actor in actors.items()],
                   "kind": [(actor.kind if actor else ActorKind.OTHER).value for actor in actors.values()],
                   "parent": [parent.get(at, -1) for at in range(len(ids))],
                   "x": [places[one][0] for one in ids], "y": [places[one][1] for one in ids],
                   "claims": claims.astype(int).tolist()},
        "ties": {"left": found.left.tolist(), "right": found.right.tolist(), "claims": found.claims.tolist(),
                 "offset": found.offset.tolist(), "month": found.month.tolist(), "code": found.code.tolist()},
        "parts": parts,
        "blocs": [{"id": one, "name": name, "members": members} for one, (name, members) in sorted(blocs.items())],
        "histogram": {"claims": found.claims_by_month.tolist(), "documents": found.documents_by_month.tolist()},
    }


def _months(holds: Interval, found: Courses) -> dict[str, int | None]:
    return {"since": month_of(holds.start.first) - found.begin if holds.start else None,
            "until": month_of(holds.end.last) - found.begin if holds.end else None}
