"""`sides mediators` and `sides outlook` as a user calls them."""

from __future__ import annotations

import json

from tests.cli.test_commands import call
from tests.ties.told import row, told


def ledger(folder):
    told(folder, ("Wire", "2020-05-01", [
        row("norland", "CONSULT", "sudland", modality="planned", start="2020-06"),
        row("norland", "AID", "sudland", modality="demanded"),
        row("westland", "MEDIATE", "norland", third="sudland", start="2020-04")]),
        ("Post", "2020-07-01", [row("sudland", "CONSULT", "norland", start="2020-06-12")]))
    return folder / "told.sides"


def test_outlook_tells_what_came_of_a_plan_and_by_which_claim(capsys, tmp_path):
    path = ledger(tmp_path)
    code, out, _ = call(capsys, "outlook", "-l", path)
    assert code == 0
    for words in ("Borne out: 1", "Not judged: 1", "asked for, not predicted", "by 1 later claim"):
        assert words in out
    assert "Open: 1" in call(capsys, "outlook", "-l", path, "--known", "2020-06")[1]
    (record,) = json.loads(call(capsys, "outlook", "norland", "-l", path, "--fate", "borne out", "--json")[1])
    assert (record["voice"], record["fate"], record["bearing"][0]["outlets"]) == ("Wire", "borne out", ["Post"])
    assert json.loads(call(capsys, "outlook", "westland", "-l", path, "--json")[1]) == []
    assert "nothing here" in call(capsys, "outlook", "westland", "-l", path)[1]


def test_the_scoreboard_has_a_row_for_each_speaker(capsys, tmp_path):
    path = ledger(tmp_path)
    assert "Wire" in call(capsys, "outlook", "-l", path, "--by-speaker")[1]
    (record,) = json.loads(call(capsys, "outlook", "-l", path, "--by-speaker", "--json")[1])
    assert (record["made"], record["judged"], record["borne_out"], record["share"]) == (1, 1, 1, 1.0)
    assert 0.2 < record["low"] < record["high"] == 1.0


def test_mediators_tells_the_parties_the_time_and_the_result(capsys, tmp_path):
    path = ledger(tmp_path)
    code, out, _ = call(capsys, "mediators", "-l", path)
    assert code == 0
    assert "between Norland and Sudland, 2020-04" in out and "has not turned yet" in out
    (record,) = json.loads(call(capsys, "mediators", "sudland", "westland", "-l", path, "--json")[1])
    assert (record["mediator"], record["parties"], record["result"]) == ("westland", ["norland", "sudland"], "open")
    assert "nobody who brokers" in call(capsys, "mediators", "-l", path, "--known", "2020-04")[1]


def test_an_unknown_actor_is_named(capsys, tmp_path):
    code, _, err = call(capsys, "outlook", "nowhere", "-l", ledger(tmp_path))
    assert code == 2 and "nowhere" in err
