"""Write claims, ties, actors, documents or all of a ledger to a file, in the formats that others read.

The format is that of --format, else that of the file's suffix: sides export ties -o network.gexf
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli.arguments import add_clocks, add_engine, add_exact, add_ledger, opened
from sides.engines.engine import LOCAL
from sides.export.exporter import SUBJECTS
from sides.export.formats import exporters
from sides.model.errors import SidesError

# What ties are inferred for.
WITH_TIES = ("ties", "ledger")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", choices=SUBJECTS,
                        help="what to export: claims; ties over time; actors; documents; evidence: claims with the "
                             "sentences around their quotes; incomplete: what lacks an actor and is no claim; ledger: "
                             "all of it together")
    parser.add_argument("about", nargs="*", metavar="ACTOR", help="only what is about this actor, or these two")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="where to write (default: JSON lines on standard output)")
    parser.add_argument("-f", "--format", metavar="FORMAT",
                        help="one of: " + ", ".join(f"{one.name} ({one.suffix})" for one in exporters().values())
                             + "; or one that `sides plugins` lists")
    parser.add_argument("--base", metavar="IRI", help="what the IRIs of things begin with (default: urn:sides:)")
    add_ledger(parser)
    add_clocks(parser)
    add_exact(parser)
    add_engine(parser)


def run(options: argparse.Namespace) -> int:
    """Export, and tell how much, and what the format could not carry."""
    ledger = opened(options)
    if len(options.about) > 2:
        raise SidesError(f"Ask for what is about one actor or two, not about {len(options.about)}.")
    if options.engine != LOCAL and options.what not in WITH_TIES:
        raise SidesError(f"Ties are inferred, {options.what} only written: leave --engine out.")
    if options.exact and options.what == "incomplete":
        raise SidesError("Nobody is counted for an organization in what is incomplete: leave --exact out.")
    written = ledger.export(options.what, options.output or sys.stdout.buffer, *options.about, form=options.format,
                            at=options.at, known=options.known, exact=options.exact, engine=options.engine,
                            base=options.base)
    if options.output is not None:
        sys.stderr.write(f"{written.count} {written.things} written to {options.output}\n")
    for note in written.notes:
        sys.stderr.write(f"{note}\n")
    return 0
