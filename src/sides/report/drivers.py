"""What drives a turn and what stands in its way, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from sides.report.quotes import attribution, shortened
from sides.report.states import DECIMALS
from sides.ties.drivers import Driver, Drivers

DRIVERS_SHOWN = 3


def drivers_lines(found: Drivers, most: int = DRIVERS_SHOWN) -> Iterator[RenderableType]:
    """What drives a turn, then what stands in its way: so many of each, the others by number."""
    for words, some in (("driven by", found.drivers), ("in its way", found.obstacles)):
        if some:
            more = f" ({most} of {len(some)})" if most < len(some) else ""
            yield Text(f"    {words}{more}:", style="italic")
            for one in some[:most]:
                yield _line(one)


def _line(one: Driver) -> Padding:
    if one.reason is None:
        words = f"against it: “{shortened(one.evidence.quote)}”"
    else:
        words = f"{one.reason.kind.value}: “{shortened(one.reason.text)}”, of “{shortened(one.evidence.quote)}”"
    return Padding(Text(f"{words}\n{attribution(one.evidence)}"), (0, 0, 0, 6), expand=False)


def driver_records(found: Drivers) -> list[dict[str, Any]]:
    """The drivers and obstacles of a turn as flat records."""
    return [*_records("driver", found, found.drivers), *_records("obstacle", found, found.obstacles)]


def _records(role: str, found: Drivers, some: Sequence[Driver]) -> list[dict[str, Any]]:
    return [{"turn": str(found.turn.month), "direction": found.turn.direction, "role": role,
             "kind": one.reason.kind.value if one.reason else None, "text": one.reason.text if one.reason else None,
             "begin_char": one.reason.begin_char if one.reason else None,
             "end_char": one.reason.end_char if one.reason else None, "shift": round(one.shift, DECIMALS),
             "claim": one.evidence.claim.id, "quote": one.evidence.quote,
             "document_id": one.evidence.claim.document} for one in some]
