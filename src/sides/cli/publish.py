"""Write the web app with its answers into a folder that opens without a server: to hand on, to keep, to put on a site.

The copy shows the ledger at one version, by what was known at a date, through one lens. It cannot be changed, and needs
no network. Open its index.html in a browser.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli.arguments import add_asking, chosen_lens, ledger_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to write; a copy that is there is replaced")
    add_asking(parser)
    parser.add_argument("--step", type=int, default=12, metavar="MONTHS",
                        help="how far apart the dates lie for which camps are kept (default: 12)")


def run(options: argparse.Namespace) -> int:
    """Write the copy, and tell what is in it."""
    from sides.web.pages import BUILT
    from sides.web.publish import Chosen, publish

    chosen = Chosen(at=options.at, known=options.known, lens=chosen_lens(options), exact=options.exact,
                    version=options.version, step_months=options.step)
    written = publish(ledger_path(options), options.folder, chosen, Path(BUILT))
    sys.stdout.write(f"{written.answers} answers, {written.size_bytes / 1e6:.1f} MB. "
                     f"Open {options.folder / 'index.html'}\n")
    for key in written.unanswered:
        sys.stderr.write(f"left out, as the ledger did not answer it: {key}\n")
    return 1 if written.unanswered else 0
