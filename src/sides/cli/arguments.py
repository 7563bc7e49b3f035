"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import TypedDict

from sides.engines.engine import LOCAL
from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.model.errors import DateError, LensError, NotALedger
from sides.ties.lens import Lens

LEDGER_VARIABLE = "SIDES_LEDGER"
ENGINE = re.compile(r"local|local\[([1-9]\d*|\*)\]|spark://[^\s:,/]+:\d+(,[^\s:,/]+:\d+)*")


class Asked(TypedDict):
    """The arguments that the questions about ties share."""

    at: PartialDate | None
    known: PartialDate | None
    lens: Lens
    exact: bool


def add_ledger_path(parser: argparse.ArgumentParser) -> None:
    """The ledger to ask."""
    parser.add_argument("-l", "--ledger", type=Path, metavar="NAME.sides",
                        help=f"the ledger; by default ${LEDGER_VARIABLE}, else the only *.sides folder here")


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """The ledger to ask, and its version."""
    add_ledger_path(parser)
    parser.add_argument("--version", type=int, metavar="N", help="as the ledger was at an earlier version")


def add_clocks(parser: argparse.ArgumentParser, *, with_at: bool = True) -> None:
    """The two clocks."""
    if with_at:
        parser.add_argument("--at", type=partial_date, metavar="DATE", help="the date in the world that is asked about")
    parser.add_argument("--known", type=partial_date, metavar="DATE",
                        help="only documents that were published by then count")


def add_lens(parser: argparse.ArgumentParser) -> None:
    """Whose word counts."""
    parser.add_argument("--outlet", action="append", metavar="NAME", help="only this outlet's word counts (repeatable)")
    parser.add_argument("--speaker", action="append", metavar="WHO",
                        help='only this speaker\'s word counts: "author", an actor\'s id, or the words of the text')


def add_whole_lens(parser: argparse.ArgumentParser) -> None:
    """Whose word counts, by all that voices are told apart by."""
    add_lens(parser)
    parser.add_argument("--author", action="append", metavar="NAME", help="only this author's word counts (repeatable)")
    parser.add_argument("--side", action="append", metavar="ID",
                        help="only the word of those who speak for this actor counts (repeatable)")
    parser.add_argument("--language", action="append", metavar="CODE", help="only documents in this language count")
    parser.add_argument("--format", action="append", metavar="KIND",
                        help="only documents of this kind count: text, html, pdf... (repeatable)")


def add_asking(parser: argparse.ArgumentParser) -> None:
    """What every question about ties takes: the ledger, the two clocks, whose word counts, who is kept apart."""
    add_ledger(parser)
    add_clocks(parser)
    add_whole_lens(parser)
    add_exact(parser)


def asked(options: argparse.Namespace) -> Asked:
    """What the options of `add_asking` say, for a method of the ledger."""
    return {"at": options.at, "known": options.known, "lens": chosen_lens(options), "exact": options.exact}


def chosen_lens(options: argparse.Namespace) -> Lens:
    """The lens that the options of `add_whole_lens` choose."""
    return Lens.of(outlets=options.outlet, speakers=options.speaker, authors=options.author, sides=options.side,
                   languages=options.language, formats=options.format)


def engine(text: str) -> str:
    """An engine argument: local, local[2], local[*] or spark://host:7077 (or several hosts)."""
    if not ENGINE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no engine: write local, local[2] or spark://HOST:PORT")
    return text


def lens(text: str) -> Lens:
    """A lens argument: outlet=NAME,language=CODE."""
    try:
        return Lens.parse(text)
    except LensError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def add_exact(parser: argparse.ArgumentParser) -> None:
    """Whether persons and parts are kept apart."""
    parser.add_argument("--exact", action="store_true",
                        help="keep persons and parts apart from the organization that they act for")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """With what, and how, documents are read."""
    registry = parser.add_mutually_exclusive_group()
    registry.add_argument("--registry", action="append", type=Path, default=[], metavar="FILE",
                          help="a TOML, CSV or TSV of your own actors, kept with the ledger (repeatable)")
    registry.add_argument("--without-registry", action="store_true", help="use none, and keep none from now on")
    lexicon = parser.add_mutually_exclusive_group()
    lexicon.add_argument("--lexicon", action="append", type=Path, default=[], metavar="FILE",
                         help="a TOML of your own words, laid over the lexicon and kept with the ledger (repeatable)")
    lexicon.add_argument("--without-lexicon", action="store_true", help="use none, and keep none from now on")
    add_reader(parser)
    parser.add_argument("--workers", type=int, default=available_cores(), metavar="N",
                        help="processes to read with (default: all cores)")
    add_engine(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress; only what was left out")
    parser.add_argument("--json", action="store_true", help="the report of the run as JSON")


def add_engine(parser: argparse.ArgumentParser) -> None:
    """What does the work."""
    parser.add_argument("--engine", type=engine, default=LOCAL, metavar="ENGINE",
                        help="what does the work: local (default: sides itself, on this machine), or a master of "
                             "Spark: local[N], spark://HOST:PORT")


def add_reader(parser: argparse.ArgumentParser, *, with_others: bool = True) -> None:
    """Which reader: one of those that need no network; with others, a language model beside them, or a plug-in."""
    told = "what reads: the grammar, the trained encoder, or the grammar weighed by it (default)"
    if with_others:
        parser.add_argument("--reader", default="both", metavar="grammar|learned|both|llm|NAME",
                            help=f"{told}; llm: a language model besides; or a reader that `sides plugins` lists")
    else:
        parser.add_argument("--reader", choices=("grammar", "learned", "both"), default="both", help=told)


def registry_files(options: argparse.Namespace) -> list[Path] | None:
    """The registry files to read with; `None` for those that the ledger keeps."""
    return [] if options.without_registry else options.registry or None


def lexicon_files(options: argparse.Namespace) -> list[Path] | None:
    """The lexicon files to read with; `None` for those that the ledger keeps."""
    return [] if options.without_lexicon else options.lexicon or None


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def partial_date(text: str) -> PartialDate:
    """A date argument: 2021, 2021-06 or 2021-06-15."""
    try:
        return PartialDate.parse(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def ledgers_here() -> list[Path]:
    """The ledgers of the folder that the command is called in."""
    return sorted(Path().glob("*.sides"))


def is_nothing_here() -> bool:
    """Whether neither the environment nor the folder names a ledger."""
    return not os.environ.get(LEDGER_VARIABLE) and not ledgers_here()


def ledger_path(options: argparse.Namespace) -> Path:
    """The ledger that the options, the environment or the folder name. Raises `NotALedger`."""
    path: Path | None = options.ledger or (
        Path(os.environ[LEDGER_VARIABLE]) if os.environ.get(LEDGER_VARIABLE) else None)
    if path is None:
        here = ledgers_here()
        if len(here) != 1:
            found = "there are several here: " + ", ".join(map(str, here)) if here else "there is none here"
            raise NotALedger(f"Which ledger? {found}. Name one with -l NAME.sides, or make one: "
                             "sides read FOLDER -l NAME.sides")
        path = here[0]
    return path


def opened(options: argparse.Namespace) -> Ledger:
    """The same, opened at the version that the options name. Raises `NotALedger`."""
    return Ledger(ledger_path(options), options.version)
