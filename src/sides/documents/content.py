"""What a format module takes out of a file: its text, and what the format itself says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sides.model.dates import PartialDate
from sides.model.document import Aside

SURROGATE_OR_NUL = re.compile("[\ud800-\udfff\x00]")


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    FEED = "feed"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, and how it was found: `meta`, `feed`, `url`, `name`, `text`, `modified`."""

    date: PartialDate
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of one document and what its format says about it. `asides` are those that only the format knows."""

    name: str
    format: str  # a `Format`, or the name of the extractor of a plug-in
    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    dates: tuple[FoundDate, ...] = ()
    asides: tuple[Aside, ...] = ()


def storable(text: str) -> str:
    """The text with halves of surrogate pairs and NULs replaced by U+FFFD, one for one: no store takes them.

    >>> storable("a\\x00b")
    'a\ufffdb'
    """
    return SURROGATE_OR_NUL.sub("\ufffd", text)


def titled(title: str | None, body: str) -> str:
    """The body under its title, or alone if it begins with the title.

    >>> titled("A truce", "It holds.")
    'A truce\\n\\nIt holds.'
    """
    if not title or squeezed(title) in squeezed(body[:len(title) * 2 + 500]):
        return body
    return f"{title}\n\n{body}"


def squeezed(text: str) -> str:
    """The letters and digits of a text, in one case: to tell whether two texts say the same.

    >>> squeezed("Hamas’ “Axis”")
    'hamasaxis'
    """
    return "".join(character for character in text.casefold() if character.isalnum())


def said(value: object) -> str | None:
    """A value of metadata as one clean line, or nothing.

    >>> said("  The New\\n Arab ")
    'The New Arab'
    """
    if not isinstance(value, str):
        return None
    return " ".join(storable(value).split()) or None
