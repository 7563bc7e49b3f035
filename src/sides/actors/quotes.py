"""Direct quotations and who speaks them."""

from __future__ import annotations

from dataclasses import dataclass

from sides.actors.draft import Draft
from sides.actors.wordlists import Wordlists

MARKS = frozenset(('"', "``", "''", "“", "”"))
QUOTE_MAX_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation between its marks, and the token of the subject that speaks it, if that is plain."""

    begin: int
    end: int
    speaker: int | None


def quotes(draft: Draft, lists: Wordlists) -> list[Quote]:
    """The quotations of a document in order. A mark that opens a new paragraph goes on with the quotation before."""
    surface = draft.surface
    found = []
    opened: int | None = None
    for index in range(surface.size):
        if surface.text[index] not in MARKS:
            continue
        if opened is None:
            opened = index
            continue
        if index - opened > QUOTE_MAX_TOKENS:
            opened = index
            continue
        found.append(Quote(opened, index + 1, speaker(draft, lists, opened, index + 1)))
        opened = None
    return found


def speaker(draft: Draft, lists: Wordlists, begin: int, end: int) -> int | None:
    """The subject of the verb of saying that governs a quotation, or stands right before or after it."""
    surface = draft.surface
    sentences = {surface.sentence[begin], surface.sentence[end - 1]}
    best: tuple[int, int] | None = None
    first = next((index for index in range(begin, -1, -1) if surface.sentence[index] not in sentences), -1) + 1
    index = first
    while index < surface.size and surface.sentence[index] <= max(sentences):
        is_outside = not begin <= index < end
        if is_outside and surface.lemma[index] in lists.verbs["saying"] and surface.pos[index] == "VERB":
            for child in surface.children[index]:
                if surface.dep[child] == "nsubj" and not begin <= child < end:
                    away = min(abs(index - begin), abs(index - end))
                    if best is None or away < best[0]:
                        best = (away, child)
        index += 1
    return best[1] if best is not None else None
