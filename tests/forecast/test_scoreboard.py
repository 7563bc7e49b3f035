"""Forecasts of documents beside ours, on the same questions; and ours that were kept, by what came later."""

from __future__ import annotations

import json
import math

import pytest

from sides.forecast import contest
from sides.forecast.scoreboard import Who
from sides.forecast.words import chance_said, scale
from sides.model.errors import ForecastError
from sides.report.scoreboard import board_record
from tests.ties.told import row, told

SAYS = {"speaker": "norland", "modality": "forecast"}
LIKELY = "Norland said that it would very likely consult Sudland in June"


def history(year=2018, months=24):
    """Norland and Sudland meet every other month; Westland accuses Norland in between."""
    listed = []
    for month in range(1, months + 1):
        day = f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}-15"
        listed.append((f"Wire{month}", day, [row("norland", "CONSULT", "sudland") if month % 2 else
                                             row("westland", "ACCUSE", "norland")]))
    return listed


PREDICTED = ("Post", "2020-05-01", [
    row("norland", "CONSULT", "sudland", start="2020-06", quote=LIKELY, **SAYS),
    row("westland", "ACCUSE", "norland", start="2020-06", **SAYS),
    row("norland", "FRIENDLY", "sudland", start="2020-06", modality="forecast"),
    row("norland", "ASSAULT", "westland", start="2020-06", modality="negated", quote="Norland won't attack Westland"),
    row("norland", "AID", "sudland", start="2024", modality="planned")])
LATER = [("Late", "2020-07-01", [row("sudland", "CONSULT", "norland", start="2020-06-12"),
                                 row("norland", "ASSAULT", "westland", start="2020-06-20")]),
         *((f"After{number}", f"2020-07-1{number}", [row("norland", "AID", "westland", start="2020-06-20"),
                                                     row("norland", "FRIENDLY", "sudland", start="2020-06-21")])
           for number in range(4))]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return told(tmp_path_factory.mktemp("board"), *history(), PREDICTED, *LATER)


def test_everybody_is_scored_on_the_same_questions(ledger):
    board = ledger.scoreboard()
    asked = {(one.prediction.type.value, one.came): one for one in board.questions}
    assert set(asked) == {("CONSULT", True), ("ACCUSE", False), ("ASSAULT", True)}
    consult = asked["CONSULT", True]
    assert (consult.said, consult.is_either_way, str(consult.asked_on), consult.within_days) == (
        .875, True, "2020-05-01", 30)
    assert asked["ASSAULT", True].said == pytest.approx(1 - scale().plain) and not asked["ACCUSE", False].is_either_way
    assert board.left_out == {contest.RELATION: 1}
    rows = {(one.who, one.name): one for one in board.documents}
    everybody = rows[Who.DOCUMENTS, "all documents"]
    assert (everybody.made, everybody.open, everybody.base_rate) == (4, 1, pytest.approx(2 / 3))
    losses = [(one.said - one.came) ** 2 for one in board.questions]
    assert everybody.own.brier == pytest.approx(sum(losses) / 3)
    assert everybody.own.log_loss == pytest.approx(-sum(
        math.log(one.said if one.came else 1 - one.said) for one in board.questions) / 3)
    for name in ("base rate", "recurrence", "reference class"):
        ours = rows[Who.FORECASTER, name]
        assert ours.own.count == everybody.beside[name].count == 3 and ours.own.brier == everybody.beside[name].brier
    said = [row for row in board.documents if row.who is Who.SPEAKER and row.speaker == "norland"]
    assert [row.own.count for row in said] == [2] and said[0].beside["recurrence"].count == 2
    assert rows[Who.OUTLET, "Post"].own.count == 3


def test_ours_are_what_would_have_been_said_on_that_day(ledger, tmp_path):
    """Without the documents of later days nobody could have said anything else: to the last bit."""
    (tmp_path / "then").mkdir()
    then = told(tmp_path / "then", *history(), PREDICTED)
    for one in ledger.scoreboard().questions:
        (blind,) = contest.answered(then._view(), [one])
        assert blind.chances == one.chances
    consult = next(one for one in ledger.scoreboard().questions if one.prediction.type == "CONSULT")
    quiet = next(one for one in ledger.scoreboard().questions if one.prediction.type == "ASSAULT")
    assert consult.chances["reference class"] > .2 > quiet.chances["reference class"]
    assert consult.chances["recurrence"] > consult.chances["base rate"]


def test_a_question_whose_time_is_not_over_is_open(ledger):
    board = ledger.scoreboard(known="2020-05-20")
    assert board.questions == () and board.documents[0].open == board.documents[0].made == 4
    assert board.documents[0].own is None and board.documents[0].beside == {}
    assert ledger.scoreboard(known="2018-02").documents == () and ledger.scoreboard(known="1990").kept == ()


def test_the_same_question_gives_the_same_bytes(ledger):
    first, second = (json.dumps(board_record(ledger.scoreboard(), {})) for _ in range(2))
    assert first == second
    some = ledger.scoreboard("westland").questions
    assert {one.prediction.type.value for one in some} == {"ACCUSE", "ASSAULT"}


def test_words_of_likelihood_come_to_chances():
    assert chance_said("It is almost certain that they meet") == pytest.approx(.97)
    assert chance_said("This is highly unlikely", expects=False) == pytest.approx(.125)
    assert chance_said("They will probably not meet", expects=False) == pytest.approx(.325)
    assert chance_said("An unlikelihood") == scale().plain  # a word of its own only
    assert all(0 < chance < 1 for _, chance in scale().terms)


def test_a_kept_forecast_is_open_then_comes_true_or_fails(tmp_path):
    (tmp_path / "now").mkdir()
    early = told(tmp_path / "now", *history())
    kept = [early.keep(early.forecast(*pair, event, within_days=days)) for *pair, event, days in (
        ("norland", "sudland", "CONSULT", 190), ("norland", "westland", "verbal-conflict", 190),
        ("norland", "sudland", "AID", 3000))]
    again = early.keep(early.forecast("norland", "sudland", "CONSULT", within_days=190))
    assert again == kept[0] and len(early.kept_forecasts()) == 3 and early.kept_forecasts() == early.kept_forecasts()
    assert [one.came for one in early.scoreboard().kept] == [None] * 3
    assert not any(one.is_afterwards for one in kept)
    (tmp_path / "later").mkdir()
    later = told(tmp_path / "later", *history(), PREDICTED, *LATER)
    for one in kept:
        later._keep(one)
    found = {(one.forecast.event, one.came): one for one in later.scoreboard().kept}
    assert set(found) == {("CONSULT", True), ("verbal conflict", False), ("AID", None)}
    event = found["CONSULT", True].event
    assert str(event.day) == "2020-06-12" and "consult" in later.claim(event.claim).quote
    (ours,) = later.scoreboard().ours
    assert (ours.made, ours.open, ours.own.count, ours.base_rate) == (3, 1, 2, .5)
    assert ours.own.brier == pytest.approx(((kept[0].chance - 1) ** 2 + kept[1].chance ** 2) / 2)
    assert set(ours.beside) == {"base rate", "recurrence"}
    assert {one.came for one in later.scoreboard(known="2020-06-30").kept} == {None}
    assert later.scoreboard(at="2019-06").kept == ()
    assert [one.forecast.event for one in later.scoreboard("westland").kept] == ["verbal conflict"]


def test_what_is_asked_of_an_earlier_day_is_marked_as_kept_afterwards(tmp_path):
    ledger = told(tmp_path, *history())
    assert ledger.keep(ledger.forecast("norland", "sudland", "CONSULT", at="2018-12")).is_afterwards
    with pytest.raises(ForecastError, match="both sides"):
        ledger.keep(ledger.forecast("norland", "norland", "CONSULT"))
