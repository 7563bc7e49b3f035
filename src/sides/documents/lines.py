"""The lines of a text with their places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
# Bullets, quotation and heading marks, emphasis: what may stand around the words of a line.
MARKS_BEFORE = " \t\u00a0•*·∙●-–—→▶►>»#_|"
MARKS_BEHIND = " \t\u00a0*_|"
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds more than space; offsets are those of what is not space."""

    begin_char: int
    end_char: int
    text: str
    is_after_gap: bool  # whether an empty line, or nothing, stands above it

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(WORD.findall(self.text))


def lines_of(text: str) -> tuple[Line, ...]:
    """All lines of a text but the empty ones.

    >>> [(line.begin_char, line.text, line.is_after_gap) for line in lines_of("A\\r\\n B \\n\\nC")]
    [(0, 'A', True), (4, 'B', False), (8, 'C', True)]
    """
    found: list[Line] = []
    end_above = 0
    for match in LINE.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        begin = match.start() + len(match.group()) - len(match.group().lstrip())
        between = text[end_above:begin].replace("\r\n", "\n")
        gap = not found or sum(character in "\n\r\x0b\x0c\x85\u2028\u2029" for character in between) > 1
        found.append(Line(begin, begin + len(stripped), stripped, gap))
        end_above = begin + len(stripped)
    return tuple(found)


def without_bullet(text: str) -> str:
    """A line's words without the bullet or other marks around them.

    >>> without_bullet("  • Sign up **")
    'Sign up'
    """
    return text.lstrip(MARKS_BEFORE).rstrip(MARKS_BEHIND)
