"""One tie seen in several ways: under several lenses side by side, or with the persons and parts of its sides apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.report.counting import counted
from sides.report.states import chances, state_text
from sides.report.tie import tie_record
from sides.ties.lens import Lens
from sides.ties.tie import Tie


def beside_answer(ties: Sequence[tuple[Lens, Tie]], names: Mapping[str, str]) -> RenderableType:
    """A tie under several lenses: one row each."""
    return _table("lens", [(str(lens), tie) for lens, tie in ties], names)


def beside_record(ties: Sequence[tuple[Lens, Tie]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """A tie under several lenses as plain values for JSON."""
    return [{"lens": str(lens), **tie_record(tie, names)} for lens, tie in ties]


def within_answer(ties: Sequence[Tie], names: Mapping[str, str]) -> RenderableType:
    """The ties of the persons and parts of two sides: one row each."""
    return _table("who", [(f"{names.get(tie.left, tie.left)} – {names.get(tie.right, tie.right)}", tie)
                          for tie in ties], names)


def within_record(ties: Sequence[Tie], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The ties of the persons and parts of two sides as plain values for JSON."""
    return [tie_record(tie, names) for tie in ties]


def _table(label: str, rows: Sequence[tuple[str, Tie]], names: Mapping[str, str]) -> RenderableType:
    table = Table(box=None, pad_edge=False)
    for column in (label, "state", "by probability", "turns", "claims"):
        table.add_column(column)
    for name, tie in rows:
        turns = "; ".join(f"{turn.direction} {turn.month}" for turn in tie.turns)
        table.add_row(name, state_text(tie.state) if tie.state else Text("not said", style="dim"),
                      chances(tie.probabilities), turns, str(len(tie.evidence)))
    whole = rows[0][1] if rows else None
    title = f"{names.get(whole.left, whole.left)} and {names.get(whole.right, whole.right)}" if whole else "Nobody"
    head = Text(f"{title}, in {whole.now_at}: {counted(len(rows), 'view')}" if whole else title, style="bold")
    return Group(head, table)
