import gzip
import socket
from dataclasses import replace

import pytest

from sides.documents import Source, load
from sides.documents.web import Answer, fetch
from sides.model.errors import BinaryInput, EmptyInput, TooLargeInput, UnknownFormat, UnreachableInput

from .files import OPTIONS, STORY, page_of, pdf_of, served

HTML = {"Content-Type": "text/html; charset=utf-8"}


def read(address: str, options=OPTIONS):
    [found] = load(Source(name=address, url=address), options)
    return found


def test_an_address_is_read_by_what_it_answers_with_and_learns_who_asks() -> None:
    text = "\n\n".join(("Border talks", "3 May 2024", *STORY)).encode()
    with served({"/2024/05/03/talks": (200, HTML, page_of()),
                 "/report?id=7": (200, {"Content-Type": "application/pdf"}, pdf_of([("Talks", "3 May 2024", *STORY)])),
                 "/plain": (200, {"Content-Type": "text/plain"}, text),
                 "/packed": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(text)),
                 "/moved": (302, {"Location": "/plain"}, b"")}) as (address, agents):
        page = read(f"{address}/2024/05/03/talks")
        assert (page.format, str(page.published), page.published_from, page.outlet, page.url) == (
            "html", "2024-05-03", "url", "127.0.0.1", f"{address}/2024/05/03/talks")
        assert read(f"{address}/report?id=7").format == "pdf"
        assert read(f"{address}/plain").text.encode() == text
        assert read(f"{address}/packed").text.encode() == text
        moved = read(f"{address}/moved")
        assert (moved.name, moved.url) == (f"{address}/moved", f"{address}/plain")
        assert all(agent.startswith("sides/") for agent in agents)


@pytest.mark.parametrize(("status", "advice"), [(403, "browser"), (404, "Check the address"), (503, "later")])
def test_an_answer_that_is_none_is_named_with_what_to_do(status: int, advice: str) -> None:
    with served({"/a": (status, HTML, b"sorry")}) as (address, _):
        refused = read(f"{address}/a")
        assert isinstance(refused, UnreachableInput) and str(status) in str(refused) and advice in str(refused)


def test_an_answer_that_is_no_document_is_named() -> None:
    with served({"/a.png": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\x00"),
                 "/empty": (200, HTML, b""),
                 "/data": (200, {"Content-Type": "application/json"}, b"[1, 2]")}) as (address, _):
        assert isinstance(read(f"{address}/a.png"), BinaryInput)
        assert isinstance(read(f"{address}/empty"), EmptyInput)
        assert isinstance(read(f"{address}/data"), UnknownFormat)


def test_no_more_is_read_than_allowed_however_it_is_packed() -> None:
    with served({"/a": (200, HTML, page_of() * 50),
                 "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b" " * 500_000))}) as (address, _):
        options = replace(OPTIONS, max_bytes=20_000)
        assert isinstance(read(f"{address}/a", options), TooLargeInput)
        assert isinstance(read(f"{address}/bomb", options), TooLargeInput)


def test_a_page_may_not_send_us_to_a_file() -> None:
    with served({"/a": (302, {"Location": "file:///etc/hosts"}, b"")}) as (address, _):
        assert isinstance(read(f"{address}/a"), UnreachableInput)


def test_a_silent_server_and_a_closed_door_are_named() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert isinstance(read(address, replace(OPTIONS, timeout_seconds=0.2)), UnreachableInput)
    assert isinstance(read(address), UnreachableInput)


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://a b/", "http://\x00/", "http://127.0.0.1:99999/",
                                     "http://..example/", "http://ü" + "x" * 300 + "/"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    assert isinstance(read(address), UnreachableInput)


def test_an_address_may_hold_letters_of_any_alphabet() -> None:
    with served({"/%C3%A9t%C3%A9%20a": (200, HTML, b"x")}) as (address, _):
        assert isinstance(fetch(f"{address}/été a"), Answer)
