"""Names of the registry in a text: longest first, and only where case, neighbours and context allow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sides.actors.places import PLACE_PREPOSITIONS
from sides.actors.registry import Name, NameType, Registry, Strength
from sides.actors.surface import Surface, once_each
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind
from sides.model.dates import Interval

# An all-capitals name up to this length is matched only in capitals.
SHORT_ABBREVIATION_CHARS = 5
# A name of an organization this long needs no country beside it, if only one organization bears it.
LONG_NAME_WORDS = 3
SMALL_WORDS = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "al", "el", "y", "e",
                         "und", "der", "die", "von"))
TERRITORIAL = frozenset({NameType.DEMONYM, NameType.CAPITAL, NameType.SEAT})


@dataclass(slots=True)
class Evidence:
    """What the names that need no context say of the document: its states and its actors, how often."""

    countries: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the registry at tokens from `begin` up to `end`, and the actor that it names here."""

    begin: int
    end: int
    name: Name
    kind: ActorKind
    is_in_context: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens from `begin` up to `end`, so many words, that bear these names of the registry."""

    begin: int
    end: int
    width: int
    names: tuple[Name, ...]


class Matcher:
    """Finds the registry's names in one document."""

    def __init__(self, surface: Surface, registry: Registry, lists: Wordlists) -> None:
        self.surface, self.registry, self.lists = surface, registry, lists
        self.stops = registry.stops()
        self.evidence = Evidence()
        self.listed: dict[str, tuple[Name, ...]] = {}
        self.in_place = self._places()
        self._refused: set[int] = set()
        self._small = SMALL_WORDS | lists.particles
        self._published = surface.document.published.first, surface.document.published.after
        self._windows = self._all_windows()
        self._gather()

    def matches(self) -> list[Match]:
        """All names that hold here, none overlapping another, in the order of the text."""
        found = []
        words = self.surface.words
        at = 0
        while at < len(words):
            match = self._longest(at)
            if match is None:
                at += 1
                continue
            found.append(match)
            while at < len(words) and words[at].token < match.end:
                at += 1
        return found

    def barred(self) -> list[int]:
        """The tokens of longer names of places, and of countries that end the name of a party. After `matches`."""
        return sorted({self.surface.words[at].token for at in self.in_place} | self._refused)

    def choose(self, names: tuple[Name, ...]) -> Name | None:
        """The one of several owners of a name that the document speaks of, if that can be told."""
        if not names:
            return None
        best = min(self._rank(name) for name in names)
        first = [name for name in names if self._rank(name) == best]
        return first[0] if len({name.actor for name in first}) == 1 else None

    def in_context(self, name: Name) -> bool:
        """Whether the document speaks of the actor, of its state or of what it is a part of."""
        actor = self.registry.get(name.actor)
        if actor is None:
            return False
        evidence = self.evidence
        return (name.actor in evidence.actors or actor.country in evidence.countries
                or (actor.parent is not None and actor.parent in evidence.actors)
                or (actor.kind is ActorKind.STATE and self._is_of_past(name.actor)))

    def _is_of_past(self, state: str) -> bool:
        """Whether a state that is no more lived beside another such state of the document: "Saxony" beside Prussia."""
        lived = self.registry.lifetime(state)
        return lived.end is not None and any(
            lived.overlaps(other.start.first if other.start else None, other.end.after)
            for other in self._past_states if other.end is not None)

    @cached_property
    def _past_states(self) -> list[Interval]:
        lives = [self.registry.lifetime(actor) for actor in sorted(self.evidence.countries)]
        return [life for life in lives if life.end is not None]

    def _places(self) -> dict[int, int]:
        """The words inside longer names of places, each with how many words that name has: "Gulf of Oman"."""
        words, places = self.surface.words, self.lists.places
        longest = max((len(place.split()) for place in places), default=0)
        openings = {place.split()[0] for place in places}
        found: dict[int, int] = {}
        for at, word in enumerate(words):
            if word.text not in openings or at in found:
                continue
            for size in range(min(longest, len(words) - at), 1, -1):
                if " ".join(part.text for part in words[at:at + size]) in places:
                    found.update(dict.fromkeys(range(at, at + size), size))
                    break
        return found

    def _gather(self) -> None:
        words = self.surface.words
        at = 0
        while at < len(words):
            step = 1
            for window in self._windows.get(at, ()):
                strong = tuple(name for name in window.names if name.strength is Strength.ALONE)
                if len({name.actor for name in strong}) > 1:
                    strong = tuple(name for name in strong if name.type not in TERRITORIAL)
                chosen = self.choose(strong)
                if chosen is None or not self._stands_apart(window.begin, window.end, chosen):
                    continue
                actor = self.registry.get(chosen.actor)
                if actor is None:
                    continue
                self.evidence.actors[actor.id] += 1
                country = actor.id if actor.kind is ActorKind.STATE else actor.country
                if country:
                    self.evidence.countries[country] += 1
                step = window.width
                break
            at += step

    def _longest(self, at: int) -> Match | None:
        for window in self._windows.get(at, ()):
            open_names = tuple(name for name in window.names if self._is_allowed(name, window.end - window.begin))
            chosen = self.choose(open_names)
            if chosen is None or not self._stands_apart(window.begin, window.end, chosen):
                continue
            actor = self.registry.get(chosen.actor)
            if actor is not None:
                return Match(window.begin, window.end, chosen, actor.kind, chosen.strength is not Strength.ALONE)
        return None

    def _all_windows(self) -> dict[int, list[Window]]:
        """By the word that they start at the windows that bear a name in the right case, longest first."""
        widths = once_each(self._widths, [word.text for word in self.surface.words])
        found = {at: list(self._look(at, here)) for at, here in enumerate(widths) if here}
        return {at: windows for at, windows in found.items() if windows}

    def _look(self, at: int, widths: tuple[int, ...]) -> Iterator[Window]:
        words = self.surface.words
        first = words[at]
        for width in widths:
            last = at + width
            if last > len(words) or words[last - 1].stretch != first.stretch or (
                    last < len(words) and words[last].token == words[last - 1].token):
                continue
            key = " ".join([word.text for word in words[at:last]]) if width > 1 else first.text
            if (width == 1 and key in self.stops) or width < self.in_place.get(at, 0):
                continue
            if key not in self.listed:
                self.listed[key] = self.registry.named(key) or tuple(
                    name for name in self.registry.named(singular(key)) if name.type is NameType.DEMONYM)
            if not self.listed[key] or self.surface.first_word[first.token] != at:
                continue
            begin, stop = first.token, words[last - 1].token + 1
            names = tuple(name for name in self.listed[key] if self._has_case(name, begin, stop))
            if names:
                yield Window(begin, stop, width, names)

    def _widths(self, word: str) -> tuple[int, ...]:
        """How many words the names have that begin with a word, the most first; a plural may be a demonym's."""
        widths = self.registry.widths(word)
        is_plural = 1 not in widths and 1 in self.registry.widths(singular(word))
        return (*widths, 1) if is_plural else widths

    def _has_case(self, name: Name, begin: int, end: int) -> bool:
        surface = self.surface
        parts = [index for index in range(begin, end) if index in surface.first_word]
        loud = surface.in_capitals[begin]
        letters = "".join(letter for letter in name.text if letter.isalpha())
        if name.is_case_exact or (letters.isupper() and len(letters) <= SHORT_ABBREVIATION_CHARS):
            text = surface.slice(begin, end)
            exact = text == name.text or text.replace(".", "") == name.text.replace(".", "")
            return exact and (not loud or (len(letters) > 1 and "." in text))
        return any(surface.capital[index] for index in parts) and all(
            surface.capital[index] or surface.lower[index] in self._small
            or (index == parts[-1] and len(parts) > 1 and surface.lower[index] in self.lists.independent_nouns)
            for index in parts)

    def _is_allowed(self, name: Name, width: int) -> bool:
        if name.strength is Strength.ALONE:
            return True
        if name.strength is Strength.NEVER_ALONE:
            return False
        actor = self.registry.get(name.actor)
        if actor is None:
            return False
        is_long = len(name.text.split()) >= LONG_NAME_WORDS and actor.kind is not ActorKind.STATE
        return is_long or self.in_context(name)

    def _rank(self, name: Name) -> tuple[bool, int, bool, bool, bool]:
        actor = self.registry.get(name.actor)
        holds = name.holds.overlaps(*self._published)
        is_state = actor is not None and actor.kind is ActorKind.STATE
        return (name.strength is not Strength.ALONE, -self.evidence.actors[name.actor],
                not (actor is not None and actor.country in self.evidence.countries), not holds,
                not is_state)

    def _stands_apart(self, begin: int, end: int, name: Name) -> bool:
        """Whether a short name is not just a piece of a longer, unknown one: "Jordan" in "Michael Jordan"."""
        if name.type is NameType.DEMONYM or len(name.text.split()) > 2 or name.text.isupper():
            return True
        surface = self.surface
        if surface.in_title_case[begin] or surface.in_capitals[begin]:
            return True
        before, after = begin - 1, end
        if before >= 0 and name.type is not NameType.CAPITAL and surface.dep[surface.root(begin, end)] not in (
                "compound", "nmod", "amod", "poss") and self._is_party(before, begin):
            self._refused.update(range(begin, end))
            return False
        while before > 0 and (surface.text[before] == "-" or surface.lower[before] in self.lists.particles):
            before -= 1
        if before >= 0 and surface.sentence[before] == surface.sentence[begin] and (
                self._is_foreign(before) or self._is_bearing(before)):
            return False
        while after + 1 < surface.size and surface.lower[after] in self.lists.particles:
            after += 1  # "Khalifa bin Salman"
        return not (after < surface.size and surface.sentence[after] == surface.sentence[begin]
                    and self._is_foreign(after))

    def _is_party(self, index: int, begin: int) -> bool:
        """Whether the name of a country only ends the name of a party: "HDZ BiH"."""
        surface = self.surface
        text = surface.text[index]
        return (len(text) > 1 and text.isalpha() and text.isupper()
                and surface.sentence[index] == surface.sentence[begin]
                and not surface.in_capitals[index] and surface.head[index] == begin)

    def _is_bearing(self, index: int) -> bool:
        """Whether a capitalised "Northern", "New" or the like makes another place of the name after it."""
        return self.surface.capital[index] and self.surface.lower[index] in self.lists.bearings

    def _is_foreign(self, index: int) -> bool:
        """Whether a token is a capitalised proper noun that is no name, title or head noun of its own."""
        surface, lists = self.surface, self.lists
        if not surface.capital[index] or surface.pos[index] != "PROPN" or not surface.text[index].isalpha():
            return False
        folded = surface.folded(index, index + 1)
        if not folded or folded in lists.never_discovered or folded in lists.sentence_openers:
            return False
        if folded in lists.title_words or folded in lists.organization_nouns:
            return False
        if folded in self.registry.heads() or surface.lemma[index] in self.registry.heads():
            return False
        if folded in lists.cities and index and surface.lower[index - 1] in PLACE_PREPOSITIONS:
            return False  # "Hamas leader in Gaza Yahya Sinwar"
        return all(name.strength is Strength.NEVER_ALONE for name in self.registry.named(folded))


def singular(word: str) -> str:
    """A folded word without the ending of a plural.

    >>> singular("syrians")
    'syrian'
    """
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
