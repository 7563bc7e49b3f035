"""From blocks of records to events, as tables of DuckDB: the one implementation that every engine calls."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files as package_files
from typing import Any

import duckdb
from arro3.core import Array, DataType, Table

from sides.events.account import Account
from sides.events.blocks import Block, check_header
from sides.events.mapping import Act, Day, Mapping, Said, Side
from sides.events.sides import Sides
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
# Why a record is no event, in the order in which it is asked.
REASONS = ("columns", "date", "id", "claim", "code", "relation", "side", "nobody", "same")
# The four classes of event data: verbal and material cooperation, verbal and material conflict.
QUADS = {1: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "MEDIATE"), 2: ("COOPERATE", "AID", "RETREAT"),
         3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")}
PART = "\x1f"


class Converter:
    """Turns blocks of one dataset into the tables `converted` (columns as `COLUMNS`) and `left_out` of a connection.

    `left_out` has `file`, `record`, `reason` and `text` of each record that is no event; each call replaces both.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, mapping: Mapping, sides: Sides) -> None:
        self.connection, self.mapping, self.sides = connection, mapping, sides
        self._header: tuple[str, ...] | None = None
        self._statements: list[str] = []
        self._asked: set[tuple[str, ...]] = set()
        connection.execute("CREATE OR REPLACE TEMP TABLE standing (key VARCHAR, first DATE, last DATE, actor VARCHAR, "
                           "name VARCHAR, sector VARCHAR, known BOOLEAN)")
        connection.execute("CREATE OR REPLACE TEMP TABLE act (scheme VARCHAR, code VARCHAR, type VARCHAR, "
                           "mode VARCHAR, context VARCHAR, goldstein DOUBLE, score DOUBLE)")
        connection.executemany("INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?)", list(acts()))
        connection.execute("CREATE OR REPLACE TEMP TABLE meaning (type VARCHAR, sign TINYINT, layer VARCHAR, "
                           "quad TINYINT)")
        connection.executemany("INSERT INTO meaning VALUES (?, ?, ?, ?)", [
            (one.value, one.meaning.sign, one.meaning.layer.value,
             next((quad for quad, types in QUADS.items() if one.value in types), None)) for one in ClaimType])

    def convert(self, block: Block) -> Account:
        """Convert a block. Raises `InputError` where columns are missing that are looked at."""
        if self._header != block.header:
            check_header(block, self.mapping.table, self.mapping.used)
            self._header = block.header
            self._statements = list(statements(self.mapping, block.header))
        run = self.connection.execute
        lines = block.text.split("\n") if block.records else []
        self.connection.register("lines", Table.from_arrays([Array(lines, DataType.string())], names=["text"]))
        run("CREATE OR REPLACE TEMP TABLE raw AS SELECT row_number() OVER () - 1 + $first AS record, text, "
            "string_split(text, $separator) AS f FROM lines", {"first": block.first, "separator": block.separator})
        self.connection.unregister("lines")
        told, candidates, converted, left_out = self._statements
        run(told)
        run(candidates)
        self._resolve()
        run(converted, {"dataset": self.mapping.dataset.name, "edition": self.mapping.dataset.edition,
                        "file": block.file})
        run(left_out, {"file": block.file})
        return self._account(block)

    def _resolve(self) -> None:
        """Find out whom the codes and names mean that no block before has had."""
        found = self.connection.execute(
            "SELECT DISTINCT key FROM (SELECT unnest([source_key, target_key]) AS key FROM candidate "
            "WHERE source_key IS NOT NULL AND target_key IS NOT NULL) ANTI JOIN standing USING (key) ORDER BY key"
        ).fetchall()
        rows = [(key, one.first, one.last, one.actor, one.name, one.sector, one.is_known) for key, in found
                for one in self.sides.standings(*key.split(PART))]
        if rows:
            self.connection.executemany("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _account(self, block: Block) -> Account:
        run = self.connection.execute
        ((claims, read, unknown, first, last),) = run(
            "SELECT count(*), count(DISTINCT record), count(*) FILTER (NOT (source_known AND target_known)), "
            "min(start_first), max(coalesce(end_last, start_last)) FROM converted").fetchall()
        reasons = dict(run("SELECT reason, count(*) FROM left_out GROUP BY reason").fetchall())
        if read + sum(reasons.values()) != block.records:
            raise SidesError(f"{block.file}: of {block.records} records {read} were read and {sum(reasons.values())} "
                             "left out. This is a mistake in sides: please report it.")
        return Account(self.mapping.dataset.name, block.file, block.records, read, claims, unknown, block.recoded,
                       {reason: reasons[reason] for reason in REASONS if reason in reasons}, first, last)


def acts() -> Iterator[tuple[Any, ...]]:
    """What the codes of each scheme stand for."""
    text = (package_files("sides") / "data" / "events" / "acts.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        yield (row["scheme"], row["code"], row["type"] or None, row["mode"] or None, row["context"] or None,
               float(row["goldstein"]) if row["goldstein"] else None, float(row["score"]) if row["score"] else None)


def statements(mapping: Mapping, header: tuple[str, ...]) -> tuple[str, str, str, str]:
    """The SQL that makes the tables `told` (a row each record), `candidate` (one each claim), and the two results."""
    column = _Columns(mapping, header)
    event = mapping.event
    start, end = column.day(event.start), column.day(event.end) if event.end else ("NULL", "NULL")
    published = column.day(event.published)[0] if event.published else "NULL"
    numbers = {name: f"try_cast({column(getattr(event, name))} AS BIGINT)" if getattr(event, name) else "NULL::BIGINT"
               for name in ("mentions", "sources", "articles", "deaths")}
    told = f"""
        CREATE OR REPLACE TEMP TABLE told AS
        SELECT record, text, f, len(f) = {len(header)} AS is_whole,
               concat_ws('/', {', '.join(f"coalesce({column(one)}, '')" for one in event.id)}) AS id,
               {' AND '.join(f"{column(one)} IS NOT NULL" for one in event.id)} AS has_id,
               {start[0]}::DATE AS start_first, {start[1]}::DATE AS start_last,
               {end[0]}::DATE AS end_first, {end[1]}::DATE AS end_last, {published}::DATE AS published,
               {column.text(event.url)} AS url, {column.text(event.publisher)} AS publisher,
               try_cast({column.text(event.goldstein)} AS DOUBLE) AS goldstein,
               {', '.join(f'{value} AS {name}' for name, value in numbers.items())},
               {column.text(event.mode)} AS own_mode, {column.text(event.context)} AS own_context,
               try_cast({column.text(event.score)} AS DOUBLE) AS own_score
        FROM raw"""
    candidates = "CREATE OR REPLACE TEMP TABLE candidate AS " + " UNION ALL BY NAME ".join(
        f"({column.candidate(one, place)})" for place, one in enumerate(mapping.claim))
    suffix = "|| ':' || row_number() OVER (PARTITION BY record ORDER BY claim, source_key, target_key)" \
        if mapping.gives_many else ""
    converted = f"""
        CREATE OR REPLACE TEMP TABLE converted AS
        -- By itself, or ranges of dates would be joined before keys.
        WITH whole AS MATERIALIZED (
            SELECT told.*, candidate.* EXCLUDE (record, goldstein), candidate.goldstein AS usual
            FROM candidate JOIN told USING (record)
            WHERE is_whole AND has_id AND start_first IS NOT NULL AND type IS NOT NULL)
        SELECT $dataset AS dataset, $edition AS edition, id {suffix} AS id, $file AS file, record,
               one.actor AS source, one.name AS source_name, {_sector('one', 'source')} AS source_sector,
               source_told, one.known AS source_known,
               other.actor AS target, other.name AS target_name, {_sector('other', 'target')} AS target_sector,
               target_told, other.known AS target_known,
               code, type, coalesce(own_mode, mode) AS mode, coalesce(own_context, context) AS context,
               meaning.sign, meaning.layer, meaning.quad, coalesce(goldstein, usual) AS goldstein,
               coalesce(own_score, score) AS score,
               start_first, start_last, end_first, end_last, published, mentions, sources, articles, deaths,
               publisher, url, text
        FROM whole JOIN meaning USING (type)
        JOIN standing AS one ON one.key = source_key AND start_first BETWEEN one.first AND one.last
        JOIN standing AS other ON other.key = target_key AND start_first BETWEEN other.first AND other.last
        WHERE one.actor <> other.actor AND one.actor <> '' AND other.actor <> ''
        ORDER BY record, id"""
    left_out = """
        CREATE OR REPLACE TEMP TABLE left_out AS
        WITH nobody AS (SELECT DISTINCT key FROM standing WHERE actor = '')
        SELECT $file AS file, told.record AS record, CASE
            WHEN NOT is_whole THEN 'columns' WHEN start_first IS NULL THEN 'date' WHEN NOT has_id THEN 'id'
            WHEN best.record IS NULL THEN 'claim' WHEN best.is_coded = 0 THEN 'code'
            WHEN best.is_typed = 0 THEN 'relation' WHEN best.has_sides = 0 THEN 'side'
            WHEN best.is_somebody = 0 THEN 'nobody' ELSE 'same' END AS reason,
            text
        FROM told
        ANTI JOIN (SELECT DISTINCT record FROM converted) AS done ON done.record = told.record
        LEFT JOIN (SELECT record, max(is_coded::INT) AS is_coded, max((type IS NOT NULL)::INT) AS is_typed,
                          max((source_key IS NOT NULL AND target_key IS NOT NULL)::INT) AS has_sides,
                          max((one.key IS NULL AND other.key IS NULL)::INT) AS is_somebody
                   FROM candidate
                   LEFT JOIN nobody AS one ON one.key = source_key LEFT JOIN nobody AS other ON other.key = target_key
                   GROUP BY record) AS best ON best.record = told.record
        ORDER BY told.record"""
    return told, candidates, converted, left_out


def _sector(standing: str, side: str) -> str:
    return f"nullif(concat_ws(' ', nullif({standing}.sector, ''), {side}_sectors), '')"


class _Columns:
    """SQL for the columns of a record `f`."""

    def __init__(self, mapping: Mapping, header: tuple[str, ...]) -> None:
        self._place = {name: place for place, name in reversed(list(enumerate(header, 1)))}
        self._missing = ", ".join(_quoted(one) for one in mapping.table.missing) or "''"

    def __call__(self, name: str) -> str:
        """The trimmed text of a column, NULL where it is missing."""
        value = f"trim(f[{self._place[name]}])"
        return f"(CASE WHEN {value} IN ({self._missing}) THEN NULL ELSE {value} END)"

    def text(self, name: str | None) -> str:
        """The same of a column that need not be told of."""
        return self(name) if name else "NULL::VARCHAR"

    def day(self, day: Day) -> tuple[str, str]:
        """The first and the last day that a date may mean; both NULL where it can't be read."""
        if day.column:
            parsed, last = ("coalesce(" + ", ".join(f"try_strptime({self(name)}, {_quoted(form)})"
                                                    for form in day.forms) + ")::DATE"
                            for name in (day.column, day.last or day.column))
            if not day.precision:
                return parsed, last
            told = self(day.precision)
            of = {width: [value for value, one in sorted(day.within.items()) if one == width]
                  for width in ("week", "month", "year")}
            first, last = parsed, parsed
            for width, values in of.items():
                if not values:
                    continue
                fits = f"{told} IN ({', '.join(map(_quoted, values))})"
                begin = f"({parsed} - 3)" if width == "week" else f"date_trunc('{width}', {parsed})::DATE"
                stop = f"({parsed} + 3)" if width == "week" else \
                    f"({begin} + INTERVAL 1 {width} - INTERVAL 1 DAY)::DATE"
                first, last = (f"CASE WHEN {fits} THEN {edge} ELSE {rest} END"
                               for edge, rest in ((begin, first), (stop, last)))
            return first, last
        # No year, month or day has the number 0: it stands for one that is not known, or not yet.
        year, month, date = (f"nullif(try_cast({self.text(name)} AS INT), 0)"
                             for name in (day.year, day.month, day.day))
        date = f"(CASE WHEN {month} IS NULL THEN NULL ELSE {date} END)"
        first = f"try_cast(printf('%04d-%02d-%02d', {year}, coalesce({month}, 1), coalesce({date}, 1)) AS DATE)"
        last = (f"CASE WHEN {month} IS NULL THEN ({first} + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE "
                f"WHEN {date} IS NULL THEN ({first} + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE ELSE {first} END")
        return f"(CASE WHEN {year} IS NULL THEN NULL ELSE {first} END)", \
            f"(CASE WHEN {year} IS NULL THEN NULL ELSE {last} END)"

    def candidate(self, said: Said, place: int) -> str:
        """One claim of each record: whom it is about, and its type where its code has one."""
        code, typed = "NULL::VARCHAR", f"{_quoted(said.type.value)}" if isinstance(said.type, ClaimType) else ""
        of_act = "NULL::VARCHAR AS mode, NULL::VARCHAR AS context, NULL::DOUBLE AS goldstein, NULL::DOUBLE AS score"
        joined, coded = "", "true"
        if isinstance(said.type, Act):
            code = self._code(said.type)
            if said.type.code:
                joined = f"LEFT JOIN act ON act.scheme = '{said.type.scheme}' AND act.code = keyed.code"
                typed, of_act, coded = "act.type", "act.mode, act.context, act.goldstein, act.score", \
                    "act.code IS NOT NULL"
            else:
                cases = " ".join(f"WHEN {_quoted(value)} THEN {_quoted(one.value)}"
                                 for value, one in sorted(said.type.values.items()))
                typed, coded = f"CASE keyed.code {cases} ELSE NULL END", \
                    f"coalesce(keyed.code IN ({', '.join(map(_quoted, sorted(said.type.values)))}), false)"
        wanted = " AND ".join([f"len(f) = {len(self._place)}", *(
            f"{self(name)} IN ({', '.join(map(_quoted, values))})" for name, values in sorted(said.when.items()))])
        roles = ((said.source, "source"), (said.target, "target"))
        sides = [self._side(side, role) for side, role in roles]
        parts = ["raw", *(self._parts(side, role) for side, role in roles if side.split)]
        return f"""
            SELECT record, {place} AS claim, keyed.code AS code, {typed} AS type, {coded} AS is_coded,
                   source_key, source_told, source_sectors, target_key, target_told, target_sectors, {of_act}
            FROM (SELECT record, {code} AS code, {', '.join(sides)} FROM {', '.join(parts)} WHERE {wanted}) AS keyed
            {joined}"""

    def _code(self, act: Act) -> str:
        """The code of an act; with its root, where a zero at its head was lost."""
        value = self(act.code or act.column or "")
        if not act.root:
            return value
        root = f"lpad({self(act.root)}, 2, '0')"
        return (f"(CASE WHEN {value} IS NULL OR {self(act.root)} IS NULL THEN NULL "
                f"WHEN starts_with({value}, {root}) THEN {value} "
                f"WHEN starts_with('0' || {value}, {root}) THEN '0' || {value} ELSE {value} END)")

    def _side(self, side: Side, role: str) -> str:
        code, name, country = (self.text(one) for one in (side.code, side.name, side.country))
        if side.split:
            code, name = f"{role}_part.code", f"{role}_part.name"
        key = " || chr(31) || ".join([_quoted(side.scheme), f"coalesce({code}, '')", f"coalesce({name}, '')",
                                      f"coalesce({country}, '')", _quoted(side.country_scheme),
                                      f"coalesce({self.text(side.place)}, '')"])
        return (f"CASE WHEN {code} IS NULL AND {name} IS NULL THEN NULL ELSE {key} END AS {role}_key, "
                f"coalesce({name}, {code}) AS {role}_told, {self.text(side.sectors)} AS {role}_sectors")

    def _parts(self, side: Side, role: str) -> str:
        """The actors of one field, a row each; a name goes with a code where there are as many."""
        codes, names = (f"string_split({self.text(one)}, {_quoted(side.split or '')})"
                        for one in (side.code, side.name))
        listed = codes if side.code else names
        code, name = (f"CASE WHEN trim({one}[place]) NOT IN ({self._missing}) THEN trim({one}[place]) END"
                      for one in (codes, names))
        code = code if side.code else "NULL::VARCHAR"
        name = f"CASE WHEN len({names}) = len({listed}) THEN {name} END"
        return (f"unnest(CASE WHEN {listed} IS NULL THEN [{{'code': NULL::VARCHAR, 'name': NULL::VARCHAR}}] ELSE "
                f"list_transform(range(1, len({listed}) + 1), lambda place: {{'code': {code}, 'name': {name}}}) END) "
                f"AS {role}_parts({role}_part)")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
