"""From the records of files to events, as tables of DuckDB: the one implementation that every engine calls."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from arro3.core import Array, DataType, Table

from sides.events.account import Account
from sides.events.blocks import Block, check_header
from sides.events.fields import KEYS, READ, REASONS, Fields, asked, raw
from sides.events.mapping import Mapping
from sides.events.parts import Part, careful, copied, done, read_sql
from sides.events.sides import EARLIEST, LATEST, Sides, Standing
from sides.model.claim_type import ClaimType
from sides.model.errors import SidesError

# The columns of an event and what they hold; docs/events.md describes them.
COLUMNS = {
    "dataset": "VARCHAR", "edition": "VARCHAR", "id": "VARCHAR", "file": "VARCHAR", "record": "BIGINT",
    "source": "VARCHAR", "source_name": "VARCHAR", "source_sector": "VARCHAR", "source_told": "VARCHAR",
    "source_known": "BOOLEAN",
    "target": "VARCHAR", "target_name": "VARCHAR", "target_sector": "VARCHAR", "target_told": "VARCHAR",
    "target_known": "BOOLEAN",
    "code": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR", "context": "VARCHAR", "sign": "TINYINT",
    "layer": "VARCHAR", "quad": "TINYINT", "goldstein": "DOUBLE", "score": "DOUBLE",
    "start_first": "DATE", "start_last": "DATE", "end_first": "DATE", "end_last": "DATE", "published": "DATE",
    "mentions": "BIGINT", "sources": "BIGINT", "articles": "BIGINT", "deaths": "BIGINT",
    "publisher": "VARCHAR", "url": "VARCHAR", "text": "VARCHAR",
}
# The four classes of event data: verbal and material cooperation, verbal and material conflict.
QUADS = {1: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "MEDIATE"), 2: ("COOPERATE", "AID", "RETREAT"),
         3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")}


class Converter:
    """Turns blocks of one dataset into the tables `converted` (columns as `COLUMNS`) and `left_out` of a connection.

    `left_out` has `file`, `record`, `reason` and `text` of each record that is no event; each call replaces both.
    Several converters may share a connection: what they know of codes and actors is then asked for only once.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, mapping: Mapping, sides: Sides) -> None:
        self.connection, self.mapping, self.sides = connection, mapping, sides
        self._fields: dict[tuple[str, ...], Fields] = {}
        lay_out(connection)

    def convert(self, block: Block) -> Account:
        """Convert a block. Raises `InputError` where columns are missing that are looked at."""
        self.check(block)
        run = self.connection.execute
        with TemporaryDirectory(prefix="sides-block-") as folder:
            outcome = self.draft([copied([block], Path(block.file), Path(folder))], Path(folder))
            run(f"CREATE OR REPLACE TEMP TABLE outcome AS {outcome}")
        lines = block.text.split("\n") if block.records else []
        text = Table.from_arrays([Array(lines, DataType.string())], names=["text"])
        self.connection.register("lines", text)
        run("CREATE OR REPLACE TEMP TABLE told AS SELECT row_number() OVER () - 1 AS seq, text FROM lines")
        self.connection.unregister("lines")
        dataset = self.mapping.dataset
        given = {"dataset": dataset.name, "edition": dataset.edition, "file": block.file, "first": block.first}
        taken = {"dataset": "$dataset", "edition": "$edition", "file": "$file", "record": "seq + $first",
                 "source_name": "source_shown", "target_name": "target_shown"}
        run("CREATE OR REPLACE TEMP TABLE converted AS SELECT "
            + ", ".join(f"({taken.get(name, name)})::{kind} AS {name}" for name, kind in COLUMNS.items())
            + f" FROM outcome JOIN told USING (seq) WHERE step = {READ} ORDER BY seq, id", given)
        run(f"CREATE OR REPLACE TEMP TABLE left_out AS SELECT $file AS file, seq + $first AS record, "
            f"{list(REASONS)}[step + 1] AS reason, text FROM outcome JOIN told USING (seq) WHERE step < {READ} "
            "ORDER BY seq", {"file": block.file, "first": block.first})
        return self._account(block)

    def draft(self, parts: list[Part], folder: Path) -> str:
        """Read parts with the same header into the table `raw`, find out whom they name, and say what to select from.

        The columns of that are `Fields.outcome`'s. Raises `InputError` where columns are missing that are looked at.
        """
        header = parts[0].header
        self.check(parts[0])
        into = "CREATE OR REPLACE TEMP TABLE raw AS "
        try:
            self.connection.execute(into + raw(self.mapping, header, read_sql(parts)))
        except duckdb.InvalidInputException:
            cut = [careful(part, folder) for part in parts]
            self.connection.execute(into + raw(self.mapping, header, read_sql(cut)))
            for part in cut:
                done(part)
        self.resolve(self._fields[header].keys())
        return self._fields[header].outcome()

    def check(self, read: Block | Part) -> None:
        """Raises `InputError` where columns are missing that are looked at."""
        if read.header not in self._fields:
            check_header(read.file, read.header, self.mapping.table, self.mapping.used)
            self._fields[read.header] = Fields(self.mapping, read.header)

    def resolve(self, keys: str) -> None:
        """Find out whom `Fields.keys`, or a query like it, asks for that was not asked for before."""
        run = self.connection.execute
        found = run(f"SELECT * FROM ({keys}) ANTI JOIN standing USING (kind, {', '.join(KEYS)})").fetchall()
        rows = [(*key, *stretch) for key in found for stretch in self._stretches(*asked(*key))]
        if not rows:
            return
        self.connection.register("fresh", _table(rows))
        run("INSERT INTO actor SELECT (SELECT count(*) FROM actor) + row_number() OVER (ORDER BY actor), actor "
            "FROM (SELECT DISTINCT actor FROM fresh WHERE told IS NOT NULL) ANTI JOIN actor USING (actor)")
        run("INSERT INTO standing SELECT fresh.* REPLACE (first::DATE AS first, last::DATE AS last), number "
            "FROM fresh LEFT JOIN actor USING (actor)")
        self.connection.unregister("fresh")

    def _stretches(self, *asked: Any) -> Iterator[tuple[Any, ...]]:
        """Rows of `standing` after its key. Who has neither code nor name is told of by none."""
        _, code, name, *_ = asked
        for one in self.sides.standings(*asked) if code or name else [Standing(EARLIEST, LATEST, "", "", "", False)]:
            yield (str(one.first), str(one.last), one.actor, one.name, one.sector, name or code or None, one.is_known)

    def _account(self, block: Block) -> Account:
        run = self.connection.execute
        ((claims, read, unknown, first, last),) = run(
            "SELECT count(*), count(DISTINCT record), count(*) FILTER (NOT (source_known AND target_known)), "
            "min(start_first), max(coalesce(end_last, start_last)) FROM converted").fetchall()
        reasons = dict(run("SELECT reason, count(*) FROM left_out GROUP BY reason").fetchall())
        return checked(Account(self.mapping.dataset.name, block.file, block.records, read, claims, unknown,
                               block.recoded, {one: reasons[one] for one in REASONS if one in reasons}, first, last))


def checked(account: Account) -> Account:
    """The same account. Raises `SidesError` where a record is missing in it."""
    left_out = sum(account.left_out.values())
    if account.read + left_out != account.records:
        raise SidesError(f"{account.file}: of {account.records} records {account.read} were read and {left_out} left "
                         "out. This is a mistake in sides: please report it.")
    return account


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the small tables that records are joined with, if they are not there."""
    if connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'standing'").fetchone() != (0,):
        return
    texts = ", ".join(f"{key} VARCHAR" for key in KEYS)
    connection.execute(f"CREATE TEMP TABLE standing (kind VARCHAR, {texts}, first DATE, last DATE, actor VARCHAR, "
                       "shown VARCHAR, sector VARCHAR, told VARCHAR, known BOOLEAN, number INTEGER)")
    connection.execute("CREATE TEMP TABLE actor (number INTEGER, actor VARCHAR)")
    _fill(connection, "act (scheme VARCHAR, code VARCHAR, type VARCHAR, mode VARCHAR, context VARCHAR, "
                      "goldstein DOUBLE, score DOUBLE)", list(acts()))
    _fill(connection, "meaning (number TINYINT, type VARCHAR, sign TINYINT, layer VARCHAR, quad TINYINT)", [
        (number, one.value, one.meaning.sign, one.meaning.layer.value,
         next((quad for quad, types in QUADS.items() if one.value in types), None))
        for number, one in enumerate(ClaimType)])


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    connection.execute(f"CREATE TEMP TABLE {table}")
    marks = ", ".join(f"({', '.join('?' * len(rows[0]))})" for _ in rows)
    connection.execute(f"INSERT INTO {table.split(' ')[0]} VALUES {marks}", [value for row in rows for value in row])


def _table(rows: list[tuple[Any, ...]]) -> Table:
    texts = ("kind", *KEYS, "first", "last", "actor", "shown", "sector", "told")
    kinds = {**dict.fromkeys(texts, DataType.string()), "known": DataType.bool()}
    columns = zip(*rows, strict=True)
    return Table.from_arrays([Array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)],
                             names=list(kinds))


def acts() -> Iterator[tuple[Any, ...]]:
    """What the codes of each scheme stand for."""
    text = (package_files("sides") / "data" / "events" / "acts.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        yield (row["scheme"], row["code"], row["type"] or None, row["mode"] or None, row["context"] or None,
               float(row["goldstein"]) if row["goldstein"] else None, float(row["score"]) if row["score"] else None)
