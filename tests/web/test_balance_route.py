"""Balance over HTTP: camps that keep their numbers, the index with its proof, over time, and what if."""

from __future__ import annotations

from typing import Any

import pytest

import sides
from sides.ties.lens import Lens
from sides.web.balance import triangle_words
from tests.ties.ledgers import made, told
from tests.web.asking import Client

YEARS = [str(year) for year in range(2010, 2024)]


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory):
    """Two camps, of which an actor goes over from one to the other in 2016."""
    friends = [("norland", "FRIENDLY", "sudland"), ("westland", "FRIENDLY", "ostland")]
    foes = [("norland", "HOSTILE", "westland"), ("norland", "HOSTILE", "ostland"), ("sudland", "HOSTILE", "westland"),
            ("sudland", "HOSTILE", "ostland")]
    documents = []
    for year in range(2012, 2020):
        red = ("red-front", "FRIENDLY" if year < 2016 else "HOSTILE", "norland")
        blue = ("red-front", "HOSTILE" if year < 2016 else "FRIENDLY", "ostland")
        documents += [told(f"{year}-{month}-10", "Gazette", *(
            (*one, {"start": f"{year}-{month}"}) for one in (*friends, *foes, red, blue)))
            for month in ("02", "06", "10")]
    return made(tmp_path_factory.mktemp("quarrel"), *documents)


def post(client: Client, edits: list[dict[str, Any]], **asked: Any) -> tuple[int, dict[str, Any]]:
    response = client._client.post("/api/what-if", params=asked, json={"edits": edits})
    return response.status_code, response.json()


@pytest.mark.parametrize("asked", [{}, {"known": "2016"}, {"lens": "outlet=Harbour Wire"}, {"exact": "true"}])
def test_the_network_of_a_date_is_that_of_the_ledger(digest, client, asked):
    ledger = sides.open(digest)
    own = {"known": asked.get("known"), "exact": "exact" in asked, "lens": Lens.parse(asked["lens"]) if "lens" in asked
           else None}
    for at in ("2012-06", "2015-12", None):
        found = client.get("/api/balance", **asked, **({"at": at} if at else {}))
        told = ledger.balance(at=at, **own)
        assert found["result"]["index"] == told.result.value and found["result"]["proven"]
        assert (found["result"]["actors"], found["result"]["ties"]) == (told.result.network.size,
                                                                        told.result.network.ties)
        assert found["triads"]["counts"] == told.triads.counts()


def test_camps_keep_their_numbers_whatever_was_asked_before(digest, client):
    forth = {at: client.get("/api/camps", at=at)["camp"] for at in YEARS}
    other = Client(digest)
    back = {at: other.get("/api/camps", at=at)["camp"] for at in reversed(YEARS)}
    assert forth == back


def test_camps_bear_the_numbers_of_the_years(digest, client):
    for moment in sides.open(digest).balance_over_time(since="2001", until="2022"):
        found = client.get("/api/camps", at=str(moment.at))
        assert found["is_named"]
        assert found["camp"] == {actor: camp for actor, camp in moment.membership.items() if camp is not None}


def test_who_goes_over_takes_the_number_of_the_other_camp(quarrel):
    client = Client(quarrel.path)
    before, after = (client.get("/api/camps", at=at)["camp"] for at in ("2014-07", "2019-03"))
    assert before["red-front"] == before["norland"] == before["sudland"]
    assert after["red-front"] == after["ostland"] == before["ostland"] != before["norland"]
    assert {actor: camp for actor, camp in before.items() if actor != "red-front"} == {
        actor: camp for actor, camp in after.items() if actor != "red-front"}
    points = client.get("/api/balance/over-time", wait=60)["points"]
    assert {one["id"] for point in points for one in point["passings"]} == {"red-front"}


def test_a_date_without_ties_has_no_camps(client):
    found = client.get("/api/camps", at="1990")
    assert (found["camp"], found["index"], found["ties"], found["proven"]) == ({}, 0, 0, True)
    assert client.get("/api/balance", at="1990")["certificate"]["total"] == 0


def test_strained_ties_say_what_flipping_them_would_do(client):
    found = client.get("/api/balance", at="2013-07")
    tie = found["ties"][0]
    assert (tie["left"]["id"], tie["right"]["id"], tie["kind"], tie["change"]) == ("hamas", "syria", "every", -1)
    status, told = post(client, [{"kind": "flip", "left": "hamas", "right": "syria"}], at="2013-07")
    assert status == 200
    assert told["before"]["result"]["index"] + tie["change"] == told["after"]["result"]["index"] == 0
    assert {"left": tie["left"], "right": tie["right"], "before": "every", "after": "bearing"} in told["ties"]


def test_the_certificate_is_of_as_many_cycles_as_the_index(client):
    found = client.get("/api/balance")
    proof = found["certificate"]
    assert proof["is_disjoint"] and proof["total"] == found["result"]["index"] == len(proof["cycles"])
    used = [frozenset((actor, cycle[at - 1])) for cycle in proof["cycles"] for at, actor in enumerate(cycle)]
    assert len(used) == len(set(used))
    assert proof["words"].startswith(f"Proven: {proof['total']} disjoint bad cycles")


def test_triangles_are_told_the_firmest_first(client):
    found = client.get("/api/balance")
    weights = [one["weight"] for one in found["unbalanced"]]
    assert weights == sorted(weights, reverse=True) and len(weights) == found["unbalanced_total"]
    assert all(one["says"].count(actor["name"]) >= 1 for one in found["unbalanced"] for actor in one["actors"])
    few = client.get("/api/balance", most=2)
    assert len(few["unbalanced"]) == 2 and few["unbalanced_total"] == found["unbalanced_total"]


def test_three_foes_share_two_camps():
    assert triangle_words(["a", "b", "c"], ["hostile", "strained", "hostile"]) == (
        "a is hostile to b and at odds with c, and b hostile to c: of three foes, two would have to share a camp.")


@pytest.mark.parametrize("every", ["years", "months"])
def test_a_series_has_each_date_with_its_band(client, every):
    found = client.get("/api/balance/over-time", every=every, wait=10)
    assert found["done"] == found["of"] == len(found["points"])
    assert [one["at"] for one in found["points"]] == sorted({one["at"] for one in found["points"]})
    drawn = [one for one in found["points"] if one["band"]]
    assert drawn and all(one["band"]["low"] <= one["band"]["median"] <= one["band"]["high"] for one in drawn)
    at = found["points"][-1]["at"]
    now = client.get("/api/balance", at=at)
    assert found["points"][-1]["result"] == now["result"]
    assert found["points"][-1]["strained"] == now["kinds"]["every"] + now["kinds"]["some"]


def test_a_series_tells_how_far_it_is(digest):
    found = Client(digest).get("/api/balance/over-time", every="months", wait=0)
    assert found["done"] < found["of"] and found["limits"]


def test_what_if_depends_on_nothing_that_was_asked_before(client):
    edits = [{"kind": "remove", "left": "hamas", "right": "iran"}, {"kind": "set", "left": "hamas", "right": "qatar",
                                                                     "sign": -1}]
    first = post(client, edits)
    post(client, [{"kind": "flip", "left": "hamas", "right": "israel"}])
    assert post(client, edits) == first
    assert post(client, [])[1]["moved"] == []


def test_what_cannot_be_edited_is_refused_in_words(client):
    assert post(client, [{"kind": "flip", "left": "hamas", "right": "nobody"}])[0] == 404
    status, told = post(client, [{"kind": "remove", "left": "qatar", "right": "israel"}])
    assert (status, told["error"]["kind"]) == (422, "NetworkError")
    assert post(client, [{"kind": "turn", "left": "hamas", "right": "iran"}])[0] == 422
    assert post(client, [{"kind": "flip", "left": "hamas", "right": "syria"}] * 51)[0] == 422
