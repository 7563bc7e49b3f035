"""Web archives (WARC): each archived page, PDF or text is a document. Needs the extra `warc` (fastwarc)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from sides.documents.content import FoundDate
from sides.documents.tables import table
from sides.model.dates import PartialDate
from sides.model.errors import InputError, MalformedInput, TooLargeInput, UnknownFormat

ANSWERED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One archived answer of a format that is read."""

    name: str
    url: str | None
    content: bytes
    media_type: str | None
    charset: str | None
    captured: tuple[FoundDate, ...]


def read(name: str, source: Path | bytes, *, max_bytes: int) -> Iterator[Record | InputError]:
    """The records of an archive that hold pages, PDFs or texts; redirections, pictures and the like are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        yield UnknownFormat(name, "is a web archive, for which a package is missing",
                            "Install it: pip install 'sides[warc]'")
        return
    known = table("formats")["media_types"]
    read_any = False
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream:
        try:
            for record in ArchiveIterator(stream):
                read_any = True
                if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
                    continue
                is_answer = record.is_http and record.http_headers is not None
                if is_answer and record.http_headers.status_code != ANSWERED:
                    continue
                kind = record.http_content_type if is_answer else record.headers.get("Content-Type")
                media_type = str(kind).partition(";")[0].strip().lower() if kind else None
                if media_type is not None and media_type not in known:
                    continue
                url = record.headers.get("WARC-Target-URI")
                label = f"{name}#{url or record.record_id}"
                content = record.reader.read(max_bytes + 1)
                if len(content) > max_bytes:
                    yield TooLargeInput(label, f"is longer than {max_bytes:,} bytes", "Save the part that matters.")
                    continue
                yield Record(name=label, url=url, content=content, media_type=media_type,
                             charset=record.http_charset if is_answer else None, captured=_captured(record.record_date))
        except (OSError, ValueError, RuntimeError, EOFError, UnicodeError) as error:
            reason = " ".join(str(error).split())[:80] or type(error).__name__
            yield MalformedInput(name, f"breaks off or is damaged ({reason})",
                                 "What stood before is read; fetch or unpack the archive again.")
            return
    if not read_any:
        yield MalformedInput(name, "holds no archived record", "Check that it is a WARC file.")


def _captured(moment: object) -> tuple[FoundDate, ...]:
    """When the copy was made, which may be long after the page was published."""
    return (FoundDate(PartialDate.of(date(moment.year, moment.month, moment.day)), "modified"),) if isinstance(
        moment, date) else ()
