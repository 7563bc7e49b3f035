"""A plug-in that writes a ledger in a format of its own, as the exporters of the package are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO

from sides.export.exporter import Exporter, Ledger, Wanted, Written
from sides.model.errors import SidesError
from sides.plugins import Plugin, Point, named


class Guest:
    """The exporter of a plug-in. What goes wrong in it is told as its own, and leaves no file."""

    def __init__(self, plugin: Plugin) -> None:
        """Raises `PluginError` if it cannot be loaded."""
        self._plugin, self._exporter = plugin, made(plugin)
        self.name, self.suffix, self.subjects = plugin.name, self._exporter.suffix, tuple(self._exporter.subjects)

    @classmethod
    def load(cls, name: str, own: Collection[str]) -> Guest | None:
        """The exporter of this name, if one is installed; `own`: the names of the package's exporters."""
        plugin = named(Point.EXPORTERS, name, own)
        return None if plugin is None else cls(plugin)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Have it written. Raises `PluginError`, which names the plug-in, for anything but an error of ours."""
        try:
            return self._exporter.write(ledger, file, wanted)
        except SidesError:
            raise
        except Exception as error:
            raise self._plugin.failed(error) from error


def made(plugin: Plugin) -> Exporter:
    """What a plug-in offers, if it has the shape of an exporter. Raises `PluginError`."""
    exporter: Exporter = plugin.make()
    try:
        if not (exporter.suffix.startswith(".") and all(isinstance(one, str) for one in exporter.subjects)
                and callable(exporter.write)):
            raise ValueError(f"its suffix is {exporter.suffix!r}, its subjects are {exporter.subjects!r}")
    except Exception as error:
        raise plugin.failed(error, "is no exporter") from error
    return exporter
