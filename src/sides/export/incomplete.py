"""What is incomplete as records: claims that lack an actor, in a file of their own, never among the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sides.export.claims import names_of
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.claim import AUTHOR
from sides.model.incomplete import Incomplete

# The columns of a record, in their order. `docs/export.md` describes each.
COLUMNS = (
    "id", "doc", "document", "document_id", "published", "outlets", "begin_char", "end_char", "quote",
    "missing", "source", "source_names", "target", "target_names", "kind", "type", "sign", "layer", "speaker",
    "speaker_names", "modality", "start", "end", "dated_from", "trigger", "reader", "reader_version",
)


def incomplete_records(found: Iterable[Incomplete], documents: Mapping[str, StoredDocument],
                       actors: Mapping[str, Actor]) -> Iterator[dict[str, Any]]:
    """One record for each, with the names by which its one actor goes; the other is `None`, its names are empty."""
    for one in found:
        document = documents[one.document]
        yield {
            "id": one.id,
            "doc": document.key,
            "document": document.name,
            "document_id": one.document,
            "published": str(document.published),
            "outlets": list(document.outlets),
            "begin_char": one.begin_char,
            "end_char": one.end_char,
            "quote": one.quote,
            "missing": one.missing,
            "source": one.source,
            "source_names": names_of(one.source, one.actor_text, actors) if one.source else [],
            "target": one.target,
            "target_names": names_of(one.target, one.actor_text, actors) if one.target else [],
            "kind": one.kind.value,
            "type": one.type.value,
            "sign": one.sign,
            "layer": one.layer.value,
            "speaker": one.speaker,
            "speaker_names": [] if one.speaker == AUTHOR else names_of(one.speaker, "", actors),
            "modality": one.modality.value,
            "start": str(one.start) if one.start else None,
            "end": str(one.end) if one.end else None,
            "dated_from": one.dated_from,
            "trigger": one.trigger,
            "reader": one.reader,
            "reader_version": one.reader_version,
        }
