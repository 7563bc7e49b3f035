"""What users lay over the registry: files of their own facts, of Wikidata queries, of FollowTheMoney."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sides.actors import followthemoney, wikidata
from sides.actors.names import fold
from sides.actors.tables import COLUMNS, DEFAULTS, KEYS, REFERENCES, SLUG, Row, Tables, fault
from sides.model.errors import RegistryError

OPS = ("add", "override", "remove")
# Of what these tables tell there is one row.
UNIQUE = frozenset(("actors", "heads", "stops", "offices", "sources"))


@dataclass(frozen=True, slots=True)
class OverlayFile:
    """A registry overlay with its content, so that it means the same when its file has changed or gone."""

    name: str  # of the file: a table may be named by it, and messages name it
    content: bytes

    @classmethod
    def read(cls, path: Path) -> OverlayFile:
        """The file at a path. Raises `RegistryError` if it cannot be read or is no UTF-8 text."""
        try:
            content = path.read_bytes()
            content.decode("utf-8")
        except OSError as error:
            raise RegistryError(f"The registry overlay {path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise RegistryError(f"The registry overlay {path} is not UTF-8 text. Save it as UTF-8.") from error
        return cls(str(path), content)

    @property
    def suffix(self) -> str:
        """How its name ends, in small letters: ".toml"."""
        return Path(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without folder and suffix."""
        return Path(self.name).stem

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.content.decode("utf-8-sig")


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


def lay_over(tables: Tables, overlays: Sequence[Path | OverlayFile], origins: dict[tuple[str, Row], str] | None = None,
             refused: list[str] | None = None) -> str:
    """Apply overlays to the tables in place, in the order given, and return a digest of their bytes.

    `origins` is told file and line of each row that is added or changed. Raises `RegistryError` for a file or row that
    makes no sense, unless there is a list of those `refused`: then what is wrong is put there, and the rest applied.
    """
    digest = hashlib.sha256()
    laid = Laid(tables)
    for overlay in overlays:
        try:
            file = overlay if isinstance(overlay, OverlayFile) else OverlayFile.read(overlay)
            changes = overlay_rows(file, tables, refused)
            digest.update(file.content)
        except RegistryError as error:
            _refuse(error, refused)
            continue
        applied = []
        for change in changes:
            try:
                _check(change)
                for row in laid.apply(change):
                    if origins is not None:
                        origins[change.table, row] = change.where
                applied.append(change)
            except RegistryError as error:
                _refuse(error, refused)
        for _, dangling in _dangling(tables, applied):
            _refuse(dangling, refused)
    return digest.hexdigest()[:16] if overlays else ""


def _refuse(error: RegistryError, refused: list[str] | None) -> None:
    if refused is None:
        raise error
    refused.append(str(error))


def overlay_rows(file: OverlayFile, tables: Tables, refused: list[str] | None = None) -> list[Change]:
    """The changes that a file asks for, in its order. Raises `RegistryError` for a file that has none.

    Results of a Wikidata query and entities of FollowTheMoney become rows of actors that the tables know, or of new
    ones; a row of these that makes no sense is put into `refused`, if there is such a list, and raised if not.
    """
    def refuse(error: RegistryError) -> None:
        _refuse(error, refused)

    if file.suffix == ".toml":
        return list(_toml(file.name, file.text))
    entities = followthemoney.entities(Path(file.name), file.text, refuse)
    if entities is not None:
        return [Change(*change) for change in followthemoney.changes(entities, tables, refuse)]
    results = wikidata.results(Path(file.name), file.text, refuse)
    if results is not None:
        return [Change(*change) for change in wikidata.changes(results, tables, refuse)]
    return list(_delimited(file))


def canonical(name: str, changes: Sequence[Change]) -> OverlayFile:
    """An overlay of some changes that reads as they do: a table of tabs, one row a change, in their order."""
    columns = sorted({column for change in changes for column in change.cells})
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(("table", "op", *columns))
    writer.writerows((change.table, change.op, *(change.cells.get(column, "") for column in columns))
                     for change in changes)
    return OverlayFile(name, text.getvalue().encode("utf-8"))


def usable(file: OverlayFile, tables: Tables, refused: list[str]) -> list[Change]:
    """Those changes of a file that can be made to the tables, which are changed by them; why others can't is told.

    Raises `RegistryError` for a file that has no changes at all to tell.
    """
    laid, made = Laid(tables), []
    for change in overlay_rows(file, tables, refused):
        try:
            _check(change)
            laid.apply(change)
            made.append(change)
        except RegistryError as error:
            refused.append(str(error))
    dangling = list(_dangling(tables, made))
    refused += [str(error) for _, error in dangling]
    without = {id(change) for change, _ in dangling}
    return [change for change in made if id(change) not in without]


def _delimited(file: OverlayFile) -> Iterator[Change]:
    """A CSV or TSV file: the table is named in its `table` column, or by the file: `names.csv`."""
    if file.suffix not in (".csv", ".tsv"):
        raise RegistryError(f"{file.name} is no registry overlay. Give a .toml, .csv or .tsv file, results of a "
                            "Wikidata query as .json, .csv or .tsv with a column item, or entities of FollowTheMoney "
                            "as JSON lines.")
    delimiter = "," if file.suffix == ".csv" else "\t"
    reader = csv.DictReader(io.StringIO(file.text), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            where = f"{file.name} line {reader.line_num}"
            if None in cells or None in cells.values():
                raise RegistryError(f"{where}: {len(reader.fieldnames or ())} columns expected, as in the header.")
            kept = {column.strip(): (value or "").strip() for column, value in cells.items()}
            table, op = kept.pop("table", "") or file.stem, kept.pop("op", "") or "add"
            yield Change(table, op, {key: value for key, value in kept.items() if value}, where)
    except csv.Error as error:
        raise RegistryError(f"{file.name} line {reader.line_num}: {error}.") from error


def _toml(path: str, text: str) -> Iterator[Change]:
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


def _key(table: str, row: Sequence[str]) -> Row:
    if table == "names":
        return (row[0], fold(row[1]))
    return tuple(row[: KEYS[table]])


class Laid:
    """Tables under change, with the places of their rows by key, for overlays of any size."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._places: dict[str, dict[Row, list[int]]] = {}

    def apply(self, change: Change) -> list[Row]:
        """Make a change, and give the rows that it added or changed. Raises `RegistryError` where it cannot be made."""
        rows, new = self.tables[change.table], change.row()
        key = _key(change.table, new)
        places = self._of(change.table)
        found = places.get(key, [])
        what = " ".join(new[: KEYS[change.table]])
        if change.op == "add":
            if found and change.table in UNIQUE:
                raise RegistryError(f"{change.where}: {what!r} is in the registry already. Use op override to change "
                                    "it.")
            if new not in (rows[place] for place in found):
                places.setdefault(key, []).append(len(rows))
                rows.append(new)
            return [new]
        if not found:
            raise RegistryError(f"{change.where}: {what!r} is not in {change.table}, so there is nothing to "
                                f"{change.op}.")
        if change.op == "override":
            columns = COLUMNS[change.table]
            for place in found:
                rows[place] = tuple(change.cells.get(column, old)
                                    for column, old in zip(columns, rows[place], strict=True))
            return [rows[place] for place in found]
        gone = frozenset(found)
        self._keep(change.table, [row for place, row in enumerate(rows) if place not in gone])
        if change.table == "actors":
            for table, actors in REFERENCES.items():
                if table != "actors":
                    self._keep(table, [row for row in self.tables[table]
                                       if new[0] not in (row[column] for column in actors)])
        return []

    def _of(self, table: str) -> dict[Row, list[int]]:
        found = self._places.get(table)
        if found is None:
            found = self._places[table] = {}
            for place, row in enumerate(self.tables[table]):
                found.setdefault(_key(table, row), []).append(place)
        return found

    def _keep(self, table: str, rows: list[Row]) -> None:
        self.tables[table] = rows
        self._places.pop(table, None)


def _dangling(tables: Tables, changes: Sequence[Change]) -> Iterator[tuple[Change, RegistryError]]:
    """The changes of an overlay that speak of an actor that is nowhere."""
    known = {row[0] for row in tables["actors"]}
    columns = {"actors": ("country",), "names": ("actor",), "roles": ("person", "organization"),
               "relations": ("child", "parent"), "codes": ("actor",)}
    for change in changes:
        for column in columns.get(change.table, ()) if change.op != "remove" else ():
            value = change.cells.get(column)
            if value and value not in known:
                yield change, RegistryError(f"{change.where}: no actor has the id {value!r}. Add it to actors first.")
