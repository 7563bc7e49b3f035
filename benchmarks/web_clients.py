"""Clients that read a served ledger while documents are read into it: how fast, and whether any answer is wrong.

    python benchmarks/web.py clients [--ledger NAME.sides] [--clients 50] [--seconds 60]

A server of its own process serves a copy of the ledger (by default of the bundled example). Each client asks one
question after the other over a connection that it keeps; meanwhile stories are read into the ledger, one commit after
the other. An answer is wrong if its version is not one of those that were committed, or if its values are not what the
ledger opened at that version answers when nothing else goes on.
"""

from __future__ import annotations

import argparse
import http.client
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sides.face import Ledger
from sides.web.app import bare_app
from sides.web.in_process import InProcess
from sides.web.settings import Settings

STORIES = ("Iran and Hamas signed a pact on Monday.", "Qatar expelled the envoy of Syria on Tuesday.",
           "Hamas attacked Fatah on Wednesday.", "Turkey praised Qatar on Thursday.", "Iran armed Hezbollah on Friday.")
REST_SECONDS = 5.0  # between commits


@dataclass(slots=True)
class Client:
    """What one client was answered: bodies by question and version, seconds, and what went wrong."""

    bodies: dict[tuple[str, int], set[bytes]] = field(default_factory=lambda: defaultdict(set))
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def ask(self, address: str, questions: list[str], first: int, is_over: threading.Event) -> None:
        """Ask until it is over."""
        connection = http.client.HTTPConnection(address, timeout=120)
        place = first
        while not is_over.is_set():
            asked = questions[place % len(questions)]
            place += 1
            began = time.perf_counter()
            try:
                connection.request("GET", asked)
                answer = connection.getresponse()
                body = answer.read()
                self.seconds.append(time.perf_counter() - began)
                if answer.status != 200:
                    raise ValueError(f"{answer.status} {body[:200]!r}")
                self.bodies[asked, json.loads(body)["version"]].add(body)
            except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
                self.faults.append(f"{asked}: {error!r}")
                connection.close()
        connection.close()


def questions_of(ledger: Ledger) -> list[str]:
    """What is asked: the network, ties with most claims, camps, changes, claims."""
    ties = sorted(ledger.ties(), key=lambda tie: (-len(tie.evidence), tie.left, tie.right))[:4]
    return ["/api/ledger", "/api/network", "/api/camps", "/api/changes?since=2012", "/api/claims?most=20",
            *(f"/api/tie?left={tie.left}&right={tie.right}" for tie in ties)]


def run(options: argparse.Namespace) -> int:
    """Measure, and print what was measured."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "served.sides"
        if options.ledger:
            shutil.copytree(options.ledger, path)
        else:
            subprocess.run([sys.executable, "-m", "sides", "demo", "-l", str(path)], check=True, capture_output=True)
        questions = questions_of(Ledger(path))
        with subprocess.Popen([sys.executable, "-m", "sides", "serve", "-l", str(path), "--port", "0"], text=True,
                              stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            address = urlsplit(server.stdout.readline().split()[-1]).netloc
            try:
                clients = asked_while_reading(address, questions, path, options)
            finally:
                server.send_signal(signal.SIGINT)
        return told(clients, path, options.seconds)


def asked_while_reading(address: str, questions: list[str], path: Path, options: argparse.Namespace) -> list[Client]:
    """Clients that ask, while stories are read."""
    is_over, clients = threading.Event(), [Client() for _ in range(options.clients)]
    threads = [threading.Thread(target=one.ask, args=(address, questions, number, is_over))
               for number, one in enumerate(clients)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + options.seconds
    for number, story in enumerate(STORIES):
        if time.monotonic() < until:
            file = path.parent / f"story-{number}.txt"
            file.write_text(story, encoding="utf-8")
            Ledger(path).read(file, published=f"2024-{number + 1:02}-05", outlet="The Wire")
            is_over.wait(min(REST_SECONDS, max(0.0, until - time.monotonic())))
    is_over.wait(max(0.0, until - time.monotonic()))
    is_over.set()
    for thread in threads:
        thread.join()
    return clients


def told(clients: list[Client], path: Path, seconds: float) -> int:
    """Print the figures; 1 where anything was wrong."""
    bodies: dict[tuple[str, int], set[bytes]] = defaultdict(set)
    for one in clients:
        for key, some in one.bodies.items():
            bodies[key] |= some
    faults = [fault for one in clients for fault in one.faults]
    times = sorted(second for one in clients for second in one.seconds)
    committed = {one.version for one in Ledger(path).versions()}
    wrong = [key for key, some in bodies.items() if key[1] not in committed]
    with InProcess(bare_app(Settings(ledger=path))) as api:
        for (asked, version), some in sorted(bodies.items()):
            alone = timeless(api_answer(api, asked, version))
            wrong += [(asked, version) for body in some if timeless(json.loads(body)) != alone]
    print(f"{len(clients)} clients, {seconds:.0f} s: {len(times)} answers, {len(times) / seconds:.0f} a second; "
          f"p50 {1e3 * at(times, 0.5):.0f} ms, p95 {1e3 * at(times, 0.95):.0f} ms, p99 {1e3 * at(times, 0.99):.0f} ms")
    print(f"versions seen: {len({version for _, version in bodies})} of {len(committed)}; errors: {len(faults)}; "
          f"wrong answers: {len(wrong)}")
    for fault in [*faults[:3], *map(str, wrong[:3])]:
        print(fault)
    return int(bool(faults or wrong))


def api_answer(api: InProcess, asked: str, version: int) -> Any:
    """What the ledger at a version answers when nothing else goes on."""
    route, _, query = asked.partition("?")
    return api.ask(route, {**dict(one.split("=") for one in query.split("&") if one), "version": str(version)})[1]


def timeless(answer: Any) -> Any:
    """An answer without what tells of the newest version, whatever is asked for."""
    return {**answer, "latest": None}


def at(times: list[float], share: float) -> float:
    """The time within which a share of the answers came."""
    return times[min(len(times) - 1, int(share * len(times)))] if times else float("nan")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("--ledger", type=Path, help="the ledger to serve a copy of (default: the bundled example)")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
