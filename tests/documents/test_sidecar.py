from pathlib import Path

import pytest

from sides.documents import Source, find
from sides.model.dates import PartialDate
from sides.model.errors import InputError


def read(folder: Path):
    found = list(find([str(folder)]))
    return [f for f in found if isinstance(f, Source)], [f for f in found if isinstance(f, InputError)]


def test_all_columns_are_read_and_others_ignored(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents.json").write_text(
        '[{"key": "k", "file": "a.txt", "source": "S", "author": "A", "published": "2021-06", "topic": "x", '
        '"published_is": "estimated from the text", "title": "T", "language": "en", "url": "https://e.org/"}]')
    [source], _ = read(tmp_path)
    facts = source.facts
    assert (facts.key, facts.outlet, facts.author, facts.title, facts.language, facts.url) == (
        "k", "S", "A", "T", "en", "https://e.org/")
    assert facts.published == PartialDate(2021, 6) and facts.published_is == "estimated from the text"


@pytest.mark.parametrize("content", ["{", '{"file": "a.txt"}', "", "\x00", "[" * 100_000])
def test_a_malformed_sidecar_costs_only_itself(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents.json").write_text(content)
    sources, [error] = read(tmp_path)
    assert error.name == "documents.json" and len(sources) == 1


def test_a_table_without_a_column_of_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("name,source\na.txt,S\n")
    assert read(tmp_path)[1][0].name == "documents.csv"


def test_a_row_whose_file_is_absent_is_named(tmp_path: Path) -> None:
    (tmp_path / "documents.json").write_text('[{"file": "gone.txt"}]')
    [error] = read(tmp_path)[1]
    assert error.name == "gone.txt" and "documents.json" in error.reason


@pytest.mark.parametrize("row", ['{"source": "S"}', '"a.txt"', '{"file": "../a.txt"}', '{"file": "/etc/hosts"}',
                                 "null"])
def test_a_row_that_names_no_file_of_the_folder_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "documents.json").write_text(f"[{row}]")
    [error] = read(tmp_path)[1]
    assert error.name == "documents.json row 1"


def test_a_row_with_a_date_that_is_none_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents.json").write_text('[{"file": "a.txt", "source": "S", "published": "15 June"}]')
    [source], [error] = read(tmp_path)
    assert source.facts.outlet == "S" and source.facts.published is None
    assert error.name == "documents.json row 1"


def test_a_second_row_for_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents.json").write_text('[{"file": "a.txt", "key": "1"}, {"file": "./a.txt", "key": "2"}]')
    [source], [error] = read(tmp_path)
    assert source.facts.key == "1" and "second time" in error.reason
