"""Look over what words say: `try` shows how a sentence is read, step by step; `coverage` lists the predicates of some
documents that stand between two actors and that no entry of the lexicon reads; `files` tells which files of your own a
ledger is read with.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from sides.claims.grammar.coverage import Gap, tally
from sides.claims.grammar.extension import listed_words
from sides.claims.mode import Mode
from sides.claims.readers import reader_of
from sides.cli import LEFT_OUT
from sides.cli.arguments import add_ledger, add_reader, opened, partial_date
from sides.cli.screen import print_json, show
from sides.documents import Options
from sides.engines.bench import Bench
from sides.ledger.store import Store
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import InputError
from sides.report.lexicon import coverage_answer, coverage_record, files_answer, try_answer, try_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")

    one = command("try", "show how a sentence is read, step by step")
    one.add_argument("text", metavar="SENTENCE", help="a sentence, or several")
    one.add_argument("--published", type=partial_date, metavar="DATE",
                     help="read it as published then (default: today)")
    add_reader(one, with_others=False)
    many = command("coverage", "list the predicates between two actors that no entry reads, the commonest first")
    many.add_argument("targets", nargs="+", metavar="PATH", help="files and folders")
    many.add_argument("--top", type=int, default=20, metavar="N", help="so many at most (default: 20; 0: all)")
    many.add_argument("--date", type=partial_date, metavar="DATE", help="when the documents were published")
    for each in (one, many):
        each.add_argument("--lexicon", action="append", type=Path, default=[], metavar="FILE",
                          help="a TOML of your own entries, laid over the lexicon (repeatable)")
        each.add_argument("-l", "--ledger", type=Path, metavar="NAME.sides",
                          help="with the lexicon and registry files that this ledger keeps, below those given here")
    kept = command("files", "list the lexicon files of your own that a ledger keeps, with the words that they list")
    add_ledger(kept)
    for each in (one, many, kept):
        each.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Do what is asked."""
    if options.what == "files":
        return _files(options)
    bench = _bench(options)
    return _try(options, bench) if options.what == "try" else _coverage(options, bench)


def _bench(options: argparse.Namespace) -> Bench:
    """What reads, with the files of a ledger where one is named, and with those that are given over them."""
    mode = Mode(options.reader) if options.what == "try" else Mode.GRAMMAR
    if options.ledger is None:
        return Bench(reader_of(mode, options.lexicon))
    kept = Store.open(options.ledger).snapshot()
    return Bench(reader_of(mode, [*kept.lexicon_files(), *options.lexicon]), kept.registry_files())


def _files(options: argparse.Namespace) -> int:
    ledger = opened(options)
    files = [(file.name, listed_words(file), file.text) for file in ledger.lexicon_files()]
    if options.json:
        print_json([{"name": name, "words": words, "content": text} for name, words, text in files])
    else:
        show(files_answer([(name, words) for name, words, _ in files]))
    return 0


def _try(options: argparse.Namespace, bench: Bench) -> int:
    published = options.published or PartialDate.of(datetime.now(UTC).date())
    sentences, mentioned = bench.explain(
        Document(text=options.text, name="-", published=published, published_from="option"))
    actors = {actor.id: actor for actor in mentioned}
    if options.json:
        print_json(try_record(sentences, actors, str(published), options.reader))
    else:
        show(try_answer(sentences, actors, str(published), options.reader))
    return 0


def _coverage(options: argparse.Namespace, bench: Bench) -> int:
    gaps: list[Gap] = []
    documents = left_out = 0
    for one in bench.gaps(options.targets, Options(today=datetime.now(UTC).date(), date=options.date)):
        if isinstance(one, InputError):
            left_out += 1
            sys.stderr.write(f"sides: {one}\n")
            continue
        documents += 1
        gaps += one
    lacks = tally(gaps)
    shown = lacks[:options.top or None]
    if options.json:
        print_json(coverage_record(shown))
    else:
        show(coverage_answer(shown, len(lacks), documents))
    return LEFT_OUT if left_out else 0
