"""What records mean of which the fields are numbers for texts (`sides.events.scan`): asked of each text once.

What is said of a field is `Fields`' SQL, here as everywhere: of the texts of a unit instead of those of each record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from arro3.core import Array, DataType, Table
from numpy.typing import NDArray

from sides.events.fields import Fields, at_its_day, stepped
from sides.events.mapping import SEPARATORS, Mapping
from sides.events.parts import quoted
from sides.events.scan import NO_ID, Found, Layout, Scan

# Columns whose texts are looked up together, and so make one unit: those of an act, and those of each side.
ACT = ("code", "own_mode", "own_context", "own_goldstein", "own_score")
SIDES = tuple(tuple(f"{role}_{key}" for key in ("code", "name", "country", "place")) for role in ("source", "target"))
IDS = ("id", "has_id")


class Units:
    """Reads files of one mapping and header into the table `scanned`. Made by `of`, where the mapping allows it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, fields: Fields, mapping: Mapping, layout: Layout,
                 told: list[dict[str, str]], name: str) -> None:
        self._connection, self._fields, self._said, self._told = connection, fields, mapping.claim[0], told
        (threads,), = connection.execute("SELECT current_setting('threads')").fetchall()
        self._scan, self._layout, self._name = Scan(layout, int(threads)), layout, name
        self._known = [0] * len(told)

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, mapping: Mapping, header: tuple[str, ...],
           name: str) -> Units | None:
        """The units of a mapping, or nothing where its records are told otherwise than by an id and texts that repeat.

        `name`: what the tables' names begin with.
        """
        missing = mapping.table.missing
        if mapping.gives_many or len(mapping.event.id) > 1 or "" not in missing or any(map(str.isdigit, missing)):
            return None
        fields = Fields(mapping, header)
        told = fields.told(mapping.claim[0])
        groups = _grouped({column: _places(value) for column, value in told.items()})
        ids = _places(told["id"])
        units = [group for group in groups if not group[1] & ids]
        if any(column not in IDS for columns, places in groups if places & ids for column in columns) or not any(
                "code" in columns and places for columns, places in units):
            return None
        separator = SEPARATORS[mapping.table.separator]
        layout = Layout(len(header), separator, mapping.table.quoted, mapping.table.header, min(ids) - 1,
                        tuple(tuple(place - 1 for place in sorted(places)) for columns, places in units if places))
        constant = {column: told[column] for columns, places in units if not places for column in columns}
        return cls(connection, fields, mapping, layout, [
            {column: told[column] for column in columns} | (constant if "code" in columns else {})
            for columns, places in units if places], name)

    def scan(self, paths: Sequence[Path]) -> Found:
        """Read files; no other thread may do so meanwhile, but all else may go on."""
        return self._scan.read(paths)

    def take(self, numbers: Sequence[int], read: Found, resolve: Callable[[str], None]) -> dict[int, int]:
        """Put what `scan` read into the table `scanned`; how many records each file has, by its number.

        Those are missing that are not read here. `resolve` is called with queries for whom there is to find out.
        """
        found = {number: one for number, one in zip(numbers, read.files, strict=True) if one and len(one.ids)}
        if found:
            columns: dict[str, list[NDArray[Any]]] = {
                "file": [np.full(len(one.ids), number, np.int32) for number, one in found.items()],
                "record": [np.arange(1, len(one.ids) + 1) for one in found.values()],
                "number": [one.ids for one in found.values()],
                "is_whole": [one.is_whole for one in found.values()],
                **{f"u{place}": [one.codes[place] for one in found.values()] for place in range(len(self._told))}}
            self._with(Table.from_arrays([Array.from_numpy(np.concatenate(parts)) for parts in columns.values()],
                                         names=list(columns)), "CREATE OR REPLACE TEMP TABLE scanned AS FROM numbers")
        self._learn(read.texts, resolve)
        return {number: len(one.ids) for number, one in found.items()}

    def outcome(self) -> str:
        """What `Fields.outcome` is, of the records in `scanned`; `seq` is the record's place in its file `part`."""
        told = ", ".join(f"{self._unit(place)}.* EXCLUDE (unit)" for place in range(len(self._told)))
        joins = " ".join(f"JOIN {self._unit(place)} ON {self._unit(place)}.unit = scanned.u{place}"
                         for place in range(len(self._told)))
        ones, others = (f"scanned.u{self._place_of(columns)}" for columns in SIDES)
        draft = (f"SELECT record AS seq, file AS part, 0 AS claim, is_whole, NULL::VARCHAR AS id, number, "
                 f"number <> {NO_ID} AS has_id, {ones} AS source_unit, {others} AS target_unit, {told} "
                 f"FROM scanned {joins}")
        one, other = (f"{alias}.unit = draft.{role}_unit AND {at_its_day(alias)}"
                      for role, alias in (("source", "one"), ("target", "other")))
        return stepped(draft, one, other, (f"{self._name}_source", f"{self._name}_target"))

    def _learn(self, fresh: list[list[tuple[str | None, ...]]], resolve: Callable[[str], None]) -> None:
        """Put what the texts mean that are new into the tables of the units."""
        for place, (told, texts, wanted) in enumerate(zip(self._told, fresh, self._layout.units, strict=True)):
            if self._known[place] and not texts:
                continue
            table = Table.from_arrays(
                [Array(range(self._known[place], self._known[place] + len(texts)), DataType.int32()),
                 *(Array([text[number] for text in texts], DataType.string()) for number in range(len(wanted)))],
                names=["unit", *(f"c{number + 1}" for number in wanted)])
            meant = f"SELECT unit, {', '.join(f'{value} AS {name}' for name, value in told.items())} FROM numbers"
            if "code" in told:
                meant = self._fields.acted(self._said, meant)
            self._with(table, f"CREATE OR REPLACE TEMP TABLE fresh_units AS {meant}")
            for role, side, columns in (("source", self._said.source, SIDES[0]),
                                        ("target", self._said.target, SIDES[1])):
                if self._place_of(columns) != place:
                    continue
                resolve(f"SELECT DISTINCT {quoted(self._fields.kind_of(side))} AS kind, {role}_code AS code, "
                        f"{role}_name AS name, {role}_country AS country, {role}_place AS place FROM fresh_units")
                meant = (f"SELECT fresh_units.unit, standing.* FROM fresh_units JOIN standing "
                         f"ON {self._fields.kind_and_keys(side, role, 'standing', 'fresh_units')}")
                self._add(f"{self._name}_{role}", meant, is_first=not self._known[place])
            self._add(self._unit(place), "FROM fresh_units", is_first=not self._known[place])
            self._known[place] += len(texts)

    def _with(self, numbers: Table, query: str) -> None:
        """Run a query that reads `numbers`."""
        self._connection.execute("DROP VIEW IF EXISTS numbers")
        self._connection.register("numbers", numbers)
        self._connection.execute(query)
        self._connection.unregister("numbers")

    def _add(self, table: str, rows: str, *, is_first: bool) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {rows}" if is_first
                                 else f"INSERT INTO {table} {rows}")

    def _unit(self, place: int) -> str:
        return f"{self._name}_unit_{place}"

    def _place_of(self, columns: tuple[str, ...]) -> int:
        (place,) = [place for place, told in enumerate(self._told) if columns[0] in told]
        return place


def _places(value: str) -> set[int]:
    """The columns, from 1, of which an expression speaks: texts in it are left out."""
    return {int(place) for place in re.findall(r"\bc(\d+)\b", re.sub(r"'(?:[^']|'')*'", "''", value))}


def _grouped(places: dict[str, set[int]]) -> list[tuple[list[str], set[int]]]:
    """Names whose places overlap, or that belong together, with all their places."""
    groups: list[tuple[list[str], set[int]]] = []
    for names in (IDS, ACT, *SIDES, *((name,) for name in places if name not in {*IDS, *ACT, *SIDES[0], *SIDES[1]})):
        own, held = list(names), set().union(*(places[name] for name in names))
        apart = []
        for group in groups:
            if group[1] & held:
                own, held = group[0] + own, group[1] | held
            else:
                apart.append(group)
        groups = [*apart, (own, held)]
    return groups
