"""What is kept of answers."""

from __future__ import annotations

import threading

import pytest

from sides.web.serving import Once


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
