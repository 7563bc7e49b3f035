"""Serve a ledger to the browser: the network through time, every tie down to its quotes, corrections, new documents.

The server answers on this machine only (loopback), unless --host names another address; then whoever asks needs a
token, which is made and printed. Stop it with Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import sys
import webbrowser
from dataclasses import replace

from sides.cli.arguments import add_ledger_path, ledger_path
from sides.model.errors import SidesError

TOKEN_VARIABLE = "SIDES_TOKEN"
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
TOKEN_BYTES = 24
MEBIBYTE = 1024 * 1024
NOT_BUILT = """\
This installation has no pages, only the API. They come with a released wheel; in a clone, `sh scripts/app` builds them
(with Node 20.19 or newer, or without any: then it gets its own).
"""
IN_THE_CLEAR = """\
Requests are not encrypted: on a network that you do not trust, put a server that speaks HTTPS before this one.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_ledger_path(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer at (default: this machine only)")
    parser.add_argument("--port", type=port, default=8420, help="default: 8420; 0 takes a free one")
    parser.add_argument("--token", nargs="?", const="", metavar="TOKEN",
                        help=f"ask whoever comes for this token (default: ${TOKEN_VARIABLE}); without a value, or with "
                             "another --host, one is made")
    parser.add_argument("--read-only", action="store_true", help="no judgements and no new documents, only looking")
    parser.add_argument("--max-upload", type=mebibytes, default=64, metavar="MB",
                        help="the most that one upload may have (default: 64 MB)")
    parser.add_argument("--open", action="store_true", help="open the browser")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from sides.web.app import create_app
    from sides.web.pages import BUILT, is_built
    from sides.web.server import bound, server
    from sides.web.settings import Settings

    path = ledger_path(options)
    with bound(options.host, options.port) as listening:
        settings = Settings(ledger=path, host=options.host, port=listening.getsockname()[1],
                            read_only=options.read_only, max_upload_bytes=options.max_upload * MEBIBYTE)
        settings = replace(settings, token=chosen_token(options.token, is_needed=not settings.is_loopback))
        app = create_app(settings)
        app.state.serving.ledger()  # what is no ledger is refused before anybody is told where to find it
        sys.stdout.write(f"{path}{', read-only' if settings.read_only else ''}: {settings.address}\n")
        sys.stdout.flush()
        sys.stderr.write(("" if is_built(BUILT) else NOT_BUILT) + ("" if settings.is_loopback else IN_THE_CLEAR))
        if options.open:
            webbrowser.open(settings.address)
        server(app).run([listening])
    return 0


def chosen_token(given: str | None, *, is_needed: bool) -> str | None:
    """The token to ask for: as given, from the environment, or made. Raises `SidesError`."""
    token = os.environ.get(TOKEN_VARIABLE) if given is None else given
    if not token:
        return None if given is None and not is_needed else secrets.token_urlsafe(TOKEN_BYTES)
    if not TOKEN.fullmatch(token):
        raise SidesError("A token has 16 to 200 letters, digits, hyphens or underscores. --token without a value makes "
                         "one.")
    return token


def port(text: str) -> int:
    """A port argument."""
    number = int(text)
    if not 0 <= number < 2**16:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def mebibytes(text: str) -> int:
    """A size argument, in whole megabytes."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a size is a whole number of megabytes, at least 1")
    return number
