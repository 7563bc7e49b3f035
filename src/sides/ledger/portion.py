"""A portion: rows that were written beside a ledger's tables, ready to become one version of it.

Writing needs the folder and a DuckDB, no lock and no log, so that any process can do it, on this machine or another
that sees the folder. Files of a portion that is never taken belong to no table; compaction removes them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sides.ledger.filling import Connection
from sides.ledger.parquet import quoted
from sides.ledger.tables import Table

BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file in the folder of a table."""

    table: str
    name: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Portion:
    """The files of one batch."""

    batch: str
    parts: tuple[Part, ...]


def written(connection: Connection, folder: Path, relations: Mapping[Table, str]) -> Portion:
    """Write the rows of some relations, each with the columns of its table but `batch`, in a batch of their own."""
    batch = secrets.token_hex(16)
    parts = []
    for table, relation in relations.items():
        columns = ", ".join(f"{quoted(batch)} AS batch" if column.name == BATCH else
                            f'"{column.name}"::{column.values.value} AS "{column.name}"' for column in table.columns)
        path = folder / table.name / f"portion-{batch}.zstd.parquet"
        (rows,), = connection.execute(f"COPY (SELECT {columns} FROM {relation}) TO {quoted(str(path))} "
                                      "(FORMAT parquet, COMPRESSION zstd)").fetchall()
        if rows:
            parts.append(Part(table.name, path.name, rows, path.stat().st_size))
        else:
            path.unlink()
    return Portion(batch, tuple(parts))
