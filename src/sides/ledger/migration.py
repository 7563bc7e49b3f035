"""Bringing a ledger that an older release wrote to the schema of this one.

Reading needs none of this: a column that a file lacks is read as its default, and a table that is not there has no
rows. Before something is written, the steps from the ledger's schema to this release's are taken, and then every table
and column that is still lacking is added. A step changes one table in one Delta transaction and does nothing where it
has been taken already, so that a migration that was cut short is simply begun again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from deltalake import Field, Schema

from sides.ledger.columns import arrow_schema
from sides.ledger.commits import MIGRATE, CommitLog
from sides.ledger.delta import create_table, open_table
from sides.ledger.tables import SCHEMA_VERSION, TABLES, Table

# From a schema version to the next one: changes the tables in a folder.
Step = Callable[[Path], None]

# Schema 1 is the first; schema 2 adds `decisions` and `registry_files`, schema 3 `incomplete`, `lexicon_files` and what
# else a claim tells, schema 4 `events`, `event_mentions` and `event_blocks`, schema 5 `forecasts`.
# New tables and columns need no step;
# renamed, split or recoded ones do: {1: to_schema_2, ...}.
STEPS: Mapping[int, Step] = MappingProxyType({})


def bring_up_to_date(folder: Path, log: CommitLog, steps: Mapping[int, Step], batch: str) -> None:
    """Take the steps from the ledger's schema to this release's, and commit that they were taken."""
    taken = log.schema_version
    while taken < SCHEMA_VERSION:
        step = steps.get(taken)
        if step is not None:
            step(folder)
        taken += 1
    for table in TABLES:
        create_table(folder, table)
        add_missing_columns(folder, table)
    log.refresh()
    log.add(batch, MIGRATE, {}, lambda: log.schema_version < SCHEMA_VERSION)


def add_missing_columns(folder: Path, table: Table) -> None:
    """Add to a table every declared column that it lacks; rows that stand there already have its default."""
    delta = open_table(folder, table)
    present = {field.name for field in delta.schema().fields}
    missing = [field for field in Schema.from_arrow(arrow_schema(table)).fields if field.name not in present]
    if missing:
        delta.alter.add_columns([Field(field.name, field.type, nullable=True) for field in missing])
