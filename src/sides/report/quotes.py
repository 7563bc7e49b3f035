"""A piece of evidence as a line: the quote, who says it, where and when."""

from __future__ import annotations

import re

from rich.padding import Padding
from rich.text import Text

from sides.model.claim import AUTHOR
from sides.model.claim_type import Modality
from sides.ties.evidence import Evidence

# Longer quotes are cut in a terminal answer; every export has them whole.
QUOTE_CHARS = 240


def evidence_line(one: Evidence, indent: int = 4) -> Padding:
    """The quote in its sentence, then who says it, where and when, and how it is put."""
    before, quote, after = one.sentence
    line = Text("“")
    line.append(shortened(before, from_end=True), style="dim")
    line.append(shortened(quote))
    line.append(shortened(after), style="dim")
    line.append("”\n" + attribution(one))
    return Padding(line, (0, 0, 0, indent), expand=False)


def attribution(one: Evidence) -> str:
    """Who says it, in which outlet, when it was printed, how it is put."""
    outlets = ", ".join(one.outlets)
    voice = outlets if one.claim.speaker == AUTHOR else f"{one.speaker_name}, in {outlets}"
    parts = [f"{voice}, {one.document.published}"]
    if not one.is_undated and one.claim.start is not None:
        parts.append(f"about {one.claim.start}")
    parts.append(one.claim.type.lower().replace("_", " "))
    if one.claim.modality is not Modality.ASSERTED:
        parts.append({Modality.NEGATED: "denied"}.get(one.claim.modality, one.claim.modality.value))
    return "— " + " · ".join(parts)


def shortened(words: str, *, from_end: bool = False, most: int = QUOTE_CHARS) -> str:
    """The words on one line; of those longer than `most` characters the end is left out, or the beginning.

    >>> shortened("said  that it is")
    'said that it is'
    """
    flat = re.sub(r"\s+", " ", words)
    if len(flat) <= most:
        return flat
    return "[…] " + flat[-most:].split(" ", 1)[-1] if from_end else flat[:most].rsplit(" ", 1)[0] + " […]"
