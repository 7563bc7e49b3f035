"""Who brokers between whom, when, and what became of the tie of the parties: all of it, or what one actor or two take
part in, as mediator or party.
"""

from __future__ import annotations

import argparse

from sides.cli.arguments import add_asking, asked, opened
from sides.cli.screen import print_json, show
from sides.report.mediators import mediation_records, mediations_answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("about", nargs="*", metavar="ACTOR", help="only what all of these actors take part in")
    add_asking(parser)
    parser.add_argument("--quotes", type=int, default=2, metavar="N", help="quotes for each mediation (default: 2)")
    parser.add_argument("--json", action="store_true", help="everything, with all evidence, as JSON")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    found = ledger.mediators(*options.about, **asked(options))
    names = {actor.id: actor.name for actor in ledger.actors()}
    if options.json:
        print_json(mediation_records(found, names, with_evidence=True))
    else:
        show(mediations_answer(found, names, options.quotes))
    return 0
