"""Where voices disagree: the dyads whose tie differs most from one outlet, author, speaker... to another, on what they
differ, and the claims that stand most against all the rest.
"""

from __future__ import annotations

import argparse

from sides.cli.arguments import add_asking, asked, opened
from sides.cli.screen import print_json, show
from sides.report.disagreements import disagreements_answer, disagreements_record
from sides.ties.disagreements import BY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("actors", nargs="*", metavar="A", help="only ties of this actor, or the tie of these two")
    parser.add_argument("--by", choices=BY, default="outlet", help="what voices are told apart by (default: outlet)")
    add_asking(parser)
    parser.add_argument("--quotes", type=int, default=1, metavar="N",
                        help="quotes for each thing that two voices differ on (default: 1)")
    parser.add_argument("--json", action="store_true", help="as JSON, with all evidence")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    found = ledger.disagreements(*options.actors, by=options.by, **asked(options))
    if options.json:
        print_json(disagreements_record(found, ledger.name))
    else:
        show(disagreements_answer(found, ledger.name, options.quotes))
    return 0
