"""Who brokers between whom, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sides.report.counting import counted
from sides.report.quotes import evidence_line
from sides.report.states import DECIMALS
from sides.report.tie import evidence_record
from sides.ties.mediators import Mediation, Result
from sides.ties.tie import best_quotes

RESULTS = {
    Result.BETTER: "then their tie turned up", Result.WORSE: "then their tie turned down",
    Result.NONE: "their tie did not turn", Result.OPEN: "their tie has not turned yet",
    Result.UNTOLD: "nothing else is said of how they stand",
}


def mediations_answer(found: Sequence[Mediation], names: Mapping[str, str], quotes: int = 2) -> RenderableType:
    """Each mediation with its result and quotes, by time. `quotes`: how many to show for each."""
    if not found:
        return Text("The documents name nobody who brokers.")
    return Group(*(line for one in found for line in _lines(one, names, quotes)),
                 Text(f"\n{counted(len(found), 'mediation')}", style="dim"))


def _lines(one: Mediation, names: Mapping[str, str], quotes: int) -> Iterator[RenderableType]:
    parties = " and ".join([*(names.get(party, party) for party in one.parties), "another"][:2])
    line = Text("\n")
    line.append(names.get(one.mediator, one.mediator), style="bold")
    line.append(" between ")
    line.append(parties, style="bold")
    line.append(f", {span(one)}" if one.is_dated else f", no date given, told {span(one)}")
    counts = [(len(one.done), "said to take place"), (len(one.intended), "intended or possible"),
              (len(one.denied), "denied")]
    told = "; ".join(f"{counted(count, 'claim')} {word}" for count, word in counts if count)
    line.append(f"   ({told})", style="dim")
    yield line
    if one.result is not None:
        yield Text(f"  {result_words(one)}", style="italic")
    for each in best_quotes(one.done or one.evidence, quotes):
        yield evidence_line(each)


def span(one: Mediation) -> str:
    """The first and last dates that are told of it; of what is not dated, when it was published."""
    dates = [each.document.published if each.is_undated else each.date for each in one.evidence]
    first, last = min(dates), max(dates)
    return str(first) if first == last else f"{first} to {last}"


def result_words(one: Mediation) -> str:
    """What came of it, with the turn and the levels before and after."""
    assert one.result is not None
    words = RESULTS[one.result]
    if one.turns:
        turn = one.turns[0]
        words += f", {turn.month}: {turn.before.value} to {turn.after.value}"
    if one.before is not None and one.after is not None:
        words += f" (level {one.before:+.2f} before, {one.after:+.2f} after; looked for until {one.until})"
    return words


def mediation_records(found: Sequence[Mediation], names: Mapping[str, str], *,
                      with_evidence: bool = False) -> list[dict[str, Any]]:
    """Mediations as flat records; claims by their ids. `with_evidence`: also with all that is known of the claims."""
    return [{
        "mediator": one.mediator, "mediator_name": names.get(one.mediator, one.mediator),
        "parties": list(one.parties), "party_names": [names.get(party, party) for party in one.parties],
        "is_dated": one.is_dated, "since": str(one.since), "until": str(one.until),
        "result": one.result.value if one.result else None,
        "before": None if one.before is None else round(one.before, DECIMALS),
        "after": None if one.after is None else round(one.after, DECIMALS),
        "turns": [str(turn.month) for turn in one.turns], "done": [each.claim.id for each in one.done],
        "intended": [each.claim.id for each in one.intended], "denied": [each.claim.id for each in one.denied],
        **({"evidence": [evidence_record(each) for each in one.evidence]} if with_evidence else {}),
    } for one in found]
