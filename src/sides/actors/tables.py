"""The registry's tables: tab-separated facts, one a row, each with its source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from importlib import resources

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
# The columns that hold the id of an actor.
REFERENCES: Mapping[str, tuple[int, ...]] = {
    "actors": (4,), "names": (0,), "roles": (0, 2), "relations": (0, 2), "codes": (0,),
}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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
