"""The registry's tables: tab-separated facts, and the overlays that users lay over them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from sides.actors import wikidata
from sides.actors.names import fold
from sides.model.actor import ActorKind
from sides.model.dates import PartialDate
from sides.model.errors import DateError, RegistryError

Row = tuple[str, ...]
Tables = dict[str, list[Row]]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actors": ("id", "kind", "label", "description", "country", "begin", "end", "wikidata", "source", "source_ref"),
    "names": ("actor", "name", "type", "lang", "begin", "end", "strength", "case", "source", "source_ref"),
    "roles": ("person", "office", "organization", "begin", "end", "precision", "source", "source_ref"),
    "relations": ("child", "relation", "parent", "begin", "end", "source", "source_ref"),
    "codes": ("actor", "scheme", "value", "begin", "end", "source", "source_ref"),
    "heads": ("noun", "treatment", "source", "source_ref"),
    "offices": ("title", "office", "relation", "source", "source_ref"),
    "stops": ("name", "reason", "source", "source_ref"),
    "sources": ("key", "licence", "citation", "version", "horizon"),
}
# The columns that say which fact a row is about; the rest is what it says.
KEYS: Mapping[str, int] = {
    "actors": 1, "names": 2, "roles": 3, "relations": 3, "codes": 3, "heads": 1, "offices": 1, "stops": 1, "sources": 1,
}
ALLOWED: Mapping[tuple[str, str], frozenset[str]] = {
    ("actors", "kind"): frozenset(ActorKind),
    ("names", "type"): frozenset(
        ("name", "official", "former", "abbr", "demonym", "capital", "seat", "nickname", "surname")),
    ("names", "strength"): frozenset(("alone", "context", "never-alone")),
    ("names", "case"): frozenset(("any", "exact")),
    ("roles", "precision"): frozenset(("day", "month", "year", "unknown-end", "next-holder", "")),
    ("relations", "relation"): frozenset(
        ("part_of", "wing_of", "member_of", "splinter_of", "merged_into", "successor_of")),
    ("heads", "treatment"): frozenset(("pass", "organ", "people", "role", "not-actor", "bloc")),
    ("offices", "relation"): frozenset(("leads", "official_of")),
}
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "actors": {"kind": "organization"},
    "names": {"type": "name", "lang": "en", "strength": "alone", "case": "any"},
}
OPS = ("add", "override", "remove")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an overlay, and where it stands."""

    table: str
    op: str
    cells: Mapping[str, str]
    where: str  # file and line, for messages

    def row(self) -> Row:
        """All columns, with what a new row of this table has where nothing is said."""
        defaults = DEFAULTS.get(self.table, {})
        return tuple(self.cells.get(column) or defaults.get(column, "") for column in COLUMNS[self.table])


def shipped() -> tuple[Tables, str]:
    """The tables that come with the package, and a digest of their bytes."""
    folder = resources.files("sides").joinpath("data", "registry")
    tables: Tables = {}
    digest = hashlib.sha256()
    for table, columns in COLUMNS.items():
        raw = folder.joinpath(f"{table}.tsv").read_bytes()
        digest.update(raw)
        tables[table] = parse(raw.decode("utf-8"), columns, f"{table}.tsv")
    return tables, digest.hexdigest()[:16]


def parse(text: str, columns: Sequence[str], name: str) -> list[Row]:
    r"""The rows of a table. Raises `RegistryError` where the header or a row has other columns.

    >>> parse("noun\ttreatment\nwar\tnot-actor\n", ("noun", "treatment"), "heads.tsv")
    [('war', 'not-actor')]
    """
    lines = text.split("\n")
    if tuple(lines[0].split("\t")) != tuple(columns):
        raise RegistryError(f"{name} line 1: the columns must be {', '.join(columns)}.")
    width = len(columns)
    rows = [tuple(line.split("\t")) for line in lines[1:] if line]
    if set(map(len, rows)) - {width}:
        line = next(number for number, cells in enumerate(lines[1:], 2) if cells and len(cells.split("\t")) != width)
        raise RegistryError(f"{name} line {line}: {width} columns expected, separated by tabs.")
    return rows


def lay_over(tables: Tables, overlays: Sequence[Path], origins: dict[tuple[str, Row], str] | None = None,
             refused: list[str] | None = None) -> str:
    """Apply overlays to the tables in place, in the order given, and return a digest of their bytes.

    `origins` is told file and line of each row that is added or changed. Raises `RegistryError` for a file or row that
    makes no sense, unless there is a list of those `refused`: then what is wrong is put there, and the rest applied.
    """
    digest = hashlib.sha256()
    for path in overlays:
        try:
            changes, raw = _read(path, tables)
            digest.update(raw)
        except RegistryError as error:
            _refuse(error, refused)
            continue
        applied = []
        for change in changes:
            try:
                _check(change)
                for row in _apply(tables, change):
                    if origins is not None:
                        origins[change.table, row] = change.where
                applied.append(change)
            except RegistryError as error:
                _refuse(error, refused)
        for dangling in _dangling(tables, applied):
            _refuse(dangling, refused)
    return digest.hexdigest()[:16] if overlays else ""


def _refuse(error: RegistryError, refused: list[str] | None) -> None:
    if refused is None:
        raise error
    refused.append(str(error))


def _read(path: Path, tables: Tables) -> tuple[list[Change], bytes]:
    """The changes that an overlay asks for, and its bytes."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise RegistryError(f"The registry overlay {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RegistryError(f"The registry overlay {path} is not UTF-8 text. Save it as UTF-8.") from error
    if path.suffix.lower() == ".toml":
        return list(_toml(path, text)), raw
    results = wikidata.results(path, text)
    if results is not None:
        return [Change(*change) for change in wikidata.changes(results, tables)], raw
    return list(_delimited(path, text)), raw


def _delimited(path: Path, text: str) -> Iterator[Change]:
    """A CSV or TSV file: the table is named in its `table` column, or by the file: `names.csv`."""
    if path.suffix.lower() not in (".csv", ".tsv"):
        raise RegistryError(f"{path} is no registry overlay. Give a .toml, .csv or .tsv file, or results of a Wikidata "
                            "query as .json, .csv or .tsv with a column item.")
    reader = csv.DictReader(io.StringIO(text), delimiter="," if path.suffix.lower() == ".csv" else "\t", strict=True)
    try:
        for cells in reader:
            where = f"{path} line {reader.line_num}"
            if None in cells or None in cells.values():
                raise RegistryError(f"{where}: {len(reader.fieldnames or ())} columns expected, as in the header.")
            kept = {column.strip(): (value or "").strip() for column, value in cells.items()}
            table, op = kept.pop("table", "") or path.stem, kept.pop("op", "") or "add"
            yield Change(table, op, {key: value for key, value in kept.items() if value}, where)
    except csv.Error as error:
        raise RegistryError(f"{path} line {reader.line_num}: {error}.") from error


def _toml(path: Path, text: str) -> Iterator[Change]:
    """A TOML file: `[[actors]]`, `[[names]]`, ... with the columns as keys; an actor may list its `names`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{path}: {error}.") from error
    for table, entries in data.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise RegistryError(f"{path} line {_line(text, table, 0)}: write [[{table}]] above each row.")
        for number, entry in enumerate(entries):
            where = f"{path} line {_line(text, table, number)}"
            names = entry.pop("names", []) if table == "actors" else []
            cells = {key: _cell(value, key, where) for key, value in entry.items()}
            op = cells.pop("op", "add")
            yield Change(table, op, cells, where)
            for name in names if op != "remove" else []:
                yield Change("names", "add", {"actor": cells.get("id", ""), "name": _cell(name, "names", where),
                                              "source": cells.get("source", "")}, where)


def _cell(value: object, key: str, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise RegistryError(f"{where}: {key} must be a text or a date.")
    return " ".join(str(value).split())


def _line(text: str, table: str, number: int) -> int:
    """The line of the n-th `[[table]]`."""
    header = re.compile(rf"\s*\[\[?\s*[\"']?{re.escape(table)}[\"']?\s*\]\]?\s*(#.*)?")
    lines = [place for place, line in enumerate(text.splitlines(), 1) if header.fullmatch(line)]
    return lines[number] if number < len(lines) else 1


def _check(change: Change) -> None:
    """Raise `RegistryError` for a row that makes no sense by itself."""
    if change.table not in COLUMNS:
        raise RegistryError(f"{change.where}: no table is called {change.table!r}. Tables: {', '.join(COLUMNS)}.")
    columns = COLUMNS[change.table]
    if change.op not in OPS:
        raise RegistryError(f"{change.where}: op {change.op!r} is unknown. Use {', '.join(OPS)}.")
    for column in change.cells:
        if column not in columns:
            raise RegistryError(
                f"{change.where}: {change.table} has no column {column!r}. It has {', '.join(columns)}.")
    for column in columns[: KEYS[change.table]]:
        if not change.cells.get(column):
            raise RegistryError(f"{change.where}: {column} is missing.")
    if change.table == "actors":
        if not SLUG.fullmatch(change.cells["id"]):
            raise RegistryError(f"{change.where}: the id {change.cells['id']!r} must be like syrian-national-council.")
        if change.op == "add" and not change.cells.get("label"):
            raise RegistryError(f"{change.where}: label is missing: the name to show for {change.cells['id']!r}.")
    for column, value in change.cells.items():
        problem = fault(change.table, column, value)
        if problem:
            raise RegistryError(f"{change.where}: {problem}")


def fault(table: str, column: str, value: str) -> str | None:
    """What is wrong with a cell, or nothing."""
    allowed = ALLOWED.get((table, column))
    if allowed is not None and value not in allowed:
        return f"{column} {value!r} is unknown. Use one of {', '.join(sorted(filter(None, allowed)))}."
    if column in ("begin", "end") and value:
        try:
            PartialDate.parse(value)
        except DateError as error:
            return f"{column}: {error}"
    return None


def _key(table: str, row: Sequence[str]) -> Row:
    if table == "names":
        return (row[0], fold(row[1]))
    return tuple(row[: KEYS[table]])


def _apply(tables: Tables, change: Change) -> list[Row]:
    """Make a change, and give the rows that it added or changed."""
    rows, new = tables[change.table], change.row()
    key = _key(change.table, new)
    places = [place for place, row in enumerate(rows) if row[0] == new[0] and _key(change.table, row) == key]
    what = " ".join(new[: KEYS[change.table]])
    if change.op == "add":
        if places and change.table in ("actors", "heads", "stops", "offices", "sources"):
            raise RegistryError(f"{change.where}: {what!r} is in the registry already. Use op override to change it.")
        if new not in rows:
            rows.append(new)
        return [new]
    if not places:
        raise RegistryError(f"{change.where}: {what!r} is not in {change.table}, so there is nothing to {change.op}.")
    if change.op == "override":
        columns = COLUMNS[change.table]
        for place in places:
            rows[place] = tuple(change.cells.get(column, old) for column, old in zip(columns, rows[place], strict=True))
        return [rows[place] for place in places]
    for place in reversed(places):
        del rows[place]
    if change.table == "actors":
        gone = new[0]
        for table in ("names", "roles", "relations", "codes"):
            width = 1 if table in ("names", "codes") else 3
            tables[table] = [row for row in tables[table] if gone not in row[:width]]
    return []


def _dangling(tables: Tables, changes: Sequence[Change]) -> Iterator[RegistryError]:
    """Where an overlay speaks of an actor that is nowhere."""
    known = {row[0] for row in tables["actors"]}
    columns = {"actors": ("country",), "names": ("actor",), "roles": ("person", "organization"),
               "relations": ("child", "parent"), "codes": ("actor",)}
    for change in changes:
        for column in columns.get(change.table, ()) if change.op != "remove" else ():
            value = change.cells.get(column)
            if value and value not in known:
                yield RegistryError(f"{change.where}: no actor has the id {value!r}. Add it to actors first.")
