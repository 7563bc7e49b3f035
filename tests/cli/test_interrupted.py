"""An interrupt ends a command with a word, and not with a traceback, whatever is at work when it comes."""

from __future__ import annotations

import pytest

from sides.cli import INTERRUPTED, main
from sides.cli import tie as command


def wait(_: object) -> int:
    raise KeyboardInterrupt


def query(_: object) -> int:
    raise RuntimeError("Query interrupted")  # DuckDB's words, where an interrupt finds it at work


@pytest.mark.parametrize("run", [wait, query])
def test_an_interrupt_is_told_in_a_word(run, monkeypatch, capsys):
    monkeypatch.setattr(command, "run", run)
    assert main(["tie", "Hamas", "Syria"]) == INTERRUPTED
    assert capsys.readouterr().err == "sides: interrupted\n"


def test_another_mistake_is_not_taken_for_an_interrupt(monkeypatch):
    def mistaken(_: object) -> int:
        raise RuntimeError("dictionary changed size during iteration")

    monkeypatch.setattr(command, "run", mistaken)
    with pytest.raises(RuntimeError):
        main(["tie", "Hamas", "Syria"])
