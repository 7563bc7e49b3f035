"""The numbers of the model of ties: `show` prints them with where they come from; `fit` fits how sticky states are, and
how far events are trusted, on dated events of your own or on a ledger's claims. docs/model.md tells what each is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli import LEFT_OUT
from sides.cli.screen import print_json, show
from sides.face import Ledger
from sides.report.model import fit_answer, fit_record, model_answer
from sides.ties.event_table import Events, read_events
from sides.ties.fitting import fit
from sides.ties.model_file import read_model, written_model
from sides.ties.parameters import table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    shown = commands.add_parser("show", help="print the numbers, with where they come from",
                                description="Print the numbers of the model, with where they come from.")
    fitted = commands.add_parser("fit", help="fit the chain on dated events",
                                 description="Fit the chain of states on dated events; see docs/model.md.")
    fitted.add_argument("events", type=Path, metavar="EVENTS",
                        help="a CSV, plain or gzipped, with date, source, target, type and, if told, sign; or a ledger")
    fitted.add_argument("--write", type=Path, metavar="FILE", help="write the whole fitted model, as TOML")
    fitted.add_argument("--emissions", action="store_true",
                        help="fit what the types of events mean too, kept near what they meant")
    for each in (shown, fitted):
        each.add_argument("--model", type=Path, metavar="FILE", help="this model (default: the one that ships)")
        each.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Show or fit."""
    base = read_model(options.model) if options.model else table()
    if options.what == "show":
        if options.json:
            print_json(base)
        else:
            show(model_answer(base))
        return 0
    events = _events(options.events)
    for reason in events.left_out:
        sys.stderr.write(f"sides: left out: {reason}\n")
    fitted = fit(events, base, with_meanings=options.emissions)
    if options.write:
        options.write.write_text(written_model(fitted.table), encoding="utf-8")
    if options.json:
        print_json(fit_record(fitted, events))
    else:
        show(fit_answer(fitted, events, base, options.write))
    return LEFT_OUT if events.left_out else 0


def _events(path: Path) -> Events:
    """The events of a table, or of a ledger."""
    return Ledger(path).events() if path.is_dir() else read_events(path)
