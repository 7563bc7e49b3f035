"""Judgements over HTTP: signed, tried before they are made, taken back, and laid over what is read again."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from fastapi.testclient import TestClient

import sides
from sides.web.app import create_app
from sides.web.settings import Settings
from tests.web.asking import Client

WHO = {"who": "J. Doe", "why": "we looked"}


class Judging(Client):
    """A client that may judge."""

    def post(self, path, expected=200, **body):
        response = self._client.post(path, json=body)
        assert response.status_code == expected, response.text
        return response.json()


@pytest.fixture
def client(digest, tmp_path):
    return Judging(shutil.copytree(digest, tmp_path / "own.sides"))


def a_claim(client):
    return next(one for one in client.get("/api/tie", left="hamas", right="syria")["evidence"]
                if one["modality"] == "asserted" and one["confidence"] > 0.8)


def digest_of(folder):
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_a_correction_is_tried_made_and_taken_back(client, tmp_path):
    claim = a_claim(client)
    correction = {"claim": claim["claim"], "action": "set", "changes": {"type": "ASSAULT", "source": "Turkey"}}
    before = digest_of(tmp_path)
    tried = client.post("/api/preview", correction=correction)
    assert digest_of(tmp_path) == before, "a preview leaves no trace"
    assert tried["totals"]["claims"] == 1 and tried["claims"][0]["after"]["source"] == "turkey"
    assert {("hamas", "syria"), ("hamas", "turkey"), ("syria", "turkey")} & {
        (one["left"]["id"], one["right"]["id"]) for one in tried["ties"]}
    made = client.post("/api/corrections", **correction, **WHO)
    assert made["version"] == tried["version"] + 1
    shown = client.get("/api/claim", id=made["claim"])
    assert shown["evidence"]["type"] == "ASSAULT" and shown["evidence"]["sign"] == -1
    assert [one["who"] for one in shown["corrections"]] == ["J. Doe"]
    assert client.get("/api/claim", id=claim["claim"]) == shown, "a link to what it said before still finds it"
    for tie in tried["ties"]:
        now = client.get("/api/tie", left=tie["left"]["id"], right=tie["right"]["id"])
        assert now["state"] == tie["after"]["state"] and now["probabilities"] == pytest.approx(
            tie["after"]["probabilities"], abs=2e-4)
    judgement = client.get("/api/judgements")["judgements"][0]
    assert judgement["id"] == made["id"] and judgement["idle"] == "" and judgement["claim"] == made["claim"]
    back = client.post("/api/withdraw", id=made["id"], **WHO)
    assert back["claim"] == claim["claim"]
    assert client.get("/api/claim", id=claim["claim"])["evidence"] == client.get(
        "/api/claim", id=claim["claim"], version=tried["version"])["evidence"]
    assert client.get("/api/judgements")["judgements"][1]["withdrawn_by"] == back["id"]


def test_a_correction_survives_a_rebuild(client, tmp_path):
    ledger = sides.open(tmp_path / "own.sides")
    by_grammar = sides.open(tmp_path / "grammar.sides")
    claim = a_claim(client)
    rejected = client.post("/api/corrections", claim=claim["claim"], action="reject", **WHO)
    case = client.get("/api/review")["cases"][0]["id"]
    client.post("/api/decisions", actor=case, verdict="merge", into="hamas", **WHO)
    assert rejected["claim"] is None and client.refused("/api/claim", id=claim["claim"])[0] == 404
    report = ledger.reread(reader="grammar")
    assert len(report.read) == 22 and by_grammar.version == 0
    assert client.refused("/api/claim", id=claim["claim"])[0] == 404
    document = client.get("/api/document", id=claim["document_id"])
    assert [one["claim"] for one in document["rejected"]] == [claim["claim"]], "it was read again, and stays rejected"
    assert [one["name"] for one in document["mentions"]].count(case) == 0
    assert client.get("/api/review/actor", id=case)["id"] == "hamas"


def test_actors_are_merged_split_confirmed_and_rejected(client):
    review = client.get("/api/review")
    case = review["cases"][0]
    assert review["total"] == len(review["cases"]) and case["suggestions"] and case["quotes"]
    assert client.get("/api/review", reason="provisional")["total"] == review["reasons"]["provisional"]
    tried = client.post("/api/preview", decision={"actor": case["id"], "verdict": "merge", "into": "Hamas"})
    assert {one["id"]: (one["before"] is None, one["after"] is None) for one in tried["actors"]} == {
        case["id"]: (False, True), "hamas": (False, False)}
    merged = client.post("/api/decisions", actor=case["id"], verdict="merge", into="Hamas", **WHO)
    assert case["id"] not in {one["id"] for one in client.get("/api/review")["cases"]}
    client.post("/api/withdraw", id=merged["id"], **WHO)
    assert case["id"] in {one["id"] for one in client.get("/api/review")["cases"]}
    client.post("/api/decisions", actor=case["id"], verdict="confirm", changes={"kind": "bloc"}, **WHO)
    assert client.get("/api/review/actor", id=case["id"])["kind"] == "bloc"
    hamas = client.get("/api/review/actor", id="hamas")
    document = hamas["documents"][0]["id"]
    mention = next(one for one in client.get("/api/document", id=document)["mentions"] if one["actor"] == "hamas")
    place = f"{document}:{mention['begin_char']}-{mention['end_char']}"
    client.post("/api/decisions", actor="hamas", verdict="split", into="Hamas abroad", mentions=[place], **WHO)
    assert next(one for one in client.get("/api/document", id=document)["mentions"]
                if one["begin_char"] == mention["begin_char"])["actor"] == "hamas-abroad"
    client.post("/api/decisions", actor="syria", verdict="reject", **WHO)
    assert not client.get("/api/search", q="Syria")["actors"][:1] or client.get(
        "/api/search", q="Syria")["actors"][0]["id"] != "syria"


def test_what_makes_no_sense_is_refused_in_words(client):
    claim = a_claim(client)["claim"]
    for path, body, status in (
            ("/api/corrections", {"claim": claim, "action": "reject", "who": " ", "why": "x"}, 422),
            ("/api/corrections", {"claim": claim, "action": "reject", "who": "x", "why": ""}, 422),
            ("/api/corrections", {"claim": claim, "action": "set", "changes": {}, **WHO}, 422),
            ("/api/corrections", {"claim": claim, "action": "set", "changes": {"quote": "x"}, **WHO}, 422),
            ("/api/corrections", {"claim": claim, "action": "set", "changes": {"start": "2011-13"}, **WHO}, 422),
            ("/api/corrections", {"claim": claim, "action": "set", "changes": {"type": "x"}, **WHO}, 422),
            ("/api/corrections", {"claim": claim, "action": "set", "changes": {"source": "Nobody"}, **WHO}, 404),
            ("/api/corrections", {"claim": "nothing", "action": "reject", **WHO}, 404),
            ("/api/decisions", {"actor": "nobody here", "verdict": "reject", **WHO}, 404),
            ("/api/decisions", {"actor": "hamas", "verdict": "merge", "into": "hamas", **WHO}, 422),
            ("/api/decisions", {"actor": "hamas", "verdict": "split", "into": "x", **WHO}, 422),
            ("/api/decisions", {"actor": "hamas", "verdict": "split", "into": "x", "mentions": ["x"], **WHO}, 422),
            ("/api/withdraw", {"id": "nothing", **WHO}, 422),
            ("/api/preview", {}, 422)):
        error = client.post(path, status, **body)["error"]
        assert error["message"] and error["kind"] != "ServerError"
    assert client.get("/api/judgements")["total"] == 0


def test_a_server_that_only_shows_takes_no_judgements(digest):
    client = TestClient(create_app(Settings(ledger=digest, read_only=True)), "http://127.0.0.1:8420")
    for path, body in (("corrections", {"claim": "x", "action": "reject", **WHO}),
                       ("decisions", {"actor": "hamas", "verdict": "reject", **WHO}), ("withdraw", {"id": "x", **WHO})):
        assert client.post(f"/api/{path}", json=body).status_code == 403
    assert client.post("/api/preview", json={"decision": {"actor": "hamas", "verdict": "reject"}}).status_code == 200


def test_unjudged_claims_come_by_reader_the_least_sure_first(client):
    found = client.get("/api/review/claims")
    sure = [one["confidence"] for one in found["claims"]]
    assert sure == sorted(sure) and found["total"] == sum(found["readers"].values())
    reader = min(found["readers"])
    assert client.get("/api/review/claims", reader=reader)["total"] == found["readers"][reader]
