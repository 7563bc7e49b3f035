"""The Delta tables of a folder: created, opened, appended to. The only module that talks to `deltalake`'s tables."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from arro3.core import Table as ArrowTable
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction

from sides.ledger.columns import arrow_schema
from sides.ledger.portion import Part
from sides.ledger.tables import COMMITS, Table
from sides.model.errors import LedgerBusy, LedgerError, NotALedger

# Every so many commits the log is summed up, so that opening reads at most this many small files of it.
CONFIGURATION = {"delta.checkpointInterval": "20"}
WRITER = WriterProperties(compression="ZSTD")
# Delta's own paths are URLs, and these do not come back as they went in.
UNUSABLE_PATH = re.compile(r"[\[\]^|<>`{}\"]|%[0-9A-Fa-f]{2}" + (r"|\\" if os.sep == "/" else ""))
ATTEMPTS = 60
LONGEST_WAIT_S = 0.25

Result = TypeVar("Result")


def ledger_path(path: str | os.PathLike[str]) -> Path:
    """The absolute path of a ledger's folder. Raises `LedgerError` for one that Delta Lake cannot use."""
    absolute = Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 - links in it stay as the user wrote them
    found = UNUSABLE_PATH.search(str(absolute))
    if found:
        raise LedgerError(f"A ledger cannot lie at {str(absolute)!r}: {found[0]!r} in a path is not supported. Choose "
                          "a folder whose path has none of [ ] ^ | \\ < > ` { } \" and no % before two digits.")
    return absolute


def is_ledger(folder: Path) -> bool:
    """Whether a ledger has been created here: its table of commits is made last."""
    log = folder / COMMITS.name / "_delta_log"
    return log.is_dir() and any(log.iterdir()) and DeltaTable.is_deltatable(str(folder / COMMITS.name))


def open_table(folder: Path, table: Table) -> DeltaTable:
    """A table at its newest Delta version. Raises `NotALedger` if it is missing or damaged."""
    try:
        return DeltaTable(str(folder / table.name))
    except (TableNotFoundError, DeltaError, OSError) as error:
        raise NotALedger(f"{str(folder)!r} is not a whole ledger: its table {table.name!r} cannot be opened ({error}). "
                         "Restore the folder from a copy, or read the documents into a new ledger.") from error


def create_table(folder: Path, table: Table) -> None:
    """Create a table without rows, unless it is there."""
    path = str(folder / table.name)
    if not DeltaTable.is_deltatable(path):
        try:
            DeltaTable.create(path, arrow_schema(table), mode="ignore", configuration=CONFIGURATION)
        except DeltaError as error:
            if not DeltaTable.is_deltatable(path):  # otherwise another process was quicker
                raise LedgerError(f"The table {path!r} cannot be created ({error}).") from error


def create_table_with(folder: Path, table: Table, rows: ArrowTable) -> bool:
    """Create a table and its first rows in one step; false if another process was quicker."""
    path = str(folder / table.name)
    try:
        write_deltalake(path, rows, mode="error", configuration=CONFIGURATION, writer_properties=WRITER,
                        commit_properties=CommitProperties(max_commit_retries=0))
    except DeltaError as error:
        if not DeltaTable.is_deltatable(path):
            raise LedgerError(f"The table {path!r} cannot be created ({error}).") from error
        return False
    return True


def append(table: DeltaTable, rows: ArrowTable) -> None:
    """Append rows to a table, after whatever others append at the same time. Raises `LedgerBusy`."""
    def write() -> bool:
        write_deltalake(table, rows, mode="append", writer_properties=WRITER)
        return True

    persist(write, f"append to {table.table_uri}")


def add_parts(table: DeltaTable, parts: Sequence[Part]) -> None:
    """Make Parquet files that lie in a table's folder part of it. Raises `LedgerBusy`."""
    actions: list[AddAction | RemoveAction] = [
        AddAction(path=part.name, size=part.bytes, partition_values={}, modification_time=0, data_change=True,
                  stats=json.dumps({"numRecords": part.rows})) for part in parts]

    def write() -> bool:
        table.create_write_transaction(actions, "append", table.schema())
        return True

    persist(write, f"append to {table.table_uri}")


def append_if_unchanged(table: DeltaTable, rows: ArrowTable) -> bool:
    """Append rows as the very next Delta version after the one that was opened; false if somebody else took it."""
    try:
        write_deltalake(table, rows, mode="append", writer_properties=WRITER,
                        commit_properties=CommitProperties(max_commit_retries=0))
    except CommitFailedError:
        return False
    return True


def persist(attempt: Callable[[], Result | None], what: str) -> Result:
    """Try again, ever more patiently, while an attempt gives `None` or loses a race; then `LedgerBusy`."""
    for number in range(ATTEMPTS):
        try:
            result = attempt()
        except CommitFailedError:
            result = None
        except DeltaError as error:
            raise LedgerError(f"Cannot {what} ({error}).") from error
        if result is not None:
            return result
        time.sleep(min(LONGEST_WAIT_S, 0.002 * 2 ** min(number, 10)))
    raise LedgerBusy(f"Cannot {what}: others kept writing to the ledger. Try again when they are done.")


def files(folder: Path, table: Table, opened: DeltaTable) -> list[str]:
    """The Parquet files that hold a table's rows at the version that is open, sorted.

    Delta names them as URLs; the tables have no partitions, so each lies directly in its table's folder.
    """
    return sorted(str(folder / table.name / uri.rpartition("/")[2]) for uri in opened.file_uris())
