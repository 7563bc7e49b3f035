"""What other distributions add to `sides`, found by their entry points when it is asked for: see docs/plugins.md.

Nothing is looked up before a name is asked for that is not the package's own, and no other plug-in is loaded then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sides.model.errors import PluginError


class Point(StrEnum):
    """What a plug-in can be. The group of its entry points is `sides.` and this: `sides.readers`."""

    READERS = "readers"
    ADAPTERS = "adapters"
    EXPORTERS = "exporters"
    EXTRACTORS = "extractors"

    @property
    def group(self) -> str:
        """The group of entry points."""
        return f"sides.{self.value}"

    @property
    def one(self) -> str:
        """One of them, in words."""
        return self.value.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Plugin:
    """An entry point: what a distribution offers under a name, and why it is not taken if it is not."""

    point: Point
    name: str
    target: str  # the class or function that makes it: "acme.reading:Tiny"
    distribution: str  # whose it is, with its version: "acme-sides 1.2"
    refused: str = ""

    def __str__(self) -> str:
        return f"the {self.point.one} {self.name!r} of {self.distribution}"

    def make(self) -> Any:
        """The plug-in itself: what the entry point names is called without arguments.

        Raises `PluginError`, which names the plug-in, whatever goes wrong in it.
        """
        from importlib.metadata import EntryPoint

        if self.refused:
            raise PluginError(f"{_capital(str(self))} is not taken: {self.refused}.")
        try:
            made = EntryPoint(self.name, self.target, self.point.group).load()()
        except Exception as error:  # what a stranger's code does wrong is told as theirs
            raise self.failed(error, "cannot be loaded") from error
        if getattr(made, "name", None) != self.name:
            raise PluginError(f"{_capital(str(self))} calls itself {getattr(made, 'name', None)!r}. Its `name` and "
                              "that of its entry point must be the same: report it to whoever makes it.")
        return made

    def failed(self, error: Exception, how: str = "failed") -> PluginError:
        """The error to raise where the plug-in's own code went wrong."""
        return PluginError(f"{_capital(str(self))} {how} ({type(error).__name__}: {error}). Report it to whoever makes "
                           "it, or uninstall it.")


def installed(point: Point, own: Collection[str]) -> list[Plugin]:
    """All plug-ins of a kind, by name; `own` are the names that the package itself has.

    A plug-in with a name of the package's own is refused: the package's is taken. So are several of one name.
    """
    from importlib.metadata import entry_points

    # A distribution that is found in two places of the path, as an editable install may be, is one.
    found = sorted({(entry.name, entry.value, _distribution(entry)) for entry in entry_points(group=point.group)})
    return [Plugin(point, name, target, distribution,
                   _refused(name, own, [one for called, _, one in found if called == name]))
            for name, target, distribution in found]


def named(point: Point, name: str, own: Collection[str]) -> Plugin | None:
    """The plug-in of a name, if one is installed; a refused one tells so when it is made."""
    return next((plugin for plugin in installed(point, own) if plugin.name == name), None)


def _distribution(entry: Any) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else "an unnamed distribution"


def _refused(name: str, own: Collection[str], distributions: list[str]) -> str:
    if name in own:
        return "sides itself has one of this name, which is taken"
    if len(distributions) > 1:
        return f"several have this name ({', '.join(distributions)}), so uninstall all but one"
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
