"""What changed: turns, dyads first told of, and ties that are known to be otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sides.report.counting import counted
from sides.report.quotes import evidence_line
from sides.report.states import percent, probabilities_record, state_text, turn_record
from sides.report.tie import evidence_record
from sides.ties.changes import Appearance, Changes, Probabilities, Revision, TieTurn
from sides.ties.evidence import Evidence
from sides.ties.history import Contribution
from sides.ties.states import State, expected

Name = Callable[[str], str]
# A first screen: what is left out is told by number, and stands in the JSON.
SHOWN = 25
DOCUMENTS_SHOWN = 5


def changes_answer(changes: Changes, name: Name, quotes: int = 2) -> RenderableType:
    """The changes as a page of a terminal. `quotes`: how many to show for each."""
    return Group(*_parts(changes, name, quotes))


def _parts(changes: Changes, name: Name, quotes: int) -> Iterator[RenderableType]:
    span = f"since {changes.since}" + (f" until {changes.until}" if changes.until else "")
    yield _heading(f"{counted(len(changes.turns), 'turn')} {span}", len(changes.turns))
    for turn in changes.turns[:SHOWN]:
        yield from _turn_lines(turn, name, quotes)
    yield _heading(f"\n{counted(len(changes.appeared), 'dyad')} first told of {span}", len(changes.appeared))
    for appearance in changes.appeared[:SHOWN]:
        yield from _appearance_lines(appearance, name, quotes)
    if changes.known_since is not None:
        yield _heading(f"\n{counted(len(changes.revised), 'tie')} in {changes.at} known to be otherwise than by "
                       f"{changes.known_since}", len(changes.revised))
        for revision in changes.revised[:SHOWN]:
            yield from _revision_lines(revision, name, quotes)


def _heading(words: str, total: int) -> Text:
    return Text(words + (f" ({SHOWN} of them here; all with --json)" if total > SHOWN else ""), style="bold")


def _turn_lines(one: TieTurn, name: Name, quotes: int) -> Iterator[RenderableType]:
    turn = one.turn
    line = Text(f"  {turn.month}  {turn.direction:<4}  {name(one.left)} and {name(one.right)}: ")
    line.append_text(_from_to(turn.before, one.before, turn.after, one.after))
    line.append(f"; between {turn.first} and {turn.last}" if turn.first != turn.last else "", style="dim")
    line.append(f"; carried by {counted(len(turn.carried), 'claim')}", style="dim")
    yield line
    for evidence in foremost(turn.carried, turn.is_up, quotes):
        yield evidence_line(evidence, 6)


def _appearance_lines(one: Appearance, name: Name, quotes: int) -> Iterator[RenderableType]:
    line = Text(f"  {one.first.date}  {name(one.left)} and {name(one.right)}: ")
    line.append_text(state_text(one.state, one.probabilities[one.state]) if one.state else Text("no state is told"))
    yield line
    if quotes:
        yield evidence_line(one.first, 6)


def _revision_lines(one: Revision, name: Name, quotes: int) -> Iterator[RenderableType]:
    line = Text(f"  {name(one.left)} and {name(one.right)}: ")
    line.append_text(_from_to(one.before, one.before_probabilities, one.after, one.after_probabilities))
    documents = [document.name for document in one.documents]
    more = f" and {len(documents) - DOCUMENTS_SHOWN} more" if len(documents) > DOCUMENTS_SHOWN else ""
    line.append(f"; by {', '.join(documents[:DOCUMENTS_SHOWN])}{more}" if documents
                else "; by who is now known to have acted for whom", style="dim")
    yield line
    for evidence in foremost(one.by, expected(one.after_probabilities) > expected(one.before_probabilities), quotes):
        yield evidence_line(evidence, 6)


def foremost(contributions: Sequence[Contribution], is_up: bool, most: int) -> list[Evidence]:
    """What moves a tie most, one of each report: first what itself speaks for the better, or for the worse.

    What told of the state before a turn carries it as well, but says nothing of it.
    """
    ranked = sorted(contributions, key=lambda one: one.evidence.claim.sign != (1 if is_up else -1))  # keeps the order
    by_report: dict[str, Evidence] = {}
    for one in ranked:
        by_report.setdefault(one.evidence.report, one.evidence)
    return list(by_report.values())[:most]


def _from_to(before: State | None, befores: Probabilities, after: State | None, afters: Probabilities) -> Text:
    """One state and another, with how probable each was in its time."""
    text = Text()
    for state, shares, word in ((before, befores, ""), (after, afters, " to ")):
        text.append(word)
        text.append_text(state_text(state) if state else Text("not told"))
        text.append(f" {percent(shares[state])}" if state else "", style="dim")
    return text


def changes_record(changes: Changes, name: Name) -> dict[str, Any]:
    """The changes as plain values for JSON, with all the evidence that they name by ids."""
    evidence = {one.claim.id: one for one in (
        *(carried.evidence for turn in changes.turns for carried in turn.turn.carried),
        *(one.first for one in changes.appeared), *(added.evidence for one in changes.revised for added in one.by))}
    return {
        "since": str(changes.since), "until": str(changes.until) if changes.until else None,
        "known_since": str(changes.known_since) if changes.known_since else None,
        "at": str(changes.at) if changes.at else None,
        "turns": [{**_dyad(one.left, one.right, name), **turn_record(one.turn),
                   "probabilities_before": probabilities_record(one.before),
                   "probabilities_after": probabilities_record(one.after)} for one in changes.turns],
        "appeared": [{**_dyad(one.left, one.right, name), "date": str(one.first.date),
                      "state": one.state.value if one.state else None,
                      "probabilities": probabilities_record(one.probabilities), "claim": one.first.claim.id}
                     for one in changes.appeared],
        "revised": [{**_dyad(one.left, one.right, name), "at": str(one.at),
                     "before": one.before.value if one.before else None,
                     "probabilities_before": probabilities_record(one.before_probabilities),
                     "after": one.after.value if one.after else None,
                     "probabilities_after": probabilities_record(one.after_probabilities),
                     "documents": [document.id for document in one.documents],
                     "claims": [added.evidence.claim.id for added in one.by]} for one in changes.revised],
        "evidence": [evidence_record(one) for _, one in sorted(evidence.items())],
    }


def _dyad(left: str, right: str, name: Name) -> dict[str, Any]:
    return {"left": {"id": left, "name": name(left)}, "right": {"id": right, "name": name(right)}}
