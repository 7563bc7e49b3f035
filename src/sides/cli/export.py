"""Write all claims of a ledger to a file, in the layout of the claim schema; or all that is incomplete; or all ties."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sides.cli.arguments import add_clocks, add_engine, add_exact, add_ledger, opened
from sides.engines.engine import LOCAL
from sides.export import claims, incomplete, ties
from sides.export.claims import write_csv, write_jsonl, write_parquet
from sides.model.errors import SidesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", choices=("claims", "incomplete", "ties"),
                        help="what to export: the claims; what lacks an actor and is no claim; or the ties over time")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="a .jsonl, .csv or .parquet file (default: JSON lines on standard output)")
    add_ledger(parser)
    add_clocks(parser, with_at=False)
    add_exact(parser)
    add_engine(parser)


def run(options: argparse.Namespace) -> int:
    """Export, and tell how much."""
    ledger = opened(options)
    if options.engine != LOCAL and options.what != "ties":
        raise SidesError(f"Ties are inferred, {options.what} only written: leave --engine out.")
    if options.what == "claims":
        columns: Sequence[str] = claims.COLUMNS
        records = ledger.records(ledger.claims(known=options.known), known=options.known, exact=options.exact)
    elif options.what == "ties":
        columns = ties.COLUMNS
        records = ledger.tie_records(ledger.courses(known=options.known, exact=options.exact, engine=options.engine))
    else:
        if options.exact:
            raise SidesError("Nobody is counted for an organization in what is incomplete: leave --exact out.")
        columns = incomplete.COLUMNS
        records = ledger.incomplete_records(ledger.incomplete(known=options.known))
    if options.output is None:
        write_jsonl(records, sys.stdout)
        return 0
    if options.output.suffix == ".parquet":
        write_parquet(records, options.output, columns)
    else:
        with options.output.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            if options.output.suffix == ".csv":
                write_csv(records, file, columns)
            else:
                write_jsonl(records, file)
    what = "stretches of ties" if options.what == "ties" else options.what
    sys.stderr.write(f"{len(records)} {what} written to {options.output}\n")
    return 0
