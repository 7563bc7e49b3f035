"""Long work, done once for all who ask: by a thread of its own, item by item, so that what there is can be shown."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Condition
from typing import Generic, TypeVar

from sides.model.errors import SidesError

Item = TypeVar("Item")
# Seconds; a lock takes no endless number.
LONGEST_WAIT = 60.0


class Work(Generic[Item]):
    """Items that are being made one after another; `of`: how many there will be. May be asked from several threads.

    When the program ends, the item that is being made is the last.
    """

    def __init__(self, items: Iterable[Item], of: int) -> None:
        self.of = of
        self._rest = iter(items)
        self._items: list[Item] = []
        self._fault: BaseException | None = None
        self._is_done = False
        self._changed = Condition()
        self._thread = ThreadPoolExecutor(1, "sides-work")
        self._thread.submit(self._step)

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

    def _step(self) -> None:
        """Make one item, and see to the next."""
        try:
            item = next(self._rest)
        except StopIteration:
            self._end(None)
        except Exception as fault:  # noqa: BLE001 - whoever asks for the items gets it
            self._end(fault)
        else:
            with self._changed:
                self._items.append(item)
                self._changed.notify_all()
            try:
                self._thread.submit(self._step)
            except RuntimeError:
                self._end(SidesError("The program ends, and with it what was being worked out. Ask again."))

    def _end(self, fault: BaseException | None) -> None:
        with self._changed:
            self._fault, self._is_done = fault, True
            self._changed.notify_all()
        self._thread.shutdown(wait=False)
