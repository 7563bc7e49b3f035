"""Whole files and blocks of text give the same claims, accounts and reasons, whatever a file is like."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.events.blocks import blocks_of
from sides.events.converter import Converter
from sides.events.gathering import KEPT, gathering
from sides.events.mapping import Mapping, parse_mapping, shipped
from sides.events.parts import plain_records
from sides.events.recognize import recognized
from sides.events.sides import Sides
from sides.model.errors import EmptyInput
from tests.events.test_samples import SAMPLES

MADE = """
[dataset]
name = "made"
[table]
separator = "tab"
quoted = {quoted}
header = {header}
columns = ["nr", "day", "who", "whom", "what"]
missing = ["", "NA"]
[event]
id = ["nr"]
start = {{ column = "day", forms = ["%Y%m%d"] }}
[[claim]]
source = {{ code = "who", scheme = "cameo" }}
target = {{ code = "whom", scheme = "cameo" }}
type = {{ code = "what", scheme = "cameo" }}
"""
ORDER = "ORDER BY record, id"


@cache
def registry() -> Registry:
    return Registry.load()


def by_blocks(path: Path, mapping: Mapping, size: int = 50) -> tuple[Any, ...]:
    account, rows, left_out = None, [], []
    with duckdb.connect() as connection:
        converter = Converter(connection, mapping, Sides(registry()))
        for block in blocks_of(path, mapping.table, size):
            one = converter.convert(replace(block, file=str(path)))
            account = account.with_more(one) if account else one
            rows += connection.execute(f"SELECT {', '.join(KEPT)} FROM converted {ORDER}").fetchall()
            left_out += connection.execute("FROM left_out").fetchall()
    return account, rows, left_out


def by_files(path: Path, mappings: dict[str, Mapping], dataset: str, range_bytes: int | None = None) -> tuple[Any, ...]:
    """`range_bytes`: read by compiled loops where they can, so much at once."""
    with mock.patch("sides.events.gathering.SCANNED_BYTES", 0 if range_bytes else 1 << 62), \
            mock.patch("sides.events.scan.RANGE_BYTES", range_bytes), \
            gathering(registry=registry(), mappings=mappings) as found:
        (told,) = found.read([path], dataset)
        assert told.account is not None, told.error
        return told.account, found.connection.execute(f"SELECT * FROM gathered {ORDER}").fetchall(), \
            found.left_out().fetchall()


FIELD = st.one_of(
    st.sampled_from([b"ISR", b" USA ", b"GOV", b"", b"NA", b"190", b"051", b"010", b"999", b"20121105", b"1", b"2"]),
    st.binary(max_size=6).map(lambda one: one.replace(b"\n", b"").replace(b"\t", b"")),
    st.sampled_from([b'"', b'"a', b"\x00", b"\r", b"\x01\x02\x01", b"\xef\xbb\xbf", "\u4e2d".encode(), b"\xe9", b"'",
                     b"\\", b"#"]))
GOOD = st.tuples(st.integers(1, 9).map(lambda one: str(one).encode()), st.just(b"20121105"),
                 st.sampled_from([b"ISR", b"SYRREB", b" USA"]), st.sampled_from([b"SYR", b"ISR", b"GOV"]),
                 st.sampled_from([b"190", b"051"])).map(b"\t".join)
LINE = st.one_of(GOOD, GOOD, st.lists(FIELD, min_size=0, max_size=20).map(b"\t".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=1, max_size=12), ending=st.sampled_from([b"\n", b"\n", b"\r\n"]),
       is_ended=st.booleans(), packing=st.sampled_from(["plain", "plain", "gzip", "zip"]), has_header=st.booleans(),
       is_quoted=st.booleans(), range_bytes=st.integers(5, 200))
def test_files_and_blocks_tell_the_same(tmp_path, lines, ending, is_ended, packing, has_header, is_quoted, range_bytes):
    if is_quoted:  # what is no table of quoted fields is refused as a whole, by both
        lines = [line.replace(b'"', b"").replace(b"\r", b"") for line in lines] + [b'7\t20121105\t"ISR"\t"S\nYR"\t051']
    text = str(has_header).lower(), str(is_quoted).lower()
    mapping = parse_mapping(MADE.format(header=text[0], quoted=text[1]), "made.toml")
    content = ending.join([b"nr\tday\twho\twhom\twhat"] * has_header + lines) + ending * is_ended
    path = tmp_path / "made"
    if packing == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("made", content)
    else:
        path.write_bytes(gzip.compress(content) if packing == "gzip" else content)
    try:
        expected = by_blocks(path, mapping)
    except EmptyInput:
        with gathering(registry=registry(), mappings={"made": mapping}) as found:
            (told,) = found.read([path], "made")
        assert isinstance(told.error, EmptyInput)
        return
    assert by_files(path, {"made": mapping}, "made") == expected
    assert by_files(path, {"made": mapping}, "made", range_bytes) == expected


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not part of the repository")
@pytest.mark.parametrize("name", ["gdelt/20191024143000.export.CSV.gz", "gdelt/events1_198201_57columns.tsv",
                                  "icews/events.2018.sample.tab.gz", "acled/acled_2022_middle_east_ukraine.csv.gz",
                                  "ucdp/ucdp_prio_acd_24.1.csv.gz", "cow/alliance_v4.1_by_dyad.csv.gz"])
def test_samples_are_the_same_by_files_and_by_blocks(name, tmp_path):
    dataset = recognized(SAMPLES / name, shipped())
    expected = by_blocks(SAMPLES / name, shipped()[dataset], 5_000_000)
    assert by_files(SAMPLES / name, shipped(), dataset) == expected
    plain = tmp_path / (SAMPLES / name).name.removesuffix(".gz")
    plain.write_bytes(gzip.decompress((SAMPLES / name).read_bytes()) if name.endswith(".gz")
                      else (SAMPLES / name).read_bytes())
    assert by_files(plain, shipped(), dataset, 100_000) == by_blocks(plain, shipped()[dataset], 5_000_000)


def test_a_line_too_long_and_one_with_too_many_fields_cost_themselves_alone(tmp_path):
    mapping = parse_mapping(MADE.format(header="false", quoted="false"), "made.toml")
    path = tmp_path / "made"
    good = b"1\t20121105\tISR\tSYR\t190\n"
    path.write_bytes(good + b"2\t20121105\tISR\tSYR" + b"\t190" * 40 + b"\n3\t" + b"x" * 3_000_000 + b"\n" + good)
    account, rows, left_out = by_files(path, {"made": mapping}, "made")
    assert (account.records, account.read, account.left_out) == (4, 2, {"columns": 2})
    assert [row[KEPT.index("record")] for row in rows] == [1, 4]
    assert [len(text) for *_, text in left_out] == [18 + 4 * 40, 3_000_002]


def test_names_that_look_like_patterns_are_no_patterns(tmp_path):
    mapping = parse_mapping(MADE.format(header="false", quoted="false"), "made.toml")
    for name, day in (("a*", "20121105"), ("ab", "20121106")):
        (tmp_path / name).write_text(f"1\t{day}\tISR\tSYR\t190\n")
    account, _, _ = by_files(tmp_path / "a*", {"made": mapping}, "made")
    assert account.records == 1
    assert plain_records(tmp_path / "a*", mapping.table) is None
    assert plain_records(tmp_path / "ab", mapping.table) == 1
