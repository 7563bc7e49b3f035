"""Reading with a language model beside the default readers, which read first: gate, ask, check, commit.

What a document's passages are, and what the answers come to, are tasks for an engine; this process alone asks, so that
budget, order and key are in one hand. A document whose passages are not all answered is left out by name and stays as
the default readers have it; what was answered is kept, so that the same command goes on where this one ended.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sides.actors.resolution import Resolution
from sides.claims.learned.reader import LearnedReader
from sides.claims.llm.asking import Asker, Unsent
from sides.claims.llm.cache import Answers
from sides.claims.llm.client import library
from sides.claims.llm.endpoint import Endpoint
from sides.claims.llm.prompt import Messages, messages
from sides.claims.llm.reader import NAME, ModelReader, reading_version
from sides.claims.llm.tally import Tally
from sides.documents import Options, Source, find, load
from sides.engines import local
from sides.engines.engine import CHUNK, LOCAL, Engine, Result, chunks, opened
from sides.engines.plan import Plan
from sides.engines.stages import desk, fallen
from sides.engines.worker import Settings, checked
from sides.ledger.store import Store
from sides.model.document import Document
from sides.model.errors import InputError, UnaskedDocument, UnreadableDocument, is_interrupt
from sides.model.reading import Reading
from sides.parsing.pipeline import Parsed

# Few enough that progress is seen and little is read twice after a kill, enough to keep several requests under way.
DOCUMENTS_TOGETHER = 8


@dataclass(slots=True)
class AskReport:
    """What a model was sent and what came of it; of a dry run, what it would be sent."""

    model: str
    base_url: str
    is_here: bool  # whether the text stayed on this machine
    is_dry: bool
    form: str | None = None  # in which answers were asked for, where any were
    documents: int = 0  # whose passages were all answered; of a dry run, those that would be asked about
    sentences: int = 0
    marked: int = 0  # by the gate
    withheld: int = 0  # that would be marked, but stand in paragraphs that speak to a model
    characters: int = 0  # of the documents
    characters_sent: int = 0  # those of passages, each shown once
    passages: int = 0
    unsent: int = 0  # passages without an answer
    asked: int = 0  # requests answered now; of a dry run, requests that would be sent
    kept: int = 0  # answers that were there already
    repaired: int = 0  # second requests, after an answer of the wrong form
    prompt_tokens: int = 0  # of a dry run, estimated
    answer_tokens: int = 0  # of a dry run, at most
    usd: float | None = None  # where prices are given
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of a document is sent, and how much of it that is."""

    document: Document
    passages: tuple[Messages, ...]
    sentences: int
    marked: int
    withheld: int
    characters_sent: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A document with the answers to each of its passages, one a sample."""

    document: Document
    answers: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """What the document is called."""
        return self.document.name


@dataclass(frozen=True, slots=True)
class Concluded:
    """What a model adds to a document, and what became of all that it said."""

    reading: Reading
    tally: Tally


def read(store: Store | None, targets: Sequence[str | Source], *, options: Options, settings: Settings, plan: Plan,
         workers: int = 1, engine: str = LOCAL, progress: local.Progress | None = None) -> local.ReadReport:
    """Read paths, folders, URLs, feeds or "-" with the default readers, then with a model beside them.

    A dry run reads nothing and needs no ledger.
    """
    _ready(plan)
    progress = progress or local.Silence()
    if plan.is_dry or store is None:
        report = local.ReadReport()
        loaded = [one for source in find(targets) for one in (
            [source] if isinstance(source, InputError) else load(source, options))]
        report.left_out.extend(one for one in loaded if isinstance(one, InputError))
        documents = list({one.id: one for one in loaded if isinstance(one, Document)}.values())
    else:
        report = local.read(store, targets, options=options, settings=settings, workers=workers, engine=engine,
                            progress=progress)
        documents = list(store.snapshot().documents(set(report.met)))
    return _beside(store, documents, report, settings, plan, workers, engine, progress)


def reread(store: Store, *, settings: Settings, plan: Plan, workers: int = 1, engine: str = LOCAL,
           progress: local.Progress | None = None) -> local.ReadReport:
    """Read the stored documents again: with the default readers, then with a model, where either has not read them."""
    _ready(plan)
    progress = progress or local.Silence()
    report = local.ReadReport() if plan.is_dry else local.reread(store, settings=settings, workers=workers,
                                                                 engine=engine, progress=progress)
    snapshot = store.snapshot()
    passed_over = snapshot.not_to_read()
    documents = [document for document in snapshot.documents() if document.id not in passed_over]
    return _beside(store, documents, report, settings, plan, workers, engine, progress)


def _ready(plan: Plan) -> None:
    """Raise `EndpointError` for want of a client before anything is read, unless all answers may be there already."""
    if not plan.is_dry and not plan.answers.exists():
        library()


def _beside(store: Store | None, documents: Sequence[Document], report: local.ReadReport, settings: Settings,
            plan: Plan, workers: int, engine: str, progress: local.Progress) -> local.ReadReport:
    """The model's part of a run, after the default readers'."""
    if report.was_interrupted:
        return report
    endpoint, began = plan.endpoint, time.monotonic()
    report.asked = asked = AskReport(endpoint.model, endpoint.base_url, endpoint.is_here, plan.is_dry)
    version = reading_version(settings.version, endpoint)
    unread = documents if store is None else store.snapshot().unread(documents, NAME, version)
    unread = sorted(unread, key=lambda one: (one.published, one.name, one.id))
    progress.found(len(report.met) + len(report.left_out) + len(unread))
    asker = Asker(endpoint, Answers(plan.answers), plan.budget)
    run = _Run(store, settings, version, plan, asker, report, asked, progress)
    try:
        with opened(engine, max(1, min(workers, -(-len(unread) // CHUNK)))) as running:
            for some in chunks(unread, DOCUMENTS_TOGETHER):
                run.go(running, some)
    except (KeyboardInterrupt, RuntimeError) as error:
        if not is_interrupt(error):
            raise
        report.was_interrupted = True
    finally:
        asker.close()
        if not plan.is_dry:
            spent = asker.spent
            asked.form, asked.asked, asked.kept, asked.repaired = asker.form, spent.asked, spent.kept, spent.repaired
            asked.prompt_tokens, asked.answer_tokens = spent.prompt_tokens, spent.answer_tokens
        asked.usd = plan.budget.usd_of(asked.prompt_tokens, asked.answer_tokens)
    report.version = store.snapshot().version if store is not None else 0
    report.seconds += time.monotonic() - began
    return report


class _Run:
    """The documents of one run, a few at a time."""

    def __init__(self, store: Store | None, settings: Settings, version: str, plan: Plan, asker: Asker,
                 report: local.ReadReport, asked: AskReport, progress: local.Progress) -> None:
        self._store, self._settings, self._version, self._plan = store, settings, version, plan
        self._asker, self._report, self._asked, self._progress = asker, report, asked, progress

    def go(self, engine: Engine, documents: Sequence[Document]) -> None:
        """Gate, ask, check and commit some documents."""
        gate = partial(_prepare, self._settings, self._plan.endpoint)
        ready = [one for one in map(self._fine, engine.each(gate, documents, fallen)) if one is not None]
        for one in ready:
            self._count(one)
        if self._plan.is_dry or self._store is None:
            self._estimate(ready)
            return
        task = partial(_conclude, self._settings, self._plan.endpoint, self._version)
        concluded = [done for done in map(self._fine, engine.each(task, self._answered(ready), _fallen))
                     if done is not None]
        self._store.append([done.reading for done in concluded])
        for done in concluded:
            self._asked.documents += 1
            self._asked.tally.add(done.tally)
            self._report.claims += len(done.reading.claims)
            self._progress.advanced(done.reading.document.name)

    def _fine(self, one: Result | InputError) -> Result | None:
        """What came of a document, or nothing: then why stands in the report."""
        if not isinstance(one, InputError):
            return one
        self._report.left_out.append(one)
        self._progress.advanced(one.name)
        return None

    def _count(self, one: Prepared) -> None:
        asked = self._asked
        asked.sentences += one.sentences
        asked.marked += one.marked
        asked.withheld += one.withheld
        asked.characters += len(one.document.text)
        asked.characters_sent += one.characters_sent
        asked.passages += len(one.passages)

    def _estimate(self, ready: Sequence[Prepared]) -> None:
        estimate = self._asker.estimate([passage for one in ready for passage in one.passages])
        self._asked.documents += len(ready)
        self._asked.asked += estimate.requests
        self._asked.kept += estimate.kept
        self._asked.prompt_tokens += estimate.prompt_tokens
        self._asked.answer_tokens += estimate.most_answer_tokens
        for one in ready:
            self._progress.advanced(one.document.name)

    def _answered(self, ready: Sequence[Prepared]) -> Iterable[Answered]:
        """The documents whose passages are all answered; the others are left out by name."""
        replies = iter(self._asker.ask([passage for one in ready for passage in one.passages]))
        for one in ready:
            own = [next(replies) for _ in one.passages]
            lacking = [reply for reply in own if isinstance(reply, Unsent)]
            if lacking:
                self._asked.unsent += len(lacking)
                self._fine(UnaskedDocument(
                    one.document.name, f"was not read by the model: of {len(own)} passages {len(lacking)} have no "
                    f"answer ({lacking[0].why})", "Repeat the command, with a larger budget where it was used up: what "
                    "was answered is kept."))
            else:
                yield Answered(one.document, tuple(reply for reply in own if not isinstance(reply, Unsent)))


def _prepare(settings: Settings, endpoint: Endpoint, document: Document) -> list[Prepared | InputError]:
    """What of a document is sent."""
    def gate(reader: LearnedReader, parsed: Parsed, resolution: Resolution) -> Prepared:
        found = ModelReader(reader, endpoint).gate(parsed, resolution)
        shown = {(one.begin_char, one.end_char) for passage in found.passages for one in passage.sentences}
        return Prepared(document, tuple(messages(passage, document.published) for passage in found.passages),
                        found.sentences, found.marked, found.withheld, sum(end - begin for begin, end in shown))

    try:
        return [desk(settings).studied(document, gate)]
    except Exception as error:  # noqa: BLE001 - one document's failure stays its own
        return [failed(document, error)]


def _conclude(settings: Settings, endpoint: Endpoint, version: str, one: Answered) -> list[Concluded | InputError]:
    """What the answers about a document come to."""
    document = one.document

    def conclude(reader: LearnedReader, parsed: Parsed, resolution: Resolution) -> Concluded:
        read = ModelReader(reader, endpoint).read(parsed, resolution, one.answers)
        named = {name for claim in read.claims for name in (claim.source, claim.target, claim.third, claim.speaker)}
        # The mentions are those of the default reading; a claim's actors are told here too, should that one change.
        reading = Reading(document=document, reader=NAME, reader_version=version, mentions=(),
                          actors=tuple(actor for actor in resolution.actors if actor.id in named), claims=read.claims)
        return Concluded(checked(reading), read.tally)

    try:
        return [desk(settings).studied(document, conclude)]
    except Exception as error:  # noqa: BLE001 - one document's failure stays its own
        return [failed(document, error)]


def _fallen(one: Answered) -> InputError:
    return fallen(one.document)


def failed(document: Document, error: Exception) -> InputError:
    """What stands in the place of a document that makes the code around a model fail."""
    return UnreadableDocument(document.name, f"made the reader fail ({type(error).__name__}: {error})",
                              "Please report it with the text; the other documents are read.")
