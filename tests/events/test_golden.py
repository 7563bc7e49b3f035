"""What each adapter makes of a table in its dataset's format, byte for byte; the tables are made up (golden/README.md).

`python -m tests.events.test_golden`, in the repository's folder, writes what is expected anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.events.blocks import blocks_of
from sides.events.converter import Converter
from sides.events.database import database
from sides.events.gathering import gathering
from sides.events.mapping import shipped
from sides.events.mentions import MENTIONED, mention_accounts
from sides.events.pairs import of_pairs, pair_accounts
from sides.events.sides import Sides

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
    path, mapping = table(name), shipped()[name]
    with database("500MB") as (connection, _):
        run, sides = connection.execute, Sides(registry())
        blocks = (replace(block, file=path.name) for block in blocks_of(path, mapping.table))
        if mapping.mention:
            run(f"CREATE TABLE mentioned ({', '.join(f'{column} {kind}' for column, kind in MENTIONED.items())})")
            accounts = mention_accounts(connection, mapping, blocks)
        elif mapping.pairs:
            accounts = pair_accounts(Converter(connection, of_pairs(mapping), sides), mapping, blocks)
        else:
            accounts = map(Converter(connection, mapping, sides).convert, blocks)
        (account,) = accounts
        held, columns = ("mentioned", MENTION) if mapping.mention else ("converted", CLAIM)
        rows = [dict(zip(columns, row, strict=True)) for row in run(
            f"SELECT {', '.join(columns)} FROM {held} ORDER BY record, id").fetchall()]
        left_out = [{"record": record, "left_out": reason} for record, reason in run(
            "SELECT record, reason FROM left_out ORDER BY record").fetchall()]
    with gathering(registry=registry()) as found:
        (one,) = found.read([path], name)
        assert one.account == replace(account, file=str(path))
        repeated = found.repeated().get(str(path), 0)
    lines = [{"account": asdict(account), "repeated": repeated},
             *({key: value for key, value in row.items() if value is not None} for row in rows), *left_out]
    return "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)


@pytest.mark.parametrize("name", shipped())
def test_the_table_of_each_mapping_becomes_what_is_written_down(name):
    assert told(name) == (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")


def test_there_is_no_table_without_a_mapping():
    assert {path.stem for path in GOLDEN.iterdir()} - {"README"} == set(shipped())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(shipped())), data=st.data(), size=st.integers(200, 4000))
def test_no_adapter_loses_a_record_or_tells_it_twice(tmp_path, monkeypatch, name, data, size):
    """Lines of the golden tables in any order and number, some cut short, in blocks of any size."""
    source = table(name)
    has_header = shipped()[name].table.header
    head, *lines = ([] if has_header else [b""]) + source.read_bytes().splitlines()
    some = data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=15))
    some += [line[:data.draw(st.integers(1, len(line)))] for line in data.draw(
        st.lists(st.sampled_from([line for line in lines if b'"' not in line] or [b"x"]), max_size=3))]
    if name == "acled":  # a record of two lines: cut in two, its halves would swallow others
        some = [line for line in some if line.count(b'"') % 2 == 0] or lines[:1]
    path = tmp_path / source.name
    path.write_bytes(b"\n".join(([head] if has_header else []) + some + [b""]))
    for module in ("gathering", "parts"):
        monkeypatch.setattr(f"sides.events.{module}.blocks_of", lambda path, table: blocks_of(path, table, size))
    with gathering(registry=registry()) as found:
        (one,) = found.read([path], name)
        account, run = one.account, found.connection.execute
        assert account is not None, one.error
        assert account.records == len(some)
        assert account.read + sum(account.left_out.values()) == account.records
        refused = [record for _, record, *_ in found.left_out().fetchall()]
        held = "mentioned" if shipped()[name].mention else "gathered"
        read = {record for record, in run(f"SELECT record FROM {held}").fetchall()}
        ((claims,),) = run("SELECT count(*) FROM gathered").fetchall()
        assert claims == account.claims
    assert len(refused) == len(set(refused)) == account.records - account.read
    assert read.isdisjoint(refused)
    if not shipped()[name].pairs:  # a pair is told at the place of one of its two
        assert sorted(read | set(refused)) == list(range(1, account.records + 1))


if __name__ == "__main__":
    for each in shipped():
        (GOLDEN / f"{each}.jsonl").write_text(told(each), encoding="utf-8")
