"""A run of reading as a person follows it: progress while it goes, then what was read and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from sides.engines.local import ReadReport
from sides.model.errors import InputError
from sides.report.asked import ask_record, ask_summary
from sides.report.counting import counted


@dataclass(frozen=True, slots=True)
class Doing:
    """What a run does with documents: to `verb` them; they are `done` then."""

    verb: str
    done: str


READING, IMPORTING = Doing("read", "read"), Doing("import", "imported")


class RichProgress:
    """A progress bar on a terminal; silence in a pipe or where none is wanted."""

    def __init__(self, screen: Console, *, is_quiet: bool = False) -> None:
        self._bar = Progress(SpinnerColumn(), TextColumn("reading"), BarColumn(), MofNCompleteColumn(),
                             TimeRemainingColumn(), TextColumn("{task.fields[name]}", style="dim"), console=screen,
                             transient=True, disable=is_quiet or not screen.is_terminal)
        self._task = self._bar.add_task("reading", total=None, name="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._bar.stop()

    def found(self, total: int) -> None:
        """So many inputs are to be read."""
        self._bar.update(self._task, total=total)

    def advanced(self, name: str) -> None:
        """One more input is done."""
        self._bar.update(self._task, advance=1, name=name[-40:])


def run_summary(report: ReadReport, ledger: object, *, is_quiet: bool = False,
                doing: Doing = READING) -> RenderableType:
    """What went into the ledger, by its path or name, what was there already, and what was left out and why."""
    parts: list[RenderableType] = [] if is_quiet else [Text(_line(report, ledger, doing))]
    if report.asked is not None and not is_quiet:
        parts = [*([] if report.asked.is_dry else parts), ask_summary(report.asked)]
    if report.was_interrupted:
        parts.append(Text("Interrupted. What was read is kept; repeat the command to go on.", style="bold"))
    parts += [_table(title, errors) for title, errors in (("Told twice, kept once", report.told_again),
                                                          ("Left out", report.left_out)) if errors]
    return Group(*parts)


def run_record(report: ReadReport) -> dict[str, Any]:
    """A run as plain values: names of documents, and why inputs were left out."""
    return {"read": list(report.read), "already": list(report.already), "copies": list(report.copies),
            "left_out": [{"kind": type(one).__name__, "name": one.name, "reason": one.reason, "remedy": one.remedy}
                         for one in report.left_out],
            "claims": report.claims, "mentions": report.mentions, "version": report.version,
            "seconds": round(report.seconds, 3), "was_interrupted": report.was_interrupted,
            **({"asked": ask_record(report.asked)} if report.asked is not None else {})}


def _table(title: str, errors: Sequence[InputError]) -> Table:
    table = Table(title=f"{title}: {len(errors)}", title_justify="left", title_style="bold")
    for column in ("input", "why", "what to do"):
        table.add_column(column, overflow="fold")
    for error in errors:
        table.add_row(Text(error.name), Text(error.reason), Text(error.remedy))
    return table


def _line(report: ReadReport, ledger: object, doing: Doing) -> str:
    also = f"; {len(report.already)} {doing.done} before" if report.already else ""
    if report.copies:
        also += f"; {counted(len(report.copies), 'further copy', 'further copies')} of documents read before"
    if not report.read:
        return f"Nothing new to {doing.verb}{also}. {ledger} is at version {report.version}."
    return (f"{doing.done.capitalize()} {counted(len(report.read), 'document')} in {report.seconds:.1f} s{also}: "
            f"{counted(report.claims, 'claim')}, {counted(report.mentions, 'mention')} of actors. "
            f"{ledger} is at version {report.version}.")
