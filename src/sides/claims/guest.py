"""A plug-in that reads claims, as the readers of the package are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sides.actors.resolution import Resolution
from sides.claims.mode import TAKEN, Mode
from sides.claims.reader import Reader
from sides.model.claim import Claim
from sides.model.errors import PluginError
from sides.model.incomplete import Incomplete
from sides.parsing.pipeline import Parsed
from sides.plugins import Plugin, Point, named


class Guest:
    """The reader of a plug-in. Its claims bear its name, and its version with that of its distribution."""

    def __init__(self, plugin: Plugin, reader: Reader) -> None:
        self._plugin, self._reader = plugin, reader
        self.name = plugin.name
        self.version = f"{plugin.distribution}, {reader.version}"

    @classmethod
    def load(cls, name: str) -> Guest:
        """The reader of this name. Raises `PluginError` if none is installed, or it cannot be loaded."""
        plugin = named(Point.READERS, name, TAKEN)
        if plugin is None:
            raise PluginError(f"No reader is called {name!r}. There are {', '.join(Mode)}, llm, and those that "
                              "`sides plugins` lists.")
        return cls(plugin, plugin.make())

    def read_all(self, parsed: Parsed, resolution: Resolution) -> tuple[Sequence[Claim], Sequence[Incomplete]]:
        """The claims of one document, sorted by offset; it tells of nothing incomplete.

        Raises `PluginError`, which names the plug-in, if it fails or speaks of what is not there.
        """
        try:
            claims = [replace(claim, reader=self.name, reader_version=self.version)
                      for claim in self._reader.read(parsed, resolution)]
        except Exception as error:
            raise self._plugin.failed(error) from error
        for claim in claims:
            problem = wrong(claim, parsed, resolution)
            if problem:
                raise self._plugin.failed(ValueError(f"a claim {problem}"))
        return sorted(claims, key=lambda claim: (claim.begin_char, claim.end_char, claim.id)), ()


def wrong(claim: Claim, parsed: Parsed, resolution: Resolution) -> str:
    """Why a claim cannot be one of this document, or nothing: its place, its quotes, its actors."""
    text, known = parsed.document.text, {actor.id for actor in resolution.actors}
    if claim.document != parsed.document.id:
        return f"names another document ({claim.document})"
    for begin, end, words in [(claim.begin_char, claim.end_char, claim.quote),
                              *((part.begin_char, part.end_char, part.text) for part in claim.parts)]:
        if not words.strip() or begin < 0 or text[begin:end] != words:
            return f"quotes {words!r}, which does not stand at {begin} to {end}"
    if claim.source == claim.target:
        return f"is about {claim.source!r} alone"
    for role in ("source", "target", "third"):
        actor = getattr(claim, role)
        if actor is not None and actor not in known:
            return f"has a {role} that the document does not mention ({actor})"
    if claim.start and claim.end and claim.end.last < claim.start.first:
        return f"ends ({claim.end}) before it starts ({claim.start})"
    return "" if 0 <= claim.confidence <= 1 else f"has a confidence of {claim.confidence}"
