"""The answer to "where do A and B stand?": state, history with quotes, disagreement, mediators, what is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sides.report.audience import audience_lines, reaction_records
from sides.report.counting import counted
from sides.report.drivers import driver_records, drivers_lines
from sides.report.flows import FLOWS_SHOWN, flow_records, flows_lines
from sides.report.quotes import evidence_line, shortened
from sides.report.states import (
    DECIMALS,
    STATE_STYLES,
    chances,
    contribution_lines,
    contributions_record,
    months_record,
    percent,
    probabilities_record,
    state_text,
    turn_line,
    turn_record,
    years_line,
)
from sides.ties.around import Around
from sides.ties.evidence import Evidence
from sides.ties.organization import Bond
from sides.ties.rollup import Standing
from sides.ties.tie import Step, Tie, best_quotes

# A first screen, not an archive: the rest is told by number and reached with --quotes or `sides claims`.
DISAGREEMENTS_SHOWN = 3
AHEAD_SHOWN = 4
DENIED_SHOWN = 3
STANDINGS_SHOWN = 6
CONTRIBUTIONS_SHOWN = 5
PLAIN_ROLES = ("leads", "represents")


def tie_answer(tie: Tie, names: Mapping[str, str], quotes: int = 2, around: Around | None = None) -> RenderableType:
    """The tie as a page of a terminal. `quotes`: how many to show for each step. `around`: what is told around it."""
    return Group(*_parts(tie, names, quotes, around))


def _parts(tie: Tie, names: Mapping[str, str], quotes: int, around: Around | None) -> Iterator[RenderableType]:
    left, right = names.get(tie.left, tie.left), names.get(tie.right, tie.right)
    yield Text(f"{left} and {right}", style="bold")
    yield _headline(tie)
    if not tie.evidence:
        return
    turns = {turn.month: turn for turn in tie.turns}
    surroundings = {one.turn.month: one for one in around.turns} if around else {}
    for step in tie.steps:
        yield Text()
        if step.first in turns:
            yield turn_line(turns[step.first])
        if step.first in surroundings:
            yield from drivers_lines(surroundings[step.first].drivers)
            yield from audience_lines(surroundings[step.first].reactions, names)
        yield _step_line(step)
        for one in best_quotes(step.agreeing, quotes):
            yield evidence_line(one)
        if step.opposing:
            yield Text("    but also:", style="italic")
            for one in best_quotes(step.opposing, 1):
                yield evidence_line(one)
    if len(tie.years) > 1:
        yield _heading("Likeliest at the end of each year")
        yield years_line(tie.years)
    if tie.layers:
        yield _heading("By field")
        for layer in tie.layers:
            probabilities = layer.history.probabilities(tie.now_at)
            yield Text(f"  {layer.layer.value}: {chances(probabilities)}")
    if tie.contributions:
        yield _heading(f"What moves the state at {tie.now_at} most", min(CONTRIBUTIONS_SHOWN, len(tie.contributions)),
                       len(tie.contributions))
        yield from contribution_lines(tie.contributions, CONTRIBUTIONS_SHOWN)
    if tie.disagreements:
        shown = tie.disagreements[-DISAGREEMENTS_SHOWN:]
        yield _heading("Where sources disagree", len(shown), len(tie.disagreements))
        for disagreement in shown:
            yield Text(f"  {disagreement.year}")
            yield evidence_line(disagreement.one)
            yield evidence_line(disagreement.other)
    if tie.mediators:
        yield _heading("Who mediates")
        for mediator in tie.mediators:
            yield Text(f"  {names.get(mediator.actor, mediator.actor)}: {_count(mediator.evidence)}")
            for one in best_quotes(mediator.evidence, 1):
                yield evidence_line(one)
    if around and around.flows:
        yield _heading("Who gives whom what", min(FLOWS_SHOWN, len(around.flows)), len(around.flows))
        yield from flows_lines(around.flows, names)
    if tie.standings:
        yield _heading("Counted for them", min(STANDINGS_SHOWN, len(tie.standings)), len(tie.standings))
        for standing in tie.standings[:STANDINGS_SHOWN]:
            yield _standing_line(standing, names)
    if tie.ahead:
        yield _heading("Forecast, planned, demanded or possible", min(AHEAD_SHOWN, len(tie.ahead)), len(tie.ahead))
        for one in tie.ahead[:AHEAD_SHOWN]:
            yield evidence_line(one)
    if tie.denied:
        yield _heading("Denied", min(DENIED_SHOWN, len(tie.denied)), len(tie.denied))
        for one in tie.denied[-DENIED_SHOWN:]:
            yield evidence_line(one)


def _headline(tie: Tie) -> Text:
    now, state = tie.now, tie.state
    clock = "".join(f", {word} {date}" for word, date in (("at", tie.at), ("known by", tie.known)) if date)
    if now is None or state is None:
        said = "nothing that counts toward a state" if tie.evidence else "nothing"
        return Text(f"The documents say {said} about how they stand{clock}.")
    line = state_text(state)
    line.append(f" in {tie.now_at}, by probability: {chances(tie.probabilities)}")
    line.append(f"; {_voices(now)}" if now.only_voices else "")
    line.append("; contested" if now.is_contested else "")
    line.append(f"{clock}   ({_count(tie.evidence)})", style="dim")
    return line


def _step_line(step: Step) -> Text:
    line = Text(f"  {_months(step):<18} ")
    line.append(f"{step.state.value:<9}", style=STATE_STYLES[step.state.value])
    line.append(f" {percent(step.probability)}", style="dim")
    line.append(f", {_voices(step)};" if step.only_voices else "")
    line.append(f" {_count(step.agreeing)}" if step.agreeing else " nothing said in these months", style="dim")
    if step.opposing:
        line.append(f"; against: {_count(step.opposing)}", style="dim")
    if step.is_contested:
        line.append("; contested", style="italic")
    return line


def _standing_line(standing: Standing, names: Mapping[str, str]) -> Text:
    """Who was counted for whom, in how many claims, and what tells that it acted for it."""
    line = Text(f"  {names.get(standing.actor, standing.actor)} for {names.get(standing.whole, standing.whole)}")
    line.append(f", {counted(standing.claims, 'claim')}: ", style="dim")
    line.append("; ".join(bond_text(bond, names) for bond in standing.bonds))
    return line


def bond_text(bond: Bond, names: Mapping[str, str]) -> str:
    """A bond in words: the place, in whom, since when, and the registry's source or the words of a document."""
    span = "–".join(str(date) if date else "" for date in (bond.holds.start, bond.holds.end))
    listed = f"registry: {bond.source}" if bond.source else "as the text describes it"
    why = f"“{shortened(bond.claim.quote)}”" if bond.claim else listed
    role = bond.label if bond.label.endswith(" of") or bond.label in PLAIN_ROLES else f"{bond.label} of"
    return f"{role} {names.get(bond.parent, bond.parent)}{f' {span}' if span != '–' else ''} ({why})"


def bond_record(bond: Bond) -> dict[str, Any]:
    """A bond as plain values for JSON."""
    return {"actor": bond.child, "type": bond.type.value, "in": bond.parent, "label": bond.label,
            "since": str(bond.holds.start) if bond.holds.start else None,
            "until": str(bond.holds.end) if bond.holds.end else None, "registry_source": bond.source,
            "claim": bond.claim.id if bond.claim else None, "quote": bond.claim.quote if bond.claim else None,
            "document_id": bond.claim.document if bond.claim else None}


def _voices(step: Step) -> str:
    """On whose word alone the state of a step rests."""
    return f"according to {' and '.join(step.only_voices)}"


def _months(step: Step) -> str:
    return str(step.first) if step.first == step.last else f"{step.first}–{step.last}"


def _count(evidence: Sequence[Evidence]) -> str:
    outlets = {outlet for one in evidence for outlet in one.outlets}
    return f"{counted(len(evidence), 'claim')}, {counted(len(outlets), 'outlet')}"


def _heading(words: str, shown: int = 0, total: int = 0) -> Text:
    more = f" ({shown} of {total})" if shown < total else ""
    return Text(f"\n{words}{more}", style="bold")


def tie_record(tie: Tie, names: Mapping[str, str], *, with_months: bool = False,
               around: Around | None = None) -> dict[str, Any]:
    """The whole tie, with all its evidence, as plain values for JSON. Steps and lists name claims by their ids.

    `with_months`: with the probabilities of every month. `around`: with what is told around it.
    """
    now = tie.now
    found = {
        "left": {"id": tie.left, "name": names.get(tie.left, tie.left)},
        "right": {"id": tie.right, "name": names.get(tie.right, tie.right)},
        "at": str(tie.at) if tie.at else None,
        "known": str(tie.known) if tie.known else None,
        "asked_about": str(tie.now_at),
        "state": tie.state.value if tie.state else None,
        "probabilities": probabilities_record(tie.probabilities),
        "now": _step_record(now) if now else None,
        "steps": [_step_record(step) for step in tie.steps],
        "turns": [turn_record(turn) for turn in tie.turns],
        "years": [{"year": year, "state": state.value, "probability": round(share, DECIMALS)}
                  for year, state, share in tie.years],
        "contributions": contributions_record(tie.contributions),
        "layers": {one.layer.value: {
            "state": one.history.state(tie.now_at).value,
            "probabilities": probabilities_record(one.history.probabilities(tie.now_at)),
            "turns": [turn_record(turn) for turn in one.history.turns()]} for one in tie.layers},
        "disagreements": [{"year": found.year, "claims": [found.one.claim.id, found.other.claim.id]}
                          for found in tie.disagreements],
        "mediators": [{"actor": one.actor, "name": names.get(one.actor, one.actor),
                       "claims": [evidence.claim.id for evidence in one.evidence]} for one in tie.mediators],
        "counted": [{"actor": one.actor, "name": names.get(one.actor, one.actor), "for": one.whole,
                     "first": str(one.first), "last": str(one.last), "claims": one.claims,
                     "because": [bond_record(bond) for bond in one.bonds]} for one in tie.standings],
        "ahead": [one.claim.id for one in tie.ahead],
        "denied": [one.claim.id for one in tie.denied],
        "evidence": [evidence_record(one) for one in tie.evidence],
    }
    if around:
        found["drivers"] = [record for one in around.turns for record in driver_records(one.drivers)]
        found["audience"] = [record for one in around.turns
                             for record in reaction_records(one.turn, one.reactions, names)]
        found["flows"] = flow_records(around.flows, names)
    if with_months and tie.history:
        found["months"] = months_record(tie.history)
    return found


def evidence_record(one: Evidence) -> dict[str, Any]:
    """A piece of evidence as plain values: the claim, its quote and where it stands."""
    claim = one.claim
    return {
        "claim": claim.id, "quote": claim.quote, "document": one.document.name, "document_id": claim.document,
        "begin_char": claim.begin_char, "end_char": claim.end_char, "outlets": list(one.outlets), "report": one.report,
        "published": str(one.document.published), "happened": str(one.date), "source": claim.source,
        "target": claim.target, "third": claim.third,
        "type": claim.type.value, "sign": claim.sign, "modality": claim.modality.value, "speaker": claim.speaker,
        "speaker_name": one.speaker_name, "start": str(claim.start) if claim.start else None,
        "end": str(claim.end) if claim.end else None, "confidence": round(claim.confidence, 4),
        "restatements": [again.id for again in one.restatements],
        "counted_for": {counted.actor: counted.whole for counted in one.counted},
    }


def _step_record(step: Step) -> dict[str, Any]:
    return {"state": step.state.value, "probability": round(step.probability, DECIMALS), "first": str(step.first),
            "last": str(step.last), "is_contested": step.is_contested,
            "only_voices": list(step.only_voices),
            "for": [one.claim.id for one in step.agreeing], "against": [one.claim.id for one in step.opposing]}
