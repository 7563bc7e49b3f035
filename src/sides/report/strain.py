"""What strains a network: ties by their strain with their quotes, and triangles that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from sides.balance.answers import Kind, Strain
from sides.balance.day import Day
from sides.report.balance import (
    SHOWN,
    Name,
    conventions_lines,
    heading,
    index_line,
    is_weak,
    more,
    network_record,
    tie_record,
    tie_words,
    triads_words,
)
from sides.report.counting import counted
from sides.report.quotes import evidence_line
from sides.report.states import state_text
from sides.report.tie import evidence_record
from sides.ties.evidence import Evidence
from sides.ties.tie import Tie

WORDS: dict[Kind, str] = {"every": "strained in every optimum", "some": "strained in some optima",
                          "bearing": "load-bearing", "slack": "slack"}


def strain_answer(found: Strain, name: Name, quotes: int = 1) -> RenderableType:
    """The strain of a network as a page of a terminal. `quotes`: how many to show for each strained tie."""
    return Group(*_parts(found, name, quotes))


def _parts(found: Strain, name: Name, quotes: int) -> Iterator[RenderableType]:
    strains = found.strains
    network = found.network
    yield heading("Strain", network, found.day)
    yield index_line(strains.base)
    kinds = [found.kind(place) for place in range(network.ties)]
    yield Text("Ties: " + ", ".join(f"{kinds.count(kind)} {words}" for kind, words in WORDS.items()))
    for kind, words in WORDS.items():
        places = [int(place) for place in found.order if kinds[place] == kind]
        if not places or kind == "slack":
            continue
        yield Text(f"\n{words[0].upper()}{words[1:]}{more(SHOWN, len(places))}", style="bold")
        for place in places[:SHOWN]:
            yield _tie_line(found, place, name)
            if found.day is not None and kind != "bearing":
                yield from quote_lines(found.day.behind(place), int(network.weight[place]), quotes)
    weak = is_weak(strains.base)
    rows = found.triads.unbalanced(weak=weak)
    yield Text(f"\nTriangles: {triads_words(found.triads, weak=weak)}", style="bold")
    if len(rows):
        yield Text(f"Unbalanced{more(SHOWN, len(rows))}:")
    for row in rows[:SHOWN]:
        yield Text(f"  {triangle_words(found, int(row), name)}")
    yield conventions_lines(network)


def _tie_line(found: Strain, place: int, name: Name) -> Text:
    network = found.network
    change = int(found.strains.change[place]) / network.scale
    line = Text(f"  {tie_words(network, place, name)}")
    if found.day is not None:
        tie = found.day.behind(place)
        state = tie.history.state(found.day.at) if tie.history else None
        if tie.history is not None and state is not None:
            line.append(": ")
            line.append_text(state_text(state, tie.history.probabilities(found.day.at)[state]))
            line.append(f", {counted(len(tie.evidence), 'claim')}", style="dim")
    line.append(f"; of the other sign, the index would {_change_words(change)}", style="dim")
    line.append("" if found.strains.proven[place] else " (not proven)", style="dim")
    return line


def _change_words(change: float) -> str:
    return f"fall by {-change:g}" if change < 0 else f"rise by {change:g}" if change > 0 else "stay"


def quote_lines(tie: Tie, sign: int, most: int) -> Iterator[RenderableType]:
    """The quotes that move a tie most toward the side that it is on."""
    for one in [own for own in tie.contributions if own.shift * sign > 0][:most]:
        yield evidence_line(one.evidence, 6)


def triangle_words(found: Strain, row: int, name: Name) -> str:
    """What does not fit together in an unbalanced triangle, in a sentence."""
    network = found.triads.network
    names = [name(network.names[at]) for at in found.triads.actors[row]]
    signs = network.weight[found.triads.ties[row]] > 0  # of the ties 0-1, 0-2, 1-2
    if not signs.any():
        return f"{names[0]}, {names[1]} and {names[2]} are all on bad terms with each other: two of them share a camp"
    between = {0: 2, 1: 1, 2: 0}[int(np.flatnonzero(~signs)[0])]  # who is not in the hostile tie
    one, other = (names[at] for at in range(3) if at != between)
    return f"{names[between]} is on good terms with {one} and {other}, who are on bad terms with each other"


def strain_record(found: Strain, name: Name) -> dict[str, Any]:
    """The strain of a network as plain values for JSON, with all the evidence that it names by ids."""
    strains = found.strains
    network = found.network
    rows = [int(row) for row in found.triads.unbalanced(weak=is_weak(strains.base))]
    evidence: dict[str, Evidence] = {one.claim.id: one for place in range(network.ties) if found.day
                                     for one in found.day.behind(place).evidence}
    return {
        **network_record(strains.base, found.day),
        "ties": [{**tie_record(network, int(place), name), "kind": found.kind(int(place)),
                  "change": int(strains.change[place]) / network.scale, "proven": bool(strains.proven[place]),
                  **_told(found.day, int(place))} for place in found.order],
        "unbalanced": [{"kind": "".join("+" if sign else "-" for sign in sorted(
            (network.weight[found.triads.ties[row]] > 0).tolist(), reverse=True)),
            "actors": [{"id": network.names[at], "name": name(network.names[at])} for at in found.triads.actors[row]],
            "ties": [tie_record(network, int(place), name) for place in found.triads.ties[row]],
            "says": triangle_words(found, row, name)} for row in rows],
        "evidence": [evidence_record(one) for _, one in sorted(evidence.items())],
    }


def _told(day: Day | None, place: int) -> dict[str, Any]:
    """The state of the ledger's tie, and its claims by their ids."""
    if day is None:
        return {}
    tie = day.behind(place)
    return {"state": tie.history.state(day.at).value if tie.history else None,
            "claims": [one.claim.id for one in tie.evidence]}
