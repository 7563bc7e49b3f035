"""What was gathered of some files as Parquet: laid down by one gathering, taken up by another, wherever each may be.

Actors and meanings have numbers that hold in one database only, and are laid down as words. A file is laid down by its
place among those that were read together, from 0, and gets its number where it is taken up.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sides.events.parts import quoted
from sides.model.errors import SidesError

# What is laid down of each table of a gathering.
LAID_DOWN = {
    "read_file": "FROM read_file",
    "kept": "SELECT kept.* EXCLUDE (meaning) REPLACE (one.actor AS source, other.actor AS target), meaning.type "
            "FROM kept JOIN meaning ON meaning.number = kept.meaning JOIN actor AS one ON one.number = kept.source "
            "JOIN actor AS other ON other.number = kept.target",
    "counted": "FROM counted",
    "mentioned": "FROM mentioned",
    "refused": "FROM refused",
}
# What is taken up of each, from what is `told`.
TAKEN_UP = {
    "read_file": "SELECT told.* REPLACE (number + $first AS number) FROM {told}",
    "kept": "SELECT told.* EXCLUDE (type) REPLACE (file + $first AS file, one.number AS source, other.number AS "
            "target), meaning.number AS meaning FROM {told} JOIN meaning USING (type) "
            "JOIN actor AS one ON one.actor = told.source JOIN actor AS other ON other.actor = told.target",
    "counted": "SELECT told.* REPLACE (file + $first AS file) FROM {told}",
    "mentioned": "FROM {told}",
    "refused": "FROM {told}",
}


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows of a table, laid down in a file."""

    table: str
    path: Path
    rows: int


def lay_down(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Laid, ...]:
    """Write what the tables of a gathering hold into new files of a folder."""
    name, laid = secrets.token_hex(16), list[Laid]()
    for table, rows in LAID_DOWN.items():
        if connection.execute(f"FROM {table} LIMIT 1").fetchall():
            path = folder / f"{name}-{table}.parquet"
            ((count,),) = connection.execute(f"COPY ({rows}) TO {quoted(str(path))} (FORMAT parquet)").fetchall()
            laid.append(Laid(table, path, count))
    return tuple(laid)


def take_up(connection: duckdb.DuckDBPyConnection, laid: tuple[Laid, ...], first: int) -> None:
    """Add what was laid down to the tables of another gathering, and remove its files; the first file gets `first`.

    Raises `SidesError` where a row is missing.
    """
    for one in laid:
        told = f"read_parquet({quoted(str(one.path))}) AS told"
        if one.table == "kept":
            connection.execute("INSERT INTO actor SELECT (SELECT count(*) FROM actor) + row_number() OVER "
                               f"(ORDER BY actor), actor FROM (SELECT source AS actor FROM {told} UNION "
                               f"SELECT target FROM {told}) ANTI JOIN actor USING (actor)")
        rows = TAKEN_UP[one.table].format(told=told)
        ((count,),) = connection.execute(f"INSERT INTO {one.table} BY NAME {rows}",
                                         {"first": first} if "$first" in rows else None).fetchall()
        if count != one.rows:
            raise SidesError(f"{one.path}: of {one.rows} rows {count} were found again. This is a mistake in sides: "
                             "please report it.")
        one.path.unlink()
