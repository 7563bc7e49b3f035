"""Votes of the UN General Assembly as a layer of their own beside ties: how alike two states vote, year by year.

Votes never become claims: to vote alike is no act toward each other. They are read when asked for, from tables as those
of Bailey, Strezhnev and Voeten are passed around, each told by its columns: votes, roll calls and ideal points.

Agreement: the share of common roll calls in which both voted alike, where to abstain is half way between yes and no.
The S of Signorino and Ritter (1999), Tau-b or Not Tau-b, International Studies Quarterly 43(1), is twice that less one.
Ideal points: Bailey, Strezhnev and Voeten (2017), Estimating Dynamic State Preferences from United Nations Voting
Data, Journal of Conflict Resolution 61(2); they are relative to the agenda of their time, so only distances are told.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from arro3.core import Array, DataType
from arro3.core import Table as Columns

from sides.actors.registry import Registry
from sides.events.account import WHY, Account
from sides.events.blocks import Block, blocks_of, first_lines
from sides.events.database import MEMORY, database
from sides.events.gathering import Told
from sides.events.mapping import Scheme, Table
from sides.events.sides import EARLIEST, LATEST, Sides, voters
from sides.model.errors import InputError, UnknownFormat

DATASET = "un-votes"
# Session n begins in the autumn of 1945 + n: the year that its votes and ideal points are told of.
BEFORE_FIRST_SESSION = 1945


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its columns, the code and name by which it tells of states, and SQL for what it holds."""

    columns: tuple[str, ...]
    scheme: Scheme
    code: str
    name: str
    holds: str
    reason: str


KINDS = {
    # The difference of two votes goes from 0, alike, over 1, where one abstains, to 2, opposed.
    "ballot": Kind(("rcid", "country", "country_code", "vote"), "iso3166-1-alpha2", "country_code", "country",
                   "{rcid} AS rcid, CASE lower({vote}) WHEN 'yes' THEN 2 WHEN 'abstain' THEN 1 WHEN 'no' THEN 0 END "
                   "AS value",
                   "CASE WHEN rcid IS NULL THEN 'id' WHEN voter = '' THEN 'side' WHEN value IS NULL THEN 'code' END"),
    "roll": Kind(("rcid", "session", "date"), "name", "", "",
                 "{rcid} AS rcid, try_cast({session} AS INT) AS session, try_cast({date} AS DATE) AS day",
                 "CASE WHEN rcid IS NULL THEN 'id' WHEN session IS NULL OR day IS NULL THEN 'date' END"),
    "point": Kind(("ccode", "session", "IdealPoint"), "cow", "ccode", "",
                  "try_cast({session} AS INT) AS session, try_cast({IdealPoint} AS DOUBLE) AS value",
                  "CASE WHEN session IS NULL THEN 'date' WHEN voter = '' THEN 'side' "
                  "WHEN value IS NULL THEN 'code' END"),
}
STATES = """
    SELECT {table}.*, coalesce(bearer.actor, standing.actor) AS actor
    FROM {table} JOIN standing ON standing.voter = {table}.voter AND {day} BETWEEN standing.first AND standing.last
    -- Who is a state in one table and its forerunner in another is the one that bore its number then.
    LEFT JOIN bearer ON bearer.number = standing.number AND {day} BETWEEN bearer.first AND bearer.last"""
AGREEMENT = f"""
    WITH voted AS MATERIALIZED (
        SELECT *, session + {BEFORE_FIRST_SESSION} AS year FROM (
            SELECT * FROM ({{ballots}})
            QUALIFY row_number() OVER (PARTITION BY rcid, actor ORDER BY file, record) = 1)),
    alike AS (
        SELECT a.actor AS one, b.actor AS other, a.year, count(*) AS votes,
               sum(2 - abs(a.value - b.value)) / (2 * count(*)) AS agreement
        FROM voted AS a JOIN voted AS b ON a.rcid = b.rcid AND a.actor < b.actor GROUP BY ALL),
    placed AS MATERIALIZED (
        SELECT *, session + {BEFORE_FIRST_SESSION} AS year FROM ({{points}})
        QUALIFY row_number() OVER (PARTITION BY session, actor ORDER BY file, record) = 1),
    apart AS (
        SELECT a.actor AS one, b.actor AS other, a.year, abs(a.value - b.value) AS distance
        FROM placed AS a JOIN placed AS b ON a.year = b.year AND a.actor < b.actor)
    SELECT one, other, year, coalesce(votes, 0) AS votes, agreement, distance
    FROM alike FULL JOIN apart USING (one, other, year) ORDER BY one, other, year"""
# Most votes are cast in December: who bears an ideal point's number then is meant.
VOTING = f"make_date(session + {BEFORE_FIRST_SESSION}, 12, 1)"


BALLOTS = STATES.format(table="cast_vote", day="cast_vote.day").replace("FROM cast_vote", """FROM (
        SELECT ballot.*, session, day FROM ballot JOIN (
            SELECT * FROM roll QUALIFY row_number() OVER (PARTITION BY rcid ORDER BY file, record) = 1) USING (rcid)
    ) AS cast_vote""")
POINTS = STATES.format(table="point", day=VOTING)


class Votes:
    """Reads tables of votes into a database of its own. Made by `voting`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, registry: Registry) -> None:
        self.connection = connection
        self._registry, self._sides = registry, Sides(registry)
        self._asked: set[tuple[str, str, str]] = set()
        for table, columns in (
                ("ballot", "rcid VARCHAR, value TINYINT"), ("roll", "rcid VARCHAR, session INT, day DATE"),
                ("point", "session INT, value DOUBLE")):
            connection.execute(f"CREATE TABLE {table} (file VARCHAR, record BIGINT, voter VARCHAR, {columns})")
        connection.execute("CREATE TABLE refused (file VARCHAR, record BIGINT, reason VARCHAR, text VARCHAR)")
        connection.execute("CREATE TABLE standing (voter VARCHAR, first DATE, last DATE, actor VARCHAR, "
                           "number VARCHAR, is_known BOOLEAN)")
        connection.execute("CREATE TABLE bearer (number VARCHAR, first DATE, last DATE, actor VARCHAR)")

    def read(self, paths: Iterable[Path]) -> Iterator[Told]:
        """Read tables, each as what its columns tell it to be; what cannot be read costs itself alone."""
        for path in paths:
            try:
                yield Told(str(path), self._read(path))
            except InputError as error:
                for table in ("refused", *KINDS):  # what came before the place where it broke
                    self.connection.execute(f"DELETE FROM {table} WHERE file = ?", [str(path)])
                yield Told(str(path), None, error)

    def _read(self, path: Path) -> Account:
        header = set(next(csv.reader(first_lines(path)), ()))
        table = next((name for name, kind in KINDS.items() if set(kind.columns) <= header), None)
        if table is None:
            raise UnknownFormat(str(path), "is no table of votes, roll calls or ideal points",
                                f"Their columns are {'; '.join(', '.join(one.columns) for one in KINDS.values())}.")
        account = None
        for block in blocks_of(path, Table(columns=KINDS[table].columns)):
            one = self._add(table, replace(block, file=str(path)))
            account = account.with_more(one) if account else one
        assert account is not None  # a file without records has been refused
        return account

    def _add(self, table: str, block: Block) -> Account:
        kind, run = KINDS[table], self.connection.execute
        field = {name: f"nullif(trim(f[{place}]), '')" for place, name in enumerate(block.header, 1)}
        code, name = (f"coalesce({field[one]}, '')" if one else "''" for one in (kind.code, kind.name))
        self.connection.register("lines", Columns.from_arrays([Array(block.text.split("\n"), DataType.string())],
                                                              names=["text"]))
        run(f"""
            CREATE OR REPLACE TEMP TABLE told AS
            SELECT *, CASE WHEN NOT is_whole THEN 'columns' ELSE {kind.reason} END AS reason
            FROM (SELECT record, text, len(f) = {len(block.header)} AS is_whole, {code} AS code, {name} AS name,
                         code || name AS voter, {kind.holds.format(**field)}
                  FROM (SELECT row_number() OVER () - 1 + $first AS record, text, string_split(text, $separator) AS f
                        FROM lines))""", {"first": block.first, "separator": block.separator})
        self.connection.unregister("lines")
        if kind.code:
            for one in run("SELECT DISTINCT code, name FROM told WHERE reason IS NULL ORDER BY ALL").fetchall():
                self._resolve(kind.scheme, *one)
        run(f"INSERT INTO {table} BY NAME SELECT * EXCLUDE (text, is_whole, code, name, reason), $file AS file "
            "FROM told WHERE reason IS NULL ORDER BY record", {"file": block.file})
        run("INSERT INTO refused SELECT $file, record, reason, text FROM told WHERE reason IS NOT NULL ORDER BY record",
            {"file": block.file})
        ((read, unknown),) = run("SELECT count(*), count(*) FILTER (voter IN (SELECT voter FROM standing "
                                 "WHERE NOT is_known)) FROM told WHERE reason IS NULL").fetchall()
        reasons = dict(run("SELECT reason, count(*) FROM told WHERE reason IS NOT NULL GROUP BY reason").fetchall())
        return Account(DATASET, block.file, block.records, read, 0, unknown, block.recoded,
                       {reason: reasons[reason] for reason in WHY if reason in reasons})

    def _resolve(self, scheme: Scheme, code: str, name: str) -> None:
        """Find out whom a code or name means: the actor, and its Correlates of War number with all who bore that."""
        if (scheme, code, name) in self._asked:
            return
        self._asked.add((scheme, code, name))
        own = voters().get(name)
        found = [(EARLIEST, LATEST, own, True)] if own else [
            (one.first, one.last, one.actor or code or name, one.is_known)
            for one in self._sides.standings(scheme, code, name, "", "name", "")]
        for first, last, actor, is_known in found:
            number = self._registry.code(actor, "cow")
            self.connection.execute("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)",
                                    [code + name, first, last, actor, number, is_known])
            if number and ("", number, "") not in self._asked:
                self._asked.add(("", number, ""))
                self._add_bearers(number)

    def _add_bearers(self, number: str) -> None:
        """Who bore a state's number, and when: one at a time, and nobody on days on which none did."""
        for one in self._sides.standings("cow", number, "", "", "name", ""):
            for actor, holds in self._registry.coded("cow", number):
                first = max(one.first, holds.start.first if holds.start else EARLIEST)
                last = min(one.last, holds.end.last if holds.end else LATEST)
                if actor == one.actor and first <= last:
                    self.connection.execute("INSERT INTO bearer VALUES (?, ?, ?, ?)", [number, first, last, actor])

    def repeated(self) -> dict[str, int]:
        """How many records of each file tell again what an earlier one told: a state's vote, a roll call, a point."""
        found: dict[str, int] = {}
        for rows, key in ((BALLOTS, "rcid, actor"), ("SELECT * FROM roll", "rcid"), (POINTS, "session, actor")):
            found |= dict(self.connection.execute(
                f"SELECT file, count(*) FROM (SELECT file FROM ({rows}) QUALIFY row_number() OVER "
                f"(PARTITION BY {key} ORDER BY file, record) > 1) GROUP BY file").fetchall())
        return found

    def without_roll_call(self) -> dict[str, int]:
        """How many votes of each file were cast in roll calls that no file tells of: they have no year."""
        return dict(self.connection.execute("SELECT file, count(*) FROM ballot ANTI JOIN roll USING (rcid) "
                                            "GROUP BY file ORDER BY file").fetchall())

    def left_out(self) -> duckdb.DuckDBPyRelation:
        """Each record that was not read, with its file, its place and the reason."""
        return self.connection.sql("SELECT * FROM refused ORDER BY file, record")

    def agreement(self) -> duckdb.DuckDBPyRelation:
        """A row for each dyad and year, sorted: `one`, `other`, `year`, `votes`, `agreement`, `distance`.

        `votes`: roll calls in which both voted; `agreement`: from 0, always opposed, to 1, always alike, null without
        votes; `distance`: between their ideal points, null where one has none.
        """
        return self.connection.sql(AGREEMENT.format(ballots=BALLOTS, points=POINTS))


@contextmanager
def voting(*, registry: Registry | None = None, memory: str = MEMORY) -> Iterator[Votes]:
    """Tables of votes, in a database that lasts as long as the context; `memory` as in `gathering`."""
    with database(memory) as (connection, _):
        yield Votes(connection, registry or Registry.load())
