"""`sides lexicon` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

from sides.cli import main


def call(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_try_tells_how_a_sentence_is_read_and_which_one_is_skipped(capsys):
    code, out, _ = call(capsys, "lexicon", "try", "Poland did not throw its weight behind Ukraine. It rained.",
                        "--published", "2022-05")
    assert code == 0
    for words in ("idioms.toml", "subj to behind", "poland SUPPORT ukraine", "negated", "skipped: names no actor",
                  "1 claim, read as published 2022-05"):
        assert words in out


def test_try_as_json_has_what_fills_each_place(capsys):
    answer = json.loads(call(capsys, "lexicon", "try", "Poland attacked while Germany slept.", "--json")[1])
    (sentence,) = answer["sentences"]
    assert {mention["actor"] for mention in sentence["mentions"]} == {"poland", "germany"}
    assert sentence["claims"] == []
    assert [entry["why"] for entry in sentence["entries"] if entry["entry"] == "attack"] == ["no target"]


def test_coverage_lists_what_is_not_read_whatever_the_order_of_files(capsys, tmp_path: Path):
    (tmp_path / "one.txt").write_text("Turkey cradled Syria for years.\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Iran cradled Hamas for years.\n", encoding="utf-8")
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    code, out, err = call(capsys, "lexicon", "coverage", *files, "--date", "2020", "--json")
    assert (code, err) == (0, "")
    assert call(capsys, "lexicon", "coverage", *reversed(files), "--date", "2020", "--json")[1] == out
    (lack,) = json.loads(out)
    assert (lack["words"], lack["target"], lack["count"]) == ("cradle", "obj", 2)
    assert len(lack["examples"]) == 2
    assert "cradle" in call(capsys, "lexicon", "coverage", tmp_path, "--date", "2020", "--top", 1)[1]


def test_coverage_names_what_it_leaves_out(capsys, tmp_path: Path):
    (tmp_path / "one.txt").write_text("Turkey cradled Syria for years.\n", encoding="utf-8")
    code, out, err = call(capsys, "lexicon", "coverage", tmp_path)
    assert code == 1
    assert "one.txt" in err
    assert "in 0 documents" in out


def test_own_entries_are_tried_and_a_fault_in_them_is_named(capsys, tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text('[[class]]\ntype = "SUPPORT"\ntarget = "obj"\nlemmas = "cradle"\n', encoding="utf-8")
    text = tmp_path / "one.txt"
    text.write_text("Turkey cradled Syria for years.\n", encoding="utf-8")
    code, out, _ = call(capsys, "lexicon", "try", "Turkey cradled Syria for years.", "--lexicon", own)
    assert code == 0
    assert "own.toml line 1, [[class]] 1: cradle" in " ".join(out.split())
    assert "turkey SUPPORT syria" in out
    assert json.loads(call(capsys, "lexicon", "coverage", text, "--date", "2020", "--lexicon", own, "--json")[1]) == []
    own.write_text('[[class]]\ntype = "CRADLE"\nlemmas = "cradle"\n', encoding="utf-8")
    code, _, err = call(capsys, "lexicon", "try", "Turkey cradled Syria.", "--lexicon", own)
    assert code == 2
    assert "own.toml line 1, [[class]] 1: 'CRADLE' is not a type of claim" in " ".join(err.split())
