"""What is dear to make and shared by many tests: the language pipeline and a ledger of the bundled digest."""

from __future__ import annotations

import signal
from importlib.resources import files
from pathlib import Path

import pytest

import sides
from sides.parsing.pipeline import Parser

DISPATCHES = Path(str(files("sides") / "data/demo/dispatches"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Run in the background, a shell makes it deaf to interrupts, and all that it starts: some tests interrupt those.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The pinned language pipeline."""
    return Parser.load()


@pytest.fixture(scope="session")
def digest(tmp_path_factory) -> Path:
    """A ledger of the bundled digest. Not to be written to."""
    path = tmp_path_factory.mktemp("digest") / "digest.sides"
    report = sides.open(path).read(DISPATCHES)
    assert report.is_complete, report.left_out
    return path


# Files are shared out whole between processes: those that take minutes come first, so that none is left for the end.
SLOW = ("engines/test_interrupted.py", "engines/test_spark.py", "web/test_every_screen.py", "web/", "engines/", "cli/",
        "quality/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow files first."""
    def rank(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((place for place, part in enumerate(SLOW) if f"tests/{part}" in path), len(SLOW))

    items.sort(key=rank)
