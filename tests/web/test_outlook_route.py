"""Predictions and the model carried forward over HTTP."""

from __future__ import annotations

import pytest

import sides
from tests.web.asking import Client


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


def test_predictions_are_those_of_the_ledger(client, digest):
    found = client.get("/api/outlook")
    every = sides.open(digest).outlook()
    assert found["total"] == len(every) == sum(found["counts"].values())
    assert [one["fate"] for one in found["predictions"]] == [one.fate.value for one in every]
    told = {one["claim"] for one in found["evidence"]}
    assert {claim for one in found["predictions"] for claim in (*one["claims"], *one["bearing_claims"])} == told


def test_they_are_filtered_by_voice_pair_and_fate(client):
    whole = client.get("/api/outlook")
    voice = whole["scores"][0]["voice"]
    some = client.get("/api/outlook", speaker=voice)
    assert some["total"] and {one["voice"] for one in some["predictions"]} == {voice}
    assert some["scores"] == whole["scores"]
    pair = client.get("/api/outlook", actor=["hamas", "syria"])
    assert 0 < pair["total"] < whole["total"]
    still = client.get("/api/outlook", fate="open")
    assert still["total"] == whole["counts"]["open"]
    assert {one["fate"] for one in still["predictions"]} == {"open"}
    assert still["counts"] == whole["counts"]
    assert client.refused("/api/outlook", fate="good") == (422, "BadRequest")


def test_pages_make_up_the_whole(client):
    whole = client.get("/api/outlook")["predictions"]
    pages = [client.get("/api/outlook", offset=place, most=5)["predictions"] for place in range(0, len(whole), 5)]
    assert [one for page in pages for one in page] == whole


def test_a_small_ledger_is_frozen_at_every_year(client, digest):
    found = client.get("/api/outlook/carried")
    assert found["is_every_year"] and len(found["frozen"]) == 14
    assert found["frozen"][-1] == found["horizon"]
    assert [one["ahead_months"] for one in found["tallies"]] == [6, 12, 24]
    assert found["total"] == sum(one["asked"] for one in found["tallies"]) == sum(found["counts"].values())
    assert sum(one["judged"] for one in found["tallies"]) == found["counts"]["judged"]
    assert found["total"] == len(sides.open(digest).carried(frozen=found["frozen"]))


def test_a_judged_question_has_its_scores_and_what_tells_of_it(client):
    found = client.get("/api/outlook/carried", verdict="judged")
    told = {one["claim"] for one in found["evidence"]}
    assert found["questions"]
    for one in found["questions"]:
        said = dict(zip(found["states"], one["said"], strict=True))
        score = sum((share - (state == one["became"])) ** 2 for state, share in said.items())
        assert one["brier"] == pytest.approx(score, abs=1e-3)
        assert one["bearing_claims"] and set(one["bearing_claims"]) <= told


def test_open_questions_say_when_they_resolve(client):
    found = client.get("/api/outlook/carried", verdict="open", actor=["hamas", "syria"], frozen="2023-09-04")
    assert [one["resolves"] for one in found["questions"]] == ["2024-03", "2024-09", "2025-09"]
    assert all(one["brier"] is None and one["became"] is None for one in found["questions"])
    assert found["is_every_year"] is False


def test_a_day_that_is_none_is_refused(client):
    assert client.refused("/api/outlook/carried", frozen="yesterday") == (422, "DateError")


def test_the_scoreboard_sets_documents_beside_us_on_the_same_questions(client, digest):
    found = client.get("/api/outlook/scores")
    board = sides.open(digest).scoreboard(learn=False)
    assert len(found["questions"]) == len(board.questions) > 0 and found["kept"] == found["ours"] == []
    everybody = found["documents"][0]
    assert everybody["who"] == "documents" and everybody["judged"] == len(board.questions)
    for row in found["documents"]:
        assert all(each["judged"] == row["judged"] for each in row["beside"].values())
    assert {row["name"] for row in found["documents"] if row["who"] == "forecaster"} == set(everybody["beside"]) == {
        "base rate", "recurrence", "reference class"}
    told = {one["claim"]: one["quote"] for one in found["evidence"]}
    assert all(told[one["claim"]] == one["quote"] for one in found["questions"])
    assert client.get("/api/outlook/scores", actor=["hamas", "syria"])["questions"] == found["questions"]
    assert client.get("/api/outlook/scores", actor=["israel", "iran"])["questions"] == []
    assert client.get("/api/outlook/scores", known="2001")["documents"] == []
