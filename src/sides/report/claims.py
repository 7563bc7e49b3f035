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


def claim_lines(records: Sequence[dict[str, Any]]) -> RenderableType:
    """The claims, then how many they are."""
    lines = [line for record in records for line in _entry(record)]
    return Group(*lines, Text(counted(len(records), "claim"), style="dim"))


def _entry(record: dict[str, Any]) -> list[RenderableType]:
    head = Text(f"{record['start'] or record['published']}  ")
    head.append(record["source_names"][0] if record["source_names"] else record["source"], style="bold")
    head.append(f" {record['type'].lower().replace('_', ' ')} ", style=SIGN_STYLES[record["sign"]])
    head.append(record["target_names"][0] if record["target_names"] else record["target"], style="bold")
    if record["third"]:
        head.append(f" (with {record['third_names'][0] if record['third_names'] else record['third']})")
    if record["modality"] != "asserted":
        head.append(f"  [{record['modality']}]", style="italic")
    head.append(f"  {record['id']}", style="dim")
    parts = [Padding(Text(f"{one['kind']}: {shortened(one['text'])}", style="italic"), (0, 0, 0, 4), expand=False)
             for name in ("reasons", "amounts") for one in record[name]]
    speaker = record["speaker_names"][0] if record["speaker_names"] else record["speaker"]
    where = f"{', '.join(record['outlets']) or record['document']}, {record['published']}"
    voice = where if record["speaker"] == "author" else f"{speaker}, in {where}"
    return [head, Padding(Text(f"“{shortened(record['quote'])}”"), (0, 0, 0, 4), expand=False), *parts,
            Padding(Text(f"— {voice}", style="dim"), (0, 0, 0, 4), expand=False)]
