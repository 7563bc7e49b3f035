"""Take over what others made: claims of a corpus, a program or another ledger; actors of FollowTheMoney or Wikidata.

`sides import claims FILE --documents documents.json` takes JSON lines under the claim schema. Each quote must stand in
its document, character for character. `sides import actors FILE` takes entities of FollowTheMoney as JSON lines, or the
results of a Wikidata query as JSON, CSV or TSV; `sides reread` then reads what is there with them.

What makes no sense is named, with the reason and what to do, and the exit code is then 1; the rest is imported.
Importing the same again adds nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli import LEFT_OUT
from sides.cli.arguments import add_ledger, opened
from sides.cli.screen import console
from sides.face import Ledger
from sides.report.counting import counted
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
    actors = commands.add_parser("actors", help="who is who, by FollowTheMoney or Wikidata",
                                 description="Entities of FollowTheMoney as JSON lines, or results of a Wikidata query "
                                             "as JSON, CSV or TSV; see docs/importing.md.")
    actors.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the files, laid over each other")
    for one in (claims, actors):
        one.add_argument("--quiet", action="store_true", help="no summary; only what was left out")
        add_ledger(one)


def run(options: argparse.Namespace) -> int:
    """Import, and tell what was imported and what was not."""
    ledger, screen = opened(options), console(error=True)
    if options.what == "actors":
        return _actors(ledger, options)
    report = ledger.import_claims(options.file, documents=options.documents, actors=options.actors)
    screen.print(run_summary(report, ledger.path, is_quiet=options.quiet, doing=IMPORTING))
    return LEFT_OUT if report.left_out else 0


def _actors(ledger: Ledger, options: argparse.Namespace) -> int:
    before = ledger.version
    report = ledger.import_actors(*options.files)
    lines = [] if options.quiet else [
        f"{counted(len(report.new), 'new actor')}, {len(report.known)} known; {counted(report.names, 'name')}, "
        f"{counted(report.relations, 'relation')}. "
        + ("Read what is there with them: sides reread" if report.version > before and ledger.documents() else
           "What is read from now on is read with them." if report.version > before else "All was known before.")]
    for line in [*lines, *(f"left out: {told}" for told in report.left_out)]:
        sys.stderr.write(f"{line}\n")
    return LEFT_OUT if report.left_out else 0
