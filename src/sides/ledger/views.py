"""The tables and views, in a DuckDB in memory, through which a snapshot looks at the files of a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

import duckdb

from sides.ledger.commits import Commit
from sides.ledger.corrections import Correction, Overlay, correction_columns, overlays
from sides.ledger.deciding import actors_shown, lay_decisions
from sides.ledger.decisions import Decision, decision_columns
from sides.ledger.delta import files, open_table
from sides.ledger.filling import Connection, fill, statements
from sides.ledger.parquet import table_scan
from sides.ledger.rows import actor_columns, claim_columns
from sides.ledger.settlement import Settlement
from sides.ledger.tables import (
    ACTORS,
    CLAIMS,
    CORRECTIONS,
    DATA_TABLES,
    DECISIONS,
    SCHEMA_VERSION,
    Column,
    Table,
    Values,
)
from sides.ledger.values import CLAIM_COLUMNS, claims_of, corrections_of, decisions_of, fetched
from sides.ledger.withdrawals import in_order
from sides.model.claim_type import MEANINGS

# No extension is fetched from anywhere, and SQL cannot see the variables of the program that runs it.
CONFIGURATION: Mapping[str, str] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
                                     "python_enable_replacements": "false"}
COMMITTED = Table("committed", (Column("batch", Values.TEXT), Column("version", Values.INTEGER)))
CLAIM_TYPES = Table("claim_types", (Column("type", Values.TEXT), Column("kind", Values.TEXT)))
SUPERSEDED = Table("superseded", (Column("id", Values.TEXT),))
OVERLAID = Table("overlaid", (Column("id", Values.TEXT),))
CORRECTED = Table("corrected", (*CLAIMS.columns, Column("read_id", Values.TEXT), Column("correction", Values.TEXT)))
SHOWN_DECISIONS = Table("shown_decisions", (*DECISIONS.columns, Column("is_in_force", Values.FLAG),
                                            Column("is_overruled", Values.FLAG)))
SHOWN_CORRECTIONS = Table("shown_corrections", (*CORRECTIONS.columns, Column("is_in_force", Values.FLAG)))

AS_READ = '(SELECT *, id AS read_id, NULL::VARCHAR AS correction FROM {read})'
AS_CORRECTED = ('(SELECT *, id AS read_id, NULL::VARCHAR AS correction FROM {read} '
                "WHERE id NOT IN (SELECT id FROM superseded) UNION ALL BY NAME SELECT * FROM corrected)")
RIVAL_READINGS = "SELECT count(*) > count(DISTINCT document) FROM shown_readings"
CORRECTION_ROWS = ("SELECT claim, action, changes, withdraws, who, why, made_at FROM stored.corrections "
                   "JOIN committed USING (batch) GROUP BY ALL ORDER BY ALL")
DECISION_ROWS = ('SELECT actor, verdict, "into", part, changes, withdraws, who, why, made_at FROM stored.decisions '
                 "JOIN committed USING (batch) GROUP BY ALL ORDER BY ALL")

# What `Snapshot.sql` shows under the names of the tables, beside `claims`.
PUBLIC_VIEWS = """
CREATE VIEW documents AS
    SELECT shown_documents.* EXCLUDE (batch, sighting, digest, place, document_order), row_of.text
    FROM shown_documents JOIN stored.documents AS row_of USING (batch, sighting);
CREATE VIEW readings AS SELECT * EXCLUDE (batch, reading) FROM shown_readings;
CREATE VIEW mentions AS SELECT * EXCLUDE (batch, reading) FROM seen_mentions;
CREATE VIEW actors AS SELECT * EXCLUDE (batch, reading) FROM shown_actors_merged;
CREATE VIEW events AS SELECT * EXCLUDE (batch, reading) FROM shown_events;
CREATE VIEW event_mentions AS SELECT * EXCLUDE (batch) FROM shown_event_mentions;
CREATE VIEW corrections AS SELECT * EXCLUDE (batch) FROM shown_corrections;
CREATE VIEW decisions AS SELECT * EXCLUDE (batch) FROM shown_decisions;
CREATE VIEW forecasts AS
    SELECT kept.* EXCLUDE (batch) FROM stored.forecasts AS kept JOIN committed USING (batch)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY horizon) = 1;
"""


def connect() -> Connection:
    """A DuckDB in memory that fetches nothing from anywhere."""
    return duckdb.connect(":memory:", config=dict(CONFIGURATION))


@dataclass(frozen=True, slots=True)
class Judgements:
    """Corrections and decisions that are laid over a ledger beside those that it keeps."""

    corrections: tuple[Correction, ...] = ()
    decisions: tuple[Decision, ...] = ()


KEPT = Judgements()  # none but those that the ledger keeps


@dataclass(frozen=True, slots=True)
class Laid:
    """What people's judgements come to at a version."""

    overlays: Mapping[str, Overlay]  # what is laid over claims, by the id that they were read under
    settlement: Settlement  # as whom actors are shown


def lay_out(connection: Connection, folder: Path, commits: Sequence[Commit], tried: Judgements = KEPT) -> Laid:
    """Create the views of a ledger at a version, and as it would be with judgements that are `tried`."""
    connection.execute("CREATE SCHEMA stored")
    are_alike = all(commit.schema_version == SCHEMA_VERSION for commit in commits)
    for table in DATA_TABLES:
        is_there = any(commit.schema_version >= table.since for commit in commits)
        paths = files(folder, table, open_table(folder, table)) if is_there else []
        scan = table_scan(table, paths, are_alike=are_alike)
        connection.execute(f"CREATE VIEW stored.{table.name} AS SELECT * FROM {scan}")
    fill(connection, COMMITTED, {"batch": [commit.batch for commit in commits],
                                 "version": [commit.version for commit in commits]})
    fill(connection, CLAIM_TYPES, {"type": [claim_type.value for claim_type in MEANINGS],
                                   "kind": [meaning.kind.value for meaning in MEANINGS.values()]})
    connection.execute(statements("views.sql"))
    connection.execute(statements("incomplete.sql"))
    (has_rivals,), = connection.execute(RIVAL_READINGS).fetchall()
    read = "read_claims" if has_rivals else "read_claims_of_one_reader"
    claims = Template(statements("claims.sql"))
    connection.execute(claims.substitute(view="claims_as_read", claims=AS_READ.format(read=read)))
    has_corrections = tried.corrections or any(commit.corrections for commit in commits)
    found = overlays(correction_rows(connection, tried)) if has_corrections else {}
    lay_over(connection, found)
    connection.execute(claims.substitute(view="claims_corrected", claims=AS_CORRECTED.format(read=read)))
    has_decisions = tried.decisions or any(commit.decisions for commit in commits)
    settlement = Settlement(decision_rows(connection, tried) if has_decisions else ())
    lay_decisions(connection, settlement)
    return Laid(found, settlement)


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


def lay_out_for_sql(connection: Connection, folder: Path, commits: Sequence[Commit], tried: Judgements = KEPT) -> None:
    """Create the views for the user's own queries, and shut the connection off from all but the ledger's folder."""
    laid = lay_out(connection, folder, commits, tried)
    actors = actors_shown(connection, laid.settlement)
    fill(connection, Table("shown_actors_merged", ACTORS.columns), {
        **actor_columns([("", actor) for actor in actors]), "batch": [""] * len(actors)})
    corrections = correction_rows(connection, tried)
    counting = {correction.id for overlay in laid.overlays.values() for correction in overlay.corrections}
    fill(connection, SHOWN_CORRECTIONS, {
        **correction_columns(corrections), "batch": [""] * len(corrections),
        "is_in_force": [correction.id in counting for correction in corrections]})
    decisions, settlement = decision_rows(connection, tried), laid.settlement
    counting = {decision.id for decision in settlement.decisions}
    fill(connection, SHOWN_DECISIONS, {
        **decision_columns(decisions), "batch": [""] * len(decisions),
        "is_in_force": [decision.id in counting for decision in decisions],
        "is_overruled": [decision.id in settlement.overruled for decision in decisions]})
    connection.execute(PUBLIC_VIEWS)
    connection.execute(f"SET allowed_directories = ['{str(folder).replace(chr(39), chr(39) * 2)}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def correction_rows(connection: Connection, tried: Judgements = KEPT) -> list[Correction]:
    """All corrections that were ever given, those that were withdrawn too, by time."""
    return in_order([*corrections_of(fetched(connection.execute(CORRECTION_ROWS), 7)), *tried.corrections])


def decision_rows(connection: Connection, tried: Judgements = KEPT) -> list[Decision]:
    """All decisions that were ever made, those that were withdrawn too, by time."""
    return in_order([*decisions_of(fetched(connection.execute(DECISION_ROWS), 9)), *tried.decisions])
