"""Tasks on this machine: in this process, or over several. Twin of `spark`."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from sides.engines.engine import CHUNK, Item, Result, Task, chunks, done
from sides.engines.worker import leave_with_parent

# Chunks in flight for each worker: enough that none waits, few enough that memory stays bounded.
CHUNKS_AHEAD = 3


class InProcess:
    """An engine in this process: one item after the other."""

    def each(self, task: Task[Item, Result], items: Iterable[Item], lost: Callable[[Item], Result], *,
             chunk: int = CHUNK) -> Iterator[Result]:
        """See `Engine`. Nothing is read ahead, and an item that brings its process down takes all with it."""
        for item in items:
            yield from task(item)


class Processes:
    """An engine over worker processes."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._new_pool(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def each(self, task: Task[Item, Result], items: Iterable[Item], lost: Callable[[Item], Result], *,
             chunk: int = CHUNK) -> Iterator[Result]:
        """See `Engine`."""
        work = chunks(items, chunk)
        ahead: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        while True:
            for some in islice(work, CHUNKS_AHEAD * self._workers - len(ahead)):
                ahead.append((some, self._submit(task, some)))
            if not ahead:
                return
            some, future = ahead.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                for item in some:
                    yield from self._alone(task, item, lost)
                self._pool = self._new_pool(self._workers)
                ahead = deque((other, self._submit(task, other)) for other, _ in ahead)

    def _submit(self, task: Task[Item, Result], chunk: list[Item]) -> Future[list[Result]]:
        try:
            return self._pool.submit(done, task, chunk)
        except BrokenProcessPool as error:  # a chunk in flight has just brought it down: this one waits for its turn
            future: Future[list[Result]] = Future()
            future.set_exception(error)
            return future

    def _alone(self, task: Task[Item, Result], item: Item, lost: Callable[[Item], Result]) -> list[Result]:
        with self._new_pool(1) as pool:
            try:
                return pool.submit(done, task, [item]).result()
            except BrokenProcessPool:
                return [lost(item)]

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: the parent holds threads of the database, which a fork would copy half-way.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    leave_with_parent()
