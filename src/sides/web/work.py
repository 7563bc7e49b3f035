"""Long work, done once for all who ask: by a thread of its own, item by item, so that what there is can be shown."""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Condition, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
# Seconds; a lock takes no endless number.
LONGEST_WAIT = 60.0


class Work(Generic[Item]):
    """Items that are being made one after another; `of`: how many there will be. May be asked from several threads."""

    def __init__(self, items: Iterable[Item], of: int) -> None:
        self.of = of
        self._items: list[Item] = []
        self._fault: BaseException | None = None
        self._is_done = False
        self._changed = Condition()
        Thread(target=self._run, args=(items,), daemon=True, name="sides-work").start()

    def items(self, seconds: float, least: int | None = None) -> tuple[list[Item], bool]:
        """What is made within so many seconds, and whether that is all; sooner where `least` items are enough.

        Raises what making them raised.
        """
        until = time.monotonic() + seconds
        with self._changed:
            while not self._is_done and (least is None or len(self._items) < least):
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(min(left, LONGEST_WAIT))
            if self._fault is not None:
                raise self._fault
            return list(self._items), self._is_done

    def _run(self, items: Iterable[Item]) -> None:
        try:
            for item in items:
                with self._changed:
                    self._items.append(item)
                    self._changed.notify_all()
        except Exception as fault:  # noqa: BLE001 - whoever asks for the items gets it
            self._fault = fault
        finally:
            with self._changed:
                self._is_done = True
                self._changed.notify_all()
