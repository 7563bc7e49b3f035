"""The objects of a file of JSON lines, each with its place; what is none is named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sides.model.errors import InputError, MalformedInput, MissingInput, UnreachableInput

Row = Mapping[str, Any]


def objects(path: Path) -> Iterator[tuple[str, Row] | InputError]:
    """Each object with its place ("claims.jsonl line 3"), or why it is none. Raises nothing."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        yield MissingInput(path.name, "does not exist", "Check the path.")
        return
    except OSError as error:
        yield UnreachableInput(path.name, f"cannot be opened ({error.strerror})", "Check its permissions.")
        return
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        try:
            row = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            yield MalformedInput(where, f"is not JSON ({error})", "Write one JSON object a line, in UTF-8.")
            continue
        yield (where, row) if isinstance(row, dict) else MalformedInput(
            where, "is no object", "Write one JSON object a line, in UTF-8.")


def words(value: object) -> str:
    """A text of a row without blanks around it; empty for anything else."""
    return value.strip() if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """The texts of a list; none for anything else."""
    return [words(one) for one in value if words(one)] if isinstance(value, list) else []
