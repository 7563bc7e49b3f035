"""What a ledger holds already, so that nothing is written twice: followed file by file, without reading any text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from sides.claims.imported.claims import READER
from sides.claims.mode import Mode
from sides.ledger.commits import Commit
from sides.ledger.delta import files, open_table
from sides.ledger.parquet import table_scan
from sides.ledger.tables import DOCUMENTS, READINGS, Table

SIGHTING_COLUMNS = ("batch", "sighting", "digest")
READING_COLUMNS = ("batch", "document", "anchor", "reader", "reader_version")


class Contents:
    """The sightings and readings that the committed batches hold; of several alike, those of the newest batch."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self._sightings = FollowedTable(folder, connection, DOCUMENTS, SIGHTING_COLUMNS)
        self._readings = FollowedTable(folder, connection, READINGS, READING_COLUMNS)
        self._taken: set[str] = set()
        self._digests: dict[str, str] = {}
        self._newest: dict[tuple[str, str, str], tuple[str, str]] = {}  # the reader and its version

    def refresh(self, commits: Iterable[Commit]) -> None:
        """Take in the batches that were committed since."""
        new = [commit for commit in commits if commit.batch not in self._taken]
        if any(commit.documents for commit in new):
            self._sightings.refresh()
        if any(commit.readings for commit in new):
            self._readings.refresh()
        for commit in new:
            self._taken.add(commit.batch)
            # The rows of a batch come from a file in any order, but no two of them are about the same thing.
            self._digests.update(self._sightings.rows_of(commit.batch))
            for document, anchor, reader, version in self._readings.rows_of(commit.batch):
                self._newest[_place(document, anchor, reader)] = reader, version

    def shows(self, sighting: str, digest: str) -> bool:
        """Whether this copy of a text is in the ledger, and just this is said of it."""
        return self._digests.get(sighting) == digest

    def holds(self, document: str, anchor: str, reader: str, reader_version: str) -> bool:
        """Whether this reading is in the ledger, and no later one of the same reader stands before it."""
        return self._newest.get(_place(document, anchor, reader)) == (reader, reader_version)


def _place(document: str, anchor: str, reader: str) -> tuple[str, str, str]:
    """Of which readings the newest is shown: what was imported does not hang on the document's date."""
    return document, "" if reader == READER else anchor, kin(reader)


def kin(reader: str) -> str:
    """The name that readers share of which the ledger shows the newest reading only, as in views.sql."""
    return Mode.GRAMMAR.value if reader in list(Mode) else reader


class FollowedTable:
    """Some columns of a table by batch; each file is read once."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection, table: Table,
                 columns: tuple[str, ...]) -> None:
        self._folder, self._table, self._columns, self._connection = folder, table, columns, connection
        self._delta = open_table(folder, table)
        self._files: set[str] = set()
        self._rows: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
        self._given: set[str] = set()

    def refresh(self) -> None:
        """Read the files that are new."""
        self._delta.update_incremental()
        present = files(self._folder, self._table, self._delta)
        new = [path for path in present if path not in self._files]
        columns = ", ".join(f'"{name}"' for name in self._columns)
        query = f"SELECT {columns} FROM {table_scan(self._table, new)}"
        for batch, *row in self._connection.cursor().execute(query).fetchall():
            if batch not in self._given:
                self._rows[batch].add(tuple(row))
        self._files = set(present)

    def rows_of(self, batch: str) -> list[tuple[Any, ...]]:
        """The rows of a batch, sorted; they are given once and then let go."""
        self._given.add(batch)
        return sorted(self._rows.pop(batch, ()))
