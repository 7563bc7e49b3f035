"""What strains the network of a date, or of an edge list: its ties by their strain with their quotes, the triangles
that do not fit together, and with --flip, --remove and --add, what would change if ties were others.
"""

from __future__ import annotations

import argparse
import math
from typing import Any

from sides.balance.answers import strained
from sides.balance.difference import Edit, difference
from sides.cli.network import Chosen, add_network, chosen
from sides.cli.screen import print_json, show
from sides.model.errors import NetworkError
from sides.report.difference import difference_answer, difference_record
from sides.report.strain import strain_answer, strain_record


class _Edit(argparse.Action):
    """Keeps the edits in the order in which they are given, whatever their kind."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any,
                 option_string: str | None = None) -> None:
        namespace.edits = [*namespace.edits, (self.dest, *values)]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_network(parser)
    parser.add_argument("--flip", nargs=2, action=_Edit, metavar=("A", "B"),
                        help="what if their tie were of the other sign")
    parser.add_argument("--remove", nargs=2, action=_Edit, metavar=("A", "B"), help="what if they had no tie")
    parser.add_argument("--add", nargs=3, action=_Edit, metavar=("A", "B", "SIGN"),
                        help="what if they had this tie: + or -, or a weight (all three repeatable)")
    parser.add_argument("--quotes", type=int, default=1, metavar="N", help="quotes for each strained tie (default: 1)")
    parser.set_defaults(edits=[])


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    asked_about = chosen(options)
    if options.edits:
        return _what_if(options, asked_about)
    found = strained(asked_about.network, camps=options.camps, seconds=options.seconds, day=asked_about.day)
    if options.json:
        print_json(strain_record(found, asked_about.name))
    else:
        show(strain_answer(found, asked_about.name, options.quotes))
    return asked_about.exit_code


def _what_if(options: argparse.Namespace, asked_about: Chosen) -> int:
    edits = [Edit(kind, asked_about.actor(one), asked_about.actor(other), *map(_weight, sign))
             for kind, one, other, *sign in options.edits]
    found = difference(asked_about.network, edits, camps=options.camps, seconds=options.seconds, day=asked_about.day)
    if options.json:
        print_json(difference_record(found, asked_about.name))
    else:
        show(difference_answer(found, asked_about.name))
    return asked_about.exit_code


def _weight(sign: str) -> float:
    """The weight that a sign or a number says."""
    try:
        weight = {"+": 1.0, "-": -1.0}.get(sign) or float(sign)
    except ValueError:
        weight = 0.0
    if not weight or not math.isfinite(weight):
        raise NetworkError(f"{sign!r} is no sign of a tie. Give + or -, or a weight other than 0.")
    return weight
