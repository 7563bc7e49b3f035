"""One actor out of what many readings say of it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sides.model.actor import Actor

Value = TypeVar("Value", bound=str)


def merged_actor(variants: Sequence[tuple[Actor, int]]) -> Actor:
    """The actor that readings agree on, given what they say and how many say so.

    What a registry says goes before what was found in text; then each field has its most frequent value, the first in
    sorted order among equally frequent ones; the other names are those of all readings. The order of the variants
    makes no difference.

    >>> from sides.model.actor import ActorKind
    >>> found = Actor(id="hamas", name="HAMAS", kind=ActorKind.GROUP, is_provisional=True)
    >>> known = Actor(id="hamas", name="Hamas", kind=ActorKind.ORGANIZATION)
    >>> actor = merged_actor([(found, 9), (known, 1)])
    >>> actor.name, actor.kind.value, actor.names
    ('Hamas', 'organization', ('HAMAS',))
    """
    is_provisional = all(actor.is_provisional for actor, _ in variants)
    trusted = [(actor, count) for actor, count in variants if actor.is_provisional == is_provisional]
    name = _majority((actor.name, count) for actor, count in trusted) or ""
    kind = _majority((actor.kind, count) for actor, count in trusted)
    assert kind is not None
    names = {other for actor, _ in variants for other in (actor.name, *actor.names)} - {name}
    return Actor(
        id=trusted[0][0].id, name=name, kind=kind, names=tuple(sorted(names)), is_provisional=is_provisional,
        description=_majority((actor.description, count) for actor, count in trusted),
        country=_majority((actor.country, count) for actor, count in trusted),
        parent=_majority((actor.parent, count) for actor, count in trusted),
        wikidata=_majority((actor.wikidata, count) for actor, count in trusted))


def _majority(votes: Iterable[tuple[Value | None, int]]) -> Value | None:
    counts: Counter[Value] = Counter()
    for value, count in votes:
        if value is not None:
            counts[value] += count
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def folded(name: str) -> str:
    """A name without what people spell differently: case, accents, and all but letters and digits.

    >>> folded("Al-Qā\u02bfida"), folded("ISLAMIC  jihad")
    ('al qaida', 'islamic jihad')
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    plain = "".join(letters).casefold()
    for mark in "'\u2019\u2018\u02bc\u02bb\u02bf\u02be`\u00b4.":
        plain = plain.replace(mark, "")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def actors_named(text: str, actors: Iterable[Actor]) -> list[Actor]:
    """The actors whose id, name or other name this is, however it is spelled; by id."""
    wanted = folded(text)
    if not wanted:
        return []
    return sorted((actor for actor in actors
                   if wanted in {folded(name) for name in (actor.id, actor.name, *actor.names)}),
                  key=lambda actor: actor.id)
