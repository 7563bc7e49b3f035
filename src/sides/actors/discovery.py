"""Persons and organizations that no list knows, found by how they are written and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sides.actors.bars import is_byline, is_joining
from sides.actors.draft import Draft
from sides.actors.leaders import Leaders
from sides.actors.matching import Matcher
from sides.actors.names import FILIATION, fold, is_same_person_name
from sides.actors.organs import Organs
from sides.actors.profiles import Profiles
from sides.actors.registry import Name, NameType, Strength
from sides.actors.runs import HYPHENS, Run, extent, title_left_of, titles_before
from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists
from sides.model.actor import Actor, ActorKind, Form

PERSON_MAX_WORDS = 6
ABBREVIATION_CHARS = range(2, 9)
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC", "EVENT", "DATE", "TIME", "LANGUAGE", "LAW", "WORK_OF_ART", "PRODUCT"))
# Nouns that open the names of organizations in other languages: "movement", "party", "front".
OPENING_NOUNS = frozenset(("harakat", "hizb", "jabhat", "jaysh", "jaish", "liwa", "parti", "partido", "partito",
                           "kataib", "lashkar", "frente", "front", "mouvement", "movimiento", "movimento", "esquerra"))
# Months that are also words, left out of the calendar.
MONTHS = frozenset(("may", "march"))
# What a leader's name stands before: "the Eisenhower administration".
GOVERNING = frozenset(("administration", "government", "presidency", "cabinet", "regime", "era", "years"))
# The least chance, by the uses of a name in its document, to take it for a new actor. Chosen with the weights of
# `signs.tsv`; watched by benchmarks/resolution.py.
ACTOR_LEAST = 0.55
CAPITALS_LEAST = 0.3
GIVEN_LEAST = 0.85


@dataclass(frozen=True, slots=True)
class Found:
    """A new name: its tokens, its titles, and what it seems to be."""

    begin: int
    end: int
    kind: ActorKind
    how: str
    titles: tuple[str, ...] = ()


class Discovery:
    """Finds the names of one document that the registry does not give."""

    def __init__(self, draft: Draft, matcher: Matcher, leaders: Leaders, lists: Wordlists) -> None:
        self.draft, self.matcher, self.leaders, self.lists = draft, matcher, leaders, lists
        self.registry = registry = leaders.registry
        self.surface: Surface = draft.surface
        self.stops = registry.stops()
        self.profiles = Profiles(draft, lists)
        self.organs = Organs(draft, registry, lists, matcher.evidence)
        self._folded: dict[str, str] = {}

    def wider(self, run: Run) -> Found | None:
        """An organization whose name holds names that the registry knows: "Communist Party of Vietnam"."""
        begin, titles = titles_before(self.surface, self.lists, run.begin, run.end)
        if titles or run.core - begin < 1:
            return None
        kind = self._headed_kind(begin, run.core, run.end)
        if kind is None:
            return None
        surface = self.surface
        words = [index for index in range(begin, run.end) if index in surface.first_word]
        own = [index for index in words if not self._is_of_state(index) and surface.capital[index]]
        if len(words) < 2 or not own:
            return None
        if len(own) < 2 and run.core == run.end and surface.lemma[own[0]] in self.registry.heads():
            return None
        return Found(begin, run.end, kind, "discovered-organization")

    def is_barred(self, run: Run) -> bool:
        """Whether a run names an event, a text, a place or an outlet."""
        if self.surface.folded(run.begin, run.end) in self.lists.places:
            return True
        last = self.surface.folded(run.core - 1, run.core)
        if (run.core - run.begin == 1 and run.end == run.core) or titles_before(
                self.surface, self.lists, run.begin, run.core)[1]:
            return False
        return last in self.lists.not_actors and last not in self.lists.organization_nouns

    def person(self, begin: int, end: int) -> Found | None:
        """A person, if what is left of a run reads like one."""
        surface = self.surface
        while begin < end and self._is_date(begin):  # "last Sunday Penny Wong said", "on 9 May Commodore Suenson"
            begin += 1
        begin, titles = titles_before(surface, self.lists, begin, end)
        if begin >= end or self._is_writer(begin, end) or self._is_joined(begin, end) \
                or is_joining(surface, self.lists, begin, end):
            return None
        small = title_left_of(surface, self.lists, begin) if not titles else None
        every = tuple(titles) + ((small,) if small else ())
        words = surface.folded(begin, end).split()
        name_words = [word for word in words if word not in self.lists.particles]
        lists = self.lists
        if not name_words or len(name_words) > PERSON_MAX_WORDS or (not every and name_words[-1] in lists.not_actors) \
                or any(word in lists.organization_nouns for word in name_words) \
                or (name_words[0] not in lists.given_names
                    and any(word in lists.never_discovered for word in name_words[:-1])):
            return None
        if (not titles and " ".join(words) in lists.titles) or (words[-1] in lists.particles and not every):
            return None
        is_lone = len(name_words) == 1 and not every
        if is_lone and (name_words[0] in lists.never_discovered or (
                name_words[0] in self.stops and not self._is_surely_given(begin, end, name_words[0]))):
            return None
        if len(name_words) == 1 and (surface.text[end - 1].isupper() or len(name_words[0]) < 2):
            return None
        if is_lone and name_words[0] in self._in_office:
            return Found(begin, end, ActorKind.PERSON, "surname-in-office")
        labels = {surface.entity[index] for index in range(begin, end)} - {""}
        if every:
            known = [title for title in every if self.lists.titles[title].kind != "office"
                     or title in self.lists.regnal_titles]
            if len(name_words) > 1 or known or "PERSON" in labels or not labels & PLACE_LABELS:
                return Found(begin, end, ActorKind.PERSON, "discovered-titled", every)
            return None
        if is_lone and self._is_known_alone(name_words[0]):
            return None
        if is_lone and end < surface.size and surface.lemma[end] in GOVERNING:  # "the Eisenhower administration"
            return Found(begin, end, ActorKind.PERSON, "discovered-lone")
        chance = self.profiles.chances(begin, end)
        if chance.person + chance.body >= ACTOR_LEAST and chance.person > chance.body:
            return Found(begin, end, ActorKind.PERSON,
                         "discovered-person" if len(name_words) > 1 else "discovered-lone")
        return None

    def _is_date(self, index: int) -> bool:
        """Whether a word is of a date before a name."""
        surface = self.surface
        return surface.lower[index] in self.lists.calendar or (
            surface.lower[index] in MONTHS and index > 0 and surface.text[index - 1].isdigit())

    def _is_surely_given(self, begin: int, end: int, word: str) -> bool:
        """Whether a common first name stands alone for a person of the document: "her brother, Hassan, wept"."""
        return word in self.lists.given_names and self.profiles.chances(begin, end).person >= GIVEN_LEAST

    def organization(self, begin: int, end: int) -> Found | None:
        """An organization: by its head noun, by its capitals, or by what the language pipeline takes it for."""
        surface = self.surface
        words = surface.folded(begin, end).split()
        if not words or is_joining(surface, self.lists, begin, end) or any(
                word in self.lists.not_actors and word not in self.lists.organization_nouns for word in words[-1:]):
            return None
        if len(words) > 1:
            kind = self._headed_kind(begin, end, end)
            if kind is not None:
                return Found(begin, end, kind, "discovered-organization")
        elif self.organs.is_organ(begin, end):
            return Found(begin, end, ActorKind.ORGAN, "discovered-organ") if self._is_named_organ(begin, end) else None
        elif words[0] in self.lists.organization_nouns:
            return None
        if " ".join(words) in self.lists.titles or " ".join(words) in self.stops:
            return None
        if any(word in self.lists.never_discovered for word in words):
            return None
        if (len(words) == 1 and self._is_known_alone(words[0])) or self._is_joined(begin, end):
            return None
        chance = self.profiles.chances(begin, end)
        is_likely = chance.person + chance.body >= ACTOR_LEAST and chance.body > chance.person
        text = surface.text[end - 1]
        if end - begin == 1 and text.isupper() and text.isalpha() and len(text) in ABBREVIATION_CHARS:
            is_likely = chance.person + chance.body >= CAPITALS_LEAST
            return Found(begin, end, ActorKind.ORGANIZATION, "discovered-capitals") if is_likely else None
        if words[-1] in self.lists.particles or (len(words) == 1 and surface.pos[end - 1] == "ADJ"):
            return None
        return Found(begin, end, ActorKind.ORGANIZATION, "discovered-entity") if is_likely else None

    def admit(self, found: Found) -> str:
        """The actor that a new name stands for: one of the registry or the document if it is there, else a new one."""
        name = " ".join(self.surface.slice(found.begin, found.end).split())
        if found.kind is not ActorKind.PERSON and self.organs.is_organ(found.begin, found.end):
            organ = self.organs.of(found.begin, found.end)
            if organ is not None:
                return self.draft.enter(organ)
        regnal = next((title for title in found.titles if title in self.lists.regnal_titles), None)
        if regnal is not None and " " not in fold(name):
            known = self._reigning(name) or self._by_part(name, found)
            name = f"{regnal.title()} {name}"  # "King Salman": the first name alone says too little
        else:
            known = self._by_part(name, found)
        known = known or self._in_registry(name, found) or self._in_cast(name, found)
        if known is not None:
            self.draft.also_called(known, name)
            return known
        return self.draft.enter(provisional(name, found.kind))

    def _by_part(self, name: str, found: Found) -> str | None:
        """The person of the document whose surname, else whose first name, a lone name is; of several the last named.

        The first name counts because surnames come first in some languages, and some people go by their first.
        """
        word = fold(name)
        if found.kind is not ActorKind.PERSON or " " in word:
            return None
        regnal = {title.split()[-1] for title in self.lists.regnal_titles & set(found.titles)}
        owners: dict[int, set[str]] = {0: set(), -1: set()}
        for identifier, actor in self.draft.cast.items():
            borne = {title.split()[-1] for title in self.lists.regnal_titles & (
                self.draft.notes[identifier].offices.keys() | set(fold(actor.name).split()))}
            if regnal and not regnal & borne:  # "King George" is not Prince George
                continue
            names = (actor.name, *self._written.get(identifier, ())) if actor.kind is ActorKind.PERSON else ()
            for words in (fold(name).split() for name in names):
                for place in owners:
                    if len(words) > 1 and words[place] == word and not (place and words[-2] in FILIATION):
                        owners[place].add(identifier)
        named = owners[-1] or owners[0]
        places = [(spot.begin > found.begin, abs(found.begin - spot.begin), actor) for spot in self.draft.spots
                  for actor in spot.actors if actor in named]
        return min(places)[2] if places else min(named, default=None)

    @cached_property
    def _written(self) -> dict[str, set[str]]:
        """How the document writes the names of persons whom the registry knows, where it writes them otherwise."""
        found: dict[str, set[str]] = {}
        for spot in self.draft.spots:
            if spot.how == "person-name" and spot.end - spot.begin > 1:
                found.setdefault(spot.actors[0], set()).add(self.surface.slice(spot.begin, spot.end))
        return found

    def _reigning(self, name: str) -> str | None:
        """Who reigns under this first name at the document's date, in a state of the document, else in any."""
        word, published = fold(name), self.surface.document.published
        known = self.leaders.reigning(sorted(self.matcher.evidence.countries), word, published) or (
            self.leaders.reigning(self.leaders.states, word, published))
        actor = self.registry.get(known) if known else None
        return self.draft.enter(actor) if actor is not None else None

    def _in_registry(self, name: str, found: Found) -> str | None:
        is_person = found.kind is ActorKind.PERSON
        names = tuple(listed for listed in self.registry.named(fold(name))
                      if listed.type is not NameType.SURNAME and self._fits(listed, is_person))
        if len(name.split()) < 2:
            names = tuple(listed for listed in names if self.matcher.in_context(listed))
        chosen = self.matcher.choose(names)
        identifier = chosen.actor if chosen else self._in_office.get(fold(name)) if is_person else None
        if identifier is None and is_person and " " not in fold(name) and (
                found.titles or fold(name) not in self.stops):
            identifier = self.leaders.of_surname(fold(name), self.surface.document.published)
        if identifier is None and is_person and len(name.split()) > 1:
            alike = self.registry.persons_like(name, sorted(self.matcher.evidence.countries))
            identifier = alike[0] if len(alike) == 1 else None
        actor = self.registry.get(identifier) if identifier else None
        return self.draft.enter(actor) if actor else None

    @cached_property
    def _in_office(self) -> dict[str, str]:
        """Surnames of those who lead a state of the document at its date, where one alone bears it: "Assad" in 2012."""
        return self.leaders.in_office(sorted(self.matcher.evidence.countries), self.surface.document.published)

    def _fits(self, listed: Name, is_person: bool) -> bool:
        actor = self.registry.get(listed.actor)
        return actor is not None and (actor.kind is ActorKind.PERSON) == is_person

    def _in_cast(self, name: str, found: Found) -> str | None:
        folded = fold(name)
        is_person = found.kind is ActorKind.PERSON
        words = folded.split()
        for identifier, actor in self.draft.cast.items():
            if (actor.kind is ActorKind.PERSON) != is_person:
                continue
            known = self._folded.get(actor.name)
            if known is None:
                known = self._folded[actor.name] = fold(actor.name)
            if known == folded:
                return identifier
            others = known.split()
            # Two spellings of a surname begin alike; comparing only these keeps long texts fast.
            if is_person and len(words) > 1 and len(others) > 1 and words[-1][0] == others[-1][0] \
                    and is_same_person_name(name, actor.name):
                return identifier
        return None

    def _headed_kind(self, begin: int, core: int, end: int) -> ActorKind | None:
        """What the noun that heads a run says it is: the last word, or the last before "of" and "for"."""
        surface = self.surface
        last = surface.folded(core - 1, core)
        kind = self.lists.organization_nouns.get(last) or self.lists.organization_nouns.get(surface.lemma[core - 1])
        if kind is None and core == end:
            first = surface.folded(begin, begin + 1)
            kind = "organization" if first in OPENING_NOUNS else None
        if kind is None or (core - begin == 1 and core == end):
            return None
        return ActorKind(kind)

    def _is_writer(self, begin: int, end: int) -> bool:
        """Whether a name is that of the document's author, who tells and does not act."""
        name = self.surface.folded(begin, end)
        return is_byline(self.surface, self.lists, begin) or name in self._writers

    @cached_property
    def _writers(self) -> frozenset[str]:
        surface = self.surface
        found = {fold(surface.document.author or "")}
        for index in range(1, surface.size):
            if surface.capital[index] and surface.lower[index - 1] == "by" and is_byline(surface, self.lists, index):
                found.add(surface.folded(index, extent(surface, self.lists, index)))
        return frozenset(found - {""})

    def _is_joined(self, begin: int, end: int) -> bool:
        """Whether a name joins a state to something else: "the Israel-Gaza war"."""
        is_hyphened = any(mark in self.surface.slice(begin, end) for mark in HYPHENS)
        return is_hyphened and any(map(self._is_known_alone, self.surface.folded(begin, end).split()))

    def _is_known_alone(self, word: str) -> bool:
        """Whether a lone word names a state or its seat: if it was not taken for that, it is part of something else."""
        return any(name.strength is Strength.ALONE and name.type is not NameType.DEMONYM
                   and (actor := self.registry.get(name.actor)) is not None and actor.kind is ActorKind.STATE
                   for name in self.registry.named(word))

    def _is_named_organ(self, begin: int, end: int) -> bool:
        """Whether a lone "Congress" or "Senate" is the name of a body whose state can be told."""
        surface = self.surface
        is_joined = any(surface.text[index] in HYPHENS for index in (begin - 1, end) if 0 <= index < surface.size)
        return surface.capital[begin] and not is_joined and self.organs.of(begin, end) is not None

    def _is_of_state(self, index: int) -> bool:
        spot = self.draft.taken[index]
        return (spot is not None and spot.end - spot.begin <= 2
                and all(self.draft.kind(actor) is ActorKind.STATE for actor in spot.actors))


def provisional(name: str, kind: ActorKind, *, identifier: str | None = None, parent: str | None = None,
                country: str | None = None) -> Actor:
    """An actor that no list knows. Its id is the slug of its name.

    >>> provisional("Masoud Barzani", ActorKind.PERSON).id
    'masoud-barzani'
    """
    return Actor(id=identifier or slug(name), name=name, kind=kind, parent=parent, country=country,
                 is_provisional=True)


def slug(name: str) -> str:
    """A name as an id: folded, words joined by hyphens.

    >>> slug("Jabhat al-Nusra")
    'jabhat-al-nusra'
    """
    return fold(name).replace(" ", "-") or "unnamed"


def put_found(draft: Draft, discovery: Discovery, found: Found) -> str:
    """Place a new name and note its titles."""
    identifier = discovery.admit(found)
    draft.name(found.begin, found.end, (identifier,), Form.NAME, found.how)
    note_titles(draft, discovery.lists, identifier, found.titles)
    return identifier


def note_titles(draft: Draft, lists: Wordlists, person: str, titles: tuple[str, ...]) -> None:
    """Note the offices and the gender that titles tell."""
    notes = draft.notes[person]
    for title in titles:
        listed = lists.titles[title]
        if listed.gender != "any":
            notes.genders[listed.gender] += 2
        if listed.kind == "office":
            notes.offices[title] += 1
        if listed.kind in ("office", "rank"):
            notes.nouns[title.split()[-1]] += 1
