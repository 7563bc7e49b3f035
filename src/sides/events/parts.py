"""Files of events as DuckDB can read them: whole ones where they lie, all others copied piece by piece.

The copy of a piece holds exactly the records of its blocks, so that what a record is, is said in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from sides.events.blocks import Block, blocks_of, header_of
from sides.events.mapping import SEPARATORS, Table

# Of text that is copied at once: what the temporary folder must hold, whatever the size of the file.
PIECE_BYTES = 128_000_000
# Small enough to stay in the processor's cache while it is looked through.
CHUNK = 1 << 16
# What DuckDB takes for no field at all, where a line ends too early. A file that holds it is copied without it.
NO_FIELD = "\x01\x02\x01"
# Fields that a line may have too many before DuckDB refuses its file; it is then copied with such lines cut.
BEYOND = 8
# DuckDB's own limit for a line is 2,000,000 bytes.
LONGEST = 1_900_000


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of the file `file`, as lines of `path`: `first` is the place of the first in the file, from 1.

    `size`: bytes; `recoded`: records that were no UTF-8; `skip`: whether a header stands above them; `longest`: bytes
    of the longest line, where it was measured.
    """

    file: str
    path: Path
    first: int
    records: int
    size: int
    recoded: int
    separator: str
    header: tuple[str, ...]
    skip: bool = False
    longest: int = 0


def parts_of(path: Path, table: Table, folder: Path) -> Iterator[Part]:
    """The parts of a file; copies stand in `folder` until `done`. Raises `InputError` as `blocks_of` does."""
    records = plain_records(path, table)
    if records:
        yield Part(str(path), path, 1, records, path.stat().st_size, 0, SEPARATORS[table.separator],
                   header_of(path, table), skip=table.header)
        return
    piece: list[Block] = []
    held = 0
    for block in blocks_of(path, table):
        if piece and held + len(block.text) > PIECE_BYTES:
            yield copied(piece, path, folder)
            piece, held = [], 0
        piece.append(block)
        held += len(block.text)
    yield copied(piece, path, folder)


def is_plain(path: Path, table: Table) -> bool:
    """Whether a file may hold its records as they are: it is not packed, and no mark stands before the first."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError:
        return False
    return not (magic[:2] == b"\x1f\x8b" or magic == b"PK\x03\x04" or (not table.header
                                                                         and magic[:3] == b"\xef\xbb\xbf"))


def plain_records(path: Path, table: Table) -> int | None:
    """How many records a file has that DuckDB reads as `blocks_of` does; nothing where it might not, or is empty.

    Such a file is UTF-8, its lines end in line feeds alone, none is empty or very long, and it has no quoted fields.
    """
    if not is_plain(path, table) or any(letter in str(path) for letter in "*?[]{}"):  # which would stand for others
        return None
    records, rest = 0, b""
    with path.open("rb", buffering=0) as stream:
        is_first = table.header
        while chunk := stream.read(CHUNK):
            whole, cut, rest = (rest + chunk).rpartition(b"\n")
            if is_first and cut:
                header, cut, whole = whole.partition(b"\n")
                is_first = False
                if b"\r" in header:
                    return None
            found = _plain_lines(whole, table) if cut else 0
            if found is None or len(rest) > LONGEST:
                return None
            records += found
    found = _plain_lines(rest, table) if rest and not is_first else 0
    return None if found is None else records + found


def _plain_lines(lines: bytes, table: Table) -> int | None:
    if b"\r" in lines or b"\x01" in lines or (table.quoted and b'"' in lines):
        return None
    if not lines.isascii():
        try:
            lines.decode("utf-8")
        except UnicodeDecodeError:
            return None
    single = lines.split(b"\n")
    return None if b"" in single else len(single)


def copied(blocks: list[Block], path: Path, folder: Path) -> Part:
    """Blocks that follow each other, written into `folder`."""
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=folder, delete=False) as stream:
        for block in blocks:
            text = block.text
            for strange in ("\r", NO_FIELD):  # in fields as blanks; the text that is kept has them
                if strange in text:
                    text = text.replace(strange, " ")
            # Before the first line, a mark of byte order would be taken for none of it.
            stream.write(("\n" if block is blocks[0] and text.startswith("\ufeff") else "") + text + "\n")
    copy = Path(stream.name)
    return Part(str(path), copy, blocks[0].first, sum(one.records for one in blocks), copy.stat().st_size,
                sum(one.recoded for one in blocks), blocks[0].separator, blocks[0].header)


def careful(part: Part, folder: Path) -> Part:
    """The same part, copied so that DuckDB refuses no line: fields past one too many are cut off."""
    most = len(part.header) + BEYOND
    separator, longest = part.separator.encode(), 0
    with part.path.open("rb") as lines, NamedTemporaryFile(dir=folder, delete=False) as stream:
        for place, line in enumerate(lines):
            if part.skip and place == 0:
                continue
            fields = line.rstrip(b"\n").split(separator, most)
            if len(fields) > most:
                line = separator.join(fields[:len(part.header) + 1]) + b"\n"
            longest = max(longest, len(line))
            stream.write(line)
    copy = Path(stream.name)
    return replace(part, path=copy, skip=False, longest=longest, size=copy.stat().st_size)


def done(part: Part) -> None:
    """Remove the copy of a part, if it is one."""
    if str(part.path) != part.file:
        part.path.unlink()


def read_sql(parts: list[Part]) -> str:
    """The table function that reads parts of the same header; `file_index` is the place of a row's part, from 0."""
    first = parts[0]
    longest = max(one.longest for one in parts)
    names = ", ".join(f"'f{place}': 'VARCHAR'" for place in range(1, len(first.header) + BEYOND + 1))
    return (f"read_csv([{', '.join(quoted(str(one.path)) for one in parts)}], delim={quoted(first.separator)}, "
            f"header=false, skip={int(first.skip)}, quote='', escape='', comment='', columns={{{names}}}, "
            f"auto_detect=false, null_padding=true, nullstr={quoted(NO_FIELD)}, compression='none', "
            "hive_partitioning=false" + (f", max_line_size={2 * longest}" if longest > LONGEST else "") + ")")


def quoted(text: str) -> str:
    """A literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
