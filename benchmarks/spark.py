"""Reading on Spark beside reading on this machine: the same documents, as many cores.

    python benchmarks/spark.py [--documents 1000] [--workers 2]

A standalone master and workers of one core each on loopback, against as many processes of `sides` alone. Start-up is
apart: both engines are up and have read a few documents, so that every worker holds its reader, before the clock runs.
Bar: Spark takes at most 1.5 times the time; where others share the cores, CPU-seconds tell more than the clock. The
claims that both export are compared byte for byte.

Documents: the articles of `corpus/mentions` again and again, each time with other numbers and other days of the
week in them, so that no two are alike and none is read from the ledger.
"""

from __future__ import annotations

import argparse
import contextlib
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
        print(f"spark / processes = {far[0] / local[0]:.2f} by the clock (bar {BAR}), "
              f"{far[1] / local[1]:.2f} in CPU-seconds; "
              f"same bytes: {exported(folder / 'processes.sides') == exported(folder / 'spark.sides')}; "
              f"load {os.getloadavg()[0]:.1f} at the end")


def measured(name: str, engine: str, workers: int, folder: Path) -> tuple[float, float]:
    """Seconds that an engine takes for the documents once it is warm, by the clock and of CPU."""
    began = time.monotonic()
    with opened(engine, workers) as running:
        _read(folder / f"{name}-warm.sides", folder / "warm", running)
        started, own, all_ = time.monotonic(), time.process_time(), cpu_seconds()
        count = _read(folder / f"{name}.sides", folder / "timed", running)
        seconds, own, all_ = time.monotonic() - started, time.process_time() - own, cpu_seconds() - all_
    size = sum(path.stat().st_size for path in (folder / f"{name}.sides").rglob("*") if path.is_file())
    print(f"{name}: {seconds:.1f} s, {count / seconds:.2f} documents a second; {all_:.1f} CPU-seconds in all, of which "
          f"the process that commits took {1000 * own / count:.0f} ms a document; ledger {size / count / 1000:.0f} kB "
          f"a document; start-up and {WARM_UP} documents before it {started - began:.1f} s", flush=True)
    return seconds, all_


def cpu_seconds() -> float:
    """What this process, all that it has started and all that these have started took so far, Java with them."""
    from tests.engines.cluster import descendants

    ticks = 0
    for pid in (os.getpid(), *descendants(os.getpid())):
        with contextlib.suppress(FileNotFoundError):  # what has ended meanwhile is counted by its parent
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


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
