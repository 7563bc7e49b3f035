"""Events of many files in one pass, in bounded memory: gathered in a database on disk, then told as a panel."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mappings
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from sides.actors.registry import Registry
from sides.events.account import Account
from sides.events.blocks import blocks_of, check_header
from sides.events.converter import COLUMNS, Converter, checked, lay_out
from sides.events.fields import READ, REASONS
from sides.events.gaps import Gap, gaps_in
from sides.events.mapping import Event, Mapping, shipped
from sides.events.mentions import MENTIONED, mention_accounts, repeated_mentions, without_event
from sides.events.pairs import of_pairs, pair_accounts
from sides.events.panel import PERIODS, Every, panel_sql
from sides.events.parts import Part, done, parts_of
from sides.events.portions import Laid, lay_down, take_up
from sides.events.recognize import recognized
from sides.events.sides import Sides
from sides.model.errors import InputError

__all__ = ["KEPT", "MEMORY", "PERIODS", "SIZE", "Every", "Gathering", "Told", "database", "gathering", "limit_of",
           "size_of"]

MEMORY = "2GB"
SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT])(i?)B", re.IGNORECASE)
# What the process needs beside DuckDB's own limit: the interpreter and the registry, blocks of text on their way, and
# what DuckDB does not count. benchmarks/events.py watches the peak of the whole.
BESIDE = 450_000_000
# Of text that is read at once. More takes no less time, and the keys of a hundred megabytes are few.
BATCH_BYTES = 256_000_000
BATCH_FILES = 1000
# What is kept of an event for panels; `text` and the like stay in the files.
KEPT = ("dataset", "id", "file", "record", "source", "target", "type", "sign", "layer", "quad", "goldstein", "score",
        "start_first", "code", "publisher")
# Of these, what is kept as a number; the view `gathered` has it in words.
NUMBERED = ("dataset", "id", "file", "record", "source", "target", "type", "sign", "layer", "quad")
PLAIN = tuple(name for name in KEPT if name not in NUMBERED)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: its account, or why it could not be read."""

    file: str
    account: Account | None
    error: InputError | None = None


@dataclass(slots=True)
class _Reading:
    """A file that is being read, or was: `number` is its place among all."""

    path: Path
    number: int
    dataset: str = ""
    records: int = 0
    recoded: int = 0
    account: Account | None = None  # of a file that is read by itself
    error: InputError | None = None
    is_listed: bool = False  # whether `refused` has what was left out of it


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some files that were read by one gathering, for another to take up; their rows lie in Parquet."""

    readings: tuple[_Reading, ...]
    rows: tuple[Laid, ...]


@dataclass(slots=True)
class _Batch:
    """Parts of files that can be read at once."""

    parts: list[tuple[_Reading, Part]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.parts) >= BATCH_FILES or sum(part.size for _, part in self.parts) >= BATCH_BYTES

    def takes(self, reading: _Reading, part: Part) -> bool:
        """Whether a part is laid out as the others are."""
        return not self.parts or [(reading.dataset, part.header, part.separator, part.skip)] == [
            (other.dataset, one.header, one.separator, one.skip) for other, one in self.parts[:1]]

    def drop(self, reading: _Reading) -> None:
        """Leave out what is there of a file."""
        for other, part in self.parts:
            if other is reading:
                done(part)
        self.parts = [one for one in self.parts if one[0] is not reading]


class Gathering:
    """Reads files of events into a database of its own. Made by `gathering`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mappings: Mappings[str, Mapping],
                 registry: Registry, folder: Path) -> None:
        self.connection, self._folder = connection, folder
        self._mappings, self._sides = mappings, Sides(registry)
        self._converters: dict[str, Converter] = {}
        self._readings: list[_Reading] = []
        self._has_later = False
        lay_out(connection)
        connection.execute("CREATE TABLE read_file (number INTEGER, file VARCHAR, dataset VARCHAR)")
        # What lasts as long as one read is not worth the time of compressing it.
        connection.execute("SET force_compression = 'uncompressed'")
        connection.execute("CREATE TABLE kept (file INTEGER, record BIGINT, number BIGINT, id VARCHAR, "
                           "source INTEGER, target INTEGER, meaning TINYINT, "
                           + ", ".join(f"{name} {COLUMNS[name]}" for name in PLAIN) + ")")
        connection.execute("CREATE TABLE counted (file INTEGER, step TINYINT, day DATE, records BIGINT, claims BIGINT, "
                           "unknown BIGINT, last DATE)")
        connection.execute(f"CREATE TABLE mentioned ({', '.join(f'{name} {one}' for name, one in MENTIONED.items())})")
        connection.execute("CREATE TABLE refused (file VARCHAR, record BIGINT, reason VARCHAR, text VARCHAR)")
        connection.execute("CREATE TEMP TABLE area AS SELECT number AS meaning, sign, layer, quad, "
                           "dense_rank() OVER (ORDER BY layer, quad)::TINYINT AS number FROM meaning")
        words = {"dataset": "read_file.dataset", "id": "coalesce(kept.number::VARCHAR, id)", "file": "read_file.file",
                 "source": "one.actor", "target": "other.actor"}
        connection.execute(
            f"CREATE TEMP VIEW gathered AS SELECT {', '.join(f'{words.get(name, name)} AS {name}' for name in KEPT)} "
            "FROM kept JOIN read_file ON read_file.number = kept.file JOIN meaning ON meaning.number = kept.meaning "
            "JOIN actor AS one ON one.number = kept.source JOIN actor AS other ON other.number = kept.target")

    def read(self, paths: Iterable[Path], dataset: str | None = None) -> Iterator[Told]:
        """Read files, each by the mapping that it fits or by one; what cannot be read costs itself alone."""
        batch, waiting = _Batch(), list[_Reading]()
        for path in paths:
            reading = _Reading(path, len(self._readings))
            self._readings.append(reading)
            waiting.append(reading)
            try:
                for part in self._parts(reading, dataset):
                    if batch.is_full or not batch.takes(reading, part):
                        self._convert(batch)
                    batch.parts.append((reading, part))
            except InputError as error:  # what came before the place where it broke is not kept either
                reading.error, reading.account = error, None
                batch.drop(reading)
                for table, file in (("kept", reading.number), ("counted", reading.number), ("mentioned", str(path))):
                    self.connection.execute(f"DELETE FROM {table} WHERE file = ?", [file])
            if batch.is_full:
                self._convert(batch)
            if not batch.parts:
                yield from self._told(waiting)
                waiting.clear()
        self._convert(batch)
        yield from self._told(waiting)

    def lay_down(self, folder: Path, *, with_left_out: bool = False) -> Gathered:
        """Write what was read into new files of a folder, with the records that were left out or without."""
        if with_left_out:
            self.left_out()
        return Gathered(tuple(self._readings), lay_down(self.connection, folder))

    def take_up(self, gathered: Gathered) -> Iterator[Told]:
        """Take what another gathering laid down for read here; its files are removed. Raises `SidesError`."""
        first, self._has_later = len(self._readings), False
        take_up(self.connection, gathered.rows, first)
        for reading in gathered.readings:
            reading.number += first
        self._readings += gathered.readings
        yield from self._told(list(gathered.readings))

    def _parts(self, reading: _Reading, dataset: str | None) -> Iterator[Part]:
        name = dataset or recognized(reading.path, self._mappings)
        mapping = self._mappings[name]
        reading.dataset = name
        self.connection.execute("INSERT INTO read_file VALUES (?, ?, ?)",
                                [reading.number, str(reading.path), mapping.dataset.name])
        if mapping.pairs or mapping.mention:
            for one in self._accounts(reading):
                self._keep(reading, one)
            return
        if name not in self._converters:
            self._converters[name] = Converter(self.connection, _narrowed(mapping), self._sides)
        for part in parts_of(reading.path, mapping.table, self._folder):
            check_header(part.file, part.header, mapping.table, mapping.used)
            reading.records += part.records
            reading.recoded += part.recoded
            yield part

    def _accounts(self, reading: _Reading) -> Iterator[Account]:
        """Pairs and mentions, some at a time; after each, `converted` and `left_out` have what came of them."""
        mapping = self._mappings[reading.dataset]
        blocks = (replace(block, file=str(reading.path)) for block in blocks_of(reading.path, mapping.table))
        if mapping.mention:
            return mention_accounts(self.connection, mapping, blocks)
        return pair_accounts(Converter(self.connection, of_pairs(mapping), self._sides), mapping, blocks)

    def _keep(self, reading: _Reading, account: Account) -> None:
        """Keep what `converted` has."""
        reading.account = reading.account.with_more(account) if reading.account else account
        if self._mappings[reading.dataset].mention:
            return
        run = self.connection.execute
        run(f"INSERT INTO kept SELECT $file, record, NULL, id, one.number, other.number, meaning.number, "
            f"{', '.join(f'converted.{name}' for name in PLAIN)} FROM converted JOIN meaning USING (type) "
            "JOIN actor AS one ON one.actor = source JOIN actor AS other ON other.actor = target",
            {"file": reading.number})
        run(f"INSERT INTO counted SELECT $file, {READ}, start_first, count(DISTINCT record), count(*), "
            "count(*) FILTER (NOT (source_known AND target_known)), max(coalesce(end_last, start_last)) "
            "FROM converted GROUP BY start_first", {"file": reading.number})
        self._has_later = False

    def _convert(self, batch: _Batch) -> None:
        """Read the parts of a batch, and empty it."""
        if not batch.parts:
            return
        run, parts = self.connection.execute, [part for _, part in batch.parts]
        outcome = self._converters[batch.parts[0][0].dataset].draft(parts, self._folder)
        places = ", ".join(f"({place}, {reading.number}, {part.first})"
                           for place, (reading, part) in enumerate(batch.parts))
        run(f"""
            CREATE OR REPLACE TEMP TABLE outcome AS
            WITH begun AS (SELECT part, min(rowid) AS row FROM raw GROUP BY part),
            of_part(part, file, first) AS (VALUES {places}),
            place AS (SELECT part, file, first - row AS moved FROM begun JOIN of_part USING (part))
            SELECT file, seq + moved AS record, step, id, try_cast(id AS BIGINT) AS number,
                   source_number, target_number, meaning, source_known AND target_known AS known,
                   coalesce(end_last, start_last) AS last, {', '.join(PLAIN)}
            FROM ({outcome}) JOIN place USING (part)""")
        run("INSERT INTO counted SELECT file, step, start_first, count(DISTINCT record), count(*), "
            "count(*) FILTER (NOT known), max(last) FROM outcome GROUP BY ALL")
        run(f"INSERT INTO kept SELECT file, record, CASE WHEN number::VARCHAR = id THEN number END, "
            f"CASE WHEN number::VARCHAR = id THEN NULL ELSE id END, source_number, target_number, meaning, "
            f"{', '.join(PLAIN)} FROM outcome WHERE step = {READ}")
        self._has_later = False
        for part in parts:
            done(part)
        batch.parts.clear()

    def _told(self, readings: list[_Reading]) -> Iterator[Told]:
        """What became of files that were read to their ends."""
        steps: dict[int, list[tuple[Any, ...]]] = {}
        numbers = [one.number for one in readings if one.error is None]
        if numbers:
            for file, *counts in self.connection.execute(
                    "SELECT file, step, sum(claims)::BIGINT, sum(records)::BIGINT, sum(unknown)::BIGINT, min(day), "
                    "max(last) FROM counted WHERE file BETWEEN ? AND ? GROUP BY ALL",
                    [min(numbers), max(numbers)]).fetchall():
                steps.setdefault(file, []).append(tuple(counts))
        for one in readings:
            account = one.account or (None if one.error else self._account(one, steps[one.number]))
            yield Told(str(one.path), None if one.error else account, one.error)

    def _account(self, reading: _Reading, steps: list[tuple[Any, ...]]) -> Account:
        left_out = {REASONS[step]: records for step, _, records, *_ in sorted(steps) if step < READ}
        (read,) = [one for one in steps if one[0] == READ] or [(READ, 0, 0, 0, None, None)]
        _, claims, records, unknown, first, last = read
        name = self._mappings[reading.dataset].dataset.name
        return checked(Account(name, str(reading.path), reading.records, records, claims, unknown, reading.recoded,
                               left_out, first, last))

    def repeated(self) -> dict[str, int]:
        """How many records of each file bear an id that stands in another record before it, by file and place."""
        self._find_later()
        return dict(self.connection.execute(
            "SELECT read_file.file, count(*) FROM later JOIN kept ON kept.rowid = later.row "
            "JOIN read_file ON read_file.number = kept.file GROUP BY ALL ORDER BY ALL").fetchall()
        ) | repeated_mentions(self.connection)

    def without_event(self) -> dict[str, int]:
        """How many mentions of each file are of events that were not read, or were left out."""
        return without_event(self.connection)

    def _find_later(self) -> None:
        """The rows of `kept` whose id stands in an earlier record, by the names of files and places in them."""
        if self._has_later:
            return
        # Only of ids that are there twice is it asked which comes first: few, where all would have to be sorted.
        self.connection.execute("""
            CREATE OR REPLACE TEMP TABLE later AS
            WITH named AS (SELECT kept.rowid AS row, dataset, kept.number, id, read_file.file, file_number, record
                           FROM kept JOIN (SELECT dataset, file, number AS file_number FROM read_file) AS read_file
                           ON kept.file = file_number),
            twice AS (SELECT dataset, number, id FROM named GROUP BY ALL HAVING count(*) > 1)
            SELECT row FROM named SEMI JOIN twice ON named.dataset = twice.dataset
                 AND named.number IS NOT DISTINCT FROM twice.number AND named.id IS NOT DISTINCT FROM twice.id
            QUALIFY row_number() OVER (PARTITION BY dataset, number, id ORDER BY file, file_number, record) > 1""")
        self._has_later = True

    def panel(self, every: Every = "month") -> duckdb.DuckDBPyRelation:
        """A row for each dataset, period, directed dyad, layer and quad class, sorted; each event counted once.

        docs/events.md describes the columns.
        """
        self._find_later()
        self.connection.execute("CREATE OR REPLACE TEMP TABLE gap (dataset VARCHAR, first DATE, last DATE)")
        for one in self.gaps():
            self.connection.execute("INSERT INTO gap VALUES (?, ?, ?)", [one.dataset, one.first, one.last])
        has_mentions = bool(self.connection.execute("FROM mentioned LIMIT 1").fetchall())
        return self.connection.sql(panel_sql(every, has_mentions=has_mentions))

    def gaps(self) -> list[Gap]:
        """Stretches of days without any record that chance does not explain, by dataset."""
        return list(gaps_in(self.connection.execute(
            "SELECT dataset, day, sum(records)::BIGINT FROM counted JOIN read_file ON counted.file = read_file.number "
            "WHERE day IS NOT NULL GROUP BY ALL ORDER BY ALL").fetchall()))

    def left_out(self) -> duckdb.DuckDBPyRelation:
        """Each record that is no event, with its file, place, reason and text: files that have such are read again."""
        run = self.connection.execute
        files = {file for file, in run(f"SELECT DISTINCT file FROM counted WHERE step < {READ}").fetchall()}
        for reading in self._readings:
            if reading.is_listed:
                continue
            reading.is_listed = True
            if reading.account:
                if reading.account.left_out:
                    run("CREATE OR REPLACE TEMP TABLE kept_mentions AS FROM mentioned")
                    for _ in self._accounts(reading):
                        run("INSERT INTO refused FROM left_out")
                    run("TRUNCATE mentioned; INSERT INTO mentioned FROM kept_mentions")
            elif reading.number in files:
                mapping = self._mappings[reading.dataset]
                converter = Converter(self.connection, mapping, self._sides)
                for block in blocks_of(reading.path, mapping.table):
                    converter.convert(replace(block, file=str(reading.path)))
                    run("INSERT INTO refused FROM left_out")
        return self.connection.sql("SELECT * FROM refused ORDER BY file, record")


def _narrowed(mapping: Mapping) -> Mapping:
    """The same without what is not kept, which need then not be read out of the files."""
    event = {name: value for name, value in mapping.event if name in KEPT or name in ("id", "start", "end")}
    claims = mapping.claim if "source_sector" in KEPT else tuple(
        one.model_copy(update={side: getattr(one, side).model_copy(update={"sectors": None})
                               for side in ("source", "target")}) for one in mapping.claim)
    return Mapping(dataset=mapping.dataset, table=mapping.table, event=Event(**event), claim=claims)


@contextmanager
def gathering(*, mappings: Mappings[str, Mapping] | None = None, registry: Registry | None = None,
              memory: str = MEMORY) -> Iterator[Gathering]:
    """Files of events, gathered in a database that lasts as long as the context.

    `memory`: what the process may take ("2GB"); past it, it works on disk. Raises `ValueError` where it is no size.
    """
    with database(memory) as (connection, folder):
        yield Gathering(connection, shipped() if mappings is None else mappings, registry or Registry.load(), folder)


@contextmanager
def database(memory: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database of its own and the folder that it lies in; both last as long as the context.

    Raises `ValueError` where `memory` is no size.
    """
    limit = limit_of(memory)
    with tempfile.TemporaryDirectory(prefix="sides-events-", ignore_cleanup_errors=True) as folder:
        connection = duckdb.connect(f"{folder}/events.duckdb", config={
            "memory_limit": limit, "temp_directory": f"{folder}/spill"})
        try:
            yield connection, Path(folder)
        finally:
            connection.close()


def limit_of(memory: str) -> str:
    """What the database may take where the process may take so much. Raises `ValueError` where that is no size."""
    return f"{max(size_of(memory) - BESIDE, size_of(memory) // 3) // 1000}KB"


def size_of(memory: str) -> int:
    """Bytes of a size of memory. Raises `ValueError` where it is none.

    >>> size_of("2GB"), size_of("1.5 MiB")
    (2000000000, 1572864)
    """
    told = SIZE.fullmatch(memory)
    if told is None:
        raise ValueError(f"{memory!r} is no size of memory. Write a number and its unit: 500MB, 2GB.")
    number, unit, binary = told.groups()
    return int(float(number) * (1024 if binary else 1000) ** ("KMGT".index(unit.upper()) + 1))
