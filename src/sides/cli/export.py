"""Write all claims of a ledger to a file, in the layout of the claim schema."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli.arguments import add_clocks, add_exact, add_ledger, opened
from sides.export.claims import write_csv, write_jsonl, write_parquet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", choices=("claims",), help="what to export")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="a .jsonl, .csv or .parquet file (default: JSON lines on standard output)")
    add_ledger(parser)
    add_clocks(parser, with_at=False)
    add_exact(parser)


def run(options: argparse.Namespace) -> int:
    """Export, and tell how much."""
    ledger = opened(options)
    records = ledger.records(ledger.claims(known=options.known), known=options.known, exact=options.exact)
    if options.output is None:
        write_jsonl(records, sys.stdout)
        return 0
    if options.output.suffix == ".parquet":
        write_parquet(records, options.output)
    else:
        with options.output.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            (write_csv if options.output.suffix == ".csv" else write_jsonl)(records, file)
    sys.stderr.write(f"{len(records)} claims written to {options.output}\n")
    return 0
