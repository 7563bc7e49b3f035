"""Counted nouns for several actors: "both countries", "the two", "the three parties"; weighed by learned weights."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sides.actors.clauses import clause_of, subject_of
from sides.actors.descriptions import left_edge
from sides.actors.discourse import Discourse, Referent
from sides.actors.draft import Draft, Spot
from sides.actors.ranker import Features, Ranker, Reading, choose
from sides.actors.topics import dominant_pair
from sides.model.actor import ActorKind, Form

MODEL = "collective"
# A counted noun is read from this likelihood on (benchmarks/resolution.py watches it).
LIKELY = 0.28
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
DISTRIBUTIVE = frozenset(("both", "either", "neither", "all", "each"))
# Pairs are made of so many of the actors last mentioned, and of those mentioned so many sentences back.
PAIRED_MAX = 6
REACH_SENTENCES = 5
RECIPROCAL = frozenset((("each", "other"), ("one", "another")))
PAIRED_DEPS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj"))
NEVER_ALONE = frozenset(("nummod", "det", "predet", "preconj", "quantmod", "cc", "compound", "advmod"))
KINDS = {
    "state": frozenset((ActorKind.STATE, ActorKind.OTHER)),
    "person": frozenset((ActorKind.PERSON,)),
    "organization": frozenset((ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC, ActorKind.GROUP)),
    "any": frozenset(ActorKind),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted noun: where it stands, how many it counts, and of what kind."""

    index: int
    begin: int
    count: int
    kind: str
    word: str  # both, each, each other, the number that stands alone; `counted` before a noun


class Collectives:
    """Resolves the counted nouns of one document."""

    def __init__(self, draft: Draft, discourse: Discourse, ranker: Ranker) -> None:
        self.draft, self.discourse, self.ranker = draft, discourse, ranker
        self.lists = discourse.lists
        self.pair = dominant_pair(draft)
        self.last: tuple[str, ...] = ()

    def resolve(self, index: int) -> Spot | None:
        """The mention that a counted noun is, if its actors are likely."""
        counted = self._counted(index)
        if counted is None:
            return None
        readings = self.readings(counted)
        choice = choose(self.ranker, MODEL, index, readings)
        if not choice.actors:
            return None
        names = {name for reading in readings if reading.actors == choice.actors for name in reading.features}
        how = "collective-coordinated" if any(name.startswith("joined") for name in names) else \
            "collective-pair" if "what the text is about" in names else "collective-salient"
        found = Spot(counted.begin, index + 1, index, choice.actors, Form.COLLECTIVE, how, is_plural=True,
                     confidence=choice.confidence)
        if choice.confidence < LIKELY:
            self.draft.guess(found)
            return None
        self.last = choice.actors
        return found

    def _counted(self, noun: int) -> Counted | None:
        surface, lists = self.draft.surface, self.lists
        lower = surface.lower[noun]
        before = surface.lower[noun - 1] if noun else ""
        if (before, lower) in RECIPROCAL or (lower == "other" and before == "the" and self._is_counterpart(noun)):
            return Counted(noun, noun - 1, 2, "any", "each other")
        if lower in lists.counts and surface.dep[noun] not in NEVER_ALONE:
            after = (noun + 1 < surface.size and surface.lower[noun + 1]) or ""
            if (after == "of" and surface.lower[noun + 2:noun + 3] not in (["them"], ["us"])) or any(
                    surface.dep[child] == "relcl" for child in surface.children[noun]) or after == "other":
                return None
            determiner = any(surface.lower[child] in DEFINITE for child in surface.children[noun]
                             if surface.dep[child] == "det")
            if lower in DISTRIBUTIVE or determiner:
                return Counted(noun, left_edge(self.draft, noun), lists.counts[lower], "any", lower)
            return None
        kind = lists.collectives.get(surface.lemma[noun])
        if kind is None:
            return None
        words = {surface.lower[child] for child in surface.children[noun] if child < noun}
        numbers = sorted(word for word in words if word in lists.counts)
        if not numbers and surface.lemma[noun] in lists.paired_nouns and surface.tag[noun] == "NNS" \
                and words & DEFINITE and surface.dep[noun] in PAIRED_DEPS:
            return Counted(noun, left_edge(self.draft, noun), 2, "any", f"paired {surface.lemma[noun]}")
        if not numbers or not words & (DEFINITE | DISTRIBUTIVE):
            return None
        if any(self.draft.taken[child] is not None for child in surface.children[noun] if child < noun) \
                or surface.pos[noun] not in ("NOUN", "PROPN"):
            return None
        return Counted(noun, left_edge(self.draft, noun), max(lists.counts[word] for word in numbers), kind,
                       min(words & DISTRIBUTIVE, default="counted"))

    def _is_counterpart(self, other: int) -> bool:
        """Whether "the other" is that of "each", "neither" or "either", the subject of its clause."""
        surface = self.draft.surface
        subject = subject_of(surface, clause_of(surface, other))
        return subject is not None and subject != other and bool(
            {"each", "neither", "either"} & {surface.lower[subject], *(
                surface.lower[child] for child in surface.children[subject])})

    def readings(self, counted: Counted) -> list[Reading]:
        """The groups of fitting actors of this number mentioned before, and "none of them"."""
        surface = self.draft.surface
        recent = {actor: referent for actor, referent in self.discourse.latest(3 * PAIRED_MAX)
                  if self.draft.kind(actor) in KINDS[counted.kind] and referent.end <= counted.index
                  and surface.sentence[counted.index] - referent.sentence <= REACH_SENTENCES}
        joined = {tuple(sorted(referent.actors)): referent for referent in self.discourse.recent
                  if len(referent.actors) == counted.count
                  and all(self.draft.kind(actor) in KINDS[counted.kind] for actor in referent.actors)}
        groups = list(self._groups(counted, recent, joined))
        found = [Reading(group, self._features(counted, group, recent, joined)) for group in groups]
        found.append(Reading((), {"none": 1.0, f"none {counted.kind}": 1.0, f"none word={counted.word}": 1.0,
                                  f"none count={min(counted.count, 3)}": 1.0,
                                  f"none groups={min(len(groups), 3)}": 1.0}))
        return found

    def _groups(self, counted: Counted, recent: dict[str, Referent], joined: dict[tuple[str, ...], Referent]
                ) -> Iterator[tuple[str, ...]]:
        groups = set(joined)
        if counted.count == 2:
            groups |= {(min(pair), max(pair)) for pair in combinations(list(recent)[:PAIRED_MAX], 2)
                       if self._is_person(pair[0]) == self._is_person(pair[1])}
            if self.pair is not None and counted.kind in ("state", "any"):
                groups.add((min(self.pair), max(self.pair)))
        elif len(self.last) == counted.count:
            groups.add(self.last)
        yield from sorted(groups)

    def _is_person(self, actor: str) -> bool:
        return self.draft.kind(actor) is ActorKind.PERSON

    def _features(self, counted: Counted, group: tuple[str, ...], recent: dict[str, Referent],
                  joined: dict[tuple[str, ...], Referent]) -> Features:
        surface, draft = self.draft.surface, self.draft
        kinds = sorted({draft.kind(actor).value for actor in group})
        features: Features = {f"{counted.kind} kinds={' '.join(kinds)}": 1.0, f"count={min(counted.count, 3)}": 1.0,
                              f"one kind={len(kinds) == 1}": 1.0}
        here = surface.sentence[counted.index]
        if group in joined:
            back = here - joined[group].sentence
            features[f"joined sentence={min(back, 3)}"] = 1.0
            features[f"joined form={joined[group].form}"] = 1.0
        if self.pair is not None and group == tuple(sorted(self.pair)):
            features["what the text is about"] = 1.0
        if group == self.last:
            features["last so called"] = 1.0
        clause = clause_of(surface, counted.index)
        if any(tuple(sorted(referent.actors)) == group and referent.sentence == here
               and referent.role in ("subject", "passive") and clause_of(surface, referent.head) == clause
               for referent in self.discourse.recent):
            features[f"subject of its clause word={counted.word}"] = 1.0
        referents = [recent[actor] for actor in group if actor in recent]
        if len(referents) < len(group):
            features["out of reach"] = 1.0
            return features
        order = list(recent)
        features["ranks"] = sum(math.log1p(order.index(actor)) for actor in group) / len(group)
        features["counts"] = sum(math.log1p(self.discourse.mentions[actor]) for actor in group) / len(group)
        farthest = max(here - referent.sentence for referent in referents)
        features[f"farthest={farthest}"] = 1.0
        if len({referent.sentence for referent in referents}) == 1:
            features[f"one sentence={min(farthest, 2)}"] = 1.0
            if len({clause_of(surface, referent.head) for referent in referents}) == 1:
                features[f"one clause={min(farthest, 2)}"] = 1.0
        if any(referent.role == "subject" for referent in referents):
            features["holds a subject"] = 1.0
        if any(clause_of(surface, referent.head) == clause for referent in referents):
            features[f"own clause word={counted.word}"] = 1.0
        return features
