"""Which mapping a file is to be read by: from its name and its columns."""

from __future__ import annotations

from collections.abc import Mapping as Mappings
from fnmatch import fnmatchcase
from pathlib import Path

from sides.events.blocks import first_lines
from sides.events.mapping import SEPARATORS, Mapping, shipped_names
from sides.model.errors import UnknownFormat


def recognized(path: Path, mappings: Mappings[str, Mapping]) -> str:
    """The name of the mapping for a file. Raises `UnknownFormat` where none or several fit, and `InputError`.

    Those of plug-ins are tried where none of the package's own fits.
    """
    lines = first_lines(path)
    fitting = {name: len(one.table.columns) for name, one in mappings.items() if _fits(one, lines)}
    fitting = {name: count for name, count in fitting.items() if name in shipped_names()} or fitting
    named = {name for name in fitting
             if any(fnmatchcase(path.name.lower(), pattern.lower()) for pattern in mappings[name].table.files)}
    best = named or {name for name in fitting if fitting[name] == max(fitting.values())}
    if len(best) == 1:
        return next(iter(best))
    if not best:
        raise UnknownFormat(str(path), "has the columns of no dataset that is known",
                            "Name its dataset with --as, or write a mapping: see docs/events.md.")
    raise UnknownFormat(str(path), f"may be one of several datasets ({', '.join(sorted(best))})",
                        "Say which with --as.")


def _fits(mapping: Mapping, lines: list[str]) -> bool:
    """Whether a file that begins with these lines has all columns that the mapping looks at."""
    table = mapping.table
    separator = SEPARATORS[table.separator]
    if not table.header:
        return bool(lines) and len(lines[0].split(separator)) == len(table.columns)
    header = {one.strip().strip('"') for one in lines[0].split(separator)} if lines else set()
    return {*table.columns, *mapping.used} <= header
