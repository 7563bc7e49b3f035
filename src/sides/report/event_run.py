"""A run of reading events as a person follows it: what became of the records of each file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.engines.events import EventReport
from sides.events.account import WHY, Account
from sides.report.counting import counted

COLUMNS = ("file", "dataset", "records", "read", "claims", "unknown side", "from", "to")
LEFT = ("file", "dataset", "from", "to")


def event_summary(report: EventReport, ledger: object, *, is_quiet: bool = False) -> RenderableType:
    """What went into the ledger, by its path, what was there already, and what was left out and why."""
    parts: list[RenderableType] = []
    if not is_quiet:
        parts.append(Text(_line(report, ledger)))
        if report.accounts:
            parts.append(_table(report.accounts))
    if report.was_interrupted:
        parts.append(Text("Interrupted. What was read is kept; repeat the command to go on.", style="bold"))
    parts += [Text(line) for line in reasons(report.accounts)]
    parts += [Text(str(error)) for error in report.errors]
    return Group(*parts)


def reasons(accounts: Iterable[Account]) -> Iterator[str]:
    """How many records of each file were left out, and why."""
    for one in accounts:
        for reason, count in one.left_out.items():
            yield f"{Path(one.file).name}: {counted(count, 'record')} left out: {WHY[reason]}."


def _table(accounts: Iterable[Account]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in COLUMNS:
        table.add_column(head, justify="left" if head in LEFT else "right")
    for one in accounts:
        table.add_row(Path(one.file).name, one.dataset, f"{one.records:,}", f"{one.read:,}", f"{one.claims:,}",
                      f"{one.unknown:,}", str(one.first or ""), str(one.last or ""))
    return table


def _line(report: EventReport, ledger: object) -> str:
    also = f"; {counted(len(report.already), 'file')} read before" if report.already else ""
    if not report.accounts:
        return f"Nothing new to read{also}. {ledger} is at version {report.version}."
    records = sum(one.records for one in report.accounts)
    return (f"Read {counted(len(report.accounts), 'file')} of {counted(records, 'record')} in {report.seconds:.1f} s"
            f"{also}: {counted(report.claims, 'claim')}. {ledger} is at version {report.version}.")
