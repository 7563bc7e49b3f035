"""The numbers of the model of ties, and how they were fitted, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.report.counting import counted
from sides.ties.event_table import Events
from sides.ties.fitting import Fitted, Score
from sides.ties.states import STATES

SHOWN_STEPS = 8  # of expectation maximization: the first half of them and the last; JSON has all


def model_answer(table: Mapping[str, Any]) -> RenderableType:
    """A model, table by table."""
    parts: list[RenderableType] = [Text("Where the numbers come from", style="bold")]
    parts += [Text(f"  {key}: {value}") for key, value in table["provenance"].items()]
    parts += [Text(""), Text("What the types mean (-2 hostile to 2 allied) and how widely they are said", style="bold")]
    parts.append(_columns([_meaning(name, row) for name, row in table["emission"].items()], 3))
    for name, rows in table.items():
        if name not in ("provenance", "emission"):
            values = ", ".join(f"{key} {_value(value)}" for key, value in rows.items())
            parts.append(Text.assemble((f"{name}: ", "bold"), values))
    return Group(*parts)


def fit_answer(fitted: Fitted, events: Events, base: Mapping[str, Any], path: Path | None) -> RenderableType:
    """What was fitted, from what, and what it is worth."""
    chain, former = fitted.table["chain"], base["chain"]
    rows = [("stay", former["stay"], chain["stay"]), ("tempering", former["tempering"], chain["tempering"]),
            ("tilt", former["tilt"], chain["tilt"]),
            *((f"initial, {state}", before, after)
              for state, before, after in zip(STATES, former["initial"], chain["initial"], strict=True)),
            *((f"{name}, {key}", base["emission"][name][key], row[key]) for name, row in
              fitted.table["emission"].items() for key in ("mean", "width") if row[key] != base["emission"][name][key])]
    provenance = fitted.table["provenance"]
    end = "settled" if fitted.is_settled else "not settled"
    parts: list[RenderableType] = [
        Text(f"{counted(len(events.rows), 'event')} of {counted(len(events.dyads), 'dyad')}, {provenance['first']} to "
             f"{provenance['last']}, from {events.source}"),
        *([Text(f"{counted(events.repeated, 'event')} stood there again and counted once")] if events.repeated else []),
        *([Text(f"{counted(events.without_month, 'claim')} dated to no month: not counted")] if events.without_month
          else []),
        *([Text(f"{counted(len(events.left_out), 'event')} left out, named above")] if events.left_out else []),
        Text(""), _table(("", "before", "after"), [(name, _value(one), _value(other)) for name, one, other in rows]),
        Text(""), Text(f"The chain, fitted on the months before {provenance['fitted_on_months_before']}: "
                       f"{counted(len(fitted.steps), 'step')}, {end} "
                       f"to {provenance['tolerance']:g} nats", style="bold"),
        *(Text(line) for line in _steps(fitted)),
        Text(""), Text("Tempering and tilt, by the score of the fourth fifth of the months", style="bold"),
        *(Text(f"  tempering {one.tempering:g}, tilt {one.tilt:g}: {one.score.loss:.4f}")
          for one in sorted(fitted.choices, key=lambda one: one.score.loss)[:3]),
        Text(""), Text("The signs of events in the last fifth, which nothing was fitted on", style="bold"),
        Text(f"  nats an event, over {counted(fitted.after.events, 'event')}: before {fitted.before.loss:.4f}, after "
             f"{fitted.after.loss:.4f}; by the share of the hostile alone {fitted.after.base:.4f}"),
        *([Text("  no better than before: keep the model that was", style="bold")]
          if fitted.after.loss >= fitted.before.loss else []),
        Text("  level that events speak for, by state: "
             + ", ".join(f"{state} {level:.2f}" for state, level in zip(STATES, fitted.levels, strict=True))),
        Text(""), Text(f"Written to {path}" if path else "Nothing is written; --write FILE keeps the model.")]
    return Group(*parts)


def fit_record(fitted: Fitted, events: Events) -> dict[str, Any]:
    """The same for programs, with the whole model, every step and every choice."""
    return {
        "events": {"source": events.source, "events": len(events.rows), "dyads": len(events.dyads),
                   "repeated": events.repeated, "without_month": events.without_month,
                   "left_out": list(events.left_out)},
        "before": _score(fitted.before), "after": _score(fitted.after), "is_settled": fitted.is_settled,
        "steps": [{"stay": one.stay, "objective": one.objective} for one in fitted.steps],
        "choices": [{"tempering": one.tempering, "tilt": one.tilt, **_score(one.score)} for one in fitted.choices],
        "levels": dict(zip(STATES, fitted.levels, strict=True)), "model": fitted.table}


def _score(score: Score) -> dict[str, float]:
    return {"loss": score.loss, "loss_of_the_share": score.base, "events": score.events, "hostile": score.hostile}


def _steps(fitted: Fitted) -> Iterator[str]:
    numbered = list(enumerate(fitted.steps, 1))
    few = numbered if len(numbered) <= SHOWN_STEPS else [*numbered[:SHOWN_STEPS // 2], *numbered[-SHOWN_STEPS // 2:]]
    for number, step in few:
        yield f"  step {number}: stay {step.stay:.5f}, log evidence with prior {step.objective:.3f}"
    if len(few) < len(numbered):
        yield f"  ({len(numbered) - len(few)} steps between are in --json)"


def _meaning(name: str, row: Mapping[str, float]) -> str:
    others = "".join(f"; {key} {row[key]:g}" for key in ("neutral", "hostile") if key in row)
    return f"{name} {row['mean']:g} ± {row['width']:g}{others}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_value, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _columns(cells: list[str], count: int) -> Table:
    rows = -(-len(cells) // count)
    found = Table.grid(padding=(0, 2))
    for row in range(rows):
        found.add_row(*(cells[place] if place < len(cells) else "" for place in range(row, rows * count, rows)))
    return found


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    found = Table(*head, box=None, padding=(0, 2), header_style="bold")
    for row in rows:
        found.add_row(*row)
    return found
