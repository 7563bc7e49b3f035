"""Loading and reading many documents, in order: in this process, or over several."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Protocol, Self, TypeVar

from sides.documents import Options, Source, load
from sides.engines.worker import Desk, Read, Settings, leave_with_parent
from sides.model.document import Document
from sides.model.errors import InputError, UnreadableDocument

Item = TypeVar("Item", Source, Document)
Result = TypeVar("Result", Document, Read)

# Small enough to keep all workers busy at the end, large enough that handing over costs nothing.
CHUNK = 4
# Chunks in flight for each worker: enough that none waits, few enough that memory stays bounded.
CHUNKS_AHEAD = 3


class Stage(Protocol):
    """Loads sources and reads documents; results come in the order of what it is given."""

    def load(self, sources: Iterable[Source], options: Options) -> Iterator[Document | InputError]:
        """The documents of the sources, and why others are none."""
        ...

    def read(self, documents: Iterable[Document]) -> Iterator[Read | InputError]:
        """The reading of each document, or why there is none."""
        ...


class InProcess:
    """A stage in this process: one document after the other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def load(self, sources: Iterable[Source], options: Options) -> Iterator[Document | InputError]:
        """See `Stage`."""
        for source in sources:
            yield from load(source, options)

    def read(self, documents: Iterable[Document]) -> Iterator[Read | InputError]:
        """See `Stage`."""
        for document in documents:
            yield _desk(self._settings).try_reading(document)


class Processes:
    """A stage over worker processes. A document that brings a worker down costs that document alone."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings, self._workers = settings, workers
        self._pool = self._new_pool(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def load(self, sources: Iterable[Source], options: Options) -> Iterator[Document | InputError]:
        """See `Stage`."""
        return self._each(sources, partial(_load, options))

    def read(self, documents: Iterable[Document]) -> Iterator[Read | InputError]:
        """See `Stage`."""
        return self._each(documents, partial(_read, self._settings))

    def _each(self, items: Iterable[Item], task: Callable[[list[Item]], list[Result | InputError]],
              ) -> Iterator[Result | InputError]:
        work = chunks(items)
        ahead: deque[tuple[list[Item], Future[list[Result | InputError]]]] = deque()
        while True:
            for chunk in islice(work, CHUNKS_AHEAD * self._workers - len(ahead)):
                ahead.append((chunk, self._submit(task, chunk)))
            if not ahead:
                return
            chunk, future = ahead.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                for item in chunk:
                    yield from self._alone(item, task)
                self._pool = self._new_pool(self._workers)
                ahead = deque((other, self._submit(task, other)) for other, _ in ahead)

    def _submit(self, task: Callable[[list[Item]], list[Result | InputError]], chunk: list[Item],
                ) -> Future[list[Result | InputError]]:
        try:
            return self._pool.submit(task, chunk)
        except BrokenProcessPool as error:  # a chunk in flight has just brought it down: this one waits for its turn
            future: Future[list[Result | InputError]] = Future()
            future.set_exception(error)
            return future

    def _alone(self, item: Item, task: Callable[[list[Item]], list[Result | InputError]]) -> list[Result | InputError]:
        with self._new_pool(1) as pool:
            try:
                return pool.submit(task, [item]).result()
            except BrokenProcessPool:
                return [UnreadableDocument(item.name, "brought the reading process down (out of memory?)",
                                           "Split it or leave it out; the other documents are read.")]

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: the parent holds threads of the database, which a fork would copy half-way.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Runs of at most `size` items."""
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


@cache
def _desk(settings: Settings) -> Desk:
    """The desk of this process, loaded when first needed."""
    return Desk(settings)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    leave_with_parent()


def _load(options: Options, sources: list[Source]) -> list[Document | InputError]:
    return [loaded for source in sources for loaded in load(source, options)]


def _read(settings: Settings, documents: list[Document]) -> list[Read | InputError]:
    return [_desk(settings).try_reading(document) for document in documents]
