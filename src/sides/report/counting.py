"""Numbers of things, in words."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun.

    >>> counted(1, "claim"), counted(2, "copy", "copies")
    ('1 claim', '2 copies')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
