"""What the guard lets through, over real connections: an app behind it that says what reached it."""

from __future__ import annotations

import http.client
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.web import guard, server
from sides.web.guard import Guard, cookies, host_name, is_same
from sides.web.rate import Rates
from sides.web.settings import Settings

TOKEN = "a-token-of-some-length"


async def echo(scope, receive, send):
    """Says what reached it: method, path, query, length of the body. Under /fails it raises; /part then breaks off."""
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    if scope["path"] == "/fails":
        raise RuntimeError("the secret of the machine room")
    body = json.dumps([scope["method"], scope["path"], scope["query_string"].decode(), length]).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body, "more_body": scope["path"] == "/part"})
    if scope["path"] == "/part":
        raise RuntimeError("half way")


@contextmanager
def guarded(**settings) -> Iterator[int]:
    """The port of a running server with the echo behind its guard."""
    with server.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        running = server.server(Guard(echo, Settings(ledger=Path("any.sides"), port=port, **settings)))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield port
        running.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def plain() -> Iterator[int]:
    with guarded() as port:
        yield port


@pytest.fixture(scope="module")
def closed() -> Iterator[int]:
    """One that asks for a token."""
    with guarded(token=TOKEN) as port:
        yield port


def ask(port, method="GET", path="/api/ledger", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def status(port, *asked, **headers) -> int:
    return ask(port, *asked, **headers)[0].status


def kind(port, *asked, **headers) -> str:
    answer, content = ask(port, *asked, **headers)
    assert answer.status >= 400
    return json.loads(content)["error"]["kind"]


def raw(port, request: bytes, seconds: float = 10) -> bytes:
    """What comes back for some bytes, until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(request)
        found = b""
        while part := connection.recv(65536):
            found += part
        return found


@pytest.mark.parametrize("host", ["localhost:80", "LOCALHOST", "127.0.0.1:8420", "[::1]:1"])
def test_a_name_of_this_machine_is_answered(plain, host):
    assert status(plain, host=host) == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil@localhost",
                                  "localhost:8420@evil.example", "", "localhost/", "2130706433", "0.0.0.0", "a b"])
def test_a_name_that_another_controls_is_not(plain, host):
    answer, _ = ask(plain, host=host)
    assert answer.status in (400, 421)


def test_two_hosts_are_none(plain):
    answer = raw(plain, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert b" 400 " in answer.splitlines()[0]


@given(st.binary(max_size=60))
def test_a_host_is_a_name_or_nothing(host):
    assert host_name(host) in guard.LOOPBACK_NAMES or status_of_name(host_name(host))


def status_of_name(name: str) -> bool:
    return not set(name) & set("/@?# ")


@pytest.mark.parametrize(("headers", "expected"), [
    ({"sec_fetch_site": "same-origin"}, 200),
    ({"sec_fetch_site": "none"}, 200),
    ({"sec_fetch_site": "cross-site"}, 403),
    ({"sec_fetch_site": "same-site"}, 403),  # another port of this machine
    ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 403),  # a form that another page sends
    ({"origin": "http://evil.example"}, 403),
    ({"origin": "null"}, 403),
    ({"origin": "http://localhost:1"}, 403),
    ({"origin": "http://LOCALHOST:8420"}, 200),
    ({}, 200),  # no browser
])
def test_a_page_of_another_site_writes_nothing(plain, headers, expected):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert status(plain, method, "/api/judgements", "{}", host="localhost:8420", **headers) == expected


def test_another_site_may_link_to_a_page_and_fetch_no_answer(plain):
    link = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert status(plain, "GET", "/dyad/hamas~syria", **link) == 200
    assert status(plain, "GET", "/api/claims", **link) == 403
    assert status(plain, "GET", "/api/claims", sec_fetch_site="cross-site", sec_fetch_mode="no-cors") == 403


def test_without_the_token_nothing_is_answered(closed):
    for path in ("/", "/api/ledger", "/assets/app.js", "/?token=wrong", "/?token="):
        assert kind(closed, "GET", path) == "NoToken"
    for headers in ({"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}, {"authorization": TOKEN},
                    {"cookie": f"sides-{closed}=wrong"}, {"cookie": f"sides-1={TOKEN}"}, {"cookie": "é=\xff;;=="}):
        assert kind(closed, "GET", "/", **headers) == "NoToken"
    assert kind(closed, "POST", f"/api/judgements?token={TOKEN}", "{}") == "NoToken"


def test_the_token_comes_in_a_header_or_once_in_the_address(closed):
    assert status(closed, authorization=f"Bearer {TOKEN}") == 200
    answer, content = ask(closed, "GET", f"/dyad/a~b?at=2012&token={TOKEN}&lens=outlet%3DThe%20Wire%C3%A9")
    assert (answer.status, content) == (303, b"")
    assert answer.headers["location"] == "/dyad/a~b?at=2012&lens=outlet%3DThe+Wire%C3%A9"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and answer.headers["cache-control"] == "no-store"
    assert status(closed, cookie=f"other=1; {cookie.split(';')[0]}") == 200


def test_the_way_on_after_the_token_stays_here(closed):
    for path in ("//evil.example/", "/%2Fevil.example/", "/\\evil.example", "/%5Cevil.example"):
        answer, _ = ask(closed, "GET", f"{path}?token={TOKEN}")
        location = answer.headers["location"]
        assert location.startswith("/") and location[1] not in "/\\", location


@given(st.text(max_size=40), st.text(alphabet="abc-_", min_size=1, max_size=40))
def test_only_the_token_is_the_token(given_, token):
    assert is_same(given_, token) == (given_ == token)


@given(st.binary(max_size=80))
def test_no_cookie_is_too_odd_to_be_read(header):
    assert all(isinstance(value, str) for value in cookies(header, "sides-8420"))


def test_the_token_is_in_no_log(caplog):
    with caplog.at_level(logging.DEBUG), guarded(token=TOKEN) as port:
        ask(port, "GET", f"/?token={TOKEN}")
        ask(port, "GET", f"/fails?token={TOKEN}", cookie=f"sides-{port}={TOKEN}")
        ask(port, "GET", "/fails", authorization=f"Bearer {TOKEN}")
    assert "failed" in caplog.text
    assert TOKEN not in caplog.text


def test_reading_only_takes_no_change():
    with guarded(read_only=True) as port:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert kind(port, method, "/api/judgements", "{}") == "ReadOnly"
        assert status(port, "POST", "/api/what-if", "{}") == 200, "a question, however long"
        assert status(port) == 200


def test_every_answer_tells_the_browser_to_run_nothing_of_others(plain):
    for path, method in (("/", "GET"), ("/fails", "GET"), ("/", "TRACE"), ("/api/ledger", "HEAD")):
        answer, _ = ask(plain, method, path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy and "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["server"] is None


def test_a_fault_of_ours_is_told_without_a_trace(plain):
    answer, content = ask(plain, "GET", "/fails")
    assert answer.status == 500
    assert json.loads(content)["error"]["kind"] == "ServerError"
    assert b"secret" not in content and b"Traceback" not in content


def test_an_answer_that_breaks_half_way_is_not_taken_for_whole(plain):
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        ask(plain, "GET", "/part")
    assert status(plain) == 200


def test_long_addresses_and_heads_are_turned_away(plain):
    assert kind(plain, "GET", "/?" + "a=1&" * 4000) == "TooLong"
    assert kind(plain, "GET", "/" + "a" * guard.URL_BYTES) == "TooLong"
    assert kind(plain, x_long="a" * guard.HEAD_BYTES) == "TooLong"
    assert kind(plain, **{f"x_{number}": "1" for number in range(100)}) == "TooLong"
    for request in (b"GET /?" + b"a=1&" * 1_000_000, b"GET / HTTP/1.1\r\nX: " + b"a" * 5_000_000, b"\xff" * 200_000):
        with suppress(ConnectionError):  # closed while there was still more to come
            assert b" 400 " in raw(plain, request).splitlines()[0]
    assert status(plain) == 200


def test_paths_with_control_characters_are_turned_away(plain):
    for path in ("/a%00b", "/%0d%0aSet-Cookie:x", "/%7f", "/document/%1b[31m"):
        assert kind(plain, "GET", path) == "BadRequest"


@pytest.mark.parametrize("target", [b"/\xff", b"http://evil.example/", b"*", b"evil.example:443", b"/%", b"/%zz",
                                    b"\\"])
def test_odd_targets_do_no_harm(plain, target):
    answer = raw(plain, b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert b" 500 " not in answer[:20]
    assert status(plain) == 200


def test_methods_that_nobody_needs_are_turned_away(plain):
    assert kind(plain, "TRACE") == "BadMethod"
    assert kind(plain, "PROPFIND") == "BadMethod"


def test_web_sockets_are_not_spoken(plain):
    answer = raw(plain, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
    assert b" 101 " not in answer[:20]


def test_a_body_has_room_up_to_its_limit():
    with guarded(max_upload_bytes=3_000_000) as port:
        assert json.loads(ask(port, "POST", "/api/reads", b"x" * 3_000_000)[1])[3] == 3_000_000
        assert kind(port, "POST", "/api/reads", b"x" * 3_000_001) == "TooLarge"
        assert kind(port, "POST", "/api/readsome", b"x" * (guard.QUESTION_BYTES + 1)) == "TooLarge"


def test_a_body_without_a_length_is_counted_as_it_comes():
    def parts(count):
        return (b"x" * 100_000 for _ in range(count))

    with guarded(max_upload_bytes=1_000_000) as port:
        assert json.loads(ask(port, "POST", "/api/reads/files", parts(10))[1])[3] == 1_000_000
        assert kind(port, "POST", "/api/reads/files", parts(11)) == "TooLarge"
        assert kind(port, "POST", "/api/reads/files", parts(400)) == "TooLarge"


def test_a_length_that_lies_costs_nothing(plain):
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
    assert b" 413 " in raw(plain, head + b"999999999999\r\n\r\n", 20).splitlines()[0]
    for length in (b"-1", b"1e3", b"5, 6", b"1\r\nContent-Length: 2", b"0x10"):
        assert b" 400 " in raw(plain, head + length + b"\r\n\r\n").splitlines()[0]
    smuggled = (head + b"4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert raw(plain, smuggled).count(b"HTTP/1.1 2") <= 1


def test_slow_bodies_and_slow_heads_are_not_waited_for(monkeypatch):
    monkeypatch.setattr(guard, "BODY_GRACE_SECONDS", 0.3)
    monkeypatch.setattr(guard, "BODY_BYTES_PER_SECOND", 1e9)
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.5)
    with guarded() as port:
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345"
        assert b" 408 " in raw(port, head, 60).splitlines()[0]
        assert raw(port, b"", 60) == b"", "nothing at all"
        assert raw(port, b"GET / HTTP/1.1\r\nHost: local", 60) == b"", "half a head"
        whole = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        assert raw(port, whole + b"GET / HT", 60).count(b" 200 OK") == 1, "half a head after a whole request"
        assert status(port) == 200


def test_one_client_has_its_rate(monkeypatch):
    monkeypatch.setattr("sides.web.rate.LOOPBACK_AT_ONCE", 20.0)
    monkeypatch.setattr("sides.web.rate.LOOPBACK_PER_SECOND", 1.0)
    with guarded() as port:
        found = [ask(port)[0] for _ in range(40)]
    assert [one.status for one in found[:20]] == [200] * 20
    assert found[-1].status == 429 and found[-1].headers["retry-after"] == "1"


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(0, 3)), max_size=200))
def test_no_client_gets_more_than_its_rate_whatever_others_do(asked):
    now, times = 0.0, dict.fromkeys(range(4), 0)
    rates = Rates(lambda: now)
    for wait, client in asked:
        now += wait
        times[client] += sum(rates.admits(f"192.0.2.{client}") for _ in range(50))
    assert all(count <= 300 + 30 * now + 1 for count in times.values())


def test_a_network_of_ipv6_is_one_client():
    rates = Rates(lambda: 0.0)
    assert sum(rates.admits(f"2001:db8::{number:x}") for number in range(1000)) == 300
    assert rates.admits("2001:db8:0:1::1")


def test_an_address_that_is_taken_is_named(plain):
    with pytest.raises(server.AddressTaken, match=f"127.0.0.1 port {plain} .* --port 0"):
        server.bound("127.0.0.1", plain)
    with pytest.raises(server.AddressTaken, match="no-such-host"):
        server.bound("no-such-host.invalid", 0)
