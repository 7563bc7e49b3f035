"""A bloc at a date: its members, how well they hold together, what splits them, who joined, left and drifts. Without a
name, all blocs of the ledger.
"""

from __future__ import annotations

import argparse

from sides.cli.arguments import add_asking, asked, opened
from sides.cli.screen import print_json, show
from sides.report.blocs import bloc_answer, bloc_record, blocs_answer, blocs_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("name", nargs="?", help="a name or an id; without one, all blocs are listed")
    add_asking(parser)
    parser.add_argument("--quotes", type=int, default=1, metavar="N",
                        help="quotes for each pair of members (default: 1)")
    parser.add_argument("--json", action="store_true", help="as JSON, with all evidence")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    if options.name is None:
        found = ledger.blocs(**asked(options))
        if options.json:
            print_json(blocs_record(found, ledger.name))
        else:
            show(blocs_answer(found, ledger.name))
        return 0
    bloc = ledger.bloc(options.name, **asked(options))
    if options.json:
        print_json(bloc_record(bloc, ledger.name))
    else:
        show(bloc_answer(bloc, ledger.name, options.quotes))
    return 0
