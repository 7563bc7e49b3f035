"""Who is in which camp at a date, or in an edge list: in every optimal camp map or only in some, whose side is not
determined, and who is always or never together.
"""

from __future__ import annotations

import argparse

from sides.balance.answers import camps
from sides.cli.network import add_network, chosen, only_of_a_ledger
from sides.cli.screen import print_json, show
from sides.report.camps import camps_answer, camps_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_network(parser)
    parser.add_argument("--most", type=int, default=1000, metavar="N",
                        help="list at most so many optimal camp maps (default: 1000)")
    parser.add_argument("--draws", type=int, default=0, metavar="N",
                        help="also draw ties by their probabilities, so often: how likely two share a camp")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of these draws (default: 0)")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    if options.draws:
        only_of_a_ledger(options, "--draws", "probabilities")
    asked_about = chosen(options)
    found = camps(asked_about.network, camps=options.camps, seconds=options.seconds, limit=options.most,
                  day=asked_about.day, draws=options.draws, seed=options.seed)
    if options.json:
        print_json(camps_record(found, asked_about.name))
    else:
        show(camps_answer(found, asked_about.name))
    return asked_about.exit_code
