"""Read the bundled example, twenty-two short dispatches by invented outlets that disagree, and show what comes of it.

Needs no network. With -l the ledger is kept, so that the other commands can be tried on it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from rich.text import Text

from sides.cli.arguments import available_cores
from sides.cli.screen import console, show
from sides.face import Ledger
from sides.report.run import RichProgress, run_summary
from sides.report.tie import tie_answer

PAIR = ("Hamas", "Syria")
NOTE = ("The dispatches were written for this demonstration: they follow public history in outline, the outlets and "
        "sources are invented.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("-l", "--ledger", type=Path, metavar="NAME.sides", help="keep the ledger here")
    parser.add_argument("--workers", type=int, default=available_cores(), metavar="N",
                        help="processes to read with (default: all cores)")


def run(options: argparse.Namespace) -> int:
    """Read the digest and answer one question."""
    with tempfile.TemporaryDirectory() as scratch, as_file(files("sides") / "data/demo/dispatches") as dispatches:
        path = options.ledger or Path(scratch) / "demo.sides"
        ledger = Ledger(path)
        with RichProgress(console(error=True)) as progress:
            report = ledger.read(dispatches, workers=options.workers, progress=progress)
        tie, names = ledger.tie(*PAIR), {actor.id: actor.name for actor in ledger.actors()}
        summary = run_summary(report, options.ledger or "The ledger")
        show(Text(NOTE, style="italic"), summary, "", tie_answer(tie, names))
    kept = options.ledger or "demo.sides"
    sys.stdout.write(f"\nGo on:{'' if options.ledger else '  sides demo -l demo.sides, then'}\n"
                 f"  sides who Hamas -l {kept}\n  sides claims --between Hamas Iran --since 2017 -l {kept}\n"
                 f"  sides tie Hamas Syria --known 2014 -l {kept}     # as it looked then\n"
                 f"  sides serve -l {kept}                            # all of it in the browser\n"
                 f"  sides read YOUR_FOLDER -l yours.sides\n")
    return 0 if report.is_complete else 1
