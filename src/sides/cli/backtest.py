"""How forecasts of earlier days would have fared: made on rolling origins from what had been published by then, scored
by what is known now. Beside the base rate and the recurrence rate, onsets apart.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sides.cli.arguments import add_clocks, add_exact, add_ledger, add_whole_lens, chosen_lens, opened
from sides.cli.forecast import span
from sides.cli.screen import print_json, show
from sides.model.errors import ForecastError
from sides.report.backtest import backtest_answer, backtest_page, backtest_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_ledger(parser)
    add_clocks(parser, with_at=False)
    add_whole_lens(parser)
    add_exact(parser)
    parser.add_argument("--within", type=span, default=30, metavar="SPAN", help="how far ahead is asked (default: 30d)")
    parser.add_argument("--origins", type=int, default=12, metavar="N", help="on how many days (default: 12)")
    parser.add_argument("--without-learning", action="store_true", help="leave the learned forecaster out")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a page with plots here, as HTML")
    parser.add_argument("--json", action="store_true", help="all scores as JSON")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    found = opened(options).backtest(within_days=options.within, origins=options.origins, known=options.known,
                                     lens=chosen_lens(options), exact=options.exact,
                                     learn=not options.without_learning)
    if options.output:
        try:
            options.output.write_text(backtest_page(found), encoding="utf-8")
        except OSError as error:
            raise ForecastError(f"The page cannot be written to {str(options.output)!r} ({error.strerror}). Name "
                                "another file with -o.") from error
    if options.json:
        print_json(backtest_record(found))
    else:
        show(backtest_answer(found))
    return 0
