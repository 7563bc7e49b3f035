"""The commands as a user calls them, in this process, on real ledgers."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil

import duckdb
import pytest

import sides
from sides.cli import COMMANDS, main
from sides.export.claims import COLUMNS


def call(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_every_command_has_help(capsys):
    for command in COMMANDS:
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert "usage: sides" in capsys.readouterr().out


def test_no_command_prints_the_overview_and_a_misspelt_one_the_nearest(capsys):
    assert main([]) == 2
    assert "sides demo" in capsys.readouterr().out
    assert main(["clams"]) == 2
    assert "Did you mean 'claims'?" in capsys.readouterr().err


def test_tie_shows_the_state_with_quotes_that_stand_in_the_documents(capsys, digest):
    code, out, _ = call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["now"] is not None
    texts = {document.id: document.text for document in sides.open(digest).documents()}
    assert answer["evidence"]
    for one in answer["evidence"]:
        assert texts[one["document_id"]][one["begin_char"]:one["end_char"]] == one["quote"]
    named = {one["claim"] for one in answer["evidence"]}
    for step in answer["steps"]:
        assert set(step["for"] + step["against"]) <= named


def test_tie_for_people_names_voices_outlets_mediators_and_what_is_ahead(capsys, digest):
    code, out, _ = call(capsys, "tie", "Hamas", "Syria", "-l", digest)
    assert code == 0
    for words in ("Harbour Wire", "Barada Mirror", "Who mediates", "Iran", "Forecast, planned"):
        assert words in out


def test_an_earlier_known_never_adds_evidence(capsys, digest):
    ledger = sides.open(digest)
    early, late = ledger.tie("Hamas", "Syria", known="2014"), ledger.tie("Hamas", "Syria")
    assert {one.claim.id for one in early.evidence} < {one.claim.id for one in late.evidence}
    assert all(one.document.published.year <= 2014 for one in early.evidence)


def test_an_outlet_is_a_lens(digest):
    tie = sides.open(digest).tie("Hamas", "Syria", lens=sides.Lens.parse("outlet=Barada Mirror"))
    assert tie.evidence
    assert {one.outlets for one in tie.evidence} == {("Barada Mirror",)}


def test_who_tells_names_people_and_ties(capsys, digest):
    code, out, _ = call(capsys, "who", "Hamas", "-l", digest)
    assert code == 0
    assert "Syria" in out
    assert "Haniyeh" in out
    record = json.loads(call(capsys, "who", "Hamas", "-l", digest, "--json")[1])
    assert {tie["right"]["id"] for tie in record["ties"]} >= {"syria", "iran"}


def test_who_without_a_ledger_tells_what_the_registry_knows(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = call(capsys, "who", "Islamic Jihad")
    assert code == 0
    assert "Islamic Jihad" in out


def test_an_unknown_actor_is_told_with_what_is_near(capsys, digest):
    code, _, err = call(capsys, "tie", "Hammas", "Syria", "-l", digest)
    assert code == 2
    assert "Hamas" in err


def test_claims_as_json_csv_and_parquet_say_the_same(capsys, digest, tmp_path):
    question = ("claims", "--between", "Hamas", "Iran", "--since", "2013", "-l", digest)
    records = json.loads(call(capsys, *question, "--json")[1])
    assert records
    rows = list(csv.DictReader(io.StringIO(call(capsys, *question, "--csv")[1])))
    call(capsys, *question, "--parquet", tmp_path / "claims.parquet")
    table = duckdb.sql(f"SELECT * FROM '{tmp_path / 'claims.parquet'}'")
    assert tuple(table.columns) == COLUMNS
    assert [record["id"] for record in records] == [row["id"] for row in rows] == [row[0] for row in table.fetchall()]
    assert all((record["start"] or record["published"]) >= "2013" for record in records if record["kind"] == "event")
    text = call(capsys, *question)[1]
    assert f"{len(records)} claims" in text


def test_reasons_and_amounts_are_shown_in_every_form(capsys, tmp_path):
    text = "Russia sent 50 tanks to Syria because Turkey had attacked Idlib."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    ledger = tmp_path / "a.sides"
    assert call(capsys, "read", tmp_path / "a.txt", "-l", ledger, "--date", "2020-02-03", "--quiet")[0] == 0
    question = ("claims", "--between", "Russia", "Syria", "-l", ledger)
    (record,) = json.loads(call(capsys, *question, "--json")[1])
    (reason,), (amount,) = record["reasons"], record["amounts"]
    assert (reason["kind"], reason["text"]) == ("cause", "because Turkey had attacked Idlib")
    assert {**amount, "begin_char": 0, "end_char": 0} == {
        "kind": "arms", "low": 50.0, "high": 50.0, "unit": "tank", "text": "50 tanks", "begin_char": 0, "end_char": 0}
    (row,) = csv.DictReader(io.StringIO(call(capsys, *question, "--csv")[1]))
    assert row["reasons"] == "cause: because Turkey had attacked Idlib" and row["amounts"] == "arms: 50 tanks (50 tank)"
    call(capsys, *question, "--parquet", tmp_path / "a.parquet")
    rows = duckdb.sql(f"SELECT reasons, amounts FROM '{tmp_path / 'a.parquet'}'").fetchall()
    assert rows == [(record["reasons"], record["amounts"])]
    text = call(capsys, *question)[1]
    assert "cause: because Turkey had attacked Idlib" in text and "arms: 50 tanks" in text
    (claim,) = sides.open(ledger).claims(between=("Russia", "Syria"))
    assert claim.reasons[0].text == reason["text"] and claim.amounts[0].unit == "tank"


def test_no_claims_make_an_empty_table_of_every_form(capsys, digest, tmp_path):
    question = ("claims", "--between", "Hamas", "Iran", "--until", "1990", "-l", digest)
    assert json.loads(call(capsys, *question, "--json")[1]) == []
    assert call(capsys, *question, "--csv")[1] == ",".join(COLUMNS) + "\n"
    call(capsys, *question, "--parquet", tmp_path / "none.parquet")
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path / 'none.parquet'}'").fetchall() == [(0,)]


def test_export_quotes_stand_in_the_documents(capsys, digest, tmp_path):
    code, _, _ = call(capsys, "export", "claims", "-l", digest, "-o", tmp_path / "claims.jsonl")
    records = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {document.name: document.text for document in sides.open(digest).documents()}
    assert code == 0
    assert len(records) == len(sides.open(digest).claims())
    assert all(texts[one["document"]][one["begin_char"]:one["end_char"]] == one["quote"] for one in records)


def test_reading_twice_adds_nothing_and_says_so(capsys, tmp_path):
    (tmp_path / "one.txt").write_text("2020-05-01\n\nEgypt condemned Ethiopia on Friday.\n", encoding="utf-8")
    first = call(capsys, "read", tmp_path / "one.txt", "-l", tmp_path / "a.sides", "--workers", "1")
    version = sides.open(tmp_path / "a.sides").version
    again = call(capsys, "read", tmp_path / "one.txt", "-l", tmp_path / "a.sides", "--workers", "1")
    assert "Read 1 document" in first[2]
    assert "Nothing new to read; 1 read before" in again[2]
    assert sides.open(tmp_path / "a.sides").version == version


def test_what_is_left_out_is_named_with_its_reason_and_the_rest_is_read(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a long path would be broken into two lines
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("2020-05-01\n\nEgypt condemned Ethiopia on Friday.\n", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (folder / "undated.txt").write_text("Egypt condemned Ethiopia.\n", encoding="utf-8")
    code, _, err = call(capsys, "read", "articles", "missing", "-l", "a.sides", "--workers", "1")
    assert code == 1
    assert "Left out: 4" in err
    for name in ("empty.txt", "picture.txt", "undated.txt", "missing"):
        assert name in err
    assert "--date" in err
    assert [document.name for document in sides.open(tmp_path / "a.sides").documents()] == ["good.txt"]


def test_an_earlier_version_shows_what_it_showed(capsys, tmp_path):
    for name, deed in (("one", "condemned"), ("two", "praised")):
        (tmp_path / f"{name}.txt").write_text(f"2020-05-01\n\nEgypt {deed} Ethiopia on Friday.\n", encoding="utf-8")
        call(capsys, "read", tmp_path / f"{name}.txt", "-l", tmp_path / "a.sides", "--workers", "1")
    now = sides.open(tmp_path / "a.sides")
    before = sides.open(tmp_path / "a.sides", version=now.version - 1)
    assert len(now.documents()) == 2
    assert [document.text for document in before.documents()] == [(tmp_path / "one.txt").read_text(encoding="utf-8")]


def test_a_correction_is_laid_over_a_claim_and_taken_back(capsys, tmp_path):
    (tmp_path / "one.txt").write_text("2020-05-01\n\nEgypt condemned Ethiopia on Friday.\n", encoding="utf-8")
    path = tmp_path / "a.sides"
    call(capsys, "read", tmp_path / "one.txt", "-l", path, "--workers", "1")
    (claim,) = [one for one in sides.open(path).claims() if one.type == "ACCUSE"]
    code, out, _ = call(capsys, "correct", claim.id, "--set", "modality=negated", "--why", "irony", "-l", path)
    assert code == 0
    assert [one.modality for one in sides.open(path).claims(types=["ACCUSE"])] == ["negated"]
    assert [one.modality for one in sides.open(path).claims(types=["ACCUSE"], corrected=False)] == ["asserted"]
    call(capsys, "correct", out.split()[1], "--take-back", "--why", "no irony", "-l", path)
    assert [one.modality for one in sides.open(path).claims(types=["ACCUSE"])] == ["asserted"]


def test_the_ledger_is_found_where_it_is_the_only_one(capsys, digest, tmp_path, monkeypatch):
    monkeypatch.chdir(digest.parent)
    assert call(capsys, "ledger")[0] == 0
    monkeypatch.chdir(tmp_path)
    code, _, err = call(capsys, "ledger")
    assert code == 2
    assert "-l NAME.sides" in err


def test_demo_shows_an_answer(capsys):
    code, out, _ = call(capsys, "demo", "--workers", "1")
    assert code == 0
    assert "invented" in out
    assert "Where sources disagree" in out


def test_an_actor_is_found_by_any_name_that_documents_write(capsys, tmp_path):
    (tmp_path / "one.txt").write_text("2020-05-01\n\nConor O'Brien, a Chadian envoy, met Hamas on Friday. "
                                      "O'Brien praised Hamas.\n", encoding="utf-8")
    call(capsys, "read", tmp_path / "one.txt", "-l", tmp_path / "l.sides", "--workers", "1")
    assert sides.open(tmp_path / "l.sides").actor("O'Brien").id == "conor-obrien"


def test_a_tie_tells_who_was_counted_and_why_and_keeps_them_apart_if_asked(capsys, digest):
    rolled = json.loads(call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--json")[1])
    apart = json.loads(call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--json", "--exact")[1])
    assert rolled["counted"]
    assert all(bond["registry_source"] or bond["quote"] or bond["label"] == "part of" for one in rolled["counted"]
               for bond in one["because"])
    assert not apart["counted"]
    assert {one["claim"] for one in apart["evidence"]} < {one["claim"] for one in rolled["evidence"]}


def test_an_export_tells_the_side_that_each_actor_was_on(capsys, digest):
    rows = [json.loads(line) for line in call(capsys, "export", "claims", "-l", digest)[1].splitlines()]
    apart = [json.loads(line) for line in call(capsys, "export", "claims", "-l", digest, "--exact")[1].splitlines()]
    assert any(row["source_side"] != row["source"] for row in rows)
    assert all(row["source_side"] == row["source"] and row["target_side"] == row["target"] for row in apart)


def copied(digest, tmp_path):
    shutil.copytree(digest, tmp_path / "copy.sides")
    return tmp_path / "copy.sides"


def test_a_suggested_command_can_be_copied_and_settles_what_it_is_about(capsys, digest, tmp_path):
    path = copied(digest, tmp_path)
    code, out, _ = call(capsys, "actors", "review", "-l", path)
    commands = [shlex.split(line) for line in out.splitlines() if line.startswith("  sides actors ")]
    assert code == 0
    assert commands
    assert call(capsys, *commands[0][1:])[0] == 0
    settled = commands[0][3]
    listed = [one["id"] for one in json.loads(call(capsys, "actors", "review", "--json", "-l", path)[1])]
    assert settled not in listed
    (decision,) = sides.open(path).decisions()
    assert decision.actor == settled


def test_review_quotes_stand_in_the_documents(capsys, digest):
    cases = json.loads(call(capsys, "actors", "review", "--most", "0", "--json", "-l", digest)[1])
    texts = {document.id: document.text for document in sides.open(digest).documents()}
    quotes = [quote for case in cases for quote in case["quotes"]]
    assert quotes
    assert all(quote["sentence"] in texts[quote["document_id"]] for quote in quotes)
    weights = [(-case["claims"], -case["mentions"], -case["documents"]) for case in cases]
    assert weights == sorted(weights)


def test_a_merge_changes_ties_and_who_at_once_and_is_taken_back(capsys, digest, tmp_path):
    path = copied(digest, tmp_path)
    before = sides.open(path)
    records = before.records()
    code, out, _ = call(capsys, "actors", "merge", "hezbollah", "Iran", "--why", "one camp", "-l", path)
    assert code == 0
    after = sides.open(path)
    assert len(after.actors()) == len(before.actors()) - 1
    assert after.actor("hezbollah").id == after.actor("Hezbollah").id == "iran"
    assert len(after.tie("Hamas", "Iran").evidence) > len(before.tie("Hamas", "Iran").evidence)
    assert "hezbollah" not in {part for one in after.claims() for part in (one.source, one.target, one.third)}
    assert "hezbollah" in {one.source for one in after.claims(corrected=False)}
    assert sides.open(path, version=before.version).records() == records
    assert call(capsys, "actors", "withdraw", out.split()[1].rstrip(":"), "--why", "no", "-l", path)[0] == 0
    assert sides.open(path).records() == records
    assert "does not count: withdrawn" in call(capsys, "actors", "decisions", "-l", path)[1]


def test_a_split_that_no_mention_is_meant_by_is_told(capsys, digest, tmp_path):
    path = copied(digest, tmp_path)
    words = ("actors", "split", "hamas", "--into", "Other Movement", "--why", "a test", "-l", path)
    assert "no mention of hamas here is meant by it" in call(capsys, *words, "--named", "Hammas")[1]
    assert "changes nothing" not in call(capsys, *words, "--named", "Hamas")[1]
    assert sides.open(path).actor("Other Movement").id == "other-movement"


def test_decisions_are_handed_on_and_what_does_not_apply_is_told(capsys, digest, tmp_path):
    path, file, other = copied(digest, tmp_path), tmp_path / "decisions.jsonl", tmp_path / "other.sides"
    call(capsys, "actors", "reject", "palestinian-factions", "--why", "nobody", "-l", path)
    call(capsys, "actors", "merge", "hezbollah", "iran", "--why", "one camp", "-l", path)
    call(capsys, "actors", "export", "-l", path, "-o", file)
    (tmp_path / "one.txt").write_text("2020-05-01\n\nHezbollah praised Iran on Friday.\n", encoding="utf-8")
    call(capsys, "read", tmp_path / "one.txt", "-l", other, "--workers", "1")
    code, out, _ = call(capsys, "actors", "import", file, "-l", other)
    assert code == 0
    assert "2 decisions taken over" in out
    assert "no document here mentions palestinian-factions" in out
    assert sides.open(other).claims() == []
    version = sides.open(other).version
    assert "0 decisions taken over, 2 here before" in call(capsys, "actors", "import", file, "-l", other)[1]
    assert sides.open(other).version == version
    file.write_text(file.read_text(encoding="utf-8").replace("nobody", "no one") + "not json\n", encoding="utf-8")
    code, _, err = call(capsys, "actors", "import", file, "-l", other)
    assert code == 1
    assert "line 1: it says other than what its id was made of" in err
    assert "line 3: it is no JSON" in err


@pytest.mark.parametrize(("words", "told"), [
    (("merge", "hamas", "Hamas"), "cannot be merged or split into itself"),
    (("merge", "hamas", "nobody-of-that-name"), "No actor here is called"),
    (("merge", "no-such-actor", "iran"), "No actor here is called"),
    (("confirm", "hamas", "--wikidata", "796"), "not a Wikidata id"),
    (("split", "hamas", "--into", "x"), "A split says which"),
    (("split", "hamas", "--into", "x", "--document", "none.txt"), "No document here"),
    (("withdraw", "0123"), "There is no decision"),
])
def test_a_decision_that_makes_no_sense_is_refused_with_the_reason(capsys, digest, words, told):
    code, _, err = call(capsys, "actors", *words, "--why", "a test", "-l", digest)
    assert code == 2
    assert told in err
    assert sides.open(digest).decisions() == []


def test_lint_names_file_and_line(capsys, tmp_path):
    good, bad, double = tmp_path / "good.toml", tmp_path / "bad.toml", tmp_path / "names.csv"
    good.write_text('[[actors]]\nid = "blue-brigade"\nlabel = "Blue Brigade"\nnames = ["Blue Brigade"]\n'
                    'source = "own"\n')
    bad.write_text('[[actors]]\nid = "red-brigade"\nlabel = "Red Brigade"\n\n'
                   '[[names]]\nactor = "nobody-here"\nname = "X"\n')
    double.write_text("actor,name\nhamas,Fatah\n")
    assert call(capsys, "actors", "lint", good)[:2] == (0, f"Nothing is wrong with {good}.\n")
    code, out, _ = call(capsys, "actors", "lint", bad, double)
    assert code == 1
    assert f"{bad} line 5" in out
    assert f"{double} line 2: 'fatah' is strong enough alone for" in out


ECHO = ("Turkey condemns Israel\n\nTurkey condemned Israel on Monday over the raid, in words that nobody had expected. "
        "Hezbollah was bombed at night.\n\nQatar attacked Egypt.\n")


@pytest.fixture
def echoing(tmp_path):
    (tmp_path / "echo.txt").write_text(ECHO, encoding="utf-8")
    ledger = sides.open(tmp_path / "echo.sides")
    ledger.read(tmp_path / "echo.txt", published="2020-06")
    return ledger


def test_claims_say_what_is_said_again_and_a_tie_counts_it_once(capsys, echoing):
    records = json.loads(call(capsys, "claims", "--between", "Turkey", "Israel", "-l", echoing.path, "--json")[1])
    headline, fuller = records
    assert (headline["restates"], fuller["restates"]) == (fuller["id"], None)
    out = call(capsys, "claims", "--between", "Turkey", "Israel", "-l", echoing.path)[1]
    assert f"says {fuller['id']} again" in out and "2 claims, 1 of which another one says more fully" in out
    tie = json.loads(call(capsys, "tie", "Turkey", "Israel", "-l", echoing.path, "--json")[1])
    assert [(one["claim"], one["restatements"]) for one in tie["evidence"]] == [(fuller["id"], [headline["id"]])]
    assert sides.open(echoing.path).who("Turkey").claims == 1


def test_what_is_incomplete_is_listed_exported_and_never_among_the_claims(capsys, echoing, tmp_path):
    code, out, _ = call(capsys, "claims", "--incomplete", "-l", echoing.path)
    assert code == 0 and "somebody not named assault Hezbollah" in out and "1 incomplete" in out
    (record,) = json.loads(call(capsys, "claims", "--incomplete", "--actor", "Hezbollah", "-l", echoing.path,
                                "--json")[1])
    assert (record["missing"], record["source"], record["target"]) == ("source", None, "hezbollah")
    assert ECHO[record["begin_char"]:record["end_char"]] == record["quote"]
    assert record["id"] not in {one.id for one in echoing.claims()}
    assert "hezbollah" not in {one.target for one in echoing.claims()}
    for suffix in ("jsonl", "csv", "parquet"):
        file = tmp_path / f"incomplete.{suffix}"
        assert call(capsys, "export", "incomplete", "-o", file, "-l", echoing.path)[0] == 0
        (row,) = duckdb.sql(f"SELECT id, missing, quote FROM '{file}'").fetchall()
        assert row == (record["id"], "source", record["quote"])
    assert call(capsys, "claims", "--incomplete", "--type", "AID", "-l", echoing.path)[1].startswith("0 incomplete")


@pytest.mark.parametrize("words", [["claims", "--incomplete", "--between", "Turkey", "Israel"],
                                   ["claims", "--incomplete", "--as-read"], ["export", "incomplete", "--exact"]])
def test_what_makes_no_sense_of_the_incomplete_is_refused_with_the_reason(capsys, echoing, words):
    code, _, err = call(capsys, *words, "-l", echoing.path)
    assert code == 2 and "incomplete" in err


def test_own_words_are_kept_shown_and_tried_with(capsys, tmp_path):
    own, ledger = tmp_path / "own.toml", tmp_path / "own.sides"
    own.write_text('[[class]]\ntype = "SUPPORT"\ntarget = "obj"\nlemmas = "cradle, coddle"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("Egypt cradled Ethiopia.\n", encoding="utf-8")
    code, _, err = call(capsys, "read", tmp_path / "a.txt", "-l", ledger, "--date", "2020", "--lexicon", own,
                        "--workers", 1)
    assert code == 0 and "1 claim" in err
    own.unlink()
    out = call(capsys, "lexicon", "files", "-l", ledger)[1]
    assert "own.toml" in out and "[[class]] cradle, coddle" in out
    (record,) = json.loads(call(capsys, "lexicon", "files", "-l", ledger, "--json")[1])
    assert record["words"] == {"class": ["cradle", "coddle"]} and "SUPPORT" in record["content"]
    assert "egypt SUPPORT syria" in call(capsys, "lexicon", "try", "Egypt cradled Syria.", "-l", ledger)[1]
    assert "no claim" in call(capsys, "lexicon", "try", "Egypt cradled Syria.", "--reader", "grammar")[1]
    assert call(capsys, "reread", "-l", ledger, "--without-lexicon", "--workers", 1)[0] == 0
    assert "with no file of your own" in call(capsys, "lexicon", "files", "-l", ledger)[1]
    own.write_text("[[class]]\nlemmas = 1\n", encoding="utf-8")
    code, _, err = call(capsys, "reread", "-l", ledger, "--lexicon", own)
    assert code == 2 and "own.toml line 1, [[class]] 1" in err and "docs/reading.md" in err


def test_model_shows_its_numbers_and_where_they_come_from(capsys, tmp_path):
    code, out, _ = call(capsys, "model", "show")
    assert code == 0
    assert "PLOVER" in out and "stay 0.975" in out
    assert len(out.splitlines()) < 40
    code, out, _ = call(capsys, "model", "show", "--json")
    assert code == 0 and json.loads(out)["chain"]["stay"] == 0.975
    bad = tmp_path / "bad.toml"
    bad.write_text("[chain]\nstay = 2\n", encoding="utf-8")
    code, _, err = call(capsys, "model", "show", "--model", bad)
    assert code == 2 and "bad.toml" in err


def test_model_is_fitted_on_a_table_and_what_makes_no_sense_is_named(capsys, tmp_path):
    events = tmp_path / "events.csv"
    rows = [f"{2000 + month // 12}-{month % 12 + 1:02}-{day:02},a{dyad},b,{('AID', 'ASSAULT')[dyad % 2]}"
            for dyad in range(6) for month in range(60) for day in range(1, 1 + (month + dyad) % 3)]
    events.write_text("\n".join(["date,source,target,type", *rows, rows[0], "2001,a,b,AID"]), encoding="utf-8")
    kept = tmp_path / "mine.toml"
    code, out, err = call(capsys, "model", "fit", events, "--write", kept)
    assert code == 1
    assert f"line {len(rows) + 3}" in err and "tells no month" in err
    assert "1 event stood there again" in out and str(kept) in out.replace("\n", "")
    code, shown, _ = call(capsys, "model", "show", "--model", kept)
    assert code == 0 and "events.csv" in shown
    code, out, _ = call(capsys, "model", "fit", events, "--model", kept, "--json")
    found = json.loads(out)
    assert found["events"]["repeated"] == 1 and len(found["events"]["left_out"]) == 1
    assert found["after"]["loss"] < found["after"]["loss_of_the_share"]
    assert found["steps"] and found["choices"]
    assert call(capsys, "model", "fit", tmp_path / "none.csv")[0] == 2


def test_model_refuses_a_ledger_of_too_few_dated_claims(capsys, digest):
    code, _, err = call(capsys, "model", "fit", digest)
    assert code == 2 and "to fit, to choose and to test" in err
