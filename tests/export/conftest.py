"""Exports that several tests open, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import sides
from tests.export.ledgers import hard_ledger

Exported = Callable[..., Path]
# Those that have no braces, or no control characters.
LOSING = ("bibtex", "ftm")


@pytest.fixture(scope="session")
def hard(tmp_path_factory):
    """A ledger that is hard to write down."""
    return hard_ledger(tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="session")
def exported(tmp_path_factory, hard) -> Exported:
    """Its export in a format: where it is."""
    folder, done = tmp_path_factory.mktemp("exported"), {}

    def export(form: str, subject: str, *about: str) -> Path:
        if (form, subject, about) not in done:
            path = folder / f"{len(done)}"
            written = hard.export(subject, path, *about, form=form)
            assert written.count
            assert bool(written.notes) == (form in LOSING)
            done[form, subject, about] = path
        return done[form, subject, about]

    return export


@pytest.fixture(scope="session")
def demo(digest):
    """The bundled digest."""
    return sides.open(digest)
