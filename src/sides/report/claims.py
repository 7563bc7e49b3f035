"""Claims as a list for people: one entry a claim, with its quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sides.report.counting import counted
from sides.report.quotes import shortened

SIGN_STYLES = {1: "blue", -1: "dark_orange3", 0: "default"}
SOMEBODY = "somebody not named"


def claim_lines(records: Sequence[dict[str, Any]]) -> RenderableType:
    """The claims, then how many they are, and how many of them only say another one again."""
    lines = [line for record in records for line in _entry(record)]
    again = sum(record["restates"] is not None for record in records)
    total = counted(len(records), "claim") + (f", {again} of which another one says more fully" if again else "")
    return Group(*lines, Text(total, style="dim"))


def incomplete_lines(records: Sequence[dict[str, Any]]) -> RenderableType:
    """What lacks an actor, then how much it is."""
    lines = [line for record in records for line in _told(record, _head(record))]
    return Group(*lines, Text(f"{len(records)} incomplete: one actor is named, so none of it is a claim", style="dim"))


def _entry(record: dict[str, Any]) -> list[RenderableType]:
    head = _head(record)
    if record["inferred"]:
        head.append(f"  {' and '.join(record['inferred'])} from the discourse", style="italic dim")
    if record["restates"]:
        head.append(f"  says {record['restates']} again", style="italic dim")
    return _told(record, head)


def _head(record: dict[str, Any]) -> Text:
    head = Text(f"{record['start'] or record['published']}  ")
    head.append(_name(record, "source"), style="bold")
    head.append(f" {record['type'].lower().replace('_', ' ')} ", style=SIGN_STYLES[record["sign"]])
    head.append(_name(record, "target"), style="bold")
    if record.get("third"):
        head.append(f" (with {_name(record, 'third')})")
    if record["modality"] != "asserted":
        head.append(f"  [{record['modality']}]", style="italic")
    head.append(f"  {record['id']}", style="dim")
    return head


def _name(record: dict[str, Any], place: str) -> str:
    return str(next(iter(record[f"{place}_names"]), record[place] or SOMEBODY))


def _told(record: dict[str, Any], head: Text) -> list[RenderableType]:
    """The head of an entry with its quote, reasons and amounts, and who says it where."""
    parts = [Padding(Text(f"{one['kind']}: {shortened(one['text'])}", style="italic"), (0, 0, 0, 4), expand=False)
             for name in ("reasons", "amounts") for one in record.get(name, ())]
    speaker = record["speaker_names"][0] if record["speaker_names"] else record["speaker"]
    where = f"{', '.join(record['outlets']) or record['document']}, {record['published']}"
    voice = where if record["speaker"] == "author" else f"{speaker}, in {where}"
    return [head, Padding(Text(f"“{shortened(record['quote'])}”"), (0, 0, 0, 4), expand=False), *parts,
            Padding(Text(f"— {voice}", style="dim"), (0, 0, 0, 4), expand=False)]
