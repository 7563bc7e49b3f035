"""Strings as the tables keep them: valid Unicode, without losing what a careless input held.

A Python string may hold a *lone surrogate* (half of a character, left over from a broken conversion), which UTF-8
cannot. Each is kept as one private-use character, U+10F800 + (its code - U+D800), so that offsets still count. Where a
text really holds a character from U+10F7FF on, U+10F7FF is put before it, and taken away again on reading. All other
characters, NUL among them, stand as they are.
"""

from __future__ import annotations

import re

SURROGATE = 0xD800
STAND_IN = 0x10F800
MARK = "\U0010f7ff"

UNSTORABLE = re.compile("[\ud800-\udfff\U0010f7ff-\U0010ffff]")
STORED = re.compile("\U0010f7ff(.)|([\U0010f800-\U0010ffff])", re.DOTALL)


def escaped(text: str) -> str:
    """The form in which the tables keep a string.

    >>> escaped("caf\u00e9 \U0001f642") == "caf\u00e9 \U0001f642", len(escaped("a\\ud800b"))
    (True, 3)
    """
    return text if text.isascii() else UNSTORABLE.sub(_escape, text)


def unescaped(text: str) -> str:
    """The string that was kept.

    >>> unescaped(escaped("a\\ud800b")) == "a\\ud800b"
    True
    """
    return text if text.isascii() else STORED.sub(_unescape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(code - SURROGATE + STAND_IN) if code < STAND_IN - 1 else MARK + found[0]


def _unescape(found: re.Match[str]) -> str:
    literal, stand_in = found.groups()
    return str(literal) if literal is not None else chr(ord(stand_in) - STAND_IN + SURROGATE)
