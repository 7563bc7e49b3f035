"""What a language model was sent and what came of it, as a person reads it and as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.claims.llm.budget import CHARACTERS_PER_TOKEN
from sides.claims.llm.tally import REASONS
from sides.engines.beside import AskReport
from sides.report.counting import counted


def ask_summary(asked: AskReport) -> RenderableType:
    """What was sent, what it took, what was added, and what was not believed, by reason."""
    lines = [_sent(asked), _estimated(asked) if asked.is_dry else _spent(asked)]
    if asked.withheld:
        lines.append(f"Not sent: {counted(asked.withheld, 'sentence')} of paragraphs that speak to a language model.")
    if asked.is_dry:
        return Group(*map(Text, lines))
    tally = asked.tally
    lines.append(f"It proposed {counted(tally.proposed, 'claim')}: {tally.accepted} added, {tally.known} said already "
                 f"by the other readers, {tally.repeated} by itself, {_rejected(asked)} not believed.")
    if tally.extra_fields:
        lines.append(f"{counted(tally.extra_fields, 'proposal')} had fields that were not asked for, such as dates; "
                     "these were not taken.")
    parts: list[RenderableType] = [*map(Text, lines)]
    if tally.rejected:
        table = Table(title="Not believed", title_justify="left", title_style="bold")
        table.add_column("why", overflow="fold")
        table.add_column("how many", justify="right")
        for reason, count in sorted(tally.rejected.items(), key=lambda item: (-item[1], item[0])):
            table.add_row(REASONS[reason], str(count))
        parts.append(table)
    return Group(*parts)


def ask_record(asked: AskReport) -> dict[str, Any]:
    """The same as plain values; what was not believed stands under `rejected`, by reason (docs/llm.md)."""
    record = asdict(asked)
    tally = record.pop("tally")
    return {**record, **tally, "rejected": dict(sorted(asked.tally.rejected.items()))}


def _sent(asked: AskReport) -> str:
    share = asked.characters_sent / asked.characters if asked.characters else 0.0
    where = "on this machine" if asked.is_here else f"at {asked.base_url}: the text leaves this machine"
    would = "would be asked" if asked.is_dry else "was asked"
    return (f"{asked.model} {would} {where}. Of {counted(asked.sentences, 'sentence')}, {asked.marked} may hold a "
            f"claim between two actors; they make {counted(asked.passages, 'passage')}, with what is around them "
            f"{share:.0%} of the text.")


def _estimated(asked: AskReport) -> str:
    cost = "" if asked.usd is None else f", at most {asked.usd:.4f} US dollars"
    return (f"Dry run: nothing was sent, read or written. {counted(asked.asked, 'request')} would be sent, "
            f"{counted(asked.kept, 'answer')} are there already: about {asked.prompt_tokens} tokens sent (characters "
            f"divided by {CHARACTERS_PER_TOKEN:g}) and at most {asked.answer_tokens} answered{cost}.")


def _spent(asked: AskReport) -> str:
    cost = "" if asked.usd is None else f", {asked.usd:.4f} US dollars"
    form = f" as {asked.form}" if asked.form else ""
    again = f", {asked.repaired} of them second ones" if asked.repaired else ""
    unsent = f" {counted(asked.unsent, 'passage')} have no answer." if asked.unsent else ""
    return (f"{counted(asked.asked, 'request')} answered{form}, {counted(asked.kept, 'answer')} there already{again}: "
            f"{asked.prompt_tokens} tokens sent, {asked.answer_tokens} answered{cost}.{unsent}")


def _rejected(asked: AskReport) -> int:
    """Proposals that were not believed; whole answers that failed are no proposals."""
    return sum(count for reason, count in asked.tally.rejected.items() if reason not in ("answer", "cut"))
