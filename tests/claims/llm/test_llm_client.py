"""Asking an endpoint that is picky, faulty, slow or gone."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from sides.claims.llm.cache import Answers
from sides.claims.llm.client import Client, Form, Unanswered
from sides.claims.llm.endpoint import Endpoint
from sides.claims.llm.schema import schema
from sides.model.errors import EndpointError

from .server import Response, completion, fault, serving

MESSAGES = ({"role": "system", "content": "s"}, {"role": "user", "content": "u"})
FINE = completion('{"claims": []}')


class Sleeper:
    """Keeps how long it was asked to sleep, and does not."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def sleep() -> Sleeper:
    return Sleeper()


def client(server, answers: Answers, sleep: Sleeper, **settings) -> Client:
    return Client(Endpoint(base_url=server.base_url, model="m", **settings), answers, sleep)


def known(server, answers: Answers, sleep: Sleeper, **settings) -> Client:
    """A client of an endpoint that has answered before."""
    answers.remember(server.base_url, "m", {"form": "json_schema", "limit": "max_tokens", "without": []})
    return client(server, answers, sleep, **settings)


def form_of(request: dict) -> str:
    form = request.get("response_format")
    if form is None:
        return Form.TEXT
    return Form.JSON_OBJECT_WITH_SCHEMA if form["type"] == "json_object" and "schema" in form else form["type"]


@pytest.mark.parametrize(("accepted", "status"), [
    (Form.JSON_SCHEMA, 400), (Form.JSON_OBJECT_WITH_SCHEMA, 500), (Form.JSON_OBJECT, 400), (Form.TEXT, 422)])
def test_the_ladder_is_gone_down_as_far_as_an_endpoint_makes_it_and_remembered(tmp_path, sleep, accepted, status):
    """llama-cpp-python's own server says HTTP 500 to a form that it does not know."""
    def script(request, _):
        return FINE if form_of(request) == accepted else fault(status, "response_format: not a known form")

    with serving(script) as server:
        answers = Answers(tmp_path)
        assert client(server, answers, sleep).ask(MESSAGES, 0.0, 0).form == accepted
        tried = [form_of(request) for request in server.requests]
        assert list(dict.fromkeys(tried)) == list(Form)[:list(Form).index(accepted) + 1]
        assert client(server, answers, sleep).ask(MESSAGES, 0.0, 1).form == accepted
        assert len(server.requests) == len(tried) + 1  # the next client asks right away
    assert [request["response_format"]["json_schema"]["schema"] for request in server.requests[:1]] == [schema()]


def test_a_fault_that_passes_does_not_cost_the_better_form(tmp_path, sleep):
    with serving([fault(500), FINE]) as server:
        assert client(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0).form == Form.JSON_SCHEMA
    assert sleep.slept == [1.0]


def test_an_endpoint_that_is_overloaded_is_not_asked_in_another_form(tmp_path, sleep):
    with serving([fault(503), fault(502), FINE]) as server:
        assert client(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0).form == Form.JSON_SCHEMA
    assert sleep.slept == [1.0, 2.0]


def test_parameters_that_a_model_refuses_are_left_out(tmp_path, sleep):
    def script(request, _):
        if "max_tokens" in request:
            return fault(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        return fault(400, "'temperature' does not support 0.0") if "temperature" in request else FINE

    with serving(script) as server:
        assert client(server, Answers(tmp_path), sleep, most_answer_tokens=77).ask(
            MESSAGES, 0.0, 5).form == Form.JSON_SCHEMA
    last = server.requests[-1]
    assert (last["max_completion_tokens"], last["seed"], "temperature" in last) == (77, 5, False)


def test_what_is_asked_hangs_on_no_chance(tmp_path, sleep):
    with serving([FINE]) as server:
        client(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
    (request,) = server.requests
    assert (request["temperature"], request["seed"], request["model"]) == (0.0, 0, "m")
    assert request["messages"] == list(MESSAGES)


def test_faults_are_tried_again_with_growing_pauses_then_given_up(tmp_path, sleep):
    with serving([fault(500, "boom")]) as server, pytest.raises(Unanswered, match=r"boom.*4 times"):
        known(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
    assert sleep.slept == [1.0, 2.0, 4.0]
    assert len(server.requests) == 4


@pytest.mark.parametrize("wait", ["7", "date"])
def test_a_rate_limit_is_waited_for_as_long_as_it_asks(tmp_path, sleep, wait):
    header = wait if wait == "7" else formatdate(time.time() + 30, usegmt=True)
    with serving([fault(429, "slow down", retry_after=header), FINE]) as server:
        known(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
    (slept,) = sleep.slept
    assert slept == 7 if wait == "7" else 25 < slept <= 30


def test_a_rate_limit_of_an_hour_is_not_waited_for(tmp_path, sleep):
    with serving([fault(429, retry_after="3600")]) as server, pytest.raises(Unanswered, match="wait 3600 seconds"):
        known(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
    assert sleep.slept == []


def test_an_answer_that_trickles_is_cut_off_in_time(tmp_path, sleep):
    slow = Response(FINE.body, pause_seconds=0.05)  # each byte well within any limit for one read
    with serving([slow, FINE]) as server:
        began = time.monotonic()
        reply = known(server, Answers(tmp_path), sleep, timeout_seconds=0.3).ask(MESSAGES, 0.0, 0)
    assert reply.text == '{"claims": []}'
    assert time.monotonic() - began < 5
    with serving([slow]) as server, pytest.raises(Unanswered, match=r"no whole answer in 0\.2 seconds, 2 times"):
        known(server, Answers(tmp_path), sleep, timeout_seconds=0.2, tries=2).ask(MESSAGES, 0.0, 0)


@pytest.mark.parametrize("response", [
    Response(FINE.body[:40]), Response(b"<html>busy</html>"), Response(b'{"choices": []}'), Response(b"[]"),
    Response(FINE.body, headers={"content-length": str(len(FINE.body) + 50)}), Response(b"x" * 500_000)],
    ids=["truncated", "html", "empty", "list", "cut off", "endless"])
def test_a_broken_response_is_asked_for_again(tmp_path, sleep, response):
    with serving([response, FINE]) as server:
        settings = {"timeout_seconds": 1.0}
        assert known(server, Answers(tmp_path), sleep, **settings).ask(MESSAGES, 0.0, 0).text == '{"claims": []}'
    assert len(server.requests) == 2


def test_nobody_there_is_told_after_all_tries(tmp_path, sleep):
    with serving([FINE]) as server:
        pass
    with pytest.raises(Unanswered, match="2 times"):
        client(server, Answers(tmp_path), sleep, tries=2).ask(MESSAGES, 0.0, 0)


def test_a_request_that_is_refused_is_not_repeated(tmp_path, sleep):
    """Say, since it is too long for the model: no form of answer helps, and no waiting."""
    with serving([fault(400, "context length exceeded")]) as server, pytest.raises(Unanswered, match="context length"):
        known(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
    assert len(server.requests) == len(Form) and sleep.slept == []


def test_the_text_goes_where_the_user_said_and_nowhere_else(tmp_path, sleep, monkeypatch):
    """Not where a server sends it on to, and not through a proxy from this machine to itself."""
    with serving([FINE]) as other:
        monkeypatch.setenv("HTTP_PROXY", other.base_url)
        monkeypatch.setenv("ALL_PROXY", other.base_url)
        moved = fault(307, "moved", location=f"{other.base_url}/chat/completions")
        with serving([moved]) as server, pytest.raises(Unanswered, match="307"):
            client(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
        assert len(server.requests) == 1 and other.requests == []


@pytest.mark.parametrize(("status", "remedy"), [(401, "SIDES_API_KEY"), (403, "SIDES_API_KEY"), (404, "/v1")])
def test_a_refused_key_and_an_unknown_model_end_the_run(tmp_path, sleep, status, remedy):
    with serving([fault(status)]) as server, pytest.raises(EndpointError, match=remedy):
        client(server, Answers(tmp_path), sleep).ask(MESSAGES, 0.0, 0)
    assert len(server.requests) == 1


def test_the_key_comes_from_the_environment_and_goes_nowhere_else(tmp_path, sleep, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "open-secret-1")
    monkeypatch.setenv("SIDES_API_KEY", "own-secret-2")

    def script(request, number):
        return FINE if number == 0 else fault(401, "Incorrect API key: own-secret-2")

    with serving(script) as server:
        asking = client(server, Answers(tmp_path), sleep)
        Answers(tmp_path).put("ab" * 32, asking.ask(MESSAGES, 0.0, 0))
        with pytest.raises(EndpointError) as told:
            asking.ask(MESSAGES, 0.0, 1)
    assert server.keys[0] == "Bearer own-secret-2"
    assert "secret" not in str(told.value)
    assert not [path for path in tmp_path.rglob("*.json") if "secret" in path.read_text()]


def test_a_missing_library_is_told_with_how_to_install_it(tmp_path, sleep, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "openai", None)
    with pytest.raises(EndpointError, match=r"pip install 'sides\[llm\]'"):
        Client(Endpoint(base_url="http://127.0.0.1:1/v1", model="m"), Answers(tmp_path), sleep)


@pytest.mark.parametrize("settings", [
    {"base_url": "127.0.0.1:80"}, {"base_url": "ftp://x/v1"}, {"base_url": "http://me:key@host/v1"}, {"model": ""},
    {"votes": 0}, {"tries": 0}, {"timeout_seconds": 0.0}])
def test_an_endpoint_that_makes_no_sense_is_refused(settings):
    with pytest.raises(EndpointError) as told:
        Endpoint(**{"base_url": "http://127.0.0.1/v1", "model": "m", **settings})
    assert "key@" not in str(told.value)


def test_whether_the_text_leaves_this_machine_is_told_from_the_address():
    def is_here(url):
        return Endpoint(base_url=url, model="m").is_here

    assert is_here("http://localhost:8080/v1") and is_here("http://[::1]:8080/v1") and is_here("http://127.1.1.1/v1")
    assert not is_here("https://api.example.org/v1") and not is_here("http://localhost.example.org/v1")


def test_a_kept_answer_that_was_damaged_counts_as_none(tmp_path):
    answers = Answers(tmp_path)
    for text in ("", "{", "[]", '{"text": "x"}'):
        path = tmp_path / "ab" / ("ab" * 32 + ".json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        assert answers.get("ab" * 32) is None


def test_an_answer_that_can_not_be_kept_is_an_error(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with serving([FINE]) as server, pytest.raises(EndpointError, match="--answers"):
        client(server, Answers(tmp_path / "taken"), Sleeper()).ask(MESSAGES, 0.0, 0)
