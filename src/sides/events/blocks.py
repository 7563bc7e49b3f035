"""Files of events as blocks of text: whole records, counted, in bounded memory."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

from sides.events.mapping import SEPARATORS, Table
from sides.model.errors import EmptyInput, MalformedInput, MissingInput

# Of text: some 40,000 records of GDELT, a few hundred megabytes of DuckDB's memory.
BLOCK_BYTES = 16_000_000
# Between the fields of a record that was quoted: no text has it.
FIELD = "\x1f"


@dataclass(frozen=True, slots=True)
class Block:
    """Some records of a file: `text` has one a line. `first`: the place of the first among the file's records, from 1.

    `recoded`: how many of them are no UTF-8 and were read as Latin-1.
    """

    file: str
    first: int
    records: int
    text: str
    separator: str
    header: tuple[str, ...]
    recoded: int


def blocks_of(path: Path, table: Table, size: int = BLOCK_BYTES) -> Iterator[Block]:
    """The blocks of a file: plain, gzip or zip. Raises `InputError` if it can't be read, or not to its end."""
    try:
        with _opened(path) as stream:
            found = False
            for block in _quoted(path.name, stream, table, size) if table.quoted else \
                    _lines(path.name, stream, table, size):
                found = True
                yield block
    except FileNotFoundError as error:
        raise MissingInput(str(path), "is not there", "Give the path of a file of events.") from error
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise MalformedInput(str(path), f"cannot be read to its end ({error})", "Get the file again.") from error
    except csv.Error as error:
        raise MalformedInput(str(path), f"is no table of quoted fields ({error})",
                             "Check its separator and quotes.") from error
    if not found:
        raise EmptyInput(str(path), "holds no records", "Leave it out.")


def _opened(path: Path) -> IO[bytes]:
    if path.is_dir():
        raise MalformedInput(str(path), "is a folder", "Name the files in it.")
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if magic == b"PK\x03\x04":
        archive = zipfile.ZipFile(path)
        inside = [one for one in archive.namelist() if not one.endswith("/")]
        if len(inside) != 1:
            raise zipfile.BadZipFile(f"holds {len(inside)} files, and not one")
        return archive.open(inside[0])
    return path.open("rb")


def _lines(name: str, stream: IO[bytes], table: Table, size: int) -> Iterator[Block]:
    """Records that are lines: a quote is a letter."""
    separator, header = SEPARATORS[table.separator], table.columns
    if table.header:
        first = stream.readline().decode("utf-8-sig", "replace").rstrip("\r\n")
        header = tuple(first.split(separator))
    place, rest = 1, b""
    while chunk := stream.read(size):
        whole, cut, rest = (rest + chunk).rpartition(b"\n")
        if cut:
            block = _block(name, place, whole, separator, header)
            if block.records:
                yield block
            place += block.records
    block = _block(name, place, rest, separator, header)
    if block.records:
        yield block


def _block(name: str, place: int, content: bytes, separator: str, header: tuple[str, ...]) -> Block:
    content = content.replace(b"\r\n", b"\n").removesuffix(b"\r")
    recoded = 0
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        lines = []
        for line in content.split(b"\n"):
            try:
                lines.append(line.decode("utf-8"))
            except UnicodeDecodeError:
                lines.append(line.decode("latin-1"))
                recoded += 1
        text = "\n".join(lines)
    if "\n\n" in text or text.startswith("\n") or text.endswith("\n"):
        text = "\n".join(line for line in text.split("\n") if line)
    return Block(name, place, text.count("\n") + 1 if text else 0, text, separator, header, recoded)


class _Decoded:
    """Lines as UTF-8, those that are none as Latin-1, counted."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.recoded = stream, 0

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.stream):
            try:
                yield line.decode("utf-8-sig" if number == 0 else "utf-8")
            except UnicodeDecodeError:
                self.recoded += 1
                yield line.decode("latin-1")


def _quoted(name: str, stream: IO[bytes], table: Table, size: int) -> Iterator[Block]:
    """Records with quoted fields, which may hold separators and line breaks."""
    csv.field_size_limit(2 ** 31 - 1)
    lines = _Decoded(stream)
    rows = csv.reader(iter(lines), delimiter=SEPARATORS[table.separator])
    header = tuple(next(rows, ())) if table.header else table.columns
    place, weight, told = 1, 0, list[str]()
    for row in rows:
        if not row:
            continue
        record = FIELD.join(row)
        if "\n" in record or "\r" in record:
            record = record.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
        told.append(record)
        weight += len(record)
        if weight >= size:
            yield Block(name, place, len(told), "\n".join(told), FIELD, header, lines.recoded)
            place, weight, told, lines.recoded = place + len(told), 0, [], 0
    if told:
        yield Block(name, place, len(told), "\n".join(told), FIELD, header, lines.recoded)


def header_of(path: Path, table: Table) -> tuple[str, ...]:
    """The names of the columns of a file without quoted fields."""
    return tuple(first_lines(path)[0].split(SEPARATORS[table.separator])) if table.header else table.columns


def check_header(file: str, header: tuple[str, ...], table: Table, used: tuple[str, ...]) -> None:
    """Raises `InputError` where a column that is looked at is missing."""
    missing = [name for name in dict.fromkeys((*table.columns, *used)) if name not in header]
    if missing:
        raise MalformedInput(file, f"lacks the columns {', '.join(missing[:5])}"
                             + (f" and {len(missing) - 5} more" if len(missing) > 5 else ""),
                             f"It has {', '.join(header[:8])}. Choose another mapping, or write one.")


def first_lines(path: Path, count: int = 1) -> list[str]:
    """The first lines of a file. Raises `InputError` if it can't be read."""
    try:
        with _opened(path) as stream:
            return [line.decode("utf-8-sig", "replace").rstrip("\r\n") for line in islice(stream, count)]
    except FileNotFoundError as error:
        raise MissingInput(str(path), "is not there", "Give the path of a file of events.") from error
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise MalformedInput(str(path), f"cannot be read ({error})", "Get the file again.") from error
