"""What a document has spoken of so far, token by token: actors, and things that a pronoun may stand for instead."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice

from sides.actors.clauses import first_conjunct, role
from sides.actors.draft import Draft, Spot
from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists
from sides.model.actor import Form

# Referents are remembered for so many sentences.
MEMORY_SENTENCES = 4
THING_ROLES = frozenset(("subject", "passive", "object", "oblique", "attribute", "apposition", "root", "owner"))
TIMES = frozenset(("year", "month", "week", "day", "time", "today", "yesterday", "monday", "tuesday", "wednesday",
                   "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
                   "july", "august", "september", "october", "november", "december", "way", "case", "part"))


@dataclass(frozen=True, slots=True)
class Referent:
    """Something mentioned: actors, or a thing (`actors` is empty), where it stands and in what form."""

    actors: tuple[str, ...]
    begin: int
    end: int
    head: int
    sentence: int
    role: str
    form: str
    kind: str
    is_plural: bool
    order: int  # which of its sentence it is


class Discourse:
    """The memory of a document as it is read from its begin."""

    def __init__(self, draft: Draft, lists: Wordlists) -> None:
        self.draft, self.lists = draft, lists
        self.surface: Surface = draft.surface
        self.recent: deque[Referent] = deque()
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.mentions: Counter[str] = Counter()
        self.first_sentence: dict[str, int] = {}
        self.last: dict[str, Referent] = {}  # the last mention of each actor, the latest last
        self._in_sentence = (-1, 0)
        self._joined: dict[int, Referent] = {}
        self.paragraph = paragraphs(self.surface)

    def pass_token(self, index: int) -> None:
        """Take notice of what a token that heads no mention may speak of."""
        surface = self.surface
        if surface.pos[index] not in ("NOUN", "PROPN") or self.draft.taken[index] is not None:
            return
        place = role(surface, index)
        if place not in THING_ROLES or surface.lemma[index] in TIMES:
            return
        is_plural = surface.tag[index] in ("NNS", "NNPS")
        kind = self.lists.nominals.get(surface.lemma[index]) or self.lists.nominals.get(surface.lower[index])
        if kind is None and surface.lemma[index].endswith(("ist", "man", "woman", "er", "or")):
            kind = "agent"
        self._remember(Referent((), index, index + 1, index, surface.sentence[index], place, "thing",
                                f"thing-{kind or 'other'}", is_plural, self._order(index)))

    def notice(self, spot: Spot) -> None:
        """Take notice of a mention."""
        kinds = [self.draft.kind(actor) for actor in spot.actors]
        is_plural = spot.is_plural or len(spot.actors) > 1 or (
            self.surface.tag[spot.head] in ("NNS", "NNPS") and spot.form not in (Form.NAME, Form.METONYM))
        form = "relative" if spot.how == "relative" else spot.form.value
        kind = kinds[0].value if len(spot.actors) == 1 else "several"
        referent = Referent(spot.actors, spot.begin, spot.end, spot.head, self.surface.sentence[spot.head],
                            role(self.surface, spot.head), form, kind, is_plural, self._order(spot.head))
        self._remember(referent)
        self.counts[spot.actors] += 1
        for actor in spot.actors:
            self.mentions[actor] += 1
            self.last.pop(actor, None)
            self.last[actor] = referent
            self.first_sentence.setdefault(actor, referent.sentence)
            if len(spot.actors) > 1:
                self.counts[(actor,)] += 1
        self._join(referent)

    def latest(self, limit: int) -> list[tuple[str, Referent]]:
        """The actors last mentioned with their last mentions, the latest first."""
        return list(islice(reversed(self.last.items()), limit))

    def _join(self, referent: Referent) -> None:
        """Remember the whole of a coordination too: "Iran and Syria" are "they"."""
        first = first_conjunct(self.surface, referent.head)
        before = self._joined.get(first)
        if before is None or referent.head == first:
            if referent.head == first:
                self._joined[first] = referent
            return
        actors = tuple(dict.fromkeys((*before.actors, *referent.actors)))
        if len(actors) == len(before.actors):
            return
        whole = Referent(actors, before.begin, referent.end, first, referent.sentence, before.role, "joined",
                         "several", True, before.order)
        self._joined[first] = whole
        self._remember(whole)

    def _remember(self, referent: Referent) -> None:
        self.recent.append(referent)
        while self.recent and referent.sentence - self.recent[0].sentence > MEMORY_SENTENCES:
            self.recent.popleft()

    def _order(self, index: int) -> int:
        sentence = self.surface.sentence[index]
        place = self._in_sentence[1] + 1 if self._in_sentence[0] == sentence else 0
        self._in_sentence = (sentence, place)
        return place


def paragraphs(surface: Surface) -> list[int]:
    """The number of the paragraph of each token: an empty line parts two."""
    found, number = [], 0
    for index in range(surface.size):
        before = surface.end_char[index - 1] if index else 0
        gap = surface.document.text[before:surface.begin_char[index]] + surface.text[index] * surface.text[
            index].isspace()
        number += gap.count("\n") > 1
        found.append(number)
    return found
