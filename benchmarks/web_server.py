"""What a server does with a ledger, each figure beside its budget.

    python benchmarks/web.py server FOLDER.sides [--baseline SMALL.sides] [--dyads 200]

All courses and the layout the first time and once they are kept, the network answer as it is sent, and the answer about
one tie, over dyads of about fifty claims. The baseline is the object by object way, `Ledger.ties`, on a smaller ledger
in the same run. CPU-seconds stand beside seconds: on a machine that others work on, only they compare.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from sides.face import Ledger
from sides.ties.derived import FOLDER
from sides.web.answers.network import network_answer
from sides.web.app import create_app
from sides.web.sending import Sent
from sides.web.settings import Settings
from synthetic import Size, make

# Seconds, or kilobytes.
COURSES, LAYOUT, KEPT, EVIDENCE, SIZE_KB = 60.0, 20.0, 2.0, 0.150, 2000.0
TYPICAL = range(45, 56)


def timed(name: str, work: Callable[[], object], budget: float | None = None) -> tuple[float, float]:
    """Do it; print and return seconds and CPU-seconds."""
    began, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    print(f"{name}: {seconds:.2f} s, {used:.2f} CPU-s{f' (budget {budget:g} s)' if budget else ''}", flush=True)
    return seconds, used


def server(path: Path, baseline: Path, dyads: int) -> None:
    """What a server does, measured."""
    shutil.rmtree(path / FOLDER, ignore_errors=True)
    ledger = Ledger(path)
    counts = ledger.counts()
    print(f"{counts.claims} claims, {counts.documents} documents, {counts.actors} actors")
    chart = ledger.chart()
    _, first = timed("courses, the first time", lambda: chart.courses, COURSES)
    timed("layout, the first time", lambda: chart.places, LAYOUT)
    timed("index and the rest of what is prepared", ledger.prepare)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    courses = chart.courses
    print(f"{len(courses.left)} ties, {courses.months} months, {len(courses.code)} changes of look")
    again = ledger.chart()
    timed("courses and layout, once kept", lambda: (again.courses, again.places), KEPT)
    sent: list[Sent] = []
    timed("the network answer", lambda: sent.append(Sent.of(network_answer(again))))
    print(f"the network answer: {len(sent[0].plain) / 1e3:.0f} kB, {len(sent[0].compressed) / 1e3:.0f} kB as it is "
          f"sent (budget {SIZE_KB:g} kB)")
    typical = [place for place in range(len(courses.left)) if courses.claims[place] in TYPICAL]
    chosen = random.Random(1).sample(typical, min(dyads, len(typical)))
    app = create_app(Settings(ledger=path))
    app.state.serving.ledger()
    for thread in threading.enumerate():  # what a server prepares while it answers already
        if thread.name.startswith("prepares"):
            thread.join()
    client = TestClient(app, base_url="http://127.0.0.1")
    walls, used = [], []
    for place in chosen:
        began, cpu = time.perf_counter(), time.process_time()
        pair = {"left": courses.sides[courses.left[place]], "right": courses.sides[courses.right[place]]}
        client.get("/api/tie", params=pair).raise_for_status()
        walls.append(time.perf_counter() - began)
        used.append(time.process_time() - cpu)
    for what, values in (("s", walls), ("CPU-s", used)):
        values.sort()
        print(f"evidence of {len(values)} ties of about 50 claims: p50 {statistics.median(values):.3f}, p95 "
              f"{values[int(0.95 * (len(values) - 1))]:.3f} {what} (budget {EVIDENCE:g} s)")
    small = Ledger(baseline)
    of_baseline = small.counts().claims
    _, slow = timed(f"baseline, Ledger.ties with their steps, of {of_baseline} claims", small.ties)
    per_claim, per_claim_slow = first / counts.claims, slow / of_baseline
    print(f"CPU-seconds a claim, columns by objects: {per_claim / per_claim_slow:.4f} "
          f"({per_claim * 1e6:.0f} and {per_claim_slow * 1e6:.0f} microseconds)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The part's arguments."""
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--baseline", type=Path, help="a smaller ledger; by default one of 20,000 claims is made")
    parser.add_argument("--dyads", type=int, default=200)


def run(options: argparse.Namespace) -> int:
    """Measure."""
    with tempfile.TemporaryDirectory() as scratch:
        baseline = options.baseline or Path(scratch) / "small.sides"
        if options.baseline is None:
            make(baseline, Size.of(20_000))
        server(options.ledger, baseline, options.dyads)
    return 0
