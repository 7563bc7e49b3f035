"""What takes long to work out, kept in the ledger's folder: it can be thrown away, and is worked out again.

A file is told by the version with its batch, by what was asked, and by the code that worked it out. It is written
beside its place and moved there in one step, so that several servers may share a folder. Where the folder cannot be
written to, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from sides.ledger.snapshot import Snapshot

Columns = Mapping[str, NDArray[Any]]
FOLDER = "derived"
# Files that stay: those used last.
KEPT = 48
INDEXES_KEPT = 2  # each as large as the claims
# From so many claims on, looking through all of them takes longer than a reader waits (benchmarks/web.py).
MANY = 20_000
ABANDONED_SECONDS = 24 * 3600.0
CODE = ("model", "ledger", "ties", "data/ties", "data/ledger", "data/registry", "actors/registry.py")


class Derived:
    """The folder of what is kept of one ledger."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger / FOLDER

    def kept(self, kind: str, version: int, asked: tuple[str, ...], make: Callable[[], Columns]) -> Columns:
        """What was kept, made now and kept if there is nothing of the kind for this version and question."""
        path = self.folder / f"{kind}-{version:08d}-{key(*asked)}.npz"
        found = _read(path)
        if found is None:
            found = make()
            self._write(path, found)
        return found

    def before(self, kind: str, version: int) -> Columns | None:
        """The newest that is kept of a kind for an earlier version, whatever was asked."""
        earlier = [path for path in self.folder.glob(f"{kind}-*.npz") if path.name < f"{kind}-{version:08d}"]
        return next((found for path in sorted(earlier, reverse=True) if (found := _read(path)) is not None), None)

    def index(self, snapshot: Snapshot) -> None:
        """Give a version of many claims the index by which those of two actors are found at once."""
        if snapshot.counts().claims < MANY:
            return
        path = self.folder / f"claims-{snapshot.version:08d}-{key(snapshot.batch)}.duckdb"
        try:
            self.folder.mkdir(exist_ok=True)
            snapshot.index(path)
            path.touch()
        except (OSError, duckdb.IOException):  # a folder that cannot be written to
            snapshot.index(None)
        self._drop("claims-*.duckdb", INDEXES_KEPT)

    def _drop(self, names: str, kept: int) -> None:
        """Remove the files that were not used for longest, and what killed processes left."""
        with suppress(OSError):
            old = sorted(self.folder.glob(names), key=lambda one: (one.stat().st_mtime, one.name))[:-kept]
            left = [path for path in self.folder.glob(f".{names}.*")
                    if path.stat().st_mtime < self.folder.stat().st_mtime - ABANDONED_SECONDS]
            for path in (*old, *left):
                path.unlink(missing_ok=True)

    def _write(self, path: Path, columns: Columns) -> None:
        beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with suppress(OSError):  # nothing is lost: it is worked out anew
            self.folder.mkdir(exist_ok=True)
            with beside.open("wb") as file:
                np.savez(file, allow_pickle=False, **columns)
            beside.replace(path)
        self._drop("*.npz", KEPT)


def key(*asked: str) -> str:
    """What an answer is told by from those to other questions, or by other code."""
    return hashlib.sha256("\0".join((code_digest(), *asked)).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def texts(values: Iterable[str]) -> NDArray[np.uint8]:
    """Strings as an array."""
    return np.frombuffer(json.dumps(list(values)).encode(), np.uint8)


def strings(values: NDArray[np.uint8]) -> tuple[str, ...]:
    """The strings of an array that `texts` has made."""
    return tuple(json.loads(values.tobytes()))


@cache
def code_digest(names: tuple[str, ...] = CODE) -> str:
    """A hash of modules, folders and data of the package; by default those that courses hang on."""
    digest = hashlib.sha256()
    for name in names:
        waiting = [files("sides") / name]
        while waiting:
            entry = waiting.pop()
            if entry.is_dir():
                waiting += [one for one in sorted(entry.iterdir(), key=lambda one: one.name)
                            if one.name != "__pycache__"]
            else:
                digest.update(f"{entry.name}\n".encode() + hashlib.sha256(entry.read_bytes()).digest())
    return digest.hexdigest()


def _read(path: Path) -> Columns | None:
    """What a file holds; nothing where there is none, or it is damaged."""
    try:
        with np.load(path, allow_pickle=False) as found:
            columns = dict(found)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    with suppress(OSError):  # so that it is known to be in use
        path.touch()
    return columns
