"""List what other distributions add: readers, adapters of event datasets, exporters, extractors of text.

Each is loaded, as it would be for use. One that cannot be used is named with the reason, and the exit code is then 1;
nothing else is affected by it. Names that `sides` itself has are taken before a plug-in's.
"""

from __future__ import annotations

import argparse

from rich.table import Table

from sides.claims.mode import TAKEN
from sides.cli import LEFT_OUT
from sides.cli.screen import print_json, show
from sides.documents.extractor import own_suffixes
from sides.events.adapter import mapping_of
from sides.events.mapping import shipped_names
from sides.export.formats import exporters
from sides.export.guest import made
from sides.model.errors import PluginError
from sides.plugins import Plugin, Point, installed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """List them, and tell which cannot be used."""
    found = [(plugin, problem(plugin)) for point in Point for plugin in installed(point, own_names(point))]
    if options.json:
        print_json([{"point": plugin.point, "name": plugin.name, "target": plugin.target,
                     "distribution": plugin.distribution, "problem": told or None} for plugin, told in found])
    elif not found:
        show("No plug-in is installed. docs/plugins.md tells how one is made.")
    else:
        table = Table("", "name", "from", "", box=None, pad_edge=False, header_style="dim")
        for plugin, told in found:
            table.add_row(plugin.point.one, plugin.name, plugin.distribution, told or "can be used")
        show(table)
    return LEFT_OUT if any(told for _, told in found) else 0


def own_names(point: Point) -> tuple[str, ...]:
    """What `sides` itself has at a point, sorted: no plug-in takes these names."""
    names = {Point.READERS: TAKEN, Point.ADAPTERS: shipped_names(), Point.EXPORTERS: exporters(),
             Point.EXTRACTORS: own_suffixes()}
    return tuple(sorted(map(str, names[point])))


def problem(plugin: Plugin) -> str:
    """Why a plug-in cannot be used; empty if it can."""
    loaded = {Point.ADAPTERS: mapping_of, Point.EXPORTERS: made}.get(plugin.point, Plugin.make)
    try:
        loaded(plugin)
    except PluginError as error:
        return str(error)
    return ""
