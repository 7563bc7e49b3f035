from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from deltalake import DeltaTable, write_deltalake

from sides.claims.grammar.own_lexicon import LexiconFile
from sides.ledger import commits
from sides.ledger.decisions import Decision, Verdict
from sides.ledger.delta import files, open_table
from sides.ledger.migration import Step
from sides.ledger.parquet import table_scan
from sides.ledger.store import Store
from sides.ledger.tables import CLAIMS, SCHEMA_VERSION, TABLES, Column, Table, Values
from sides.model.errors import IncompatibleLedger

from .factory import incomplete, many_readings, seen, with_parts

NO_LATER_COLUMNS = {"documents": "EXCLUDE (key, signature)", "actors": "EXCLUDE (wikidata)",
                    "claims": "EXCLUDE (third)"}
SCHEMA_2 = {"commits": "EXCLUDE (incomplete, lexicon_files)",
            "claims": "EXCLUDE (inferred, restates, reasons, amounts)"}
SCHEMA_1 = SCHEMA_2 | {"commits": "EXCLUDE (decisions, registry_files, incomplete, lexicon_files)"}
OTHER_NAMES = {"claims": "RENAME (trigger AS words)"}


@pytest.fixture
def new(tmp_path: Path) -> Store:
    store = Store.create_or_open(tmp_path / "new.sides")
    for one in many_readings(3):
        store.append([one])
    return store


def older(store: Store, changes: Mapping[str, str], schema_version: int = SCHEMA_VERSION - 1) -> Path:
    """A copy of a ledger as a release before this one would have written it."""
    path = store.path.with_name("old.sides")
    for table in TABLES:
        relation = duckdb.connect().sql(
            f"SELECT * {changes.get(table.name, '')} "
            f"{f'REPLACE ({schema_version}::BIGINT AS schema_version)' if table.name == 'commits' else ''} "
            f"FROM {table_scan(table, files(store.path, table, open_table(store.path, table)))}")
        write_deltalake(str(path / table.name), relation)
    return path


def test_a_ledger_without_later_columns_is_read_as_it_is(new: Store) -> None:
    old = Store.open(older(new, NO_LATER_COLUMNS))
    assert seen(old.snapshot()) == seen(new.snapshot()) and old.version == 3
    assert seen(old.snapshot(2)) == seen(new.snapshot(2))
    assert "wikidata" not in {field.name for field in DeltaTable(str(old.path / "actors")).schema().fields}


def test_the_first_change_migrates_and_nothing_that_was_seen_changes(new: Store) -> None:
    old = Store.open(older(new, NO_LATER_COLUMNS))
    assert old.append(many_readings(3)) == 4  # nothing new but the schema
    assert [found.kind for found in old.versions()] == ["create", "read", "read", "read", "migrate"]
    assert old.versions()[-1].schema_version == SCHEMA_VERSION and old.migrate() == 4
    assert seen(old.snapshot()) == seen(new.snapshot()) and seen(old.snapshot(1)) == seen(new.snapshot(1))
    old.append(many_readings(5))
    new.append(many_readings(5))
    assert seen(Store.open(old.path).snapshot()) == seen(new.snapshot())


def test_a_ledger_without_a_later_table_is_read_as_it_is_and_takes_decisions(new: Store) -> None:
    path = older(new, SCHEMA_1, 1)
    for table in ("decisions", "registry_files", "incomplete", "lexicon_files"):
        shutil.rmtree(path / table)
    old = Store.open(path)
    assert seen(old.snapshot()) == seen(new.snapshot()) and not (path / "decisions").exists()
    (decision,) = old.decide([Decision(actor="hamas", verdict=Verdict.REJECT, who="a", why="b",
                                       made_at=datetime(2024, 5, 1, tzinfo=UTC))])
    assert [found.kind for found in old.versions()[-2:]] == ["migrate", "decide"]
    assert Store.open(path).snapshot().decisions() == [decision]
    assert seen(old.snapshot(4)) == seen(new.snapshot()) == seen(old.snapshot(3))


def test_a_ledger_of_schema_2_is_read_as_it_is_and_keeps_from_then_on_all_that_is_read(new: Store) -> None:
    path = older(new, SCHEMA_2, 2)
    for table in ("incomplete", "lexicon_files"):
        shutil.rmtree(path / table)
    old = Store.open(path)
    assert seen(old.snapshot()) == seen(new.snapshot()) and not (path / "incomplete").exists()
    assert old.snapshot().incomplete() == [] and old.snapshot().lexicon_files() == ()
    assert {(one.inferred, one.restates, one.reasons, one.amounts) for one in old.snapshot().claims()} == {
        ((), None, (), ())}
    files = [LexiconFile("own.toml", b'[[class]]\ntype = "SUPPORT"\nlemmas = "cradle"\n')]
    old.keep_lexicon(files)
    told = with_parts()
    lacking = incomplete(told.document, "Hamas thanked", "hamas", None)
    old.append([replace(told, incomplete=(lacking,))])
    assert [found.kind for found in old.versions()[-3:]] == ["migrate", "lexicon", "read"]
    again = Store.open(path).snapshot()
    assert again.incomplete() == [lacking] and list(again.lexicon_files()) == files
    assert [one for one in again.claims() if one.reasons and one.amounts]
    assert seen(old.snapshot(3)) == seen(new.snapshot())


def renaming_step(taken: list[Path], cut_short: bool = False) -> Step:
    def step(folder: Path) -> None:
        taken.append(folder)
        table = open_table(folder, CLAIMS)
        if "words" in {field.name for field in table.schema().fields}:
            relation = duckdb.connect().sql("SELECT * RENAME (words AS trigger) FROM read_parquet($1)",
                                            params=[files(folder, CLAIMS, table)])
            write_deltalake(table, relation, mode="overwrite", schema_mode="overwrite")
        if cut_short and len(taken) == 1:
            raise KeyboardInterrupt

    return step


def test_a_column_of_another_name_takes_a_step_even_to_be_read(new: Store) -> None:
    taken: list[Path] = []
    old = Store(older(new, OTHER_NAMES), {SCHEMA_VERSION - 1: renaming_step(taken)})
    assert seen(old.snapshot()) == seen(new.snapshot()) and seen(old.snapshot(2)) == seen(new.snapshot(2))
    assert len(taken) == 1 and old.version == 4
    assert seen(Store.open(old.path).snapshot()) == seen(new.snapshot())


def test_a_migration_that_was_cut_short_is_begun_again(new: Store) -> None:
    taken: list[Path] = []
    old = Store(older(new, OTHER_NAMES), {SCHEMA_VERSION - 1: renaming_step(taken, cut_short=True)})
    with pytest.raises(KeyboardInterrupt):
        old.snapshot()
    assert old.version == 3
    assert seen(old.snapshot()) == seen(new.snapshot()) and len(taken) == 2


def test_a_ledger_of_a_newer_release_is_not_opened(new: Store) -> None:
    with pytest.raises(IncompatibleLedger, match=f"under schema {SCHEMA_VERSION + 1}; this release knows"):
        Store.open(older(new, {}, SCHEMA_VERSION + 1))


def test_a_newer_release_that_takes_over_stops_an_older_one(new: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(commits, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        Store.open(new.path)._log.add("f" * 32, "migrate", {}, lambda: True, SCHEMA_VERSION + 1)
    with pytest.raises(IncompatibleLedger):
        new.append(many_readings(5))


def test_a_column_that_a_file_lacks_has_its_default(tmp_path: Path) -> None:
    path = str(tmp_path / "old.parquet")
    duckdb.connect().sql("SELECT 'a' AS batch").write_parquet(path)
    table = Table("t", (Column("batch", Values.TEXT), Column("how", Values.TEXT, default="'by hand'"),
                        Column("count", Values.INTEGER)))
    assert duckdb.connect().sql(f"FROM {table_scan(table, [path])}").fetchall() == [("a", "by hand", None)]
    assert duckdb.connect().sql(f"FROM {table_scan(table, [])}").fetchall() == []
