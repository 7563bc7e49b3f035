"""A place to try texts and the lexicon on: what reads a document, loaded once, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sides.actors.overlays import OverlayFile
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.claims.accounts import Told, told
from sides.claims.grammar.coverage import Coverage, Gap
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.reader import LearnedReader
from sides.documents import Options, find, load
from sides.model.actor import Actor
from sides.model.document import Document
from sides.model.errors import InputError, UnreadableDocument
from sides.parsing.pipeline import Parser


class Bench:
    """A loaded parser, resolver and reader."""

    def __init__(self, reader: GrammarReader | LearnedReader, registry: Sequence[OverlayFile] = ()) -> None:
        self.reader = reader
        self._parser, self._resolver = Parser.load(), Resolver(Registry.load(registry))

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon that is read with."""
        return (self.reader if isinstance(self.reader, GrammarReader) else self.reader.grammar).lexicon

    def explain(self, document: Document) -> tuple[list[Told], tuple[Actor, ...]]:
        """How each sentence of a document is read, and the actors that it mentions."""
        (parsed,) = self._parser.parse([document])
        resolution = self._resolver.resolve(parsed)
        return told(self.reader, parsed, resolution), resolution.actors

    def gaps(self, targets: Sequence[str], options: Options) -> Iterator[list[Gap] | InputError]:
        """What the lexicon lacks for each document of some paths, or why one is left out."""
        for source in find(targets):
            if isinstance(source, InputError):
                yield source
                continue
            for one in load(source, options):
                yield one if isinstance(one, InputError) else self._try(one)

    def _try(self, document: Document) -> list[Gap] | InputError:
        try:
            with self._parser.nlp.memory_zone():
                (parsed,) = self._parser.parse([document])
                return Coverage(self.lexicon, self._resolver.resolve(parsed)).gaps(parsed)
        except Exception as error:  # noqa: BLE001 - one document's failure stays its own
            return UnreadableDocument(document.name, f"made the reader fail ({type(error).__name__}: {error})",
                                      "Please report it with the text; the other documents are covered.")
