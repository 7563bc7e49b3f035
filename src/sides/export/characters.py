"""Characters that a format cannot hold: written as escapes where it has any, else marked as lost and counted."""

from __future__ import annotations

import json
import re
from typing import Any

# What XML 1.0 cannot hold, not even as a reference: most control characters, halves of surrogate pairs, two more.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What UTF-8 cannot hold.
HALVES = re.compile("[\ud800-\udfff]")
LOST = "\ufffd"
# Line breaks and tabs stand in an attribute only as references: a parser makes spaces of others.
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def json_text(value: Any) -> str:
    """A value as JSON that any file of UTF-8 or XML can hold; reading it gives the very same value.

    >>> json_text({"quote": "a\\x0b\\ud800"})
    '{"quote": "a\\\\u000b\\\\ud800"}'
    """
    return ILLEGAL.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


class Characters:
    """Texts as XML or UTF-8 can hold them; counts what was lost."""

    def __init__(self) -> None:
        self.lost = 0

    def xml(self, text: str) -> str:
        """A text for an element or a quoted attribute."""
        text = self.legal(text)
        for character, escape in ESCAPES.items():  # the ampersand first
            text = text.replace(character, escape)
        return text

    def legal(self, text: str) -> str:
        """A text of characters that XML can hold, as they are."""
        return self._kept(ILLEGAL, text)

    def utf8(self, text: str) -> str:
        """A text without halves of surrogate pairs."""
        return self._kept(HALVES, text)

    def notes(self, form: str) -> tuple[str, ...]:
        """What to tell of what was lost, if anything was."""
        if not self.lost:
            return ()
        which = "1 character" if self.lost == 1 else f"{self.lost} characters"
        return (f"{which} that {form} cannot hold became U+FFFD.",)

    def _kept(self, lost: re.Pattern[str], text: str) -> str:
        kept, count = lost.subn(LOST, text)
        self.lost += count
        return kept
