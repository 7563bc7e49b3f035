"""Large files as numbers for texts: the tables of texts grow, and what is not read so is left to others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from sides.events.scan import BLOCK, MOST_TEXT, Layout, Scan, Scanned

LAYOUT = Layout(4, "\t", quoted=False, skip=False, id=0, units=((1,), (2, 3)))


def read(path: Path, content: bytes, layout: Layout = LAYOUT, threads: int = 2) -> tuple[Scan, Scanned | None]:
    path.write_bytes(content)
    scan = Scan(layout, threads)
    (found,) = scan.read([path])
    return scan, found


def told(scan: Scan, found: Scanned) -> list[tuple[object, ...]]:
    """The records as they were written."""
    texts = [scan.texts(unit, 0) for unit in range(len(found.codes))]
    return [(number, is_whole, *(texts[unit][code] for unit, code in enumerate(codes)))
            for number, is_whole, codes in zip(found.ids.tolist(), found.is_whole.tolist(), found.codes.T.tolist(),
                                               strict=True)]


@pytest.mark.parametrize("range_bytes", [7, 1000, 16_000_000])
def test_tables_of_texts_grow_and_every_record_keeps_its_own(tmp_path, range_bytes):
    rows = [(number, f"day {number % 7}", f"who {number}", f"whom {number * 7919 % 10_007}")
            for number in range(20_000)]
    content = "".join("\t".join(map(str, row)) + "\n" for row in rows[:200 if range_bytes < 10 else None]).encode()
    with mock.patch("sides.events.scan.RANGE_BYTES", range_bytes):
        scan, found = read(tmp_path / "made", content)
    assert found is not None
    assert told(scan, found) == [(number, True, (day,), (who, whom))
                                 for number, day, who, whom in rows[:content.count(b"\n")]]


def test_a_long_text_is_kept_whole_and_fields_that_lack_are_not_empty(tmp_path):
    long = "\u05d0" * 20_000
    scan, found = read(tmp_path / "made", f"1\t{long}\t\t\n2\t{long}\n\t{long}x\ta\tb\tc".encode())
    assert found is not None
    assert told(scan, found) == [(1, True, (long,), ("", "")), (2, False, (long,), (None, None)),
                                 (-1, False, (f"{long}x",), ("a", "b"))]


@pytest.mark.parametrize("content", [
    b"1\ta\tb\tc\r\n", b"1\ta\tb\tc\n\n2\ta\tb\tc\n", b"\n", b"1\t\xff\tb\tc\n", b"1\t\xed\xa0\x80\tb\tc\n",
    b"01\ta\tb\tc\n", b" 1\ta\tb\tc\n", b"1.0\ta\tb\tc\n", b"1234567890123456789\ta\tb\tc\n",
    b"1\t" + b"a" * BLOCK + b"\tb\tc\n"])
def test_what_is_not_plain_is_left_to_others(tmp_path, content):
    _, found = read(tmp_path / "made", b"7\ta\tb\tc\n" + content)
    assert found is None


def test_a_quote_is_a_letter_or_left_to_others(tmp_path):
    assert read(tmp_path / "made", b'1\t"a"\tb\tc\n')[1] is not None
    assert read(tmp_path / "made", b'1\t"a"\tb\tc\n', replace(LAYOUT, quoted=True))[1] is None


def test_texts_that_do_not_repeat_are_left_to_others(tmp_path):
    with mock.patch("sides.events.scan.MOST_TEXT", 1000):
        scan, found = read(tmp_path / "made", b"".join(b"%d\t%d\t%d\tc\n" % (one, one, one) for one in range(1000)))
        assert found is not None  # it is seen when the range is over
        assert scan.read([tmp_path / "made"]) == [None]
    assert MOST_TEXT > 1000


def test_one_file_that_is_odd_costs_the_others_nothing(tmp_path):
    (tmp_path / "one").write_bytes(b"1\ta\tb\tc\n")
    (tmp_path / "odd").write_bytes(b"1\ta\tb\tc\r\n")
    scan = Scan(LAYOUT, 2)
    first, odd, second = scan.read([tmp_path / "one", tmp_path / "odd", tmp_path / "one"])
    assert odd is None
    assert told(scan, first) == told(scan, second) == [(1, True, ("a",), ("b", "c"))]
