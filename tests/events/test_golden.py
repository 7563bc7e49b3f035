"""What each adapter makes of a table in its dataset's format, byte for byte; the tables are made up (golden/README.md).

`python -m tests.events.test_golden`, in the repository's folder, writes what is expected anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from sides.actors.registry import Registry
from sides.events.gathering import gathering
from sides.events.mapping import shipped

GOLDEN = Path(__file__).parent / "golden"
CLAIM = ("id", "record", "source", "source_sector", "source_told", "source_known", "target", "target_sector",
         "target_told", "target_known", "code", "type", "mode", "context", "sign", "layer", "quad", "goldstein",
         "score", "start_first", "start_last", "end_first", "end_last", "published", "mentions", "sources", "articles",
         "deaths", "publisher", "url")
MENTION = ("id", "record", "day", "published", "publisher", "url", "confidence")


@cache
def registry() -> Registry:
    return Registry.load()


def table(name: str) -> Path:
    """The table of a mapping."""
    (path,) = (GOLDEN / f"{name}{ending}" for ending in (".csv", ".tsv") if (GOLDEN / f"{name}{ending}").exists())
    return path


def told(name: str) -> str:
    """What becomes of the table of a mapping: its account, what it holds, and what is left out, a line each."""
    path = table(name)
    with gathering(registry=registry()) as found:
        (one,) = found.read([path], name)
        assert one.account is not None, one.error
        account = {"account": asdict(one.account) | {"file": path.name}, "repeated": found.repeated().get(str(path), 0)}
        run = found.connection.execute
        held, columns = ("mentioned", MENTION) if shipped()[name].mention else ("converted", CLAIM)
        rows = [dict(zip(columns, row, strict=True)) for row in run(
            f"SELECT {', '.join(columns)} FROM {held} ORDER BY record, id").fetchall()]
        left_out = [{"record": record, "left_out": reason} for record, reason in run(
            "SELECT record, reason FROM refused ORDER BY record").fetchall()]
    lines = [account, *({key: value for key, value in row.items() if value is not None} for row in rows), *left_out]
    return "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)


@pytest.mark.parametrize("name", shipped())
def test_the_table_of_each_mapping_becomes_what_is_written_down(name):
    assert told(name) == (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")


def test_there_is_no_table_without_a_mapping():
    assert {path.stem for path in GOLDEN.iterdir()} - {"README"} == set(shipped())


if __name__ == "__main__":
    for each in shipped():
        (GOLDEN / f"{each}.jsonl").write_text(told(each), encoding="utf-8")
