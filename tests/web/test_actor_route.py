"""One actor over HTTP."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

import sides
from sides.asking import registered
from tests.web.asking import Client


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


def test_an_actor_with_its_people_parts_and_blocs(client):
    found = client.get("/api/actor", id="hamas")
    assert (found["name"], found["kind"], found["country_name"]) == ("Hamas", "organization", "Palestine")
    assert all(one["kind"] == "person" for one in found["people"])
    assert {one["actor"] for one in found["parts"]} >= {"hamas-political-bureau"}
    assert all(one["kind"] != "person" for one in found["parts"])
    assert [one["name"] for one in found["member_of"]] == ["Axis of Resistance"]
    (head,) = [one for one in found["people"] if one["actor"] == "ismail-haniyeh" and one["since"]]
    assert (head["since"], head["until"]) == ("2017-05", "2024-07")


def test_its_ties_are_those_that_the_ledger_tells(client, digest):
    ledger = sides.open(digest)
    for asked in ({}, {"at": "2014-06"}, {"known": "2016"}):
        for row in client.get("/api/actor", id="hamas", **asked)["ties"]:
            tie = ledger.tie("hamas", row["actor"], **asked)
            told = [one for one in tie.evidence if one.date.first <= tie.now_at.last]
            assert row["state"] == (tie.state.value if told and tie.state else None)
            assert row["claims"] == len(tie.evidence)
            turned = [turn for turn in tie.turns if turn.month.first <= tie.now_at.last]
            assert (row["last_turn"] or {}).get("date") == (str(turned[-1].month) if turned and told else None)


def test_its_ties_come_in_pages_and_are_counted(client):
    whole = client.get("/api/actor", id="hamas", most=200)
    pages = [client.get("/api/actor", id="hamas", offset=place, most=4) for place in range(0, whole["ties_total"], 4)]
    assert [row for page in pages for row in page["ties"]] == whole["ties"]
    assert client.get("/api/actor", id="hamas", most=0)["ties"] == []


def test_a_name_will_do_and_nobody_is_refused(client):
    assert client.get("/api/actor", id="Hezbollah")["id"] == "hezbollah"
    assert client.refused("/api/actor", id="nobody-at-all") == (404, "UnknownActor")


def test_what_was_decided_about_it_is_told(digest, tmp_path):
    copy = shutil.copytree(digest, tmp_path / "own.sides")
    when = datetime(2024, 5, 1, tzinfo=UTC)
    sides.open(copy).decide("hamas", verdict="confirm", who="ana", why="it is", when=when)
    (one,) = Client(copy).get("/api/actor", id="hamas")["decisions"]
    assert (one["verdict"], one["who"], one["why"], one["idle"]) == ("confirm", "ana", "it is", None)


def test_what_split_from_it_and_what_it_came_from_are_told_by_the_registry():
    mnlf, splinter = registered("mnlf"), registered("abu-sayyaf")
    assert [(one.actor, one.label, one.since) for one in splinter.came_from] == [("mnlf", "splinter", "1991")]
    assert ("abu-sayyaf", "splinter") in [(one.actor, one.label) for one in mnlf.became]
    merged, into = registered("ansar-dine"), registered("jnim")
    assert [(one.actor, one.label) for one in merged.became] == [("jnim", "merged")]
    assert "ansar-dine" in [one.actor for one in into.came_from]
