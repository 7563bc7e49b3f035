"""`sides lexicon` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

from sides.claims.learned.thresholds import Thresholds
from sides.cli import main
from tests.claims.learned_reading import ALL, NONE


def call(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_try_tells_how_a_sentence_is_read_and_which_one_is_skipped(capsys):
    code, out, _ = call(capsys, "lexicon", "try", "Poland did not throw its weight behind Ukraine. It rained.",
                        "--published", "2022-05", "--reader", "grammar")
    assert code == 0
    for words in ("idioms.toml", "subj to behind", "poland SUPPORT ukraine", "negated", "skipped: names no actor",
                  "1 claim by the reader grammar, read as published 2022-05"):
        assert words in out


def test_try_as_json_has_what_fills_each_place(capsys):
    answer = json.loads(call(capsys, "lexicon", "try", "Poland attacked while Germany slept.", "--reader", "grammar",
                             "--json")[1])
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
    code, out, _ = call(capsys, "lexicon", "try", "Turkey cradled Syria for years.", "--reader", "grammar",
                        "--lexicon", own)
    assert code == 0
    assert "own.toml line 1, [[class]] 1: cradle" in " ".join(out.split())
    assert "turkey SUPPORT syria" in out
    assert json.loads(call(capsys, "lexicon", "coverage", text, "--date", "2020", "--lexicon", own, "--json")[1]) == []
    own.write_text('[[class]]\ntype = "CRADLE"\nlemmas = "cradle"\n', encoding="utf-8")
    code, _, err = call(capsys, "lexicon", "try", "Turkey cradled Syria.", "--lexicon", own)
    assert code == 2
    assert "own.toml line 1, [[class]] 1: 'CRADLE' is not a type of claim" in " ".join(err.split())


def test_try_tells_what_the_encoder_makes_of_a_sentence_and_which_claims_are_made(capsys, monkeypatch):
    monkeypatch.setattr(Thresholds, "load", lambda: ALL)
    for reader in ("both", "learned"):
        code, out, _ = call(capsys, "lexicon", "try", "Turkey attacked Syria.", "--reader", reader, "--published",
                            "2022")
        out = " ".join(out.split())
        assert code == 0
        assert ("fits verbs.toml" in out) is (reader == "both")
        assert out.count("likely: ") == 2
        assert "likely: turkey " in out
        assert " weighed: " in out
        assert " like " in out
        assert f"by the reader {reader}, read as published 2022" in out
    assert call(capsys, "lexicon", "try", "Turkey attacked Syria.")[1].count("by the reader both") == 1


def test_try_as_json_has_the_likely_claims_with_what_they_are_like_and_the_dropped_readings(capsys, monkeypatch):
    monkeypatch.setattr(Thresholds, "load", lambda: ALL)
    answer = json.loads(call(capsys, "lexicon", "try", "Turkey attacked Syria.", "--json")[1])
    (sentence,) = answer["sentences"]
    assert answer["reader"] == "both"
    likely = sentence["likely"]
    assert {(one["source"], one["target"]) for one in likely} == {("turkey", "syria"), ("syria", "turkey")}
    made = {claim["id"] for claim in sentence["claims"]}
    assert {one["claim"] for one in likely if one["claim"]} == made
    for one in likely:
        assert 0 <= one["share"] <= 1
        assert one["trigger"]
        assert all(set(near) == {"key", "likeness", "source", "type", "target", "trigger", "text"}
                   for near in one["nearest"])
    monkeypatch.setattr(Thresholds, "load", lambda: NONE)
    (sentence,) = json.loads(call(capsys, "lexicon", "try", "Turkey attacked Syria.", "--json")[1])["sentences"]
    assert (sentence["likely"], sentence["claims"]) == ([], [])
    assert [(one["source"], one["type"], one["target"], one["trigger"]) for one in sentence["dropped"]] == [
        ("turkey", "ASSAULT", "syria", "attacked")]
    assert 0 <= sentence["dropped"][0]["share"] <= 1
    out = " ".join(call(capsys, "lexicon", "try", "Turkey attacked Syria.")[1].split())
    assert "dropped: turkey ASSAULT syria, by “attacked”" in out
    assert "no claim of its own: the encoder has not taken it up" in out
