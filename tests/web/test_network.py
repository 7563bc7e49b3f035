"""The network as it is sent: columns that say what the ledger says, once for each version, knowledge and lens."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sides.face import Ledger
from sides.ties.course_codes import STATE
from sides.ties.history import STATES
from sides.ties.selection import told_at
from sides.ties.signals import month_date
from sides.web.app import create_app
from sides.web.settings import Settings


@pytest.fixture(scope="module")
def own(digest: Path, tmp_path_factory) -> Path:
    return shutil.copytree(digest, tmp_path_factory.mktemp("own") / "own.sides")


@pytest.fixture(scope="module")
def client(own: Path) -> TestClient:
    return TestClient(create_app(Settings(ledger=own)), base_url="http://127.0.0.1")


def test_it_says_of_every_tie_what_the_ledger_says(client, own):
    found = client.get("/api/network").json()
    actors, ties = found["actors"]["id"], found["ties"]
    told = {(tie.left, tie.right): tie for tie in Ledger(own).ties()}
    assert set(told) <= {(actors[left], actors[right]) for left, right in zip(ties["left"], ties["right"], strict=True)}
    for place in (found["horizon"], found["horizon"] - 60):
        for tie, (left, right) in enumerate(zip(ties["left"], ties["right"], strict=True)):
            codes = [code for month, code in list(zip(ties["month"], ties["code"], strict=True))[
                ties["offset"][tie]:ties["offset"][tie + 1]] if month <= place]
            state = told_at(told[actors[left], actors[right]], month_date(found["begin"] + place))[0] \
                if (actors[left], actors[right]) in told else None
            assert (codes[-1] if codes else 0) & STATE == (STATES.index(state) + 1 if state else 0)


def test_parts_and_blocs_name_those_who_are_there(client):
    found = client.get("/api/network", params={"exact": True}).json()
    actors = found["actors"]["id"]
    of = {(actors[one["part"]], actors[one["whole"]]) for one in found["parts"]}
    assert ("qassam-brigades", "hamas") in of
    assert all(0 <= one["actor"] < len(actors) for bloc in found["blocs"] for one in bloc["members"])
    assert len(found["histogram"]["claims"]) == len(found["histogram"]["documents"]) == found["months"]


def test_an_actor_stands_where_it_stood_whatever_is_asked(client):
    places = []
    for asked in ({}, {"known": "2014"}, {"exact": True}, {"lens": "language=en"}):
        actors = client.get("/api/network", params=asked).json()["actors"]
        places.append(dict(zip(actors["id"], zip(actors["x"], actors["y"], strict=True), strict=True)))
    for other in places[1:]:
        assert all(places[0][actor] == place for actor, place in other.items() if actor in places[0])


def test_it_is_compressed_and_not_sent_again(client):
    plain = client.get("/api/network", headers={"accept-encoding": "identity"})
    packed = client.get("/api/network", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and packed.content == plain.content
    again = client.get("/api/network", headers={"if-none-match": plain.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/api/network", params={"known": "2014"}).headers["etag"] != plain.headers["etag"]


def test_what_is_kept_beside_the_ledger_can_be_thrown_away_or_damaged(client, own):
    first = client.get("/api/network").content
    kept = sorted((own / "derived").glob("*.npz"))
    assert kept
    for path in kept[::2]:
        path.write_bytes(b"no longer")
    for path in kept[1::2]:
        path.unlink()
    anew = TestClient(create_app(Settings(ledger=own)), base_url="http://127.0.0.1")
    assert anew.get("/api/network").content == first
    shutil.rmtree(own / "derived")
    again = TestClient(create_app(Settings(ledger=own)), base_url="http://127.0.0.1")
    assert again.get("/api/network").content == first


def test_a_ledger_with_what_is_kept_is_compacted_and_read_into_like_any(own, tmp_path):
    copy = shutil.copytree(own, tmp_path / "copy.sides")
    ledger = Ledger(copy)
    before = ledger.chart().courses
    ledger.compact(now=datetime.now(UTC))
    (tmp_path / "a.txt").write_text("Hamas condemned Israel. Qatar thanked Turkey.")
    ledger.read(tmp_path / "a.txt", published="2023-01-01", reader="grammar")
    after = ledger.chart().courses
    assert len(after.left) >= len(before.left)
    assert Ledger(copy).counts() == ledger.counts()


def test_a_folder_that_cannot_be_written_to_is_served_all_the_same(own, tmp_path):
    copy = shutil.copytree(own, tmp_path / "copy.sides")
    shutil.rmtree(copy / "derived", ignore_errors=True)
    (copy / "derived").write_text("a file stands in the way")
    app = TestClient(create_app(Settings(ledger=copy)), base_url="http://127.0.0.1")
    assert app.get("/api/network").status_code == 200
