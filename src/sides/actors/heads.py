"""What the noun that heads a phrase stands for: the actor it is built on, an organ or the people of it, a person of it.

`Registry.heads` says of each noun how it is to be treated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from sides.actors.descriptions import office_at
from sides.actors.discovery import provisional, slug
from sides.actors.draft import Draft, Notes, Spot
from sides.actors.names import fold
from sides.actors.registry import Head, Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

BODIES = frozenset((ActorKind.STATE, ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC))
GOVERNING = frozenset(("regime", "government", "administration", "cabinet", "junta", "presidency"))
# Words that make another post of one: a vice president is no president.
OTHER_OFFICES = frozenset(("deputy", "vice", "former", "ex", "assistant", "under"))
RECENT_SENTENCES = 3
# Words that make a post another one than its holder's of the day.
OTHER_HOLDERS = frozenset(("former", "ex", "late", "previous", "then", "next", "new", "future", "deputy", "senior"))


class Heads:
    """Reads the head nouns of one document."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists) -> None:
        self.draft, self.registry, self.lists = draft, registry, lists
        self.table = registry.heads()
        self.nouns = frozenset(noun.split()[-1] for noun in self.table)

    def stands_for(self, treatment: str, noun: int, spots: list[Spot]) -> Iterator[str]:
        """The actors that a noun built on these names stands for, under a treatment of `Registry.heads`."""
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
        head = self.head(noun)
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
            holder = office_holder(self.draft, self.registry, self.lists, office, owner) or (
                head_of(self.draft, self.lists, owner) if office == "leader" else None)
            if holder is not None:
                return (holder,)
        if head is None or kind not in BODIES:
            return ()
        if head.treatment == "pass":
            return owners
        return (self._organ(owner, noun, []),) if head.treatment == "organ" else ()

    def head(self, noun: int) -> Head | None:
        """The listed head of a phrase: its noun with as many of the words before it as are listed."""
        surface = self.draft.surface
        for begin in range(max(0, noun - 3), noun):
            if all(surface.head[index] == noun or surface.dep[index] in ("compound", "amod", "punct")
                   for index in range(begin, noun)) and self.draft.is_free(begin, noun):
                phrase = " ".join([*(surface.lower[index] for index in range(begin, noun)), surface.lemma[noun]])
                if phrase in self.table:
                    return self.table[phrase]
        return self.table.get(surface.lemma[noun])

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
        elif self.draft.surface.lemma[noun] in self.lists.servants and self._leads_a_state(person):
            yield from self._governed(person)  # "Correa's soldiers"
        elif notes.leads:
            yield min(notes.leads, key=lambda key: (-notes.leads[key], key))
        elif (head := self.head(noun)) is None or head.treatment != "organ":
            published = self.draft.surface.document.published
            led = {relation.parent for relation in self.registry.relations(person) if relation.relation == "leads"
                   and relation.holds.start is not None and relation.holds.overlaps(published.first, published.after)
                   and (body := self.registry.get(relation.parent)) is not None
                   and body.kind is not ActorKind.STATE}
            if len(led) == 1:
                yield self._known(led.pop())

    def _leads_a_state(self, person: str) -> bool:
        """Whether a person heads a state: by what the document calls him, or by the registry at its date."""
        if self.lists.leading_offices & self.draft.notes[person].offices.keys():
            return True
        published = self.draft.surface.document.published
        return any(relation.relation == "leads" and relation.holds.start is not None
                   and relation.holds.overlaps(published.first, published.after)
                   and (body := self.registry.get(relation.parent)) is not None and body.kind is ActorKind.STATE
                   for relation in self.registry.relations(person))

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
        for name in self.registry.names_of(state):
            if name.type == "demonym":
                for suffix in (" people", "s"):
                    for known in self.registry.named(fold(name.text + suffix)):
                        actor = self.registry.get(known.actor)
                        if actor is not None and actor.kind is ActorKind.PEOPLE:
                            return self.draft.enter(actor)
        adjective = adjective_of(self.draft, self.registry, state)
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
        recent = self._named_of(noun, bodies[0], office, RECENT_SENTENCES)
        if recent is not None:
            yield recent
            return
        named = office_holder(draft, self.registry, self.lists, office, bodies[0]) or (
            head_of(draft, self.lists, bodies[0]) if office == "leader" else None)
        if named is not None:
            yield named
            return
        recent = self._leader_named(noun, bodies[0]) if office == "leader" else self._named_of(noun, bodies[0], office)
        if recent is not None:
            yield recent
            return
        is_one = self._is_definite(noun) and office not in self.lists.shared_offices
        held = self.registry.holders(bodies[0], office, surface.document.published) if is_one else ()
        actor = self.registry.get(held[0]) if len(held) == 1 else None
        yield draft.enter(actor) if actor is not None else bodies[0]

    def _named_of(self, noun: int, body: str, office: str, reach: int | None = None) -> str | None:
        """The person of a body named last before a noun who holds or held the office; for "counterpart" any of it.

        With `reach` only so many sentences before.
        """
        if not self._is_of_one(noun):
            return None
        wanted = self.registry.office(office)
        sentences = self.draft.surface.sentence
        for spot in reversed(self._persons_before(noun)):
            if reach is not None and sentences[noun] - sentences[spot.head] > reach:
                return None
            person = spot.actors[0]
            notes = self.draft.notes[person]
            if body != self.draft.cast[person].country and not notes.countries[body] and not notes.leads[body]:
                continue
            if office in self.lists.peers or bears(self.registry, self.lists, notes, office) or any(
                    relation.parent == body and self.registry.office(relation.label or "") == wanted
                    for relation in self.registry.relations(person)):
                return person
        return None

    def _is_of_one(self, noun: int) -> bool:
        """Whether a noun speaks of a certain person: "the president", "his guest", not "a president"."""
        surface = self.draft.surface
        return not any(
            (surface.dep[child] == "det" and surface.lower[child] not in ("the", "this", "that"))
            or surface.lower[child] in ("deputy", "next", "future", "new") for child in surface.children[noun])

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
        return self._persons[:bisect_right(self._persons, noun, key=lambda spot: spot.end)]

    @cached_property
    def _persons(self) -> list[Spot]:
        """Where persons are named, in text order: names never overlap, and all are placed before any head is read."""
        return sorted((spot for spot in self.draft.spots if spot.form is Form.NAME
                       and self.draft.kind(spot.actors[0]) is ActorKind.PERSON), key=lambda spot: spot.begin)

    def office(self, noun: int) -> str:
        """The office that a noun names with the words beside it: "foreign minister"."""
        return office_at(self.draft, self.lists, noun)

    def _is_definite(self, noun: int) -> bool:
        surface = self.draft.surface
        dets = [surface.lower[child] for child in surface.children[noun] if surface.dep[child] == "det"]
        small = {surface.lower[child] for child in surface.children[noun] if surface.dep[child] == "amod"}
        return "a" not in dets and "an" not in dets and not small & OTHER_HOLDERS


def adjective_of(draft: Draft, registry: Registry, state: str) -> str:
    """The adjective of a state: "Syrian"; its name where none is known."""
    demonyms = [name.text for name in registry.names_of(state)
                if name.type == "demonym" and name.text[:1].isupper() and not name.text.endswith("s")]
    return min(demonyms, key=lambda text: (not text.endswith(("n", "i", "sh", "ch", "ese")), len(text), text),
               default=draft.cast[state].name)


def bears(registry: Registry, lists: Wordlists, notes: Notes, office: str) -> bool:
    """Whether the document gives an actor an office or rank: this, one of this name, or its other name.

    A premier is a prime minister, but a sultan is no king, though both reign.
    """
    wanted = None if office in lists.regnal_titles else registry.office(office)
    return bool(notes.nouns[office]) or any(
        held == office or registry.office(held) == wanted
        or (held.endswith(f" {office}") and held.split()[0] not in OTHER_OFFICES) for held in notes.offices)


def office_holder(draft: Draft, registry: Registry, lists: Wordlists, office: str, body: str | None) -> str | None:
    """The only person whom the document gives this office, of this state or organization if it says of which."""
    found = []
    for identifier, notes in draft.notes.items():
        if draft.kind(identifier) is not ActorKind.PERSON or not bears(registry, lists, notes, office):
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
