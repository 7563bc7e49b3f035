"""A database that lasts as long as one reading, in bounded memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY = "2GB"
SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT])(i?)B", re.IGNORECASE)
# What the process needs beside DuckDB's own limit: the interpreter and the registry, blocks of text on their way, and
# what DuckDB does not count. benchmarks/events.py watches the peak of the whole.
BESIDE = 450_000_000


@contextmanager
def database(memory: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database of its own and the folder that it lies in; both last as long as the context.

    Raises `ValueError` where `memory` is no size.
    """
    limit = limit_of(memory)
    with tempfile.TemporaryDirectory(prefix="sides-events-", ignore_cleanup_errors=True) as folder:
        connection = duckdb.connect(f"{folder}/events.duckdb", config={
            "memory_limit": limit, "temp_directory": f"{folder}/spill"})
        try:
            yield connection, Path(folder)
        finally:
            connection.close()


def limit_of(memory: str) -> str:
    """What the database may take where the process may take so much. Raises `ValueError` where that is no size."""
    return f"{max(size_of(memory) - BESIDE, size_of(memory) // 3) // 1000}KB"


def size_of(memory: str) -> int:
    """Bytes of a size of memory. Raises `ValueError` where it is none.

    >>> size_of("2GB"), size_of("1.5 MiB")
    (2000000000, 1572864)
    """
    told = SIZE.fullmatch(memory)
    if told is None:
        raise ValueError(f"{memory!r} is no size of memory. Write a number and its unit: 500MB, 2GB.")
    number, unit, binary = told.groups()
    return int(float(number) * (1024 if binary else 1000) ** ("KMGT".index(unit.upper()) + 1))
