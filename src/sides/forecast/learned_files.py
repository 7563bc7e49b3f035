"""What forecasters learned, kept in the ledger's folder: it can be thrown away, and is learned again.

A file is told by all that its content hangs on: what was learned from, how, and the code and libraries that learned.
So whoever finds one finds what would be learned now, and an answer is the same to the byte with it and without. It is
written beside its place and moved there in one step, so that several processes may share a folder, and begins with a
hash of the rest: a damaged one is not read. Where the folder cannot be written to, nothing is kept. Twin of
`sides.ties.derived`.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.ties.derived import FOLDER, Columns, code_digest, texts

# Files of a kind that stay: those used last. Logs are asked for by day; a ranker's are the largest.
FILES = {"log": 12, "learned": 12, "ranker": 3}
ABANDONED_SECONDS = 24 * 3600.0
CODE = ("model", "ledger", "ties", "forecast", "balance/swift.py", "balance/search.py", "events/converter.py",
        "actors/registry.py", "data/ties", "data/ledger", "data/registry")
LIBRARIES = ("numpy", "numba", "lightgbm")


class Kept:
    """The folder of what is kept of one ledger; `ledger` is none where nothing may be kept."""

    def __init__(self, ledger: Path | None) -> None:
        self.folder = ledger / FOLDER / "forecasts" if ledger else None

    def columns(self, kind: str, asked: Iterable[str], make: Callable[[], Columns]) -> Columns:
        """What was kept of a kind for this; made now, and kept, if there is none."""
        if self.folder is None:
            return make()
        path = self.folder / f"{kind}-{_key(asked)}.kept"
        found = _read(path)
        if found is None:
            found = make()
            self._write(path, found, FILES[kind])
        return found

    def _write(self, path: Path, columns: Columns, kept: int) -> None:
        beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        body = io.BytesIO()
        np.savez(body, allow_pickle=False, **columns)
        content = body.getbuffer()
        with suppress(OSError):  # nothing is lost: it is learned anew
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(hashlib.sha256(content).digest())
                file.write(content)
            beside.replace(path)
            self._drop(path, kept)

    def _drop(self, newest: Path, kept: int) -> None:
        """Remove the files of a kind that were not used for longest, and what killed processes left."""
        kind, now = newest.name.split("-")[0], newest.stat().st_mtime
        old = sorted(newest.parent.glob(f"{kind}-*.kept"), key=lambda one: (one.stat().st_mtime, one.name))[:-kept]
        left = [one for one in newest.parent.glob(".*.kept.*") if one.stat().st_mtime < now - ABANDONED_SECONDS]
        for path in (*old, *left):
            path.unlink(missing_ok=True)


def part(columns: Columns, named: str) -> dict[str, NDArray[Any]]:
    """The columns whose names begin so, by the rest of their names."""
    return {name.removeprefix(named): column for name, column in columns.items() if name.startswith(named)}


def content(columns: Iterable[NDArray[Any] | Iterable[str]]) -> str:
    """A hash of columns of numbers and of strings."""
    digest = hashlib.sha256()
    for column in columns:
        values = column if isinstance(column, np.ndarray) else texts(column)
        digest.update(f"{values.dtype.str}{values.shape}".encode())
        digest.update(np.ascontiguousarray(values).data)
    return digest.hexdigest()


def _key(asked: Iterable[str]) -> str:
    """What something is told by from what was learned otherwise, or by other code."""
    parts = (_code_digest(), *asked)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


@cache
def _code_digest() -> str:
    """A hash of the code and data that forecasts hang on, and of the versions of libraries."""
    digest = hashlib.sha256()
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:  # then nothing is learned with it
            digest.update(f"no {name}\n".encode())
    digest.update(code_digest(CODE).encode())
    return digest.hexdigest()


def _read(path: Path) -> Columns | None:
    """What a file holds; nothing where there is none, or it is damaged."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(memoryview(whole)[32:]).digest() != whole[:32]:
        return None
    with suppress(OSError):  # so that it is known to be in use
        path.touch()
    with np.load(io.BytesIO(memoryview(whole)[32:]), allow_pickle=False) as found:
        return dict(found)
