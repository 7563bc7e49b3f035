"""Which inner loops run compiled: small work is done before a compiler would have been loaded."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

SMALL = 250  # ties; below it the interpreter answers in a tenth of a second, and compiling, once a machine, takes many


@functools.cache
def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit

    compiled: Callable[..., Any] = njit(cache=True)(kernel)
    return compiled


def swift(kernel: Callable[..., Any], ties: int) -> Callable[..., Any]:
    """The kernel, compiled where the work is worth it (once a machine: the code is kept), else as it stands.

    A kernel is a function of arrays and numbers that calls no other, so that both do the same.
    """
    return kernel if ties < SMALL else _compiled(kernel)
