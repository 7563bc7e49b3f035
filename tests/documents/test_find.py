import io
import os
import pickle
from pathlib import Path

import pytest

from sides.documents import Source, find
from sides.model.errors import BinaryInput, EmptyInput, InputError, MissingInput, UnknownFormat


def names(found):
    return [source.name for source in found if isinstance(source, Source)]


def errors(found):
    return [error for error in found if isinstance(error, InputError)]


def test_a_folder_is_read_with_all_its_folders_in_order_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", "sub/deep/d.pdf", ".hidden.txt", ".git/config.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    assert names(find([str(tmp_path)])) == ["a.md", "b.txt", "sub/c.html", "sub/deep/d.pdf"]


def test_a_missing_path_is_a_value_and_the_rest_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    found = list(find([str(tmp_path / "none"), str(tmp_path / "a.txt")]))
    assert isinstance(found[0], MissingInput)
    assert "does not exist" in str(found[0])
    assert names(found) == [str(tmp_path / "a.txt")]


def test_addresses_and_standard_input_are_sources() -> None:
    found = list(find(["https://example.org/a", "-"], stdin=io.BytesIO(b"text")))
    assert [(source.name, source.place) for source in found] == [
        ("https://example.org/a", "address"), ("-", "standard input")]
    assert found[1].content == b"text"


def test_an_address_of_another_protocol_is_refused() -> None:
    [refused] = find(["ftp://example.org/a"])
    assert isinstance(refused, UnknownFormat)


def test_a_source_can_be_sent_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents.json").write_text('[{"file": "a.txt", "source": "The Post", "published": "2021-06"}]')
    found = list(find([str(tmp_path), "-"], stdin=io.BytesIO(b"x")))
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_error_can_be_sent_to_another_process() -> None:
    [error] = find(["no/such/file"])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("photo.JPG", b"\xff\xd8\xff", BinaryInput), ("talk.docx", b"PK\x03\x04", UnknownFormat),
    ("events.csv", b"a,b\n", UnknownFormat), ("rows.parquet", b"PAR1\x00\x00", BinaryInput),
    ("config.ini", b"[a]\n", UnknownFormat)])
def test_no_file_is_dropped_in_silence(tmp_path: Path, name: str, content: bytes, kind: type) -> None:
    (tmp_path / name).write_bytes(content)
    [refused] = find([str(tmp_path)])
    assert type(refused) is kind
    assert refused.name == name and refused.remedy


def test_a_file_without_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "article").write_text("The talks ended.")
    (tmp_path / "feed.xml").write_text("<?xml version='1.0'?><rss version='2.0'></rss>")
    (tmp_path / "other.xml").write_text("<?xml version='1.0'?><kml></kml>")
    found = list(find([str(tmp_path)]))
    assert names(found) == ["article", "feed.xml"]
    assert [error.name for error in errors(found)] == ["other.xml"]


def test_a_folder_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(find([str(tmp_path)])) == ["a.txt"]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [error.name for error in errors(find([str(tmp_path)]))] == ["gone.txt"]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert errors(find([str(tmp_path)])) and errors(find([str(tmp_path / "pipe.txt")]))


def test_the_sidecar_describes_its_files_and_is_none_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents.csv").write_text("file,source,author\na.txt,The Caspian Post,\n")
    [source] = find([str(tmp_path)])
    assert source.facts.outlet == "The Caspian Post" and source.facts.author is None


def test_the_sidecar_beside_a_single_file_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b.txt").write_text("text")
    (tmp_path / "documents.json").write_text('[{"file": "a.txt", "key": "k"}, {"file": "none.txt"}]')
    sources = list(find([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]))
    assert [source.facts and source.facts.key for source in sources] == ["k", None]


def test_a_sidecar_as_target_stands_for_what_it_lists(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b.txt").write_text("text")
    (tmp_path / "documents.json").write_text('[{"file": "b.txt", "key": "k"}]')
    assert [source.facts.key for source in find([str(tmp_path / "documents.json")])] == ["k"]


def test_a_sidecar_above_speaks_where_the_one_below_is_silent(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("sub/a.txt", "sub/b.txt"):
        (tmp_path / name).write_text("text")
    (tmp_path / "documents.json").write_text('[{"file": "sub/a.txt", "key": "a"}, {"file": "sub/b.txt", "key": "up"}]')
    (tmp_path / "sub/documents.json").write_text('[{"file": "a.txt", "key": "below"}]')
    assert [source.facts.key for source in find([str(tmp_path)])] == ["below", "up"]


def test_a_ledger_among_the_articles_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "levant.sides" / "commits").mkdir(parents=True)
    (tmp_path / "levant.sides" / "commits" / "0.json").write_text("{}")
    (tmp_path / "one.txt").write_text("Text.")
    assert [found.name for found in find([str(tmp_path)])] == ["one.txt"]


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    (found,) = find([str(tmp_path)])
    assert isinstance(found, EmptyInput)
