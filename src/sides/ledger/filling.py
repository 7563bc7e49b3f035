"""Tables of DuckDB's own, filled with columns of values, and the SQL of the package's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files as package_files

import duckdb

from sides.ledger.columns import arrow_table
from sides.ledger.tables import Table

Connection = duckdb.DuckDBPyConnection


def fill(connection: Connection, table: Table, columns: Mapping[str, Sequence[object]]) -> None:
    """Create a table of DuckDB's own from columns of values."""
    connection.register("given", arrow_table(table, columns))
    connection.execute(f"CREATE TABLE {table.name} AS SELECT * FROM given")
    connection.unregister("given")


def statements(name: str) -> str:
    """The SQL of a file of the package's data."""
    return (package_files("sides") / "data" / "ledger" / name).read_text(encoding="utf-8")
