"""Large plain files of events, read by compiled loops: each record as numbers that stand for the texts of its fields.

A table of millions of records has few dates, codes and actors. What belongs together (a *unit*: the columns that tell
of one side, say) is kept as text once, and a record has its number; what the texts mean is then asked of the few.
"""

from __future__ import annotations

import functools
import mmap
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Of a file that one thread reads at once.
RANGE_BYTES = 16_000_000
# Of texts that a thread keeps; a table with more has columns that do not repeat.
MOST_TEXT = 64_000_000
# What the scan stopped for: nothing, a full table of texts or of records, or something that it does not read.
DONE, FULL, ODD = 0, 1, 2
# Of a text, what is looked through at once: it stays in the processor's cache. No line may be longer.
BLOCK = 1 << 16
NEWLINE = np.uint8(ord("\n"))
# Places in `state`.
POSITION, RECORDS, TEXTS, LETTERS = range(4)
# Where it can be, a range is mapped whole at once, and not page by page.
MAPPED: dict[str, int] = {"flags": mmap.MAP_SHARED | mmap.MAP_POPULATE, "prot": mmap.PROT_READ} if hasattr(
    mmap, "MAP_POPULATE") else {"access": mmap.ACCESS_READ}
# A record without an id.
NO_ID = -1
Codes = NDArray[np.int32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a record what stands: `units` are the places of the columns of each unit, from 0, `id` that of the id.

    `skip`: whether a header stands above the records.
    """

    columns: int
    separator: str
    quoted: bool
    skip: bool
    id: int
    units: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """The records of a file: ids, -1 where there is none; whether they have all fields; each unit's text, by number."""

    ids: Numbers
    is_whole: NDArray[np.bool_]
    codes: Codes  # [units, records]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading of files found: each file's records, or nothing where it has something that is not read here.

    `texts`: of each unit, those that no reading before had found, in the order of their numbers; None stands for a
    field that a short record lacks. What is not read here is what is no UTF-8, an empty line, a quote or carriage
    return, an id that is no number; and a table whose texts do not repeat.
    """

    files: list[Scanned | None]
    texts: list[list[tuple[str | None, ...]]]


class Scan:
    """Reads files of one layout; the texts of a unit keep their numbers from file to file."""

    def __init__(self, layout: Layout, threads: int) -> None:
        self._layout, self._threads = layout, threads
        self._scanners = [_Scanner(layout) for _ in range(threads)]
        self._numbers: list[dict[tuple[str | None, ...], int]] = [{} for _ in layout.units]

    def read(self, paths: Sequence[Path]) -> Found:
        """The records of each file."""
        free: SimpleQueue[_Scanner] = SimpleQueue()
        for one in self._scanners:
            free.put(one)

        def read(path: Path, first: int, size: int) -> tuple[_Scanner, Scanned | None]:
            scanner = free.get()
            try:
                return scanner, scanner.read(path, first, size)
            finally:
                free.put(scanner)

        with ThreadPoolExecutor(self._threads) as pool:
            ranges = [[pool.submit(read, path, first, size) for first in range(0, size, RANGE_BYTES)]
                      for path in paths for size in [path.stat().st_size]]
            found = [[one.result() for one in of_file] for of_file in ranges]
        known = [len(one) for one in self._numbers]
        renumbered = {id(one): self._renumbered(one) for one in self._scanners}
        return Found([self._whole([(renumbered[id(scanner)], part) for scanner, part in of_file]) for of_file in found],
                     [list(islice(one, count, None)) for one, count in zip(self._numbers, known, strict=True)])

    def _renumbered(self, scanner: _Scanner) -> Codes:
        """For each number of a thread's own the one that all share."""
        shared = np.empty(len(scanner.found), np.int32)
        for place, (unit, texts) in enumerate(scanner.found):
            shared[place] = self._numbers[unit].setdefault(texts, len(self._numbers[unit]))
        return shared

    @staticmethod
    def _whole(parts: Sequence[tuple[Codes, Scanned | None]]) -> Scanned | None:
        read = [Scanned(part.ids, part.is_whole, shared[part.codes]) for shared, part in parts if part is not None]
        return _joined(read) if parts and len(read) == len(parts) else None


class _Scanner:
    """What one thread knows: `found` has the unit and the texts of each number."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.found: list[tuple[int, tuple[str | None, ...]]] = []
        self._wanted = np.array([*(place for unit in layout.units for place in unit), layout.id])
        self._firsts = np.cumsum([0, *map(len, layout.units)])
        widest = max(map(len, layout.units))
        self._slots = np.full(1 << 13, -1, np.int32)
        self._hashes, self._unit = np.empty(1 << 12, np.uint64), np.empty(1 << 12, np.int8)
        self._starts, self._lengths = np.empty((1 << 12, widest), np.int64), np.empty((1 << 12, widest), np.int32)
        self._letters = np.empty(1 << 20, np.uint8)
        self._strange = (b"\r", b'"') if layout.quoted else (b"\r",)
        self._state = np.zeros(4, np.int64)

    def read(self, path: Path, first: int, size: int) -> Scanned | None:
        """The records that begin in the range of a file of `size` bytes that begins at `first`."""
        text = self._lines(path, first, size)
        if text is None or self._state[LETTERS] > MOST_TEXT:
            return None
        self._state[[POSITION, RECORDS]] = 0
        found = list[Scanned]()
        scan, separator = _compiled(_scan), np.uint8(ord(self._layout.separator))
        while True:
            room = len(text) // 64 + 1
            ids, is_whole = np.empty(room, np.int64), np.empty(room, np.bool_)
            codes = np.empty((len(self._layout.units), room), np.int32)
            while True:
                why = scan(text, separator, self._wanted, self._firsts, self._layout.columns, self._slots, self._hashes,
                           self._unit, self._starts, self._lengths, self._letters, self._state, ids, is_whole, codes)
                if why != FULL or self._state[RECORDS] == room:
                    break
                self._grow()
            if why == ODD:
                return None
            records = int(self._state[RECORDS])
            found.append(Scanned(ids[:records], is_whole[:records], codes[:, :records]))
            if why == DONE:
                break
            self._state[RECORDS] = 0
        self._note()
        return _joined(found)

    def _lines(self, path: Path, first: int, size: int) -> NDArray[np.uint8] | None:
        """The lines that begin in the range, each with its end; nothing where they are not plain."""
        begin = max(first - 1, 0)
        offset = begin - begin % mmap.ALLOCATIONGRANULARITY
        stop = min(first + RANGE_BYTES, size)
        with path.open("rb") as stream:
            text = mmap.mmap(stream.fileno(), min(stop + BLOCK, size) - offset, offset=offset, **MAPPED)
        begin, stop = begin - offset, stop - offset
        end = stop if text[stop - 1] == ord("\n") else text.find(b"\n", stop) + 1 or len(text)  # of the last line
        start = text.find(b"\n", begin, end) + 1 or end if first or self._layout.skip else begin
        if any(text.find(strange, start, end) >= 0 for strange in self._strange):
            return None
        lines = np.frombuffer(text, np.uint8)[start:end]
        if len(lines) and lines.max() >= 0x80:
            try:
                str(memoryview(text)[start:end], "utf-8")
            except UnicodeDecodeError:
                return None
        return lines if text[end - 1] == ord("\n") else np.append(lines, NEWLINE)

    def _grow(self) -> None:
        """Twice the room for texts, where there is too little."""
        if 2 * (self._state[TEXTS] + len(self._firsts)) > len(self._hashes):
            for name in ("_hashes", "_unit", "_starts", "_lengths"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate([old, np.empty_like(old)]))
            self._slots = np.full(2 * len(self._slots), -1, np.int32)
            _compiled(_placed)(self._slots, self._hashes, int(self._state[TEXTS]))
        else:
            self._letters = np.concatenate([self._letters, np.empty_like(self._letters)])

    def _note(self) -> None:
        """Texts that are new, as they are written."""
        for number in range(len(self.found), int(self._state[TEXTS])):
            unit = int(self._unit[number])
            width = int(self._firsts[unit + 1] - self._firsts[unit])
            self.found.append((unit, tuple(
                None if length < 0 else self._letters[start:start + length].tobytes().decode()
                for start, length in zip(self._starts[number, :width].tolist(),
                                         self._lengths[number, :width].tolist(), strict=True))))


def _joined(parts: Sequence[Scanned]) -> Scanned:
    return Scanned(np.concatenate([one.ids for one in parts]), np.concatenate([one.is_whole for one in parts]),
                   np.concatenate([one.codes for one in parts], axis=1))


@functools.cache
def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """A loop over numbers, compiled; kept for the next time by those who may write where the package stands."""
    from numba import njit

    compiled: Callable[..., Any] = njit(cache=True, nogil=True)(kernel)
    return compiled


def _placed(slots: Any, hashes: Any, texts: int) -> None:
    """Puts the numbers of texts where their hashes say."""
    for number in range(texts):
        slot = hashes[number] & np.uint64(len(slots) - 1)
        while slots[slot] >= 0:
            slot = (slot + np.uint64(1)) & np.uint64(len(slots) - 1)
        slots[slot] = number


def _scan(text: Any, separator: int, wanted: Any, firsts: Any, columns: int, slots: Any, hashes: Any, unit_of: Any,
          starts: Any, lengths: Any, letters: Any, state: Any, ids: Any, is_whole: Any, codes: Any) -> int:
    """Reads lines from `state` on, until the text ends, a table is full, or something is odd."""
    units = len(firsts) - 1
    id_place = firsts[units]
    begins, ends = np.empty(id_place + 1, np.int64), np.empty(id_place + 1, np.int64)
    is_mark = np.empty(BLOCK, np.uint8)
    marks, line_ends = np.empty(BLOCK + 1, np.int32), np.empty(BLOCK + 1, np.int32)
    position, records, texts, used = state[POSITION], state[RECORDS], state[TEXTS], state[LETTERS]
    mask = np.uint64(len(slots) - 1)
    while position < len(text):
        # Where fields and lines end, of a block at a time: written for every byte and kept for few, for a branch that
        # cannot be foreseen takes longer than both.
        first, block = position, text[position:position + BLOCK]
        for place in range(len(block)):
            is_mark[place] = (block[place] == NEWLINE) | (block[place] == separator)
        marked, lines = np.uint64(0), np.uint64(0)
        for place in range(len(block)):
            marks[marked] = place
            marked += np.uint64(is_mark[place])
        for place in range(marked):
            line_ends[lines] = place
            lines += np.uint64(block[marks[place]] == NEWLINE)
        if lines == 0:
            return ODD
        mark = 0
        for line in range(lines):
            if records == len(ids) or 2 * (texts + units) > len(hashes):
                state[POSITION], state[RECORDS], state[TEXTS], state[LETTERS] = position, records, texts, used
                return FULL
            fields = line_ends[line] + 1 - mark
            if fields == 1 and first + marks[mark] == position:
                return ODD
            for one in range(id_place + 1):
                place = wanted[one]
                if place < fields:
                    begins[one] = position if place == 0 else first + marks[mark + place - 1] + 1
                    ends[one] = first + marks[mark + place]
                else:
                    begins[one] = ends[one] = -1
            number = np.int64(NO_ID)
            if ends[id_place] > begins[id_place]:
                number = np.int64(0)
                is_number = ends[id_place] - begins[id_place] <= 18 and (
                    text[begins[id_place]] != 48 or ends[id_place] == begins[id_place] + 1)
                for place in range(begins[id_place], ends[id_place]):
                    digit = np.int64(text[place]) - 48
                    is_number &= (digit >= 0) & (digit <= 9)
                    number = number * 10 + digit
                if not is_number:
                    if fields == columns:
                        return ODD
                    number = np.int64(NO_ID)
            for unit in range(units):
                hashed = np.uint64(14695981039346656037) + np.uint64(unit)
                size = 0
                for one in range(firsts[unit], firsts[unit + 1]):
                    for place in range(begins[one], ends[one]):
                        hashed = (hashed ^ np.uint64(text[place])) * np.uint64(1099511628211)
                    size += ends[one] - begins[one]
                    hashed = (hashed ^ np.uint64(256 + (begins[one] >= 0))) * np.uint64(1099511628211)
                hashed ^= hashed >> np.uint64(29)
                slot = hashed & mask
                known = slots[slot]
                while known >= 0:
                    is_same = hashes[known] == hashed and unit_of[known] == unit
                    for one in range(firsts[unit], firsts[unit + 1]):
                        if not is_same:
                            break
                        length = ends[one] - begins[one] if begins[one] >= 0 else -1
                        is_same = lengths[known, one - firsts[unit]] == length
                        if is_same:
                            start = starts[known, one - firsts[unit]]
                            for place in range(length):
                                is_same &= letters[start + place] == text[begins[one] + place]
                    if is_same:
                        break
                    slot = (slot + np.uint64(1)) & mask
                    known = slots[slot]
                if known < 0:
                    if used + size > len(letters):
                        state[POSITION], state[RECORDS], state[TEXTS], state[LETTERS] = position, records, texts, used
                        return FULL
                    known = texts
                    slots[slot], hashes[known], unit_of[known] = known, hashed, unit
                    for one in range(firsts[unit], firsts[unit + 1]):
                        starts[known, one - firsts[unit]] = used
                        lengths[known, one - firsts[unit]] = ends[one] - begins[one] if begins[one] >= 0 else -1
                        for place in range(begins[one], ends[one]):
                            letters[used] = text[place]
                            used += 1
                    texts += 1
                codes[unit, records] = known
            ids[records], is_whole[records] = number, fields == columns
            records += 1
            mark += fields
            position = first + marks[mark - 1] + 1
    state[POSITION], state[RECORDS], state[TEXTS], state[LETTERS] = position, records, texts, used
    return DONE
