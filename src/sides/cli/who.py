"""Who an actor is: its names, what it is a part of, its blocs, its people, and its ties. Without a ledger, what the
registry knows.
"""

from __future__ import annotations

import argparse

from sides.asking import registered
from sides.cli.arguments import add_clocks, add_exact, add_ledger, is_nothing_here, opened
from sides.cli.screen import print_json, show
from sides.report.who import profile_answer, profile_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("name", nargs="?", help="a name or an id; without one, all actors of the ledger are listed")
    add_ledger(parser)
    add_clocks(parser)
    add_exact(parser)
    parser.add_argument("--ties", type=int, default=12, metavar="N", help="show so many ties (default: 12)")
    parser.add_argument("--json", action="store_true", help="as JSON, with all ties")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    if options.ledger is None and is_nothing_here() and options.name is not None:
        profile = registered(options.name, at=options.at)
        names = profile.names
    else:
        ledger = opened(options)
        if options.name is None:
            for actor in ledger.actors():
                print(f"{actor.id}\t{actor.kind}\t{actor.name}")
            return 0
        profile = ledger.who(options.name, at=options.at, known=options.known, exact=options.exact,
                             ties=None if options.json else options.ties)
        names = {**profile.names, **{actor.id: actor.name for actor in ledger.actors()}}
    if options.json:
        print_json(profile_record(profile, names))
    else:
        show(profile_answer(profile, names))
    return 0
