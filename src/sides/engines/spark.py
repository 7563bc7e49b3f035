"""Tasks on Spark: on the cluster of a master, or on this machine as Spark runs it. Twin of `processes`.

A chunk of items is a row of a record batch, (place, payload), with the items as its payload; `mapInArrow` takes it to a
worker's Python, which makes a row of the results. Chunks go out in waves, one job each and several at a time, so that
nobody waits for the last chunk of a wave; results come back here in the order of the items, and this process commits
them. Whoever works needs `sides` installed and nothing else: it must be the same as here, which is checked.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from contextlib import chdir
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sides.engines.engine import CHUNK, Item, Result, Task, chunks, done
from sides.engines.version import installed
from sides.model.errors import EngineError

if TYPE_CHECKING:
    import pyarrow

    from sides.engines.spark_session import Running

# Chunks in one job at most: what a driver holds of a wave stays small however many cores there are.
WAVE = 64
# Chunks in flight for each core, in two waves at least: as with processes.
CHUNKS_AHEAD = 3
# A cluster that has taken up nothing by then is taken to be down or full.
START_SECONDS = 120.0
# What Spark says when a task ended with its process, and not by an error of ours.
FALLEN = ("Python worker exited unexpectedly", "ExecutorLostFailure", "Python worker process")
ROWS = "place long, payload binary"


class Spark:
    """An engine over a Spark master: "local[N]" or "spark://HOST:PORT"."""

    def __init__(self, master: str) -> None:
        self._master = master

    def __enter__(self) -> Self:
        from sides.engines.spark_session import Running

        self._running: Running = Running.start(self._master)
        self._threads = ThreadPoolExecutor(thread_name_prefix="spark")
        try:
            self._check_workers()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._running.stop()
        self._threads.shutdown(wait=True)

    def each(self, task: Task[Item, Result], items: Iterable[Item], lost: Callable[[Item], Result], *,
             chunk: int = CHUNK) -> Iterator[Result]:
        """See `Engine`."""
        work = chunks(items, chunk)
        ahead: deque[Future[list[Result]]] = deque()
        in_flight: deque[int] = deque()
        while True:
            cores = self._running.cores  # workers may come and go
            while not ahead or len(ahead) < 2 or sum(in_flight) < CHUNKS_AHEAD * cores:
                wave = list(islice(work, min(2 * cores, WAVE)))
                if not wave:
                    break
                ahead.append(self._threads.submit(self._results, task, wave, lost))
                in_flight.append(len(wave))
            if not ahead:
                return
            yield from ahead.popleft().result()
            in_flight.popleft()

    def _results(self, task: Task[Item, Result], wave: list[list[Item]], lost: Callable[[Item], Result],
                 ) -> list[Result]:
        """The results of a wave, in order. If something in it brings processes down, of its parts one by one."""
        try:
            return self._ran(task, wave)
        except Exception as error:
            if not any(sign in str(error) for sign in FALLEN):
                raise self._failure(error) from error
        if len(wave) > 1:
            parts = [[chunk] for chunk in wave]
        elif len(wave[0]) > 1:
            parts = [[[item]] for item in wave[0]]
        else:
            return [lost(wave[0][0])]
        return [result for part in parts for result in self._results(task, part, lost)]

    def _ran(self, task: Task[Item, Result], wave: list[list[Item]]) -> list[Result]:
        """The results of a wave, as one job with a partition for each chunk."""
        import pyarrow as pa

        rows = pa.table({"place": pa.array(range(len(wave)), pa.int64()),
                         "payload": pa.array([pickle.dumps(chunk) for chunk in wave], pa.binary())})
        found = self._running.session.createDataFrame(rows).mapInArrow(
            partial(worked, task, installed(), Path.cwd()), ROWS).toArrow()
        of = dict(zip(found["place"].to_pylist(), found["payload"].to_pylist(), strict=True))
        return [result for place in range(len(wave)) for result in pickle.loads(of[place])]

    def _check_workers(self) -> None:
        """Wait until somebody works, and see that it is the same `sides` that works there. Raises `EngineError`."""
        try:
            self._threads.submit(self._results, _nothing, [[None]], _nothing).result(START_SECONDS)
        except NotInTime:
            raise EngineError(f"No worker of {self._master} took up work within {START_SECONDS:.0f} seconds. See on "
                              "the master's page whether it has workers with free cores and memory; then try again.",
                              ) from None

    def _failure(self, error: Exception) -> EngineError:
        said = [line.strip() for line in str(error).splitlines() if line.strip()]
        telling = next((line for line in reversed(said) if "Error:" in line and not line.startswith("at ")), "")
        return EngineError(
            f"Spark at {self._master} gave up: {telling or (said or [type(error).__name__])[0]} What is committed "
            "to a ledger stays: give the same command again. Each worker needs the same `sides[spark]` as this one, in "
            "the Python that PYSPARK_PYTHON names.")


def worked(task: Task[Item, Result], expected: str, folder: Path, batches: Iterable[pyarrow.RecordBatch],
           ) -> Iterator[pyarrow.RecordBatch]:
    """What a worker does with the chunks that it is given: the rows of their results.

    It works in the folder that the driver was in, if it sees that one: relative paths mean there what they mean here.
    """
    import pyarrow as pa

    if "SPARK_LOCAL_DIRS" in os.environ:  # what a task leaves behind when it is stopped, Spark then removes
        tempfile.tempdir = os.environ["SPARK_LOCAL_DIRS"].split(",")[0]
    if installed() != expected:
        raise EngineError(f"sides on this worker, or a package under it, differs ({installed()}, not {expected}).")
    for batch in batches:
        with chdir(folder if folder.is_dir() else Path.cwd()):
            results = [pickle.dumps(done(task, pickle.loads(payload))) for payload in batch["payload"].to_pylist()]
        yield pa.record_batch({"place": batch["place"], "payload": pa.array(results, pa.binary())})


def _nothing(item: Any) -> list[Any]:
    return []
