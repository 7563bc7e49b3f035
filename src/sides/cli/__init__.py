"""The command line: thin doors to the library. Each command is a module of its own, loaded when it is called."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # see sides/__init__.py

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

# Name and first line of help of each command, in the order in which a new user meets them. Kept here, so that
# `sides --help` loads none of the commands.
COMMANDS = {
    "demo": "read the bundled example and show an answer with its quotes",
    "read": "read files, folders, URLs, feeds or standard input into a ledger",
    "events": "read event datasets: what becomes of each record, and counts by pair and time",
    "import": "take over claims that others made, with their documents and actors",
    "tie": "where two actors stand, since when, and who says so",
    "brief": "one page about two actors, every statement with its sources",
    "changes": "what changed since a date: turns, new dyads, and what is known otherwise",
    "disagreements": "on which ties voices differ, on what, and which claims stand alone",
    "bloc": "a bloc's members, how well they hold together, who drifts",
    "balance": "how far a network is from balance: frustration index, triangles, walks",
    "camps": "who is in which camp, and whose side is not determined",
    "strain": "which ties are under strain, which triangles do not fit, what if",
    "mediators": "who brokers between whom, when, and what came of it",
    "outlook": "what is planned or predicted, by whom, and what became of it",
    "forecast": "how likely an event or a state is, and whom it meets next",
    "backtest": "how forecasts of earlier days would have fared",
    "serve": "look at it all in the browser",
    "mcp": "answer the questions of agents, by the Model Context Protocol",
    "publish": "write what the browser shows into a folder that opens without a server",
    "who": "who an actor is: names, place, blocs, people, its ties",
    "claims": "the claims themselves, as a list, JSON, CSV or Parquet",
    "export": "write claims, ties or the whole ledger in the formats of others",
    "bundle": "write evidence with its hashes, and a page that checks it",
    "correct": "lay a correction over a claim, or take one back",
    "actors": "look over who is who: confirm, merge, split or reject actors",
    "lexicon": "how a sentence is read, and which words no entry reads",
    "model": "the numbers behind ties: show them, or fit them on events",
    "reread": "read the stored documents again with the present reader",
    "ledger": "what a ledger holds, and its versions",
    "plugins": "the readers, adapters, exporters and extractors that others add",
}
USAGE = "usage: sides [--help] [--version] COMMAND ...\n"

# Exit codes, beside 0: something was left out and named; the call or the ledger is at fault; interrupted.
LEFT_OUT, AT_FAULT, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return 0 if words else AT_FAULT
    if words[0] == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"sides {version('sides')}\n")
        return 0
    if words[0] not in COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(words[0], COMMANDS, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        sys.stderr.write(f"sides: there is no command {words[0]!r}.{hint}\n{USAGE}")
        return AT_FAULT
    return run(words[0], words[1:])


def run(command: str, arguments: Sequence[str]) -> int:
    """Load a command's module, parse its arguments, and run it."""
    import argparse
    import warnings
    from importlib import import_module

    from sides.model.errors import SidesError, is_interrupt

    module = import_module(f"sides.cli.{command}")
    parser = argparse.ArgumentParser(prog=f"sides {command}", description=module.__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    module.add_arguments(parser)
    options = parser.parse_args(list(arguments))
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show
            return int(module.run(options))
    except SidesError as error:
        sys.stderr.write(f"sides: {error}\n")
        return AT_FAULT
    except (KeyboardInterrupt, RuntimeError) as error:
        if not is_interrupt(error):
            raise
        sys.stderr.write("sides: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: nothing more to say
        sys.stderr.close()
        return 0


def _show(message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None,
          line: str | None = None) -> None:
    """A warning in plain words, without the line of our code that gave it."""
    sys.stderr.write(f"sides: {message}\n")


def overview() -> str:
    """What `sides --help` prints."""
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in COMMANDS.items())
    return (f"{USAGE}\nReads reporting and keeps the record of who stands with whom: since when, how firmly, and "
            f"who says so.\n\ncommands:\n{rows}\n\n`sides COMMAND --help` tells more. Start with `sides demo`.\n")
