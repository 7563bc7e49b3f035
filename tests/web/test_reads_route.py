"""Adding documents over HTTP: in the background, reported, tried again with dates, and without a trace of uploads."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import sides
from sides.web.app import create_app
from sides.web.runs import safe_name
from sides.web.settings import Settings

TALKS = "Hamas attacked Israel. Egypt condemned Hamas."


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "temporary").mkdir()
    told = sides.open(tmp_path / "own.sides")
    (tmp_path / "first.txt").write_text("Qatar praised Turkey.")
    told.read(tmp_path / "first.txt", published="2019", reader="grammar")
    return TestClient(create_app(Settings(ledger=tmp_path / "own.sides")), "http://127.0.0.1:8420")


def send(client, files, expected=202, **about):
    listed = [{"name": name, **facts} for name, _, facts in files]
    response = client.post("/api/reads", data={"about": json.dumps({"files": listed, **about})},
                           files=[("files", ("f", content)) for _, content, _ in files])
    assert response.status_code == expected, response.text
    return response.json()


def over(client, run, within_seconds=120):
    until = time.monotonic() + within_seconds
    while time.monotonic() < until:
        found = client.get("/api/reads/run", params={"id": run["id"]}).json()
        if found["is_over"]:
            return found
        time.sleep(0.1)
    raise AssertionError("the run does not end")


def uploads(tmp_path):
    return [path for path in (tmp_path / "temporary").glob("sides-uploads-*/**/*") if path.is_file()]


def test_documents_are_read_under_the_names_that_the_user_knows(client, tmp_path):
    run = send(client, [
        ("../2021-03-04 talks.txt", TALKS.encode(), {}), ("x/undated.txt", b"Syria expelled Hamas.", {}),
        ("x/listed.txt", b"Turkey praised Qatar.", {}), ("evil.$(rm -rf)", b"\0\1", {}),
        ("x/documents.json", json.dumps([{"file": "listed.txt", "published": "2019-05", "source": "Blatt"},
                                         {"file": "gone.txt"}]).encode(), {})])
    assert run["state"] in ("waiting", "reading")
    found = over(client, run)
    assert found["state"] == "done" and found["done"] == found["total"] == 4
    assert sorted(found["report"]["read"]) == ["../2021-03-04 talks.txt", "x/listed.txt"]
    assert {one["name"]: one["kind"] for one in found["report"]["left_out"]} == {
        "x/undated.txt": "UndatedDocument", "evil.$(rm -rf)": "BinaryInput", "x/gone.txt": "MissingInput"}
    listed = {one["name"]: one for one in client.get("/api/documents").json()["documents"]}
    assert listed["../2021-03-04 talks.txt"]["published"] == "2021-03-04"
    assert listed["x/listed.txt"]["outlets"] == ["Blatt"] and listed["x/listed.txt"]["published"] == "2019-05"
    assert uploads(tmp_path), "what is undated is kept for another try"
    assert all(path.stat().st_mode & 0o111 == 0 for path in uploads(tmp_path))
    assert found["undated"] == ["x/undated.txt"]
    again = client.post("/api/reads/again", params={"id": run["id"]}, json={"dates": {"x/undated.txt": "2012-02"}})
    assert again.status_code == 202
    assert over(client, again.json())["report"]["read"] == ["x/undated.txt"]
    assert client.get("/api/documents", params={"words": "expelled"}).json()["documents"][0]["published"] == "2012-02"
    assert not uploads(tmp_path), "nothing is left of the uploads"
    twice = over(client, send(client, [("../2021-03-04 talks.txt", TALKS.encode(), {})]))
    assert twice["report"]["already"] == ["../2021-03-04 talks.txt"] and not twice["report"]["read"]
    assert client.post("/api/reads/again", params={"id": run["id"]}, json={"dates": {"x": "2012"}}).status_code == 409


def test_a_run_is_followed_by_events_and_stopped(client, tmp_path):
    run = send(client, [(f"{number}.txt", f"{TALKS} Round {number}.".encode(), {"published": "2020"})
                        for number in range(60)])
    waiting = send(client, [("a.txt", TALKS.encode(), {"published": "2020"})])
    assert client.get("/api/reads/run", params={"id": waiting["id"]}).json()["state"] == "waiting"
    assert client.post("/api/reads/stop", params={"id": waiting["id"]}).json()["state"] == "stopped"
    while client.get("/api/reads/run", params={"id": run["id"]}).json()["done"] < 2:
        time.sleep(0.1)
    assert client.post("/api/reads/stop", params={"id": run["id"]}).json()["is_stopping"]
    states = []
    while not states or not states[-1]["is_over"]:  # a stream ends after a while, and is asked for again
        with client.stream("GET", "/api/reads/events", params={"id": run["id"]}) as stream:
            states += [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines()
                       if line.startswith("data: ")]
    assert states[-1]["state"] == "stopped"
    kept = states[-1]["report"]["read"]
    assert 2 <= len(kept) < 60 and states[-1]["report"]["was_interrupted"]
    assert client.get("/api/documents").json()["total"] == 1 + len(kept), "what was read is kept"
    assert not uploads(tmp_path)
    assert len(client.post("/api/reads/forget", params={"id": run["id"]}).json()["runs"]) == 1
    assert client.get("/api/reads/run", params={"id": run["id"]}).status_code == 404


def test_a_reader_that_dies_costs_its_run_alone(client, tmp_path):
    run = send(client, [(f"{number}.txt", f"{TALKS} Round {number}.".encode(), {"published": "2020"})
                        for number in range(40)])
    runs = client.app.state.runs
    while (process := runs.get(run["id"]).process) is None:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    found = over(client, run)
    assert found["state"] == "failed" and "without a word" in found["error"]
    assert not uploads(tmp_path)
    assert over(client, send(client, [("b.txt", TALKS.encode(), {"published": "2020"})]))["state"] == "done"


def test_what_cannot_be_read_is_refused(client):
    for files, about, status in (
            ([], {}, 422), ([], {"urls": [{"name": ""}]}, 422),
            ([("a.txt", b"x", {"published": "June"})], {}, 422),
            ([("a.txt", b"x", {}), ("a.txt", b"y", {})], {}, 422)):
        assert send(client, files, status, **about)["error"]["message"]
    assert client.post("/api/reads", json={}).status_code == 422
    assert client.post("/api/reads", data={"about": "nothing"}).status_code == 422
    assert client.post("/api/reads/stop", params={"id": "nothing"}).status_code == 404
    local = over(client, send(client, [], urls=[{"name": "file:///etc/passwd"}]))
    assert [one["kind"] for one in local["report"]["left_out"]] == ["UnreachableInput"]


def test_a_server_that_only_shows_takes_no_documents_and_one_for_others_fetches_none(tmp_path, client):
    path = tmp_path / "own.sides"
    shows = TestClient(create_app(Settings(ledger=path, read_only=True)), "http://127.0.0.1:8420")
    assert send(shows, [("a.txt", b"x", {})], 403)["error"]["message"]
    token = "t" * 32
    others = TestClient(create_app(Settings(ledger=path, host="0.0.0.0", token=token)), "http://127.0.0.1:8420",
                        headers={"authorization": f"Bearer {token}"})
    assert "fetches no addresses" in send(others, [], 403, urls=[{"name": "https://example.org/"}])["error"]["message"]


def test_names_of_uploads_are_ours():
    assert safe_name(7, "../../x/Report.HTML") == "00007.html" and safe_name(1, "a.warc.gz") == "00001.warc.gz"
    assert Path(safe_name(0, "a.b/c;$(x)")).name == "00000"
