"""The sidecar of a folder: `documents.json` or `documents.csv`, which says what the texts themselves do not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sides.documents.content import said
from sides.documents.source import Facts
from sides.model.dates import PartialDate
from sides.model.errors import DateError, InputError, MalformedInput

SIDECARS = ("documents.json", "documents.csv")
ROW_REMEDY = ("Each row needs `file`, and may have key, title, source, author, published, published_is, language "
              "and url.")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the sidecars of one folder say of each file, by its path within the folder; and what is wrong there."""

    facts: Mapping[str, Facts] = field(default_factory=dict)
    listed_in: Mapping[str, str] = field(default_factory=dict)  # file -> name of the sidecar that lists it
    errors: tuple[InputError, ...] = ()


def read_sidecars(folder: Path, label: str = "") -> Sidecar:
    """Read the sidecars of a folder. `label` stands before their names in messages. Never raises for their content."""
    facts: dict[str, Facts] = {}
    listed_in: dict[str, str] = {}
    errors: list[InputError] = []
    for filename in SIDECARS:
        path = folder / filename
        if not path.is_file():
            continue
        name = f"{label}{filename}"
        try:
            rows = list(rows_of(path))
        except (OSError, ValueError, csv.Error, RecursionError) as error:
            errors.append(MalformedInput(name, f"is not a sidecar ({error})",
                                         "It should be a list of objects, or a table with a header. " + ROW_REMEDY))
            continue
        for number, row in enumerate(rows, 1):
            file = inside(row.get("file")) if isinstance(row, Mapping) else None
            where = f"{name} row {number}"
            if not isinstance(row, Mapping) or file is None:
                errors.append(MalformedInput(where, "names no file of its folder", ROW_REMEDY))
                continue
            if file in facts:
                errors.append(MalformedInput(where, f"describes {file!r} a second time", "Keep one of the two rows."))
                continue
            try:
                facts[file] = facts_of(row)
            except DateError as error:
                errors.append(MalformedInput(where, f"has a date that is none ({error})", f"Correct it for {file!r}."))
                facts[file] = facts_of({**row, "published": None})
            listed_in[file] = name
    return Sidecar(facts, listed_in, tuple(errors))


def rows_of(path: Path) -> Iterator[object]:
    """The rows of a sidecar as they stand there. Raises `ValueError` or `csv.Error` if it is none."""
    text = path.read_bytes().decode("utf-8-sig")
    if path.suffix == ".csv":
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if "file" not in (reader.fieldnames or ()):
            raise ValueError("no column `file`")
        yield from reader
        return
    found = json.loads(text)
    if not isinstance(found, list):
        raise ValueError("not a list")
    yield from found


def inside(value: object) -> str | None:
    """A path that stays within the folder, in its plainest form."""
    file = said(value)
    if file is None:
        return None
    path = PurePosixPath(file.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return None
    return path.as_posix()


def facts_of(row: Mapping[str, object]) -> Facts:
    """What a row says of its document. Raises `DateError` for a date that is none."""
    published = said(row.get("published"))
    return Facts(
        key=said(row.get("key")), title=said(row.get("title")), author=said(row.get("author")),
        outlet=said(row.get("source")) or said(row.get("outlet")), language=said(row.get("language")),
        url=said(row.get("url")), published=PartialDate.parse(published) if published else None,
        published_is=said(row.get("published_is")))
