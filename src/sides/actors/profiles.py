"""What all uses of an unknown name in a document tell of its kind: a person, a body that acts, or neither.

A name that no list knows may be a town, a ship or a newspaper as well as a party or a minister. One sentence seldom
says; all the sentences that it stands in often do: towns are entered and fallen, parties have leaders, persons speak.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sides.actors.draft import Draft
from sides.actors.runs import title_left_of
from sides.actors.wordlists import Wordlists

LOCATING = frozenset(("in", "at", "near", "around", "beneath", "outside", "inside", "across", "through", "off",
                      "along", "beyond", "into", "onto", "over", "via", "throughout", "within"))
MOVING = frozenset(("to", "from", "toward", "towards"))
PARTNERING = frozenset(("with", "against", "by", "between"))
AGREEING = frozenset(("nsubj", "nsubjpass"))
# "A young advocate called Venezelos".
CALLING = frozenset(("called", "named", "nicknamed"))
# How many uses of a name are looked at: a name is what it is after a few, and long texts stay fast.
MAX_USES = 12


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely an unknown name is a person's, or one of a body that acts."""

    person: float
    body: float


class Profiles:
    """Reads the uses of the unknown names of one document."""

    def __init__(self, draft: Draft, lists: Wordlists) -> None:
        self.draft, self.lists = draft, lists
        self.surface = draft.surface
        self._known: dict[str, frozenset[str]] = {}

    def chances(self, begin: int, end: int) -> Chances:
        """What the name at these tokens is, by all its uses."""
        return weigh(self.signs(begin, end), self.lists.signs)

    def signs(self, begin: int, end: int) -> frozenset[str]:
        """The signs that the uses of the name at these tokens give, each once."""
        key = self.surface.folded(begin, end)
        found = self._known.get(key)
        if found is None:
            signs = set(self._shape(begin, end))
            uses = list(self._uses(key))
            signs.add(f"uses-{min(max(len(uses), 1), 3)}")
            if len(key.split()) == 1 and uses and all(self.surface.is_sentence_start(first) for first, _ in uses):
                signs.add("opening")
            for first, last in uses[:MAX_USES]:
                signs.update(self._use(first, last))
            found = self._known[key] = frozenset(signs)
        return found

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.surface.words):
            if self.surface.capital[word.token] and not self.surface.in_capitals[word.token]:
                places.setdefault(word.text, []).append(place)
        return places

    def _uses(self, key: str) -> Iterator[tuple[int, int]]:
        """Where the words of a name stand in capitals: from its first token up to the one after its last."""
        words, size = self.surface.words, len(key.split())
        for place in self._places.get(key.split()[0] if key else "", ()):
            if " ".join(word.text for word in words[place:place + size]) == key:
                yield words[place].token, words[place + size - 1].token + 1

    def _shape(self, begin: int, end: int) -> Iterator[str]:
        surface = self.surface
        words = surface.folded(begin, end).split()
        yield f"words-{min(len([word for word in words if word not in self.lists.particles]), 4)}"
        text = surface.slice(begin, end)
        if " ".join(words) in self.lists.cities:
            yield "city"
        elif " ".join(words) in self.lists.towns:
            yield "town"
        if words and words[0] in self.lists.given_names:
            yield "given-name" if len(words) > 1 else "lone-given-name"
        if words and words[-1] in self.lists.leader_surnames:
            yield "leader-surname" if len(words) > 1 else "lone-leader-surname"
        if len(words) > 1 and words[0] in self.lists.place_openers:
            yield "place-opener"
        if len(words) > 1 and len(words[0]) == 1 and surface.text[begin].endswith("."):
            yield "initial"
        if any(letter.isdigit() for letter in text):
            yield "digit"
        if any(word in self.lists.particles for word in words):
            yield "particle"
        if any(word in self.lists.name_words or word in self.lists.never_discovered for word in words):
            yield "common-word"
        last = surface.text[end - 1]
        if last.isupper() and len(last) > 1:
            yield "capitals"
        elif any(letter.isupper() for letter in last[1:]):
            yield "inner-capital"
        if words and words[-1].endswith(("s", "ists")) and surface.tag[end - 1] in ("NNS", "NNPS"):
            yield "plural"

    def _use(self, begin: int, end: int) -> Iterator[str]:
        surface = self.surface
        root = surface.root(begin, end)
        for label in {surface.entity[index] for index in range(begin, end)}:
            yield f"label-{label or 'none'}"
        before = begin - 1
        if before >= 0 and surface.sentence[before] == surface.sentence[begin]:
            if surface.lower[before] == "the":
                yield "the"
            if surface.text[before] in ('"', "“", "‘"):
                yield "quoted"
            if surface.lower[before] == "by" and surface.is_sentence_start(before):
                yield "byline"
            if surface.text[before] == "-":
                yield "hyphen"
            if title_left_of(surface, self.lists, begin):
                yield "titled"
            if surface.lower[before] in CALLING:
                yield "called"
            if surface.capital[before] and surface.pos[before] == "PROPN" and surface.text[before].isalpha() \
                    and not surface.is_sentence_start(before) and self.draft.taken[before] is None \
                    and surface.lower[before] not in self.lists.name_words | self.lists.never_discovered:
                yield "longer"
        if end + 1 < surface.size and surface.text[end] == "," and surface.lower[end + 1] in ("who", "whose", "whom"):
            yield "who"
        if end + 1 < surface.size and surface.text[end] == "(":
            yield "bracket"
        if surface.tag[min(end, surface.size - 1)] == "POS":
            yield "owner"
        yield from self._role(root)
        for child in surface.children[root]:
            if surface.dep[child] == "appos":
                yield from self._noun("is", child)

    def _role(self, root: int) -> Iterator[str]:
        surface = self.surface
        dep, head = surface.dep[root], surface.head[root]
        lemma, is_joined = surface.lemma[head], dep == "conj"
        if is_joined:
            spot = self.draft.taken[head]
            if spot is not None:
                kind = self.draft.kind(spot.actors[0])
                yield f"beside-{'place' if self.draft.barred[head] else kind.value}"
            while dep == "conj" and surface.head[head] != head:
                dep, head = surface.dep[head], surface.head[head]
            lemma = surface.lemma[head]
        for child in surface.children[root]:
            spot = self.draft.taken[child] if surface.dep[child] == "conj" else None
            if spot is not None:
                yield f"beside-{self.draft.kind(spot.actors[0]).value}"
        if dep in AGREEING or dep == "agent":
            verbs = self.lists.verbs
            use = next((use for use in ("saying", "personal", "lying")
                        if lemma in verbs[use]), "acting")
            yield f"{'subject' if dep == 'nsubj' else 'passive'}-{use}"
        elif dep in ("dobj", "obj"):
            is_place = lemma in self.lists.verbs["motion"] | self.lists.verbs["taking"]
            yield "object-motion" if is_place else "object"
        elif dep == "pobj":
            yield from self._after(head, root, is_joined)
        elif dep in ("compound", "nmod", "amod", "poss"):
            yield from self._noun("owns" if dep == "poss" else "before", head)
        elif dep == "appos":
            yield from self._noun("is", head)
        elif dep == "ROOT":
            yield "alone"
        else:
            yield f"role-{dep}"

    def _after(self, preposition: int, root: int, is_joined: bool) -> Iterator[str]:
        surface = self.surface
        word = surface.lower[preposition]
        is_bare = not any(surface.dep[child] == "det" for child in surface.children[root])  # towns have no article
        if word in LOCATING:
            yield "located" if is_bare and not is_joined else "located-loosely"
        elif word in MOVING:
            yield "after-moving"
        elif word in PARTNERING:
            yield f"after-{word}"
        elif word == "of":
            yield from self._noun("of", surface.head[preposition])
        else:
            yield "after-other"

    def _noun(self, relation: str, noun: int) -> Iterator[str]:
        """What kind of noun a name stands beside, before or after "of"."""
        surface, lists = self.surface, self.lists
        lemma = surface.lemma[noun]
        if surface.pos[noun] == "PROPN" and self.draft.taken[noun] is not None and relation == "is":
            yield f"is-{self.draft.kind(self.draft.taken[noun].actors[0]).value}"  # type: ignore[union-attr]
        elif lemma in lists.place_nouns:
            yield f"{relation}-place"
        elif lemma in lists.not_actors:
            yield f"{relation}-thing"
        elif lemma in lists.nominals:
            yield f"{relation}-{lists.nominals[lemma]}"
        elif lemma in lists.organization_nouns:
            yield f"{relation}-organization"
        elif lemma in lists.members or surface.lower[noun] in lists.members:
            yield f"{relation}-member"
        else:
            yield f"{relation}-other"


def weigh(signs: frozenset[str], weights: Mapping[str, tuple[float, float]]) -> Chances:
    """Chances of a person and of a body from the weights of the signs, against neither.

    >>> weigh(frozenset(["who"]), {"always": (0.0, 0.0), "who": (2.0, -2.0)}).person > 0.8
    True
    """
    person, body = (sum(weights[sign][side] for sign in sorted({"always", *signs}) if sign in weights)
                    for side in (0, 1))
    top = max(person, body, 0.0)
    parts = math.exp(person - top), math.exp(body - top), math.exp(-top)
    return Chances(parts[0] / sum(parts), parts[1] / sum(parts))
