"""Documents, and what is quoted of them, as a bibliography in CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from sides.export.bibtex import key, quoted
from sides.export.characters import json_text
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted, Written
from sides.ledger.event_blocks import FORMAT as EVENTS_FORMAT
from sides.ledger.values import StoredDocument
from sides.ties.evidence import Evidence


@dataclass(frozen=True, slots=True)
class CslJson:
    """Writes one item a document; of evidence, with the quotes in its note, and all that is known of them besides."""

    name: str = "csl"
    suffix: str = ".csl.json"
    subjects: tuple[str, ...] = ("evidence", "documents")

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """One document after another; of evidence those that have some."""
        names = {actor.id: actor.name for actor in ledger.actors()}
        count = 0
        for document, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
            told = evidence if wanted.subject == "evidence" else ()
            if told or wanted.subject == "documents":
                file.write((",\n" if count else "[\n").encode() + json_text(_item(document, told, names)).encode())
                count += 1
        file.write(b"\n]\n" if count else b"[]\n")
        return Written(count, "items")


def _item(document: StoredDocument, evidence: Sequence[Evidence], names: Mapping[str, str]) -> dict[str, Any]:
    published = document.published
    item = {
        "id": key(document), "type": "dataset" if document.format == EVENTS_FORMAT else "article-newspaper",
        "title": document.title or document.name,
        "author": [{"literal": document.author}] if document.author else None,
        "container-title": "; ".join(document.outlets),
        "issued": {"date-parts": [[part for part in (published.year, published.month, published.day) if part]]},
        "URL": document.url, "language": document.language,
        "note": " ".join(quoted(one, names) for one in evidence),
        "custom": {"evidence": [evidence_fields(one, names) for one in evidence]} if evidence else None,
    }
    return {name: value for name, value in item.items() if value}


CSL = CslJson()
