"""What is wrong with a registry: facts about nobody, kinds that do not exist, spells that end before they begin."""

from __future__ import annotations

from collections.abc import Iterator

from sides.actors.names import fold
from sides.actors.tables import COLUMNS, SLUG, Row, Tables, fault
from sides.model.dates import PartialDate
from sides.model.errors import DateError

REFERENCES = {"actors": (4,), "names": (0,), "roles": (0, 2), "relations": (0, 2), "codes": (0,)}


def lint(tables: Tables) -> tuple[str, ...]:
    """The faults of a registry's tables, one sentence each, sorted.

    >>> from sides.actors.tables import shipped
    >>> lint(shipped()[0])
    ()
    """
    return tuple(sorted({*_cells(tables), *_references(tables), *_doubles(tables), *_circles(tables)}))


def _cells(tables: Tables) -> Iterator[str]:
    for table, columns in COLUMNS.items():
        sources = {row[0] for row in tables["sources"]}
        for row in tables[table]:
            what = f"{table}: {' '.join(row[:3]).strip()}"
            for column, value in zip(columns, row, strict=True):
                problem = fault(table, column, value)
                if problem:
                    yield f"{what}: {problem}"
                if column == "source" and value not in sources:
                    yield f"{what}: the source {value!r} is not listed."
            if "begin" in columns:
                begin, end = row[columns.index("begin")], row[columns.index("end")]
                if _is_backward(begin, end):
                    yield f"{what}: ends in {end}, before it begins in {begin}."
            if table == "actors" and not SLUG.fullmatch(row[0]):
                yield f"{what}: the id is no slug."
            if table == "names" and not fold(row[1]):
                yield f"{what}: the name has no letter."


def _is_backward(begin: str, end: str) -> bool:
    try:
        return bool(begin and end) and PartialDate.parse(end).last < PartialDate.parse(begin).first
    except DateError:
        return False  # told as a fault of its cell


def _references(tables: Tables) -> Iterator[str]:
    known = {row[0] for row in tables["actors"]}
    named = {row[0] for row in tables["names"]}
    offices = {row[0] for row in tables["offices"]}
    for table, columns in REFERENCES.items():
        for row in tables[table]:
            for column in columns:
                if row[column] and row[column] not in known:
                    yield f"{table}: {' '.join(row[:3])}: no actor has the id {row[column]!r}."
    for identifier in known - named:
        yield f"actors: {identifier} has no name."
    for row in tables["offices"]:
        if row[1] not in offices:
            yield f"offices: {row[0]} is a title of {row[1]!r}, which is no office."


def _doubles(tables: Tables) -> Iterator[str]:
    """Ids told of twice, and names that are proof enough for two actors at one time."""
    seen: set[str] = set()
    for row in tables["actors"]:
        if row[0] in seen:
            yield f"actors: two actors have the id {row[0]}."
        seen.add(row[0])
    kinds = {row[0]: row[1] for row in tables["actors"]}
    alone: dict[str, list[Row]] = {}
    for row in tables["names"]:
        if row[6] == "alone":
            alone.setdefault(fold(row[1]), []).append(row)
    for folded, rows in alone.items():
        for place, one in enumerate(rows):
            for other in rows[place + 1:]:
                if one[0] != other[0] and _meet(one, other) and one[7] == other[7]:
                    persons = kinds.get(one[0]) == kinds.get(other[0]) == "person"
                    if not persons:  # namesakes are told apart by country and date
                        yield f"names: {folded!r} is strong enough alone for {one[0]} and for {other[0]}."


def _meet(one: Row, other: Row) -> bool:
    """Whether two names hold at the same time for a while."""
    begin, end = max(one[4], other[4]), min(one[5] or "9999", other[5] or "9999")
    return begin[:4] < end[:4] or not begin


def _circles(tables: Tables) -> Iterator[str]:
    """Actors that are a part of themselves."""
    parents: dict[str, set[str]] = {}
    for row in tables["relations"]:
        if row[1] in ("part_of", "wing_of"):
            parents.setdefault(row[0], set()).add(row[2])
    for start in sorted(parents):
        reached, pending = set[str](), sorted(parents[start])
        while pending:
            parent = pending.pop()
            if parent not in reached:
                reached.add(parent)
                pending += sorted(parents.get(parent, ()))
        if start in reached:
            yield f"relations: {start} is a part of itself."
