"""What speaks for and against each antecedent of a pronoun: distance, role, form, kind, agreement, quotations.

Features are named so that the table of their weights reads: `sentence=1 role=subject` holds where the antecedent is a
subject of the sentence before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sides.actors.clauses import SUBJECTS, ancestors, clause_of, first_conjunct, role, subject_of
from sides.actors.discourse import Discourse, Referent
from sides.actors.draft import Draft
from sides.actors.quotes import Quote
from sides.actors.ranker import Features, Reading
from sides.actors.surface import Surface
from sides.actors.wordlists import Pronoun
from sides.model.actor import ActorKind

# How many sentences back each kind of pronoun looks.
REACH_SENTENCES = {"he": 4, "she": 4, "it": 2, "they": 2}
# The nearest so many antecedents are weighed.
READINGS_MAX = 40
FAMILIES = {"he": ("he", "him", "his", "himself"), "she": ("she", "her", "hers", "herself"),
            "it": ("it", "its", "itself"), "they": ("they", "them", "their", "theirs", "themselves")}
EXTRAPOSED = frozenset(("ccomp", "xcomp", "advcl", "acl"))
EMPTY_GOVERNORS = frozenset(("be", "seem", "appear", "become", "take", "rain", "follow", "turn", "happen", "remain",
                             "make", "prove", "mean", "emerge", "find", "look", "help"))
WEATHER = frozenset(("rain", "raining", "snow", "snowing", "hail", "thunder", "drizzle"))
SEEMING = frozenset(("seem", "appear", "emerge", "happen", "turn", "transpire"))
RANKS_COUNTED = 4
COUNT_MAX = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun whose antecedent is looked for."""

    index: int
    kind: str  # he, she, it or they
    pronoun: Pronoun
    quote: Quote | None


def kind_of(pronoun: Pronoun) -> str:
    """The kind of pronoun as its model is called."""
    if pronoun.gender == "male":
        return "he"
    if pronoun.gender == "female":
        return "she"
    return "it" if pronoun.gender == "thing" else "they"


def is_empty(surface: Surface, index: int) -> bool:
    """Whether "it" is the weather's, or only announces a clause: "it seems that"."""
    verb = surface.head[index]
    if surface.lower[index] != "it" or surface.dep[index] not in (*SUBJECTS, "expl"):
        return False
    around = {surface.lemma[at] for at in (verb, surface.head[verb], *surface.children[verb])}
    is_announcing = surface.lemma[verb] in SEEMING and any(
        surface.dep[child] in ("ccomp", "advcl") for child in surface.children[verb])
    return surface.dep[index] == "expl" or bool(WEATHER & around) or is_announcing


class Antecedents:
    """Describes the readings of the pronouns of one document."""

    def __init__(self, draft: Draft, discourse: Discourse, quoted: dict[int, Quote]) -> None:
        self.draft, self.discourse, self.quoted = draft, discourse, quoted
        self.surface, self.lists = draft.surface, discourse.lists

    def readings(self, asked: Asked) -> list[Reading]:
        """Every antecedent that agrees, the nearest first, and last of all "none of these"."""
        surface, index = self.surface, asked.index
        agreeing: list[Referent] = []
        for referent in reversed(self.discourse.recent):
            if surface.sentence[index] - referent.sentence > REACH_SENTENCES[asked.kind] or \
                    len(agreeing) == READINGS_MAX:
                break
            if (referent.end <= index or referent.form == "joined") and referent.head != index \
                    and self._agrees(referent, asked):
                agreeing.append(referent)
        shared = self._shared(asked)
        found, ranks, subject_rank = [], dict[tuple[str, ...], int](), 0
        thing_rank = 0
        counts = self.discourse.counts
        most = max((counts[referent.actors] for referent in agreeing if referent.actors), default=0)
        for referent in agreeing:
            features = self._features(referent, asked, shared)
            if referent.actors:
                rank = ranks.setdefault(referent.actors, len(ranks))
                if counts[referent.actors] == most:
                    features["most mentioned"] = 1.0
            else:
                rank = thing_rank
                thing_rank += 1
            place = f"rank={min(rank, RANKS_COUNTED)}" + ("" if referent.actors else " thing")
            features[place] = 1.0
            features[f"{place} role={referent.role}"] = 1.0
            if referent.role in ("subject", "passive"):
                features[f"subject rank={min(subject_rank, 2)}"] = 1.0
                subject_rank += 1
            found.append(Reading(referent.actors, features, referent.begin, referent.end, referent.head))
        found.append(Reading((), self._none(asked, len(ranks), shared)))
        return found

    def _agrees(self, referent: Referent, asked: Asked) -> bool:
        if asked.kind in ("he", "she"):
            if not referent.actors:
                return referent.kind in ("thing-person", "thing-agent") and not referent.is_plural
            if len(referent.actors) != 1 or referent.kind != ActorKind.PERSON.value or referent.is_plural:
                return False
            gender = self.draft.notes[referent.actors[0]].gender
            return gender is None or gender == ("male" if asked.kind == "he" else "female")
        if asked.kind == "it":
            return not referent.is_plural and referent.kind not in (
                ActorKind.PERSON.value, "several", "thing-person", "thing-agent")
        return referent.kind not in (ActorKind.PERSON.value, "thing-person", "thing-agent") or referent.is_plural

    def _shared(self, asked: Asked) -> _Shared:
        surface, index = self.surface, asked.index
        use = "owner" if surface.dep[index] == "poss" else role(surface, index)
        verb = clause_of(surface, index)
        above: dict[int, str] = {}
        link = verb
        for governor in (verb, *ancestors(surface, verb)):
            if surface.pos[governor] in ("VERB", "AUX"):
                subject = subject_of(surface, governor)
                if subject is not None and subject != index:
                    is_own = governor == verb
                    name = "own" if is_own else surface.dep[link]
                    if name in ("ccomp", "xcomp") and surface.lemma[governor] in self.lists.verbs["saying"]:
                        name = "said"
                    above.setdefault(subject, name)
                link = governor
        barred = self._described_beside(index) if asked.pronoun.use == "possessive" else frozenset()
        subject = subject_of(surface, verb) if use in ("object", "oblique", "apposition") else None
        spot = self.draft.at(subject) if subject is not None else None
        return _Shared(use, verb, above, barred, spot.actors if spot is not None else (),
                       frozenset(ancestors(surface, index)), self._governor(index, use),
                       f"{use} of {surface.lemma[surface.head[index]]}")

    def _governor(self, index: int, use: str) -> str:
        """What kind of verb the pronoun is subject or object of, or what kind of noun it owns."""
        lemma = self.surface.lemma[self.surface.head[index]]
        if use == "owner":
            return f"owns={self.lists.nominals.get(lemma, 'other')}"
        known = next((name for name in ("saying", "personal", "motion") if lemma in self.lists.verbs[name]), "other")
        return f"{use} verb={known}"

    def _features(self, referent: Referent, asked: Asked, shared: _Shared) -> Features:
        surface, index = self.surface, asked.index
        back = surface.sentence[index] - referent.sentence
        near = min(back, 2)
        is_thing = not referent.actors
        form = referent.form
        features: Features = {
            "distance": math.log1p(max(0, index - referent.head)) / 4,
            f"sentence={back}": 1.0,
            f"sentence={min(back, 1)} role={referent.role}": 1.0,
            f"use={shared.use} sentence={near}": 1.0,
            f"form={form} sentence={min(back, 1)}": 1.0,
            f"kind={referent.kind}": 1.0,
            f"paragraphs={min(2, self.discourse.paragraph[index] - self.discourse.paragraph[referent.head])}": 1.0,
            f"order={min(referent.order, 2)} sentence={min(back, 1)}": 1.0,
        }
        if asked.kind == "they":
            features[f"plural={referent.is_plural} kind={referent.kind}"] = 1.0
        if referent.role == shared.use:
            features[f"parallel sentence={min(back, 1)}"] = 1.0
        if not is_thing:
            count = min(self.discourse.counts[referent.actors], COUNT_MAX)
            features["count"] = math.log1p(count) / 2
            if any(self.discourse.first_sentence.get(actor, 9) <= 1 for actor in referent.actors):
                features["opens"] = 1.0
        if referent.role in ("subject", "passive") and surface.dep[clause_of(surface, referent.head)] == "ROOT":
            features[f"main subject sentence={near}"] = 1.0
        features[f"{shared.governor} kind={referent.kind}"] = 1.0
        if is_thing:
            features[f"thing {shared.word}"] = 1.0
        if form == "pronoun" and surface.lower[referent.head] in FAMILIES[asked.kind]:
            features["same pronoun"] = 1.0
        self._bind(features, referent, asked, shared, back)
        self._quote(features, referent, asked)
        if asked.kind in ("he", "she") and not is_thing:
            known = self.draft.notes[referent.actors[0]].gender is not None
            features["gender known" if known else "gender unknown"] = 1.0
        return features

    def _bind(self, features: Features, referent: Referent, asked: Asked, shared: _Shared, back: int) -> None:
        surface, index = self.surface, asked.index
        if referent.actors and referent.actors == shared.acting:
            features[f"acts on it use={asked.pronoun.use}"] = 1.0
            features[f"acts on it use={shared.use}"] = 1.0
        if referent.actors and referent.actors in shared.barred:
            features["described beside"] = 1.0
        if back:
            return
        head = first_conjunct(surface, referent.head)
        above = shared.above.get(head)
        if above is not None:
            features[f"subject above={above} use={shared.use == 'owner'}"] = 1.0
        if clause_of(surface, referent.head) == shared.verb:
            features[f"same clause use={asked.pronoun.use} role={referent.role}"] = 1.0
        if head in shared.ancestors or referent.head in shared.ancestors:
            features["holds the pronoun"] = 1.0
        if shared.use == "owner" and surface.dep[surface.head[index]] == "conj" \
                and first_conjunct(surface, surface.head[index]) == head:
            features["joined to the owned"] = 1.0

    def _quote(self, features: Features, referent: Referent, asked: Asked) -> None:
        there = self.quoted.get(referent.head)
        quote = asked.quote
        if there is quote:
            features["same quote" if quote is not None else "no quote"] = 1.0
        else:
            features["leaves quote" if quote is not None else "enters quote"] = 1.0
        if quote is not None and quote.speaker is not None and referent.actors:
            spoken = self.draft.at(quote.speaker)
            if spoken is not None and spoken.actors == referent.actors:
                features["speaks"] = 1.0

    def _none(self, asked: Asked, actors: int, shared: _Shared) -> Features:
        surface, index = self.surface, asked.index
        features: Features = {"none": 1.0, f"none use={shared.use}": 1.0, f"none actors={min(actors, 3)}": 1.0,
                              f"none {shared.governor}": 1.0, f"none {shared.word}": 1.0}
        head = surface.head[index]
        if asked.quote is not None:
            features["none quoted"] = 1.0
        if surface.sentence[index] < 2:
            features["none first"] = 1.0
        if asked.kind == "it":
            if surface.lemma[head] in EMPTY_GOVERNORS and shared.use != "owner":
                features[f"none empty verb use={shared.use}"] = 1.0
            if any(surface.dep[child] in EXTRAPOSED and child > index for child in surface.children[head]):
                features[f"none clause after {shared.governor}"] = 1.0
            if shared.use == "object" and surface.lemma[head] in self.lists.verbs["saying"]:
                features["none said"] = 1.0
        return features

    def _described_beside(self, index: int) -> frozenset[tuple[str, ...]]:
        """Those whom the noun that a possessive stands before describes: "his rival, Dodik", "Dodik is his rival"."""
        surface, draft = self.surface, self.draft
        noun = first_conjunct(surface, surface.head[index])
        beside = [child for child in surface.children[noun] if surface.dep[child] == "appos"]
        beside += [child for child in surface.children[surface.head[index]] if surface.dep[child] in (
            "appos", "compound")]
        if surface.dep[noun] == "appos":
            beside.append(surface.head[noun])
        elif surface.dep[noun] == "attr":
            beside += [child for child in surface.children[surface.head[noun]] if surface.dep[child] in SUBJECTS]
        after = surface.head[index] + 1
        if after < surface.size:
            beside.append(after)
        return frozenset(spot.actors for child in beside
                         for spot in (*draft.headed.get(child, ()), draft.taken[child]) if spot is not None)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all readings of one pronoun share."""

    use: str
    verb: int
    above: dict[int, str]  # subjects of the verbs above the pronoun, and how the clause hangs on them
    barred: frozenset[tuple[str, ...]]
    acting: tuple[str, ...]  # the subject of its verb, where the pronoun is an object
    ancestors: frozenset[int]
    governor: str
    word: str
