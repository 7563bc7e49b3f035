"""`sides forecast` and `sides backtest` as a user calls them, on the bundled example."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import sides
from tests.cli.test_commands import call

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def test_a_forecast_shows_its_comparators_and_opens_to_quotes(capsys, digest):
    question = ("forecast", "Hamas", "Syria", "--event", "verbal-cooperation", "--within", "180d", "-l", digest)
    code, out, _ = call(capsys, *question)
    assert code == 0
    for words in ("90 % interval", "recurrence rate", "base rate", "dyads alike", "Precedents", "Too little to learn"):
        assert words in out
    record = json.loads(call(capsys, *question, "--json")[1])
    assert record["low"] <= record["probability"] <= record["high"]
    assert [one["days"] for one in record["curve"]] == [7, 30, 90, 180, 365]
    texts = {document.id: document.text for document in sides.open(digest).documents()}
    assert record["precedents"]
    for one in record["precedents"]:
        assert one["quote"] in texts[one["document"]] and one["day"] <= record["asked_on"]
    assert call(capsys, *question, "--json")[1] == call(capsys, *question, "--json")[1]


def test_a_state_and_a_ranking(capsys, digest):
    code, out, _ = call(capsys, "forecast", "Hamas", "Syria", "--state", "friendly", "--by", "2024-01", "-l", digest)
    assert code == 0 and "nothing changes" in out and "Dyads that stood so" in out
    record = json.loads(call(capsys, "forecast", "Hamas", "Syria", "--state", "friendly", "--by", "2024-01", "-l",
                             digest, "--json")[1])
    assert sum(record["said"].values()) == pytest.approx(1, abs=.001)
    assert record["probability"] == record["said"]["friendly"]
    record = json.loads(call(capsys, "forecast", "--ranking", "Israel", "--event", "ASSAULT", "-l", digest,
                             "--json")[1])
    chances = [row["probability"] for row in record["rows"]]
    assert record["rows"][0]["target"] == "hamas" and chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(("words", "told"), [
    (("Hamas", "--event", "AID"), "of two actors, not of 1"), (("Hamas", "Syria"), "Give --event"),
    (("Hamas", "Syria", "--state", "friendly"), "together"), (("Hamas", "Syria", "--event", "AIDE"), "Did you mean"),
    (("--ranking", "Hamas", "--event", "AID", "Syria"), "names one actor"),
    (("Hamaz", "Syria", "--event", "AID"), "Hamas"),
])
def test_what_is_no_question_is_told(capsys, digest, words, told):
    code, _, err = call(capsys, "forecast", *words, "-l", digest)
    assert code == 2 and told in err


def test_a_backtest_writes_a_page_that_needs_nothing_else_the_same_each_time(capsys, digest, tmp_path):
    pages = []
    for name in ("a.html", "b.html"):
        code, out, _ = call(capsys, "backtest", "-l", digest, "--within", "180d", "--origins", "3", "-o",
                            tmp_path / name)
        pages.append((tmp_path / name).read_bytes())
    assert code == 0 and "reference class" in out and "onsets" in out
    assert pages[0] == pages[1] and b"<svg" in pages[0] and b"http" not in pages[0]
    record = json.loads(call(capsys, "backtest", "-l", digest, "--within", "180d", "--origins", "3", "--json")[1])
    assert {one["questions"] for one in record["scores"]} == {"all", "onsets"} and len(record["origins"]) == 3
    code, _, err = call(capsys, "backtest", "-l", digest, "-o", tmp_path / "no" / "where.html")
    assert code == 2 and "cannot be written" in err


def test_a_kept_forecast_stands_on_the_scoreboard(capsys, digest, tmp_path):
    ledger = tmp_path / "own.sides"
    shutil.copytree(digest, ledger)
    question = ("forecast", "Hamas", "Syria", "--event", "COOPERATE", "--within", "180d", "--keep", "-l", ledger)
    code, out, _ = call(capsys, *question)
    assert code == 0 and "Kept as" in out
    kept = json.loads(call(capsys, *question, "--json")[1])["kept"]
    assert kept in out.replace("\n", "")
    code, out, _ = call(capsys, "outlook", "--scores", "-l", ledger)
    assert code == 0 and "open: its time is not over" in out and "all documents" in out and "ICD 203" in out
    record = json.loads(call(capsys, "outlook", "--scores", "--json", "--without-learning", "-l", ledger)[1])
    assert [one["id"] for one in record["kept"]] == [kept] and record["kept"][0]["outcome"] == "open"
    for words, told in ((("outlook", "--scores", "--fate", "open"), "without --fate"),
                        (("forecast", "--ranking", "Hamas", "--event", "AID", "--keep"), "Only a forecast of")):
        code, _, err = call(capsys, *words, "-l", ledger)
        assert code == 2 and told in " ".join(err.split())


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
def test_the_seeds_answer_the_question_they_end_on(capsys, tmp_path):
    ledger = tmp_path / "seeds.sides"
    assert call(capsys, "read", SEEDS, "-l", ledger, "--quiet")[0] in (0, 1)
    record = json.loads(call(capsys, "forecast", "Hamas", "Syria", "--event", "COOPERATE", "--within", "180d", "-l",
                             ledger, "--json")[1])
    assert 0 < record["low"] < record["probability"] < record["high"] < .5 and len(record["precedents"]) >= 3
