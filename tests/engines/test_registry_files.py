from __future__ import annotations

from pathlib import Path

import pytest

import sides
from sides.model.errors import RegistryError

ARTICLE = "2020-05-01\n\nThe Blue Brigade attacked Egypt on Friday. Blue Brigade leaders praised Ethiopia.\n"
OVERLAY = '[[actors]]\nid = "{}"\nlabel = "Blue Brigade"\nnames = ["Blue Brigade"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(OVERLAY.format("my-brigade"), encoding="utf-8")
    return tmp_path


def test_a_ledger_is_reread_with_the_registry_files_it_was_read_with_though_they_are_gone(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    ledger.read(folder / "one.txt", registry=[folder / "mine.toml"])
    assert ledger.actor("Blue Brigade").id == "my-brigade"
    (folder / "mine.toml").unlink()
    again = sides.open(folder / "a.sides")
    assert again.reread().read == [] and again.read(folder / "one.txt").read == []
    (folder / "two.txt").write_text(ARTICLE.replace("2020", "2021"), encoding="utf-8")
    assert len(again.read(folder / "two.txt").read) == 1
    assert [actor.id for actor in again.actors() if "brigade" in actor.id] == ["my-brigade"]
    assert [one.kind for one in again.versions()] == ["create", "registry", "read", "read"]


def test_other_files_or_none_take_the_place_of_those_before(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    ledger.read(folder / "one.txt", registry=[folder / "mine.toml"])
    (folder / "mine.toml").write_text(OVERLAY.format("other-brigade"), encoding="utf-8")
    assert len(ledger.reread(registry=[folder / "mine.toml"]).read) == 1
    assert ledger.actor("Blue Brigade").id == "other-brigade"
    assert sides.open(folder / "a.sides", version=2).actor("Blue Brigade").id == "my-brigade"
    assert len(ledger.reread(registry=[]).read) == 1
    assert ledger.reread().read == []
    assert "other-brigade" not in {actor.id for actor in ledger.actors()}


def test_files_that_make_no_sense_are_refused_and_not_kept(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    (folder / "mine.toml").write_text('[[actors]]\nid = "Blue Brigade"\n', encoding="utf-8")
    with pytest.raises(RegistryError, match=r"mine\.toml line 1"):
        ledger.read(folder / "one.txt", registry=[folder / "mine.toml"])
    assert ledger.read(folder / "one.txt").is_complete
    assert [one.kind for one in ledger.versions()] == ["create", "read"]


def test_decisions_count_for_what_is_read_later_and_reread_with_another_registry(folder: Path) -> None:
    from datetime import UTC, datetime

    ledger, now = sides.open(folder / "a.sides"), datetime(2024, 5, 1, tzinfo=UTC)
    ledger.read(folder / "one.txt")
    provisional = ledger.actor("Blue Brigade")
    assert provisional.is_provisional
    ledger.decide(provisional.id, verdict="merge", into="Hezbollah", who="a", why="b", when=now)
    assert ledger.actor("Blue Brigade").id == "hezbollah"
    (folder / "two.txt").write_text(ARTICLE.replace("2020", "2021"), encoding="utf-8")
    ledger.read(folder / "two.txt")
    ledger.reread(registry=[folder / "mine.toml"])
    assert {one.source for one in ledger.claims(corrected=False)} & {"my-brigade"}
    ledger.reread(registry=[])
    assert ledger.actor("Blue Brigade").id == "hezbollah"
    assert "hezbollah" in {one.source for one in ledger.claims()}
    assert provisional.id not in {part for one in ledger.claims() for part in (one.source, one.target, one.third)}
