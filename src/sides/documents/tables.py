"""The data of this stage: formats, dates, languages and asides, read once from the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The data file of this name.

    >>> table("formats")["suffixes"][".htm"]
    'html'
    """
    found: Mapping[str, Any] = tomllib.loads(
        (files("sides") / "data" / "documents" / f"{name}.toml").read_text("utf-8"))
    return found
