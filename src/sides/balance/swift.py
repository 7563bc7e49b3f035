"""Which inner loops run compiled: none that would be done before a compiler is, and all others once they are kept."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SMALL = 250  # ties; below it the interpreter is as fast as loading what was compiled
LARGE = 5_000  # ties; from here on compiling pays at once
PATIENCE_SECONDS = 2.0  # in the interpreter between the two; compiling everything, once a machine, takes some fifteen


class _Patience:
    """The seconds that this process spent on kernels that could have been compiled."""

    def __init__(self) -> None:
        self.spent = 0.0

    def interpreted(self, kernel: Callable[..., Any]) -> Callable[..., Any]:
        """The kernel as it stands, its time taken."""
        @functools.wraps(kernel)
        def timed(*arguments: Any) -> Any:
            begun = time.perf_counter()
            found = kernel(*arguments)
            self.spent += time.perf_counter() - begun
            return found

        return timed


@functools.cache
def _patience() -> _Patience:
    return _Patience()


@functools.cache
def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit

    compiled: Callable[..., Any] = njit(cache=True)(kernel)
    return compiled


@functools.cache
def _is_kept(kernel: Callable[..., Any]) -> bool:
    """Whether this machine keeps the kernel compiled from earlier."""
    code = kernel.__code__
    folder = Path(_compiled(kernel).stats.cache_path)  # type: ignore[attr-defined]  # of numba's dispatcher
    return any(folder.glob(f"{Path(code.co_filename).stem}.{kernel.__qualname__}-{code.co_firstlineno}.*.nbi"))


def swift(kernel: Callable[..., Any], ties: int) -> Callable[..., Any]:
    """The kernel, compiled where that pays: for large work, for work that goes on, or where it was compiled before.

    A kernel is a function of arrays and numbers that calls no other, so that both do the same.
    """
    if ties < SMALL:
        return kernel
    if ties < LARGE and _patience().spent < PATIENCE_SECONDS and not _is_kept(kernel):
        return _patience().interpreted(kernel)
    return _compiled(kernel)
