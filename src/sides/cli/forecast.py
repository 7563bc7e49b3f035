"""How likely something is: that A does something to B within some days (--event), that their tie is in a state by a
month (--state, --by), or to whom A does something next (--ranking). With the interval, the curve by horizon, the base
rate, the recurrence rate, precedents with their quotes, and what speaks for and against.
"""

from __future__ import annotations

import argparse
import re

from rich.text import Text

from sides.cli.arguments import add_asking, asked, chosen_lens, opened, partial_date
from sides.cli.screen import print_json, show
from sides.forecast.asked import FORECASTERS
from sides.model.errors import ForecastError
from sides.report.forecast import (
    forecast_answer,
    forecast_record,
    ranking_answer,
    ranking_record,
    state_answer,
    state_record,
)

SPAN = re.compile(r"([1-9]\d*)([dw])?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("actors", nargs="*", metavar="ACTOR", help="who does it, and to whom: names or ids")
    add_asking(parser)
    parser.add_argument("--event", metavar="TYPE", help="COOPERATE, SANCTION...; or verbal-cooperation, "
                                                        "material-cooperation, verbal-conflict, material-conflict")
    parser.add_argument("--within", type=span, default=30, metavar="SPAN", help="180d or 26w (default: 30d)")
    parser.add_argument("--state", metavar="STATE", help="hostile, strained, neutral, friendly or allied")
    parser.add_argument("--by", type=partial_date, metavar="DATE", help="with --state, in which month")
    parser.add_argument("--ranking", metavar="ACTOR", help="with --event, to whom this actor does it next")
    parser.add_argument("--most", type=int, default=10, metavar="N", help="with --ranking, how many (default: 10)")
    parser.add_argument("--forecaster", choices=FORECASTERS, default="auto",
                        help="reference: pools dyads alike; learned: trees; auto (default): learns where it can")
    parser.add_argument("--keep", action="store_true", help="also keep it in the ledger, never to be altered; `sides "
                                                            "outlook --scores` tells what became of it")
    parser.add_argument("--json", action="store_true", help="the whole answer as JSON")


def span(text: str) -> int:
    """Days of a length of time: 180d, 26w, or a bare number of days."""
    found = SPAN.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of time: write 180d or 26w")
    return int(found[1]) * (7 if found[2] == "w" else 1)


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    _check(options)
    ledger = opened(options)
    if options.ranking:
        ranked = ledger.ranking(options.ranking, options.event, within_days=options.within, most=options.most,
                                forecaster=options.forecaster, **asked(options))
        print_json(ranking_record(ranked)) if options.json else show(ranking_answer(ranked))
        return 0
    left, right = options.actors
    if options.state:
        state = ledger.forecast_state(left, right, options.state, by=options.by, **asked(options))
        print_json(state_record(state)) if options.json else show(state_answer(state))
    else:
        found = ledger.forecast(left, right, options.event, within_days=options.within,
                                forecaster=options.forecaster, **asked(options))
        kept = ledger.keep(found, lens=chosen_lens(options), exact=options.exact) if options.keep else None
        if options.json:
            print_json(forecast_record(found) | ({"kept": kept.id} if kept else {}))
        else:
            show(forecast_answer(found))
            if kept:
                show(Text(f"Kept as {kept.id}; its time is over after {kept.until}." + (
                    f" Documents up to {kept.horizon} are here already: it saw none of these." if kept.is_afterwards
                    else "")))
    return 0


def _check(options: argparse.Namespace) -> None:
    """Raises `ForecastError` for what is no question."""
    if bool(options.event) == bool(options.state):
        raise ForecastError("What is asked? Give --event TYPE, or --state STATE with --by MONTH.")
    if bool(options.state) != bool(options.by):
        raise ForecastError("A state is asked about in a month: give --state STATE and --by MONTH together.")
    if options.ranking and (options.actors or options.state):
        raise ForecastError("A ranking names one actor and an event: --ranking A --event TYPE.")
    if options.keep and (options.ranking or not options.event):
        raise ForecastError("Only a forecast of an event between two actors is kept: A B --event TYPE --keep.")
    if not options.ranking and len(options.actors) != 2:
        raise ForecastError(f"A forecast is of two actors, not of {len(options.actors)}. Name who does it, and to "
                            "whom.")
