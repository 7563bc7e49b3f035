"""How fast documents are read, beside a bare parse of the same text in the same run.

    python benchmarks/read.py [FOLDER] [--repeat N]

FOLDER holds texts and their `documents.json`; by default the bundled demonstration digest. Prints documents and words a
CPU-second, the share of each stage, and the ratio of each stage and of the whole to spaCy alone on the same prepared
texts. `learned` is what the default reader takes beyond the grammar, `whole` is reading with it; without it, the whole
is to take at most 1.5 of a bare parse. The bar of the whole: 1.8 documents of 1,240 words a CPU-second on the machine
of RESULTS.md. Then the peak memory of a worker of each mode, each a process of its own, and the start-up time of
`sides --help` beside a bare interpreter (aim: at most 3).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode
from sides.documents import Options, Source, find, load, outside_asides, signature
from sides.ledger.store import Store
from sides.model.document import Document
from sides.model.reading import Reading
from sides.parsing.pipeline import Parser
from sides.parsing.prepare import prepared

Result = TypeVar("Result")
# What whole reading has to reach, on the machine of RESULTS.md: so many words a CPU-second.
BAR_WORDS = 1.8 * 1240
WITHOUT_ENCODER = 1.5
WORKER = """
import resource, sys
from datetime import date
from sides.claims.mode import Mode
from sides.documents import Options, Source, find, load
from sides.engines.worker import Desk, Settings
from sides.model.document import Document
desk = Desk(Settings(mode=Mode(sys.argv[2])))
for source in find([sys.argv[1]]):
    if isinstance(source, Source):
        for one in load(source, Options(today=date(2100, 1, 1))):
            if isinstance(one, Document):
                desk.read(one)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Clock:
    """CPU-seconds of each stage, one figure a round."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, stage: str, work: Callable[[], Result]) -> Result:
        """Do the work, and note what it cost."""
        began = time.process_time()
        result = work()
        self.seconds.setdefault(stage, []).append(time.process_time() - began)
        return result


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", default=str(files("sides") / "data/demo/dispatches"))
    arguments.add_argument("--repeat", type=int, default=3, help="read everything so many times; the median counts")
    options = arguments.parse_args()

    sources = [source for source in find([options.folder]) if isinstance(source, Source)]
    parser, resolver, clock = Parser.load(), Resolver(Registry.load()), Clock()
    readers = GrammarReader.load(), LearnedReader.load()
    for _ in range(options.repeat):
        documents, claims = one_round(sources, parser, resolver, readers, clock)

    seconds = {stage: statistics.median(times) for stage, times in clock.seconds.items()}
    bare = seconds.pop("bare parse")
    seconds["learned"] = seconds.pop("both readers") - seconds["grammar"]
    total, words = sum(seconds.values()), sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} documents, {words} words, {claims} claims; median of {options.repeat}")
    print(f"whole: {len(documents) / total:.2f} documents and {words / total:.0f} words a CPU-second "
          f"({words / total / BAR_WORDS:.2f} of the bar of {BAR_WORDS:.0f})")
    print("shares: " + ", ".join(f"{stage} {share / total:.1%}" for stage, share in seconds.items()))
    print(f"bare parse: {len(documents) / bare:.2f} documents and {words / bare:.0f} words a CPU-second; beside it: "
          + ", ".join(f"{stage} {share / bare:.2f}" for stage, share in seconds.items()))
    print(f"whole / bare = {total / bare:.2f}; without the encoder {(total - seconds['learned']) / bare:.2f} "
          f"(aim {WITHOUT_ENCODER})")
    print("peak memory of a worker: "
          + ", ".join(f"{mode} {peak_megabytes(options.folder, mode):.0f} MB" for mode in Mode))
    help_seconds, bare_seconds = startup("from sides.cli import main; main(['--help'])"), startup("pass")
    print(f"start-up: sides --help {help_seconds * 1000:.0f} ms, interpreter {bare_seconds * 1000:.0f} ms, "
          f"ratio {help_seconds / bare_seconds:.2f} (aim 3)")


def one_round(sources: list[Source], parser: Parser, resolver: Resolver,
              readers: tuple[GrammarReader, LearnedReader], clock: Clock) -> tuple[list[Document], int]:
    """Read everything once, stage by stage; returns the documents and the number of claims."""
    today = date(2100, 1, 1)
    documents = clock.time("load", lambda: [one for source in sources for one in load(source, Options(today=today))
                                            if isinstance(one, Document)])
    parses = clock.time("parse", lambda: list(parser.parse(documents)))
    resolutions = clock.time("actors", lambda: [resolver.resolve(parsed) for parsed in parses])
    grammar, both = readers
    given = list(zip(parses, resolutions, strict=True))
    clock.time("grammar", lambda: [grammar.read_all(*one) for one in given])
    claims = [tuple(found) for found, _ in clock.time("both readers", lambda: [both.read_all(*one) for one in given])]
    signatures = clock.time("signature", lambda: {
        one.id: signature(outside_asides(one.text, one.asides)) for one in documents})
    readings = [Reading(document=document, reader=both.name, reader_version="benchmark", mentions=resolution.mentions,
                        actors=resolution.actors, claims=found)
                for document, resolution, found in zip(documents, resolutions, claims, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create_or_open(Path(folder) / "benchmark.sides")
        clock.time("ledger", lambda: store.append(readings, signatures=signatures))
    texts = [prepared(document) for document in documents]
    clock.time("bare parse", lambda: [parser.nlp(text) for text in texts])
    return documents, sum(map(len, claims))


def peak_megabytes(folder: str, mode: Mode) -> float:
    """Peak memory of a process of its own that reads the documents of a folder."""
    done = subprocess.run([sys.executable, "-c", WORKER, folder, mode.value], check=True, capture_output=True,
                          text=True)
    return int(done.stdout) / 1024


def startup(code: str, runs: int = 15) -> float:
    """Median wall time of starting this interpreter on some code, in seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
