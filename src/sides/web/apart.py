"""Long arithmetic in a process of its own, where it takes no time from whoever else asks: `python -m sides.web.apart`.

A call comes as a pickle on standard input, its result or what it raised goes back as one on standard output. Both ends
are this program. When standard input ends the server is gone, and the process goes too.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import ParamSpec, TypeVar, cast

from sides.model.errors import SidesError

Told = TypeVar("Told")
Asked = ParamSpec("Asked")
# Whoever looks around goes first.
NICE = 15


class Apart:
    """One process, begun when it is first asked, and anew if it ended. May be asked from several threads, in turn."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[Asked, Told], *args: Asked.args, **kwargs: Asked.kwargs) -> Told:
        """What a function of a module tells of arguments; all of them and the result can be pickled.

        Raises what the function raised, and `SidesError` if the process ended.
        """
        task = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(task)
                process.stdin.flush()
                is_told, told = pickle.load(process.stdout)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                process.kill()
                self._process = None
                raise SidesError("The process that works this out ended before it was done, perhaps for lack of "
                                 "memory. Ask again, or of fewer claims by a lens.") from error
        if not is_told:
            raise told
        return cast("Told", told)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen([sys.executable, "-m", "sides.web.apart"], stdin=subprocess.PIPE,
                                             stdout=subprocess.PIPE)
            weakref.finalize(self, self._process.kill)
        return self._process


def main() -> None:
    """Answer one call after another."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with suppress(AttributeError, OSError):  # not on every system
        os.nice(NICE)
    while True:
        try:
            function, args, kwargs = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = pickle.dumps((True, function(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001 - whoever called gets it
            answer = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        out.write(answer)
        out.flush()


if __name__ == "__main__":
    main()
