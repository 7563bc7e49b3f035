"""`sides serve` as a process of its own, asked over loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sides.cli import main
from sides.cli.serve import chosen_token
from sides.model.errors import SidesError


@contextmanager
def served(*words: object, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address that a server prints, while it runs."""
    with subprocess.Popen([sys.executable, "-m", "sides", "serve", "--port", "0", *map(str, words)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, **environment}) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+", line)
            assert found, line + (process.stderr.read() if process.stderr else "")
            yield found[0], process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def test_a_ledger_is_served_on_this_machine_until_interrupted(digest):
    with served("-l", digest) as (address, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(f"{address}api/ledger") as answer:
            assert b'"claims":' in answer.read()
    assert process.returncode == 130


def test_at_another_address_it_asks_for_a_token(digest):
    with served("-l", digest, "--host", "0.0.0.0", "--read-only") as (address, _):
        assert re.fullmatch(r"http://localhost:\d+/\?token=[\w-]{32}", address)
        bare, token = address.split("?token=")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{bare}api/ledger")
        asked = urllib.request.Request(f"{bare}api/ledger", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 200


def test_the_environment_may_hold_the_token(digest):
    with served("-l", digest, SIDES_TOKEN="a-token-of-some-length") as (address, _):
        assert address.endswith("?token=a-token-of-some-length")


def test_a_token_is_made_where_it_is_needed_and_a_short_one_is_none(monkeypatch):
    monkeypatch.delenv("SIDES_TOKEN", raising=False)
    assert chosen_token(None, is_needed=False) is None
    made = {chosen_token(None, is_needed=True), chosen_token("", is_needed=False)}
    assert len(made) == 2 and all(token and len(token) == 32 for token in made)
    for token in ("short", "sixteen letters!", "é" * 20):
        with pytest.raises(SidesError, match="16 to 200"):
            chosen_token(token, is_needed=False)


def test_what_is_no_ledger_is_not_served(tmp_path, capsys):
    assert main(["serve", "-l", str(tmp_path), "--port", "0"]) == 2
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--port", "70000"], ["--port", "x"], ["--max-upload", "0"]])
def test_arguments_that_make_no_sense_are_named(words, capsys):
    with pytest.raises(SystemExit):
        main(["serve", *words])
    assert words[0] in capsys.readouterr().err
