"""The interface behind which a plug-in makes another event dataset known."""

from __future__ import annotations

import warnings
from typing import Protocol

from sides.events.mapping import Mapping, parse_mapping, shipped_names
from sides.model.errors import PluginError, PluginWarning
from sides.plugins import Plugin, Point, installed


class Adapter(Protocol):
    """Says what the columns of an event dataset mean.

    Its `name` is what `--as` takes, and that of its dataset. It depends on nothing: each call gives the same mapping.
    """

    name: str
    version: str

    def mapping(self) -> str:
        """The mapping, in TOML: docs/events.md describes it. Its `[dataset] name` is the adapter's name."""
        ...


def adapted() -> dict[str, Mapping]:
    """The mappings of all plug-ins, by name. One that cannot be had is told by a `PluginWarning`, and costs itself."""
    found = {}
    for plugin in installed(Point.ADAPTERS, shipped_names()):
        try:
            found[plugin.name] = mapping_of(plugin)
        except PluginError as error:
            warnings.warn(str(error), PluginWarning, stacklevel=2)
    return found


def mapping_of(plugin: Plugin) -> Mapping:
    """The mapping that a plug-in gives. Raises `PluginError`, which names it, for one that makes no sense."""
    adapter: Adapter = plugin.make()
    try:
        mapping = parse_mapping(adapter.mapping(), "its mapping")
        if mapping.dataset.name != plugin.name:
            raise ValueError(f"its mapping is of the dataset {mapping.dataset.name!r}")
    except Exception as error:
        raise plugin.failed(error) from error
    return mapping
