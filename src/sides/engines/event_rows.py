"""Converted blocks of events as rows of a ledger's tables.

The records of one block that were told on one day make documents: their text is the header and the records, a line
each, with tabs between the fields. So an event's quote is its record, and it stands in a document like any other quote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, ClassVar

from sides.actors.registry import Registry
from sides.events.account import Account
from sides.events.blocks import FIELD, Block
from sides.events.mapping import Mapping
from sides.ledger.columns import arrow_table
from sides.ledger.escape import UNSTORABLE
from sides.ledger.event_blocks import FORMAT, READER
from sides.ledger.filling import Connection
from sides.ledger.rows import actor_columns, digest_of
from sides.ledger.tables import (
    ACTORS,
    CLAIMS,
    DOCUMENTS,
    EVENT_BLOCKS,
    EVENT_MENTIONS,
    EVENTS,
    READINGS,
    Column,
    Table,
    Values,
)
from sides.model.actor import Actor, ActorKind
from sides.model.claim_type import ClaimType, Kind

# A screen shows a document whole, and a day of GDELT has 200,000 records.
DOCUMENT_RECORDS = 500
TIES = [one.value for one in ClaimType if one.meaning.kind is Kind.TIE]
KEYS = Table("document_keys", (*(Column(name, Values.TEXT) for name in (
    "id", "sighting", "digest", "reading", "name", "published_is")), Column("is_new", Values.FLAG)))
FIRST_ACTORS = "SELECT reading, actor, name, known FROM event_actors ORDER BY reading, actor"


@dataclass(frozen=True, slots=True)
class EventFile:
    """A file of events, how it is to be read, and which of its blocks the ledger has, by digest and first record."""

    path: str
    mapping: Mapping
    edition: str
    version: str  # of the reading
    known: frozenset[tuple[str, int]] = frozenset()
    whole: frozenset[str] = frozenset()  # digests of files of this name that were read to their end

    @property
    def name(self) -> str:
        """Its name, without its folder."""
        return Path(self.path).name


class EventRows:
    """Gathers the rows of blocks in temporary tables of a connection, named as in `RELATIONS`."""

    RELATIONS: ClassVar = {
        DOCUMENTS: "event_documents", READINGS: "event_readings", ACTORS: "event_actor_rows", CLAIMS: "event_claims",
        EVENTS: "event_rows", EVENT_MENTIONS: "event_mention_rows", EVENT_BLOCKS: "event_block_rows"}

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection, self._registry = connection, registry
        self._statements = (package_files("sides") / "data" / "engines" / "events.sql").read_text(encoding="utf-8")
        self._read: set[str] = set()
        self._actors: list[tuple[str, Actor]] = []
        self._blocks: dict[str, list[Any]] = {}
        for table, name in self.RELATIONS.items():
            columns = ", ".join(f'"{one.name}" {one.values.value}' for one in table.columns if one.name != "batch")
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")

    def add(self, file: EventFile, header: Sequence[str]) -> None:
        """Take in what of a file was converted last: the table `converted` of the connection."""
        dataset, run = file.mapping.dataset, self._connection.execute
        # `given`: what the statements are told of the block as a whole.
        run("CREATE OR REPLACE TEMP TABLE given AS SELECT $file AS file, $edition AS edition, $version AS version, "
            "$title AS title, $outlet AS outlet, $header AS header, $until::DATE AS until, "
            "$confidence::DOUBLE AS confidence, $size::BIGINT AS size, $separator AS separator, $ties AS ties, "
            "$is_many::BOOLEAN AS is_many", {
                "file": file.name, "edition": file.edition, "version": file.version,
                "title": dataset.title or dataset.name,
                "outlet": dataset.outlet or dataset.name, "header": "\t".join(header), "until": dataset.until,
                "confidence": dataset.confidence, "size": DOCUMENT_RECORDS, "separator": FIELD, "ties": TIES,
                "is_many": file.mapping.gives_many})
        told, laid = self._statements.split("-- And then:\n")
        run(told)
        self._key(file)
        run(laid)
        for reading, actor, name, known in run(FIRST_ACTORS).fetchall():
            found = self._registry.get(actor) if known else None
            self._actors.append((reading, found or Actor(id=actor, name=name, kind=ActorKind.OTHER,
                                                         is_provisional=not known)))

    def mention(self) -> None:
        """Take in the mentions that were read last: the table `mentioned` of the connection, emptied then."""
        self._connection.execute("INSERT INTO event_mention_rows BY NAME SELECT dataset, id AS event, "
                                 "parse_filename(file) AS file, record, day, published, publisher, url, confidence "
                                 "FROM mentioned; TRUNCATE mentioned")

    def close(self) -> None:
        """Lay down what is not in tables yet: actors, and the accounts of the blocks."""
        columns = actor_columns(self._actors)
        self._fill(ACTORS, {"batch": [""] * len(self._actors), **columns})
        self._fill(EVENT_BLOCKS, {"batch": [""] * len(self._blocks.get("file", ())), **self._blocks})

    def _key(self, file: EventFile) -> None:
        """Ids of the documents and of their readings, as for any other document; a text is read once."""
        dataset, rows = file.mapping.dataset, []
        title, outlet = dataset.title or dataset.name, dataset.outlet or dataset.name
        for identifier, published, first, last, stated in self._connection.execute(
                "SELECT id, published, first, last, is_stated FROM told_documents ORDER BY first, last").fetchall():
            name = f"{file.name}:{first}-{last}"
            told = "stated" if stated else "estimated: the last day that its records tell of"
            reading = digest_of(identifier, published, READER, file.version)
            rows.append((identifier, digest_of(identifier, outlet, published, name),
                         digest_of("table", told, title, None, "en", None, FORMAT, None),
                         reading, name, told, reading not in self._read))
            self._read.add(reading)
        columns = list(zip(*rows, strict=True)) or [()] * len(KEYS.columns)
        self._connection.register("keys_given", arrow_table(KEYS, {
            column.name: values for column, values in zip(KEYS.columns, columns, strict=True)}))
        self._connection.execute("CREATE OR REPLACE TEMP TABLE document_keys AS FROM keys_given")
        self._connection.unregister("keys_given")

    def tell(self, account: Account, file: EventFile, first: int, digest: str, *, is_last: bool) -> None:
        """Keep what became of some records of a file, from the place `first` on."""
        for name, value in {
                "dataset": account.dataset, "edition": file.edition, "file": file.name, "digest": digest,
                "reader_version": file.version, "first": first, "records": account.records, "is_last": is_last,
                "is_whole_edition": file.mapping.dataset.is_whole, "read": account.read, "claims": account.claims,
                "unknown": account.unknown, "recoded": account.recoded,
                "left_out": json.dumps(account.left_out, sort_keys=True), "day_first": account.first,
                "day_last": account.last}.items():
            self._blocks.setdefault(name, []).append(value)

    def _fill(self, table: Table, columns: dict[str, list[Any]]) -> None:
        if columns["batch"]:
            self._connection.register("rows_given", arrow_table(table, columns))
            self._connection.execute(f"INSERT INTO {self.RELATIONS[table]} SELECT * EXCLUDE (batch) FROM rows_given")
            self._connection.unregister("rows_given")


def storable(block: Block) -> Block:
    """The block without the few characters of private use that a ledger's tables keep for themselves."""
    if block.text.isascii() or not UNSTORABLE.search(block.text):
        return block
    return replace(block, text=UNSTORABLE.sub("\ufffd", block.text))


def file_digest(path: Path) -> str:
    """Hash of a file's bytes, compressed as they may be. Raises `OSError`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
