"""A document: one dated text from one outlet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sides.model.dates import PartialDate


class AsideReason(StrEnum):
    """Why a stretch of a document is kept but not read for claims."""

    BOILERPLATE = "boilerplate"
    AUTHOR_BIOGRAPHY = "author biography"
    SUBSCRIPTION = "subscription"
    CAPTION = "caption"
    REPEATED = "repeated"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of the text that is set aside: kept, marked, not read for claims."""

    begin_char: int
    end_char: int
    reason: AsideReason


def text_id(text: str) -> str:
    """The id of a text: the first 16 hexadecimal digits of its SHA-256 in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One dated text from one outlet, with what is known of where it comes from.

    Offsets everywhere refer to `text`, which is never changed. Two copies of one text share their `id`.
    """

    text: str
    name: str  # what the user calls it: a path relative to the folder given, a URL, or "-"
    published: PartialDate
    published_from: str  # how the date was found: option, sidecar, meta, url, name, text, feed, modified
    published_is: str = "stated"  # or "estimated ..."
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str = "en"
    url: str | None = None
    format: str = "text"  # text, markdown, html, pdf, feed, warc
    key: str | None = None  # the short name that a sidecar gives it
    asides: tuple[Aside, ...] = ()

    @property
    def id(self) -> str:
        """Hash of the text: reading it twice adds nothing."""
        return text_id(self.text)
