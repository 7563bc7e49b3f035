"""What a verb or noun makes a reason: "the raid prompted B to recall", "the main obstacle to a deal is the border"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sides.claims.clauses import SUBJECTS, has_to, is_passive, with_particle
from sides.claims.connectives import Connectives
from sides.claims.stretches import reach, trimmed
from sides.model.claim_type import ClaimType
from sides.model.reason import ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERBAL = frozenset({"VERB", "AUX"})
LONGEST_SUBJECT_TOKENS = 25
LONGEST_CLAUSE_TOKENS = 40
ANY: frozenset[ClaimType] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A reason, and the words that it is said of."""

    kind: ReasonKind
    begin: int  # of the first token
    end: int  # behind the last token
    governors: frozenset[int]  # the words that it hangs on
    types: frozenset[ClaimType] = ANY  # only of claims of these types
    is_strict: bool = False  # only of what its own governor says, not of what stands around it
    of: frozenset[str] = frozenset()  # the lemmas of which one has to be among the trigger's words
    looks_ahead: bool = False  # only of what is still to come, demanded, refused or denied
    verb: int = -1  # the verb that makes it a reason: where that is the trigger, the claim says it already
    head: int = -1  # the noun that is itself the reason, as the subject of what it made happen


class Making:
    """Finds the reasons that verbs and nouns of a document make of what stands beside them."""

    def __init__(self, doc: Doc, words: Connectives) -> None:
        self._doc, self._words = doc, words

    def at(self, token: Token) -> Iterator[Found]:
        """The reasons that a word makes."""
        yield from self._made(token)
        yield from self._named(token)
        yield from self._remaining(token)

    def _made(self, verb: Token) -> Iterator[Found]:
        """What one thing makes of another: "the raid prompted B to recall", "the rift stems from oil"."""
        if verb.pos_ not in VERBAL and verb.tag_ not in {"VBN", "VBG"}:
            return
        for kind, parts in self._words.verbs.items():
            keys = self._keys(verb)
            if keys & parts.get("active", frozenset()):
                yield from self._active(ReasonKind(kind), verb, parts.get("result", frozenset()))
            if keys & parts.get("from", frozenset()):
                yield from self._from(ReasonKind(kind), verb, keys & parts["from"])

    def _keys(self, verb: Token) -> set[str]:
        """A verb with its particle, with its preposition, and with what it is in the passive of."""
        lemma = verb.lemma_.lower()
        found = {lemma, with_particle(verb)}
        for child in verb.children:
            if child.dep_ in {"prep", "agent", "prt", "advmod"} and child.i > verb.i:
                found |= {f"{lemma} {child.lower_}", f"be {verb.lower_} {child.lower_}"}
                found |= {f"{lemma} {child.lower_} {inner.lower_}" for inner in child.children if inner.dep_ in {
                    "prep", "pcomp"}}
                for noun in child.children:  # "stand in the way of"
                    found |= {f"{lemma} {child.lower_} the {noun.lower_} {inner.lower_}" for inner in noun.children
                              if inner.dep_ == "prep"}
        return found

    def _active(self, kind: ReasonKind, verb: Token, results: frozenset[str]) -> Iterator[Found]:
        effects = self._effects(verb)
        if is_passive(verb) or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}):
            agent = next((child for child in verb.children if child.dep_ == "agent"), None)
            if agent is None or verb.dep_ in {"acl", "advcl"}:
                return
            subjects = [child for child in verb.children if child.dep_ == "nsubjpass"]
            below = frozenset(child.i for child in verb.children if child.dep_ == "xcomp") | {
                noun.i for noun in subjects}
            yield from self._phrase_of(kind, agent, below)
            return
        if not effects:
            return
        subject = next((child for child in verb.children if child.dep_ in {"nsubj", "csubj"}), None)
        if verb.tag_ == "VBG" and subject is None and verb.dep_ == "advcl" and self._keys(verb) & results:
            main = verb.head
            begin = next((token.i for token in self._doc[main.left_edge.i:verb.i] if not token.is_punct
                          and not token.is_space), main.i)
            if begin < main.i < verb.i and self._doc[verb.i - 1].text in {",", "-", "—"} \
                    and verb.i - begin < LONGEST_CLAUSE_TOKENS:
                yield Found(kind, begin, trimmed(self._doc, begin, verb.i - 1), effects, is_strict=True, verb=verb.i)
            return
        if subject is None or subject.pos_ == "PRON" or not self._is_event(subject):
            return
        begin, end = subject.left_edge.i, subject.right_edge.i + 1
        if end - begin <= LONGEST_SUBJECT_TOKENS:
            yield Found(kind, begin, trimmed(self._doc, begin, end), effects, is_strict=True, verb=verb.i,
                        head=subject.i)

    def _is_event(self, subject: Token) -> bool:
        """Whether a subject is a thing or event, not somebody: who made B do it is its actor, not its reason."""
        return subject.pos_ in VERBAL or (subject.pos_ == "NOUN" and subject.ent_type_ not in {"PERSON", "NORP", "ORG"})

    def _effects(self, verb: Token) -> frozenset[int]:
        """What the object of a verb is, or is made to do: its object noun, and the verb below it."""
        found: set[int] = set()
        for child in verb.children:
            if child.i < verb.i:
                continue
            if child.dep_ in {"dobj", "xcomp"} or (child.dep_ in {"ccomp", "advcl", "acl"} and has_to(child)):
                found.add(child.i)
                found |= {clause.i for clause in child.children if clause.dep_ in {"acl", "relcl"} and has_to(clause)}
            elif child.dep_ in {"prep", "prt"} and child.lower_ in {"to", "into", "in", "from", "about", "for", "of"}:
                found |= {noun.i for noun in child.children if noun.dep_ in {"pobj", "pcomp"}}
                found |= {inner.i for part in child.children if part.dep_ == "prep" or (
                    part.dep_ == "pobj" and part.lower_ == "way") for word in part.children for inner in (
                    [word] if word.dep_ in {"pobj", "pcomp"} else word.children) if inner.dep_ in {"pobj", "pcomp"}}
        return frozenset(found)

    def _from(self, kind: ReasonKind, verb: Token, keys: set[str]) -> Iterator[Found]:
        subjects = frozenset(child.i for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}) | (
            {verb.head.i} if verb.dep_ in {"acl", "relcl"} else frozenset())
        last = min(keys).split()[-1]
        preposition = next((child for child in verb.children if child.dep_ in {"prep", "agent"}
                            and (child.lower_ == last or any(inner.lower_ == last for inner in child.children))), None)
        if preposition is not None:
            yield from self._phrase_of(kind, preposition, subjects)

    def _phrase_of(self, kind: ReasonKind, preposition: Token, governors: frozenset[int]) -> Iterator[Found]:
        end = reach(self._doc, preposition.i, [preposition], is_clause=False)
        noun = next((child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}), None)
        if governors and noun is not None and noun.pos_ != "PRON" and (
                kind is not ReasonKind.CAUSE or self._is_event(noun)) and end > preposition.i + 1:
            yield Found(kind, preposition.i, end, governors, is_strict=True, verb=preposition.head.i)

    def _named(self, noun: Token) -> Iterator[Found]:
        """What a noun calls a reason: "the main obstacle to a deal is the border"."""
        kind = self._words.nouns.get(noun.lemma_.lower())
        be = noun.head
        if kind is None or noun.pos_ != "NOUN" or be.lemma_.lower() not in {"be", "remain", "become"}:
            return
        of = frozenset(inner.i for child in noun.children if child.dep_ == "prep"
                       and child.lower_ in self._words.prepositions for part in child.children
                       if part.dep_ in {"pobj", "pcomp"} for inner in [part, *part.conjuncts])
        if not of:
            return
        if noun.dep_ == "nsubj":
            said = [child for child in be.children
                    if child.i > be.i and child.dep_ in {"attr", "ccomp", "xcomp", "acomp"}]
        elif noun.dep_ == "attr":
            said = [child for child in be.children if child.dep_ in {"nsubj", "csubj"} and child.pos_ != "PRON"
                    and child.tag_ != "EX"]
        else:
            return
        if said:
            begin = said[0].left_edge.i
            end = reach(self._doc, begin, said[:1], is_clause=True) if said[0].i > be.i else said[0].right_edge.i + 1
            if end > begin:
                yield Found(kind, begin, trimmed(self._doc, begin, end), of, is_strict=True)

    def _remaining(self, verb: Token) -> Iterator[Found]:
        """What stays in the way: "restored ties, but mistrust remains"."""
        words = self._words.remaining
        if verb.dep_ != "conj" or verb.lemma_.lower() not in words["verbs"]:
            return
        but = next((child for child in verb.head.children
                    if child.dep_ == "cc" and verb.head.i < child.i < verb.i), None)
        if but is None or but.lower_ not in {"but", "yet"}:
            return
        nouns = [child for child in verb.children if child.dep_ in SUBJECTS | {"attr"}]
        if any(noun.lemma_.lower() in words["nouns"] for noun in nouns):
            end = reach(self._doc, but.i + 1, [verb], is_clause=True)
            if end > but.i + 1:
                yield Found(ReasonKind.OBSTACLE, but.i + 1, end, frozenset({verb.head.i}))
