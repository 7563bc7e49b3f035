"""States, turns and what claims add to them, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from rich.console import RenderableType
from rich.text import Text

from sides.report.quotes import evidence_line
from sides.ties.history import Contribution, History, Turn
from sides.ties.signals import month_date
from sides.ties.states import State

STATE_STYLES = {"allied": "bold blue", "friendly": "blue", "neutral": "bold", "strained": "dark_orange3",
                "hostile": "bold dark_orange3"}
DECIMALS = 4


def state_text(state: State, probability: float | None = None) -> Text:
    """A state in its colour, with its probability."""
    text = Text(state.value, style=STATE_STYLES[state.value])
    if probability is not None:
        text.append(f" {percent(probability)}", style="dim")
    return text


def percent(share: float) -> str:
    """A share as whole percents; what is not nothing or all is not said to be."""
    return "<1 %" if 0 < share < 0.005 else ">99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def chances(probabilities: Mapping[State, float]) -> str:
    """The states of some weight, the likeliest first."""
    ranked = sorted(probabilities.items(), key=lambda pair: (-pair[1], pair[0].level))
    return ", ".join(f"{state.value} {percent(share)}" for state, share in ranked if share >= 0.05)


def turn_line(turn: Turn) -> Text:
    """A turn: its months, direction and states."""
    span = f"{turn.first} to {turn.last}" if turn.first != turn.last else str(turn.month)
    line = Text(f"  turn {turn.direction}, {turn.month} ({span}): " if turn.first != turn.last
                else f"  turn {turn.direction}, {span}: ", style="italic")
    line.append(f"{turn.before.value} to {turn.after.value}")
    return line


def years_line(years: Sequence[tuple[int, State, float]]) -> Text:
    """The state at the end of each year, years of one state together, with the least probability among them."""
    line = Text("  ")
    for state, run in groupby(years, key=lambda one: one[1]):
        some = list(run)
        first, last = some[0][0], some[-1][0]
        line.append("" if line.plain == "  " else "; ")
        line.append(f"{first} " if first == last else f"{first}–{last} ")
        line.append_text(state_text(state, min(share for _, _, share in some)))
    return line


def contribution_lines(contributions: list[Contribution], most: int) -> Iterator[RenderableType]:
    """The claims that move the state most, each with how far."""
    for one in contributions[:most]:
        yield Text(f"  {one.shift:+.2f}", style="bold")
        yield evidence_line(one.evidence)


def probabilities_record(probabilities: Mapping[State, float]) -> dict[str, float]:
    """Probabilities by the name of the state."""
    return {state.value: round(share, DECIMALS) for state, share in probabilities.items()}


def turn_record(turn: Turn) -> dict[str, Any]:
    """A turn as plain values; the claims that carry it by their ids, most first."""
    return {"direction": turn.direction, "before": turn.before.value, "after": turn.after.value,
            "date": str(turn.month), "from": str(turn.first), "to": str(turn.last),
            "claims": contributions_record(turn.carried)}


def contributions_record(contributions: tuple[Contribution, ...] | list[Contribution]) -> list[dict[str, Any]]:
    """What claims add to the expected level, by their ids."""
    return [{"claim": one.evidence.claim.id, "shift": round(one.shift, DECIMALS)} for one in contributions]


def months_record(history: History) -> dict[str, Any]:
    """The probabilities of every month, hostile first."""
    return {"first": str(month_date(history.begin)),
            "states": [state.value for state in State],
            "probabilities": np.round(history.shares.astype(np.float64), DECIMALS).tolist()}
