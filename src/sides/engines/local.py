"""Reading: documents through loading, reading and the ledger, which this process writes whatever engine reads.

Results arrive in the order of the inputs and memory stays bounded. Each commit is atomic and small; a run that was
killed goes on, when repeated, after its last one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sides.actors.overlays import OverlayFile
from sides.actors.registry import Registry
from sides.claims.grammar.extension import extended
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.guest import Guest
from sides.claims.mode import Mode
from sides.documents import Options, Source, find, load
from sides.engines.engine import CHUNK, LOCAL, Engine, opened
from sides.engines.stages import documents_of, readings_of
from sides.engines.worker import Read, Settings
from sides.ledger.store import Store
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import InputError, is_interrupt

if TYPE_CHECKING:
    from sides.engines.beside import AskReport

# A commit costs tens of milliseconds, a document some 400: one percent of the time goes into commits, and at most so
# many documents are read again after a kill. `benchmarks/read.py` watches it.
COMMIT_DOCUMENTS = 32
COMMIT_SECONDS = 10.0


class Progress(Protocol):
    """Told how far a run is."""

    def found(self, total: int) -> None:
        """So many inputs are to be read."""
        ...

    def advanced(self, name: str) -> None:
        """One more input is done."""
        ...


class Silence:
    """Progress that nobody wants to see."""

    def found(self, total: int) -> None:
        """Say nothing."""

    def advanced(self, name: str) -> None:
        """Say nothing."""


@dataclass(slots=True)
class ReadReport:
    """What a run read, what was there already, and what it left out, with the reasons."""

    read: list[str] = field(default_factory=list)  # names of documents
    already: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)  # the text stands in the ledger under another name, outlet or date
    left_out: list[InputError] = field(default_factory=list)
    met: list[str] = field(default_factory=list)  # ids of the documents that the targets hold, each time one is met
    told_again: list[InputError] = field(default_factory=list)  # imported lines that another line stands for
    mentions: int = 0
    claims: int = 0
    version: int = 0  # of the ledger, after the run
    seconds: float = 0.0
    was_interrupted: bool = False
    asked: AskReport | None = None  # where a language model read beside the default readers

    @property
    def is_complete(self) -> bool:
        """Whether nothing was left out and nothing interrupted the run."""
        return not self.left_out and not self.was_interrupted


def read(store: Store, targets: Sequence[str | Source], *, options: Options, settings: Settings, workers: int = 1,
         engine: str | Engine = LOCAL, progress: Progress | None = None) -> ReadReport:
    """Read paths, folders, URLs, feeds or "-" into a ledger.

    Documents that were read before are passed over. A bad input costs that input alone and stands in the report. An
    interrupt (Ctrl-C) ends the run after what is read so far is committed. `engine`: one that is open, or the name of
    one (see `sides.engines.engine.opened`).
    """
    progress = progress or Silence()
    report = ReadReport()
    found = list(find(targets))
    report.left_out.extend(one for one in found if isinstance(one, InputError))
    sources = [one for one in found if not isinstance(one, InputError)]
    progress.found(len(sources))
    with _running(engine, workers, len(sources)) as running:
        _Run(store, running, settings, report, progress).go(_loaded(sources, running, options))
    return report


def reread(store: Store, *, settings: Settings, workers: int = 1, engine: str | Engine = LOCAL,
           progress: Progress | None = None) -> ReadReport:
    """Read the stored documents again that the present reader has not read.

    Tables of events, and documents that were imported with their claims and that no reader ever read, are passed over:
    to read them would put a second account of each beside the first.
    """
    progress = progress or Silence()
    report = ReadReport()
    snapshot = store.snapshot()
    passed_over = snapshot.not_to_read()
    documents = [document for document in snapshot.documents() if document.id not in passed_over]
    progress.found(len(documents))
    with _running(engine, workers, len(documents)) as running:
        _Run(store, running, settings, report, progress).go(iter(documents))
    return report


def settings_for(store: Store | None, registry: Sequence[Path] | None, lexicon: Sequence[Path] | None,
                 reader: str = Mode.BOTH, *, is_dry: bool = False) -> Settings:
    """How to read into a ledger: with these files, which it keeps from then on, or (`None`) with those that it keeps.

    `is_dry`: nothing is kept, and there may be no ledger yet.

    Raises `RegistryError` or `LexiconError` if one makes no sense, `PluginError` for a reader that there is not or that
    cannot be loaded; then nothing is kept.
    """
    version = "" if reader in list(Mode) else Guest.load(reader).version
    overlays = None if registry is None else tuple(OverlayFile.read(path) for path in registry)
    files = None if lexicon is None else tuple(LexiconFile.read(path) for path in lexicon)
    if overlays is not None:
        Registry.load(overlays)
    if files:
        extended(Lexicon.load(), files)
    if store is None:
        return Settings(overlays or (), files or (), str(reader), version)
    if overlays is not None and not is_dry:
        store.keep_registry(overlays)
    if files is not None and not is_dry:
        store.keep_lexicon(files)
    kept = store.snapshot()
    return Settings(kept.registry_files() if overlays is None else overlays,
                    kept.lexicon_files() if files is None else files, str(reader), version)


def _running(engine: str | Engine, workers: int, inputs: int) -> AbstractContextManager[Engine]:
    return opened(engine, min(workers, -(-inputs // CHUNK))) if isinstance(engine, str) else nullcontext(engine)


def _loaded(sources: Sequence[Source], engine: Engine, options: Options) -> Iterator[Document | InputError]:
    """Documents of files through the engine; of archives, addresses and standard input as they stream in here."""
    yield from documents_of(engine, (source for source in sources if not _is_stream(source)), options)
    for source in sources:
        if _is_stream(source):
            yield from load(source, options)


def _is_stream(source: Source) -> bool:
    return source.path is None or ".warc" in source.path.suffixes


class _Run:
    """One run of the reading stage into one ledger."""

    def __init__(self, store: Store, engine: Engine, settings: Settings, report: ReadReport,
                 progress: Progress) -> None:
        self._store, self._engine, self._report, self._progress = store, engine, report, progress
        self._settings, self._version = settings, settings.version
        self._snapshot = store.snapshot()
        self._dates: dict[str, PartialDate] = {}  # of each text that this run reads: the first date that it bears
        self._sightings: set[tuple[str, PartialDate, str | None, str]] = set()  # what this run has come across
        self._copies: list[Document] = []
        self._reads: list[Read] = []

    def go(self, documents: Iterator[Document | InputError]) -> None:
        """Read and commit everything that is new, in order."""
        began = committed = time.monotonic()
        try:
            for one in readings_of(self._engine, self._new(documents), self._settings):
                if isinstance(one, InputError):
                    self._leave_out(one)
                    continue
                self._reads.append(one)
                self._progress.advanced(one.reading.document.name)
                if len(self._reads) >= COMMIT_DOCUMENTS or time.monotonic() - committed > COMMIT_SECONDS:
                    self._commit()
                    committed = time.monotonic()
        except (KeyboardInterrupt, RuntimeError) as error:
            if not is_interrupt(error):
                raise
            self._report.was_interrupted = True
        self._commit()
        self._report.version = self._store.snapshot().version
        self._report.seconds = time.monotonic() - began

    def _new(self, documents: Iterator[Document | InputError]) -> Iterator[Document]:
        """The documents to read; the others go into the report, and copies into the next commit."""
        for one in documents:
            if isinstance(one, InputError):
                self._leave_out(one)
                continue
            self._report.met.append(one.id)
            sighting = (one.id, one.published, one.outlet, one.name)
            is_known = sighting in self._sightings or self._snapshot.has_sighting(one)
            self._sightings.add(sighting)
            if not self._is_read(one):
                self._dates[one.id] = one.published
                yield one
                continue
            if is_known:
                self._report.already.append(one.name)
            else:
                self._report.copies.append(one.name)
                self._copies.append(one)
            self._progress.advanced(one.name)

    def _leave_out(self, error: InputError) -> None:
        self._report.left_out.append(error)
        self._progress.advanced(error.name)

    def _is_read(self, document: Document) -> bool:
        """Whether its text is read, under its date or, for a copy, an earlier one."""
        first = self._dates.get(document.id)
        if first is not None and first <= document.published:
            return True
        return not self._snapshot.unread([document], self._settings.mode, self._version)

    def _commit(self) -> None:
        reads, copies = self._reads, self._copies
        self._reads, self._copies = [], []
        if not reads and not copies:
            return
        self._store.append([read.reading for read in reads], sightings=copies,
                           signatures={read.reading.document.id: read.signature for read in reads})
        for read in reads:
            self._report.read.append(read.reading.document.name)
            self._report.claims += len(read.reading.claims)
            self._report.mentions += len(read.reading.mentions)
