"""Large files as numbers for texts: the tables of texts grow, and what is not read so is left to others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from sides.events.scan import BLOCK, MOST_TEXT, Found, Layout, Scan, Scanned

LAYOUT = Layout(4, "\t", quoted=False, skip=False, id=0, units=((1,), (2, 3)))


def read(path: Path, content: bytes, layout: Layout = LAYOUT) -> Found:
    path.write_bytes(content)
    return Scan(layout, 2).read([path])


def told(found: Scanned | None, texts: list[list[tuple[str | None, ...]]]) -> list[tuple[object, ...]]:
    """The records as they were written."""
    assert found is not None
    return [(number, is_whole, *(texts[unit][code] for unit, code in enumerate(codes)))
            for number, is_whole, codes in zip(found.ids.tolist(), found.is_whole.tolist(), found.codes.T.tolist(),
                                               strict=True)]


@pytest.mark.parametrize("range_bytes", [7, 1000, 16_000_000])
def test_tables_of_texts_grow_and_every_record_keeps_its_own(tmp_path, range_bytes):
    rows = [(number, f"day {number % 7}", f"who {number}", f"whom {number * 7919 % 10_007}")
            for number in range(20_000)]
    content = "".join("\t".join(map(str, row)) + "\n" for row in rows[:200 if range_bytes < 10 else None]).encode()
    with mock.patch("sides.events.scan.RANGE_BYTES", range_bytes):
        found = read(tmp_path / "made", content)
    assert told(*found.files, found.texts) == [(number, True, (day,), (who, whom))
                                 for number, day, who, whom in rows[:content.count(b"\n")]]


def test_a_long_text_is_kept_whole_and_fields_that_lack_are_not_empty(tmp_path):
    long = "\u05d0" * 20_000
    found = read(tmp_path / "made", f"1\t{long}\t\t\n2\t{long}\n\t{long}x\ta\tb\tc".encode())
    assert told(*found.files, found.texts) == [(1, True, (long,), ("", "")), (2, False, (long,), (None, None)),
                                               (-1, False, (f"{long}x",), ("a", "b"))]


@pytest.mark.parametrize("content", [
    b"1\ta\tb\tc\r\n", b"1\ta\tb\tc\n\n2\ta\tb\tc\n", b"\n", b"1\t\xff\tb\tc\n", b"1\t\xed\xa0\x80\tb\tc\n",
    b"01\ta\tb\tc\n", b" 1\ta\tb\tc\n", b"1.0\ta\tb\tc\n", b"1234567890123456789\ta\tb\tc\n",
    b"1\t" + b"a" * BLOCK + b"\tb\tc\n"])
def test_what_is_not_plain_is_left_to_others(tmp_path, content):
    assert read(tmp_path / "made", b"7\ta\tb\tc\n" + content).files == [None]


def test_a_quote_is_a_letter_or_left_to_others(tmp_path):
    assert read(tmp_path / "made", b'1\t"a"\tb\tc\n').files != [None]
    assert read(tmp_path / "made", b'1\t"a"\tb\tc\n', replace(LAYOUT, quoted=True)).files == [None]


def test_texts_that_do_not_repeat_are_left_to_others(tmp_path):
    with mock.patch("sides.events.scan.MOST_TEXT", 1000):
        path = tmp_path / "made"
        path.write_bytes(b"".join(b"%d\t%d\t%d\tc\n" % (one, one, one) for one in range(1000)))
        scan = Scan(LAYOUT, 1)
        assert scan.read([path]).files != [None]  # it is seen when the range is over
        assert scan.read([path]).files == [None]
    assert MOST_TEXT > 1000


def test_one_file_that_is_odd_costs_the_others_nothing(tmp_path):
    (tmp_path / "one").write_bytes(b"1\ta\tb\tc\n")
    (tmp_path / "odd").write_bytes(b"1\ta\tb\tc\r\n")
    scan = Scan(LAYOUT, 2)
    found = scan.read([tmp_path / "one", tmp_path / "odd", tmp_path / "one"])
    first, odd, second = found.files
    assert odd is None
    assert told(first, found.texts) == told(second, found.texts) == [(1, True, ("a",), ("b", "c"))]
    assert scan.read([tmp_path / "one"]).texts == [[], []]  # they are told of once
