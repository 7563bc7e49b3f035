"""An index of a version: claims by their actors, and texts by their documents, at once in a ledger of any size.

It is a DuckDB file that can be thrown away at any time. A snapshot that has one answers as it does without.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path
from string import Template

from sides.ledger.escape import escaped
from sides.ledger.filling import Connection, statements
from sides.ledger.parquet import quoted
from sides.ledger.stored_documents import of_ids

PAIRED = ("SELECT DISTINCT id FROM kept.pairs WHERE (list_contains($left, one) AND list_contains($right, other)) "
          "OR (list_contains($left, other) AND list_contains($right, one))")


def lay_lookup(connection: Connection, path: Path | None) -> None:
    """Make the index, unless it is there, and let the views `claims` and `texts` show what it holds.

    `path`: where it is kept; `None`: in memory. Raises `OSError` or `duckdb.Error` where it cannot be written.
    """
    make = Template(statements("lookup.sql"))
    if path is None:
        connection.execute("ATTACH ':memory:' AS kept")
        connection.execute(make.substitute(kept="kept"))
    else:
        if not path.exists():
            beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            connection.execute(f"ATTACH {quoted(str(beside))} AS made")
            try:
                connection.execute(make.substitute(kept="made"))
            finally:
                connection.execute("DETACH made")
            beside.replace(path)
        connection.execute(f"ATTACH {quoted(str(path))} AS kept (READ_ONLY)")
    connection.execute("CREATE OR REPLACE VIEW claims AS FROM kept.claims; "
                       "CREATE OR REPLACE VIEW texts AS FROM kept.texts; "
                       "CREATE INDEX sighting_of_id ON sightings (id); "
                       "CREATE INDEX document_of_id ON shown_documents (id)")


def look_up(connection: Connection, ids: Collection[str]) -> str:
    """A table of the claims of these ids; by itself, so that nothing else that is asked keeps from using the index."""
    chosen, parameters = of_ids(ids)
    connection.execute(f"CREATE TEMP TABLE looked_up AS FROM kept.claims WHERE {chosen}", parameters)
    return "looked_up"


def paired(connection: Connection, left: Collection[str], right: Collection[str]) -> list[str]:
    """The ids of the claims in which one of some actors and one of others take part, sorted."""
    found = connection.execute(PAIRED, {"left": [escaped(one) for one in left] or [""],
                                        "right": [escaped(one) for one in right] or [""]}).fetchall()
    return sorted(str(identifier) for identifier, in found)
