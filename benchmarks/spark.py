"""Reading on Spark beside reading on this machine: the same documents, as many cores.

    python benchmarks/spark.py [--documents 1000] [--workers 2]

A standalone master and workers of one core each on loopback, against as many processes of `sides` alone. Start-up is
apart: both engines are up and have read a few documents, so that every worker holds its reader, before the clock runs.
Bar: Spark takes at most 1.5 times the time. The claims that both export are compared byte for byte.

Documents: the articles of `corpus/mentions` again and again, each time with other numbers and other days of the
week in them, so that no two are alike and none is read from the ledger.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sides.documents import Options, Source
from sides.engines.engine import Engine, opened
from sides.engines.local import read
from sides.engines.worker import Settings
from sides.export.claims import write_jsonl
from sides.face import Ledger
from sides.ledger.store import Store

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the cluster of the tests
BAR = 1.5
WARM_UP = 24  # documents, so many that each worker gets some
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBER = re.compile(r"\b\d{1,3}\b")


def main() -> None:
    """Measure and print."""
    from tests.engines.cluster import Cluster

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--workers", type=int, default=2, help="processes, and workers of one core each")
    options = arguments.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "mentions").glob("*/*.txt"))
             if not path.name.endswith(".marked.txt")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm, timed = folder / "warm", folder / "timed"
        words = write(timed, texts, range(options.documents))
        write(warm, texts, range(options.documents, options.documents + WARM_UP))
        print(f"{options.documents} documents, {words} words; {options.workers} workers; Python "
              f"{platform.python_version()}; load {os.getloadavg()[0]:.1f} at the beginning")
        local = measured("processes", "local", options.workers, folder)
        with Cluster(folder, options.workers) as cluster:
            far = measured("spark", cluster.master, options.workers, folder)
        print(f"spark / processes = {far / local:.2f} (bar {BAR}); "
              f"same bytes: {exported(folder / 'processes.sides') == exported(folder / 'spark.sides')}; "
              f"load {os.getloadavg()[0]:.1f} at the end")


def measured(name: str, engine: str, workers: int, folder: Path) -> float:
    """Seconds that an engine takes for the documents once it is warm."""
    began = time.monotonic()
    with opened(engine, workers) as running:
        _read(folder / f"{name}-warm.sides", folder / "warm", running)
        started, own = time.monotonic(), time.process_time()
        count = _read(folder / f"{name}.sides", folder / "timed", running)
        seconds, own = time.monotonic() - started, time.process_time() - own
    size = sum(path.stat().st_size for path in (folder / f"{name}.sides").rglob("*") if path.is_file())
    print(f"{name}: {seconds:.1f} s, {count / seconds:.2f} documents a second, of which the process that commits took "
          f"{1000 * own / count:.0f} ms of CPU each; ledger {size / count / 1000:.0f} kB a document; start-up and "
          f"{WARM_UP} documents before it {started - began:.1f} s", flush=True)
    return seconds


def write(folder: Path, texts: list[str], numbers: range) -> int:
    """Write a document for each number; returns how many words they have."""
    folder.mkdir()
    words = 0
    for number in numbers:
        text = "".join(varied(texts[number % len(texts)], number // len(texts)))
        (folder / f"2020-{number % 12 + 1:02}-15-{number:05}.txt").write_text(f"Report {number}\n\n{text}",
                                                                             encoding="utf-8")
        words += len(text.split())
    return words


def varied(text: str, turn: int) -> Iterator[str]:
    """The text with its small numbers and its days of the week moved on by so much."""
    later = {day: DAYS[(place + turn) % len(DAYS)] for place, day in enumerate(DAYS)}
    for part in re.split(r"(\W+)", text):
        yield later.get(part, str(int(part) + turn) if NUMBER.fullmatch(part) else part)


def exported(ledger: Path) -> str:
    """The claims of a ledger, as they are exported."""
    file = io.StringIO()
    write_jsonl(Ledger(ledger).records(), file)
    return file.getvalue()


def _read(ledger: Path, folder: Path, engine: Engine) -> int:
    targets: list[str | Source] = [str(folder)]
    report = read(Store.create_or_open(ledger), targets, options=Options(today=date(2100, 1, 1)), settings=Settings(),
                  engine=engine)
    assert report.is_complete, report.left_out
    return len(report.read)


if __name__ == "__main__":
    main()
