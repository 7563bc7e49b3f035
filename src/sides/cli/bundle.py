"""Write evidence with its hashes into a zip file or folder that anybody can check without this tool.

It holds claims with their quotes, documents by their hashes, and a page that shows and checks them: its index.html.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli.arguments import add_clocks, add_engine, add_exact, add_ledger, opened
from sides.model.errors import SidesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("about", nargs="*", metavar="ACTOR",
                        help="only claims in which this actor takes part, or these two (default: all claims)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                        help="a .zip file, or a folder that is not there yet")
    parser.add_argument("--with-texts", action="store_true",
                        help="the texts too, so that quotes can be looked up: only where their licences allow it")
    add_ledger(parser)
    add_clocks(parser, with_at=False)
    add_exact(parser)
    add_engine(parser)


def run(options: argparse.Namespace) -> int:
    """Write, and tell how much, and by what it can be known again."""
    if len(options.about) > 2:
        raise SidesError(f"Ask for what is about one actor or two, not about {len(options.about)}.")
    written = opened(options).bundle(options.output, *options.about, known=options.known, exact=options.exact,
                                     engine=options.engine, with_texts=options.with_texts)
    sys.stderr.write(f"{written.claims} claims in {written.documents} documents written to {options.output}\n")
    if written.texts:
        sys.stderr.write(f"It holds the texts of {written.texts} documents: hand it on only to those to whom their "
                         "licences let you give them.\n")
    sys.stdout.write(f"fingerprint {written.fingerprint}\n")
    return 0
