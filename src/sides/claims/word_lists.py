"""Lists of words that ship as TOML tables."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any, TypeVar

from sides.model.errors import LexiconError

Lists = TypeVar("Lists")


def shipped(file: str, of_table: Callable[[Mapping[str, Any]], Lists]) -> Lists:
    """What a table of `data/lexicon` makes. Raises `LexiconError` for a row that makes no sense."""
    data = tomllib.loads((resources.files("sides") / "data" / "lexicon" / file).read_text(encoding="utf-8"))
    try:
        return of_table(data)
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise LexiconError(f"{file}: a row makes no sense ({error}).") from error
