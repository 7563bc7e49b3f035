"""Signed edge lists as files: `u,v,sign`, by comma, tab, semicolon or space, gzip or not."""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sides.balance.network import Conflicts, Network
from sides.model.errors import MalformedInput, MissingInput

SEPARATORS = (",", "\t", ";", " ")


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is no tie: its number from 1, and why."""

    line: int
    reason: str


def read_edge_list(path: Path, *, conflicts: Conflicts = "drop",
                   weighted: bool = False) -> tuple[Network, list[Refused]]:
    """The network of a file, and the lines that were left out of it.

    A line is an actor, another, and a sign or rating (a number, or + or -); further columns are passed over. Lines that
    start with # and a first line of column names are no ties.

    Raises `MissingInput` where there is no such file, `MalformedInput` for one that cannot be decompressed or decoded,
    or has no tie.
    """
    refused: list[Refused] = []
    edges = list(_edges(_text(path), refused))
    if not edges:
        why = f"line {refused[0].line} {refused[0].reason}" if refused else "it is empty"
        raise MalformedInput(str(path), f"has no tie ({why})", "Each line is an actor, another, and a sign: a,b,-1.")
    return Network.from_edges(edges, conflicts=conflicts, weighted=weighted), refused


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise MissingInput(str(path), "is not there", "Give the path of a signed edge list.") from None
    except OSError as error:
        raise MalformedInput(str(path), f"cannot be read ({error.strerror})", "Give a file of lines a,b,-1.") from error
    try:
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise MalformedInput(str(path), "is a damaged gzip file", "Compress it again.") from error
    except UnicodeDecodeError as error:
        raise MalformedInput(str(path), "is not text in UTF-8", "Save it as UTF-8.") from error


def _edges(text: str, refused: list[Refused]) -> Iterator[tuple[str, str, float]]:
    lines = io.StringIO(text, newline="")
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    lines.seek(0)
    separator = next((one for one in SEPARATORS if first.count(one) >= 2), ",")
    rows = csv.reader((line if not line.startswith("#") else "\n" for line in lines), delimiter=separator,
                      skipinitialspace=True)
    seen = False
    try:
        for row in rows:
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            is_first, seen = not seen, True
            value = _value(row[2]) if len(row) > 2 else None
            if value is not None and row[0].strip() and row[1].strip():
                yield row[0].strip(), row[1].strip(), value
            elif not (is_first and len(row) > 2):
                refused.append(Refused(rows.line_num, "has no three columns" if len(row) < 3 else
                                       f"has no sign or number third ({row[2].strip()!r})" if value is None else
                                       "lacks an actor"))
    except csv.Error as error:
        refused.append(Refused(rows.line_num, f"cannot be split into columns ({error})"))


def _value(said: str) -> float | None:
    said = said.strip()
    if said in ("+", "-"):
        return 1.0 if said == "+" else -1.0
    try:
        value = float(said.replace("−", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
