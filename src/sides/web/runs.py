"""Runs of reading that the server was asked for: one at a time, the others waiting, each followed while it goes."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sides.documents.sniff import suffix
from sides.web.faults import Refused
from sides.web.reading import STOP

# Runs that wait at most, and ended ones that are remembered with their reports.
MOST_WAITING, MOST_KEPT = 20, 50
# A document may take minutes: after so long the reader is interrupted in the midst of it, then ended. What was
# committed stays, and what was read before the interrupt is committed.
PATIENCE_SECONDS, LAST_SECONDS = 5.0, 20.0
ENDING = re.compile(r"\.[a-z0-9]{1,8}(\.gz)?")
SILENT = ("The reader ended without a word (out of memory?). What it had committed is kept: add the documents again, "
          "and it goes on from there.")
UNDATED = "UndatedDocument"


class State(StrEnum):
    """How far a run is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"  # at the user's word
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens."""
        return self not in (State.WAITING, State.READING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing to read: a file that was uploaded, or an address; by the name that the user knows it by."""

    name: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the user says of all documents of a run."""

    published: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None


@dataclass(slots=True)
class Run:
    """One run, as it stands. `changes` counts what has happened, for those who follow it."""

    id: str
    inputs: tuple[Input, ...]
    said: Said
    uploads: Path
    sidecars: tuple[tuple[str, str], ...]  # label and folder
    asked_at: datetime
    state: State = State.WAITING
    total: int = 0
    done: int = 0
    last: str = ""
    report: dict[str, Any] | None = None
    error: str | None = None
    changes: int = 0
    is_to_stop: bool = False
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def undated(self) -> list[Input]:
        """The inputs that were left out for want of a date, and can be tried again with one."""
        left = {one["name"] for one in (self.report or {}).get("left_out", ()) if one["kind"] == UNDATED}
        return [one for one in self.inputs if one.name in left]


class Uploads:
    """A folder for what is uploaded, under names of our own. It goes when the server does."""

    def __init__(self) -> None:
        self._root: Path | None = None
        self._lock = threading.Lock()

    def folder(self) -> Path:
        """A new folder for one run."""
        with self._lock:
            if self._root is None or not self._root.is_dir():
                self._root = Path(tempfile.mkdtemp(prefix="sides-uploads-"))
                weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
            return Path(tempfile.mkdtemp(dir=self._root))


def safe_name(number: int, name: str) -> str:
    """A file's name that says nothing but its place and its ending.

    >>> safe_name(3, "../../etc/Report.HTML"), safe_name(0, "x.$(rm)")
    ('00003.html', '00000')
    """
    ending = suffix(name)
    return f"{number:05d}{ending if ENDING.fullmatch(ending) else ''}"


class Runs:
    """The runs of one server. May be used from several threads."""

    def __init__(self, ledger: Path) -> None:
        self.uploads = Uploads()
        self._ledger = ledger
        self._lock = threading.Lock()
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._waiting: deque[Run] = deque()
        self._is_working = False

    def add(self, inputs: Sequence[Input], said: Said, uploads: Path,
            sidecars: Sequence[tuple[str, str]] = ()) -> Run:
        """Ask for a run. Raises `Refused` when too many wait already."""
        run = Run(secrets.token_hex(8), tuple(inputs), said, uploads, tuple(sidecars), datetime.now(UTC))
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                shutil.rmtree(uploads, ignore_errors=True)
                raise Refused(429, f"{MOST_WAITING} runs are waiting already. Add these documents when some are done.")
            self._runs[run.id] = run
            self._waiting.append(run)
            self._let_go()
            if not self._is_working:
                self._is_working = True
                threading.Thread(target=self._work, daemon=True).start()
        return run

    def all(self) -> list[Run]:
        """All runs that are remembered, the latest first."""
        with self._lock:
            return [*reversed(self._runs.values())]

    def get(self, identifier: str) -> Run:
        """The run of an id. Raises `Refused`."""
        with self._lock:
            if identifier not in self._runs:
                raise Refused(404, f"There is no run {identifier!r}. Runs end with the server; what they had committed "
                                   "stays in the ledger.")
            return self._runs[identifier]

    def stop(self, run: Run) -> None:
        """End a run: one that waits at once, one that reads after what is read is committed."""
        with self._lock:
            if run.state is State.WAITING:
                self._waiting.remove(run)
                self._end(run, State.STOPPED)
            elif run.state is State.READING:
                run.is_to_stop = True
                run.changes += 1
                if run.process is not None:
                    _stop(run.process)

    def again(self, run: Run, dates: Mapping[str, str]) -> Run:
        """Read what a run left out for want of a date once more, with dates by name. Raises `Refused`."""
        with self._lock:
            inputs = [replace(one, published=dates[one.name]) for one in run.undated if one.name in dates]
            if not inputs or run.state is State.WAITING or not run.uploads.is_dir():
                raise Refused(409, "Nothing of this run waits for these dates. Add the documents again.")
            folder = self.uploads.folder()
            moved = [one if one.path is None else replace(one, path=str(shutil.move(one.path, folder)))
                     for one in inputs]
            run.inputs = tuple(one for one in run.inputs if one.name not in dates)
            run.changes += 1
            if not run.undated:
                shutil.rmtree(run.uploads, ignore_errors=True)
            sidecars = run.sidecars
        return self.add(moved, run.said, folder, [(label, str(shutil.copytree(kept, folder / Path(kept).name)))
                                                  for label, kept in sidecars if Path(kept).is_dir()])

    def forget(self, run: Run) -> None:
        """Forget a run that is over, and its uploads. Raises `Refused`."""
        with self._lock:
            if not run.state.is_over:
                raise Refused(409, "This run is not over. Stop it first.")
            self._runs.pop(run.id, None)
            shutil.rmtree(run.uploads, ignore_errors=True)

    def _let_go(self) -> None:
        for old in [run for run in self._runs.values() if run.state.is_over][:max(0, len(self._runs) - MOST_KEPT)]:
            del self._runs[old.id]
            shutil.rmtree(old.uploads, ignore_errors=True)

    def _end(self, run: Run, state: State) -> None:
        run.state = state
        run.process = None
        run.changes += 1
        if not run.undated:
            shutil.rmtree(run.uploads, ignore_errors=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._is_working = False
                    return
                run = self._waiting.popleft()
                run.state = State.READING
                run.changes += 1
            self._read(run)

    def _read(self, run: Run) -> None:
        """Read in a process of its own, and take in what it tells."""
        task = {"ledger": str(self._ledger), "uploads": str(run.uploads), "inputs": [asdict(one) for one in run.inputs],
                "sidecars": [{"label": label, "folder": folder} for label, folder in run.sidecars], **asdict(run.said)}
        try:
            with subprocess.Popen([sys.executable, "-P", "-m", "sides.web.reading"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
                assert process.stdin is not None
                assert process.stdout is not None
                _say(process.stdin, json.dumps(task))
                with self._lock:
                    run.process = process
                    if run.is_to_stop:
                        _stop(process)
                for line in process.stdout:
                    self._take(run, json.loads(line))
        except OSError as error:
            run.error = f"The reader could not be started ({error})."
        with self._lock:
            if run.report is None and run.error is None and not run.is_to_stop:
                run.error = SILENT
            self._end(run, State.FAILED if run.error else State.STOPPED if run.is_to_stop else State.DONE)

    def _take(self, run: Run, told: Mapping[str, Any]) -> None:
        with self._lock:
            run.changes += 1
            if "found" in told:
                run.total = told["found"]
            elif "advanced" in told:
                run.done += 1
                run.last = told["advanced"]
            elif "report" in told:
                run.report = told["report"]
            elif "failed" in told:
                run.error = told["failed"]


def _say(stdin: IO[str], line: str) -> None:
    try:
        stdin.write(line + "\n")
        stdin.flush()
    except OSError:
        pass  # it has ended: its output tells how


def _stop(process: subprocess.Popen[str]) -> None:
    """Ask the reader to stop; interrupt it if it does not, and end it if that does not help."""
    if process.stdin is not None:
        _say(process.stdin, STOP)

    def insist() -> None:
        if _is_over(process, PATIENCE_SECONDS):
            return
        if os.name == "posix":  # elsewhere a signal of this kind would reach the server as well
            process.send_signal(signal.SIGINT)
        if not _is_over(process, LAST_SECONDS):
            process.terminate()

    threading.Thread(target=insist, daemon=True).start()


def _is_over(process: subprocess.Popen[str], within_seconds: float) -> bool:
    try:
        process.wait(within_seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
