"""Noun phrases built on a name: "senior Hamas officials", "the Syrian army", "the president of Iran".

The noun that heads a phrase says what the phrase stands for: the actor it is built on, an organ or the people of it, a
person of it, a bloc, or nobody (`Registry.heads`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sides.actors.descriptions import left_edge, modifying
from sides.actors.discovery import provisional, slug
from sides.actors.draft import Draft, Spot
from sides.actors.names import fold
from sides.actors.registry import Head, Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

BODIES = frozenset((ActorKind.STATE, ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC))
# Heads that turn a person into the government that he heads, or into those that he commands.
BODY_REACH_SENTENCES = 6
# Before a name these turn it into something else: "anti-Houthi", "pro-Serbian".
PREFIXES = frozenset(("anti", "pro", "non", "inter", "post", "pre"))
LIST_MARKS = frozenset(("and", "or", ",", "&"))
GOVERNING = frozenset(("regime", "government", "administration", "cabinet", "junta", "presidency"))


class Phrases:
    """Resolves the phrases of one document."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists) -> None:
        self.draft, self.registry, self.lists = draft, registry, lists
        self.heads = registry.heads()
        self.nouns = frozenset(noun.split()[-1] for noun in self.heads)

    def place(self) -> None:
        """Put a mention on every phrase whose head noun and modifiers say what it stands for."""
        surface = self.draft.surface
        for noun in range(surface.size):
            if surface.pos[noun] not in ("NOUN", "PROPN") or self.draft.barred[noun]:
                continue
            if self.draft.headed.get(noun) or self.draft.taken[noun] is not None:
                continue
            self._put_region(noun)
            head = self._head(noun) if surface.lemma[noun] in self.nouns else None
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
            actors = list(self._stands_for(head.treatment, noun, spots))
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
                if spot.begin >= first and not self._is_prefixed(spot) and not self._is_sponsor(spot)]

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
        listed = self._head(noun)
        if head <= noun or surface.lower[noun + 1] in LIST_MARKS or (
                listed is not None and listed.treatment == "organ" and " " in listed.noun):
            return False
        return surface.dep[noun] in ("compound", "amod", "nmod") and surface.pos[head] == "NOUN" \
            and self.draft.taken[head] is None and surface.lemma[head] in self.nouns

    def _is_prefixed(self, spot: Spot) -> bool:
        surface = self.draft.surface
        return spot.begin > 1 and surface.text[spot.begin - 1] == "-" and surface.lower[spot.begin - 2] in PREFIXES

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

    def _stands_for(self, treatment: str, noun: int, spots: list[Spot]) -> Iterator[str]:
        draft = self.draft
        actors = list(dict.fromkeys(actor for spot in spots for actor in spot.actors))
        if treatment == "not-actor":
            return
        persons = [actor for actor in actors if draft.kind(actor) is ActorKind.PERSON]
        bodies = [actor for actor in actors if draft.kind(actor) in BODIES or draft.kind(actor) is ActorKind.OTHER]
        peoples = [actor for actor in actors if draft.kind(actor) is ActorKind.PEOPLE]
        if persons and not bodies and self.draft.surface.lemma[noun] in GOVERNING:
            yield from self._governed(persons[0])
        elif treatment == "pass":
            if persons and not bodies:
                yield from self._led_by(persons[0], noun)
            else:
                yield from bodies or peoples
        elif treatment == "organ":
            for actor in bodies:
                yield self._organ(actor, noun, spots)
        elif treatment == "people" and persons and not bodies and not peoples:
            yield from self._led_by(persons[0], noun)
        elif treatment == "people":
            for actor in bodies:
                if draft.kind(actor) in (ActorKind.STATE, ActorKind.OTHER):
                    yield self.people(actor)
                else:
                    yield actor
            yield from peoples
        elif treatment == "role":
            yield from self._role(noun, bodies)
        elif treatment == "bloc":
            states = [actor for actor in bodies if draft.kind(actor) is ActorKind.STATE]
            if len(bodies) > 1:
                yield from bodies
            elif states:
                yield self._organ(states[0], noun, spots, ActorKind.BLOC)

    def owned(self, owners: tuple[str, ...], noun: int) -> tuple[str, ...]:
        """What a noun with these owners stands for: the state of a person's government, the party that he leads."""
        head = self._head(noun)
        lemma = self.draft.surface.lemma[noun]
        if len(owners) != 1:
            return ()
        owner = owners[0]
        kind = self.draft.kind(owner)
        if kind is ActorKind.PERSON:
            if lemma in GOVERNING or lemma in ("country", "nation"):
                return tuple(self._governed(owner))
            if self.lists.nominals.get(lemma) == "organization":
                return tuple(self._led_by(owner, noun))
            return ()
        if kind in BODIES and self.lists.nominals.get(lemma) == "person":
            office = self.office(noun)
            holder = office_holder(self.draft, office, owner) or (
                head_of(self.draft, self.lists, owner) if office == "leader" else None)
            if holder is not None:
                return (holder,)
        if head is None or kind not in BODIES:
            return ()
        if head.treatment == "pass":
            return owners
        return (self._organ(owner, noun, []),) if head.treatment == "organ" else ()

    def _head(self, noun: int) -> Head | None:
        """The listed head of a phrase: its noun with as many of the words before it as are listed."""
        surface = self.draft.surface
        for begin in range(max(0, noun - 3), noun):
            if all(surface.head[index] == noun or surface.dep[index] in ("compound", "amod", "punct")
                   for index in range(begin, noun)) and self.draft.is_free(begin, noun):
                phrase = " ".join([*(surface.lower[index] for index in range(begin, noun)), surface.lemma[noun]])
                if phrase in self.heads:
                    return self.heads[phrase]
        return self.heads.get(surface.lemma[noun])

    def _governed(self, person: str) -> Iterator[str]:
        """The state of a person."""
        notes, actor = self.draft.notes[person], self.draft.cast[person]
        state = actor.country or (min(notes.countries, key=lambda key: (-notes.countries[key], key))
                                  if notes.countries else None)
        if state is not None and self.registry.get(state) is not None:
            yield self._known(state)

    def _led_by(self, person: str, noun: int) -> Iterator[str]:
        """The state or organization that a person's government or forces are."""
        notes = self.draft.notes[person]
        if self.draft.surface.lemma[noun] in GOVERNING:
            yield from self._governed(person)
        elif notes.leads:
            yield min(notes.leads, key=lambda key: (-notes.leads[key], key))
        elif (head := self._head(noun)) is None or head.treatment != "organ":
            published = self.draft.surface.document.published
            led = {relation.parent for relation in self.registry.relations(person) if relation.relation == "leads"
                   and relation.holds.start is not None and relation.holds.overlaps(published.first, published.after)
                   and (body := self.registry.get(relation.parent)) is not None
                   and body.kind is not ActorKind.STATE}
            if len(led) == 1:
                yield self._known(led.pop())

    def _known(self, identifier: str) -> str:
        actor = self.registry.get(identifier)
        if actor is not None:
            self.draft.enter(actor)
        return identifier

    def organ(self, parent: str, noun: int) -> str:
        """The organ of a state or organization that a bare noun names: "the army"."""
        return self._organ(parent, noun, [])

    def _organ(self, parent: str, noun: int, spots: list[Spot], kind: ActorKind = ActorKind.ORGAN) -> str:
        surface = self.draft.surface
        owner = self.draft.cast[parent]
        begin = min([index for index in surface.children[noun] if index < noun
                     and surface.dep[index] in ("compound", "amod") and self.draft.taken[index] is None]
                    + [noun])
        words = [surface.lemma[index] if index == noun else surface.lower[index]
                 for index in range(begin, noun + 1)
                 if self.draft.taken[index] is None and surface.pos[index] in ("NOUN", "PROPN", "ADJ")
                 and (index == noun or surface.pos[index] != "ADJ" or surface.capital[index]
                      or surface.lower[index] in self.lists.organ_adjectives)]
        head = " ".join(words)
        if kind is ActorKind.ORGAN:
            for spot in spots:
                known = self.registry.named(fold(f"{surface.slice(spot.begin, spot.end)} {head}"))
                if known and (actor := self.registry.get(known[0].actor)) is not None:
                    return self.draft.enter(actor)
            for text in (f"{owner.name} {head}", f"{head} of {owner.name}", f"{head} of the {owner.name}"):
                known = self.registry.named(fold(text))
                if known and (actor := self.registry.get(known[0].actor)) is not None:
                    return self.draft.enter(actor)
        is_body = kind is ActorKind.ORGAN and owner.kind is ActorKind.ORGANIZATION
        if is_body and (part := self._known_part(parent, surface.lemma[noun])) is not None:
            return self._known(part)
        identifier = f"{parent}-{slug(head)}"
        listed = self.registry.get(identifier)
        if listed is not None:
            return self.draft.enter(listed)
        adjective = next((surface.slice(spot.begin, spot.end) for spot in spots if parent in spot.actors), owner.name)
        country = parent if owner.kind is ActorKind.STATE else owner.country
        return self.draft.enter(provisional(f"{adjective} {head}", kind, identifier=identifier, parent=parent,
                                            country=country))

    def _known_part(self, parent: str, lemma: str) -> str | None:
        """The only part of an actor that the registry describes with this noun: "wing" for the Qassam Brigades."""
        found = set()
        for relation in self.registry.members(parent):
            part = self.registry.get(relation.child)
            if relation.relation == "part_of" and part is not None and part.kind is ActorKind.ORGAN:
                words = fold(f"{relation.label or ''} {part.name} {part.description or ''}").split()
                if lemma in words:
                    found.add(part.id)
        return found.pop() if len(found) == 1 else None

    def people(self, state: str) -> str:
        """The people of a state: the registry's, else a new actor."""
        owner = self.draft.cast[state]
        for name in self.registry.names_of(state):
            if name.type == "demonym":
                for suffix in (" people", "s"):
                    for known in self.registry.named(fold(name.text + suffix)):
                        actor = self.registry.get(known.actor)
                        if actor is not None and actor.kind is ActorKind.PEOPLE:
                            return self.draft.enter(actor)
        demonyms = [name.text for name in self.registry.names_of(state)
                    if name.type == "demonym" and name.text[:1].isupper() and not name.text.endswith("s")]
        adjective = min(demonyms, key=lambda text: (not text.endswith(("n", "i", "sh", "ch", "ese")), len(text), text),
                        default=owner.name)
        return self.draft.enter(provisional(f"{adjective} people", ActorKind.PEOPLE, country=state, parent=None))

    def _role(self, noun: int, bodies: list[str]) -> Iterator[str]:
        """The person who holds an office: named in the text, else in the registry at the document's date."""
        surface, draft = self.draft.surface, self.draft
        if any(surface.dep[child] == "appos" and draft.headed.get(child) for child in surface.children[noun]):
            beside = [spot for child in surface.children[noun] if surface.dep[child] == "appos"
                      for spot in draft.headed.get(child, ())]
            if beside and draft.kind(beside[0].actors[0]) is ActorKind.PERSON:
                yield from beside[0].actors
                return
        if surface.tag[noun] in ("NNS", "NNPS"):
            yield from bodies
            return
        if not bodies:
            return
        office = self.office(noun)
        named = office_holder(draft, office, bodies[0]) or (
            head_of(draft, self.lists, bodies[0]) if office == "leader" else None)
        if named is not None:
            yield named
            return
        if office == "leader" and (leader := self._leader_named(noun, bodies[0])) is not None:
            yield leader
            return
        held = self.registry.holders(bodies[0], office, surface.document.published) if self._is_definite(noun) else ()
        actor = self.registry.get(held[0]) if len(held) == 1 else None
        yield draft.enter(actor) if actor is not None else bodies[0]

    def _leader_named(self, noun: int, body: str) -> str | None:
        """Of several who lead a state or body at the document's date, the one last named before a noun."""
        published = self.draft.surface.document.published
        leading = {relation.child for relation in self.registry.members(body) if relation.relation == "leads"
                   and relation.holds.start is not None and relation.holds.overlaps(published.first, published.after)}
        if not self._is_definite(noun):
            return None
        return next((actor for spot in reversed(self._persons_before(noun)) for actor in spot.actors
                     if actor in leading), None)

    def _persons_before(self, noun: int) -> list[Spot]:
        found = [spot for spot in self.draft.spots if spot.form is Form.NAME and spot.end <= noun
                 and self.draft.kind(spot.actors[0]) is ActorKind.PERSON]
        return sorted(found, key=lambda spot: spot.begin)

    def office(self, noun: int) -> str:
        """The office that a noun names with the words before it: "foreign minister"."""
        surface = self.draft.surface
        parts = [surface.lower[child] for child in surface.children[noun]
                 if child < noun and surface.dep[child] in ("compound", "amod") and self.draft.taken[child] is None]
        for begin in range(len(parts) + 1):
            phrase = " ".join([*parts[begin:], surface.lemma[noun]])
            if phrase in self.lists.titles:
                return phrase
        return surface.lemma[noun]

    def _is_definite(self, noun: int) -> bool:
        surface = self.draft.surface
        dets = [surface.lower[child] for child in surface.children[noun] if surface.dep[child] == "det"]
        small = {surface.lower[child] for child in surface.children[noun] if surface.dep[child] == "amod"}
        return "a" not in dets and "an" not in dets and not small & {"former", "ex", "late", "previous", "then", "next",
                                                                    "new", "future", "deputy", "senior"}


def office_holder(draft: Draft, office: str, body: str | None) -> str | None:
    """The only person whom the document gives this office, of this state or organization if it says of which."""
    found = []
    for identifier, notes in draft.notes.items():
        if draft.kind(identifier) is not ActorKind.PERSON or not notes.offices[office]:
            continue
        country = draft.cast[identifier].country
        tied = set(notes.countries) | set(notes.leads) | ({country} if country else set())
        if body is None or body in tied:
            found.append(identifier)
    return found[0] if len(found) == 1 else None


def head_of(draft: Draft, lists: Wordlists, state: str) -> str | None:
    """The only person of a state whom the document gives an office that leads a state: "the Armenian leader"."""
    found = [identifier for identifier, notes in draft.notes.items()
             if draft.kind(identifier) is ActorKind.PERSON and lists.leading_offices & notes.offices.keys()
             and (draft.cast[identifier].country == state or notes.countries[state])]
    return found[0] if len(found) == 1 else None
