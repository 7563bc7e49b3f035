"""Write a ledger of made-up documents (`synthetic.py`) through the ledger's own writers, to measure the web app on.

    python benchmarks/web.py make FOLDER.sides [--claims 1000000] [--seed 1]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from synthetic import Size, make


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The part's arguments."""
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)


def run(options: argparse.Namespace) -> int:
    """Make it."""
    began = time.perf_counter()
    make(options.ledger, Size.of(options.claims), options.seed)
    print(f"made in {time.perf_counter() - began:.0f} s")
    return 0
