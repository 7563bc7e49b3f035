"""Names found again: abbreviations that a text introduces, surnames, and the shorter forms of organizations' names."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from sides.actors.discovery import ABBREVIATION_CHARS
from sides.actors.draft import Draft, Spot
from sides.actors.names import FILIATION, fold
from sides.actors.profiles import LOCATING
from sides.actors.registry import Registry, Strength
from sides.actors.wordlists import Wordlists
from sides.model.actor import Actor, ActorKind, Form

ABBREVIATION_REACH_TOKENS = 9
SHORT_NAME_MIN_CHARS = 3
# Steps that find a name as it was written.
EXACT = ("abbreviation", "repeated-name")
NAMED_BODIES = frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC))


@dataclass(frozen=True, slots=True)
class Alias:
    """A shorter form and the actor it may stand for."""

    actor: str
    how: str
    needs_article: bool = False


def introduced_abbreviation(draft: Draft, spot: Spot) -> tuple[int, int] | None:
    """The tokens of an abbreviation given in brackets right after a name: "the Sadrist Movement (SM)"."""
    surface = draft.surface
    at = spot.end
    while at < surface.size and surface.text[at] in ("'", '"'):
        at += 1
    if at + 1 >= surface.size or surface.text[at] != "(":
        return None
    close = at + 1
    while close < surface.size and surface.text[close] != ")" and close - at <= ABBREVIATION_REACH_TOKENS:
        close += 1
    if close >= surface.size or surface.text[close] != ")":
        return None
    for index in range(close - 1, at, -1):
        text = surface.text[index].strip("'\"")
        letters = sum(letter.isupper() for letter in text)
        if letters >= 2 and letters * 2 > len(text) and len(text) in ABBREVIATION_CHARS and text[0].isalpha():
            return index, index + 1
        if surface.text[index] not in ("'", '"', ",", ".", ";"):
            return None
    return None


class ShortForms:
    """The shorter forms of the names of one document's actors, and where they stand."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists) -> None:
        self.draft, self.registry, self.lists = draft, registry, lists
        self.aliases: dict[str, list[Alias]] = defaultdict(list)
        self._known: set[tuple[str, Alias]] = set()
        self.places: dict[str, list[int]] = defaultdict(list)
        for spot in sorted(draft.spots, key=lambda spot: spot.begin):
            for actor in spot.actors:
                self.places[actor].append(spot.begin)
        self._written: dict[str, list[str]] = defaultdict(list)
        for spot in draft.spots:
            if spot.form is Form.NAME and len(spot.actors) == 1:
                self._written[spot.actors[0]].append(draft.surface.slice(spot.begin, spot.end))
        forms: dict[str, set[str]] = defaultdict(set)
        for identifier in sorted(self.places):
            for name in self._names(draft.cast[identifier]):
                forms[identifier].add(name)
        self._words = self._word_owners(forms)
        for identifier, names in sorted(forms.items()):
            for name in sorted(names):
                self._add(draft.cast[identifier], name)
        self.longest: dict[str, int] = {}
        for key in self.aliases:
            first, size = key.split()[0], len(key.split())
            self.longest[first] = max(size, self.longest.get(first, 0))

    def add_abbreviation(self, actor: str, text: str) -> None:
        """Let a text stand for an actor from now on."""
        key = fold(text)
        if key:
            self.aliases[key].insert(0, Alias(actor, "abbreviation"))
            self.longest[key.split()[0]] = max(len(key.split()), self.longest.get(key.split()[0], 0))

    def place(self) -> None:
        """Put a mention wherever a shorter form stands free."""
        words = self.draft.surface.words
        at = 0
        while at < len(words):
            spot = self._longest(at) if words[at].text in self.longest else None
            if spot is None:
                at += 1
                continue
            self.draft.put(spot)
            while at < len(words) and words[at].token < spot.end:
                at += 1

    def _longest(self, at: int) -> Spot | None:
        surface, draft = self.draft.surface, self.draft
        words = surface.words
        limit = self.longest[words[at].text]
        if surface.first_word[words[at].token] != at:
            return None
        end = at
        while end < len(words) and end - at < limit and words[end].stretch == words[at].stretch:
            end += 1
        for last in range(end, at, -1):
            if last < len(words) and words[last].token == words[last - 1].token:
                continue
            found = self.aliases.get(" ".join(word.text for word in words[at:last]))
            if not found:
                continue
            begin, stop = words[at].token, words[last - 1].token + 1
            if not draft.is_free(begin, stop) or not self._looks_like_name(begin, stop):
                continue
            alias = self._nearest(found, begin)
            if alias is not None and self._has_case(begin, stop, alias) and self._stands_apart(begin, stop, alias):
                return Spot(begin, stop, surface.root(begin, stop), (alias.actor,), Form.NAME, alias.how)
        return None

    def _has_case(self, begin: int, end: int, alias: Alias) -> bool:
        """Whether a word that is written with several capitals elsewhere is so here: "Let" is not "LeT"."""
        text = self.draft.surface.slice(begin, end)
        if end - begin > 1 or alias.how not in EXACT or sum(letter.isupper() for letter in text) > 1:
            return True
        actor = self.draft.cast[alias.actor]
        written = [name for name in (actor.name, *actor.names, *self._written.get(alias.actor, ()))
                   if fold(name) == fold(text)]
        return not written or any(sum(letter.isupper() for letter in name) < 2 for name in written)

    def _nearest(self, found: list[Alias], at: int) -> Alias | None:
        """The actor of this short form that was named last before here, else first after."""
        def distance(alias: Alias) -> tuple[bool, int, str]:
            places = self.places.get(alias.actor, [])
            before = bisect_left(places, at)
            return (not before, at - places[before - 1] if before else (places[0] if places else 0), alias.actor)
        exact = [alias for alias in found if alias.how in EXACT]
        return min(exact or found, key=distance)

    def _looks_like_name(self, begin: int, end: int) -> bool:
        surface = self.draft.surface
        parts = [index for index in range(begin, end) if index in surface.first_word]
        return (any(surface.capital[index] for index in parts)
                and all(surface.capital[index] or surface.lower[index] in self.lists.particles
                        or surface.lower[index] in ("of", "the", "for", "and", "in", "to") for index in parts)
                and surface.pos[parts[-1]] not in ("PRON", "DET", "ADP", "AUX"))

    def _stands_apart(self, begin: int, end: int, alias: Alias) -> bool:
        surface = self.draft.surface
        before = begin - 1
        if alias.needs_article:
            has_article = before >= 0 and (surface.lower[before] in ("the", "this", "that") or
                                           surface.tag[before] in ("POS", "PRP$"))
            if not has_article:
                return False
        elif alias.how == "short-form" and begin > 0 and (
                surface.lower[before] in self.lists.bearings or surface.lower[before] in LOCATING):
            return False  # "western Tigray" is a place, whatever body is called after it
        if surface.in_title_case[begin] or surface.in_capitals[begin]:
            return True
        if alias.how in ("surname", "given-name") and before > 0 and surface.lower[before] in FILIATION \
                and surface.capital[before - 1]:
            return False  # "Khalifa bin Salman" is no Salman
        if alias.how == "surname" or (alias.how == "repeated-name" and end - begin == 1
                                      and self.draft.kind(alias.actor) is ActorKind.PERSON):
            for index in (before, end):
                if 0 <= index < surface.size and surface.sentence[index] == surface.sentence[begin] \
                        and surface.pos[index] == "PROPN" and surface.capital[index] \
                        and self.draft.taken[index] is None \
                        and surface.folded(index, index + 1) not in self.lists.titles:
                    return False
        return True

    def _names(self, actor: Actor) -> list[str]:
        if actor.kind is ActorKind.STATE or actor.kind is ActorKind.PEOPLE:
            return []
        seen = [name for name in (actor.name, *actor.names) if name]
        seen += self._written.get(actor.id, [])
        return [folded for folded in sorted({fold(name) for name in seen}) if folded]

    def _word_owners(self, forms: dict[str, set[str]]) -> dict[str, set[str]]:
        owners: dict[str, set[str]] = defaultdict(set)
        for identifier, names in forms.items():
            for name in names:
                for word in name.split():
                    owners[word].add(identifier)
        return owners

    def _add(self, actor: Actor, name: str) -> None:
        words = name.split()
        self._put(name, Alias(actor.id, "repeated-name"), is_full=True)
        if len(words) < 2:
            return
        if actor.kind is ActorKind.PERSON:
            for begin in range(1, len(words)):
                if (words[begin] not in self.lists.particles or begin < len(words) - 1) \
                        and words[begin - 1] not in FILIATION:  # "Salman" is the father of Mohammed bin Salman
                    self._put(" ".join(words[begin:]), Alias(actor.id, "surname"))
            self._put(words[0], Alias(actor.id, "given-name"))
        elif actor.kind in NAMED_BODIES:
            last = words[-1]
            if last in self.lists.organization_nouns:
                self._put(last, Alias(actor.id, "short-form", needs_article=True))
                if len(words) > 2:
                    self._put(" ".join(words[1:]), Alias(actor.id, "short-form", needs_article=True))
            for word in (words[0], last):
                if self._words[word] == {actor.id} and self._is_distinct(word):
                    self._put(word, Alias(actor.id, "short-form"))
            for index, word in enumerate(words[1:-1], start=1):
                if word in self.lists.organization_nouns and words[index + 1] in ("of", "for", "in"):
                    if self._words[word] == {actor.id}:
                        self._put(word, Alias(actor.id, "short-form", needs_article=True))
                    self._put(" ".join(words[:index + 1]), Alias(actor.id, "short-form"))
                    break

    def _is_distinct(self, word: str) -> bool:
        lists = self.lists
        if any(name.strength is Strength.ALONE for name in self.registry.named(word)):
            return False
        return not (word in lists.organization_nouns or word in lists.titles or word in lists.never_discovered
                    or word in lists.not_actors or word in lists.name_words or word in lists.particles
                    or word in lists.nominals)

    def _put(self, key: str, alias: Alias, is_full: bool = False) -> None:
        lists = self.lists
        is_common = key in lists.titles or key in lists.never_discovered or key in lists.particles or (
            key in lists.organization_nouns and not alias.needs_article)
        shortest = 2 if alias.how in ("surname", "given-name") else SHORT_NAME_MIN_CHARS
        if (is_full or len(key) >= shortest) and (is_full or not is_common) \
                and (key, alias) not in self._known:
            self._known.add((key, alias))
            self.aliases[key].append(alias)
