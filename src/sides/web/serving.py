"""A ledger as it is served: each of its versions opened once, each answer that takes long made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from sides.face import Ledger
from sides.ledger.store import Store
from sides.ties.derived import MANY
from sides.web.apart import Apart
from sides.web.work import Work

# Versions that stay open, and answers that are kept: those asked for last.
VERSIONS_KEPT = 4
ANSWERS_KEPT = 64

Answer = TypeVar("Answer")


class Serving:
    """One ledger for many clients. May be used from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._store: Store | None = None
        self._once = Once(ANSWERS_KEPT)
        self._briefly = Once(ANSWERS_KEPT)
        self._ledgers = Once(VERSIONS_KEPT)
        self.apart = Apart()
        self.fitting = Apart()  # what takes minutes: nobody else waits for its turn behind it

    def latest(self) -> int:
        """The newest version that is committed. Raises `NotALedger`."""
        with self._lock:
            if self._store is None:
                self._store = Store.open(self.path)
            return self._store.versions()[-1].version

    def ledger(self, version: int | None = None) -> Ledger:
        """The ledger at a version, for reading; by default at the newest. Raises `UnknownVersion`."""
        chosen = self.latest() if version is None else version

        def opened() -> Ledger:
            ledger = Ledger(self.path, chosen)
            if ledger.counts().claims >= MANY:  # a version that there is not is refused here
                Work(ledger.preparing(), 7)
            return ledger

        return self._ledgers.get(chosen, opened)

    def writable(self) -> Ledger:
        """The ledger to write to: opened anew, so that writers in several threads do not share one."""
        return Ledger(self.path)

    def once(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """What was made for a key, made now if it was not; whoever asks meanwhile waits for it."""
        return self._once.get(key, make)

    def briefly(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The same for answers that are soon made, and of which there are many: they push out only their like."""
        return self._briefly.get(key, make)


class Once:
    """A few values by key, the last used kept. Each is made by the first who asks; others wait for that one alone."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The value of a key."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("Answer", self._values[key])
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return cast("Answer", self._values[key])
            try:
                value = make()
            except BaseException:
                with self._lock:  # what is refused leaves nothing behind
                    self._making.pop(key, None)
                raise
            with self._lock:
                self._values[key] = value
                self._making.pop(key, None)
                while len(self._values) > self._kept:
                    self._values.popitem(last=False)
        return value
