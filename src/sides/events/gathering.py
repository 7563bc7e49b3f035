"""Events of many files in one pass, in bounded memory: gathered in a database on disk, then told as a panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mappings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from sides.actors.registry import Registry
from sides.events.account import Account
from sides.events.blocks import blocks_of, check_header, header_of
from sides.events.converter import COLUMNS, Converter, checked, lay_out
from sides.events.database import MEMORY, database
from sides.events.fields import READ, REASONS
from sides.events.gaps import Gap, gaps_in
from sides.events.mapping import Event, Mapping, shipped
from sides.events.mentions import MENTIONED, mention_accounts, repeated_mentions, without_event
from sides.events.pairs import of_pairs, pair_accounts
from sides.events.panel import PERIODS, Every, panel_sql
from sides.events.parts import Part, done, is_plain, parts_of, quoted
from sides.events.portions import lay_down, take_up
from sides.events.reading import BATCH_BYTES, BATCH_FILES, Batch, Gathered, Reading, Scanning, Told
from sides.events.recognize import recognized
from sides.events.sides import Sides
from sides.events.units import Units
from sides.model.errors import InputError

__all__ = ["KEPT", "PERIODS", "Every", "Gathered", "Gathering", "Told", "gathering"]

# Of plain files, what is worth loading, and the first time on a machine making, compiled loops for.
SCANNED_BYTES = 100_000_000
# What is kept of an event for panels; `text` and the like stay in the files.
KEPT = ("dataset", "id", "file", "record", "source", "target", "type", "sign", "layer", "quad", "goldstein", "score",
        "start_first", "code", "publisher")
# Of these, what is kept as a number; the view `gathered` has it in words.
NUMBERED = ("dataset", "id", "file", "record", "source", "target", "type", "sign", "layer", "quad")
PLAIN = tuple(name for name in KEPT if name not in NUMBERED)
# What is taken of an outcome beside its place and its id.
OF_OUTCOME = ("step, source_number, target_number, meaning, source_known AND target_known AS known, "
              f"coalesce(end_last, start_last) AS last, {', '.join(PLAIN)}")


class Gathering:
    """Reads files of events into a database of its own. Made by `gathering`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mappings: Mappings[str, Mapping],
                 registry: Registry, folder: Path) -> None:
        self.connection, self._folder = connection, folder
        self._mappings, self._sides = mappings, Sides(registry)
        self._converters: dict[str, Converter] = {}
        self._units: dict[tuple[str, tuple[str, ...]], Units | None] = {}
        self._readings: list[Reading] = []
        self._has_later = False
        lay_out(connection)
        names = sorted({one.dataset.name for one in mappings.values()})
        connection.execute(f"CREATE TYPE dataset AS ENUM ({', '.join(map(quoted, names))})")  # kept as a number
        connection.execute("CREATE TABLE read_file (number INTEGER, file VARCHAR, dataset dataset)")
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
        with ThreadPoolExecutor(1) as pool:
            before, scannings = list[Reading](), list[Scanning]()
            for readings in self._batches(paths, dataset):
                begun = list(self._scannings(readings, pool))  # while the batch before is worked on
                yield from self._read(before, scannings)
                before, scannings = readings, begun
            yield from self._read(before, scannings)

    def _batches(self, paths: Iterable[Path], dataset: str | None) -> Iterator[list[Reading]]:
        """What to read at once."""
        waiting, held = list[Reading](), 0
        for path in paths:
            reading = Reading(path, len(self._readings))
            self._readings.append(reading)
            waiting.append(reading)
            try:
                reading.dataset = dataset or recognized(path, self._mappings)
                held += path.stat().st_size if path.is_file() else 0
                self.connection.execute("INSERT INTO read_file VALUES (?, ?, ?)", [
                    reading.number, str(path), self._mappings[reading.dataset].dataset.name])
            except InputError as error:
                reading.error = error
            if held >= BATCH_BYTES or len(waiting) >= BATCH_FILES:
                yield waiting
                waiting, held = [], 0
        yield waiting

    def _read(self, readings: list[Reading], scannings: list[Scanning]) -> Iterator[Told]:
        """Take what was scanned, and read all else, at once as far as it is alike."""
        scanned = {number for one in scannings for number in self._take(one)}
        batch = Batch()
        for reading in readings:
            if reading.error or reading.number in scanned:
                continue
            try:
                for part in self._parts(reading):
                    if batch.is_full or not batch.takes(reading, part):
                        self._convert(batch)
                    batch.parts.append((reading, part))
            except InputError as error:  # what came before the place where it broke is not kept either
                reading.error, reading.account = error, None
                batch.drop(reading)
                for table, file in (("kept", reading.number), ("counted", reading.number),
                                    ("mentioned", str(reading.path))):
                    self.connection.execute(f"DELETE FROM {table} WHERE file = ?", [file])
        self._convert(batch)
        yield from self._told(readings)

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

    def _scannings(self, readings: list[Reading], pool: ThreadPoolExecutor) -> Iterator[Scanning]:
        """Begin to read, beside all else, what compiled loops may read, where that is much."""
        alike: dict[tuple[str, tuple[str, ...]], list[Reading]] = {}
        for reading in readings:
            if reading.error is None and is_plain(reading.path, self._mappings[reading.dataset].table):
                header = header_of(reading.path, self._mappings[reading.dataset].table)
                alike.setdefault((reading.dataset, header), []).append(reading)
        for (dataset, header), some in alike.items():
            is_much = sum(one.path.stat().st_size for one in some) >= SCANNED_BYTES or (dataset, header) in self._units
            if is_much and (units := self._units_of(dataset, header)):
                yield Scanning(units, some, pool.submit(units.scan, [one.path for one in some]))

    def _take(self, scanning: Scanning) -> Iterator[int]:
        """Convert what was scanned; the numbers of the files that were, for some cannot be."""
        units, readings = scanning.units, scanning.readings
        found = units.take([one.number for one in readings], scanning.found.result(),
                           self._converter(readings[0].dataset).resolve)
        for one in readings:
            one.records = found.get(one.number, 0)
        if found:
            self._keep_outcome(f"SELECT part AS file, seq AS record, number, id, {OF_OUTCOME} FROM ({units.outcome()})")
        yield from found

    def _units_of(self, dataset: str, header: tuple[str, ...]) -> Units | None:
        if (dataset, header) not in self._units:
            mapping = self._mappings[dataset]
            is_read = {*mapping.table.columns, *mapping.used} <= {*header} and not mapping.pairs and not mapping.mention
            self._units[dataset, header] = Units.of(
                self.connection, _narrowed(mapping), header, f"of_{len(self._units)}") if is_read else None
        return self._units[dataset, header]

    def _converter(self, dataset: str) -> Converter:
        if dataset not in self._converters:
            self._converters[dataset] = Converter(self.connection, _narrowed(self._mappings[dataset]), self._sides)
        return self._converters[dataset]

    def _parts(self, reading: Reading) -> Iterator[Part]:
        mapping = self._mappings[reading.dataset]
        if mapping.pairs or mapping.mention:
            for one in self._accounts(reading):
                self._keep(reading, one)
            return
        for part in parts_of(reading.path, mapping.table, self._folder):
            check_header(part.file, part.header, mapping.table, mapping.used)
            reading.records += part.records
            reading.recoded += part.recoded
            yield part

    def _accounts(self, reading: Reading) -> Iterator[Account]:
        """Pairs and mentions, some at a time; after each, `converted` and `left_out` have what came of them."""
        mapping = self._mappings[reading.dataset]
        blocks = (replace(block, file=str(reading.path)) for block in blocks_of(reading.path, mapping.table))
        if mapping.mention:
            return mention_accounts(self.connection, mapping, blocks)
        return pair_accounts(Converter(self.connection, of_pairs(mapping), self._sides), mapping, blocks)

    def _keep(self, reading: Reading, account: Account) -> None:
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

    def _convert(self, batch: Batch) -> None:
        """Read the parts of a batch, and empty it."""
        if not batch.parts:
            return
        parts = [part for _, part in batch.parts]
        outcome = self._converter(batch.parts[0][0].dataset).draft(parts, self._folder)
        places = ", ".join(f"({place}, {reading.number}, {part.first})"
                           for place, (reading, part) in enumerate(batch.parts))
        self._keep_outcome(f"""
            WITH begun AS (SELECT part, min(rowid) AS row FROM raw GROUP BY part),
            of_part(part, file, first) AS (VALUES {places}),
            place AS (SELECT part, file, first - row AS moved FROM begun JOIN of_part USING (part))
            SELECT file, seq + moved AS record, try_cast(text AS BIGINT) AS as_number,
                   CASE WHEN as_number::VARCHAR = text THEN as_number END AS number,
                   CASE WHEN number IS NULL THEN text END AS id, {OF_OUTCOME}
            FROM (SELECT * RENAME (id AS text) FROM ({outcome})) JOIN place USING (part)""",
                           gives_many=self._mappings[batch.parts[0][0].dataset].gives_many)
        for part in parts:
            done(part)
        batch.parts.clear()

    def _keep_outcome(self, outcome: str, *, gives_many: bool = False) -> None:
        """Count what records came to, and keep those that are events."""
        run = self.connection.execute
        run(f"CREATE OR REPLACE TEMP TABLE outcome AS {outcome}")
        records = "count(DISTINCT record)" if gives_many else "count(*)"
        run(f"INSERT INTO counted SELECT file, step, start_first, {records}, count(*), "
            "count(*) FILTER (NOT known), max(last) FROM outcome GROUP BY ALL")
        run(f"INSERT INTO kept SELECT file, record, number, id, source_number, target_number, meaning, "
            f"{', '.join(PLAIN)} FROM outcome WHERE step = {READ}")
        self._has_later = False

    def _told(self, readings: list[Reading]) -> Iterator[Told]:
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

    def _account(self, reading: Reading, steps: list[tuple[Any, ...]]) -> Account:
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
            twice AS (SELECT dataset, number, NULL AS id FROM named WHERE number IS NOT NULL GROUP BY ALL
                      HAVING count(*) > 1
                      UNION ALL
                      SELECT dataset, NULL, id FROM named WHERE number IS NULL GROUP BY ALL HAVING count(*) > 1)
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
