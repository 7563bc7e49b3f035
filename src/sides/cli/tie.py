"""Where two actors stand: the state now, its history step by step with quotes, where sources disagree, who mediates,
what is planned or forecast. Persons and parts count for the organization that they acted for at the time.
"""

from __future__ import annotations

import argparse

from sides.cli.arguments import add_clocks, add_exact, add_ledger, add_lens, opened
from sides.cli.screen import print_json, show
from sides.report.tie import tie_answer, tie_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("left", metavar="A", help="an actor: a name or an id")
    parser.add_argument("right", metavar="B", help="another actor")
    add_ledger(parser)
    add_clocks(parser)
    add_lens(parser)
    add_exact(parser)
    parser.add_argument("--quotes", type=int, default=2, metavar="N", help="quotes for each step (default: 2)")
    parser.add_argument("--json", action="store_true", help="the whole answer, with all evidence, as JSON")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    tie = ledger.tie(options.left, options.right, at=options.at, known=options.known, outlets=options.outlet,
                     speakers=options.speaker, exact=options.exact)
    names = {actor.id: actor.name for actor in ledger.actors()}
    if options.json:
        print_json(tie_record(tie, names))
    else:
        show(tie_answer(tie, names, options.quotes))
    return 0
