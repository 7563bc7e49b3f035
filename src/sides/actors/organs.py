"""Organs that every state has and a text names without saying whose: the Supreme Court, the Foreign Ministry, Congress.

Left to themselves they would be one actor in all documents, so each gets its id under its state.
"""

from __future__ import annotations

from collections.abc import Iterator

from sides.actors.draft import Draft
from sides.actors.matching import Evidence
from sides.actors.names import fold
from sides.actors.registry import NameType, Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import Actor, ActorKind

# The state that a document speaks of at least this much, and so much more than of the next, owns what has no owner.
LEADING_SHARE = 0.3
LEADING_LEAD = 1.3
# Else it is the state named last, at most this many sentences back.
OWNER_REACH_SENTENCES = 2
SMALL = frozenset(("of", "the", "for", "and", "on"))


class Organs:
    """Finds whose the organs of one document are."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists, evidence: Evidence) -> None:
        self.draft, self.registry, self.lists, self.evidence = draft, registry, lists, evidence

    def is_organ(self, begin: int, end: int) -> bool:
        """Whether a name is made of words that organs of any state are called by, with its state or without."""
        return self._split(begin, end) is not None

    def of(self, begin: int, end: int) -> Actor | None:
        """The organ of this name in the state that it belongs to here: the registry's, else a new one."""
        split = self._split(begin, end)
        if split is None:
            return None
        first, last, stated = split
        name = " ".join(self.draft.surface.slice(first, last).split())
        states = [stated] if stated else list(dict.fromkeys(self._owners(first, last, name)))
        for state in states:
            known = self._listed(state, name)
            if known is not None:
                return known
        owner = self.registry.get(states[0]) if states else None
        if owner is None:
            return None
        return Actor(id=f"{owner.id}-{fold(name).replace(' ', '-')}", name=f"{owner.name} {name}",
                     kind=ActorKind.ORGAN, parent=owner.id, country=owner.id, is_provisional=True)

    def _split(self, begin: int, end: int) -> tuple[int, int, str | None] | None:
        """Where the organ's own words begin and end in a name, and the state that the words beside them name."""
        surface, use = self.draft.surface, self.lists.organ_words
        for first in range(begin, end):
            for last in range(end, first, -1):
                words = [word for word in surface.folded(first, last).split() if word not in SMALL]
                if not words or surface.lower[first] in SMALL or surface.lower[last - 1] in SMALL or not all(
                        word in use for word in words) or (len(words) == 1 and use[words[0]] != "alone"):
                    continue
                sides = [surface.folded(begin, first), *self._behind(last, end)]
                named = [side for side in sides if side]
                if not named:
                    return first, last, None
                states = {self._state(side) for side in named}
                state = states.pop()
                return (first, last, state) if state is not None and not states else None
        return None

    def _behind(self, last: int, end: int) -> list[str]:
        words = self.draft.surface.folded(last, end).split()
        while words and words[0] in ("of", "in", "the"):
            words.pop(0)
        return [" ".join(words)]

    def _state(self, name: str) -> str | None:
        return next((listed.actor for listed in self.registry.named(name)
                     if (actor := self.registry.get(listed.actor)) is not None and actor.kind is ActorKind.STATE), None)

    def _owners(self, begin: int, end: int, name: str) -> Iterator[str]:
        """The states that it may belong to, the likeliest first."""
        stated = self._stated(begin, end)
        if stated is not None:
            yield stated
            return
        owners = self.lists.organ_owners.get(fold(name))
        leading, nearest = self._leading(), self._nearest(begin)
        if owners is not None:
            likely = [state for state in (nearest, leading) if state in owners]
            counts = self.evidence.countries
            yield from (state for state in likely if state is not None)
            yield from sorted((state for state in counts if state in owners), key=lambda state: (-counts[state], state))
            return
        if leading is not None:
            yield leading
            return
        if nearest is not None:
            yield nearest

    def _stated(self, begin: int, end: int) -> str | None:
        """The state whose name or adjective stands right before it, or after it and "of" or "in"."""
        surface, draft = self.draft.surface, self.draft
        before = begin - 1
        if before >= 0 and surface.tag[before] == "POS":
            before -= 1
        places = [before] if before >= 0 and surface.sentence[before] == surface.sentence[begin] else []
        if end + 1 < surface.size and surface.lower[end] in ("of", "in"):
            places.append(end + 2 if surface.lower[end + 1] == "the" and end + 2 < surface.size else end + 1)
        for place in places:
            spot = draft.taken[place]
            if spot is not None and draft.kind(spot.actors[0]) is ActorKind.STATE:
                return spot.actors[0]
        return None

    def _leading(self) -> str | None:
        ranked = sorted(self.evidence.countries.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < LEADING_SHARE * self.evidence.countries.total():
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= LEADING_LEAD * ranked[1][1] else None

    def _nearest(self, begin: int) -> str | None:
        draft, sentence = self.draft, self.draft.surface.sentence
        spots = [spot for spot in draft.spots if spot.begin < begin
                 and sentence[begin] - sentence[spot.begin] <= OWNER_REACH_SENTENCES
                 and draft.kind(spot.actors[0]) is ActorKind.STATE]
        return max(spots, key=lambda spot: spot.begin).actors[0] if spots else None

    def _listed(self, state: str, name: str) -> Actor | None:
        """The registry's organ of a state under this name, with the state's name or adjective beside it."""
        owner = self.registry.get(state)
        if owner is None:
            return None
        sides = {owner.name, *(known.text for known in self.registry.names_of(state)
                               if known.type in (NameType.NAME, NameType.DEMONYM, NameType.ABBREVIATION))}
        for side in sorted(sides):
            for text in (f"{side} {name}", f"{name} of {side}", f"{name} of the {side}"):
                for listed in self.registry.named(fold(text)):
                    actor = self.registry.get(listed.actor)
                    if actor is not None and actor.kind in (ActorKind.ORGAN, ActorKind.ORGANIZATION):
                        return actor
        return None
