"""Forecasts and back-tests over HTTP: what the library says, down to the quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sides
from sides.report.backtest import backtest_record
from sides.web import foreseen
from sides.web.answers.forecast import forecasters
from tests.web.asking import Client

QUESTION = {"source": "Hamas", "target": "Syria", "event": "verbal-conflict", "within": 180, "wait": 60}
TEST = {"within": 180, "origins": 3, "wait": 60}


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


def test_a_forecast_is_that_of_the_ledger_and_opens_down_to_its_quotes(client, digest):
    told = client.get("/api/forecast", **QUESTION)
    found, known = told["forecast"], sides.open(digest).forecast("hamas", "syria", "verbal conflict", within_days=180)
    assert told["is_done"] and found["event"] == "verbal conflict" and found["target"] == {"id": "syria",
                                                                                          "name": "Syria"}
    for name, value in (("probability", known.chance), ("low", known.low), ("base_rate", known.base_rate),
                        ("recurrence_rate", known.recurrence_rate)):
        assert found[name] == pytest.approx(value, abs=1e-6)
    assert [one["days"] for one in found["curve"]] == [7, 30, 90, 180, 365]
    for name in ("probability", "low", "high", "base_rate"):
        rising = [one[name] for one in found["curve"]]
        assert rising == sorted(rising), name
    (own,) = (one for one in found["curve"] if one["days"] == 180)
    assert all(own[name] == found[name] for name in ("probability", "like_rate", "recurrence_rate"))
    assert [one["claim"] for one in found["precedents"]] == [one.claim for one in known.precedents]
    pointed = [*found["precedents"], *(one["event"] for one in found["rules"]),
               *(one["last"] for one in found["likes"] if one["last"])]
    assert {one["claim"] for one in pointed} == {one["claim"] for one in found["evidence"]}
    assert all(one["quote"] and one["published"] <= found["asked_on"] for one in found["evidence"])


def test_whoever_is_silent_says_why(client):
    found = client.get("/api/forecast", **QUESTION)["forecast"]
    learned, reference, recurrence = found["forecasters"]
    assert learned["probability"] is None and learned["silent"].startswith("Too little to learn from")
    assert learned["silent"] not in found["notes"] and "Ask for" not in learned["silent"]
    assert (reference["name"], reference["probability"]) == (found["forecaster"], found["probability"])
    assert recurrence["probability"] == found["recurrence_rate"] and recurrence["low"] is None
    assert client.get("/api/forecast", **QUESTION, forecaster="reference")["forecast"] == found
    assert client.refused("/api/forecast", **QUESTION, forecaster="learned") == (422, "ForecastError")


def test_the_learned_forecaster_stands_beside_the_reference_class(digest):
    plain = replace(sides.open(digest).forecast("hamas", "syria", "AID", forecaster="reference"), silent=None)
    waiting, *_ = forecasters(plain, None, is_done=False)
    assert (waiting["name"], waiting["probability"], waiting["silent"]) == ("learned", None, None)
    told = forecasters(replace(plain, forecaster="learned", chance=.25), plain, is_done=True)
    assert [(one["name"], one["probability"]) for one in told[:2]] == [
        ("learned", .25), ("reference class", round(plain.chance, 6))]


def test_what_was_published_later_is_not_known(client):
    then = client.get("/api/forecast", **QUESTION, at="2014")["forecast"]
    assert (then["asked_on"], then["known"]) == ("2014-12-31", "2014")
    assert then["evidence"] and all(one["published"] < "2015" for one in then["evidence"])
    assert then == client.get("/api/forecast", **QUESTION, at="2014", known="2014")["forecast"]
    assert client.refused("/api/forecast", **QUESTION, at="2012", known="2014") == (422, "ForecastError")


def test_a_state_has_all_five_beside_what_nothing_changes_says(client):
    found = client.get("/api/forecast/state", left="Hamas", right="Syria", state="friendly", by="2024-01",
                       wait=60)["forecast"]
    assert sum(found["said"].values()) == pytest.approx(1, abs=1e-3) and list(found["now"]) == list(found["said"])
    assert found["probability"] == found["said"]["friendly"] and found["low"] <= found["probability"] <= found["high"]
    assert (found["by"], found["months"]) == ("2024-01", 4)
    asked = {"left": "Hamas", "right": "Syria"}
    assert client.refused("/api/forecast/state", **asked, state="friendly", by="2020") == (422, "ForecastError")
    assert client.refused("/api/forecast/state", **asked, state="warm", by="2024") == (422, "BadRequest")


def test_a_ranking_names_the_likeliest_first_with_its_last_event(client):
    found = client.get("/api/forecast/ranking", source="Israel", event="ASSAULT", wait=60)["ranking"]
    chances = [one["probability"] for one in found["rows"]]
    assert found["rows"][0]["target"]["id"] == "hamas" and chances == sorted(chances, reverse=True)
    told = [event for one in found["rows"] for event in (*one["precedents"], *([one["last"]] if one["last"] else []))]
    assert {event["claim"] for event in told} == {one["claim"] for one in found["evidence"]}
    assert all(one["lacking"] for one in found["rows"] if len(one["precedents"]) < 3)
    first = client.get("/api/forecast/ranking", source="Israel", event="ASSAULT", most=1, wait=60)["ranking"]
    assert first["rows"] == found["rows"][:1] and first["asked"] == found["asked"]


def test_choices_are_what_is_answered(client):
    found = client.get("/api/forecast/choices")
    assert {one["quad"] for one in found["events"]} <= {None, *found["quads"]}
    for event in (found["quads"][2], found["events"][-1]["type"]):
        assert client.get("/api/forecast", source="hamas", target="iran", event=event, wait=60)["forecast"]


def test_a_back_test_goes_down_to_each_forecast(client, digest):
    told = client.get("/api/backtest", **TEST)
    record = backtest_record(sides.open(digest).backtest(within_days=180, origins=3))
    assert told["is_done"] and told["backtest"] == record
    score = next(one for one in record["scores"] if (one["questions"], one["channel"], one["forecaster"]) == (
        "onsets", "verbal cooperation", "reference class"))
    asked = {**TEST, "channel": score["channel"], "forecaster": score["forecaster"], "onsets": True}
    every = client.get("/api/backtest/questions", **asked)
    assert every["total"] == score["count"] and all(one["is_onset"] for one in every["questions"])
    for each in score["reliability"]:
        some = client.get("/api/backtest/questions", **asked, low=each["low"], high=each["high"])
        came = client.get("/api/backtest/questions", **asked, low=each["low"], high=each["high"], came=True, most=1)
        assert some["total"] == each["count"] and came["total"] == round(each["share"] * each["count"])
    pooled = client.get("/api/backtest/questions", **TEST, channel="pooled", forecaster="recurrence", most=7, offset=7)
    surest = [one["probability"] for one in pooled["questions"]]
    assert len(surest) == 7 and surest == sorted(surest, reverse=True)
    one = pooled["questions"][0]
    again = client.get("/api/forecast", source=one["source"]["id"], target=one["target"]["id"], event=one["channel"],
                       within=180, at=one["asked_on"], wait=60)["forecast"]
    assert again["asked_on"] == one["asked_on"] and again["recurrence_rate"] > 0


@pytest.mark.parametrize(("path", "asked", "kind"), [
    ("/api/forecast", {"source": "hamas", "target": "syria", "event": "COOPERAT"}, (422, "ForecastError")),
    ("/api/forecast", {"source": "hamas", "target": "Nobody", "event": "AID"}, (404, "UnknownActor")),
    ("/api/forecast", {"source": "hamas", "target": "hamas", "event": "AID"}, (422, "ForecastError")),
    ("/api/forecast", {"source": "hamas", "target": "syria", "event": "AID", "within": 0}, (422, "BadRequest")),
    ("/api/forecast", {"source": "hamas", "target": "syria", "event": "AID", "known": "1990"}, (422, "ForecastError")),
    ("/api/forecast/ranking", {"source": "hamas", "event": "ALLY"}, (422, "ForecastError")),
    ("/api/backtest", {"origins": 41}, (422, "BadRequest")),
    ("/api/backtest/questions", {**TEST, "channel": "weather", "forecaster": "recurrence"}, (422, "ForecastError")),
])
def test_what_is_no_question_is_refused(client, path, asked, kind):
    assert client.refused(path, **{"wait": 60, **asked}) == kind


def test_a_large_ledger_is_asked_in_a_process_of_its_own_with_the_same_answer(digest, monkeypatch, client):
    monkeypatch.setattr(foreseen, "MANY", 0)
    apart = Client(digest)
    lens = {"lens": "outlet=Barada Mirror"}
    assert apart.get("/api/forecast", **QUESTION, **lens) == client.get("/api/forecast", **QUESTION, **lens)
    assert apart.get("/api/backtest", **TEST) == client.get("/api/backtest", **TEST)
    assert apart.refused("/api/forecast/ranking", source="hamas", event="ALLY", wait=60) == (422, "ForecastError")
