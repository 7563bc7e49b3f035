"""How voices compare, over HTTP."""

from __future__ import annotations

import pytest

import sides
from tests.web.asking import Client


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


@pytest.mark.parametrize("by", ["outlet", "speaker", "side"])
def test_disagreements_are_those_of_the_ledger_with_quotes_of_both_sides(client, digest, by):
    found = client.get("/api/sources", by=by, wait=60)
    assert found["is_done"]
    told = sides.open(digest).disagreements(by=by)
    assert [(one["left"]["id"], one["right"]["id"], one["better"]["voice"], one["worse"]["voice"])
            for one in found["dyads"]] == [(one.left, one.right, one.farthest.better.name, one.farthest.worse.name)
                                           for one in told.dyads]
    evidence = {one["claim"]: one for one in found["evidence"]}
    for dyad, own in zip(found["dyads"], told.dyads, strict=True):
        for side, voice in (("better", own.farthest.better), ("worse", own.farthest.worse)):
            assert dyad[side]["quotes"]
            assert set(dyad[side]["quotes"]) <= evidence.keys() & {one.claim.id for one in voice.tie.evidence}


def test_every_claim_that_is_named_stands_in_the_answer(client):
    found = client.get("/api/sources", wait=60)
    evidence = {one["claim"] for one in found["evidence"]}
    named = {one["claim"] for lead in found["leads"] for one in lead["tellings"]}
    named |= {claim for one in found["standings"] for claim in one["examples"]}
    assert named and named <= evidence


def test_a_kind_that_there_is_not_is_refused(client):
    assert client.refused("/api/sources", by="colour") == (422, "BadRequest")


def test_lists_are_cut_where_asked_and_the_totals_say_so(client):
    found = client.get("/api/sources", most=1, wait=60)
    assert len(found["voices"]) == 1 < found["totals"]["voices"]


def test_under_a_lens_its_voices_alone_are_heard(client):
    found = client.get("/api/sources", lens="outlet=Harbour Wire", wait=60)
    assert [one["voice"] for one in found["voices"]] == ["Harbour Wire"] and found["dyads"] == []
