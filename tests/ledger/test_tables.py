from __future__ import annotations

import re
from pathlib import Path

import pytest

from sides.ledger.corrections import FIELDS, Action
from sides.ledger.delta import open_table
from sides.ledger.snapshot import Snapshot
from sides.ledger.store import Store
from sides.ledger.tables import TABLES, Table

PAGE = Path(__file__).parents[2] / "docs" / "ledger.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def described(page: str, heading: str) -> list[str]:
    """The names in the first column of the table under a heading."""
    section = page.split(f"\n### {heading}\n")[1].split("\n#")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_described(page: str, table: Table) -> None:
    assert described(page, f"`{table.name}`") == [column.name for column in table.columns]


@pytest.mark.parametrize("view", ["documents", "readings", "mentions", "actors", "claims", "incomplete", "events",
                                  "event_mentions", "corrections", "decisions", "forecasts"])
def test_every_column_of_the_views_is_described(page: str, view: str, store: Store) -> None:
    shown: Snapshot = store.snapshot()
    assert sorted(described(page, f"The view `{view}`")) == sorted(shown.sql(f"FROM {view}").columns)


def test_every_field_that_may_be_set_and_every_action_is_described(page: str) -> None:
    for word in (*FIELDS, *(action.value for action in Action)):
        assert f"`{word}`" in page


def test_the_tables_on_disk_are_those_that_are_declared(store: Store) -> None:
    assert sorted(entry.name for entry in store.path.iterdir()) == sorted(table.name for table in TABLES)
    for table in TABLES:
        fields = open_table(store.path, table).schema().fields
        assert [(field.name, field.nullable) for field in fields] == [
            (column.name, column.is_nullable) for column in table.columns]
