"""Claims as records: JSON lines in the layout of the claim schema, CSV and Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from sides.export.characters import json_text
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.amount import Amount
from sides.model.claim import AUTHOR, Claim
from sides.model.reason import Reason
from sides.ties.organization import Organization
from sides.ties.rollup import date_of

# The columns of a record, in their order. `docs/export.md` describes each.
COLUMNS = (
    "id", "doc", "document", "document_id", "published", "outlets", "begin_char", "end_char", "quote",
    "source", "source_names", "source_side", "target", "target_names", "target_side", "third", "third_names",
    "kind", "type", "sign", "layer", "speaker", "speaker_names", "modality", "start", "end", "dated_from",
    "confidence", "trigger", "reasons", "amounts", "reader", "reader_version", "inferred", "restates",
)
LISTS = {"outlets", "source_names", "target_names", "third_names", "speaker_names", "inferred", "left_names",
         "right_names", "marks", "names"}
# Lists of records, each with its fields as DuckDB types them.
RECORDS = {
    "reasons": {"kind": "VARCHAR", "text": "VARCHAR", "begin_char": "BIGINT", "end_char": "BIGINT"},
    "amounts": {"kind": "VARCHAR", "low": "DOUBLE", "high": "DOUBLE", "unit": "VARCHAR", "text": "VARCHAR",
                "begin_char": "BIGINT", "end_char": "BIGINT"},
    "fields": {"name": "VARCHAR", "value": "VARCHAR"},
}
INTEGERS = {"begin_char", "end_char", "sign", "claims", "characters"}
FLAGS = {"is_provisional", "is_undated"}
# A Parquet file is written from so many records at a time.
RECORDS_AT_ONCE = 10_000


def claim_records(claims: Iterable[Claim], documents: Mapping[str, StoredDocument], actors: Mapping[str, Actor],
                  organization: Organization | None = None) -> Iterator[dict[str, Any]]:
    """One record a claim, with the names by which its actors go. `doc` is the key that a sidecar gave the document.

    With an organization, the sides are those that source and target acted for at the claim's date.
    """
    for claim in claims:
        document = documents[claim.document]
        at = date_of(claim, document.published)
        sides = [organization.principal(actor, at) if organization else actor for actor in (claim.source, claim.target)]
        yield {
            "id": claim.id,
            "doc": document.key,
            "document": document.name,
            "document_id": claim.document,
            "published": str(document.published),
            "outlets": list(document.outlets),
            "begin_char": claim.begin_char,
            "end_char": claim.end_char,
            "quote": claim.quote,
            "source": claim.source,
            "source_names": names_of(claim.source, claim.source_text, actors),
            "source_side": sides[0],
            "target": claim.target,
            "target_names": names_of(claim.target, claim.target_text, actors),
            "target_side": sides[1],
            "third": claim.third,
            "third_names": names_of(claim.third, "", actors) if claim.third else [],
            "kind": claim.kind.value,
            "type": claim.type.value,
            "sign": claim.sign,
            "layer": claim.layer.value,
            "speaker": claim.speaker,
            "speaker_names": [] if claim.speaker == AUTHOR else names_of(claim.speaker, "", actors),
            "modality": claim.modality.value,
            "start": str(claim.start) if claim.start else None,
            "end": str(claim.end) if claim.end else None,
            "dated_from": claim.dated_from,
            "confidence": round(claim.confidence, 4),
            "trigger": claim.trigger,
            "reasons": [_fields(one, "reasons") for one in claim.reasons],
            "amounts": [_fields(one, "amounts") for one in claim.amounts],
            "reader": claim.reader,
            "reader_version": claim.reader_version,
            "inferred": list(claim.inferred),
            "restates": claim.restates,
        }


def write_jsonl(records: Iterable[Mapping[str, Any]], file: TextIO) -> None:
    """One JSON object a line. The same records give the same bytes."""
    for record in records:
        file.write(json_text(record) + "\n")


def write_csv(records: Iterable[Mapping[str, Any]], file: TextIO, columns: Sequence[str] = COLUMNS) -> None:
    """A header and one row a record; lists are joined by "; "."""
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow({name: _cell(name, value) for name, value in record.items()})


def write_parquet(records: Iterable[Mapping[str, Any]], path: Path, columns: Sequence[str] = COLUMNS) -> None:
    """A Parquet file with one row a record: lists as lists, dates as the partial ISO texts that they are."""
    import duckdb
    from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema

    def type_of(name: str) -> DataType:
        if name in INTEGERS:
            return DataType.int64()
        if name in FLAGS:
            return DataType.bool()
        return DataType.float64() if name == "confidence" else DataType.string()

    def column(name: str, rows: Sequence[Mapping[str, Any]]) -> Array:
        values = [record[name] for record in rows]
        if name in LISTS or name in RECORDS:  # Arrow arrays of lists cannot be built from Python values: they are JSON
            values = [json.dumps(value) for value in values]
        return Array(values, type=type_of(name))

    def shape(name: str) -> str:
        return json.dumps(["VARCHAR"] if name in LISTS else [RECORDS[name]])

    schema = Schema([Field(name, type_of(name)) for name in columns])
    batches = (RecordBatch.from_arrays([column(name, rows) for name in columns], schema=schema)
               for rows in _portions(records, RECORDS_AT_ONCE))
    chosen = ", ".join(f"""from_json("{name}", '{shape(name)}') AS "{name}\"""" if name in LISTS or name in RECORDS
                       else f'"{name}"' for name in columns)
    # By one thread, so that the same rows always make the same groups.
    with duckdb.connect(config={"threads": 1, "temp_directory": str(path.parent)}) as connection:
        connection.register("records", RecordBatchReader.from_batches(schema, batches))
        connection.sql(f"SELECT {chosen} FROM records").write_parquet(str(path))


def _portions(records: Iterable[Mapping[str, Any]], size: int) -> Iterator[list[Mapping[str, Any]]]:
    waiting = iter(records)
    while rows := list(islice(waiting, size)):
        yield rows


def _fields(part: Reason | Amount, name: str) -> dict[str, Any]:
    """A reason or amount as plain values."""
    return {field: getattr(part, field).value if field == "kind" else getattr(part, field) for field in RECORDS[name]}


def _cell(name: str, value: Any) -> Any:
    """A value as one cell of a table: "aim: to end the war", "people: 3,000 troops (3000 troop)"."""
    if name == "reasons":
        return "; ".join(f"{one['kind']}: {one['text']}" for one in value)
    if name == "fields":
        return "; ".join(f"{one['name']}: {one['value']}" for one in value)
    if name == "amounts":
        return "; ".join(f"{one['kind']}: {one['text']} ({span(one['low'], one['high'])} {one['unit']})"
                         for one in value)
    return "; ".join(value) if name in LISTS else value


def span(low: float | None, high: float | None) -> str:
    """Lowest and highest number of an amount as one.

    >>> span(3000.0, 3000.0), span(40.0, None), span(None, 2.5), span(10.0, 15.0)
    ('3000', '40+', 'up to 2.5', '10-15')
    """
    if low is not None and high is not None:
        return f"{low:.12g}" if low == high else f"{low:.12g}-{high:.12g}"
    return f"up to {high:.12g}" if high is not None else "?" if low is None else f"{low:.12g}+"


def names_of(identifier: str | None, as_written: str, actors: Mapping[str, Actor]) -> list[str]:
    """The names by which an actor goes, those that the text writes with a capital after the first."""
    actor = actors.get(identifier or "")
    names = [actor.name, *actor.names] if actor else []
    # "the group" names nobody outside its sentence.
    if any(letter.isupper() for letter in as_written):
        names.insert(1, as_written)
    return list(dict.fromkeys(names))
