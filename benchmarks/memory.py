"""How much memory the learned reader takes beside the grammar: each in a process of its own.

    python benchmarks/memory.py FOLDER

Reads the texts of a folder (`../shared/seeds`) in one process for each reader, and prints what the process holds once
the language pipeline and the registry are loaded, once the reader is, and at the end; the last line is the difference
that the learned reader makes. Linux only (it reads /proc).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.claims.mode import Mode
from sides.claims.readers import reader_of
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parser

MEGABYTE = 1e6
PAGE = 4096


def held() -> float:
    """What this process holds in memory, in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / MEGABYTE


def measured(mode: Mode, folder: Path) -> tuple[float, float, float]:
    """Megabytes before the reader is loaded, after it is, and after it has read."""
    parser, resolver = Parser.load(), Resolver(Registry.load())
    before = held()
    reader = reader_of(mode)
    loaded = held()
    for path in sorted(folder.glob("*.txt")):
        document = Document(text=path.read_text(encoding="utf-8"), name=path.name,
                            published=PartialDate.parse("2020"), published_from="sidecar")
        (parsed,) = parser.parse([document])
        reader.read(parsed, resolver.resolve(parsed))
    return before, loaded, held()


def main() -> None:
    """Measure each reader in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", choices=[mode.value for mode in Mode], help="only this one, in this process")
    options = parser.parse_args()
    if options.reader:
        print(*(f"{one:.0f}" for one in measured(Mode(options.reader), options.folder)))
        return
    ends = {}
    for mode in (Mode.GRAMMAR, Mode.BOTH):
        said = subprocess.run([sys.executable, __file__, str(options.folder), "--reader", mode.value],
                              check=True, capture_output=True, text=True).stdout.split()
        before, loaded, after = map(float, said)
        ends[mode] = after
        print(f"{mode.value}: {before:.0f} MB before, {loaded:.0f} MB with the reader, {after:.0f} MB after reading")
    print(f"the learned reader: {ends[Mode.BOTH] - ends[Mode.GRAMMAR]:.0f} MB more, "
          f"{ends[Mode.BOTH] / ends[Mode.GRAMMAR]:.2f} times the grammar's")


if __name__ == "__main__":
    main()
