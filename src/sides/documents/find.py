"""From what the user names (files, folders, addresses, standard input) to single sources, in a fixed order."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from sides.documents.extractor import is_extracted
from sides.documents.sidecar import SIDECARS, Sidecar, read_sidecars
from sides.documents.sniff import HEAD_BYTES, named, refusal, seen
from sides.documents.source import MAX_BYTES, Source
from sides.model.errors import EmptyInput, InputError, MissingInput, UnknownFormat, UnreachableInput

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
STANDARD_INPUT = "-"
LEDGER_SUFFIX = ".sides"  # a ledger may lie among the articles that it was read from


def find(targets: Sequence[str | Source], *, stdin: BinaryIO | None = None) -> Iterator[Source | InputError]:
    """Every source that the targets name, in their order, folders sorted by name; and an error for each that fails.

    A target is a path, a folder (read with all its folders, hidden files passed over), an `http` or `https` URL, "-"
    for standard input, or a source that is made already. `documents.json` and `documents.csv` in a folder describe its
    files and are not sources.
    Nothing is raised: what cannot be read is yielded as the error that names it.

    >>> [error.name for error in find(["no/such/file.txt"])]
    ['no/such/file.txt']
    """
    sidecars: dict[Path, Sidecar] = {}
    for target in targets:
        if isinstance(target, Source):
            yield target
        elif target == STANDARD_INPUT:
            # One byte too many is kept, so that loading can tell that there was more.
            yield Source(name=target, content=(stdin or sys.stdin.buffer).read(MAX_BYTES + 1))
        elif ADDRESS.match(target):
            yield _address(target)
        else:
            yield from _path(target, sidecars)


def _address(target: str) -> Source | InputError:
    if target.lower().startswith(("http://", "https://")):
        return Source(name=target, url=target)
    scheme = target.partition(":")[0]
    return UnknownFormat(target, f"is an address that is not fetched ({scheme})",
                         "Give an http or https URL, or a file.")


def _path(target: str, sidecars: dict[Path, Sidecar]) -> Iterator[Source | InputError]:
    try:
        path = Path(target)
        if path.is_dir():
            is_empty = True
            for found in _folder(path, path, (path.resolve(),)):
                is_empty = False
                yield found
            if is_empty:
                yield EmptyInput(target, "is a folder without documents", "Give the folder that they are in.")
            return
        if not path.exists():
            yield MissingInput(target, "does not exist", "Check the path.")
            return
        if not path.is_file():
            yield UnknownFormat(target, "is neither a file nor a folder", "Pipe it in instead: sides read -")
            return
    except (OSError, ValueError) as error:
        yield MissingInput(target, f"cannot be looked up ({error})", "Check the path.")
        return
    if path.name in SIDECARS:
        yield from _listed(path)
        return
    folder = path.parent
    if folder not in sidecars:
        sidecars[folder] = read_sidecars(folder, f"{folder.as_posix()}/" if folder != Path() else "")
        yield from sidecars[folder].errors
    yield _file(path, target, sidecars[folder], path.name)


def _listed(path: Path) -> Iterator[Source | InputError]:
    """The files that a sidecar lists, when it is itself what the user names."""
    folder = path.parent
    label = f"{folder.as_posix()}/" if folder != Path() else ""
    sidecar = read_sidecars(folder, label)
    yield from sidecar.errors
    for file in sidecar.facts:
        if (folder / file).is_file():
            yield _file(folder / file, f"{label}{file}", sidecar, file)
    yield from _absent(folder, sidecar)


def _folder(root: Path, folder: Path, above: tuple[Path, ...]) -> Iterator[Source | InputError]:
    label = "" if folder == root else f"{folder.relative_to(root).as_posix()}/"
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreachableInput(label or str(root), f"cannot be opened ({error.strerror})", "Check its permissions.")
        return
    sidecar = read_sidecars(folder, label)
    yield from sidecar.errors
    for entry in entries:
        if entry.name.startswith(".") or entry.name in SIDECARS or entry.name.endswith(LEDGER_SUFFIX):
            continue
        path = folder / entry.name
        if entry.is_dir():
            real = path.resolve()
            if real not in above:
                yield from _nested(root, path, (*above, real), sidecar, folder)
        elif entry.is_file():
            yield _file(path, f"{label}{entry.name}", sidecar, entry.name)
        else:
            yield MissingInput(f"{label}{entry.name}", "is a link to nothing, or no file", "Remove or repair it.")
    yield from _absent(folder, sidecar, label)


def _nested(root: Path, path: Path, above: tuple[Path, ...], sidecar: Sidecar,
            folder: Path) -> Iterator[Source | InputError]:
    """A folder in a folder; where its own sidecar is silent about a file, that of the folder above speaks."""
    for found in _folder(root, path, above):
        if isinstance(found, Source) and found.facts is None and found.path is not None:
            facts = sidecar.facts.get(found.path.relative_to(folder).as_posix())
            yield Source(name=found.name, path=found.path, facts=facts)
        else:
            yield found


def _absent(folder: Path, sidecar: Sidecar, label: str = "") -> Iterator[InputError]:
    for file, listed_in in sidecar.listed_in.items():
        if not (folder / file).is_file():
            yield MissingInput(f"{label}{file}", f"is listed in {listed_in} but does not exist",
                               "Add the file, or remove its row.")


def _file(path: Path, name: str, sidecar: Sidecar, file: str) -> Source | InputError:
    if named(name) is None:
        try:
            with path.open("rb") as opened:
                head = opened.read(HEAD_BYTES)
        except OSError as error:
            return UnreachableInput(name, f"cannot be opened ({error.strerror})", "Check its permissions.")
        refused = refusal(name, head) if seen(head) is None and not is_extracted(name) else None
        if isinstance(refused, InputError):
            return refused
    return Source(name=name, path=path, facts=sidecar.facts.get(file))
