"""What a person should look at, and what was decided: as pages of a terminal, and as plain values."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sides.actors.review import Suggestion
from sides.ledger.decisions import Decision, Verdict, decision_record
from sides.ledger.withdrawals import moment
from sides.report.counting import counted
from sides.report.quotes import shortened
from sides.ties.review import Case, Spot

NAMES_SHOWN = 6


def review_answer(cases: Sequence[Case], names: Mapping[str, str], ending: str = "") -> RenderableType:
    """The cases, each with sentences and commands to copy. `ending` is put to each command: `-l levant.sides`."""
    if not cases:
        return Text("Nothing to look at here.")
    return Group(*(part for case in cases for part in _case(case, names, ending)))


def _case(case: Case, names: Mapping[str, str], ending: str) -> list[RenderableType]:
    doubt, actor = case.doubt, case.doubt.actor
    weight = ", ".join((counted(doubt.claims, "claim"), counted(doubt.mentions, "mention"),
                        counted(doubt.documents, "document")))
    head = Text.assemble((actor.name, "bold"), f"  {actor.kind.value}", (f"  {actor.id}", "dim"), f"  ({weight})")
    place = [actor.description or "",
             f"part of {names.get(actor.parent, actor.parent)}" if actor.parent else "",
             f"of {names.get(actor.country, actor.country)}" if actor.country else ""]
    others = [name for name in doubt.written if name != actor.name][:NAMES_SHOWN]
    parts: list[RenderableType] = [head]
    for label, words in (("", "; ".join(filter(None, place))), ("also written: ", "; ".join(others)),
                         ("why: ", doubt.told)):
        if words:
            parts.append(Padding(Text.assemble((label, "dim"), words), (0, 0, 0, 2), expand=False))
    parts += [_quote(spot) for spot in case.spots]
    parts += [Text(f"  {command(case, suggestion)}{ending}", no_wrap=True, overflow="ignore", style="bold")
              for suggestion in doubt.suggestions]
    return [*parts, Text()]


def command(case: Case, suggestion: Suggestion) -> str:
    """The command that takes a suggestion."""
    words = ["sides", "actors", suggestion.verdict, case.doubt.actor.id]
    if suggestion.verdict == "merge":
        words.append(suggestion.into or "")
    elif suggestion.into:
        words += ["--into", suggestion.into]
    documents = [case.document_names[identifier] for identifier in suggestion.documents]
    for option, values in (("--named", suggestion.names), ("--document", documents)):
        words += [word for value in values for word in (option, value)]
    return shlex.join([*words, "--why", suggestion.why])


def _quote(spot: Spot) -> RenderableType:
    before, words, after = spot.sentence
    line = Text("“").append(shortened(before, from_end=True)).append(words, style="underline").append(shortened(after))
    outlets = ", ".join(spot.document.outlets) or spot.document.name
    line.append(f"” — {outlets}, {spot.document.published}", style="dim")
    return Padding(line, (0, 0, 0, 4), expand=False)


def review_record(case: Case) -> dict[str, Any]:
    """A case as plain values."""
    doubt, actor = case.doubt, case.doubt.actor
    return {
        "id": actor.id, "name": actor.name, "kind": actor.kind.value, "names": list(actor.names),
        "written": list(doubt.written), "description": actor.description, "country": actor.country,
        "parent": actor.parent, "is_provisional": actor.is_provisional, "claims": doubt.claims,
        "mentions": doubt.mentions, "documents": doubt.documents, "reasons": [reason.value for reason in doubt.reasons],
        "told": doubt.told,
        "suggestions": [{"verdict": one.verdict, "into": one.into, "names": list(one.names),
                         "documents": list(one.documents), "why": one.why, "command": command(case, one)}
                        for one in doubt.suggestions],
        "quotes": [{"document": spot.document.name, "document_id": spot.document.id,
                    "published": str(spot.document.published), "outlets": list(spot.document.outlets),
                    "begin_char": spot.begin_char, "end_char": spot.end_char, "sentence": "".join(spot.sentence)}
                   for spot in case.spots],
    }


def decisions_answer(decisions: Sequence[Decision], idle: Mapping[str, str]) -> RenderableType:
    """The decisions, each with its id, who made it, when and why, and why it does not count where it does not."""
    if not decisions:
        return Text("Nothing was decided yet. `sides actors review` tells what there is to decide.")
    return Group(*(_decision(decision, idle.get(decision.id, "")) for decision in decisions))


def _decision(decision: Decision, idle: str) -> Text:
    line = Text.assemble((decision.id, "dim"), "  ", (said(decision), "strike" if idle else "bold"))
    line.append(f"\n    {decision.who}, {moment(decision.made_at)[:16].replace('T', ' ')} UTC: {decision.why}")
    if idle:
        line.append(f"\n    does not count: {idle}", style="italic")
    return line


def said(decision: Decision) -> str:
    """A decision in words."""
    part = decision.part
    where = "; ".join(f"{label} {', '.join(values)}" for label, values in (
        ("named", part.names), ("in", part.documents), ("at", part.mentions)) if values)
    words = {
        Verdict.CONFIRM: f"confirm {decision.actor}",
        Verdict.MERGE: f"merge {decision.actor} into {decision.into}",
        Verdict.SPLIT: f"split {decision.actor}: {decision.into} where {where}",
        Verdict.REJECT: f"reject {decision.actor}",
        Verdict.WITHDRAW: f"withdraw {decision.withdraws} about {decision.actor}",
    }[decision.verdict]
    told = ", ".join(f"{name}={value}" for name, value in decision.changes)
    return f"{words} ({told})" if told else words


def decision_records(decisions: Sequence[Decision], idle: Mapping[str, str]) -> list[dict[str, Any]]:
    """Decisions as plain values, with why one does not count."""
    return [{**decision_record(decision), "idle": idle.get(decision.id)} for decision in decisions]
