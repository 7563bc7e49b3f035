"""Plain text: what is in the file, character for character."""

from __future__ import annotations

from collections.abc import Iterator

from sides.documents.content import Content, Format
from sides.documents.decode import decode


def read(name: str, content: bytes, *, charset: str | None = None) -> Iterator[Content]:
    """The text of a file. Raises `BinaryInput` if it is none.

    >>> [content.text for content in read("a.txt", b"A truce.\\r\\n")]
    ['A truce.\\r\\n']
    """
    yield Content(name=name, format=Format.TEXT, text=decode(name, content, charset))
