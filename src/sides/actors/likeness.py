"""What speaks for two actors being one: a name that both bear, a spelling, a surname, a short form.

Far looser than resolution, which must be right by itself: here a person looks at what is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sides.actors.names import fold, is_same_person_name, skeleton
from sides.model.actor import Actor, ActorKind

# Words that tell nothing apart in names of organizations.
FILLING = frozenset(("the", "of", "for", "and", "in", "on", "to", "a", "al", "de", "la", "el", "du", "des", "del"))
# Of the words of two names of organizations, the least share that both have where the rest may be another translation.
LEAST_SHARED = 0.6
# Letters that a state's name and its adjective share at least: Palestine, Palestinian.
STEM_CHARS = 5
ORGANIZED = frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC, ActorKind.GROUP))
MANY = frozenset((ActorKind.PEOPLE, ActorKind.GROUP))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two actors have in common, in words, and how much it proves: 3 most, 1 least."""

    strength: int
    why: str


@dataclass(frozen=True)
class Named:
    """An actor with the names that documents write, and the documents."""

    actor: Actor
    written: frozenset[str]
    documents: frozenset[str]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All its names: the one that is shown, then the others, sorted."""
        return (self.actor.name, *sorted({*self.actor.names, *self.written} - {self.actor.name}))

    @cached_property
    def folded(self) -> dict[str, str]:
        """Its names by their folded form."""
        return {fold(name): name for name in reversed(self.names)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """What it must share with another to be compared with it at all."""
        keys = set(self.folded)
        for name in self.folded:
            words = [word for word in name.split() if word not in FILLING]
            if self.actor.kind is ActorKind.PERSON:
                keys.add("person " + skeleton(name).split(" ")[-1][1:])
            else:
                keys |= {f"word {word[:STEM_CHARS]}" for word in words}
                if len(words) > 2:
                    keys.add("".join(word[0] for word in words))
        return frozenset(keys)


def likeness(one: Named, other: Named) -> Likeness | None:
    """What speaks for two actors being one, if anything does.

    >>> qassim = Named(Actor(id="qassim", name="Qassim", kind=ActorKind.PERSON), frozenset(), frozenset({"d"}))
    >>> naim = Named(Actor(id="naim-qassem", name="Naim Qassem", kind=ActorKind.PERSON), frozenset(), frozenset({"d"}))
    >>> likeness(qassim, naim).why
    'Qassim is the surname of Naim Qassem, in the same document'
    """
    kinds = {one.actor.kind, other.actor.kind}
    if not (len(kinds) == 1 or kinds <= ORGANIZED or kinds <= MANY):
        return None
    states = {actor.country for actor in (one.actor, other.actor) if actor.country}
    if len(states) > 1 and kinds != {ActorKind.PERSON}:
        return None
    shared = sorted(set(one.folded) & set(other.folded) - _generic(one) - _generic(other))
    is_near = _shared_place(one, other)
    if shared and (is_near or len(shared[0].split()) > 1):
        return Likeness(3, f"both are called {one.folded[shared[0]]}")
    if kinds == {ActorKind.PERSON}:
        return _persons(one, other, is_near)
    return _organizations(one, other, is_near)


def _persons(one: Named, other: Named, near: str) -> Likeness | None:
    for name in one.names:
        for like in other.names:
            if is_same_person_name(name, like):
                return Likeness(3, f"{name} and {like} are spelled alike")
    if not near:
        return None
    for short, full in ((one, other), (other, one)):
        if all(len(name.split()) == 1 for name in short.folded):
            for like in full.names:
                first, *rest = like.split()
                if rest and is_same_person_name(f"{first} {short.actor.name}", like):
                    return Likeness(2, f"{short.actor.name} is the surname of {like}, {near}")
    return None


def _organizations(one: Named, other: Named, near: str) -> Likeness | None:
    if not near:
        return None
    best: Likeness | None = None
    for name in one.folded:
        for like in other.folded:
            found = _compared(name, like)
            if found and (best is None or found[0] > best.strength):
                best = Likeness(found[0], f"{one.folded[name]} {found[1]} {other.folded[like]}, {near}")
    return best


def _compared(name: str, other: str) -> tuple[int, str] | None:
    """How two folded names of organizations are alike.

    >>> _compared("palestinian factions", "palestine factions"), _compared("pflp", "popular front liberation palestine")
    ((2, 'is spelled like'), (2, 'is short for'))
    """
    one, two = ([word for word in text.split() if word not in FILLING] for text in (name, other))
    if not one or not two:
        return None
    for short, long, words in ((one, two, "is short for"), (two, one, "is long for")):
        if len(short) == 1 and len(long) > 2 and short[0] == "".join(word[0] for word in long):
            return 2, words
    if len(one) == len(two) > 1 and all(_is_like(a, b) for a, b in zip(one, two, strict=True)):
        return 2, "is spelled like"
    shared = set(one) & set(two)
    if min(len(one), len(two)) > 2 and len(shared) >= LEAST_SHARED * len({*one, *two}):
        return 1, "shares most words with"
    for short, long, words in ((one, two, "is part of the name"), (two, one, "has as part of its name")):
        if 1 < len(short) < len(long) and set(short) < set(long):
            return 1, words
    return None


def _is_like(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= STEM_CHARS and word[:STEM_CHARS] == other[:STEM_CHARS])


def _shared_place(one: Named, other: Named) -> str:
    """Whether two actors are of one state, or stand in one document, in words."""
    if one.actor.country and one.actor.country == other.actor.country:
        return "of the same country"
    return "in the same document" if one.documents & other.documents else ""


def _generic(named: Named) -> set[str]:
    """Names that are too short to prove anything."""
    return {name for name in named.folded if len(name) < 3}
