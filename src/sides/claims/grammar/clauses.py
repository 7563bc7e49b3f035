"""From a verb to its arguments: voice, shared and controlled subjects, relative clauses, prepositions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
VERBAL = ("VERB", "AUX")
DEEPEST_CONTROL = 5
PLACEHOLDERS = frozenset({"one", "party", "country", "state", "first", "last", "only", "side", "government", "power"})
PREPOSITIONAL = frozenset({"prep", "dative", "agent", "prt", "advmod", "aux", "mark"})
# After these, what someone is accused of, thanked for or kept from doing; "after leaving" is what the subject did.
HANDING = frozenset({"of", "from", "for", "into", "with", "against", "to", "as", "about", "over", "on", "in", "at"})
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "parataxis", "csubj", "csubjpass", "pcomp"})

EFFORTS = frozenset({"attempt", "bid", "campaign", "drive", "effort", "mission", "move", "offer", "plan", "process",
                     "talk"})


class Clauses:
    """Finds the logical arguments of verbs. `controllers` are the verbs whose object does what is below them.

    `movers` are those of them that move someone to act, so that a clause of purpose is what the object does. `papers`
    are nouns for what speaks with the voice of those who sign or pass it: "voted for a resolution condemning B".
    """

    def __init__(self, controllers: frozenset[str], movers: frozenset[str], papers: frozenset[str]) -> None:
        self._controllers, self._movers, self._papers = controllers, movers, papers

    def subject(self, verb: Token) -> tuple[list[Token], bool]:
        """Who does it, as heads of noun phrases, and whether that place is shared with another verb."""
        if is_passive(verb):
            return agents(verb), False
        return self._surface(verb)

    def object(self, verb: Token) -> tuple[list[Token], bool]:
        """To whom it is done, and whether that place is shared with another verb."""
        if is_passive(verb):
            return self._surface(verb)
        direct = [child for child in verb.children if child.dep_ == "dobj"]
        if direct:
            return direct, False
        if joined := mistaken(verb):
            return [joined], False
        if verb.dep_ == "relcl" and gap_is_object(verb):
            return [verb.head], False
        raised = [inner for child in verb.children if child.dep_ in ("ccomp", "xcomp")
                  and (infinitive(child) or child.pos_ not in VERBAL or child.tag_ == "VB")
                  for inner in child.children if inner.dep_ in SUBJECTS and inner.i > verb.i]
        if raised:
            return raised, False
        dative = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
        if dative:
            return dative, False
        return next_object(verb), True

    def surface(self, verb: Token) -> list[Token]:
        """The grammatical subject of a verb, its own or shared."""
        return self._surface(verb)[0]

    def _surface(self, verb: Token, depth: int = 0) -> tuple[list[Token], bool]:
        if own := own_subject(verb):
            named = verb.head
            if (verb.dep_ == "relcl" and named.lemma_.lower() in PLACEHOLDERS and named.dep_ == "attr"
                    and named.head.lemma_ == "be" and own[0].tag_.startswith("W") and depth < DEEPEST_CONTROL):
                return self._surface(named.head, depth + 1)[0], True  # "Iran and Qatar are the ones who mediated"
            if len(own) > 1 and own[-1].i < verb.i:
                is_list = own[-1].left_edge.i and own[-1].doc[own[-1].left_edge.i - 1].lower_ == "and"
                return own if is_list else own[-1:], False  # a list that the parse took for several subjects
            return own[:1], False
        head = verb.head
        if verb.dep_ == "advcl" and verb.tag_ == "VBN" and (beside := noun_beside(verb)):
            return [beside], False
        if depth >= DEEPEST_CONTROL or head.i == verb.i or any(child.dep_ == "expl" for child in verb.children):
            return [], True
        if verb.dep_ in ("xcomp", "ccomp", "advcl", "oprd") and head.pos_ in VERBAL:
            if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.lemma_.lower() in self._controllers:
                handed, _ = self.object(head)
                if handed and (verb.dep_ != "advcl" or is_passive(head) or (
                        infinitive(verb) and head.lemma_.lower() in self._movers)):
                    return handed, True
            return self._surface(head, depth + 1)[0], True
        if verb.dep_ in ("xcomp", "advcl", "ccomp") and head.pos_ in ("ADJ", "NOUN") and head.head.pos_ in VERBAL:
            return self._surface(head.head, depth + 1)[0], True
        if verb.dep_ == "conj" and head.pos_ in VERBAL:
            return self._surface(head, depth + 1)[0], True
        if verb.dep_ == "acl":
            if verb.tag_ == "VBG" and head.lemma_.lower() in self._papers:
                return self._deciders(head, depth), True
            if verb.tag_ in ("VBG", "VBN", "VBD"):
                return [head], False
            return self._deciders(head, depth), True
        if verb.dep_ == "relcl":
            is_purpose = infinitive(verb) and head.pos_ == "NOUN"  # "the first state to recognise Kosovo"
            return (self._deciders(head, depth), True) if is_purpose else ([head], False)
        if joined := mistaken(verb):
            return self._surface(joined.head, depth + 1)[0], True
        if verb.dep_ == "amod" and verb.tag_ in ("VBG", "VBN"):
            return [head], False
        if verb.dep_ == "pcomp" and head.dep_ in ("prep", "agent", "conj"):
            governor = head.head.head if head.dep_ == "conj" else head.head
            if governor.pos_ in VERBAL:
                if governor.lemma_.lower() in self._controllers and head.lower_ in HANDING:
                    handed, _ = self.object(governor)
                    if handed:
                        return handed, True
                return self._surface(governor, depth + 1)[0], True
            if governor.pos_ in ("NOUN", "ADJ", "PROPN"):
                return self._deciders(governor, depth), True
        return [], True

    def _deciders(self, noun: Token, depth: int) -> list[Token]:
        """Whose decision, plan or attempt it is: the possessor, or the subject of the verb that the noun belongs to."""
        owners = [child for child in noun.children if child.dep_ == "poss"]
        if owners:
            return owners
        agent = agents(noun)
        if agent:
            return agent
        if noun.dep_ in ("dobj", "attr", "acomp", "oprd") and noun.head.pos_ in VERBAL:
            return self._surface(noun.head, depth + 1)[0]
        if noun.dep_ == "pobj" and noun.head.head.pos_ in VERBAL:
            return self._surface(noun.head.head, depth + 1)[0]
        return [noun]

    def after(self, verb: Token, preposition: str, *, near: bool = False) -> list[Token]:
        """The objects of a preposition at the verb, at its object, or at another preposition or particle of it.

        `near`: only at the verb itself.
        """
        found: list[Token] = []
        for host in (verb,) if near else hosts(verb):
            for child in host.children:
                if child.lower_ == preposition and child.dep_ in PREPOSITIONAL:
                    found += objects_of(child, verb)
            if not found and (beside := next_preposition(host, preposition)):
                found = [inner for inner in beside.children if inner.dep_ == "pobj"]
            if found:
                break
        return found

    def said_of(self, verb: Token) -> list[Token]:
        """The subject of the clause that is said, asked or demanded."""
        return [inner for child in verb.children if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i
                for inner in own_subject(child)][:1]


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is to whom it is done: "was attacked", "forces backed by Iran"."""
    if verb.tag_ not in ("VBN", "VBD") or mistaken(verb):
        return False
    if any(child.dep_ == "agent" for child in verb.children) and not any(
            child.dep_ in ("dobj", "aux") for child in verb.children):
        return True
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass"):
            return True
        if child.dep_ in ("nsubj", "aux"):
            return False
    if verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
        return True
    if verb.dep_ in ("acl", "amod", "advcl", "oprd", "relcl") and any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ in VERBAL:
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "ROOT", "oprd", "ccomp", "xcomp", "parataxis") and not any(
        child.dep_ in ("dobj", "aux") for child in verb.children)


def agents(token: Token) -> list[Token]:
    """Who it is done by: the object of `by` at a passive verb or at a noun."""
    return [inner for child in token.children if child.lower_ == "by" and child.dep_ in ("agent", "prep")
            for inner in child.children if inner.dep_ == "pobj"]


def own_subject(verb: Token) -> list[Token]:
    """The subject that the parse gives the verb, or its auxiliary."""
    return [child for child in verb.children if child.dep_ in SUBJECTS] or [
        inner for child in verb.children if child.dep_ in ("aux", "auxpass")
        for inner in child.children if inner.dep_ in SUBJECTS]


def noun_beside(participle: Token) -> Token | None:
    """The noun just before a participle or adjective that the parse hung on the verb: "groups opposed to"."""
    before = participle.doc[participle.i - 1] if participle.i > 0 else None
    return before if before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ != "npadvmod" else None


def next_preposition(word: Token, preposition: str) -> Token | None:
    """The preposition if it is the very next word, whatever the parse attached it to."""
    place = word.i + 1
    if place < len(word.doc) and word.doc[place].lower_ == preposition and word.doc[place].dep_ in ("prep", "dative"):
        return word.doc[place]
    return None


def objects_of(preposition: Token, verb: Token) -> list[Token]:
    """The objects of a preposition of a verb; where it is stranded in a relative clause, the noun so described."""
    found = [inner for inner in governed(preposition) if inner.i > verb.i or inner.tag_.startswith("W")]
    if not found and verb.dep_ == "relcl" and preposition.i > verb.i and gap_is_object(verb):
        return [verb.head]
    return found


def governed(preposition: Token) -> list[Token]:
    """What a preposition governs, and what the same preposition governs again: "with France and with Italy".

    Of an -ing with a subject of its own, that subject: "against Serbia joining", but not "with Serbia looking on".
    """
    found: list[Token] = []
    for child in preposition.children:
        if (child.dep_ == "pcomp" and child.tag_ == "VBG" and preposition.lower_ not in ("with", "without")
                and (own := own_subject(child))):
            found += own
        elif child.dep_ in ("pobj", "pcomp"):
            found.append(child)
        elif child.dep_ == "conj" and child.lower_ == preposition.lower_:
            found += governed(child)
    return found


def mistaken(verb: Token) -> Token | None:
    """The object of the last of a list of verbs, where the parse took it for a participle: "fed and trained Hamas"."""
    noun = verb.head
    is_last = (verb.dep_ == "amod" and verb.tag_ in ("VBN", "VBD") and noun.dep_ == "conj" and noun.head.pos_ in VERBAL
               and noun.left_edge.i == verb.i and not any(child.dep_ == "dobj" for child in noun.head.children))
    return noun if is_last else None


def next_object(verb: Token) -> list[Token]:
    """The object of the last of a list of verbs that share it: "armed, fed and trained the rebels"."""
    while not any(child.dep_ in ("dobj", "prep") for child in verb.children):
        following = next((child for child in verb.children
                          if child.dep_ == "conj" and child.pos_ in VERBAL and 0 < child.i - verb.i <= 3), None)
        if following is None:
            break
        verb = following
    return [child for child in verb.children if child.dep_ == "dobj" or (child.dep_ == "conj" and any(
        mistaken(inner) for inner in child.children))]


def infinitive(verb: Token) -> bool:
    """Whether the verb stands with `to`."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def gap_is_object(verb: Token) -> bool:
    """Whether a relative clause lacks its object, which is the noun that it describes: "the group that Iran arms"."""
    subject = [child for child in verb.children if child.dep_ in SUBJECTS]
    return bool(subject) and subject[0].lower_ not in ("who", "which", "that")


def hosts(verb: Token) -> Iterable[Token]:
    """Where a preposition that belongs to a verb may be attached: to it, its particle or preposition, or its object."""
    yield verb
    for child in verb.children:
        if child.dep_ in ("prt", "prep", "advmod") and child.i > verb.i:
            yield child
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "acomp"):
            yield child


def follows(verb: Token, words: tuple[str, ...]) -> list[Token] | None:
    """The further words of a phrase, each depending on the verb or on an earlier one; None if one is missing."""
    found: list[Token] = []
    anchors = [verb]
    last = verb.i
    for word in words:
        match = next((child for anchor in reversed(anchors) for child in anchor.children
                      if (child.i > last or (child.i < verb.i and is_passive(verb) and child.dep_ == "nsubjpass")
                          or (child.dep_ == "prep" and any(inner.tag_.startswith("W") for inner in child.children)))
                      and (child.dep_ not in CLAUSAL or child.pos_ == "ADJ") and child.dep_ not in ("conj", "nsubj")
                      and word in (child.lemma_.lower(), child.lower_)), None)
        if match is None:
            return None
        found.append(match)
        anchors.append(match)
        last = max(last, match.i)
    return found


def container(noun: Token) -> Token | None:
    """The noun that a noun is the content of: "words" in "words of praise"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        return noun.head.head
    return None


def anchor(noun: Token) -> Token:
    """The noun at which the arguments stand: the effort or bid that a noun is compounded with, else the noun itself."""
    head = noun.head
    return head if noun.dep_ == "compound" and head.i == noun.i + 1 and head.lemma_.lower() in EFFORTS else noun
