"""Answer the questions of agents about a ledger, over standard input and output, by the Model Context Protocol.

It is started by the program that an agent runs in (docs/agents.md). All its tools only read; every answer carries
quotes, sources and dates.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sides.cli.arguments import LEDGER_VARIABLE, ledger_path
from sides.model.errors import MissingExtra


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("ledger", nargs="?", type=Path, metavar="NAME.sides",
                        help=f"the ledger; by default ${LEDGER_VARIABLE}, else the only *.sides folder here")
    parser.add_argument("--version", type=int, metavar="N",
                        help="as the ledger was at an earlier version; by default the newest at each question")


def run(options: argparse.Namespace) -> int:
    """Serve until the input ends."""
    path = ledger_path(options)
    try:
        from sides.mcp.server import server
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise MissingExtra("Agents are answered with the package mcp, which is not installed. Install it with: "
                           "pip install 'sides[mcp]'") from error
    server(path, options.version).run("stdio")
    return 0
