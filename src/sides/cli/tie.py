"""Where two actors stand: the state at a date with its probability, its history and turns with quotes, the fields on
which it differs, what moves it most, where sources disagree, who mediates, what is planned or forecast. Persons and
parts count for the organization that they acted for at the time.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sides.cli.arguments import add_asking, asked, chosen_lens, lens, opened
from sides.cli.screen import print_json, show
from sides.report.beside import beside_answer, beside_record, within_answer, within_record
from sides.report.tie import tie_answer, tie_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("left", metavar="A", help="an actor: a name or an id")
    parser.add_argument("right", metavar="B", help="another actor")
    add_asking(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--under", action="append", type=lens, metavar="LENS",
                     help="the tie under each of these lenses, side by side: outlet=NAME,language=CODE (repeatable)")
    how.add_argument("--within", action="store_true",
                     help="the persons and parts of either side apart, each toward the other side")
    parser.add_argument("--model", type=Path, metavar="FILE", help="other numbers for the states: see sides model fit")
    parser.add_argument("--quotes", type=int, default=2, metavar="N", help="quotes for each step (default: 2)")
    parser.add_argument("--json", action="store_true", help="the whole answer, with all evidence, as JSON")
    parser.add_argument("--months", action="store_true", help="in JSON, the probabilities of every month too")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    names = {actor.id: actor.name for actor in ledger.actors()}
    pair = (options.left, options.right)
    if options.under:
        ties = [(one, ledger.tie(*pair, at=options.at, known=options.known, lens=one, exact=options.exact,
                                  model=options.model))
                for one in options.under]
        if options.json:
            print_json(beside_record(ties, names))
        else:
            show(beside_answer(ties, names))
    elif options.within:
        apart = ledger.within(*pair, at=options.at, known=options.known, lens=chosen_lens(options),
                              model=options.model)
        if options.json:
            print_json(within_record(apart, names))
        else:
            show(within_answer(apart, names))
    else:
        tie = ledger.tie(*pair, **asked(options), model=options.model)
        around = ledger.around(tie, lens=chosen_lens(options), exact=options.exact)
        if options.json:
            print_json(tie_record(tie, names, with_months=options.months, around=around))
        else:
            show(tie_answer(tie, names, options.quotes, around))
    return 0
