"""Tidying a ledger: few large files in place of many small ones, and no rows of batches that were never committed.

Nothing that is seen changes, at any version. Rows of a batch that is not committed may belong to a writer at work: so a
compaction that drops such rows first commits itself, and a writer that then finds a compaction between its rows and its
commit writes its rows again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sides.ledger.commits import COMPACT, CommitLog
from sides.ledger.delta import WRITER, files, open_table, persist
from sides.ledger.filling import Connection
from sides.ledger.parquet import quoted
from sides.ledger.tables import DATA_TABLES, TABLES, Table

# A writer takes seconds from its first row to its commit, a reader seconds from opening its files to its answer.
SHORTEST_SAFE_AGE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compaction:
    """What a compaction did."""

    files_before: int
    files_after: int
    orphans: int  # batches that were begun and never committed, whose rows are dropped
    files_removed: int  # from the disk, none of them part of any table any more


def compact(folder: Path, log: CommitLog, connection: Connection, *, now: datetime, safe_age: timedelta,
            batch: str) -> Compaction:
    """Compact all tables of a ledger, and drop what no version shows and no table needs, once it is old enough.

    Raises `ValueError` for a safe age under an hour, and `LedgerBusy` when another compaction is at work.
    """
    if safe_age < SHORTEST_SAFE_AGE:
        raise ValueError(f"A safe age of {safe_age} may take files from under those who still read or write them. Give "
                         f"at least {SHORTEST_SAFE_AGE}.")
    before = _count_files(folder)
    orphans = drop_orphans(folder, log, connection, written_before=now - safe_age, batch=batch)
    for table in TABLES:
        merge_files(folder, table)
    after = _count_files(folder)
    hours = -(-safe_age // timedelta(hours=1))
    return Compaction(files_before=before, files_after=after, orphans=orphans, files_removed=vacuum(folder, hours))


def drop_orphans(folder: Path, log: CommitLog, connection: Connection, *, written_before: datetime, batch: str) -> int:
    """Drop the rows of batches that were never committed and all of whose files are older than a moment."""
    if not _orphans(folder, log, connection, written_before):
        return 0
    log.add(batch, COMPACT, {}, lambda: True)
    log.refresh()
    orphans = _orphans(folder, log, connection, written_before)
    predicate = f"batch IN ({', '.join(quoted(orphan) for orphan in orphans)})"
    for table in DATA_TABLES if orphans else ():
        def delete(table: Table = table) -> bool:
            open_table(folder, table).delete(predicate, writer_properties=WRITER)
            return True

        persist(delete, f"drop unfinished batches from {str(folder)!r}")
    return len(orphans)


def merge_files(folder: Path, table: Table) -> None:
    """Write the rows of a table's small files into few large ones."""
    def optimize() -> bool:
        open_table(folder, table).optimize.compact(writer_properties=WRITER)
        return True

    persist(optimize, f"compact the table {table.name!r} in {str(folder)!r}")


def vacuum(folder: Path, hours: int) -> int:
    """Remove files from the disk that have not been part of any table for so many hours; how many."""
    removed = 0
    for table in TABLES:
        removed += len(open_table(folder, table).vacuum(
            retention_hours=hours, dry_run=False, enforce_retention_duration=False, full=True))
    return removed


def _orphans(folder: Path, log: CommitLog, connection: Connection, written_before: datetime) -> Sequence[str]:
    committed = {commit.batch for commit in log.commits}
    old: set[str] = set()
    young: set[str] = set()
    for table in DATA_TABLES:
        paths = files(folder, table, open_table(folder, table))
        if paths:
            literals = ", ".join(quoted(path) for path in paths)
            query = f"SELECT DISTINCT batch, filename FROM read_parquet([{literals}], filename = true)"
            for batch, path in connection.cursor().execute(query).fetchall():
                written_at = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
                if batch not in committed:
                    (old if written_at < written_before else young).add(batch)
    return sorted(old - young)


def _count_files(folder: Path) -> int:
    return sum(len(open_table(folder, table).file_uris()) for table in TABLES)
