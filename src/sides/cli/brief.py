"""One page about two actors: where they stand and how surely, the history, the key evidence, who contradicts whom, who
mediates, what is ahead, and the ties around them. Every statement is followed by its sources.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sides.cli.arguments import add_asking, asked, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("left", metavar="A", help="an actor: a name or an id")
    parser.add_argument("right", metavar="B", help="another actor")
    add_asking(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="a .md, .html or .pdf file; by default Markdown on standard output")
    parser.add_argument("--browser", metavar="PROGRAM",
                        help="what prints a PDF: Chromium, Chrome or Edge, by name or path")


def run(options: argparse.Namespace) -> int:
    """Make the brief, and write it."""
    brief = opened(options).brief(options.left, options.right, **asked(options))
    if options.output is None:
        sys.stdout.write(brief.markdown())
    else:
        brief.write(options.output, options.browser)
    return 0
