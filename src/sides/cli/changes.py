"""What changed since a date: the turns of all ties, of those of one actor or of that of two, with the claims that carry
them; the dyads first told of; and with --known-since, the ties that are known by now to be otherwise.
"""

from __future__ import annotations

import argparse

from sides.cli.arguments import add_asking, asked, opened, partial_date
from sides.cli.screen import print_json, show
from sides.report.changes import changes_answer, changes_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("actors", nargs="*", metavar="A", help="only ties of this actor, or the tie of these two")
    parser.add_argument("--since", type=partial_date, required=True, metavar="DATE",
                        help="changes in the world from this date on")
    parser.add_argument("--until", type=partial_date, metavar="DATE", help="and before this date")
    parser.add_argument("--known-since", type=partial_date, metavar="DATE",
                        help="also what is known otherwise than it was by then")
    add_asking(parser)
    parser.add_argument("--quotes", type=int, default=2, metavar="N", help="quotes for each change (default: 2)")
    parser.add_argument("--json", action="store_true", help="as JSON, with all evidence")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    found = ledger.changes(*options.actors, since=options.since, until=options.until, known_since=options.known_since,
                           **asked(options))
    if options.json:
        print_json(changes_record(found, ledger.name))
    else:
        show(changes_answer(found, ledger.name, options.quotes))
    return 0
