"""What is kept of answers."""

from __future__ import annotations

import threading

import pytest

from sides.web.app import bare_app
from sides.web.in_process import InProcess
from sides.web.routes import changes
from sides.web.serving import Once
from sides.web.settings import Settings


def test_a_value_is_made_once_whoever_asks():
    made, once, begun = [], Once(4), threading.Barrier(8)

    def ask():
        begun.wait()
        once.get("key", lambda: made.append(1))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_the_values_used_last_are_kept():
    once = Once(2)
    for key in "abac":
        once.get(key, lambda key=key: key)
    assert (once.get("a", lambda: "anew"), once.get("b", lambda: "anew")) == ("a", "anew")


def test_what_is_refused_leaves_nothing_behind():
    """However many odd questions are asked, memory does not grow."""
    once = Once(2)

    def refuse():
        raise ValueError("no such actor")

    for number in range(100):
        with pytest.raises(ValueError, match="no such actor"):
            once.get(number, refuse)
    assert not once._making and not once._values
    assert once.get(1, lambda: "there now") == "there now"


def test_a_ledger_of_very_many_claims_refuses_what_would_take_minutes(digest, monkeypatch):
    monkeypatch.setattr(changes, "MANY", 10)
    with InProcess(bare_app(Settings(ledger=digest))) as api:
        status, answer = api.ask("/api/changes", {"since": "2011"})
        assert status == 422 and "sides changes" in answer["error"]["message"]
        assert api.ask("/api/ledger", {})[1]["tells_changes"] is False
