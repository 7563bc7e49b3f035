"""Which format a file is in: what its first bytes say, then its name or media type."""

from __future__ import annotations

import re
import zlib

from sides.documents.content import Format
from sides.documents.tables import table
from sides.model.errors import BinaryInput, InputError, UnknownFormat

HEAD_BYTES = 4096
HTML_START = re.compile(rb"^(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
FEED_START = re.compile(rb"^(?:<\?xml[^>]*\?>\s*)?(?:<[!?][^>]*>\s*)*<(?:\w+:)?(?:rss|feed|rdf)\b", re.I | re.S)
# Bytes of control characters that no text holds: all below space but tab, newline, form feed, return and escape.
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def suffix(name: str) -> str:
    """The last part of a file's name, in small letters; `.warc.gz` as one.

    >>> suffix("2021/Report.WARC.gz")
    '.warc.gz'
    """
    last = re.split(r"[/\\]", name)[-1].lower()
    if last.endswith(".warc.gz"):
        return ".warc.gz"
    stem, dot, end = last.rpartition(".")
    return f".{end}" if dot and stem else ""


def named(name: str) -> Format | None:
    """The format that a file's name promises.

    >>> named("talks.htm")
    <Format.HTML: 'html'>
    """
    found = table("formats")["suffixes"].get(suffix(name))
    return Format(found) if found else None


def seen(head: bytes) -> Format | None:
    """The format that the first bytes of a file give away; nothing for text without marks, or for what is unknown.

    >>> seen(b"%PDF-1.7")
    <Format.PDF: 'pdf'>
    """
    start = head[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\x00", b"")[2:].lstrip()
    if b"%PDF-" in start[:1024]:
        return Format.PDF
    if start.startswith(b"WARC/"):
        return Format.WARC
    if start.startswith(b"\x1f\x8b"):
        return Format.WARC if _unpacked_start(start).startswith(b"WARC/") else None
    if FEED_START.match(start):
        return Format.FEED
    if HTML_START.match(start):
        return Format.HTML
    return None


def _unpacked_start(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def format_of(name: str, head: bytes, media_type: str | None = None) -> Format | InputError:
    """The format of a file or answer, or why it is none that is read. Content tells first, then type, then name.

    >>> format_of("page.txt", b"<!doctype html><p>A truce.")
    <Format.HTML: 'html'>
    >>> print(format_of("photo.jpg", b"\\xff\\xd8"))
    'photo.jpg' is an image. Give the text that belongs to it.
    """
    found = seen(head)
    if found is not None:
        return found
    formats = table("formats")
    if media_type is not None:
        typed = formats["media_types"].get(media_type.lower())
        if typed:
            return Format(typed)
    promised = named(name)
    if promised is not None and not (media_type and media_type.startswith(("image/", "audio/", "video/"))):
        return promised
    return refusal(name, head, media_type)


def refusal(name: str, head: bytes, media_type: str | None = None) -> Format | InputError:
    """Why a file of no known name and no known start is left out; or plain text, if it has no suffix and reads so."""
    formats = table("formats")
    ending = suffix(name)
    for kind, endings in sorted(formats["binary"].items()):
        if ending in endings:
            article = "an" if kind[0] in "aeiou" else "a"
            return BinaryInput(name, f"is {article} {kind}", "Give the text that belongs to it.")
    if ending in formats["convertible"]:
        return UnknownFormat(name, f"is in a format that is not read ({ending})", formats["convertible"][ending])
    if is_binary(head):
        return BinaryInput(name, "is not text", "Give it as plain text, Markdown, HTML, PDF, a feed or WARC.")
    known = ", ".join(sorted(formats["suffixes"]))
    if media_type and media_type != "application/octet-stream" and not media_type.startswith("text/"):
        return UnknownFormat(name, f"is of a type that is not read ({media_type})", f"These are read: {known}.")
    if media_type or not ending:
        return Format.TEXT
    return UnknownFormat(name, f"is in a format that is not read ({ending})",
                         f"If it is plain text, rename it to end in .txt, or pipe it in: sides read - (read: {known}).")


def is_binary(head: bytes) -> bool:
    """Whether bytes hold what no text does. UTF-16 and UTF-32 with their marks are text.

    >>> is_binary(b"\\x00\\x01\\x02\\x03"), is_binary("naïve".encode())
    (True, False)
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    if head.count(0) > 0.2 * len(head) and wide_encoding(head):
        return False
    strange = len(head) - len(head.translate(None, CONTROLS))
    return b"\x00" in head or strange > 0.02 * len(head)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark, told by zeros that stand at every other byte: `utf-16-le` or `utf-16-be`.

    >>> wide_encoding("A truce holds.".encode("utf-16-be"))
    'utf-16-be'
    """
    even, odd = head[0::2], head[1::2]
    if len(head) < 8:
        return None
    if odd.count(0) > 0.5 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.5 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None
