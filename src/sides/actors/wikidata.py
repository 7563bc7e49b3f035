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
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from sides.actors.names import fold
from sides.model.actor import ActorKind
from sides.model.errors import RegistryError

ENTITY = re.compile(r"<?https?://www\.wikidata\.org/entity/(Q\d+)>?")
QID = re.compile(r"Q\d+")
TYPED = re.compile(r'"(?P<text>.*)"(?:@[\w-]+|\^\^<[^>]*>)?', re.DOTALL)
MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?")
PRECISION_LENGTH = {"9": 4, "10": 7, "11": 10}  # Wikidata's numbers for year, month and day; a shorter date is partial
SHORT = 6  # letters: a name of capitals up to this long is an abbreviation

Cells = Mapping[str, str]
Results = list[tuple[str, Cells]]  # where a row stands, and its cells
Changes = Iterator[tuple[str, str, Cells, str]]  # table, op, cells, where


def results(path: Path, text: str) -> Results | None:
    """The rows of a file of query results; nothing where it is another kind of file."""
    suffix = path.suffix.lower()
    if suffix in (".json", ".srj"):
        return _json(path, text)
    if suffix not in (".csv", ".tsv"):
        return None
    reader = csv.reader(io.StringIO(text), delimiter="," if suffix == ".csv" else "\t",
                        quoting=csv.QUOTE_MINIMAL if suffix == ".csv" else csv.QUOTE_NONE)
    header = [column.strip().lstrip("?") for column in next(reader, [])]
    if "item" not in header or "table" in header:
        return None
    found: Results = []
    for cells in reader:
        if cells:
            if len(cells) != len(header):
                raise RegistryError(f"{path} line {reader.line_num}: {len(header)} columns expected, as in the header.")
            row = {column: plain(cell) for column, cell in zip(header, cells, strict=True)}
            found.append((f"{path} line {reader.line_num}", row))
    return found


def _json(path: Path, text: str) -> Results:
    """Both of the exports as JSON: the plain list of rows, and the verbose one of SPARQL."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise RegistryError(f"{path} line {error.lineno}: {error.msg}.") from error
    rows = data.get("results", {}).get("bindings") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "item" in row for row in rows):
        raise RegistryError(f"{path} holds no results of a query with a variable item. See docs/registry.md.")
    return [(f"{path} row {number}", {column: plain(str(cell.get("value", "") if isinstance(cell, dict) else cell))
                                      for column, cell in row.items()}) for number, row in enumerate(rows, 1)]


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


def changes(rows: Results, tables: Mapping[str, list[tuple[str, ...]]]) -> Changes:
    """What the rows add to the registry. An item that is in it, by its id or else by its name, is extended."""
    book = _Book(rows, tables)
    for where, row in rows:
        yield from book.changes(where, row)


class _Book:
    """Which of our actors each item is."""

    def __init__(self, rows: Results, tables: Mapping[str, list[tuple[str, ...]]]) -> None:
        source = resources.files("sides").joinpath("data", "registry", "wikidata.toml").read_text("utf-8")
        kinds: dict[str, list[str]] = tomllib.loads(source)["kinds"]
        self.kinds = {fold(name): kind for kind, names in kinds.items() for name in names}
        self.offices = {row[0]: row[0] for row in tables["offices"]}
        self.actors = {row[0]: row for row in tables["actors"]}
        self.of_item = {row[7]: row[0] for row in tables["actors"] if row[7]}
        self.names = {(row[0], fold(row[1])) for row in tables["names"]}
        self.bearers: dict[str, set[str]] = {}
        for row in tables["names"]:
            if row[6] == "alone" and row[2] not in ("demonym", "capital", "seat", "surname"):
                self.bearers.setdefault(fold(row[1]), set()).add(row[0])
        self.new: set[str] = set()
        self.told: set[tuple[str, ...]] = set()
        for where, cells in rows:
            self._place(where, cells)

    def _place(self, where: str, row: Cells) -> None:
        item, label = row.get("item", ""), row.get("itemLabel", "")
        if not QID.fullmatch(item):
            raise RegistryError(f"{where}: item {item!r} is no Wikidata item. Select the entity itself, as ?item.")
        if item in self.of_item:
            return
        same = [actor for actor in sorted(self.bearers.get(fold(label), ()))
                if self.actors[actor][1] == self._kind(row) and self.actors[actor][7] in ("", item)]
        if len(same) == 1:
            self.of_item[item] = same[0]
            return
        if not label or QID.fullmatch(label):
            raise RegistryError(f"{where}: {item} has no itemLabel. Ask for labels: SERVICE wikibase:label.")
        slug = "-".join(re.findall(r"[a-z0-9]+", fold(label))) or item.lower()
        taken = slug in self.actors or slug in self.of_item.values()
        self.of_item[item] = f"{slug}-{item.lower()}" if taken else slug
        self.new.add(item)

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
        found = self.of_item.get(value) or (value if value in self.actors else "")
        bearers = self.bearers.get(fold(label or value), set())
        if found or len(bearers) == 1:
            return found or min(bearers)
        raise RegistryError(f"{where}: no actor is {column} {label or value!r}. Add it in a file laid over earlier, "
                            "with its Wikidata id in the column wikidata.")

    def changes(self, where: str, row: Cells) -> Changes:
        """The changes of one row."""
        item, op = row["item"], row.get("op") or "add"
        actor = self.of_item[item]
        marks = {"source": "wikidata", "source_ref": item}
        if op == "remove":
            yield "actors", op, {"id": actor}, where
            return
        country = self._actor(where, row, "country")
        facts = {"begin": day(row.get("inception", "")), "end": day(row.get("dissolved", "")), "country": country,
                 "description": row.get("itemDescription", "")}
        facts = {key: value for key, value in facts.items() if value}
        if item in self.new and self._is_first("actor", actor):
            yield "actors", "add", {"id": actor, "kind": self._kind(row), "label": row["itemLabel"], "wikidata": item,
                                    **facts, **marks}, where
        elif item not in self.new and self._is_first("actor", actor):
            told = facts if op == "override" else {}
            if op == "override" and row.get("itemLabel"):
                told["label"] = row["itemLabel"]
            if told or self.actors[actor][7] != item:
                yield "actors", "override", {"id": actor, "wikidata": item, **told}, where
        for name in (row.get("itemLabel", ""), row.get("altLabel", ""), *row.get("itemAltLabel", "").split(", ")):
            if name and (actor, fold(name)) not in self.names and fold(name) and name.isprintable():
                self.names.add((actor, fold(name)))
                yield "names", "add", {"actor": actor, "name": name, **self._strength(name, row), **marks}, where
        yield from self._belonging(where, row, actor, marks)

    def _belonging(self, where: str, row: Cells, actor: str, marks: Cells) -> Changes:
        begin = day(row.get("start", ""), row.get("startPrecision", ""))
        end = day(row.get("end", ""), row.get("endPrecision", ""))
        spell = {key: value for key, value in (("begin", begin), ("end", end)) if value}
        title = row.get("positionLabel") or row.get("position", "")
        if title and not QID.fullmatch(title):
            organization = self._actor(where, row, "organization") or self._actor(where, row, "country")
            if not organization:
                raise RegistryError(f"{where}: the position {title!r} is in no organization. Select ?country or "
                                    "?organization too.")
            office = self._office(title)
            lengths = [len(date) for date in (begin, end) if date]
            precision = {4: "year", 7: "month", 10: "day"}.get(min(lengths, default=0), "")
            post = {"person": actor, "office": office, "organization": organization, "precision": precision, **spell}
            if self._is_first("post", *post.values()):
                yield "roles", "add", {**post, **marks}, where
        parent = self._actor(where, row, "parent")
        if parent:
            relation = {"child": actor, "relation": row.get("relation") or "part_of", "parent": parent,
                        **({} if title else spell)}
            if self._is_first("relation", *relation.values()):
                yield "relations", "add", {**relation, **marks}, where

    def _office(self, title: str) -> str:
        """The title without its state, "president of Syria" as "president", where that is a title we know."""
        folded = fold(title)
        short = re.sub(r"^(?:the )?|(?: of| in| for)(?: the)? (?:[^ ]+|[^ ]+ [^ ]+|[^ ]+ [^ ]+ [^ ]+)$", "", folded)
        return next((office for office in (folded, short) if office in self.offices), folded)

    def _strength(self, name: str, row: Cells) -> dict[str, str]:
        if name.isupper() and len(name) <= SHORT:
            return {"type": "abbr", "strength": "context", "case": "exact"}
        is_plain = " " not in name and self._kind(row) != "state"
        return {"strength": "context" if is_plain or self.bearers.get(fold(name)) else "alone"}

    def _is_first(self, *key: str) -> bool:
        if key in self.told:
            return False
        self.told.add(key)
        return True
