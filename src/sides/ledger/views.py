"""The tables and views, in a DuckDB in memory, through which a snapshot looks at the files of a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files as package_files
from pathlib import Path
from string import Template

import duckdb

from sides.ledger.actors import merged_actor
from sides.ledger.columns import arrow_table
from sides.ledger.commits import Commit
from sides.ledger.corrections import Correction, Overlay, correction_columns, overlays
from sides.ledger.delta import files, open_table
from sides.ledger.parquet import table_scan
from sides.ledger.rows import actor_columns, claim_columns
from sides.ledger.tables import ACTORS, CLAIMS, CORRECTIONS, DATA_TABLES, SCHEMA_VERSION, Column, Table, Values
from sides.ledger.values import CLAIM_COLUMNS, actors_of, claims_of, corrections_of, fetched
from sides.model.actor import Actor
from sides.model.claim_type import MEANINGS

Connection = duckdb.DuckDBPyConnection

# No extension is fetched from anywhere, and SQL cannot see the variables of the program that runs it.
CONFIGURATION: Mapping[str, str] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
                                     "python_enable_replacements": "false"}
COMMITTED = Table("committed", (Column("batch", Values.TEXT), Column("version", Values.INTEGER)))
CLAIM_TYPES = Table("claim_types", (Column("type", Values.TEXT), Column("kind", Values.TEXT)))
SUPERSEDED = Table("superseded", (Column("id", Values.TEXT),))
OVERLAID = Table("overlaid", (Column("id", Values.TEXT),))
CORRECTED = Table("corrected", (*CLAIMS.columns, Column("read_id", Values.TEXT), Column("correction", Values.TEXT)))
SHOWN_CORRECTIONS = Table("shown_corrections", (*CORRECTIONS.columns, Column("is_in_force", Values.FLAG)))

AS_READ = '(SELECT *, id AS read_id, NULL::VARCHAR AS correction FROM {read})'
AS_CORRECTED = ('(SELECT *, id AS read_id, NULL::VARCHAR AS correction FROM {read} '
                "WHERE id NOT IN (SELECT id FROM superseded) UNION ALL BY NAME SELECT * FROM corrected)")
RIVAL_READINGS = "SELECT count(*) > count(DISTINCT document) FROM shown_readings"
CORRECTION_ROWS = ("SELECT claim, action, changes, withdraws, who, why, made_at FROM stored.corrections "
                   "JOIN committed USING (batch) GROUP BY ALL ORDER BY ALL")
ACTOR_VARIANTS = ("SELECT id, name, kind, names, description, country, parent, wikidata, is_provisional, count(*) "
                  "FROM shown_actors GROUP BY ALL ORDER BY ALL")

# What `Snapshot.sql` shows under the names of the tables, beside `claims`.
PUBLIC_VIEWS = """
CREATE VIEW documents AS
    SELECT shown_documents.* EXCLUDE (batch, sighting, digest, place, document_order), row_of.text
    FROM shown_documents JOIN stored.documents AS row_of USING (batch, sighting);
CREATE VIEW readings AS SELECT * EXCLUDE (batch, reading) FROM shown_readings;
CREATE VIEW mentions AS SELECT * EXCLUDE (batch, reading) FROM shown_mentions;
CREATE VIEW actors AS SELECT * EXCLUDE (batch, reading) FROM shown_actors_merged;
CREATE VIEW corrections AS SELECT * EXCLUDE (batch) FROM shown_corrections;
"""


def connect() -> Connection:
    """A DuckDB in memory that fetches nothing from anywhere."""
    return duckdb.connect(":memory:", config=dict(CONFIGURATION))


def lay_out(connection: Connection, folder: Path, commits: Sequence[Commit]) -> dict[str, Overlay]:
    """Create the views of a ledger at a version. Returns what is laid over claims, by the id they were read under."""
    connection.execute("CREATE SCHEMA stored")
    are_alike = all(commit.schema_version == SCHEMA_VERSION for commit in commits)
    for table in DATA_TABLES:
        paths = files(folder, table, open_table(folder, table))
        scan = table_scan(table, paths, are_alike=are_alike)
        connection.execute(f"CREATE VIEW stored.{table.name} AS SELECT * FROM {scan}")
    fill(connection, COMMITTED, {"batch": [commit.batch for commit in commits],
                                 "version": [commit.version for commit in commits]})
    fill(connection, CLAIM_TYPES, {"type": [claim_type.value for claim_type in MEANINGS],
                                   "kind": [meaning.kind.value for meaning in MEANINGS.values()]})
    connection.execute(statements("views.sql"))
    (has_rivals,), = connection.execute(RIVAL_READINGS).fetchall()
    read = "read_claims" if has_rivals else "read_claims_of_one_reader"
    claims = Template(statements("claims.sql"))
    connection.execute(claims.substitute(view="claims_as_read", claims=AS_READ.format(read=read)))
    found = overlays(correction_rows(connection)) if any(commit.corrections for commit in commits) else {}
    lay_over(connection, found)
    connection.execute(claims.substitute(view="claims", claims=AS_CORRECTED.format(read=read)))
    return found


def lay_over(connection: Connection, found: Mapping[str, Overlay]) -> None:
    """Create the tables of corrected claims and of the claims that they stand for.

    A corrected claim that says what another claim says already takes its place; of two such, the one read under the
    first id.
    """
    fill(connection, OVERLAID, {"id": sorted(found)})
    shown: dict[str, tuple[str, Overlay]] = {}
    rows = []
    if found:
        query = f"SELECT {CLAIM_COLUMNS} FROM claims_as_read WHERE id IN (SELECT id FROM overlaid) ORDER BY id"
        for claim in claims_of(fetched(connection.execute(query))):
            corrected = found[claim.id].apply(claim)
            if corrected is not None and corrected.id not in shown:
                shown[corrected.id] = (claim.id, found[claim.id])
                rows.append(("", corrected))
    fill(connection, CORRECTED, {
        **claim_columns(rows), "batch": [""] * len(rows),
        "read_id": [shown[claim.id][0] for _, claim in rows],
        "correction": [shown[claim.id][1].status.value for _, claim in rows]})
    fill(connection, SUPERSEDED, {"id": sorted({*found, *shown})})


def lay_out_for_sql(connection: Connection, folder: Path, commits: Sequence[Commit]) -> None:
    """Create the views for the user's own queries, and shut the connection off from all but the ledger's folder."""
    found = lay_out(connection, folder, commits)
    actors = merged_actors(connection)
    fill(connection, Table("shown_actors_merged", ACTORS.columns), {
        **actor_columns([("", actor) for actor in actors]), "batch": [""] * len(actors)})
    corrections = correction_rows(connection)
    counting = {correction.id for overlay in found.values() for correction in overlay.corrections}
    fill(connection, SHOWN_CORRECTIONS, {
        **correction_columns(corrections), "batch": [""] * len(corrections),
        "is_in_force": [correction.id in counting for correction in corrections]})
    connection.execute(PUBLIC_VIEWS)
    connection.execute(f"SET allowed_directories = ['{str(folder).replace(chr(39), chr(39) * 2)}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def merged_actors(connection: Connection) -> list[Actor]:
    """All actors of the shown readings, by id."""
    variants: dict[str, list[tuple[Actor, int]]] = {}
    *columns, counts = fetched(connection.execute(ACTOR_VARIANTS), 10)
    for actor, count in zip(actors_of(columns), counts, strict=True):
        variants.setdefault(actor.id, []).append((actor, count))
    return [merged_actor(variants[identifier]) for identifier in sorted(variants)]


def correction_rows(connection: Connection) -> list[Correction]:
    """All corrections that were ever given, those that were withdrawn too, by time."""
    return corrections_of(fetched(connection.execute(CORRECTION_ROWS), 7))


def fill(connection: Connection, table: Table, columns: Mapping[str, Sequence[object]]) -> None:
    """Create a table of DuckDB's own from columns of values."""
    connection.register("given", arrow_table(table, columns))
    connection.execute(f"CREATE TABLE {table.name} AS SELECT * FROM given")
    connection.unregister("given")


def statements(name: str) -> str:
    """The SQL of a file of the package's data."""
    return (package_files("sides") / "data" / "ledger" / name).read_text(encoding="utf-8")
