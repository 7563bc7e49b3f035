"""From the head of a noun phrase to the actors that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.model.actor import Form, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that", "whose"})
PREMODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod", "quantmod"})
JOINING = frozenset({"along", "together"})
LONGEST_LIST = 12
DEEPEST_PHRASE = 4


class Route(StrEnum):
    """How an actor was reached from the word that is an argument."""

    HEAD = "head"  # the word names it
    PART = "part"  # a noun that belongs to it stands for it: "Syrian airfields", "members of the PKK"
    PRONOUN = "pronoun"
    SHARED = "shared"  # the argument of another verb: control, a list of verbs
    ADJUNCT = "adjunct"  # of the verb that a noun phrase is an adjunct of
    NEAR = "near"  # it stands next to the verb where the parse lost it
    IMPLIED = "implied"  # not said here: the state of whoever bears an office
    EVENT = "event"  # of an event that is an argument: "condemned the Israeli attacks"


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor in an argument place, and how it came there."""

    mention: Mention
    token: Token
    route: Route

    def by(self, route: Route) -> Filler:
        """The same actor, reached in another way."""
        return Filler(self.mention, self.token, route)


class Phrases:
    """Finds the actors that the words of a document stand for."""

    def __init__(self, resolution: Resolution, opaque: frozenset[str]) -> None:
        self._heads = resolution.heads
        self._opaque = opaque

    def named(self, token: Token) -> list[Filler]:
        """The actors that the token itself names, one filler an actor."""
        found: dict[str, Filler] = {}
        for mention in self._heads.get(token.i, ()):
            weak = mention.form in (Form.PRONOUN, Form.NOMINAL, Form.COLLECTIVE) or token.pos_ == "PRON"
            found.setdefault(mention.actor, Filler(mention, token, Route.PRONOUN if weak else Route.HEAD))
        return list(found.values())

    def is_name(self, token: Token) -> bool:
        """Whether the token heads a name, so that it says nothing by itself: "the Axis of Resistance"."""
        return token.pos_ == "PROPN" and any(mention.form is Form.NAME for mention in self._heads.get(token.i, ()))

    def at(self, token: Token, *, deep: bool = True, through: bool = True, depth: int = 0) -> list[Filler]:
        """The actors that the phrase headed by the token stands for, those of its list included.

        `deep`: actors inside the phrase may stand for it. `through`: even if its head is a place, time or topic.
        """
        found: dict[str, Filler] = {}
        for member in listed(token):
            fillers = self._apposed(member) or self.named(member) or self._antecedent(member, depth)
            is_open = through or member.lemma_.lower() not in self._opaque
            if not fillers and deep and depth < DEEPEST_PHRASE and is_open:
                fillers = [filler.by(Route.PART) for filler in self.inside(member, depth + 1)]
            for filler in fillers:
                found.setdefault(filler.mention.actor, filler)
        return list(found.values())

    def _apposed(self, token: Token) -> list[Filler]:
        """The name in apposition to a common noun: "the state governor, Babagana Zulum"."""
        if token.pos_ != "NOUN":
            return []
        for child in token.children:
            if child.dep_ == "appos" and child.pos_ == "PROPN":  # of a plural, all: "the generals, Singh and Lin, met"
                members = listed(child) if token.tag_ == "NNS" else (child,)
                return [filler for member in members for filler in self.named(member) if filler.route is Route.HEAD]
        if not any(mention.form is Form.TITLE for mention in self._heads.get(token.i, ())):
            return []
        return [filler for child in token.children if child.lower_ == "of" for place in child.children
                for name in place.children if name.dep_ == "appos" and name.pos_ == "PROPN" and name.nbor(1).text == ","
                for filler in self.named(name) if filler.route is Route.HEAD]  # "the head of the group, Ali Nur, met"

    def each(self, tokens: Iterable[Token], *, deep: bool = True, through: bool = True) -> list[Filler]:
        """The actors of several phrases, in their order."""
        return [filler for token in tokens for filler in self.at(token, deep=deep, through=through)]

    def inside(self, token: Token, depth: int = 0) -> list[Filler]:
        """The actors that own, describe or make up what the token names."""
        if token.pos_ in ("VERB", "AUX", "ADV", "ADP"):
            return []
        owned = self.examples(token, depth) or self.owners(token, depth) or self.describing(token)
        if owned:
            return owned
        for child in token.children:
            if child.dep_ == "appos" and (fillers := self.named(child)):
                return fillers
        for child in token.children:
            if child.dep_ == "prep" and (
                    child.lower_ in ("of", "from", "within", "between")
                    or (child.lower_ == "with" and token.lemma_ in ("border", "frontier"))
                    or (child.lower_ in ("in", "among") and token.ent_type_ == ""
                        and token.tag_ in ("NNS", "JJ", "DT", "CD"))):
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj" and (fillers := self.at(grandchild, depth=depth + 1)):
                        return fillers
        return []

    def examples(self, token: Token, depth: int = 0) -> list[Filler]:
        """The actors that a plural is said to include: "groups including", "figures such as", "allies like"."""
        for child in token.children:
            if child.i > token.i and (child.lower_ in ("including", "like") or (
                    child.lower_ == "as" and child.nbor(-1).lower_ == "such")):
                return [filler for inner in child.children if inner.dep_ == "pobj"
                        for filler in self.at(inner, deep=False, depth=depth + 1)]
        return []

    def owners(self, token: Token, depth: int = 0) -> list[Filler]:
        """The actors in the possessive before a noun."""
        for child in token.children:
            if child.dep_ == "poss":
                return self.at(child, depth=depth + 1) if depth < DEEPEST_PHRASE else []
        return []

    def describing(self, token: Token) -> list[Filler]:
        """The actors before a noun as demonyms or compounds: "Iranian", "Hamas", "Saudi-Iranian"."""
        found: dict[str, Filler] = {}
        for child in token.children:
            if child.dep_ in PREMODIFIERS and child.i < token.i:
                for member in [*listed(child), *(inner for inner in child.children if inner.dep_ in PREMODIFIERS)]:
                    if member.i < token.i:
                        for filler in self.named(member):
                            found.setdefault(filler.mention.actor, filler)
        return list(found.values())

    def _antecedent(self, token: Token, depth: int) -> list[Filler]:
        """What a relative pronoun stands for: the noun that its clause describes."""
        clause = relative_clause(token)
        if clause is None or depth >= DEEPEST_PHRASE or clause.head.i == token.i:
            return []
        noun = self._before(token, clause.head)
        opening = noun
        while is_plural(clause) and opening.dep_ == "conj" and opening.pos_ == opening.head.pos_ == "PROPN":
            opening = opening.head  # "Sarkis and Anton, who are rivals"
        if opening.i != noun.i:
            return self.at(opening, depth=depth + 1)
        named = self.named(noun) or (self.named(noun.head) if noun.dep_ == "appos" else [])
        return named or [filler.by(Route.PART) for filler in self.inside(noun, depth + 1)]


    def _before(self, pronoun: Token, noun: Token) -> Token:
        """The noun that a relative pronoun stands for: the name just before "who", whatever the parse hung it on."""
        place = pronoun.i - 2
        if (pronoun.lower_ not in ("who", "whom") or place <= noun.i or pronoun.nbor(-1).text != ","
                or noun.pos_ == "PROPN" or self.named(noun)):
            return noun
        return pronoun.doc[place] if pronoun.doc[place].pos_ == "PROPN" and self.named(pronoun.doc[place]) else noun


def is_plural(verb: Token) -> bool:
    """Whether the form of a verb or of its auxiliary tells that its subject is plural."""
    forms = [child for child in verb.children if child.dep_ in ("aux", "auxpass")] or [verb]
    return forms[0].tag_ == "VBP" or forms[0].lower_ == "were"


def relative_clause(token: Token) -> Token | None:
    """The verb of the relative clause that a relative pronoun opens, or None."""
    if token.lower_ not in RELATIVE_PRONOUNS or not token.tag_.startswith("W"):
        return None
    verb = token
    for _ in range(6):
        if verb.dep_ == "relcl":
            return verb
        if verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def listed(token: Token) -> Iterator[Token]:
    """The token and the later members of the list that it opens.

    "Iran, Hezbollah and Syria" gives all three for "Iran".
    """
    members = 0
    waiting = [token]
    while waiting and members < LONGEST_LIST:
        member = waiting.pop(0)
        yield member
        members += 1
        for child in member.children:
            if child.i > member.i and child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
                waiting.append(child)
            elif child.i > member.i and child.dep_ == "appos":  # where the parse hung the rest of the list on it
                further = [inner for inner in child.children if inner.dep_ == "conj" and inner.pos_ == "PROPN"]
                if further and member.pos_ in ("PROPN", "PRON"):
                    waiting.extend([child] if child.pos_ == "PROPN" else further)
            elif child.lower_ in JOINING and child.i > member.i:  # "Iran, along with Russia"
                waiting.extend(inner for word in child.children if word.lower_ == "with"
                               for inner in word.children if inner.dep_ == "pobj")
