"""Where a document comes from, and what is known of it before it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sides.model.dates import PartialDate

MAX_CHARS = 1_000_000  # a long book; what is longer is hardly one article
MAX_BYTES = 64_000_000  # of one file or answer that is not an archive: pages carry scripts and pictures
TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a sidecar says about a document."""

    key: str | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    published_is: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, address or standard input to be loaded. It can be pickled and sent to another process.

    Exactly one of `path`, `url` and `content` (what standard input held) is given.

    >>> Source(name="-", content=b"A text.").place
    'standard input'
    """

    name: str  # what the user calls it: a path relative to the folder given, a URL, or "-"
    path: Path | None = None
    url: str | None = None
    content: bytes | None = None
    facts: Facts | None = None

    @property
    def place(self) -> str:
        """What kind of place it is: `file`, `address` or `standard input`."""
        return "file" if self.path else "address" if self.url else "standard input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user says about all documents of one read.

    `today` guards against dates in the future. `date_from` names what may date a document that says nothing of its
    date: `name` (a date in the file's name) and `modified` (when the file, or the copy in an archive, was made).

    >>> Options(today=date(2024, 5, 1)).date_from
    ('name',)
    """

    today: date
    date: PartialDate | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    date_from: Sequence[str] = ("name",)
    max_chars: int = MAX_CHARS
    max_bytes: int = MAX_BYTES
    timeout_seconds: float = TIMEOUT_SECONDS
