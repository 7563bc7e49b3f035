"""Lay a correction over a claim: reject it, confirm it, or set some of its fields; or take a correction back.

The claim stays as it was read, and the correction survives when the documents are read again. `sides claims` shows the
ids of claims.
"""

from __future__ import annotations

import argparse
import getpass
from datetime import UTC, datetime

from sides.cli.arguments import add_ledger, opened
from sides.model.errors import SidesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("claim", help="the id of a claim, or with --take-back of a correction")
    add_ledger(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--reject", dest="action", action="store_const", const="reject",
                      help="the text does not say this")
    what.add_argument("--confirm", dest="action", action="store_const", const="confirm",
                      help="the text does say this")
    what.add_argument("--set", action="append", metavar="FIELD=VALUE", help="what it should have been, as in "
                      "type=CONSULT, modality=negated, source=hamas, start=2012 (repeatable)")
    what.add_argument("--take-back", dest="action", action="store_const", const="withdraw",
                      help="withdraw a correction")
    parser.add_argument("--why", required=True, help="the reason, for those who read it later")
    parser.add_argument("--by", default=None, metavar="WHO", help="who says so (default: your user name)")


def run(options: argparse.Namespace) -> int:
    """Correct, and tell the correction's id."""
    changes = {}
    for pair in options.set or []:
        name, separator, value = pair.partition("=")
        if not separator:
            raise SidesError(f"{pair!r} is not FIELD=VALUE, as in modality=negated.")
        changes[name] = value
    done = opened(options).correct(options.claim, action=options.action or "set", changes=changes,
                                   who=options.by or getpass.getuser(), why=options.why, when=datetime.now(UTC))
    print(f"Correction {done} is laid over {options.claim}. Take it back: sides correct {done} --take-back --why ...")
    return 0
