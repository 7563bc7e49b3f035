import builtins
import gzip
import io
from dataclasses import replace
from pathlib import Path

import pytest

from sides.documents import Source, load
from sides.model.document import Document
from sides.model.errors import EmptyInput, MalformedInput, UndatedDocument, UnknownFormat

from .files import OPTIONS, page_of

fastwarc = pytest.importorskip("fastwarc.warc")
PUBLISHED = '<meta property="article:published_time" content="2024-05-03">'


def record_of(url: str, content: bytes, media_type: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    record = fastwarc.WarcRecord()
    record.init_headers(record_type=fastwarc.WarcRecordType.response)
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = "2024-05-20T10:00:00Z"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    record.set_bytes_content(head.encode() + content)
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def read(path: Path, content: bytes, options=OPTIONS):
    path.write_bytes(content)
    return list(load(Source(name=path.name, path=path), options))


ARCHIVE = (record_of("https://c.example/talks", page_of(head=PUBLISHED)),
           record_of("https://c.example/logo.png", b"\x89PNG", "image/png"),
           record_of("https://c.example/old", b"", status="301 Moved"),
           record_of("https://c.example/undated", page_of("Other talks in Astana")),
           record_of("https://c.example/more", page_of("More talks", PUBLISHED)))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_each_archived_page_is_a_document_and_a_bad_one_costs_itself(tmp_path: Path, name: str) -> None:
    pack = gzip.compress if name.endswith(".gz") else bytes
    found = read(tmp_path / name, b"".join(pack(record) for record in ARCHIVE))
    assert [type(one) for one in found] == [Document, UndatedDocument, Document]
    first = found[0]
    assert (first.name, first.url, first.format, str(first.published), first.outlet) == (
        f"{name}#https://c.example/talks", "https://c.example/talks", "warc", "2024-05-03", "c.example")


def test_the_day_of_the_copy_counts_only_where_allowed(tmp_path: Path) -> None:
    [found] = read(tmp_path / "a.warc", ARCHIVE[3], replace(OPTIONS, date_from=("modified",)))
    assert (str(found.published), found.published_from) == ("2024-05-20", "modified")


def test_an_archive_that_breaks_off_gives_what_it_held(tmp_path: Path) -> None:
    whole = b"".join(gzip.compress(record) for record in ARCHIVE)
    found = read(tmp_path / "a.warc.gz", whole[:len(gzip.compress(ARCHIVE[0])) + 40])
    assert isinstance(found[0], Document)
    assert all(isinstance(one, MalformedInput) for one in found[1:])


def test_an_archive_of_nothing_is_named(tmp_path: Path) -> None:
    assert isinstance(read(tmp_path / "a.warc", b"nothing of the kind")[0], MalformedInput)
    assert isinstance(read(tmp_path / "a.warc", ARCHIVE[1])[0], EmptyInput)


def test_without_the_package_the_message_says_how_to_install_it(tmp_path: Path, monkeypatch) -> None:
    imported = builtins.__import__

    def refuse(name, *arguments, **more):
        if name.startswith("fastwarc"):
            raise ImportError(name)
        return imported(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    [refused] = read(tmp_path / "a.warc", ARCHIVE[0])
    assert isinstance(refused, UnknownFormat) and "pip install 'sides[warc]'" in str(refused)
