"""From a source to its documents: read by format, date, check the language, set aside; errors are values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sides.documents import feed, html, markdown, pdf, text, warc
from sides.documents.asides import find_asides
from sides.documents.content import Content, Format, FoundDate, squeezed
from sides.documents.dating import in_name, in_url
from sides.documents.extractor import extracted, is_extracted
from sides.documents.heading import Heading, read_heading
from sides.documents.language import detect, name_of
from sides.documents.sniff import HEAD_BYTES, format_of
from sides.documents.source import Facts, Options, Source
from sides.documents.web import Answer, fetch, host_of
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import (
    EmptyInput,
    InputError,
    MissingInput,
    TooLargeInput,
    UndatedDocument,
    UnreachableInput,
    UnsupportedLanguage,
)

LANGUAGE = "en"
ENGLISH = ("en", "eng", "english")  # as sidecars and pages call it
# A page of tomorrow's date may have been published where it is tomorrow already.
FUTURE_DAYS = 1
TRIED = {"option": "--date", "sidecar": "the sidecar", "meta": "meta tags", "feed": "the feed's entry",
         "url": "the URL", "name": "the file's name", "text": "the first lines of the text",
         "modified": "when the file was made"}
ESTIMATES = {"modified": "estimated from when the file or copy was made"}


def load(source: Source, options: Options) -> Iterator[Document | InputError]:
    """The documents of a source, in its order, and an error for each that is left out. Never raises for its content.

    A text file, page or PDF gives one document or error; a feed or web archive one for each entry.

    >>> [found] = load(Source(name="-", content=b"A truce\\n\\n11 Jul, 2022\\n\\nThe talks in Doha ended."),
    ...                Options(today=date(2024, 1, 1)))
    >>> str(found.published), found.published_from, found.title
    ('2022-07-11', 'text', 'A truce')
    """
    for found in _contents(source, options):
        if isinstance(found, InputError):
            yield found
        else:
            yield _document(found, source, options)


def load_text(text: str, source: Source, options: Options) -> Document | InputError:
    """A document of a text that is known already, or why it is none. `source` says its name and facts.

    >>> load_text("The talks ended.", Source(name="a", content=b""), Options(today=date(2024, 1, 1))).reason
    'has no date that can be trusted (tried: the first lines of the text)'
    """
    return _document(Content(name=source.name, format=Format.TEXT, text=text), source, options)


def _contents(source: Source, options: Options) -> Iterator[Content | InputError]:
    if source.url is not None:
        answer = fetch(source.url, timeout_seconds=options.timeout_seconds, max_bytes=options.max_bytes)
        if isinstance(answer, InputError):
            yield answer
        else:
            yield from _read_answer(source.name, answer, options)
        return
    made: tuple[FoundDate, ...] = ()
    try:
        if source.path is None:
            content = source.content or b""
        else:
            with source.path.open("rb") as opened:
                head = opened.read(HEAD_BYTES)
            if format_of(source.name, head) is Format.WARC:
                yield from _archived(source.name, source.path, options)
                return
            status = source.path.stat()
            made = (FoundDate(PartialDate.of(_day(status.st_mtime)), "modified"),)
            if status.st_size > options.max_bytes:
                yield _too_large(source.name, f"{status.st_size:,} bytes", f"{options.max_bytes:,}")
                return
            content = source.path.read_bytes()
    except FileNotFoundError:
        yield MissingInput(source.name, "is no longer there", "Check the path.")
        return
    except (OSError, ValueError) as error:
        yield UnreachableInput(source.name, f"cannot be opened ({error})", "Check its permissions.")
        return
    if len(content) > options.max_bytes:
        yield _too_large(source.name, f"more than {options.max_bytes:,} bytes", f"{options.max_bytes:,}")
        return
    for found in _read(source.name, content, options):
        yield replace(found, dates=(*found.dates, *made)) if isinstance(found, Content) else found


def _day(seconds: float) -> date:
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return date.min


def _read_answer(name: str, answer: Answer, options: Options) -> Iterator[Content | InputError]:
    """What an address answered with, in whichever format."""
    for found in _read(name, answer.content, options, media_type=answer.media_type, charset=answer.charset,
                       url=answer.url):
        if isinstance(found, Content) and found.url is None:
            found = replace(found, url=answer.url)
        yield found


def _read(name: str, content: bytes, options: Options, *, media_type: str | None = None, charset: str | None = None,
          url: str | None = None) -> Iterator[Content | InputError]:
    """Hand the bytes to the module of their format."""
    if not content.strip():
        yield EmptyInput(name, "is empty", "Leave it out, or save it again.")
        return
    kind = format_of(name, content[:HEAD_BYTES], media_type)
    if isinstance(kind, InputError):
        yield from extracted(name, content) if is_extracted(name) else (kind,)
        return
    try:
        if kind is Format.HTML:
            yield from html.read(name, content, charset=charset, url=url, today=options.today)
        elif kind is Format.PDF:
            yield from pdf.read(name, content, max_chars=options.max_chars)
        elif kind is Format.MARKDOWN:
            yield from markdown.read(name, content, charset=charset)
        elif kind is Format.FEED:
            yield from _feed(name, content, options, url)
        elif kind is Format.WARC:
            yield from _archived(name, content, options)
        else:
            yield from text.read(name, content, charset=charset)
    except InputError as error:
        yield error


def _feed(name: str, content: bytes, options: Options, url: str | None) -> Iterator[Content | InputError]:
    for entry in feed.read(name, content, url=url):
        if not isinstance(entry, feed.Link):
            yield entry
            continue
        answer = fetch(entry.url, timeout_seconds=options.timeout_seconds, max_bytes=options.max_bytes)
        if isinstance(answer, InputError):
            yield answer
            continue
        if format_of(entry.url, answer.content[:HEAD_BYTES], answer.media_type) in (Format.FEED, Format.WARC):
            yield EmptyInput(entry.url, "is no article, though a feed names it", "Give it by itself.")
            continue
        about = entry.content
        for found in _read_answer(entry.url, answer, options):
            if isinstance(found, Content):
                found = replace(found, title=found.title or about.title, author=found.author or about.author,
                                outlet=found.outlet or about.outlet, dates=(*found.dates, *about.dates))
            yield found


def _archived(name: str, archive: Path | bytes, options: Options) -> Iterator[Content | InputError]:
    found_any = False
    for record in warc.read(name, archive, max_bytes=options.max_bytes):
        found_any = True
        if isinstance(record, InputError):
            yield record
            continue
        kind = format_of(record.name, record.content[:HEAD_BYTES], record.media_type)
        if kind in (Format.FEED, Format.WARC):
            continue
        for found in _read(record.name, record.content, options, media_type=record.media_type, charset=record.charset,
                           url=record.url):
            if isinstance(found, Content):
                found = replace(found, url=found.url or record.url, format=Format.WARC,
                                dates=(*found.dates, *record.captured))
            yield found
    if not found_any:
        yield EmptyInput(name, "is a web archive without a page, PDF or text", "Leave it out.")


def _document(content: Content, source: Source, options: Options) -> Document | InputError:
    """A document of what was read, if it is text, English and dated."""
    name, body = content.name, content.text
    facts = source.facts or Facts()
    if not squeezed(body[:options.max_chars]):
        return EmptyInput(name, "has no words in it", "Leave it out, or save it again.")
    if len(body) > options.max_chars:
        return _too_large(name, f"{len(body):,} characters", f"{options.max_chars:,}")
    language = options.language or facts.language or detect(body) or content.language or LANGUAGE
    if language.replace("_", "-").partition("-")[0].strip().lower() not in ENGLISH:
        return UnsupportedLanguage(
            name, f"is in {name_of(language)} ({language})",
            "Only English is read: translate it, or state its language (en) in documents.json if it is English.")
    heading = read_heading(body)
    url = facts.url or content.url
    dated = _dated(content, source, options, facts, heading, url)
    if isinstance(dated, InputError):
        return dated
    author = options.author or facts.author or content.author or heading.author
    estimate = facts.published_is if dated.how == "sidecar" else ESTIMATES.get(dated.how)
    return Document(
        text=body, name=name, published=dated.date, published_from=dated.how, published_is=estimate or "stated",
        title=options.title or facts.title or content.title or heading.title,
        outlet=options.outlet or facts.outlet or content.outlet or (host_of(url) if url else None),
        author=author, language=LANGUAGE, url=url, format=str(content.format), key=facts.key,
        asides=find_asides(body, author=author, heading=heading, known=content.asides))


def _dated(content: Content, source: Source, options: Options, facts: Facts, heading: Heading,
           url: str | None) -> FoundDate | InputError:
    """The date that is trusted most of those that were found."""
    found: list[tuple[str, PartialDate | None]] = [("option", options.date), ("sidecar", facts.published)]
    found += [(how, _first(content.dates, how)) for how in ("meta", "feed")]
    found.append(("url", in_url(url) if url else None))
    if source.path is not None and "name" in options.date_from:
        found.append(("name", in_name(source.name)))
    found.append(("text", heading.date.date if heading.date else None))
    if "modified" in options.date_from:
        found.append(("modified", _first(content.dates, "modified")))
    latest = options.today + timedelta(days=FUTURE_DAYS)
    for how, day in found:
        if day is not None and day.first <= latest:
            return FoundDate(day, how)
    tried = ", ".join(_attempt(how, day) for how, day in found if _applies(how, day, content, url))
    return UndatedDocument(content.name, f"has no date that can be trusted (tried: {tried})",
                           "Give one with --date 2021-06-15, or in documents.json beside it.")


def _first(dates: Sequence[FoundDate], how: str) -> PartialDate | None:
    return next((found.date for found in dates if found.how == how), None)


def _applies(how: str, day: PartialDate | None, content: Content, url: str | None) -> bool:
    """Whether a way of dating could have told something of this document."""
    if how == "meta":
        return day is not None or content.format in (Format.HTML, Format.WARC, Format.MARKDOWN)
    if how == "feed":
        return day is not None or content.format is Format.FEED
    return day is not None or (how == "url" and url is not None) or how in ("name", "text", "modified")


def _attempt(how: str, day: PartialDate | None) -> str:
    return TRIED[how] if day is None else f"{TRIED[how]}, where {day} lies in the future"


def _too_large(name: str, size: str, limit: str) -> InputError:
    return TooLargeInput(name, f"is too large ({size}, where {limit} may be read)", "Split it into its articles.")
