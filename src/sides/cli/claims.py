"""The claims themselves, each with its quote: by date of publication and place in the text.

With --incomplete, instead, what lacks an actor: kept beside the claims and never counted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli.arguments import add_clocks, add_exact, add_ledger, add_lens, opened, partial_date
from sides.cli.screen import print_json, show
from sides.export import incomplete
from sides.export.claims import write_csv, write_parquet
from sides.face import Ledger
from sides.model.claim_type import ClaimType, Modality
from sides.model.errors import SidesError
from sides.report.claims import claim_lines, incomplete_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--between", nargs=2, metavar=("A", "B"), help="claims in which both take part")
    who.add_argument("--actor", metavar="A", help="claims in which one takes part")
    add_exact(parser)
    parser.add_argument("--since", type=partial_date, metavar="DATE", help="about this date of the world or later")
    parser.add_argument("--until", type=partial_date, metavar="DATE", help="about the time before this date")
    parser.add_argument("--type", action="append", choices=[one.value for one in ClaimType], metavar="TYPE",
                        type=str.upper, help="only this type (repeatable): " + ", ".join(ClaimType))
    parser.add_argument("--modality", action="append", choices=[one.value for one in Modality], metavar="MODALITY",
                        help="only this modality (repeatable): " + ", ".join(Modality))
    parser.add_argument("--as-read", action="store_true", help="without the corrections that were laid over them")
    parser.add_argument("--incomplete", action="store_true",
                        help="instead of claims what is said of one actor and somebody who is not named")
    add_ledger(parser)
    add_clocks(parser, with_at=False)
    add_lens(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as a JSON list of records")
    form.add_argument("--csv", action="store_true", help="as CSV")
    form.add_argument("--parquet", type=Path, metavar="FILE", help="as a Parquet file")


def run(options: argparse.Namespace) -> int:
    """Ask, and show or write."""
    ledger = opened(options)
    if options.incomplete:
        return _incomplete(options, ledger)
    claims = ledger.claims(between=tuple(options.between) if options.between else None, actor=options.actor,
                           since=options.since, until=options.until, known=options.known, types=options.type,
                           modalities=options.modality, outlets=options.outlet, speakers=options.speaker,
                           exact=options.exact, corrected=not options.as_read)
    records = ledger.records(claims, known=options.known, exact=options.exact)
    if options.json:
        print_json(records)
    elif options.csv:
        write_csv(records, sys.stdout)
    elif options.parquet:
        write_parquet(records, options.parquet)
    else:
        show(claim_lines(records))
    return 0


def _incomplete(options: argparse.Namespace, ledger: Ledger) -> int:
    if options.between or options.as_read or options.exact:
        raise SidesError("What is incomplete names one actor only, and nobody is counted for it: give --actor A, "
                         "without --between, --exact and --as-read.")
    records = ledger.incomplete_records(ledger.incomplete(
        actor=options.actor, since=options.since, until=options.until, known=options.known, types=options.type,
        modalities=options.modality, outlets=options.outlet, speakers=options.speaker))
    if options.json:
        print_json(records)
    elif options.csv:
        write_csv(records, sys.stdout, incomplete.COLUMNS)
    elif options.parquet:
        write_parquet(records, options.parquet, incomplete.COLUMNS)
    else:
        show(incomplete_lines(records))
    return 0
