"""Events of many files in one pass, in bounded memory: gathered in a database on disk, then told as a panel."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mappings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import duckdb

from sides.actors.registry import Registry
from sides.events.account import Account
from sides.events.blocks import Block, blocks_of
from sides.events.converter import COLUMNS, Converter
from sides.events.mapping import Mapping, shipped
from sides.events.mentions import (
    MENTIONED,
    PUBLISHERS,
    TOLD_BY,
    mention_accounts,
    repeated_mentions,
    without_event,
)
from sides.events.pairs import of_pairs, pair_accounts
from sides.events.recognize import recognized
from sides.events.sides import Sides
from sides.model.errors import InputError

Every = Literal["day", "week", "month", "year"]
MEMORY = "2GB"
SIZE = re.compile(r"\d+(?:\.\d+)? ?[KMGT]i?B", re.IGNORECASE)
# What is kept of an event for panels; `text` and the like stay in the files.
KEPT = ("dataset", "id", "file", "record", "source", "target", "type", "sign", "layer", "quad", "goldstein", "score",
        "start_first", "code", "publisher")
PANEL = """
    WITH once AS (
        SELECT * FROM gathered
        QUALIFY row_number() OVER (PARTITION BY dataset, id ORDER BY file, record) = 1),
    placed AS (
        SELECT *, {period} AS period FROM once{told_by}),
    counted AS (
        SELECT dataset, period, source, target, layer, quad,
               count(*) AS events, count(DISTINCT (start_first, code)) AS acts,
               count(*) FILTER (sign > 0) AS cooperative, count(*) FILTER (sign < 0) AS hostile,
               sum(round(goldstein * 10)::BIGINT) / 10 AS goldstein_sum, count(goldstein) AS scaled,
               {publishers} AS publishers
        FROM placed GROUP BY ALL)
    SELECT dataset, period, source, target, layer, quad, events, acts, cooperative, hostile, goldstein_sum,
           goldstein_sum / nullif(scaled, 0) AS goldstein_mean, publishers,
           sum(events) OVER (PARTITION BY dataset, period) AS all_events,
           events / sum(events) OVER (PARTITION BY dataset, period) AS share
    FROM counted ORDER BY dataset, period, source, target, layer, quad"""
PERIODS: dict[Every, str] = {"day": "start_first", "week": "date_trunc('week', start_first)::DATE",
                             "month": "date_trunc('month', start_first)::DATE",
                             "year": "date_trunc('year', start_first)::DATE"}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: its account, or why it could not be read."""

    file: str
    account: Account | None
    error: InputError | None = None


class Gathering:
    """Reads files of events into a database of its own. Made by `gathering`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mappings: Mappings[str, Mapping],
                 registry: Registry) -> None:
        self.connection = connection
        self._mappings, self._sides = mappings, Sides(registry)
        self._converters: dict[str, Converter] = {}
        columns = ", ".join(f"{name} {COLUMNS[name]}" for name in KEPT)
        connection.execute(f"CREATE TABLE gathered ({columns})")
        connection.execute(f"CREATE TABLE mentioned ({', '.join(f'{name} {one}' for name, one in MENTIONED.items())})")
        connection.execute("CREATE TABLE refused (file VARCHAR, record BIGINT, reason VARCHAR, text VARCHAR)")

    def read(self, paths: Iterable[Path], dataset: str | None = None) -> Iterator[Told]:
        """Read files, each by the mapping that it fits or by one; what cannot be read costs itself alone."""
        for path in paths:
            try:
                yield Told(str(path), self._read(path, dataset or recognized(path, self._mappings)))
            except InputError as error:
                for table in ("gathered", "refused", "mentioned"):  # what came before the place where it broke
                    self.connection.execute(f"DELETE FROM {table} WHERE file = ?", [str(path)])
                yield Told(str(path), None, error)

    def _read(self, path: Path, name: str) -> Account:
        mapping, account = self._mappings[name], None
        for one in self._accounts(name, mapping, (replace(block, file=str(path))
                                                  for block in blocks_of(path, mapping.table))):
            if not mapping.mention:
                self.connection.execute(f"INSERT INTO gathered SELECT {', '.join(KEPT)} FROM converted")
            self.connection.execute("INSERT INTO refused FROM left_out")
            account = account.with_more(one) if account else one
        assert account is not None
        return account

    def _accounts(self, name: str, mapping: Mapping, blocks: Iterator[Block]) -> Iterator[Account]:
        """What becomes of some blocks at a time; after each, `converted` and `left_out` have what came of them."""
        if mapping.mention:
            return mention_accounts(self.connection, mapping, blocks)
        if name not in self._converters:
            read_as = of_pairs(mapping) if mapping.pairs else mapping
            self._converters[name] = Converter(self.connection, read_as, self._sides)
        converter = self._converters[name]
        return pair_accounts(converter, mapping, blocks) if mapping.pairs else map(converter.convert, blocks)

    def repeated(self) -> dict[str, int]:
        """How many records of each file bear an id that stands in another record before it, by file and place."""
        return dict(self.connection.execute(
            "SELECT file, count(*) FROM (SELECT file FROM gathered QUALIFY row_number() OVER "
            "(PARTITION BY dataset, id ORDER BY file, record) > 1) GROUP BY file").fetchall()
        ) | repeated_mentions(self.connection)

    def without_event(self) -> dict[str, int]:
        """How many mentions of each file are of events that were not read, or were left out."""
        return without_event(self.connection)

    def panel(self, every: Every = "month") -> duckdb.DuckDBPyRelation:
        """A row for each dataset, period, directed dyad, layer and quad class, sorted; each event counted once."""
        mentions = self.connection.execute("FROM mentioned LIMIT 1").fetchall()
        return self.connection.sql(PANEL.format(
            period=PERIODS[every], publishers=PUBLISHERS if mentions else "count(DISTINCT publisher)",
            told_by=TOLD_BY if mentions else ""))

    def left_out(self) -> duckdb.DuckDBPyRelation:
        """Each record that is no event, with its file, its place and the reason."""
        return self.connection.sql("SELECT * FROM refused ORDER BY file, record")


def checked_memory(size: str) -> str:
    """A size of memory. Raises `ValueError` for what is none."""
    if not SIZE.fullmatch(size):
        raise ValueError(f"{size!r} is no size of memory. Write a number and its unit: 500MB, 2GB.")
    return size


@contextmanager
def gathering(*, mappings: Mappings[str, Mapping] | None = None, registry: Registry | None = None,
              memory: str = MEMORY) -> Iterator[Gathering]:
    """Files of events, gathered in a database that lasts as long as the context.

    `memory`: what the database may take ("2GB"); past it, it works on disk. Raises `ValueError` where it is no size.
    """
    with database(memory) as connection:
        yield Gathering(connection, shipped() if mappings is None else mappings, registry or Registry.load())


@contextmanager
def database(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own that lasts as long as the context. Raises `ValueError` where `memory` is no size."""
    memory = checked_memory(memory)
    with tempfile.TemporaryDirectory(prefix="sides-events-") as folder:
        connection = duckdb.connect(f"{folder}/events.duckdb", config={"memory_limit": memory,
                                                                      "temp_directory": f"{folder}/spill"})
        try:
            yield connection
        finally:
            connection.close()
