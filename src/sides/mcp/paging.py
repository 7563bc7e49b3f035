"""A part of a list that is not too large for an agent, with how much of it that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from sides.mcp.answers import Page
from sides.model.errors import SidesError

# Of one answer: what a client takes as one piece without cutting it (a tenth of a context of 100,000 tokens, at about
# four characters each). A single piece that is longer is shown whole: quotes are not cut.
MOST_CHARS = 40_000
LIMIT, MOST = 10, 50

One = TypeVar("One")
Shown = TypeVar("Shown", bound=BaseModel)


def paged(of: str, every: Sequence[One], show: Callable[[One], Shown], offset: int, limit: int,
          total: int | None = None) -> tuple[list[Shown], Page]:
    """Up to `limit` of all from place `offset` on, fewer where they are long, each as it is shown.

    `total`: how many there are, where `every` only has those up to the end of this page. Raises `SidesError` for an
    `offset` past the end.
    """
    count = len(every) if total is None else total
    if offset and offset >= count:
        raise SidesError(f"There are {count} {of}, from offset 0 to {count - 1}: none at offset {offset}.")
    shown: list[Shown] = []
    size = 0
    for one in every[offset:offset + limit]:
        made = show(one)
        size += len(made.model_dump_json())
        if shown and size > MOST_CHARS:
            break
        shown.append(made)
    end = offset + len(shown)
    return shown, Page(of=of, total=count, offset=offset, shown=len(shown), next_offset=end if end < count else None,
                       told=_told(of, offset, end, count))


def _told(of: str, offset: int, end: int, total: int) -> str:
    if offset == 0 and end == total:
        return f"all {total} {of}"
    more = f"; the next ones with offset={end}" if end < total else "; there are no more"
    return f"{of} {offset + 1} to {end} of {total}{more}"
