"""Which claims are asked for, as a condition in SQL with its parameters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypedDict

from sides.ledger.escape import escaped
from sides.ledger.stored_documents import of_ids
from sides.model.claim_type import ClaimType, Modality

# "Between" means either way round, or with both among the three of a mediation.
BETWEEN = ("(($first IN (source, target) AND $second IN (source, target)) OR "
           "(type = 'MEDIATE' AND $first IN (source, target, third) AND $second IN (source, target, third)))")
TAKES_PART = "(list_contains($actors, source) OR list_contains($actors, target) OR list_contains($actors, third))"
CONDITIONS = {
    "since": "holds_last >= $since",
    "until": "(holds_first IS NULL OR holds_first < $until)",
    "known": "published_last <= $known",
    "actors": TAKES_PART,
    "left": TAKES_PART.replace("$actors", "$left"),
    "right": TAKES_PART.replace("$actors", "$right"),
    "types": "list_contains($types, type)",
    "documents": "list_contains($documents, document)",
    "speakers": "list_contains($speakers, speaker)",
    "modalities": "list_contains($modalities, modality)",
    "outlets": "list_has_any(outlets, $outlets)",
    "read_ids": "list_contains($read_ids, read_id)",
}

ORDER = "document_order, begin_char, id"

Parameter = str | date | list[str]


class ClaimQuery(TypedDict, total=False):
    """Which claims are asked for. What is not given or `None` does not matter; an empty collection asks for none."""

    between: tuple[str, str] | None  # two actors' ids: either way round, and mediations that both are part of
    actors: Collection[str] | None  # ids, at least one of which is source, target or third
    both: tuple[Collection[str], Collection[str]] | None  # of either some actor's id is source, target or third
    ids: Collection[str] | None
    since: date | None  # about this day or later
    until: date | None  # about some day before this one
    known: date | None  # in documents that were surely published by the end of this day
    types: Collection[ClaimType | str] | None
    documents: Collection[str] | None  # ids
    speakers: Collection[str] | None
    modalities: Collection[Modality | str] | None
    outlets: Collection[str] | None  # of which at least one has published the document
    read_ids: Collection[str] | None  # the ids that they were read under


def condition(query: ClaimQuery) -> tuple[str, dict[str, Parameter]]:
    """The condition and its named parameters.

    >>> condition({"types": ["AID"]})
    ('list_contains($types, type)', {'types': ['AID']})
    """
    conditions: list[str] = []
    parameters: dict[str, Parameter] = {}
    between = query.get("between")
    if between is not None:
        conditions.append(BETWEEN)
        parameters |= {"first": escaped(between[0]), "second": escaped(between[1])}
    days = {"since": query.get("since"), "until": query.get("until"), "known": query.get("known")}
    for name, day in days.items():
        if day is not None:
            conditions.append(CONDITIONS[name])
            parameters[name] = day
    left, right = query.get("both") or (None, None)
    collections: dict[str, Collection[str] | None] = {
        "actors": query.get("actors"), "left": left, "right": right, "types": query.get("types"),
        "documents": query.get("documents"), "speakers": query.get("speakers"),
        "modalities": query.get("modalities"), "outlets": query.get("outlets"), "read_ids": query.get("read_ids")}
    for name, values in collections.items():
        if isinstance(values, str):
            raise TypeError(f"{name} takes a collection of texts, not the one text {values!r}.")
        if values is not None:
            conditions.append(CONDITIONS[name])
            parameters[name] = sorted(escaped(str(value)) for value in values) or [""]
    ids = query.get("ids")
    if ids is not None:
        text, values = of_ids(ids)
        conditions.append(text)
        parameters |= values
    return " AND ".join(conditions) or "true", parameters
