"""What is wrong with a registry, and what to do about it: for its maintainers, and for those of an overlay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sides.actors.names import fold
from sides.actors.overlays import lay_over
from sides.actors.tables import COLUMNS, REFERENCES, SLUG, Row, Tables, fault, shipped
from sides.model.dates import PartialDate
from sides.model.errors import DateError

# Offices that one person holds at a time. Two holders may share the days of a handover, or part of a year.
SINGLE = frozenset(("president", "prime minister", "chancellor", "king", "emir", "supreme leader", "foreign minister",
                    "defence minister"))
HANDOVER_DAYS = 60
# Years beyond these are slips of the pen.
FIRST_YEAR, LAST_YEAR = 1000, 2100

Origins = Mapping[tuple[str, Row], str]
Finding = tuple[str, Row, str]  # the table, the row that it is about, and what is wrong with it


def lint(tables: Tables, origins: Origins | None = None) -> tuple[str, ...]:
    """The faults of a registry's tables, sorted: where each stands, what is wrong, and what to do.

    `origins` tells file and line of rows that came from overlays; other rows are counted from the top of their table.
    Two holders of one office at a time, and facts without a source, are told of overlays' rows only: the shipped lists
    come from many hands that date a handover differently.

    >>> from sides.actors.tables import shipped
    >>> lint(shipped()[0])
    ()
    """
    laid = origins or {}
    places = _Places(tables, laid)
    findings = [*_cells(tables), *_references(tables), *_names(tables), *_doubles(tables), *_codes(tables),
                *_circles(tables), *_overlay(tables, laid)]
    return tuple(sorted({f"{places.of(table, row)}: {text}" for table, row, text in findings}))


def lint_overlays(overlays: Sequence[Path]) -> tuple[str, ...]:
    """The faults of overlays that are laid over the shipped registry in this order.

    Rows that `Registry.load` would refuse are told too, and the rest is looked at without them.
    """
    tables = shipped()[0]
    origins: dict[tuple[str, Row], str] = {}
    refused: list[str] = []
    lay_over(tables, overlays, origins, refused)
    files = tuple(f"{path} " for path in overlays)
    return tuple(sorted({*refused, *(fault for fault in lint(tables, origins) if fault.startswith(files))}))


class _Places:
    """Where the rows of tables stand."""

    def __init__(self, tables: Tables, origins: Origins) -> None:
        self.tables, self.origins = tables, origins

    def of(self, table: str, row: Row) -> str:
        """File and line of a row."""
        found = self.origins.get((table, row))
        return found or f"{table}.tsv line {self.tables[table].index(row) + 2}"


def _cells(tables: Tables) -> Iterator[Finding]:
    sources = {row[0] for row in tables["sources"]}
    offices = {row[0] for row in tables["offices"]}
    for table, columns in COLUMNS.items():
        checked = [place for place, column in enumerate(columns) if fault(table, column, "?") is not None]
        source = columns.index("source") if "source" in columns else None
        for row in tables[table]:
            for place in checked:
                problem = fault(table, columns[place], row[place])
                if problem:
                    yield table, row, f"{_what(row)}: {problem}"
            if source is not None and row[source] and row[source] not in sources:
                yield table, row, (f"{_what(row)}: the source {row[source]!r} is not listed. "
                                  "Add it to the table sources.")
            if "begin" in columns:
                yield from _dates(table, row, *(row[columns.index(column)] for column in ("begin", "end")))
            if table == "actors" and not SLUG.fullmatch(row[0]):
                yield table, row, f"{_what(row)}: the id is no slug. Write it like syrian-national-council."
            if table == "roles" and fold(row[1]) not in offices:
                yield table, row, (f"{_what(row)}: no office is called {row[1]!r}. "
                                  "Use a title in the table offices, or add it.")


def _dates(table: str, row: Row, begin: str, end: str) -> Iterator[Finding]:
    try:
        dates = [PartialDate.parse(text) for text in (begin, end) if text]
    except DateError:
        return  # told as a fault of its cell
    if len(dates) == 2 and dates[1].last < dates[0].first:
        yield table, row, f"{_what(row)}: ends in {end}, before it begins in {begin}. Mend or empty one of the dates."
    if any(not FIRST_YEAR <= date.year <= LAST_YEAR for date in dates):
        yield table, row, f"{_what(row)}: {begin or end} is no year of the world that is reported on. Mend the date."


def _references(tables: Tables) -> Iterator[Finding]:
    known = {row[0] for row in tables["actors"]}
    named = {row[0] for row in tables["names"]}
    offices = {row[0] for row in tables["offices"]}
    for table, columns in REFERENCES.items():
        for row in tables[table]:
            for column in columns:
                if row[column] and row[column] not in known:
                    yield table, row, (f"{_what(row)}: no actor has the id {row[column]!r}. "
                                      "Add it to actors, or mend the id.")
    for row in tables["actors"]:
        if row[0] not in named:
            yield "actors", row, f"{row[0]} has no name, so no text can mean it. Add one to names."
    for row in tables["offices"]:
        if row[1] not in offices:
            yield "offices", row, (f"{row[0]} is a title of {row[1]!r}, which is no office. "
                                  "Add that as a title of itself.")


def _names(tables: Tables) -> Iterator[Finding]:
    ordinary = {fold(row[0]) for row in tables["stops"]} | {row[0] for row in tables["heads"]
                                                            if row[1] in ("pass", "role", "not-actor")}
    peoples = {row[0] for row in tables["actors"] if row[1] == "people"}
    for row in tables["names"]:
        folded = fold(row[1])
        if not folded:
            yield "names", row, f"{_what(row)}: the name has no letter. Remove it."
        elif row[6] == "alone" and row[7] == "any" and row[2] != "demonym" and folded in ordinary \
                and row[0] not in peoples:
            yield "names", row, (f"{row[1]!r}, a name of {row[0]}, is an ordinary word. Give it the strength "
                                 "context, or case exact if it is written in capitals.")


def _doubles(tables: Tables) -> Iterator[Finding]:
    """Ids told of twice, and names that are proof enough for two actors at one time."""
    seen: set[str] = set()
    for row in tables["actors"]:
        if row[0] in seen:
            yield "actors", row, f"two actors have the id {row[0]}. Use op override to change one."
        seen.add(row[0])
    kinds = {row[0]: (row[1], row[4]) for row in tables["actors"]}
    alone: dict[str, list[Row]] = defaultdict(list)
    for row in tables["names"]:
        if row[6] == "alone":
            alone[fold(row[1])].append(row)
    for folded, rows in alone.items():
        for place, one in enumerate(rows[:-1]):
            for other in rows[place + 1:]:
                if one[0] == other[0] or one[7] != other[7] or not _meet(one[4:6], other[4:6]):
                    continue
                if kinds.get(one[0], ("",))[0] == kinds.get(other[0], ("",))[0] == "person":
                    continue  # namesakes are told apart by country and date
                for row, rival in ((one, other), (other, one)):
                    yield "names", row, (f"{folded!r} is strong enough alone for {row[0]} and for {rival[0]}. Give it "
                                         "the strength context, or dates that do not meet.")


def _codes(tables: Tables) -> Iterator[Finding]:
    """A code of two actors, or two codes of an actor, at one time."""
    for columns, text in (((1, 2), "the {scheme} code {value} is {rival}'s too at that time. Mend it, or date it."),
                          ((0, 1), "{actor} has two {scheme} codes at one time, {value} and {other}. Date them.")):
        groups: dict[Row, list[Row]] = defaultdict(list)
        for row in tables["codes"]:
            groups[tuple(row[column] for column in columns)].append(row)
        for rows in groups.values():
            for place, one in enumerate(rows[:-1]):
                for other in rows[place + 1:]:
                    if (one[0], one[2]) != (other[0], other[2]) and _meet(one[3:5], other[3:5]):
                        for row, rival in ((one, other), (other, one)):
                            yield "codes", row, text.format(actor=row[0], scheme=row[1], value=row[2], rival=rival[0],
                                                            other=rival[2])


def _circles(tables: Tables) -> Iterator[Finding]:
    """Actors that are a part of themselves, or come after themselves."""
    for kinds, text in ((("part_of", "wing_of"), "a part of"),
                        (("successor_of", "splinter_of", "merged_into"), "after")):
        rows = [row for row in tables["relations"] if row[1] in kinds]
        parents: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            parents[row[0]].add(row[2])
        for row in rows:
            reached, pending = set[str](), [row[2]]
            while pending:
                parent = pending.pop()
                if parent not in reached:
                    reached.add(parent)
                    pending += sorted(parents.get(parent, ()))
            if row[0] in reached and (text == "a part of" or row[0] == row[2]):
                yield "relations", row, f"{row[0]} is {text} itself, through {row[2]}. Remove one of the relations."


def _overlay(tables: Tables, origins: Origins) -> Iterator[Finding]:
    """What is asked of an overlay's rows alone: a source, and one holder of an office at a time."""
    for table, row in origins:
        if "source" in COLUMNS[table] and not row[COLUMNS[table].index("source")]:
            yield table, row, f"{_what(row)}: no source is given. Say in the column source where it is known from."
    holders: dict[tuple[str, str], list[Row]] = defaultdict(list)
    titles = {row[0]: row[1] for row in tables["offices"]}
    for row in tables["roles"]:
        holders[titles.get(fold(row[1]), row[1]), row[2]].append(row)
    for (office, organization), rows in holders.items():
        ours = [row for row in rows if ("roles", row) in origins] if office in SINGLE else []
        for row in ours:
            for other in rows:
                if other[0] != row[0] and _shared_days(row, other) > HANDOVER_DAYS:
                    yield "roles", row, (f"{row[0]} is {office} of {organization} while {other[0]} is, by {other[6]} "
                                         f"{other[3]}..{other[4]}. End one of the terms.")


def _shared_days(one: Row, other: Row) -> int:
    """For how many days two posts surely overlap; none where a date is unknown."""
    try:
        spells = [(PartialDate.parse(row[3]).last, PartialDate.parse(row[4]).first) for row in (one, other)]
    except DateError:
        return 0
    return (min(spell[1] for spell in spells) - max(spell[0] for spell in spells)).days


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two spells share time, a year in which one ends and the other begins left aside."""
    begin, end = max(one[0], other[0]), min(one[1] or "9999", other[1] or "9999")
    return begin[:4] < end[:4] or not begin


def _what(row: Row) -> str:
    return " ".join(row[:3]).strip()
