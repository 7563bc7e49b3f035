"""Third parties that react to a turn, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from sides.report.counting import counted
from sides.report.quotes import evidence_line
from sides.ties.audience import Grounds, Reaction
from sides.ties.history import Turn

REACTIONS_SHOWN = 4
SIGNS = {1: "for", -1: "against", 0: "neither for nor against"}


def audience_lines(reactions: Sequence[Reaction], names: Mapping[str, str],
                   most: int = REACTIONS_SHOWN) -> Iterator[RenderableType]:
    """So many reactions that speak of the turn, each with its sign and quote; those of its time only by number."""
    speaking = [one for one in reactions if one.grounds is not Grounds.TIME]
    if speaking:
        more = f" ({most} of {len(speaking)})" if most < len(speaking) else ""
        yield Text(f"    who reacts{more}:", style="italic")
    for one in speaking[:most]:
        yield Text(f"      {names.get(one.actor, one.actor)} {SIGNS[one.sign]} {names.get(one.toward, one.toward)}")
        yield evidence_line(one.evidence, 8)
    if len(speaking) < len(reactions):
        others = counted(len(reactions) - len(speaking), "claim")
        yield Text(f"    {others} of others toward the two at the time", style="dim")


def reaction_records(turn: Turn, reactions: Sequence[Reaction], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The reactions to a turn as flat records."""
    return [{"turn": str(turn.month), "direction": turn.direction, "actor": one.actor,
             "actor_name": names.get(one.actor, one.actor), "toward": one.toward, "sign": one.sign,
             "grounds": one.grounds.value, "type": one.evidence.claim.type.value, "claim": one.evidence.claim.id,
             "quote": one.evidence.quote, "document_id": one.evidence.claim.document} for one in reactions]
