"""Tables of a ledger as JSON lines, CSV and Parquet: each of what can be exported as records with fixed columns."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TextIO, cast

from sides.export import claims, incomplete, ties
from sides.export.characters import Characters
from sides.export.claims import claim_records, write_csv, write_jsonl, write_parquet
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted, Written
from sides.model.errors import ExportError

Record = Mapping[str, Any]

# The columns of a record, in their order. `docs/export.md` describes each.
ACTOR_COLUMNS = ("id", "name", "names", "kind", "description", "country", "parent", "wikidata", "is_provisional")
DOCUMENT_COLUMNS = ("document_id", "doc", "document", "title", "author", "outlets", "url", "language", "format",
                    "published", "published_from", "published_is", "characters", "claims")
EVIDENCE_COLUMNS = (
    "claim", "quote", "before", "after", "begin_char", "end_char", "document", "document_id", "title", "author",
    "outlets", "url", "language", "format", "published", "happened", "is_undated", "report", "source", "source_name",
    "target", "target_name", "third", "third_name", "type", "sign", "layer", "modality", "speaker", "speaker_name",
    "start", "end", "confidence", "trigger", "reader", "reader_version", "fields",
)


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing as records: what they are called when counted, their columns, and where they come from."""

    things: str
    columns: tuple[str, ...]
    records: Callable[[Ledger, Wanted], Iterable[Record]]


def _claims(ledger: Ledger, wanted: Wanted) -> Iterator[Record]:
    actors = {actor.id: actor for actor in ledger.actors()}
    organization = None if wanted.exact else ledger.organization(known=wanted.known)
    for document, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
        yield from claim_records([one.claim for one in evidence], {document.id: document}, actors, organization)


def _evidence(ledger: Ledger, wanted: Wanted) -> Iterator[Record]:
    names = {actor.id: actor.name for actor in ledger.actors()}
    for _, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
        for one in evidence:
            record = evidence_fields(one, names)
            yield {name: record[name] for name in EVIDENCE_COLUMNS}


def _documents(ledger: Ledger, wanted: Wanted) -> Iterator[Record]:
    for one, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
        yield {"document_id": one.id, "doc": one.key, "document": one.name, "title": one.title, "author": one.author,
               "outlets": list(one.outlets), "url": one.url, "language": one.language, "format": one.format,
               "published": str(one.published), "published_from": one.published_from,
               "published_is": one.published_is, "characters": len(one.text), "claims": len(evidence)}


def _actors(ledger: Ledger, wanted: Wanted) -> Iterator[Record]:
    taking_part = {actor for _, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact)
                   for one in evidence for actor in (one.claim.source, one.claim.target, one.claim.third)}
    for one in ledger.actors():
        if not wanted.about or one.id in taking_part:
            yield {"id": one.id, "name": one.name, "names": list(one.names), "kind": one.kind.value,
                   "description": one.description, "country": one.country, "parent": one.parent,
                   "wikidata": one.wikidata, "is_provisional": one.is_provisional}


def _ties(ledger: Ledger, wanted: Wanted) -> Iterator[Record]:
    courses = ledger.courses(known=wanted.known, exact=wanted.exact, engine=wanted.engine)
    return (one for one in ledger.tie_records(courses) if {one["left"], one["right"]} >= set(wanted.about))


def _incomplete(ledger: Ledger, wanted: Wanted) -> Iterable[Record]:
    if len(wanted.about) > 1:
        raise ExportError("What is incomplete names one actor: ask for that of one, not of two.")
    return ledger.incomplete_records(ledger.incomplete(actor=next(iter(wanted.about), None), known=wanted.known))


TABLES = {
    "claims": Table("claims", claims.COLUMNS, _claims),
    "ties": Table("stretches of ties", ties.COLUMNS, _ties),
    "actors": Table("actors", ACTOR_COLUMNS, _actors),
    "documents": Table("documents", DOCUMENT_COLUMNS, _documents),
    "evidence": Table("pieces of evidence", EVIDENCE_COLUMNS, _evidence),
    "incomplete": Table("incomplete", incomplete.COLUMNS, _incomplete),
}


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format of tables: an exporter."""

    name: str
    suffix: str
    lay_down: Callable[[Iterable[Record], BinaryIO, Sequence[str]], None]
    has_escapes: bool = False  # for characters that UTF-8 cannot hold

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every table."""
        return tuple(TABLES)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """One record after another."""
        table, count, characters = TABLES[wanted.subject], 0, Characters()

        def counted() -> Iterator[Record]:
            nonlocal count
            for record in table.records(ledger, wanted):
                count += 1
                yield record if self.has_escapes else _held(record, characters)

        self.lay_down(counted(), file, table.columns)
        return Written(count, table.things, characters.notes("UTF-8"))


def _held(value: Any, characters: Characters) -> Any:
    """A record, or any part of it, with texts that UTF-8 can hold."""
    if isinstance(value, str):
        return characters.utf8(value)
    if isinstance(value, Mapping):
        return {name: _held(one, characters) for name, one in value.items()}
    return [_held(one, characters) for one in value] if isinstance(value, list) else value


def _text(file: BinaryIO) -> TextIO:
    return cast(TextIO, codecs.lookup("utf-8").streamwriter(file))


def _jsonl(records: Iterable[Record], file: BinaryIO, columns: Sequence[str]) -> None:
    write_jsonl(records, _text(file))


def _csv(records: Iterable[Record], file: BinaryIO, columns: Sequence[str]) -> None:
    write_csv(records, _text(file), columns)


def _parquet(records: Iterable[Record], file: BinaryIO, columns: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        write_parquet(records, path, columns)
        with path.open("rb") as written:
            shutil.copyfileobj(written, file)


JSON_LINES = TableFormat("jsonl", ".jsonl", _jsonl, has_escapes=True)
CSV = TableFormat("csv", ".csv", _csv)
PARQUET = TableFormat("parquet", ".parquet", _parquet)
