"""Results of Wikidata queries as overlays of the registry: files as query.wikidata.org exports them.

One row is about one `item`. The other variables are used where a query has them: `itemLabel`, `altLabel` or
`itemAltLabel`, `kind` or `instance`, `country`, `inception`, `dissolved` (of the item); `position`, `organization`,
`start`, `end` (a post); `parent`, `relation`, `start`, `end` (what it belongs to); `op`. Queries for each use stand in
`docs/registry.md`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from sides.actors.names import fold
from sides.actors.newcomers import Cells, Change, Newcomers
from sides.model.actor import ActorKind
from sides.model.errors import RegistryError

ENTITY = re.compile(r"<?https?://www\.wikidata\.org/entity/(Q\d+)>?")
QID = re.compile(r"Q\d+")
TYPED = re.compile(r'"(?P<text>.*)"(?:@[\w-]+|\^\^<[^>]*>)?', re.DOTALL)
MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?")
PRECISION_LENGTH = {"9": 4, "10": 7, "11": 10}  # Wikidata's numbers for year, month and day; a shorter date is partial

Refuse = Callable[[RegistryError], None]  # raises it, or keeps it and goes on
Results = list[tuple[str, Cells]]  # where a row stands, and its cells


def results(path: Path, text: str, refuse: Refuse) -> Results | None:
    """The rows of a file of query results; nothing where it is another kind of file. Faults go to `refuse`."""
    suffix = path.suffix.lower()
    if suffix in (".json", ".srj"):
        return _json(path, text, refuse)
    if suffix not in (".csv", ".tsv"):
        return None
    reader = csv.reader(io.StringIO(text), delimiter="," if suffix == ".csv" else "\t",
                        quoting=csv.QUOTE_MINIMAL if suffix == ".csv" else csv.QUOTE_NONE)
    header = [column.strip().lstrip("?") for column in next(reader, [])]
    if "item" not in header or "table" in header:
        return None
    found: Results = []
    for cells in filter(None, reader):
        where = f"{path} line {reader.line_num}"
        if len(cells) == len(header):
            found.append((where, {column: plain(cell) for column, cell in zip(header, cells, strict=True)}))
        else:
            refuse(RegistryError(f"{where}: {len(header)} columns expected, as in the header."))
    return found


def _json(path: Path, text: str, refuse: Refuse) -> Results:
    """Both of the exports as JSON: the plain list of rows, and the verbose one of SPARQL."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise RegistryError(f"{path} line {error.lineno}: is no whole JSON ({error.msg}). Is the file cut off? "
                            "Export it anew; entities of FollowTheMoney go one a line.") from error
    told = data.get("results") if isinstance(data, dict) else None
    rows = told.get("bindings") if isinstance(told, dict) else data
    if not isinstance(rows, list) or not any(isinstance(row, dict) and "item" in row for row in rows):
        raise RegistryError(f"{path} holds no results of a query with a variable item. See docs/registry.md.")
    found: Results = []
    for number, row in enumerate(rows, 1):
        where = f"{path} row {number}"
        if isinstance(row, dict) and "item" in row:
            found.append((where, {column: plain(str(cell.get("value", "") if isinstance(cell, dict) else cell))
                                  for column, cell in row.items()}))
        else:
            refuse(RegistryError(f"{where}: has no item. Select the entity itself, as ?item."))
    return found


def plain(cell: str) -> str:
    """A cell without the marks of the export: the id of an entity, the text of a literal.

    >>> plain("http://www.wikidata.org/entity/Q858"), plain('"Syria"@en')
    ('Q858', 'Syria')
    """
    cell = cell.strip()
    entity = ENTITY.fullmatch(cell)
    if entity:
        return entity[1]
    typed = TYPED.fullmatch(cell)
    return " ".join((typed["text"] if typed else cell).split())


def day(cell: str, precision: str = "") -> str:
    """A date of the export as precise as it is known; the first of January is a year where nothing says otherwise.

    >>> day("2013-08-15T00:00:00Z"), day("2013-01-01T00:00:00Z"), day("2013-01-01T00:00:00Z", "11")
    ('2013-08-15', '2013', '2013-01-01')
    """
    found = MOMENT.fullmatch(cell)
    if found is None:
        return cell
    length = PRECISION_LENGTH.get(precision, 4 if found[2] == found[3] == "01" else 10)
    return "-".join(found.groups())[:length]


def changes(rows: Results, tables: Mapping[str, list[tuple[str, ...]]], refuse: Refuse) -> Iterator[Change]:
    """What the rows add to the registry. An item that is in it, by its id or else by its name, is extended."""
    book = _Book(tables)
    placed: Results = []
    for where, row in rows:
        try:
            book.place(where, row)
            placed.append((where, row))
        except RegistryError as error:
            refuse(error)
    for where, row in placed:
        try:
            yield from book.changes(where, row)
        except RegistryError as error:
            refuse(error)


class _Book:
    """Which of our actors each item is."""

    def __init__(self, tables: Mapping[str, list[tuple[str, ...]]]) -> None:
        source = resources.files("sides").joinpath("data", "registry", "wikidata.toml").read_text("utf-8")
        kinds: dict[str, list[str]] = tomllib.loads(source)["kinds"]
        self.kinds = {fold(name): kind for kind, names in kinds.items() for name in names}
        self.newcomers = Newcomers(tables)

    def place(self, where: str, row: Cells) -> None:
        """Find out who an item is. Raises `RegistryError` for none, or a new one without a name."""
        item, label = row.get("item", ""), row.get("itemLabel", "")
        if not QID.fullmatch(item):
            raise RegistryError(f"{where}: item {item!r} is no Wikidata item. Select the entity itself, as ?item.")
        if (not label or QID.fullmatch(label)) and not self.newcomers.known(item):
            raise RegistryError(f"{where}: {item} has no itemLabel. Ask for labels: SERVICE wikibase:label.")
        self.newcomers.place(item, label, self._kind(row), item)

    def _kind(self, row: Cells) -> str:
        for column in ("kind", "kindLabel", "instance", "instanceLabel"):
            value = row.get(column, "")
            if value in frozenset(ActorKind):
                return value
            if fold(value) in self.kinds:
                return self.kinds[fold(value)]
        return "person" if row.get("position") or row.get("positionLabel") else "organization"

    def _actor(self, where: str, row: Cells, column: str) -> str:
        """Our id of the entity in a column; empty where there is none."""
        value, label = row.get(column, ""), row.get(f"{column}Label", "")
        if not value and not label:
            return ""
        found = self.newcomers.known(value, label)
        if found is None:
            raise RegistryError(f"{where}: no actor is {column} {label or value!r}. Add it in a file laid over "
                                "earlier, with its Wikidata id in the column wikidata.")
        return found

    def changes(self, where: str, row: Cells) -> Iterator[Change]:
        """The changes of one row."""
        item, op, known = row["item"], row.get("op") or "add", self.newcomers
        actor = known.ids[item]
        marks = {"source": "wikidata", "source_ref": item}
        if op == "remove":
            yield "actors", op, {"id": actor}, where
            return
        country = self._actor(where, row, "country")
        facts = {"begin": day(row.get("inception", "")), "end": day(row.get("dissolved", "")), "country": country,
                 "description": row.get("itemDescription", "")}
        facts = {key: value for key, value in facts.items() if value}
        if item in known.new and known.is_first("actor", actor):
            yield "actors", "add", {"id": actor, "kind": self._kind(row), "label": row["itemLabel"], "wikidata": item,
                                    **facts, **marks}, where
        elif item not in known.new and known.is_first("actor", actor):
            told = facts if op == "override" else {}
            if op == "override" and row.get("itemLabel"):
                told["label"] = row["itemLabel"]
            if told or known.actors[actor][7] != item:
                yield "actors", "override", {"id": actor, "wikidata": item, **told}, where
        for name in (row.get("itemLabel", ""), row.get("altLabel", ""), *row.get("itemAltLabel", "").split(", ")):
            yield from known.called(actor, name, marks, where, is_state=self._kind(row) == "state")
        yield from self._belonging(where, row, actor, marks)

    def _belonging(self, where: str, row: Cells, actor: str, marks: Cells) -> Iterator[Change]:
        begin = day(row.get("start", ""), row.get("startPrecision", ""))
        end = day(row.get("end", ""), row.get("endPrecision", ""))
        spell = {key: value for key, value in (("begin", begin), ("end", end)) if value}
        title = row.get("positionLabel") or row.get("position", "")
        if title and not QID.fullmatch(title):
            organization = self._actor(where, row, "organization") or self._actor(where, row, "country")
            if not organization:
                raise RegistryError(f"{where}: the position {title!r} is in no organization. Select ?country or "
                                    "?organization too.")
            yield from self.newcomers.post(actor, title, organization, spell, marks, where)
        parent = self._actor(where, row, "parent")
        if parent:
            yield from self.newcomers.place_in(actor, row.get("relation") or "part_of", parent, {} if title else spell,
                                               marks, where)
