"""A lexicon file of the user's own with its content, so that it means the same when its file has changed or gone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sides.model.errors import LexiconError


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """Entries of the user's own, as TOML."""

    name: str  # of the file: messages name it
    content: bytes

    @classmethod
    def read(cls, path: Path) -> LexiconFile:
        """The file at a path. Raises `LexiconError` if it cannot be read or is no UTF-8 text."""
        try:
            content = path.read_bytes()
            content.decode("utf-8")
        except OSError as error:
            raise LexiconError(f"The lexicon {str(path)!r} cannot be read ({error.strerror}). Give the path of a TOML "
                               "file that can be opened.") from error
        except UnicodeDecodeError as error:
            raise LexiconError(f"The lexicon {str(path)!r} is not UTF-8 text. Save it as UTF-8.") from error
        return cls(str(path), content)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.content.decode("utf-8-sig")

    @property
    def table(self) -> dict[str, Any]:
        """Its classes by name. Raises `LexiconError` if it is no TOML."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"The lexicon {self.name!r} cannot be read as TOML ({error}). Correct it there: a class "
                               'is a line [[class]] and, below it, lines like lemmas = "cradle, coddle".') from error

    def line(self, name: str, number: int) -> int:
        """The line on which the n-th class of a name begins, counted from 1.

        >>> LexiconFile("own.toml", b'# mine\\n[[class]]\\n[[agent]]\\n[[class]]').line("class", 2)
        4
        """
        header = re.compile(rf"\s*\[\[?\s*[\"']?{re.escape(name)}[\"']?\s*\]\]?\s*(#.*)?")
        lines = [place for place, line in enumerate(self.text.splitlines(), 1) if header.fullmatch(line)]
        return lines[number - 1] if number <= len(lines) else 1
