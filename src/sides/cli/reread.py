"""Read the stored documents again with the present reader, where an older one had read them.

Corrections stay; earlier versions of the ledger still show what the older reader read.
"""

from __future__ import annotations

import argparse

from sides.cli import INTERRUPTED, LEFT_OUT
from sides.cli.arguments import add_ledger, add_reading, lexicon_files, opened, registry_files
from sides.cli.model_arguments import add_asking, asking
from sides.cli.screen import console, print_json
from sides.report.run import RichProgress, run_record, run_summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_ledger(parser)
    add_reading(parser)
    add_asking(parser)


def run(options: argparse.Namespace) -> int:
    """Read again, and tell what was read."""
    ledger, screen = opened(options), console(error=True)
    with RichProgress(screen, is_quiet=options.quiet) as progress:
        report = ledger.reread(workers=options.workers, engine=options.engine, progress=progress,
                               registry=registry_files(options), lexicon=lexicon_files(options), reader=options.reader,
                               **asking(options))
    if options.json:
        print_json(run_record(report))
    else:
        screen.print(run_summary(report, ledger.path, is_quiet=options.quiet))
    return INTERRUPTED if report.was_interrupted else LEFT_OUT if report.left_out else 0
