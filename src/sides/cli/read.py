"""Read files, folders, URLs, feeds, WARC files or standard input ("-") into a ledger.

A `documents.json` or `documents.csv` in a folder gives what its texts do not say: date, outlet, author. What was read
before is passed over, so an interrupted run is repeated to go on. Whatever is left out is named, with the reason and
what to do, and the exit code is then 1.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sides.cli import INTERRUPTED, LEFT_OUT
from sides.cli.arguments import add_reading, lexicon_files, partial_date, registry_files
from sides.cli.model_arguments import add_asking, asking
from sides.cli.screen import console, print_json
from sides.face import Ledger
from sides.report.run import RichProgress, run_record, run_summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("targets", nargs="+", metavar="PATH|URL|-", help="what to read")
    parser.add_argument("-l", "--ledger", type=Path, required=True, metavar="NAME.sides",
                        help="the ledger; made if absent")
    parser.add_argument("--date", type=partial_date, metavar="DATE", help="when the documents were published")
    parser.add_argument("--date-from", action="append", choices=("name", "modified"), metavar="name|modified",
                        help="what may date a document that says nothing of its date: the file's name (default) or its "
                             "time of modification (repeatable)")
    parser.add_argument("--outlet", metavar="NAME", help="who published the documents")
    parser.add_argument("--author", metavar="NAME", help="who wrote the documents")
    parser.add_argument("--language", metavar="CODE", help="the documents' language, where it is taken for another one")
    add_reading(parser)
    add_asking(parser)


def run(options: argparse.Namespace) -> int:
    """Read, and tell what was read and what was not."""
    ledger, screen = Ledger(options.ledger), console(error=True)
    with RichProgress(screen, is_quiet=options.quiet) as progress:
        report = ledger.read(*options.targets, workers=options.workers, engine=options.engine, progress=progress,
                             published=options.date, outlet=options.outlet, author=options.author,
                             language=options.language, date_from=options.date_from or ("name",),
                             registry=registry_files(options), lexicon=lexicon_files(options), reader=options.reader,
                             **asking(options))
    if options.json:
        print_json(run_record(report))
    else:
        screen.print(run_summary(report, options.ledger, is_quiet=options.quiet))
    return INTERRUPTED if report.was_interrupted else LEFT_OUT if report.left_out else 0

