"""The interface behind which a plug-in takes the text out of a file of a format that the package does not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from sides.documents.content import Content, FoundDate, said, storable
from sides.documents.sniff import suffix
from sides.documents.tables import table
from sides.model.dates import PartialDate
from sides.model.errors import InputError, MalformedInput, PluginError, UnreadableDocument
from sides.plugins import Plugin, Point
from sides.plugins import named as plugin_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The text of one document as an extractor took it out of a file, and what the file says about itself.

    `published`: the date that the file vouches for, as exact as it is known; without it the text or the user dates it.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    published: PartialDate | None = None


class Extractor(Protocol):
    """Takes the text out of files of one format: those whose names end in a dot and its `name`, "docx".

    It depends on nothing but its arguments: no clock, no network, no other file. The same bytes give the same text.
    """

    name: str
    version: str

    def extract(self, name: str, content: bytes) -> Extracted:
        """The text of a file. `name`: what the user calls it, for errors.

        Raises `InputError` (`MalformedInput`, `EmptyInput`) with that name, the reason and a remedy, where it has none.
        """
        ...


def own_suffixes() -> frozenset[str]:
    """The ends of names, without the dot, that the package reads itself: no extractor takes them."""
    return frozenset(one.removeprefix(".") for one in table("formats")["suffixes"])


@cache
def extractor_for(ending: str) -> Plugin | None:
    """The plug-in for files whose names end so (".docx"), if one is installed; looked up once a process."""
    return plugin_named(Point.EXTRACTORS, ending.removeprefix("."), own_suffixes()) if ending else None


def is_extracted(name: str) -> bool:
    """Whether a plug-in is installed for a file of this name, one that the package itself does not read."""
    return extractor_for(suffix(name)) is not None


def extracted(name: str, content: bytes) -> Iterator[Content | InputError]:
    """What the plug-in takes out of a file, or an error that names both: it costs this file alone."""
    plugin = extractor_for(suffix(name))
    assert plugin is not None
    try:
        found = _loaded(plugin).extract(name, content)
        dates = (FoundDate(found.published, "meta"),) if found.published else ()
        yield Content(name=name, format=plugin.name, text=storable(found.text), title=said(found.title),
                      author=said(found.author), outlet=said(found.outlet), language=said(found.language),
                      url=said(found.url), dates=dates)
    except InputError as error:
        yield error
    except PluginError as error:
        yield UnreadableDocument(name, f"cannot be read: {error}", "Or save it as plain text, HTML or PDF.")
    except Exception as error:  # noqa: BLE001 - what a plug-in does wrong costs one file
        yield MalformedInput(name, f"made {plugin} fail ({type(error).__name__}: {error})",
                             "Report it to whoever makes that; or save it as plain text, HTML or PDF.")


@cache
def _loaded(plugin: Plugin) -> Extractor:
    made: Extractor = plugin.make()
    return made
