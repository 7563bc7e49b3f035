"""Pronouns: whom "he", "its", "they", "who" stand for, by agreement and salience; silent where unsure.

Salience of a candidate: a subject counts more, each sentence back and each token away less, each earlier mention a
little more.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass

from sides.actors.draft import NAMING, Draft, Spot
from sides.actors.phrases import Phrases
from sides.actors.quotes import Quote
from sides.actors.wordlists import Pronoun, Wordlists
from sides.model.actor import ActorKind, Form

# Weights found on the free reading documents (benchmarks/resolution.py).
SUBJECT_BONUS = 2.2
SENTENCE_COST = 2.8
TOKEN_COST = 0.005
MENTION_BONUS = 0.4
MENTIONS_COUNTED = 5
QUOTE_COST = 2.0  # one of the two stands in a quotation and the other does not
UNKNOWN_GENDER_COST = 2.0  # "she" for somebody whom nothing says to be a woman
# A pronoun reaches this many sentences back: a person is carried further than a thing.
REACH = {"he": 2, "she": 3, "it": 1, "they": 0}
# The best candidate must lead the next by this much.
MARGIN = {"he": 0.8, "she": 0.3, "it": 1.0, "they": 1.0}
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "agent", "obj", "appos", "conj"))
THINGS = frozenset((ActorKind.STATE, ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC))
MANY = frozenset((ActorKind.PEOPLE, ActorKind.GROUP))
# Verbs and adjectives whose "it" stands for nothing, or for a clause.
EMPTY_GOVERNORS = frozenset(("be", "seem", "appear", "become", "take", "rain", "follow", "turn", "happen", "remain",
                             "make", "prove", "mean", "emerge"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier mention that a pronoun may stand for."""

    spot: Spot
    is_subject: bool


class Pronouns:
    """Resolves the pronouns of one document, from its begin to its end."""

    def __init__(self, draft: Draft, lists: Wordlists, phrases: Phrases, quotations: list[Quote]) -> None:
        self.draft, self.lists, self.phrases = draft, lists, phrases
        self.quoted = {index: quote for quote in quotations for index in range(quote.begin, quote.end)}
        self.recent: deque[Candidate] = deque()
        self.counts: Counter[str] = Counter()
        self.spots_at: dict[int, list[Spot]] = {}
        for spot in draft.spots:
            self.spots_at.setdefault(spot.head, []).append(spot)

    def place(self) -> None:
        """Put a mention on every pronoun that is an argument and whose antecedent is plain."""
        surface = self.draft.surface
        # Those who speak may be named after what they say: first persons come last.
        spoken: list[tuple[int, Pronoun, Quote | None]] = []
        for index in range(surface.size):
            for spot in self.spots_at.get(index, ()):
                self.notice(spot)
            pronoun = self.lists.pronouns.get(surface.lower[index])
            if pronoun is None or self.draft.headed.get(index) or surface.pos[index] in ("PROPN", "SCONJ", "CCONJ"):
                continue
            quote = self.quoted.get(index)
            if pronoun.person == "1":
                spoken.append((index, pronoun, quote))
                continue
            found = self._resolve(index, pronoun, quote)
            if found is not None and pronoun.use == "possessive":
                found = self._owned(index, found) or found
            if found is not None:
                self.draft.put(found)
                self.notice(found)
        for index, pronoun, quote in spoken:
            found = self._speaker(index, pronoun, quote) if surface.dep[index] in ARGUMENTS else None
            if found is not None:
                self.draft.put(found)

    def notice(self, spot: Spot) -> None:
        """Let a mention be a candidate for what follows."""
        surface = self.draft.surface
        self.recent.append(Candidate(spot, governing_dep(self.draft, spot.head) in SUBJECTS))
        for actor in spot.actors:
            self.counts[actor] += 1
        while self.recent and surface.sentence[spot.head] - surface.sentence[self.recent[0].spot.head] > max(
                REACH.values()):
            self.recent.popleft()

    def _resolve(self, index: int, pronoun: Pronoun, quote: Quote | None) -> Spot | None:
        surface = self.draft.surface
        if surface.dep[index] not in ARGUMENTS:
            return None
        if pronoun.person == "relative":
            return self._relative(index)
        if surface.lower[index] in ("him", "his", "he", "himself"):
            kind = "he"
        elif pronoun.gender == "female":
            kind = "she"
        elif pronoun.gender == "thing":
            kind = "it"
        else:
            kind = "they"
        if kind == "it" and self._is_empty(index, pronoun):
            return None
        actors = self._antecedent(index, pronoun, kind, quote)
        if actors is None:
            return None
        if kind in ("he", "she"):
            self.draft.notes[actors[0]].genders["male" if kind == "he" else "female"] += 1
        return Spot(index, index + 1, index, actors, Form.PRONOUN, f"pronoun-{kind}", is_plural=kind == "they")

    def _owned(self, index: int, owner: Spot) -> Spot | None:
        """What "his government", "its army", "her party" stand for, once it is known whose they are."""
        surface = self.draft.surface
        noun = surface.head[index]
        if noun <= index or self.draft.headed.get(noun) or surface.tag[noun] not in ("NN", "NNP"):
            return None
        actors = self.phrases.owned(owner.actors, noun)
        return Spot(index, noun + 1, noun, actors, Form.PHRASE, "phrase-possessive") if actors else None

    def _relative(self, index: int) -> Spot | None:
        """A relative pronoun stands for the noun that its clause modifies."""
        surface = self.draft.surface
        if surface.tag[index] not in ("WDT", "WP", "WP$") or surface.dep[index] == "conj":
            return None
        clause = index
        for _ in range(6):
            if surface.dep[clause] == "relcl" or surface.head[clause] == clause:
                break
            clause = surface.head[clause]
        noun = surface.head[clause]
        if surface.dep[clause] != "relcl" or noun >= index:
            return None
        found = self.draft.at(noun)
        if found is None and surface.dep[noun] == "appos":
            found = self.draft.at(surface.head[noun])
        if found is None or (found.form is Form.DEMONYM and surface.pos[noun] == "ADJ"):
            return None
        if surface.lower[index] == "which" and any(self.draft.kind(actor) is ActorKind.PERSON
                                                   for actor in found.actors):
            return None
        return Spot(index, index + 1, index, found.actors, Form.PRONOUN, "relative", is_plural=found.is_plural)

    def _speaker(self, index: int, pronoun: Pronoun, quote: Quote | None) -> Spot | None:
        if quote is None or quote.speaker is None:
            return None
        spoken = self.draft.at(quote.speaker)
        if spoken is None or (pronoun.number == "one" and self.draft.kind(spoken.actors[0]) is not ActorKind.PERSON):
            return None
        actors = spoken.actors[:1]
        if pronoun.number == "many":
            actors = (self._spoken_for(actors[0]),)
        return Spot(index, index + 1, index, actors, Form.PRONOUN, "quote-speaker",
                    is_plural=pronoun.number == "many")

    def _spoken_for(self, speaker: str) -> str:
        """Whom a speaker means by "we": the organization or state that the speaker stands for, if the text says so."""
        notes = self.draft.notes[speaker]
        governs = any(office in self.lists.leading_offices or office.endswith("minister") for office in notes.offices)
        for tied in (notes.leads, notes.countries if governs else None):
            if tied:
                chosen = min(tied, key=lambda actor: (-tied[actor], actor))
                if chosen in self.draft.cast:
                    return chosen
        return speaker

    def _is_empty(self, index: int, pronoun: Pronoun) -> bool:
        """Whether "it" may well stand for a fact, the weather or nothing."""
        surface = self.draft.surface
        head = surface.head[index]
        if pronoun.use in ("possessive", "reflexive"):
            return False
        if surface.dep[index] in SUBJECTS and surface.lemma[head] in EMPTY_GOVERNORS:
            return True
        if surface.dep[index] == "expl":
            return True
        if surface.dep[index] in ("dobj", "obj") and surface.lemma[head] in self.lists.verbs["saying"]:
            return True
        return any(surface.dep[child] == "ccomp" and surface.lemma[head] not in self.lists.verbs["saying"]
                   and surface.dep[index] == "nsubjpass" for child in surface.children[head])

    def _antecedent(self, index: int, pronoun: Pronoun, kind: str, quote: Quote | None) -> tuple[str, ...] | None:
        surface = self.draft.surface
        scores: dict[tuple[str, ...], float] = {}
        barred = self._described_beside(index) if pronoun.use == "possessive" else frozenset()
        for candidate in self.recent:
            spot = candidate.spot
            if spot.end > index or not self._agrees(spot, pronoun, kind):
                continue
            back = surface.sentence[index] - surface.sentence[spot.head]
            if back > REACH[kind] or self._shares_clause(spot, index, pronoun) or spot.actors in barred:
                continue
            if quote is not None and quote.speaker is not None and self.draft.at(quote.speaker) is spot \
                    and pronoun.person == "3":
                continue
            if kind == "it" and back and not (candidate.is_subject and spot.form in NAMING):
                continue
            score = (SUBJECT_BONUS * candidate.is_subject - SENTENCE_COST * back - TOKEN_COST * (index - spot.head)
                     + MENTION_BONUS * min(max(self.counts[actor] for actor in spot.actors), MENTIONS_COUNTED)
                     - QUOTE_COST * (self.quoted.get(spot.head) is not quote)
                     - UNKNOWN_GENDER_COST * (kind == "she" and self.draft.notes[spot.actors[0]].gender is None))
            if score > scores.get(spot.actors, float("-inf")):
                scores[spot.actors] = score
        if not scores:
            return None
        ranked = sorted(scores, key=lambda actors: (-scores[actors], actors))
        if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < MARGIN[kind]:
            return None
        if kind == "it" and self._has_rival(index, ranked[0]):
            return None
        return ranked[0]

    def _described_beside(self, index: int) -> frozenset[tuple[str, ...]]:
        """Those whom the noun that a possessive stands before describes: "his rival, Dodik", "Dodik is his rival"."""
        surface, draft = self.draft.surface, self.draft
        noun = first_conjunct(draft, surface.head[index])
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
        return frozenset(spot.actors for child in beside for spot in self.spots_at.get(child, ())
                         ) | frozenset(spot.actors for child in beside if (spot := draft.taken[child]) is not None)

    def _agrees(self, spot: Spot, pronoun: Pronoun, kind: str) -> bool:
        draft = self.draft
        kinds = [draft.kind(actor) for actor in spot.actors]
        if kind in ("he", "she"):
            if len(spot.actors) != 1 or kinds[0] is not ActorKind.PERSON or spot.is_plural:
                return False
            gender = draft.notes[spot.actors[0]].gender
            return gender is None or gender == ("male" if kind == "he" else "female")
        if kind == "it":
            if spot.how == "relative" or len(spot.actors) != 1 or spot.is_plural:
                return False
            return kinds[0] in THINGS and spot.form is not Form.TITLE
        if spot.form is Form.DEMONYM and not spot.is_plural:
            return False
        return (spot.is_plural or len(spot.actors) > 1 or kinds[0] in MANY
                or (draft.surface.tag[spot.head] in ("NNS", "NNPS") and kinds[0] is not ActorKind.STATE))

    def _shares_clause(self, spot: Spot, index: int, pronoun: Pronoun) -> bool:
        """Whether the candidate and the pronoun are arguments of one verb, as in "Iran attacked it"."""
        surface = self.draft.surface
        if pronoun.use in ("possessive", "reflexive"):
            return surface.head[index] == spot.head
        here, there = clause_of(self.draft, index), clause_of(self.draft, spot.head)
        return here == there and surface.dep[spot.head] != "poss"

    def _has_rival(self, index: int, actors: tuple[str, ...]) -> bool:
        """Whether another singular subject that is no actor stands between the antecedent and "it"."""
        surface = self.draft.surface
        last = max((candidate.spot.head for candidate in self.recent
                    if candidate.spot.actors == actors and candidate.spot.end <= index), default=index)
        for between in range(last + 1, index):
            if surface.dep[between] in SUBJECTS and surface.pos[between] in ("NOUN", "PROPN") \
                    and surface.tag[between] in ("NN", "NNP") and self.draft.at(between) is None \
                    and surface.lower[index] not in ("its", "itself"):
                return True
        return False


def governing_dep(draft: Draft, index: int) -> str:
    """The role of a token, or of the first of the coordination that it belongs to."""
    return draft.surface.dep[first_conjunct(draft, index)]


def first_conjunct(draft: Draft, index: int) -> int:
    """The first token of the coordination that a token belongs to."""
    surface = draft.surface
    for _ in range(20):
        if surface.dep[index] != "conj" or surface.head[index] == index:
            break
        index = surface.head[index]
    return index


def clause_of(draft: Draft, index: int) -> int:
    """The verb whose argument a token is."""
    surface = draft.surface
    for _ in range(12):
        head = surface.head[index]
        if head == index:
            break
        index = head
        if surface.pos[index] in ("VERB", "AUX"):
            break
    return index
