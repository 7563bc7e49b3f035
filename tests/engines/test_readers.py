"""A ledger read in another mode: the same bytes however it is read, and only the newest reading shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sides
from sides.claims.learned import model
from sides.claims.mode import Mode
from sides.cli import main
from sides.engines.stages import desk
from sides.engines.worker import Settings
from tests.conftest import DISPATCHES


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    """Six dispatches, with their sidecar."""
    import json

    folder = tmp_path_factory.mktemp("articles")
    chosen = sorted(DISPATCHES.glob("*.txt"))[:6]
    for path in chosen:
        shutil.copy(path, folder)
    rows = json.loads((DISPATCHES / "documents.json").read_text(encoding="utf-8"))
    (folder / "documents.json").write_text(
        json.dumps([row for row in rows if row["file"] in {path.name for path in chosen}]), encoding="utf-8")
    return folder


def exported(ledger: Path) -> bytes:
    output = ledger.with_suffix(".jsonl")
    assert main(["export", "claims", "-l", str(ledger), "-o", str(output)]) == 0
    return output.read_bytes()


def readers_of(ledger: sides.Ledger) -> set[str]:
    return {claim.reader for claim in ledger.claims()}


def test_one_worker_and_two_give_the_same_bytes_with_the_default_reader(articles, tmp_path):
    exports = []
    for workers in (1, 2):
        ledger = tmp_path / f"{workers}.sides"
        assert main(["read", str(articles), "-l", str(ledger), "--quiet", "--workers", str(workers)]) == 0
        exports.append(exported(ledger))
    assert exports[0] == exports[1] != b""


def test_a_ledger_read_by_grammar_and_read_again_by_both_shows_the_new_reading_alone(articles, tmp_path):
    old, new = sides.open(tmp_path / "old.sides"), sides.open(tmp_path / "new.sides")
    assert old.read(articles, reader="grammar").is_complete
    assert readers_of(old) == {"grammar"}
    by_grammar, before = {claim.id for claim in old.claims()}, old.version
    assert by_grammar
    assert len(old.reread().read) == 6
    assert new.read(articles).is_complete
    assert exported(old.path) == exported(new.path)
    assert {one.id for one in old.incomplete()} == {one.id for one in new.incomplete()}
    assert {claim.id for claim in sides.Ledger(old.path, before).claims()} == by_grammar
    assert not old.reread().read
    assert len(old.reread(reader="learned").read) == 6
    assert readers_of(old) <= {"learned"}
    assert old.incomplete() == []
    assert len(old.reread(reader="grammar").read) == 6
    assert {claim.id for claim in old.claims()} == by_grammar


def test_both_provenances_stand_in_the_export(articles, tmp_path):
    import json

    ledger = sides.open(tmp_path / "a.sides")
    ledger.read(articles)
    rows = [json.loads(line) for line in exported(ledger.path).splitlines()]
    assert {row["reader"] for row in rows} <= {"grammar", "learned", "both"}
    assert len({row["reader_version"] for row in rows if row["reader"] != "grammar"}) <= 1
    assert all(row["quote"] and row["source"] and row["target"] for row in rows)


def test_without_weights_nothing_is_read_and_the_grammar_still_reads(articles, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(model, "NETWORK", "absent.onnx")
    desk.cache_clear()
    ledger = tmp_path / "a.sides"
    assert main(["read", str(articles), "-l", str(ledger), "--quiet", "--workers", "1"]) == 2
    assert "--reader grammar" in " ".join(capsys.readouterr().err.split())
    assert main(["read", str(articles), "-l", str(ledger), "--quiet", "--workers", "1", "--reader", "grammar"]) == 0
    desk.cache_clear()


def test_each_mode_is_a_version_of_its_own():
    assert len({Settings(mode=mode).version for mode in Mode}) == 3
