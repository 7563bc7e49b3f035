"""What one process does: load documents, and read them.

A worker holds one language pipeline, one registry and one lexicon, loaded at its first document. It keeps no state that
a result depends on, so that results are the same however the work is divided.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from typing import TypeVar

from sides.actors.overlays import OverlayFile
from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode
from sides.claims.readers import reader_named
from sides.documents import outside_asides, signature
from sides.engines.version import reading_version
from sides.model.document import Document
from sides.model.errors import InputError, PluginError, UnreadableDocument
from sides.model.reading import Reading
from sides.parsing.pipeline import Parsed, Parser

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reading of a document depends on, besides the document."""

    registry_overlays: tuple[OverlayFile, ...] = ()
    lexicon_files: tuple[LexiconFile, ...] = ()
    mode: str = Mode.BOTH  # of the package's readers, or the name of a plug-in
    plugin_version: str = ""  # of that; the package's readers are part of the version anyway

    @property
    def version(self) -> str:
        """The version of a reading with these."""
        return reading_version(self.registry_overlays, self.lexicon_files,
                               f"{self.mode} {self.plugin_version}".strip())


@dataclass(frozen=True, slots=True)
class Read:
    """A reading and the signature of its text (see `sides.documents.signature`)."""

    reading: Reading
    signature: tuple[int, ...]


class Desk:
    """A loaded reader with all that it needs. Loading takes about two seconds and 400 MB."""

    def __init__(self, settings: Settings) -> None:
        registry = Registry.load(settings.registry_overlays)
        self._parser = Parser.load()
        self._resolver = Resolver(registry)
        self._reader = reader_named(settings.mode, settings.lexicon_files)
        self._version = settings.version

    def read(self, document: Document) -> Reading:
        """Read one document: parse it, resolve its actors, read its claims."""
        with self._parser.nlp.memory_zone():  # what the parse has cached of this text is let go with it
            (parsed,) = self._parser.parse([document])
            resolution = self._resolver.resolve(parsed)
            claims, incomplete = self._reader.read_all(parsed, resolution)
        return Reading(document=document, reader=self._reader.name, reader_version=self._version,
                       mentions=resolution.mentions, actors=resolution.actors, claims=tuple(claims),
                       incomplete=tuple(incomplete))

    def studied(self, document: Document, study: Callable[[LearnedReader, Parsed, Resolution], Found]) -> Found:
        """What comes of studying one document's parse, with the reader in which the grammar and the encoder join."""
        assert isinstance(self._reader, LearnedReader)
        with self._parser.nlp.memory_zone():
            (parsed,) = self._parser.parse([document])
            return study(self._reader, parsed, self._resolver.resolve(parsed))

    def try_reading(self, document: Document) -> Read | InputError:
        """The reading of a document, or a named error: no fault of a reader may cost another document."""
        try:
            return Read(checked(self.read(document)), signature(outside_asides(document.text, document.asides)))
        except PluginError as error:
            return UnreadableDocument(document.name, f"was not read: {error}", "The other documents are read.")
        except Exception as error:  # noqa: BLE001 - the boundary at which one document's failure stays its own
            return UnreadableDocument(document.name, f"made the reader fail ({type(error).__name__}: {error})",
                                      "Please report it with the text; the other documents are read.")


def checked(reading: Reading) -> Reading:
    """The reading, if every quote, reason, amount and mention of it stands in the document, character for character."""
    text = reading.document.text
    stretches = [(claim.begin_char, claim.end_char, claim.quote) for claim in reading.claims]
    stretches += [(part.begin_char, part.end_char, part.text)
                  for claim in reading.claims for part in claim.parts]
    stretches += [(one.begin_char, one.end_char, one.quote) for one in reading.incomplete]
    stretches += [(mention.begin_char, mention.end_char, mention.text) for mention in reading.mentions]
    for begin, end, words in stretches:
        if not words or text[begin:end] != words:
            raise ValueError(f"{words!r} does not stand at {begin} to {end}")
    return reading


def leave_with_parent() -> None:
    """End this process when its parent is gone, even if the parent was killed: no orphan goes on working."""
    parent = parent_process()
    if parent is not None:
        def wait(sentinel: int = parent.sentinel) -> None:
            connection.wait([sentinel])
            os._exit(1)

        threading.Thread(target=wait, daemon=True).start()
