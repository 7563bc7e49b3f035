"""The web app at full size: a million claims, two thousand actors, twenty thousand ties, twenty years.

`python benchmarks/web.py make FOLDER.sides` writes the ledger; the parts `server`, `browser` and `clients` measure:
`python benchmarks/web.py PART --help` tells what a part does.
"""

from __future__ import annotations

import argparse
import sys

import web_browser
import web_clients
import web_make
import web_server

PARTS = {"make": web_make, "server": web_server, "browser": web_browser, "clients": web_clients}


def main() -> int:
    """Run one part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    for name, module in PARTS.items():
        module.add_arguments(parts.add_parser(name, description=module.__doc__,
                                              formatter_class=argparse.RawDescriptionHelpFormatter))
    options = parser.parse_args()
    return int(PARTS[options.part].run(options))


if __name__ == "__main__":
    sys.exit(main())
