"""Where a model's quote stands in the text: as it is, or else with blanks, dashes and quotation marks made alike."""

from __future__ import annotations

from sides.parsing.prepare import SAME_LENGTH

ALIKE = {**SAME_LENGTH, ord("–"): "-", ord("—"): "-", ord("−"): "-"}


def stands_at(quote: str, text: str, begin_char: int, end_char: int) -> tuple[int, int] | None:
    """Begin and end of a quote within a stretch of a text, or `None` if it does not stand there word for word.

    >>> stands_at("the 'front' line", "On  the ‘front’\\nline.", 0, 21)
    (4, 20)
    """
    words = quote.strip()
    if not words:
        return None
    at = text.find(words, begin_char, end_char)
    if at >= 0:
        return at, at + len(words)
    sought, _ = _folded(words)
    here, places = _folded(text[begin_char:end_char])
    at = here.find(sought)
    if at < 0:
        return None
    return begin_char + places[at], begin_char + places[at + len(sought) - 1] + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """A text with what looks alike made one, and for each of its characters the place where it stands."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(ALIKE)):
        if character.isspace():
            if kept and kept[-1] == " ":
                continue
            character = " "
        kept.append(character)
        places.append(place)
    return "".join(kept), places
