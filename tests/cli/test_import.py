"""`sides import` as a user calls it."""

from __future__ import annotations

import json

import sides
from sides.cli import main

CLAIM = {"doc": "n1", "quote": "Egypt thanked Iran", "source": "egypt", "target": "iran", "type": "SUPPORT"}


def test_import_tells_what_it_took_and_what_it_left_out(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    documents = [{"key": "n1", "text": "Egypt thanked Iran.", "published": "2020"}]
    (tmp_path / "documents.json").write_text(json.dumps(documents))
    (tmp_path / "claims.jsonl").write_text(json.dumps(CLAIM) + "\n" + json.dumps(CLAIM | {"type": "KISS"}) + "\n")
    words = ["import", "claims", "claims.jsonl", "--documents", "documents.json", "-l", "a.sides"]
    assert main(words) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "Imported 1 document in" in told and "1 claim, 2 mentions" in told
    assert "Left out: 1" in told and "claims.jsonl line 2" in told
    (tmp_path / "claims.jsonl").write_text(json.dumps(CLAIM) + "\n")
    assert main(words) == 0
    assert "Nothing new to import; 1 imported before" in capsys.readouterr().err
    assert main([*words, "--quiet"]) == 0
    assert capsys.readouterr().err.strip() == ""
    assert main(["tie", "Egypt", "Iran"]) == 0
    assert "Egypt thanked Iran" in capsys.readouterr().out
    assert main(["import", "claims", "claims.jsonl", "--documents", "documents.json", "--version", "0"]) == 2
    assert sides.open("a.sides").version == 1
