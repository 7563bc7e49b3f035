"""What runs a task over many items: this process, processes of this machine, or a Spark cluster.

A task is a function of one item that gives its results: of a source its documents, of a document its reading, of a part
of the dyads their courses. Every stage that is spread out is such a task, and every engine calls the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Task = Callable[[Item], Iterable[Result]]

LOCAL = "local"
# Small enough to keep all workers busy at the end, large enough that handing over costs nothing.
CHUNK = 4


class Engine(Protocol):
    """Runs tasks. What comes out, and in which order, does not depend on the engine."""

    def each(self, task: Task[Item, Result], items: Iterable[Item], lost: Callable[[Item], Result], *,
             chunk: int = CHUNK) -> Iterator[Result]:
        """The results of each item, in the order of the items, read a few chunks ahead of what is asked for.

        Task, items and results go to other processes by pickle. An item that brings its process down costs itself
        alone: `lost` says what stands in its place, or raises. `chunk` items are handed over together: 1 where each
        takes long.
        """
        ...


def opened(name: str = LOCAL, workers: int = 1) -> AbstractContextManager[Engine]:
    """The engine of a name, for a `with` statement.

    "local" is this machine, with so many processes (one: this one); "local[N]" and "spark://HOST:PORT" are masters of
    Spark, where its own settings say how much works at once. Raises `EngineError` if Spark cannot be started.
    """
    if name == LOCAL:
        from sides.engines.processes import InProcess, Processes

        return nullcontext(InProcess()) if workers <= 1 else Processes(workers)
    from sides.engines.spark import Spark

    return Spark(name)


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Runs of at most `size` items.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


def groups(files: Iterable[Item], path: Callable[[Item], Path], least: int) -> Iterator[tuple[Item, ...]]:
    """Runs of files of together at least so many bytes; the last may have fewer. `path`: where a file lies."""
    group, held = list[Item](), 0
    for file in files:
        group.append(file)
        held += path(file).stat().st_size if path(file).exists() else 0
        if held >= least:
            yield tuple(group)
            group, held = [], 0
    if group:
        yield tuple(group)


def done(task: Task[Item, Result], chunk: Iterable[Item]) -> list[Result]:
    """All results of a chunk: what a worker of any engine does with one."""
    return [result for item in chunk for result in task(item)]
