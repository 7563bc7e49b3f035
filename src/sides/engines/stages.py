"""The stages of reading as tasks that any engine runs: sources to documents, documents to readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from sides.documents import Options, Source, load
from sides.engines.engine import Engine
from sides.engines.worker import Desk, Read, Settings
from sides.model.document import Document
from sides.model.errors import InputError, UnreadableDocument


def documents_of(engine: Engine, sources: Iterable[Source], options: Options) -> Iterator[Document | InputError]:
    """The documents of the sources, in their order, and why others are none."""
    return engine.each(partial(load, options=options), sources, fallen)


def readings_of(engine: Engine, documents: Iterable[Document], settings: Settings) -> Iterator[Read | InputError]:
    """The reading of each document, in their order, or why there is none."""
    return engine.each(partial(_read, settings), documents, fallen)


def fallen(item: Source | Document) -> InputError:
    """What stands in the place of an item that brought its process down."""
    return UnreadableDocument(item.name, "brought the reading process down (out of memory?)",
                              "Split it or leave it out; the other documents are read.")


@cache
def desk(settings: Settings) -> Desk:
    """The desk of this process, loaded when first needed."""
    return Desk(settings)


def _read(settings: Settings, document: Document) -> list[Read | InputError]:
    return [desk(settings).try_reading(document)]
