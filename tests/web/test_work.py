"""Long work that is shown as far as it is."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from sides.web.work import Work


def test_what_there_is_is_shown_while_the_rest_is_made() -> None:
    go_on = Event()

    def items() -> Iterator[int]:
        yield 1
        go_on.wait(10)
        yield 2

    work = Work(items(), 2)
    assert work.items(10, least=1) == ([1], False)
    assert work.items(0) == ([1], False)
    go_on.set()
    assert work.items(float("inf")) == ([1, 2], True)


def test_what_goes_wrong_is_told_to_whoever_asks() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no second")

    work = Work(items(), 2)
    for _ in range(2):
        with pytest.raises(ValueError, match="no second"):
            work.items(10)
