"""Write all claims of a ledger to a file, in the layout of the claim schema; or all that is incomplete."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sides.cli.arguments import add_clocks, add_exact, add_ledger, opened
from sides.export import claims, incomplete
from sides.export.claims import write_csv, write_jsonl, write_parquet
from sides.model.errors import SidesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", choices=("claims", "incomplete"),
                        help="what to export: the claims, or what lacks an actor and is no claim")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="a .jsonl, .csv or .parquet file (default: JSON lines on standard output)")
    add_ledger(parser)
    add_clocks(parser, with_at=False)
    add_exact(parser)


def run(options: argparse.Namespace) -> int:
    """Export, and tell how much."""
    ledger = opened(options)
    if options.what == "claims":
        columns: Sequence[str] = claims.COLUMNS
        records = ledger.records(ledger.claims(known=options.known), known=options.known, exact=options.exact)
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
    sys.stderr.write(f"{len(records)} {options.what} written to {options.output}\n")
    return 0
