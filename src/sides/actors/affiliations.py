"""Whose an actor is and what it does: its state and its sector of public life at a date.

Event coders write an actor as a state and a sector: RUS MIL, or IGO where it is no state's. `Affiliations` gives both
for an actor of the registry, for a new one, and for any phrase of a resolved document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sides.actors.names import fold
from sides.actors.registry import NameType, Registry, Strength
from sides.actors.resolution import Resolution
from sides.actors.sectors import Sectors, read
from sides.actors.wordlists import table
from sides.model.actor import Actor, ActorKind, Form, Relation
from sides.model.dates import PartialDate

PLACE_NAMES = frozenset({NameType.NAME, NameType.OFFICIAL, NameType.FORMER, NameType.DEMONYM, NameType.CAPITAL,
                         NameType.SEAT, NameType.ABBREVIATION})
BODIES = (ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC)
POSTS = frozenset(("leads", "official_of"))
LONGEST_PLACE_WORDS = 5
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")


Named = tuple[int, int, Form, Actor]  # where a name begins and ends in a phrase, how it names, and whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """A state and a sector. Either may be unknown; an international body has no state."""

    actor: str | None = None  # id of the actor that a phrase was taken for
    country: str | None = None  # id of a state
    sector: str | None = None  # one of `data/sectors/sectors.toml`


class Affiliations:
    """Says of actors and phrases whose they are. Holds the registry and the vocabulary of sectors.

    >>> affiliations = Affiliations(Registry.load())
    >>> affiliations.of_id("vladimir-putin", PartialDate.parse("2014"))
    Affiliation(actor='vladimir-putin', country='russia', sector='government')
    >>> affiliations.of_id("nato", PartialDate.parse("2014")).sector
    'igo'
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.sectors = Sectors.load()
        self._unrecognized: dict[str, str] = read("unrecognized")
        self._places = {fold(place): state for state, places in read("places").items() for place in places}
        joined = "|".join(sorted(word for word, in table("sponsored")))
        self._sponsored = re.compile(rf"(?<!\w)[\w.]+(?: [A-Z]\w+)?[-‑–](?:{joined})\b", re.IGNORECASE)

    def of_id(self, identifier: str, at: PartialDate) -> Affiliation:
        """The affiliation of an actor of the registry at a date; nothing is known of an unknown id."""
        actor = self.registry.get(identifier)
        return self.of_actor(actor, at) if actor is not None else Affiliation(actor=identifier)

    def of_actor(self, actor: Actor, at: PartialDate) -> Affiliation:
        """The affiliation of an actor, listed or found in a text, at a date.

        A person's comes from the posts held then; whoever led or served a state only before is `elite`.
        """
        posts = [post for post in self.registry.relations(actor.id) if post.relation in POSTS]
        held = self._posts(actor.id, at)
        return Affiliation(actor=actor.id, country=self._country(actor, held, at),
                           sector=self._sector(actor, at, held, posts))

    def of_phrase(self, resolution: Resolution, text: str, at: PartialDate, begin_char: int = 0) -> Affiliation:
        """The affiliation of a phrase of a resolved document: `text` stands in it at `begin_char`.

        The first name of a state, person or body in the phrase that belongs to a state gives the state ("US troops in
        Syria"); its nouns give the sector, and where they are weak, the actor that it names.
        """
        sponsored = [(begin_char + found.start(), begin_char + found.end()) for found in self._sponsored.finditer(text)]
        mentions = [mention for mention in resolution.mentions
                    if begin_char <= mention.begin_char and mention.end_char <= begin_char + len(text)
                    and mention.form in (Form.NAME, Form.METONYM, Form.DEMONYM, Form.PHRASE, Form.TITLE)
                    and not any(begin <= mention.begin_char < end for begin, end in sponsored)]
        named = [(mention.begin_char - begin_char, mention.end_char - begin_char, mention.form, actor)
                 for mention in mentions if (actor := resolution.actor(mention.actor)) is not None]
        if all(actor.is_provisional for *_, actor in named):
            named = [(0, len(text), Form.NAME, actor) for actor in self._listed(text, at)] or named
        meant = self._meant([actor for *_, actor in named])
        known = self.of_actor(meant, at) if meant is not None else Affiliation()
        heard = self.sectors.heard(_without_names(text, named))
        sector = heard.sector if heard is not None and (heard.is_strong or known.sector is None) else known.sector
        if known.sector in self.sectors.prevailing:
            sector = known.sector
        country = known.country
        if country is None and known.sector != "igo":
            country = self._first_country(named, text, at)
        return Affiliation(actor=known.actor, country=country, sector=sector)

    def code(self, country: str, scheme: str = "iso3166-1-alpha3") -> str | None:
        """The code of a state in a scheme of the registry.

        A state that few recognise has the code of the state whose territory it is to the others.
        """
        own = self.registry.code(country, scheme)
        legal = self._unrecognized.get(country)
        return self.registry.code(legal, scheme) if own is None and legal is not None else own

    def _meant(self, actors: list[Actor]) -> Actor | None:
        """The actor that a phrase is about: a person, else a body, else the state that it names first."""
        for kinds in ((ActorKind.PERSON,), BODIES, (ActorKind.PEOPLE, ActorKind.GROUP, ActorKind.OTHER),
                      (ActorKind.STATE,)):
            for actor in actors:
                if actor.kind in kinds:
                    return actor
        return None

    def _listed(self, text: str, at: PartialDate) -> list[Actor]:
        """The only actor of the registry whom a whole phrase may name, where nothing beside it says of whom it speaks.

        A document that is one name in capitals looks like a headline, and a lone surname needs a document about its
        state; in a phrase, of several who bear the name whoever held a post at the date is meant.
        """
        folded = fold(text).removeprefix("the ")
        names = [name for name in self.registry.named(folded) if name.strength is not Strength.NEVER_ALONE]
        names = [name for name in names if name.strength is Strength.ALONE] or names
        bearers = sorted({name.actor for name in names if name.type is not NameType.DEMONYM})
        bearers = bearers or list(self.registry.persons_like(text, self.registry.states()))
        if len(bearers) > 1:
            bearers = [bearer for bearer in bearers if self._posts(bearer, at)]
        found = self.registry.get(bearers[0]) if len(bearers) == 1 else None
        return [found] if found is not None else []

    def _first_country(self, named: list[Named], text: str, at: PartialDate) -> str | None:
        found = [(begin, country) for begin, _, _, actor in named
                 if (country := self.of_actor(actor, at).country) is not None]
        found += self._places_in(text, at)
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _places_in(self, text: str, at: PartialDate) -> Iterator[tuple[int, str]]:
        """States, demonyms, cities and regions in a text: where, and the state that each belongs to."""
        words = [(found.start(), found.end()) for found in WORD.finditer(text)]
        sponsored = [found.span() for found in self._sponsored.finditer(text)]
        first = 0
        while first < len(words):
            step = 1
            for last in range(min(len(words), first + LONGEST_PLACE_WORDS), first, -1):
                begin, end = words[first][0], words[last - 1][1]
                if not text[begin].isupper() or any(start <= begin < stop for start, stop in sponsored):
                    continue
                state = self._state_called(text[begin:end], at)
                if state is not None:
                    yield begin, state
                    step = last - first
                    break
            first += step

    def _state_called(self, text: str, at: PartialDate) -> str | None:
        folded = fold(text.replace(".", "") if re.fullmatch(r"(?:\w\.)+", text) else text)
        for key in dict.fromkeys((folded, folded.removesuffix("s"))):
            if key in self._places:
                return self._places[key]
            listed = [name for name in self.registry.named(key) if name.type in PLACE_NAMES]
            listed.sort(key=lambda name: not name.holds.overlaps(at.first, at.after))
            for name in listed:
                actor = self.registry.get(name.actor)
                if actor is None or (name.is_case_exact and text.replace(".", "") != name.text.replace(".", "")):
                    continue
                if actor.kind is ActorKind.STATE:
                    return actor.id
                if actor.kind in (ActorKind.OTHER, ActorKind.PEOPLE) and actor.country is not None:
                    return actor.country
        return None

    def _posts(self, person: str, at: PartialDate) -> list[Relation]:
        """The posts that a person held at a date."""
        return [post for post in self.registry.relations(person) if post.relation in POSTS
                and person in self.registry.holders(post.parent, post.label or "", at)]

    def _country(self, actor: Actor, held: list[Relation], at: PartialDate) -> str | None:
        if actor.kind is ActorKind.STATE:
            return actor.id
        for post in held:
            body = self.registry.get(post.parent)
            if body is not None and body.kind is ActorKind.STATE:
                return body.id
        if actor.country is not None:
            return actor.country
        parent = self.registry.get(actor.parent) if actor.parent is not None else None
        return self._country(parent, [], at) if parent is not None else None

    def _sector(self, actor: Actor, at: PartialDate, held: list[Relation], posts: list[Relation]) -> str | None:
        if actor.kind is ActorKind.STATE:
            return "unrecognized" if actor.id in self._unrecognized else "government"
        if actor.kind is ActorKind.PEOPLE:
            return "civilians"
        if actor.kind is ActorKind.PERSON:
            return self._person_sector(actor, at, held, posts)
        if self._is_international(actor):
            return "igo"
        is_free = actor.kind is ActorKind.ORGANIZATION  # no organ of a state: its forces are rebels
        heard, named = self.sectors.heard(actor.description or ""), self.sectors.heard(actor.name)
        for found in (heard, named):
            if found is not None and found.is_strong:
                return "rebels" if found.sector == "military" and is_free else found.sector
        parent = self.registry.get(actor.parent) if actor.parent is not None else None
        if parent is not None and parent.kind is not ActorKind.STATE:
            return self._sector(parent, at, [], [])
        if actor.kind is ActorKind.ORGAN and (parent is not None or actor.country is not None):
            return "government"
        weak = named or heard
        if weak is None:
            return None
        return "rebels" if weak.sector == "military" and is_free else weak.sector

    def _person_sector(self, actor: Actor, at: PartialDate, held: list[Relation], posts: list[Relation]) -> str | None:
        found = [sector for post in held if (sector := self._post_sector(post, at)) is not None]
        if found:
            return min(found, key=lambda sector: sector != "government")
        heard = self.sectors.heard(actor.description or "")
        past = [post for post in posts if post.holds.start is not None and post.holds.start.first < at.first]
        sectors = [sector for post in past if (sector := self._post_sector(post, at)) is not None]
        if "government" in sectors:
            return "elite"
        if sectors:
            return sectors[-1]
        return heard.sector if heard is not None else None

    def _post_sector(self, post: Relation, at: PartialDate) -> str | None:
        body = self.registry.get(post.parent)
        if body is None:
            return None
        if body.kind is ActorKind.STATE:
            heard = self.sectors.heard(post.label or "")
            return heard.sector if heard is not None and heard.is_strong else "government"
        return self._sector(body, at, [], [])

    def _is_international(self, actor: Actor) -> bool:
        """Whether states are its members, or it is a part of such a body."""
        if actor.country is not None or actor.kind is ActorKind.PERSON:
            return False
        members = (self.registry.get(relation.child) for relation in self.registry.members(actor.id)
                   if relation.relation == "member_of")
        if any(member is not None and member.kind is ActorKind.STATE for member in members):
            return True
        parent = self.registry.get(actor.parent) if actor.parent is not None else None
        return parent is not None and self._is_international(parent)


def _without_names(text: str, named: list[Named]) -> str:
    """A phrase without the names of persons and bodies in it: what it says of them beside the name."""
    letters = list(text)
    for begin, end, form, actor in named:
        if actor.kind is not ActorKind.STATE and form is Form.NAME:
            letters[begin:end] = " " * (end - begin)
    return "".join(letters)
