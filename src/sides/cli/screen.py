"""What commands print through: a terminal that fits its width, or plain text in a pipe."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console, RenderableType

# In a pipe there is no width to fit: lines stay as long as a wide terminal's.
PIPE_WIDTH = 120


def console(*, error: bool = False) -> Console:
    """Standard output, or standard error for what is not the answer."""
    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False, soft_wrap=False)


def show(*parts: RenderableType) -> None:
    """Print an answer on standard output. In a pipe, lines carry no blanks at their ends.

    What must not be broken, such as a command to be copied, may be wider than the screen.
    """
    screen = console()
    if screen.is_terminal:
        for part in parts:
            screen.print(part, crop=False)
        return
    with screen.capture() as captured:
        for part in parts:
            screen.print(part, crop=False)
    sys.stdout.write("\n".join(line.rstrip() for line in captured.get().split("\n")))


def print_json(value: Any) -> None:
    """A JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
