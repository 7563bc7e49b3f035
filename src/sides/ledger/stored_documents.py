"""Documents with their texts and all their copies, from the views."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from sides.ledger.escape import escaped
from sides.ledger.filling import Connection
from sides.ledger.values import (
    DOCUMENT_COLUMNS,
    DOCUMENT_FIELDS,
    StoredDocument,
    documents_of,
    fetched,
    signature_of,
)
from sides.model.document import Document

SIGHTINGS = f"""
    WITH shared AS (SELECT id, outlets, signature, document_order FROM shown_documents WHERE {{chosen}})
    SELECT id, place, outlets, shared.signature, {DOCUMENT_COLUMNS}
    FROM (FROM sightings WHERE {{chosen}}) JOIN shared USING (id)
    ORDER BY document_order, place"""
TEXTS = "SELECT id, text FROM texts WHERE {chosen}"
# So many ids are looked up one by one, in an index where there is one; more are looked for together.
MOST_IDS = 1000


def stored_documents(connection: Connection, ids: Collection[str] | None) -> list[StoredDocument]:
    """All documents, or those of these ids, the first published first."""
    if ids is not None and not ids:
        return []
    chosen, parameters = ("true", {}) if ids is None else of_ids(ids)
    identifiers, places, outlets, signatures, *columns = fetched(
        connection.execute(SIGHTINGS.format(chosen=chosen), parameters), 4 + len(DOCUMENT_FIELDS))
    text_of = dict(zip(*fetched(connection.execute(TEXTS.format(chosen=chosen), parameters), 2), strict=True))
    sightings: dict[str, list[Document]] = {}
    for identifier, document in zip(
            identifiers, documents_of(columns, [text_of[identifier] for identifier in identifiers]), strict=True):
        sightings.setdefault(identifier, []).append(document)
    return [
        StoredDocument(**_attributes_of(sightings[identifier][0]), outlets=tuple(outlets_of_text),
                       sightings=tuple(sightings[identifier]), signature=signature_of(signature))
        for identifier, place, outlets_of_text, signature
        in zip(identifiers, places, outlets, signatures, strict=True)
        if place == 1]


def of_ids(ids: Collection[str]) -> tuple[str, dict[str, Any]]:
    """The condition that an id is one of these, with its parameters."""
    chosen = sorted(escaped(identifier) for identifier in ids)
    if not chosen:
        return "false", {}
    if len(chosen) > MOST_IDS:
        return "id IN (SELECT unnest($ids))", {"ids": chosen}
    return (f"id IN ({', '.join(f'$id{place}' for place in range(len(chosen)))})",
            {f"id{place}": identifier for place, identifier in enumerate(chosen)})


def _attributes_of(document: Document) -> dict[str, Any]:
    return {field.name: getattr(document, field.name) for field in fields(Document)}
