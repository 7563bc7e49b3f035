"""Which mentions and claims belong to which actor where one was split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sides.ledger.actors import folded
from sides.ledger.settlement import Place
from sides.model.actor import Form, Mention

NAMING = frozenset((Form.NAME, Form.METONYM, Form.DEMONYM))


def places(mentions: Iterable[Mention]) -> list[tuple[Mention, Place]]:
    """The mentions of one actor in one document, each with the names that it goes by, by offset.

    A shorter name ("Abbas") goes with the fuller one last written before it, and a mention without a name of its own
    with the name last written before it, or else with the first one after it.
    """
    ordered = sorted(mentions, key=lambda mention: (mention.begin_char, mention.end_char, mention.form))
    first = next((folded(mention.text) for mention in ordered if mention.form in NAMING), "")
    told: list[str] = []  # the names so far
    found = []
    for mention in ordered:
        own = folded(mention.text)
        words = set(own.split())
        if mention.form in NAMING:
            fuller = next((name for name in reversed(told) if words < set(name.split())), own)
            told.append(fuller)
            names = {own, fuller}
        else:
            names = {own, told[-1] if told else first}
        found.append((mention, Place(mention.document, mention.begin_char, mention.end_char, frozenset(names))))
    return found


def by_document(mentions: Iterable[Mention]) -> dict[tuple[str, str], list[tuple[Mention, Place]]]:
    """The mentions of each actor in each document, with their places."""
    together: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        together.setdefault((mention.document, mention.actor), []).append(mention)
    return {key: places(together[key]) for key in sorted(together)}


def nearest(actor: str, document: str, begin_char: int, end_char: int, words: str,
            mentioned: Mapping[tuple[str, str], Sequence[tuple[Mention, Place]]]) -> Place:
    """The mention that a part of a claim rests on: within the quote, with these words; else the nearest one."""
    def distance(mention: Mention) -> int:
        return max(0, begin_char - mention.end_char, mention.begin_char - end_char + 1)

    found = min(mentioned.get((document, actor), ()), default=None, key=lambda one: (
        distance(one[0]) > 0, one[0].text != words, distance(one[0]), one[0].begin_char, one[0].end_char))
    return found[1] if found else Place(document)
