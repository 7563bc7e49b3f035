"""How what is described is put: as so, as not so, or as something short of either.

Read from the parse alone: from the word that names an act or a tie, up through the verbs, nouns and adjectives that it
hangs on. "Managed to attack" is an attack, "failed to attack" is none, "agreed to meet" is a plan, "called on Iran to
leave" a demand. The climb ends where the text asserts: at a relative clause, at the clause of a verb of saying.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from sides.claims.clauses import (
    SUBJECTS,
    has_mark,
    has_own_subject,
    has_to,
    is_apart,
    is_contrast,
    is_exception,
    is_future,
    is_imperative,
    is_inverted,
    is_passive,
    is_told,
    shares_beginning,
    with_particle,
)
from sides.model.claim_type import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

# No sentence in the development texts hangs a claim deeper than 12 words; a parse that goes wrong may.
DEEPEST = 40

ASSERTED, NEGATED, POSSIBLE = Modality.ASSERTED, Modality.NEGATED, Modality.POSSIBLE
PLANNED, DEMANDED, FORECAST = Modality.PLANNED, Modality.DEMANDED, Modality.FORECAST
CONDITIONAL = Modality.CONDITIONAL

CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "oprd", "attr", "dative"})
PREDICATIVE = frozenset({"attr", "acomp", "oprd"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Step:
    """What the word above does to a reading: its effect, whether what stands beside it counts, whether it denies."""

    effect: Modality = ASSERTED
    counts_beside: bool = True
    denies: bool = False


THROUGH = Step()
DENIED = Step(NEGATED, denies=True)
# What the classes of `modality.toml` do that are not themselves named for a modality.
STEPS = {"negative": Step(NEGATED), "denial": DENIED, "transparent": THROUGH, "light": THROUGH}
OF_VERBS = ("denial", "negative", "planned", "demanded", "possible", "forecast", "conditional", "light", "transparent")
OF_NOUNS = ("negative", "denial", "planned", "demanded", "possible", "forecast", "transparent")


def over(effect: Modality, reading: Modality, *, is_denial: bool = False) -> Modality:
    """What a reading becomes under a word of this effect.

    >>> over(NEGATED, ASSERTED).value, over(NEGATED, NEGATED).value, over(NEGATED, PLANNED).value
    ('negated', 'asserted', 'negated')
    >>> over(POSSIBLE, FORECAST).value, over(PLANNED, NEGATED).value
    ('forecast', 'negated')
    """
    if effect is ASSERTED:
        return reading
    if reading is ASSERTED:
        return effect
    if effect is CONDITIONAL or reading is CONDITIONAL:
        return CONDITIONAL
    if effect is NEGATED:
        return (POSSIBLE if is_denial else ASSERTED) if reading is NEGATED else NEGATED
    if reading is NEGATED:
        return NEGATED
    if (effect is POSSIBLE and reading is not PLANNED) or reading is FORECAST:
        return reading
    return effect


@dataclass(frozen=True, slots=True)
class Modalities:
    """Reads the modality of what a word names, and whether it is over."""

    words: Mapping[str, Mapping[str, frozenset[str]]]
    auxiliaries: Mapping[str, str]

    @classmethod
    def load(cls) -> Modalities:
        """The reader with the words of `data/lexicon/modality.toml`."""
        path = resources.files("sides") / "data" / "lexicon" / "modality.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        auxiliaries = data.pop("auxiliaries")
        return cls({part: {name: frozenset(words) for name, words in lists.items()} for part, lists in data.items()},
                   auxiliaries)

    def of(self, token: Token) -> Modality:
        """The modality of what a verb, noun or adjective names, where it stands."""
        reading = self._own(token, ASSERTED)
        node, is_denied = token, False
        for _ in range(DEEPEST):
            head = node.head
            if head.i == node.i:
                break
            step = self._step(node, head)
            if step is None:
                break
            reading = over(step.effect, reading, is_denial=is_denied)
            is_denied = is_denied or step.denies
            if step.counts_beside:
                reading = self._own(head, reading, below=node, is_denied=is_denied)
            node = head
        return reading

    def is_lapsed(self, token: Token) -> bool:
        """Whether what the word names is said to be over: "once represented", "former ally", "no longer"."""
        node = token
        for _ in range(DEEPEST):
            if self._has_lapsed(node):
                return True
            head = node.head
            if head.i == node.i:
                return False
            if node.dep_ == "xcomp" and head.lemma_ == "use" and head.tag_ in {"VBD", "VBN"}:
                return True
            if not ((node.dep_ in PREDICATIVE and head.lemma_ in {"be", "remain", "become"})
                    or node.dep_ == "xcomp" or node.dep_ in {"amod", "compound"}):
                return False
            node = head
        return False

    def _has_lapsed(self, node: Token) -> bool:
        lapsed = self.words["lapsed"]
        for child in node.children:
            word = child.lower_
            if child.dep_ == "advmod" and (word in lapsed["adverbs"] or word in {"longer", "anymore"}):
                after = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
                return not (word == "once" and after in {"again", "more", "and"})
            if child.dep_ in {"amod", "nmod", "compound"} and word in lapsed["adjectives"]:
                return True
        return node.lower_.startswith("ex-")

    # What stands beside a word: its auxiliaries, negations, hedges, conditions.

    def _own(self, node: Token, reading: Modality, *, below: Token | None = None, is_denied: bool = False) -> Modality:
        """The reading under the words that stand beside a word of the chain."""
        effects = sorted(self._effects(node, below), key=lambda effect: effect is NEGATED)
        negations = effects.count(NEGATED)
        for effect in effects[:len(effects) - negations]:
            reading = over(effect, reading)
        return over(NEGATED, reading, is_denial=is_denied) if negations % 2 else reading

    def _effects(self, node: Token, below: Token | None) -> Iterator[Modality]:
        """Each effect that the words beside `node` have on it, and on the word `below` that the climb comes from."""
        shared_by = below if below is not None and below.dep_ == "conj" else None
        adverbs, determiners = self.words["adverbs"], self.words["determiners"]
        if is_imperative(node):
            yield DEMANDED
        is_shared = shared_by is None or shared_by.pos_ not in VERBAL or shares_beginning(shared_by)
        for child in node.children:
            word, dep = child.lower_, child.dep_
            if shared_by is not None and (not is_shared or child.i > shared_by.i):
                continue
            if dep == "neg" or (dep in {"advmod", "preconj", "cc"} and word in adverbs["negative"]):
                if not is_contrast(child):
                    yield NEGATED
            elif dep in {"aux", "auxpass"}:
                effect = self._auxiliary(child, node)
                if effect is not None:
                    yield effect
            elif dep == "advmod" and word in {"longer", "more"} and self._is_none(child):
                yield NEGATED
            elif dep in {"advmod", "intj", "npadvmod"}:
                yield from self._listed("adverbs", word, ("possible", "conditional"))
                if word in adverbs["forecast"] and is_future(node):
                    yield FORECAST
            elif dep == "det" and word in determiners["negative"] and child.i < node.i:
                if not is_exception(node):
                    yield NEGATED
            elif dep == "amod" and node.pos_ in NOMINAL:
                yield from self._listed("adjectives", word, ("possible", "planned", "forecast", "negative", "demanded"))
            elif dep == "mark":
                yield from self._listed("conjunctions", word, ("conditional", "possible"))
            elif dep in {"nsubj", "nsubjpass", "dobj", "attr"} and node.pos_ in VERBAL:
                if (below is None or child.i != below.i) and self._is_none(child):
                    yield NEGATED
            elif dep == "advcl" and is_future(node) and self._is_condition(child):
                yield CONDITIONAL
            elif dep in {"parataxis", "ccomp", "dep"} and self._is_hedge(child):
                yield POSSIBLE

    def _is_none(self, noun: Token) -> bool:
        negative = self.words["determiners"]["negative"]
        if is_exception(noun):
            return False
        return noun.lower_ in negative or any(child.dep_ in {"det", "preconj", "neg"} and child.lower_ in negative
                                              for child in noun.children)

    def _is_condition(self, clause: Token) -> bool:
        """Whether an adverbial clause says if: "if they attack", "should they attack", "were they to attack"."""
        for child in clause.children:
            if child.dep_ == "mark" and child.lower_ in self.words["conjunctions"]["conditional"]:
                return True
            if child.dep_ == "aux" and child.lower_ in {"should", "had", "were"} and is_inverted(child, clause):
                return True
        return clause.lower_ in {"were", "had"} and is_inverted(clause, clause)

    def _is_hedge(self, clause: Token) -> bool:
        """Whether a clause set beside another only hedges it: "it seems", "it was widely reported"."""
        subjects = [child.lower_ for child in clause.children if child.dep_ in SUBJECTS]
        return (clause.lemma_.lower() in self.words["verbs"]["asides"] and subjects == ["it"]
                and not any(child.dep_ in CLAUSES | {"dobj"} for child in clause.children))

    def _listed(self, part: str, word: str, names: tuple[str, ...]) -> Iterator[Modality]:
        for name in names:
            if word in self.words[part][name]:
                yield NEGATED if name == "negative" else Modality(name)

    def _auxiliary(self, auxiliary: Token, verb: Token) -> Modality | None:
        kind = self.auxiliaries.get(auxiliary.lower_)
        if auxiliary.lower_ in {"should", "were", "had"} and (is_inverted(auxiliary, verb) or (
                verb.dep_ == "advcl" and verb.left_edge.i == auxiliary.i)):
            return CONDITIONAL
        if kind is None:
            if auxiliary.lower_ == "to" and verb.dep_ in {"advcl", "relcl"} and not is_told(verb.head):
                return PLANNED
            return None
        if kind == "should":
            return DEMANDED
        if kind == "would":
            return self._would(auxiliary, verb)
        if kind == "planned" and any(child.dep_ in SUBJECTS and child.lower_ in {"this", "that", "these", "which"}
                                     for child in verb.children):
            return FORECAST
        return Modality(kind)

    def _would(self, auxiliary: Token, verb: Token) -> Modality | None:
        """What was said to come is planned; what was to come, and did, is so; the rest hangs on a condition."""
        if auxiliary.lower_ == "'d" and auxiliary.lemma_ == "have":
            return None
        if any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
            return CONDITIONAL
        if any(child.dep_ == "advcl" and self._is_condition(child) for child in verb.children):
            return CONDITIONAL
        if any(child.dep_ == "neg" for child in verb.children):
            return None  # a refusal or a negative prediction
        if verb.dep_ in {"ccomp", "acl"} and verb.head.pos_ in NOMINAL | VERBAL:
            return PLANNED
        if any(child.dep_ == "advmod" and child.lower_ in {"later", "eventually", "soon"} for child in verb.children):
            return None
        return CONDITIONAL

    # One step up: what the word that `node` hangs on does to it. None where the climb ends.

    def _step(self, node: Token, head: Token) -> Step | None:
        dep = node.dep_
        if dep in {"conj", "ccomp", "advcl"} and is_apart(node, head):
            return None
        if dep == "conj":
            return THROUGH if node.pos_ not in VERBAL or shares_beginning(node) else None
        if dep in {"aux", "auxpass"}:
            return THROUGH
        if dep in PREDICATIVE and head.pos_ in VERBAL and head.lemma_ in {"be", "remain", "become"}:
            return THROUGH
        if dep in {"amod", "compound", "nmod", "poss"} and head.pos_ in NOMINAL:
            return THROUGH if dep == "amod" or dep == "compound" else None
        if head.pos_ in VERBAL and dep in CLAUSES:
            return self._under_verb(node, head, head.lemma_.lower())
        if head.pos_ in VERBAL and (dep in OBJECTS or dep == "nsubj") and node.pos_ == "NOUN":
            return self._noun_under_verb(node, head)
        if head.pos_ in NOMINAL and dep == "acl":
            return self._under("nouns", head, node)
        if head.pos_ == "ADJ" and dep in {"xcomp", "ccomp", "advcl"}:
            return self._under("adjectives", head, node)
        if dep in {"pobj", "pcomp"} and head.dep_ in {"prep", "agent", "dative", "advmod", "mark", "pcomp"}:
            return self._under_preposition(head)
        if dep == "prep":
            return self._under_prepositional(node, head)
        return None

    def _under_verb(self, node: Token, verb: Token, lemma: str) -> Step | None:
        """A clause that hangs on a verb: "refused to attack", "said that he would"."""
        verbs = self.words["verbs"]
        key = with_particle(verb)
        is_clause = node.dep_ == "ccomp" or node.dep_.startswith("csubj")
        if key in verbs["denial"]:
            return DENIED
        if key in verbs["hedges_in_passive"]:
            return Step(POSSIBLE) if is_passive(verb) else self._as_said(key, node, is_clause)
        if lemma == "be" and is_clause:
            return self._under_adjective_of(node, verb)
        if key == "expect" and not is_passive(verb) and has_own_subject(node):
            return Step(FORECAST)
        if lemma == "be" and has_to(node):
            return Step(PLANNED)
        if key in verbs["negative"]:
            return Step(NEGATED)
        if is_clause and is_told(node) and key in verbs["planned"] | verbs["demanded"]:
            return None
        if key in verbs["demanded"] and (key != "tell" or has_to(node)):
            return Step(DEMANDED)
        if key in verbs["planned"]:
            if has_own_subject(node) and has_to(node) and key in {"want", "wish", "prefer"}:
                return Step(DEMANDED)
            return Step(PLANNED)
        for name in ("forecast", "possible", "conditional"):
            if key in verbs[name]:
                return Step(Modality(name))
        if key in verbs["transparent"] or not is_clause:
            return THROUGH
        return None

    def _under_adjective_of(self, node: Token, verb: Token) -> Step | None:
        """A clause after "it is possible that", "it is false that"."""
        adjective = next((child for child in verb.children if child.dep_ in {"acomp", "attr"}), None)
        if adjective is None:
            return None
        step = self._under("adjectives" if adjective.pos_ == "ADJ" else "nouns", adjective, node)
        return step if step is None or step.effect is not ASSERTED else None

    def _as_said(self, key: str, node: Token, is_clause: bool) -> Step | None:
        """Under an active verb of thinking or saying: asserted by whoever thinks or says it; suspicion stays one."""
        if key in {"suspect", "suppose", "understand"} and not is_clause:
            return Step(POSSIBLE)
        return Step(POSSIBLE, counts_beside=False) if key in {"suspect", "allege"} else None

    def _noun_under_verb(self, node: Token, verb: Token) -> Step | None:
        """A noun that is what a verb does: "launched an attack", "called off the talks"."""
        verbs, key = self.words["verbs"], with_particle(verb)
        if node.dep_ == "nsubj" and any(child.dep_ == "acomp" and child.lower_ in self.words["adjectives"]["untrue"]
                                        for child in verb.children):
            return DENIED
        if node.dep_ == "nsubj":
            return THROUGH if key in verbs["light"] and node.pos_ == "NOUN" else None
        if key in verbs["light"]:
            return THROUGH
        for name in ("planned", "demanded", "possible"):
            if key in verbs[name] and key not in verbs["to_persons"]:
                return Step(Modality(name))
        if key in verbs["negative_object"] or key in verbs["denial"]:
            return DENIED if key in verbs["denial"] else Step(NEGATED)
        return None

    def _under(self, part: str, head: Token, node: Token) -> Step | None:
        """A clause that hangs on a noun or adjective: "the decision to cut", "unlikely to meet"."""
        is_noun = part == "nouns"
        if is_noun and not has_to(node) and not has_mark(node):
            return None  # a participle only describes: "troops fighting in Syria"
        word = head.lemma_.lower() if is_noun else head.lower_
        listed = self._class(part, word, OF_NOUNS)
        if listed is not None:
            return listed
        if has_to(node) and word not in self.words["adjectives"]["actual"]:
            return Step(PLANNED, counts_beside=False) if is_noun else THROUGH
        return None

    def _under_preposition(self, preposition: Token) -> Step:
        """What a preposition does to its object: "without attacking", "in case of war"."""
        words, text = self.words["prepositions"], preposition.lower_
        if text in words["negative"]:
            return Step(NEGATED, counts_beside=False)
        noun = preposition.head
        if text == "of" and noun.dep_ == "pobj" and f"{noun.head.lower_} {noun.lower_} of" in words["conditional"]:
            return Step(CONDITIONAL, counts_beside=False)
        return Step(counts_beside=False)

    def _under_prepositional(self, node: Token, head: Token) -> Step | None:
        """What the head of a prepositional phrase does to it: "call for talks", "plans for an attack"."""
        if head.pos_ in VERBAL:
            return self._class("verbs", f"{head.lemma_.lower()} {node.lower_}", OF_VERBS)
        if head.pos_ == "ADJ":
            return self._class("adjectives", head.lower_, ("planned", "negative"))
        if head.pos_ in NOMINAL and node.lower_ in {"of", "for"}:
            return self._class("nouns", head.lemma_.lower(), OF_NOUNS)
        return None

    def _class(self, part: str, word: str, names: tuple[str, ...]) -> Step | None:
        """What a word does by the first of these classes that lists it."""
        for name in names:
            if word in self.words[part].get(name, ()):
                return STEPS.get(name) or Step(Modality(name))
        return None
