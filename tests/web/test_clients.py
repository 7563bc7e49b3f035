"""Fifty clients that read while documents are read into the ledger: no error, and no answer of a wrong version."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import defaultdict
from urllib.parse import urlsplit

from sides.face import Ledger
from sides.web.app import bare_app
from sides.web.in_process import InProcess
from sides.web.settings import Settings

CLIENTS, SECONDS = 50, 8.0  # benchmarks/web.py does it for a minute
ASKED = ("/api/ledger", "/api/tie?left=hamas&right=syria", "/api/claims?most=20", "/api/changes?since=2012",
         "/api/network", "/api/tie?left=iran&right=hamas&at=2014", "/api/versions")
STORIES = ("Iran and Hamas signed a pact on Monday.", "Qatar expelled the envoy of Syria on Tuesday.",
           "Hamas attacked Fatah on Wednesday.")


def answers(url: str, until: threading.Event, number: int, found: dict, faults: list) -> None:
    """What one client is answered, by question and version."""
    host = urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    place = number
    while not until.is_set():
        asked = ASKED[place % len(ASKED)]
        place += 1
        try:
            connection.request("GET", asked)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                faults.append((asked, answer.status, body[:200]))
            else:
                told = json.loads(body)
                found[asked, told.get("version", told.get("latest"))].add(body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            faults.append((asked, repr(error)))
            connection.close()
    connection.close()


def test_fifty_clients_read_while_documents_are_read_into_the_ledger(own_demo, tmp_path):
    until, faults = threading.Event(), []
    found = [defaultdict(set) for _ in range(CLIENTS)]
    threads = [threading.Thread(target=answers, args=(own_demo.url, until, number, found[number], faults))
               for number in range(CLIENTS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for number, story in enumerate(STORIES):
        path = tmp_path / f"story-{number}.txt"
        path.write_text(story)
        assert Ledger(own_demo.ledger).read(path, published=f"2024-0{number + 1}-05", outlet="The Wire").is_complete
    until.wait(max(0.0, SECONDS - (time.monotonic() - began)))
    until.set()
    for thread in threads:
        thread.join(120)
    assert not faults, faults[:3]
    told = defaultdict(set)
    for one in found:
        for key, bodies in one.items():
            told[key] |= bodies
    committed = {one.version for one in Ledger(own_demo.ledger).versions()}
    assert len({version for _, version in told}) > 1, "they saw the ledger grow"
    with InProcess(bare_app(Settings(ledger=own_demo.ledger))) as api:
        for (asked, version), bodies in told.items():
            assert version in committed
            if asked == "/api/versions":
                continue
            path, _, query = asked.partition("?")
            given = dict(one.split("=") for one in query.split("&") if one)
            _, alone = api.ask(path, {**given, "version": str(version)})
            for body in bodies:
                answer = json.loads(body)
                assert {**answer, "latest": None} == {**alone, "latest": None}, (asked, version)
