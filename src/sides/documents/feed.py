"""RSS and Atom: an entry that holds its article is a document; otherwise its link is, if the feed came from the web."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from sides.documents.content import Content, Format, FoundDate, said, storable, titled
from sides.documents.dating import date_of, parse_date
from sides.documents.html import PARSER_FAILURES, fragment_text, quiet
from sides.documents.lines import WORD
from sides.model.dates import PartialDate
from sides.model.errors import EmptyInput, InputError, MalformedInput

FULL_SUMMARY_WORDS = 120  # a summary as long as this is the article itself, as some feeds have it
CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\[&hellip;\]|read\s+more\W*|continue\s+reading.{0,120})\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry whose article stands at its link; `content` is what the feed says of it, without a text."""

    url: str
    content: Content


def read(name: str, content: bytes, *, url: str | None = None) -> Iterator[Content | Link | InputError]:
    """The entries of a feed, in its order. One without a text and link costs that entry alone."""
    import feedparser

    try:
        with quiet("feedparser"):
            feed: Mapping[str, Any] = feedparser.parse(
                content, response_headers={"content-location": url} if url else {}, sanitize_html=False)
    except PARSER_FAILURES as error:
        yield _damaged(name, error)
        return
    entries: Sequence[Mapping[str, Any]] = feed.get("entries", ())
    problem = feed.get("bozo_exception")
    if not entries:
        if problem is not None or not feed.get("version"):
            yield _damaged(name, problem)
        else:
            yield EmptyInput(name, "is a feed without entries", "Try again when it has some.")
        return
    about: Mapping[str, Any] = feed.get("feed", {})
    for number, entry in enumerate(entries, 1):
        yield _entry(name, number, entry, about, is_from_web=url is not None)
    if problem is not None and type(problem).__name__ == "SAXParseException":
        yield MalformedInput(name, f"breaks off or is damaged ({_short(problem)}); {len(entries)} entries were found",
                             "Fetch it again if entries are missing.")


def _entry(name: str, number: int, entry: Mapping[str, Any], about: Mapping[str, Any], *,
           is_from_web: bool) -> Content | Link | InputError:
    link = said(entry.get("link"))
    if link is not None and not link.lower().startswith(("http://", "https://")):
        link = None
    label = link if is_from_web and link else f"{name}#{link or said(entry.get('id')) or number}"
    date = _date(entry)
    title = said(fragment_text(str(entry.get("title") or "")))
    text = _full_text(entry)
    found = Content(
        name=label, format=Format.FEED, text=storable(titled(title, text)) if text else "", title=title, url=link,
        author=said(entry.get("author")), outlet=said(about.get("title")),
        language=said(about.get("language")), dates=(FoundDate(date, "feed"),) if date else ())
    if text:
        return found
    if link and is_from_web:
        return Link(link, found)
    if link:
        return EmptyInput(label, "is an entry that only announces its article",
                          "Give the feed's URL instead of a saved copy, or the article's own.")
    return EmptyInput(label, "is an entry without text and without a link", "Leave it out.")


def _full_text(entry: Mapping[str, Any]) -> str | None:
    """What the entry holds of its article, if that is all of it."""
    for part in entry.get("content", ()):
        text = _plain(part)
        if text and not CUT_OFF.search(text):
            return text
    detail = entry.get("summary_detail") or {"value": entry.get("summary", "")}
    text = _plain(detail)
    if len(WORD.findall(text)) >= FULL_SUMMARY_WORDS and not CUT_OFF.search(text):
        return text
    return None


def _plain(part: Mapping[str, Any]) -> str:
    value = str(part.get("value") or "")
    if part.get("type") == "text/plain" and not re.search(r"</?(?:p|br|div|a|b|i|em|strong|ul|li)\b", value, re.I):
        return value.strip()
    return fragment_text(value)


def _date(entry: Mapping[str, Any]) -> PartialDate | None:
    """The day that an entry gives, in the time zone in which it gives it."""
    for key in ("published", "created", "updated"):
        written = said(entry.get(key))
        if written is None:
            continue
        found = parse_date(written) or parse_date(written[:10])
        if found is None:
            try:
                found = PartialDate.of(parsedate_to_datetime(written).date())
            except (ValueError, TypeError, IndexError, OverflowError):
                parsed = entry.get(f"{key}_parsed")
                found = date_of(*parsed[:3]) if isinstance(parsed, time.struct_time) else None
        if found is not None:
            return found
    return None


def _damaged(name: str, error: object) -> InputError:
    return MalformedInput(name, f"is no feed that can be read ({_short(error)})",
                          "Fetch it again, or give its articles.")


def _short(error: object) -> str:
    return " ".join(str(error or "neither RSS nor Atom").split())[:80]
