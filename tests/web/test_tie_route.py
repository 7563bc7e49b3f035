"""The tie of two actors over HTTP: with the months to come, its lanes, and what is said to be ahead."""

from __future__ import annotations

import pytest

import sides
from sides.web.answers.tie import StandingNowAnswer
from tests.web.asking import Client


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


def test_a_tie_goes_on_for_two_years_past_the_horizon(client, digest):
    found = client.get("/api/tie", left="hamas", right="syria")
    ledger = sides.open(digest)
    assert found["horizon"] == str(ledger.horizon())[:7] == "2023-09"
    first = 12 * int(found["months"]["first"][:4]) + int(found["months"]["first"][5:]) - 1
    place = 12 * 2025 + 8 - first
    later = ledger.tie("hamas", "syria", at="2025-09")
    assert found["months"]["probabilities"][place] == pytest.approx(list(later.probabilities.values()), abs=1e-3)
    for layer in found["layers"]:
        assert len(layer["months"]["probabilities"]) == len(found["months"]["probabilities"])


def test_months_are_rounded_as_numbers_are_read(client, digest):
    found = client.get("/api/tie", left="hamas", right="syria")
    history = sides.open(digest).tie("hamas", "syria").history
    later = history.carried(history.end + len(found["months"]["probabilities"]) - len(history.shares))
    assert found["months"]["probabilities"] == [[round(float(share), 4) for share in row] for row in later.shares]


def test_the_state_stays_that_of_the_date_asked_about(client, digest):
    for asked in ({"at": "2014"}, {"known": "2016"}, {"at": "2015-03", "lens": "language=en"}, {"exact": True}):
        found = client.get("/api/tie", left="hamas", right="syria", **asked)
        choices = {name: value for name, value in asked.items() if name != "lens"}
        tie = sides.open(digest).tie("hamas", "syria", **choices)
        assert found["state"] == tie.state.value
        assert found["asked_about"] == str(tie.now_at)


def test_with_an_earlier_known_the_horizon_is_that_of_then(client):
    found = client.get("/api/tie", left="hamas", right="syria", known="2016")
    assert found["horizon"] <= "2016-12"
    assert all(one["published"] <= "2016-12-31" for one in found["evidence"])
    assert all(one["made"] <= "2016-12-31" for one in found["predictions"])


def test_lanes_rest_on_the_evidence_of_the_tie(client):
    found = client.get("/api/tie", left="hamas", right="syria")
    known = {one["claim"] for one in found["evidence"]}
    assert found["mediators"] and found["predictions"] and found["turns"] and found["layers"]
    for mediator in found["mediators"]:
        told = [claim for one in mediator["episodes"] for claim in one["claims"]]
        assert sorted(told) == sorted(mediator["claims"])
        assert all(one["since"] <= one["until"] for one in mediator["episodes"])
        assert set(told) <= known
    for one in found["predictions"]:
        assert set(one["claims"]) <= known
        assert one["since"] <= one["until"]
    assert {one["turn"] for one in found["drivers"]} <= {one["date"] for one in found["turns"]}


def test_two_of_whom_nothing_is_said_have_no_months(client):
    found = client.get("/api/tie", left="hezbollah", right="united-states")
    assert (found["months"], found["state"], found["evidence"], found["predictions"]) == (None, None, [], [])


def test_who_is_not_there_is_refused_in_words(client):
    assert client.refused("/api/tie", left="nobody-at-all", right="syria") == (404, "UnknownActor")
    assert client.refused("/api/tie", left="hamas", right="syria", at="soon") == (422, "DateError")
    assert client.refused("/api/tie", left="hamas") == (422, "BadRequest")


def test_what_is_told_of_now_is_what_the_whole_tie_tells_of_it(client):
    for asked in ({}, {"at": "2012-06"}, {"at": "2030", "known": "2016"}):
        now = client.get("/api/tie/now", left="hamas", right="syria", **asked)
        whole = client.get("/api/tie", left="hamas", right="syria", **asked)
        assert now == {name: whole[name] for name in now}
        assert now["evidence"]


def test_what_is_sent_is_what_its_model_says(client):
    for left, right in (("hamas", "syria"), ("hezbollah", "united-states"), ("hamas", "iran")):
        found = client.get("/api/tie/now", left=left, right=right)
        assert StandingNowAnswer.model_validate(found, extra="forbid").model_dump(mode="json") == found
