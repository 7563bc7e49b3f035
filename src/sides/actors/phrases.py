"""Noun phrases built on a name: "senior Hamas officials", "the Syrian army", "the president of Iran".

What the noun that heads a phrase makes of its names is read by `heads`. Here stand the phrases themselves, and those
that are no part of a named actor: groups of a region or faith, and bodies that are in a state and not of it.
"""

from __future__ import annotations

from dataclasses import replace

from sides.actors.bars import is_prefixed
from sides.actors.descriptions import left_edge, modifying
from sides.actors.discovery import provisional
from sides.actors.draft import Draft, Spot
from sides.actors.heads import Heads
from sides.actors.names import fold
from sides.actors.registry import Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

BODY_REACH_SENTENCES = 6
LIST_MARKS = frozenset(("and", "or", ",", "&"))


class Phrases:
    """Resolves the phrases of one document."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists, heads: Heads) -> None:
        self.draft, self.registry, self.lists, self.heads = draft, registry, lists, heads

    def place(self) -> None:
        """Put a mention on every phrase whose head noun and modifiers say what it stands for."""
        surface = self.draft.surface
        for noun in range(surface.size):
            if surface.pos[noun] not in ("NOUN", "PROPN") or self.draft.barred[noun]:
                continue
            if self.draft.headed.get(noun) or self.draft.taken[noun] is not None:
                continue
            self._put_region(noun)
            head = self.heads.head(noun) if surface.lemma[noun] in self.heads.nouns else None
            if head is None or self.draft.headed.get(noun):
                continue
            if self._is_modifier(noun):
                continue
            if head.treatment == "role" and (self._titles_a_name(noun) or surface.dep[noun] == "attr"):
                continue
            spots = self._built_on(noun)
            if not spots:
                continue
            if surface.lemma[noun] in self.lists.collective_nouns and not self._is_body(noun, spots):
                continue
            if surface.lemma[noun] in self.lists.independent_nouns and self._is_of_states(spots):
                self._put_independent(noun, spots)
                continue
            actors = list(self.heads.stands_for(head.treatment, noun, spots))
            if not actors:
                continue
            begin, end = self._edges(noun, spots)
            form = Form.TITLE if head.treatment == "role" else Form.PHRASE
            self.draft.put(Spot(begin, end, noun, tuple(dict.fromkeys(actors)), form, f"phrase-{head.treatment}",
                                is_plural=surface.tag[noun] in ("NNS", "NNPS")))

    def _built_on(self, noun: int) -> list[Spot]:
        """The names that a noun is built on, without what a list only sets before the whole phrase."""
        first = self._list_edge(noun)
        return [spot for spot in modifying(self.draft, noun) or self._beside(noun)
                if spot.begin >= first and not self._is_sponsor(spot)
                and not is_prefixed(self.draft.surface, self.lists, spot.begin)]

    def _edges(self, noun: int, spots: list[Spot]) -> tuple[int, int]:
        begin = min([left_edge(self.draft, noun), *(spot.begin for spot in spots)])
        return max(begin, self._list_edge(noun)), max([noun + 1, *(spot.end for spot in spots)])

    def _list_edge(self, noun: int) -> int:
        """Where the phrase of a noun begins at the earliest in a list of phrases.

        "Bashar al-Assad and Syrian officials", "Iraqi militias and Yemen rebels": a person or a plural before "and" is
        an item of its own, though the parse may hang it on the noun.
        """
        surface = self.draft.surface
        for index in range(noun - 1, surface.sentence_begin[noun], -1):
            if surface.pos[index] in ("VERB", "AUX"):
                return 0
            if surface.lower[index] in LIST_MARKS:
                before = self.draft.taken[index - 1]
                if before is None and surface.tag[index - 1] == "NNS":
                    return index + 1
                if before is not None and self.draft.kind(before.actors[0]) is ActorKind.PERSON:
                    return index + 1
        return 0

    def _is_sponsor(self, spot: Spot) -> bool:
        """Whether a name only says who stands behind: "Turkish-backed rebels"."""
        surface = self.draft.surface
        return spot.end + 1 < surface.size and surface.text[spot.end] in ("-", "‑", "–") \
            and surface.lower[spot.end + 1] in self.lists.sponsored

    def _is_modifier(self, noun: int) -> bool:
        """Whether the noun only stands before another one: "separatist" in "the Kabyle separatist movement"."""
        surface = self.draft.surface
        head = surface.head[noun]
        listed = self.heads.head(noun)
        if head <= noun or surface.lower[noun + 1] in LIST_MARKS or (
                listed is not None and listed.treatment == "organ" and " " in listed.noun):
            return False
        return surface.dep[noun] in ("compound", "amod", "nmod") and surface.pos[head] == "NOUN" \
            and self.draft.taken[head] is None and surface.lemma[head] in self.heads.nouns

    def _is_body(self, noun: int, spots: list[Spot]) -> bool:
        """Whether a collective noun stands for people: "the Syrian opposition", not "their opposition to it"."""
        surface = self.draft.surface
        is_stance = any(surface.dep[child] == "prep" and surface.lower[child] in ("to", "against", "from")
                        for child in surface.children[noun])
        return not is_stance and self._is_of_states(spots)

    def _is_of_states(self, spots: list[Spot]) -> bool:
        return all(self.draft.kind(actor) in (ActorKind.STATE, ActorKind.PEOPLE) for spot in spots
                   for actor in spot.actors)

    def _put_independent(self, noun: int, spots: list[Spot]) -> None:
        """Put a body that is in a state and not of it: the one last named, or for a plural a group of its own."""
        surface, draft = self.draft.surface, self.draft
        begin, end = self._edges(noun, spots)
        states = [actor for spot in spots for actor in spot.actors]
        name = f"{surface.slice(spots[0].begin, spots[0].end)} {surface.lower[noun]}"
        if surface.tag[noun] in ("NNS", "NNPS"):
            self._put_group(Spot(begin, end, noun, (), Form.PHRASE, "phrase-group", is_plural=True), name, states[0])
            return
        lemma = surface.lemma[noun]
        for spot in reversed(self._named_before(noun)):
            body = spot.actors[0]
            owner = draft.cast[body]
            if draft.kind(body) is ActorKind.ORGANIZATION and owner.country in states and (
                    draft.notes[body].nouns[lemma] or lemma in fold(f"{owner.name} {owner.description or ''}").split()):
                draft.put(Spot(begin, end, noun, (body,), Form.PHRASE, "phrase-body"))
                return

        if lemma in self.lists.collective_nouns:
            self._put_group(Spot(begin, end, noun, (), Form.PHRASE, "phrase-group"), name, states[0])

    def _put_group(self, spot: Spot, name: str, state: str | None, kind: ActorKind = ActorKind.GROUP) -> None:
        """Put a group that the registry may know by its name."""
        known = [listed.actor for listed in self.registry.named(fold(name))]
        actor = self.registry.get(known[0]) if known else None
        group = self.draft.enter(actor or provisional(name, kind, country=state))
        self.draft.put(replace(spot, actors=(group,)))

    def _put_region(self, noun: int) -> None:
        """Put a group of one part of the world or faith: "Western governments", "the Arab peoples", "Sunni rebels"."""
        surface = self.draft.surface
        known = self.lists.region_nouns.get(surface.lemma[noun])
        if known is None or (known.is_plural and surface.tag[noun] not in ("NNS", "NNPS")):
            return
        for width in (2, 1):
            begin = noun - width
            region = " ".join(surface.lower[max(0, begin):noun])
            if begin >= surface.sentence_begin[noun] and region in self.lists.regions and surface.capital[begin]:
                inside = [spot for spot in self.draft.taken[begin:noun] if spot is not None]
                if any(spot.begin < begin or spot.end > noun or width == 1 for spot in inside):
                    return
                self.draft.remove(inside)  # "American" in "Latin American countries"
                edge = min(begin, left_edge(self.draft, noun))
                self._put_group(Spot(edge, noun + 1, noun, (), Form.PHRASE, "phrase-region", is_plural=True),
                                f"{surface.slice(begin, noun)} {known.called or surface.lower[noun]}", None, known.kind)
                return

    def _named_before(self, noun: int) -> list[Spot]:
        surface = self.draft.surface
        begin = noun
        while begin > 0 and surface.sentence[noun] - surface.sentence[begin - 1] <= BODY_REACH_SENTENCES:
            begin -= 1
        found = [spot for index in range(begin, noun) for spot in self.draft.headed.get(index, ())
                 if spot.form is Form.NAME]
        return sorted(found, key=lambda spot: spot.begin)

    def _titles_a_name(self, noun: int) -> bool:
        """Whether the noun is the title of the person named right after it."""
        after = self.draft.taken[noun + 1] if noun + 1 < self.draft.surface.size else None
        return after is not None and self.draft.kind(after.actors[0]) is ActorKind.PERSON

    def _beside(self, noun: int) -> list[Spot]:
        """The name right before a noun where the parse hangs it elsewhere: "Hamas leadership"."""
        surface = self.draft.surface
        spot = self.draft.taken[noun - 1] if noun else None
        if spot is None or spot.end != noun or surface.sentence[noun - 1] != surface.sentence[noun]:
            return []
        return [spot] if surface.dep[spot.head] in ("compound", "amod", "nmod") or spot.form is Form.DEMONYM else []
