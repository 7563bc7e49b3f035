"""What resolution costs with registries of ten thousand to a million names, on the same documents.

    python benchmarks/registry_scale.py FOLDER [--names 10000 100000 1000000]

`FOLDER` holds documents as `benchmarks/resolution.py` takes them. Each registry is the shipped one and invented
organizations and persons, an actor to a name, their names composed of the words of the shipped names (two to four of
them, drawn with a fixed seed), so that they begin like real ones. The first size below the shipped number of names is
the shipped registry cut to that many. Each size runs in a process of its own: its memory is the peak of that process
after loading, less that of the language pipeline, and its load time the building of the registry from its rows.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from resolution import cases
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.actors.tables import Row, Tables, shipped
from sides.parsing.pipeline import Parsed, Parser

REPEATS = 5


def enlarged(names: int) -> Tables:
    """The shipped tables with as many names: cut, or with invented actors added."""
    tables, _ = shipped()
    rows = tables["names"]
    if names <= len(rows):
        tables["names"] = random.Random(1).sample(rows, names)
        return tables
    words = sorted({word for row in rows for word in row[1].split() if word[:1].isupper() and len(word) > 2})
    drawn = random.Random(1)
    states = sorted(row[0] for row in tables["actors"] if row[1] == "state")
    for number in range(names - len(rows)):
        kind = "person" if number % 2 else "organization"
        text = " ".join(drawn.choices(words, k=drawn.choice((2, 2, 3, 4))))
        identifier = f"invented-{number}"
        tables["actors"].append((identifier, kind, text, "", drawn.choice(states), "", "", "", "invented", ""))
        tables["names"].append(name_row(identifier, text))
    return tables


def name_row(identifier: str, text: str) -> Row:
    """A row of the table of names."""
    return (identifier, text, "name", "en", "", "", "alone", "any", "invented", "")


def peak_mb() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(folder: Path, names: int) -> dict[str, Any]:
    """Measure one size in this process."""
    parser = Parser.load()
    parsed: list[Parsed] = []
    started = time.process_time()
    for case in cases(folder, is_set_aside=False):
        parsed.extend(parser.parse([case.document]))
    parse_ms = (time.process_time() - started) * 1000 / len(parsed)
    before = peak_mb()
    tables = enlarged(names)
    started = time.process_time()
    resolver = Resolver(Registry(tables, "scale"))
    load_s = time.process_time() - started
    times: list[float] = []
    counts: list[int] = []
    for _ in range(REPEATS):
        started = time.process_time()
        counts = [len(resolver.resolve(one).mentions) for one in parsed]
        times.append((time.process_time() - started) * 1000 / len(parsed))
    return {"names": names, "parse_ms": parse_ms, "resolve_ms": min(times[1:]), "first_ms": times[0], "load_s": load_s,
            "memory_mb": peak_mb() - before, "mentions": sum(counts)}


def main() -> None:
    """Run each size in its own process and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--names", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--one", action="store_true", help="measure the only size given here, and print JSON")
    given = arguments.parse_args()
    if given.one:
        print(json.dumps(run(given.folder, given.names[0])))
        return
    print(f"{'names':>9} {'ms/doc':>8} {'first':>8} {'of parse':>9} {'memory MB':>10} {'load s':>7} {'mentions':>9}")
    found = []
    for names in given.names:
        command = [sys.executable, __file__, str(given.folder), "--one", "--names", str(names)]
        one = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        found.append(one)
        print(f"{names:>9} {one['resolve_ms']:>8.1f} {one['first_ms']:>8.1f} "
              f"{one['resolve_ms'] / one['parse_ms']:>9.3f} {one['memory_mb']:>10.0f} {one['load_s']:>7.2f} "
              f"{one['mentions']:>9}")
    print(f"{found[-1]['names'] / found[0]['names']:.0f} times the names cost "
          f"{found[-1]['resolve_ms'] / found[0]['resolve_ms']:.2f} times the time")


if __name__ == "__main__":
    main()
