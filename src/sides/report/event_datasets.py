"""The datasets of events that a ledger holds, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from sides.events.gaps import Gap
from sides.ledger.event_datasets import EventDataset
from sides.report.counting import counted

COLUMNS = ("dataset", "editions", "files", "records", "read", "claims", "in view", "unknown side", "from", "to")
NUMBERS = ("files", "records", "read", "claims", "in view", "unknown side")


def dataset_record(one: EventDataset) -> dict[str, Any]:
    """A dataset as plain values."""
    return {"dataset": one.dataset, "editions": list(one.editions), "files": one.files, "records": one.records,
            "read": one.read, "claims": one.claims, "shown": one.shown, "unknown": one.unknown, "recoded": one.recoded,
            "left_out": one.left_out, "first": str(one.first) if one.first else None,
            "last": str(one.last) if one.last else None,
            "gaps": [gap_record(gap) for gap in one.gaps]}


def gap_record(gap: Gap) -> dict[str, Any]:
    """A gap as plain values."""
    return {"dataset": gap.dataset, "first": str(gap.first), "last": str(gap.last), "days": gap.days,
            "expected": gap.expected}


def dataset_table(datasets: Sequence[EventDataset]) -> Table:
    """A row a dataset."""
    table = Table(box=None, pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="right" if name in NUMBERS else "left")
    for one in datasets:
        table.add_row(one.dataset, ", ".join(one.editions), f"{one.files:,}", f"{one.records:,}", f"{one.read:,}",
                      f"{one.claims:,}", f"{one.shown:,}", f"{one.unknown:,}", str(one.first or ""),
                      str(one.last or ""))
    return table


def gap_line(gap: Gap) -> str:
    """A gap in words."""
    return (f"{gap.dataset} has no records from {gap.first} to {gap.last} ({counted(gap.days, 'day')}; about "
            f"{gap.expected:,.0f} were to be expected).")
