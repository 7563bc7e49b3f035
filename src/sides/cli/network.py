"""Which signed network the commands about balance ask: that of a ledger at a date, or that of an edge list."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from sides.balance.day import Day
from sides.balance.edge_list import read_edge_list
from sides.balance.frustration import SECONDS
from sides.balance.network import Network
from sides.cli import LEFT_OUT
from sides.cli.arguments import add_asking, asked, opened
from sides.face import Ledger
from sides.model.errors import NetworkError

# Options that only a ledger can answer to, and one that only an edge list can.
OF_A_LEDGER = ("ledger", "version", "at", "known", "outlet", "speaker", "author", "side", "language", "format", "exact")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The network that is asked about, the ledger and day that it comes from, and how many lines were left out."""

    network: Network
    ledger: Ledger | None
    day: Day | None
    left_out: int

    def name(self, actor: str) -> str:
        """The name of an actor by its id."""
        return self.ledger.name(actor) if self.ledger else actor

    def actor(self, name: str) -> str:
        """The id of an actor by its name."""
        return self.ledger.actor(name).id if self.ledger else name

    @property
    def exit_code(self) -> int:
        """Whether something was left out."""
        return LEFT_OUT if self.left_out else 0


def add_network(parser: argparse.ArgumentParser) -> None:
    """The ledger and date, or the edge list, and what counts as a camp."""
    add_asking(parser)
    parser.add_argument("--edges", type=Path, metavar="FILE",
                        help="instead of a ledger, a signed edge list: lines a,b,sign; gzip or not")
    parser.add_argument("--conflicts", choices=("drop", "sum", "negative"),
                        help="of an edge list, pairs with reports of both signs: left out (default), summed or hostile")
    parser.add_argument("--weighted", action="store_true",
                        help="ties weigh their expected level, or what an edge list gives; else each counts one")
    parser.add_argument("--camps", type=camps, default=2, metavar="N|any",
                        help="how many camps there may be (default: 2)")
    parser.add_argument("--seconds", type=seconds, default=SECONDS, metavar="N",
                        help=f"bounds stand for what is not proven by then (default: {SECONDS:g})")
    parser.add_argument("--json", action="store_true", help="the whole answer as JSON")


def chosen(options: argparse.Namespace) -> Chosen:
    """The network that the options name; lines of an edge list that are left out are told on standard error."""
    if options.edges is None:
        if options.conflicts:
            raise NetworkError("--conflicts is for edge lists: a ledger's reports are weighed by the model of ties.")
        ledger = opened(options)
        day = ledger.day(**asked(options), weighted=options.weighted)
        return Chosen(day.network, ledger, day, 0)
    given = [f"--{one}" for one in OF_A_LEDGER if getattr(options, one, None) not in (None, False)]
    if given:
        raise NetworkError(f"{', '.join(given)} asks a ledger; an edge list has nothing to answer it with. Leave out "
                           "either it or --edges.")
    network, refused = read_edge_list(options.edges, conflicts=options.conflicts or "drop", weighted=options.weighted)
    for line in refused:
        sys.stderr.write(f"sides: left out: line {line.line} of {str(options.edges)!r} {line.reason}\n")
    return Chosen(network, None, None, len(refused))


def only_of_a_ledger(options: argparse.Namespace, option: str, why: str) -> None:
    """Refuse an option beside an edge list."""
    if options.edges is not None:
        raise NetworkError(f"{option} asks a ledger: an edge list has no {why}.")


def camps(text: str) -> int | None:
    """A number of camps: 2 or more, or `any`."""
    if text == "any":
        return None
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of camps. Give 2 or more, or any.")
    return int(text)


def seconds(text: str) -> float:
    """A time that is not negative."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no time in seconds. Give a number such as 5 or 0.5.")
    return value
