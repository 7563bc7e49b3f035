"""Pages of a ledger's documents, and of its claims from the least sure on, without the texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sides.ledger.escape import escaped, unescaped
from sides.ledger.filling import Connection

DocumentOrder = Literal["published", "title", "outlet", "claims", "characters"]
SORTS: dict[DocumentOrder, str] = {
    "published": "document_order", "title": "lower(coalesce(title, name))", "claims": "claims",
    "outlet": "lower(coalesce(list_extract(outlets, 1), ''))", "characters": "characters"}
# `%` and `_` of the words are meant as they are: contains() knows no patterns.
DOCUMENTS = """
    WITH told AS (SELECT document, count(*) AS claims FROM claims GROUP BY document),
    sizes AS (
        SELECT id, length(row_of.text) AS characters, contains(lower(row_of.text), lower($words)) AS holds
        FROM stored.documents AS row_of JOIN shown_documents USING (batch, sighting, id)),
    listed AS (
        SELECT shown.id, shown.name, shown.title, shown.author, shown.outlets, shown.published, shown.format,
               shown.document_order, coalesce(told.claims, 0) AS claims, sizes.characters,
               (SELECT count(*) FROM sightings WHERE sightings.id = shown.id) AS copies
        FROM shown_documents AS shown
        JOIN sizes ON sizes.id = shown.id
        LEFT JOIN told ON told.document = shown.id
        WHERE ($known IS NULL OR published_last <= $known)
          AND ($outlet IS NULL OR list_contains(outlets, $outlet) OR ($outlet = '' AND len(outlets) = 0))
          AND ($words = '' OR sizes.holds OR contains(lower(coalesce(title, '')), lower($words))
               OR contains(lower(name), lower($words))))
    SELECT * EXCLUDE (document_order), count(*) OVER () AS total FROM listed
    ORDER BY {sort} {direction}, document_order LIMIT $most OFFSET $after"""
UNJUDGED = """
    SELECT id, count(*) OVER () AS total FROM claims
    WHERE correction IS NULL AND ($reader IS NULL OR reader = $reader)
      AND ($known IS NULL OR published_last <= $known)
    ORDER BY confidence, document_order, begin_char, id LIMIT $most OFFSET $after"""
READERS = """
    SELECT reader, count(*) FROM claims WHERE correction IS NULL AND ($known IS NULL OR published_last <= $known)
    GROUP BY reader ORDER BY reader"""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many it has."""

    rows: tuple[dict[str, Any], ...]
    total: int


def documents_page(connection: Connection, *, sort: DocumentOrder, is_falling: bool, words: str, outlet: str | None,
                   known: date | None, after: int, most: int) -> Page:
    """Documents with how many claims, characters and copies each has.

    `words`: stand in the text, title or name, whatever the case. `outlet`: has published it; "" stands for those
    without one.
    """
    query = DOCUMENTS.format(sort=SORTS[sort], direction="DESC" if is_falling else "ASC")
    return _page(connection, query, {
        "words": escaped(words), "outlet": None if outlet is None else escaped(outlet), "known": known,
        "after": after, "most": most})


def unjudged_page(connection: Connection, *, reader: str | None, known: date | None, after: int, most: int) -> Page:
    """The ids of claims that nobody has judged yet, the least sure first."""
    return _page(connection, UNJUDGED, {"reader": reader, "known": known, "after": after, "most": most})


def readers(connection: Connection, known: date | None) -> dict[str, int]:
    """How many claims of each reader nobody has judged yet."""
    return {str(reader): int(count) for reader, count in connection.execute(READERS, {"known": known}).fetchall()}


def _page(connection: Connection, query: str, parameters: dict[str, Any]) -> Page:
    asked = connection.execute(query, parameters)
    names = [column[0] for column in asked.description or ()]
    rows = [dict(zip(names, map(_as_it_was, row), strict=True)) for row in asked.fetchall()]
    if rows:
        total = rows[0]["total"]
    else:  # past the end, or nothing at all: only the first page tells
        total = 0 if not parameters["after"] else _page(connection, query, {**parameters, "after": 0, "most": 1}).total
    return Page(tuple({name: value for name, value in row.items() if name != "total"} for row in rows), total)


def _as_it_was(value: Any) -> Any:
    if isinstance(value, list):
        return [unescaped(one) for one in value]
    return unescaped(value) if isinstance(value, str) else value
