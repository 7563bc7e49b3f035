"""Take over claims that others made: an annotated corpus, another program's output, the export of another ledger.

`sides import claims FILE --documents documents.json` takes JSON lines under the claim schema. Each quote must stand in
its document, character for character. What makes no sense is named, with the reason and what to do, and the exit code
is then 1; the rest is imported. Importing the same again adds nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sides.cli import LEFT_OUT
from sides.cli.arguments import add_ledger, opened
from sides.cli.screen import console
from sides.report.run import IMPORTING, run_summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    claims = commands.add_parser("claims", help="claims under the claim schema, as JSON lines",
                                 description="Claims under the claim schema, as JSON lines; see docs/importing.md.")
    claims.add_argument("file", type=Path, metavar="FILE", help="the claims, one JSON object a line")
    claims.add_argument("--documents", type=Path, required=True, metavar="FILE",
                        help="their documents: a documents.json or .csv, with `file` or `text` in each row")
    claims.add_argument("--actors", type=Path, metavar="FILE",
                        help="who the ids are: JSON lines with id, name, kind, aliases")
    claims.add_argument("--quiet", action="store_true", help="no summary; only what was left out")
    add_ledger(claims)


def run(options: argparse.Namespace) -> int:
    """Import, and tell what was imported and what was not."""
    ledger, screen = opened(options), console(error=True)
    report = ledger.import_claims(options.file, documents=options.documents, actors=options.actors)
    screen.print(run_summary(report, ledger.path, is_quiet=options.quiet, doing=IMPORTING))
    return LEFT_OUT if report.left_out else 0
