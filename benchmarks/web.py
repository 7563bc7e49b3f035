"""Measure the web app, part by part: `python benchmarks/web.py PART --help` tells what a part does."""

from __future__ import annotations

import argparse
import sys

import web_clients

PARTS = {"clients": web_clients}


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
