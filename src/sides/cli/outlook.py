"""What the documents say is planned or predicted: who said so and when, for what time, and what became of it, judged by
what was published later. All of it, or what one actor or two take part in. With --scores, how speakers, outlets and our
own forecasters fared on the same questions, and what became of the forecasts that were kept.
"""

from __future__ import annotations

import argparse

from sides.cli.arguments import add_asking, asked, opened
from sides.cli.screen import print_json, show
from sides.model.errors import ForecastError
from sides.report.outlook import outlook_answer, prediction_records, score_records, scores_answer
from sides.report.scoreboard import board_answer, board_record
from sides.ties.outlook import scoreboard
from sides.ties.predictions import Fate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("about", nargs="*", metavar="ACTOR", help="only what all of these actors take part in")
    add_asking(parser)
    parser.add_argument("--by-speaker", action="store_true", help="how each speaker's predictions fared, instead")
    parser.add_argument("--scores", action="store_true",
                        help="how documents' forecasts and our own fared, side by side")
    parser.add_argument("--without-learning", action="store_true",
                        help="with --scores, leave the learned forecaster out")
    parser.add_argument("--fate", action="append", choices=[one.value for one in Fate], metavar="FATE",
                        help="only what came out so (repeatable): " + ", ".join(Fate))
    parser.add_argument("--json", action="store_true", help="everything, with all evidence, as JSON")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    ledger = opened(options)
    if options.scores:
        if options.fate or options.by_speaker:
            raise ForecastError("--scores scores all that is judged: give it without --fate and --by-speaker.")
        board = ledger.scoreboard(*options.about, learn=not options.without_learning, **asked(options))
        people = {actor.id: actor.name for actor in ledger.actors()}
        print_json(board_record(board, people)) if options.json else show(board_answer(board, people))
        return 0
    found = [one for one in ledger.outlook(*options.about, **asked(options))
             if options.fate is None or one.fate in options.fate]
    names = {actor.id: actor.name for actor in ledger.actors()}
    if options.by_speaker:
        scores = scoreboard(found)
        if options.json:
            print_json(score_records(scores))
        else:
            show(scores_answer(scores))
    elif options.json:
        print_json(prediction_records(found, names, with_evidence=True))
    else:
        show(outlook_answer(found, names))
    return 0
