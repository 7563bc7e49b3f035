"""All documents that one sidecar lists: files beside it, or texts that stand in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sides.documents.content import said
from sides.documents.load import load, load_text
from sides.documents.sidecar import facts_of, inside, rows_of
from sides.documents.source import Options, Source
from sides.model.document import Document
from sides.model.errors import DateError, InputError, MalformedInput, MissingInput

REMEDY = "Each row needs `file` (a path beside it), or `text` with `key` or `name`; and may have what a sidecar has."


@dataclass(frozen=True, slots=True)
class Listing:
    """Documents by their key, name (the path beside the list), name without suffix, and id; and what is wrong there."""

    documents: tuple[Document, ...] = ()
    errors: tuple[InputError, ...] = ()
    called: Mapping[str, Document] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: tuple[Document, ...], errors: tuple[InputError, ...]) -> Listing:
        """From documents in any order: a key goes before names, names before ids; a stem that two share is nobody's."""
        called: dict[str, Document] = {}
        stems: dict[str, list[Document]] = {}
        for document in documents:
            stems.setdefault(PurePosixPath(document.name).stem, []).append(document)
        called.update({document.id: document for document in documents})
        called.update({stem: found[0] for stem, found in stems.items() if len(found) == 1})
        called.update({document.name: document for document in documents})
        called.update({document.key: document for document in documents if document.key})
        return cls(documents, errors, called)


def listed(path: Path, options: Options) -> Listing:
    """The documents of a sidecar, a `.json` or `.csv` file of any name. Never raises for its content.

    A row with `text` gives that text, character for character; one with `file` alone what `load` reads there.
    """
    try:
        rows = list(rows_of(path))
    except FileNotFoundError:
        return Listing(errors=(MissingInput(path.name, "does not exist", "Check the path."),))
    except (OSError, ValueError, csv.Error, RecursionError) as error:
        return Listing(errors=(MalformedInput(path.name, f"is no list of documents ({error})",
                                              "It should be a list of objects, or a table with a header. " + REMEDY),))
    documents: list[Document] = []
    errors: list[InputError] = []
    taken: set[str] = set()
    for number, row in enumerate(rows, 1):
        for found in _documents(row, f"{path.name} row {number}", path.parent, options):
            own = {found.name, found.key or found.name} if isinstance(found, Document) else set[str]()
            if isinstance(found, InputError):
                errors.append(found)
            elif not taken.isdisjoint(own):
                errors.append(MalformedInput(f"{path.name} row {number}", f"has a key or name that another row has "
                                             f"({', '.join(sorted(taken & own))})", "Give each document its own."))
            else:
                taken |= own
                documents.append(found)
    return Listing.of(tuple(documents), tuple(errors))


def _documents(row: object, where: str, folder: Path, options: Options) -> Iterator[Document | InputError]:
    """The document of a row, or why there is none."""
    if not isinstance(row, Mapping):
        yield MalformedInput(where, "is no object", REMEDY)
        return
    try:
        facts = facts_of(row)
    except DateError as error:
        yield MalformedInput(where, f"has a date that is none ({error})", "Correct it.")
        return
    file, text = inside(row.get("file")), row.get("text")
    if isinstance(text, str) and text:
        name = said(row.get("name")) or file or facts.key
        yield (load_text(text, Source(name=name, content=b"", facts=facts), options) if name
               else MalformedInput(where, "has a text without a name", REMEDY))
        return
    if file is None:
        yield MalformedInput(where, "names no file of its folder and has no text", REMEDY)
        return
    if not (folder / file).is_file():
        yield MissingInput(file, f"is listed in {where} but does not exist", "Add the file, or remove its row.")
        return
    found = list(load(Source(name=file, path=folder / file, facts=facts), options))
    yield found[0] if len(found) == 1 else MalformedInput(file, f"holds {len(found)} documents", "Save each by itself.")
