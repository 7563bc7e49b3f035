"""Who gives whom what, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from sides.model.claim_type import Modality
from sides.report.counting import counted
from sides.report.quotes import evidence_line, shortened
from sides.ties.flows import Flow, Total
from sides.ties.tie import best_quotes

FLOWS_SHOWN = 6


def flows_lines(flows: Sequence[Flow], names: Mapping[str, str], most: int = FLOWS_SHOWN) -> Iterator[RenderableType]:
    """So many flows, each with its span, its amounts and a quote."""
    for one in flows[:most]:
        line = Text("  ")
        line.append(names.get(one.giver, one.giver), style="bold")
        line.append(" withholds from " if one.is_withheld else " gives ")
        line.append(names.get(one.receiver, one.receiver), style="bold")
        span = str(one.first) if one.first == one.last else f"{one.first} to {one.last}"
        line.append(f", {one.layer.value}, {span}")
        if one.modality is not Modality.ASSERTED:
            line.append(f" [{one.modality.value}]", style="italic")
        line.append(f"   ({counted(len(one.evidence), 'claim')})", style="dim")
        if one.totals:
            line.append("\n    " + "; ".join(total_words(total) for total in one.totals))
        yield line
        for each in best_quotes([found for found in one.evidence if found.claim.amounts] or one.evidence, 1):
            yield evidence_line(each)


def total_words(total: Total) -> str:
    """A sum in words, with what it is the sum of; one amount alone in the words of the text."""
    texts = ", ".join(f"“{shortened(amount.text)}”" for amount in total.amounts)
    if len(total.amounts) == 1:
        return texts
    high = "or more" if total.high is None else "" if total.high == total.low else f"to {total.high:,.10g}"
    return " ".join(part for part in (f"{total.low:,.10g}", high, total.unit) if part) + f" in all: {texts}"


def flow_records(flows: Sequence[Flow], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Flows as flat records: one for each sum, one for a flow of which no amount is told."""
    return [{"giver": one.giver, "giver_name": names.get(one.giver, one.giver), "receiver": one.receiver,
             "receiver_name": names.get(one.receiver, one.receiver), "is_withheld": one.is_withheld,
             "layer": one.layer.value, "modality": one.modality.value, "first": str(one.first),
             "last": str(one.last), "types": [kind.value for kind in one.types],
             "kind": total.kind.value if total else None, "unit": total.unit if total else None,
             "low": total.low if total else None, "high": total.high if total else None,
             "amounts": [amount.text for amount in total.amounts] if total else [],
             "claims": [each.claim.id for each in one.evidence]}
            for one in flows for total in (one.totals or (None,))]
