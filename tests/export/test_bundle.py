"""The bundle of evidence as files: whole, the same every time, and to be checked by hand."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from sides.cli import main
from sides.export.bundle import PAGES
from sides.model.errors import ExportError
from tests.export.ledgers import carried, hard_ledger, of

DATA = {f"data/{name}.js" for name in ("claims", "ties", "documents", "actors", "texts")}


def records(folder, name):
    """The JSON lines of a file: what `sed '1d;$d'` leaves."""
    return [json.loads(line) for line in (folder / name).read_text(encoding="ascii").split("\n")[1:-2]]


@pytest.fixture(scope="module")
def folder(hard, tmp_path_factory):
    """A bundle with texts."""
    path = tmp_path_factory.mktemp("bundle") / "whole"
    hard.bundle(path, with_texts=True)
    return path


def test_every_file_has_its_hash(folder):
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {*sums, "SHA256SUMS"} == {*PAGES, *DATA, "README.txt", "manifest.js", "SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    (manifest,) = records(folder, "manifest.js")
    assert {name: one["sha256"] for name, one in manifest["files"].items()} == {
        name: digest for name, digest in sums.items() if name != "manifest.js"}


def test_claims_stand_in_it_with_their_evidence_and_texts_by_their_hashes(hard, folder):
    claims = records(folder, "data/claims.js")
    assert {one["claim"]: of(one) for one in claims} == carried(hard)
    texts = {one["document_id"]: one["text"] for one in records(folder, "data/texts.js")}
    for one in claims:
        assert texts[one["document_id"]][one["begin_char"]:one["end_char"]] == one["quote"]
    for one in records(folder, "data/documents.js"):
        assert one["sha256"] == hashlib.sha256(texts[one["document_id"]].encode()).hexdigest()
    ties = {(one["left"], one["right"]): one for one in records(folder, "data/ties.js")}
    assert {claim for one in ties.values() for claim in one["claims"]} <= {one["claim"] for one in claims}
    assert set(ties) == {(tie.left, tie.right) for tie in hard.told_ties()}
    assert {side for dyad in ties for side in dyad} <= {one["id"] for one in records(folder, "data/actors.js")}


def test_texts_are_in_it_only_where_they_are_asked_for(digest, tmp_path, capsys):
    options = ["bundle", "Hamas", "Syria", "-l", str(digest), "-o"]
    assert main([*options, str(tmp_path / "bare.zip")]) == 0
    bare = capsys.readouterr()
    assert main([*options, str(tmp_path / "whole.zip"), "--with-texts"]) == 0
    whole = capsys.readouterr()
    assert "licences" in whole.err
    assert "licences" not in bare.err
    assert main([*options, str(tmp_path / "again.zip")]) == 0
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "bare.zip").read_bytes()
    with ZipFile(tmp_path / "bare.zip") as archive:
        assert archive.testzip() is None
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("evidence/data/texts.js").count(b"\n") == 2
        fingerprint = hashlib.sha256(archive.read("evidence/manifest.js")).hexdigest()
    assert bare.out == f"fingerprint {fingerprint}\n" != whole.out


def test_nothing_is_written_over(hard, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match="Name a new folder"):
        hard.bundle(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(OSError, match="directory"):
        hard.bundle(tmp_path / "nowhere" / "all.zip")


def test_a_claim_that_a_decision_shows_otherwise_says_so(tmp_path):
    ledger = hard_ledger(tmp_path)
    ledger.decide("red-front", verdict="merge", into="northern-pact", who="me", why="they are one",
                  when=datetime(2026, 1, 1, tzinfo=UTC))
    ledger.bundle(tmp_path / "all")
    decided = [one for one in records(tmp_path / "all", "data/claims.js") if one["is_decided"]]
    assert {one["claim"] for one in decided} == {claim.id for claim in ledger.claims() if claim.kept_id}
    assert decided
