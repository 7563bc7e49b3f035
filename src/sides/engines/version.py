"""The version of a reading: a digest of everything that it depends on, besides the document; and that of an install."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from sides.actors.overlays import OverlayFile
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.parsing.pipeline import pipeline_version

# The code and data that a reading goes through. A changed comment makes a new version too: better that than a reading
# that passes for one of other code.
READING = ("model", "documents/lines.py", "parsing", "actors", "claims", "data/lexicon", "data/registry",
           "data/resolution", "data/learned")

# Those that a forecast of ours goes through, once claims are there.
FORECASTING = ("model", "ledger", "ties", "forecast", "data/ledger", "data/ties", "data/forecast")


def reading_version(overlays: Sequence[OverlayFile] = (), lexicon: Sequence[LexiconFile] = (),
                    mode: str = "both") -> str:
    """Twelve hexadecimal digits: code, lexicon and registry with the user's own files, parser, models and mode."""
    digest = hashlib.sha256(f"spacy {version('spacy')} {pipeline_version()} {mode}".encode())
    digest.update(contents_digest(READING).encode())
    for overlay in overlays:
        digest.update(f"\noverlay {hashlib.sha256(overlay.content).hexdigest()}".encode())
    for file in lexicon:
        digest.update(f"\nown lexicon {hashlib.sha256(file.content).hexdigest()}".encode())
    return digest.hexdigest()[:12]


@cache
def forecasting_version() -> str:
    """Twelve hexadecimal digits: the code and data of our forecasters, and LightGBM where it is installed."""
    digest = hashlib.sha256(contents_digest(FORECASTING).encode())
    with suppress(PackageNotFoundError):
        digest.update(f"\nlightgbm {version('lightgbm')}".encode())
    return digest.hexdigest()[:12]


@cache
def installed() -> str:
    """What two machines share that give the same results: Python, the code and data of `sides`, what it stands on."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    names = {one.name for one in files("sides").iterdir()} - {"__pycache__", "web"}
    digest.update(contents_digest(sorted(names)).encode())
    for line in sorted(requires("sides") or []):
        if "extra ==" not in line:
            name = re.split(r"[<>=!~\[; ]", line)[0]
            digest.update(f"\n{name} {version(name)}".encode())
    return digest.hexdigest()[:12]


def contents_digest(folders: Iterable[str]) -> str:
    """Names and hashes of the files of the package in some folders, a line each."""
    return "".join(f"\n{name} {hashlib.sha256(content).hexdigest()}" for folder in folders
                   for name, content in _contents(files("sides") / folder, folder))


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if folder.is_file():
        yield name, folder.read_bytes()
        return
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name == "__pycache__":
            continue
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _contents(entry, path)
        else:
            yield path, entry.read_bytes()
