"""Words of one's own, kept with the ledger that was read with them."""

from __future__ import annotations

from pathlib import Path

import pytest

import sides
from sides.engines import local
from sides.engines.version import reading_version
from sides.model.errors import LexiconError

ARTICLE = "2020-05-01\n\nEgypt cradled Ethiopia on Friday.\n"
OWN = '[[class]]\ntype = "{}"\ntarget = "obj"\nlemmas = "cradle"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "own.toml").write_text(OWN.format("SUPPORT"), encoding="utf-8")
    return tmp_path


def types(ledger: sides.Ledger) -> list[str]:
    return [str(claim.type) for claim in ledger.claims()]


def test_a_ledger_is_read_on_and_reread_with_the_words_it_was_read_with_though_the_file_is_gone(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    ledger.read(folder / "one.txt", lexicon=[folder / "own.toml"])
    assert types(ledger) == ["SUPPORT"]
    (folder / "own.toml").unlink()
    again = sides.open(folder / "a.sides")
    assert again.reread().read == [] and again.read(folder / "one.txt").read == []
    (folder / "two.txt").write_text(ARTICLE.replace("2020", "2021"), encoding="utf-8")
    assert len(again.read(folder / "two.txt", workers=2).read) == 1
    assert types(again) == ["SUPPORT", "SUPPORT"]
    assert [one.kind for one in again.versions()] == ["create", "lexicon", "read", "read"]
    assert [(file.name, file.text) for file in again.lexicon_files()] == [("own.toml", OWN.format("SUPPORT"))]


def test_other_words_or_none_take_the_place_of_those_before(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    ledger.read(folder / "one.txt", reader="grammar")
    assert types(ledger) == []
    assert len(ledger.reread(lexicon=[folder / "own.toml"], reader="grammar").read) == 1
    assert types(ledger) == ["SUPPORT"]
    (folder / "own.toml").write_text(OWN.format("ACCUSE"), encoding="utf-8")
    assert len(ledger.reread(lexicon=[folder / "own.toml"], reader="grammar").read) == 1 and types(ledger) == ["ACCUSE"]
    assert types(sides.open(folder / "a.sides", version=3)) == ["SUPPORT"]
    assert len(ledger.reread(lexicon=[], reader="grammar").read) == 1 and types(ledger) == []
    assert ledger.reread(reader="grammar").read == [] and ledger.lexicon_files() == []


def test_the_last_file_lies_on_top(folder: Path) -> None:
    (folder / "over.toml").write_text(OWN.format("ACCUSE"), encoding="utf-8")
    ledger = sides.open(folder / "a.sides")
    ledger.read(folder / "one.txt", lexicon=[folder / "own.toml", folder / "over.toml"], reader="grammar")
    assert types(ledger) == ["ACCUSE"]


def test_words_make_another_version_of_the_reader(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    ledger.read(folder / "one.txt", lexicon=[folder / "own.toml"])
    store = ledger._writable()
    version = local.settings_for(store, None, None).version
    assert version != reading_version()
    assert store.snapshot().sql("SELECT DISTINCT reader_version FROM readings").fetchall() == [(version,)]


def test_a_run_that_was_cut_short_goes_on_with_the_same_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (folder / f"more{number}.txt").write_text(ARTICLE.replace("2020", str(2001 + number)), encoding="utf-8")
    monkeypatch.setattr(local, "COMMIT_DOCUMENTS", 1)

    class Interrupt(local.Silence):
        def advanced(self, name: str) -> None:
            raise KeyboardInterrupt

    ledger = sides.open(folder / "a.sides")
    paths = sorted(folder.glob("*.txt"))
    assert ledger.read(*paths, lexicon=[folder / "own.toml"], progress=Interrupt()).was_interrupted
    (folder / "own.toml").unlink()
    report = sides.open(folder / "a.sides").read(*paths)
    assert report.is_complete and len(report.already) + len(report.read) == 4
    assert types(sides.open(folder / "a.sides")) == ["SUPPORT"] * 4


def test_a_file_that_makes_no_sense_is_refused_and_nothing_is_kept(folder: Path) -> None:
    ledger = sides.open(folder / "a.sides")
    (folder / "own.toml").write_text('# mine\n[[class]]\ntype = "SCOLD"\nlemmas = "cradle"\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.toml line 2, \[\[class\]\] 1: 'SCOLD' is not a type.*Correct this"):
        ledger.read(folder / "one.txt", lexicon=[folder / "own.toml"])
    assert ledger.read(folder / "one.txt").is_complete
    assert [one.kind for one in ledger.versions()] == ["create", "read"]
