"""From bytes to characters, without changing one of them: no newline is translated."""

from __future__ import annotations

import codecs
import re

from sides.documents.sniff import HEAD_BYTES, is_binary, wide_encoding
from sides.model.errors import BinaryInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# English in an old eight-bit encoding is nearly all ASCII, with some quotation marks and accents: Windows-1252 nearly
# always. Detection by statistics is poor on so few bytes, and is left for texts with more of them.
MOSTLY_ASCII = 0.75
MAX_STRANGE = 0.01  # share of control characters above which decoded text is noise


def decode(name: str, content: bytes, charset: str | None = None) -> str:
    """The characters of a text file. `charset` is what its server says, tried first.

    Raises `BinaryInput` if no encoding makes text of it.

    >>> decode("a.txt", "naïve\\r\\n".encode("cp1252"))
    'naïve\\r\\n'
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strict(name, content[len(mark):], encoding)
    if charset:
        text = _try(content, charset)
        if text is not None and not _is_noise(text):
            return text
    wide = wide_encoding(content[:HEAD_BYTES])
    if wide:
        return _strict(name, content, wide)
    if is_binary(content):
        raise _binary(name)
    text = _try(content, "utf-8")
    if text is None:
        text = _guess(name, content)
    if _is_noise(text):
        raise _binary(name)
    return text


def declared_charset(content: bytes) -> str | None:
    """The encoding that a page or feed declares for itself, in its first bytes.

    >>> declared_charset(b'<meta charset="iso-8859-1">')
    'iso-8859-1'
    """
    found = DECLARED.search(content[:HEAD_BYTES])
    return found.group(1).decode("ascii") if found else None


def _guess(name: str, content: bytes) -> str:
    from charset_normalizer import from_bytes

    high = sum(byte > 127 for byte in content[:200_000])
    if high <= (1 - MOSTLY_ASCII) * len(content[:200_000]):
        text = _try(content, "cp1252")
        if text is not None:
            return text
    best = from_bytes(content[:200_000]).best()
    text = _try(content, best.encoding) if best is not None else None
    if text is None:
        raise _binary(name)
    return text


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _strict(name: str, content: bytes, encoding: str) -> str:
    text = _try(content, encoding)
    if text is None or _is_noise(text):
        raise _binary(name)
    return text


def _is_noise(text: str) -> bool:
    strange = sum(1 for character in text[:100_000] if ord(character) < 32 and character not in "\t\n\r\f\x0b\x1b")
    return strange > MAX_STRANGE * min(len(text), 100_000)


def _binary(name: str) -> BinaryInput:
    return BinaryInput(name, "is not text in any encoding that could be recognised",
                       "Save it as UTF-8, or leave it out.")
