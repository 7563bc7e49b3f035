"""Nouns for someone in relation to someone: "B's ally A", "A, a critic of B", and offices: "the Syrian president"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from sides.actors.resolution import Resolution
from sides.claims.grammar.clauses import VERBAL, Clauses, is_passive
from sides.claims.grammar.lexicon import Entry, Lexicon, Office
from sides.claims.grammar.phrases import Filler, Phrases, Route
from sides.claims.grammar.proposals import Half, Proposal, Trial, crossed, halved, paired
from sides.claims.grammar.tenure import around
from sides.model.actor import ActorKind, Form, Mention
from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_OFFICE = 4  # words before the last of an office: "deputy secretary-general" has four with its hyphen
LONGEST_TITLE = 3  # words from a title to the name that it stands before
PLURAL = frozenset({"NNS", "NNPS"})
CLOSING = frozenset({",", ".", ";", ":", ")", "'s"})
Row = TypeVar("Row", Entry, Office)
COPULAR = frozenset({"be", "become", "remain", "stay", "seem", "make", "form"})
REGARDING = frozenset({"as", "like"})


class Agents:
    """Reads nouns that say what someone is to someone else."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases, clauses: Clauses, resolution: Resolution) -> None:
        self._lexicon, self._phrases, self._clauses = lexicon, phrases, clauses
        self._kinds = {actor.id: actor.kind for actor in resolution.actors}
        self._countries = {actor.id: actor.country for actor in resolution.actors}
        self._persons = {mention.end_char: mention for mention in resolution.mentions if mention.form is Form.NAME
                         and self._kinds.get(mention.actor) is ActorKind.PERSON}
        self._first: dict[str, Mention] = {}
        for mention in resolution.mentions:
            self._first.setdefault(mention.actor, mention)

    def read(self, noun: Token) -> Iterator[Proposal]:
        """The proposals of one noun."""
        for entry in self._listed(noun, self._lexicon.agents):
            yield from self._relation(noun, entry)
        for office in self._listed(noun, self._lexicon.offices):
            yield from self._office(noun, office)

    def trials(self, noun: Token) -> Iterator[Trial]:
        """Every entry and office that the noun fits, each by itself."""
        bearers, _ = self._bearers(noun)
        taken = {filler.mention.actor for filler in bearers}
        for entry in self._listed(noun, self._lexicon.agents):
            owners = self._owners(noun, entry.target, taken)
            yield Trial(entry, (noun,), tuple(bearers), tuple(owners), tuple(self._relation(noun, entry)))
        for office in self._listed(noun, self._lexicon.offices):
            owners = self._owners(noun, office.prepositions, taken, office.of)
            yield Trial(office, (noun,), tuple(bearers), tuple(owners), tuple(self._office(noun, office)))

    def halves(self, noun: Token) -> Iterator[Half]:
        """What the noun says of one actor: "Iran's allies", "Turkey, an old friend"."""
        bearers, how = self._bearers(noun)
        for entry in self._listed(noun, self._lexicon.agents):
            owners = self._owners(noun, entry.target, {filler.mention.actor for filler in bearers})
            if how != "own" and not (len(bearers) > 1 and not owners) and not self._regarded(noun):
                yield from halved(entry, bearers, owners, (noun,), "agent")
                return

    def implied(self, noun: Token) -> Iterator[Proposal]:
        """Whose president it is, where the sentence names no other actor: "President Putin spoke"."""
        for office in self._listed(noun, self._lexicon.offices):
            if office.is_implied and not self._is_over(noun):
                yield from self._office(noun, office)

    def _listed(self, noun: Token, index: Mapping[str, tuple[Row, ...]]) -> list[Row]:
        lemma = noun.lemma_.lower()
        last = hyphened(noun)
        if last is not None and (whole := index.get(f"{noun.lower_}-{last.lower_}")):
            return list(whole)
        if lemma in self._lexicon.ends:
            words = [token.lower_ for token in noun.doc[max(0, noun.i - LONGEST_OFFICE):noun.i]] + [lemma]
            while len(words) > 1:
                phrase = " ".join(words).replace(" - ", "-")
                if phrase in index:
                    return list(index[phrase])
                del words[0]
        return list(index.get(lemma, ()) or index.get(noun.lower_, ()))

    def _relation(self, noun: Token, entry: Entry) -> Iterator[Proposal]:
        assert entry.type is not None
        bearers, how = self._bearers(noun)
        owners = self._owners(noun, entry.target, {filler.mention.actor for filler in bearers})
        sources, targets = (owners, bearers) if entry.is_reversed else (bearers, owners)
        if bearers and owners:
            yield from crossed(entry.type, entry.sign, entry.layer, sources, targets, (noun,), f"agent-{how}")
        elif how == "is" and len(bearers) > 1 and entry.type.meaning.is_reciprocal and noun.tag_ in ("NNS", "NNPS"):
            yield from paired(entry.type, entry.sign, entry.layer, bearers, (noun,), "agent-each")
        elif not bearers and (seen := self._regarded(noun)):
            whose = self._owners(noun, entry.target, {filler.mention.actor for filler in seen[1]})
            if whose and entry.is_reversed:  # "taunted B as an American puppet"
                seen = whose, seen[1]
            yield from crossed(entry.type, entry.sign, entry.layer, seen[0], seen[1], (noun,), "agent-regarded")

    def _office(self, noun: Token, office: Office) -> Iterator[Proposal]:
        last = hyphened(noun)
        bearers, how = self._bearers(last if last is not None and noun.head.i == last.i else noun)
        bearers = [filler for filler in bearers if self._kinds.get(filler.mention.actor) in office.kinds]
        if not bearers or (how == "own" and len(bearers) > 1):
            return
        owners = self._owners(noun, office.prepositions, {filler.mention.actor for filler in bearers}, office.of)
        if not owners and last is not None:
            owners = self._owners(last, office.prepositions, {filler.mention.actor for filler in bearers}, office.of)
        if how == "own" and office.relation is ClaimType.PART_OF:
            # That "the Chinese foreign ministry" is China's goes without saying.
            owners = [owner for owner in owners if self._kinds.get(owner.mention.actor) is ActorKind.ORGANIZATION]
        trigger = (noun,) if last is None else (noun, last)
        for bearer, owner in self._posts(noun, bearers, owners, is_implied=office.is_implied and how != "own"):
            # The head of a part is an official of the whole: "the head of Russia's Security Council".
            is_of_part = office.relation is ClaimType.LEADS and owner.route is Route.PART
            relation = ClaimType.OFFICIAL_OF if is_of_part else office.relation
            yield from crossed(relation, relation.meaning.sign, relation.meaning.layer, [bearer], [owner], trigger,
                               f"office-{how}")

    def _posts(self, noun: Token, bearers: list[Filler], owners: list[Filler], *, is_implied: bool
               ) -> Iterator[tuple[Filler, Filler]]:
        """Who holds the office where: each in their own state, several in several in their order, else all in all."""
        if not owners and is_implied:
            for bearer in bearers:
                if state := self._first.get(self._countries.get(bearer.mention.actor) or ""):
                    yield bearer, Filler(state, noun, Route.IMPLIED)
        elif len(bearers) > 1 and len(owners) > 1:  # "the presidents of A and B, X and Y"
            own = {bearer.mention.actor: [owner for owner in owners if owner.mention.actor == self._countries.get(
                bearer.mention.actor)] for bearer in bearers}
            if len(bearers) == len(owners):
                for bearer, owner in zip(bearers, owners, strict=True):
                    yield bearer, next(iter(own[bearer.mention.actor]), owner)
            else:
                yield from ((bearer, owner) for bearer in bearers for owner in own[bearer.mention.actor])
        else:
            yield from ((bearer, owner) for bearer in bearers for owner in owners[:2])

    def _bearers(self, noun: Token) -> tuple[list[Filler], str]:
        """Whom the noun is said of, and how: a title, an apposition, a copula, or its own mention."""
        head, last = noun.head, (hyphened(noun) or noun).i
        if (noun.dep_ in ("compound", "nmod", "amod", "nsubj") and noun.i < head.i <= last + LONGEST_TITLE
                and head.pos_ in ("PROPN", "NOUN") and (fillers := self._phrases.named(head))):
            return fillers, "title"
        beside = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
        if beside is not None and noun.dep_ == beside.dep_ == "nsubj" and (fillers := self._phrases.named(beside)):
            return fillers, "title"  # "Syria's ally Iran", parsed as two subjects
        if noun.tag_ in PLURAL and (fillers := self._right(noun)):
            return fillers, "apposition"
        for child in noun.children:
            if child.dep_ == "appos" and child.i > noun.i and (
                    fillers := self._phrases.at(child, deep=False) if noun.tag_ in PLURAL else
                    self._phrases.named(child)):
                return fillers, "apposition"
        if noun.dep_ == "nsubj" and head.lemma_ == "be":  # "Russia's main ally in the region is Syria"
            said = [child for child in head.children if child.dep_ == "attr"]
            if fillers := [filler for child in said for filler in self._phrases.named(child)]:
                return fillers, "is"
        opening = noun
        if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in ("one", "some", "many", "two"):
            opening = noun.head.head  # "one of the founders of"
        while opening.dep_ == "conj" and (opening.head.pos_ == "NOUN" or (
                opening.head.pos_ == "PROPN" and not self._phrases.named(opening))):
            opening = opening.head
        if opening.i == noun.i and noun.tag_ not in PLURAL and (fillers := self._left(noun)):
            return fillers, "apposition"
        if noun.tag_ in PLURAL and opening.dep_ == "appos" and len(both := self._run(opening.head)) == 2:
            return both, "apposition"
        if opening.dep_ == "appos" and (fillers := self._phrases.at(opening.head, deep=False)):
            return (fillers if noun.tag_ in PLURAL else fillers[:1]), "apposition"
        if opening.dep_ in ("attr", "oprd") and opening.head.pos_ in VERBAL and opening.head.lemma_.lower() in COPULAR:
            return self._subjects(opening.head), "is"
        if opening.dep_ == "pobj" and opening.head.lower_ == "as" and opening.head.head.pos_ in VERBAL:
            verb = opening.head.head
            if verb.lemma_.lower() in self._lexicon.carriers["serve"] or is_passive(verb):
                return self._subjects(verb), "is"
        if fillers := self._right(noun):
            return fillers, "apposition"
        if fillers := self._phrases.named(noun):
            return fillers, "own"
        return [], "none"

    def _run(self, last: Token) -> list[Filler]:
        """The persons whose names stand in a row that ends here, however the parse hung them: "X and Gen. Y"."""
        found: list[Filler] = []
        while (person := self._persons.get(last.idx + len(last))) is not None:
            found.insert(0, Filler(person, last, Route.HEAD))
            place = next(i for i in range(last.i, -1, -1) if last.doc[i].idx <= person.begin_char) - 1
            while place > last.sent.start and last.doc[place].pos_ == "PROPN":
                place -= 1
            if place <= last.sent.start or last.doc[place].lower_ not in ("and", ","):
                break
            last = last.doc[place - 1]
        return found

    def _left(self, noun: Token) -> list[Filler]:
        """The person whose name ends at the comma before the noun's phrase, whatever the parse hung the noun on."""
        place = noun.left_edge.i - 1
        if place <= noun.sent.start or noun.doc[place].text != "," or not (
                noun.dep_ == "appos" or ((mark := ending(noun)) is not None and mark.text != "'s")):
            return []
        return self._person(noun.doc[place - 1])

    def _right(self, noun: Token) -> list[Filler]:
        """The persons whose names open after the comma behind the noun: "the Renamo leader, Ossufo Momade,"."""
        comma = ending(noun)
        if comma is None or comma.text != "," or comma.i + 1 >= noun.sent.end:
            return []
        name = comma.nbor(1)
        while name.dep_ in ("compound", "nmod") and name.head.i > name.i:
            name = name.head
        if noun.tag_ in PLURAL:
            while name.i + 1 < noun.sent.end and (name.nbor(1).pos_ == "PROPN" or name.nbor(1).lower_ == "and"):
                name = name.nbor(1)
            return found if len(found := self._run(name)) > 1 else []
        return self._person(name) if name.i + 1 < len(noun.doc) and name.nbor(1).text in CLOSING else []

    def _person(self, name: Token) -> list[Filler]:
        return [filler for filler in self._phrases.named(name) if filler.route is Route.HEAD
                and filler.mention.form is Form.NAME
                and self._kinds.get(filler.mention.actor) is ActorKind.PERSON]

    def _is_over(self, noun: Token) -> bool:
        """Whether the office is said to be held no longer or not yet."""
        words = self._lexicon.tenure["past"] | self._lexicon.tenure["coming"]
        return any(token.lower_ in words for token in around(noun))

    def _subjects(self, verb: Token) -> list[Filler]:
        return self._phrases.each(self._clauses.surface(verb), deep=False)

    def _regarded(self, noun: Token) -> tuple[list[Filler], list[Filler]] | None:
        """Who takes whom for one: "A regards B as an enemy", "A calls B a friend"."""
        place = noun
        if place.dep_ == "pobj" and place.head.lower_ in REGARDING:
            place = place.head
        elif place.dep_ not in ("oprd", "attr", "appos", "ccomp", "xcomp"):
            return None
        verb = place.head
        if verb.pos_ not in VERBAL or verb.lemma_.lower() in COPULAR:
            return None
        owners = self._phrases.each(self._clauses.subject(verb)[0])
        seen = self._phrases.each(token for token in self._clauses.object(verb)[0] if token.i != noun.i)
        return (owners, seen) if owners and seen else None

    def _owners(self, noun: Token, slots: tuple[str, ...], taken: set[str],
                of: frozenset[ActorKind] | None = None) -> list[Filler]:
        """Whose ally or whose president: the possessor, the demonym before the noun or name, or after a preposition."""
        head = noun.head if noun.dep_ in ("compound", "nmod", "amod") and noun.head.i > noun.i else None
        before = noun.doc[noun.i - 2] if noun.i > 1 and noun.nbor(-1).text == "-" else None  # "the EU vice-president"
        for place in (noun, head, before):
            if place is None:
                continue
            for beside in (self._phrases.owners(place), self._phrases.describing(place)):
                if found := [filler for filler in self._free(beside, taken, of)
                             if place is noun or filler.token.i < noun.i]:
                    return found
        for slot in slots:
            places = [inner for child in noun.children if child.dep_ == "prep" and child.lower_ == slot
                      for preposition in (child, *(joined for joined in child.conjuncts if joined.lower_ == slot))
                      for inner in preposition.children if inner.dep_ == "pobj"]
            if found := [filler for filler in self._free(self._phrases.each(places, deep=slot == "of"), taken, of)
                         if filler.route is not Route.EVENT]:
                return found
        return []

    def _free(self, fillers: list[Filler], taken: set[str], of: frozenset[ActorKind] | None) -> list[Filler]:
        """Those that are not taken already, and of a kind that may own what is asked for."""
        return [filler for filler in fillers if filler.mention.actor not in taken
                and (of is None or self._kinds.get(filler.mention.actor) in of)]


def ending(noun: Token) -> Token | None:
    """The mark that closes the noun's phrase; None if a verb or pronoun comes before one."""
    for token in noun.doc[noun.i + 1:noun.sent.end]:
        if token.text in CLOSING and (token.text != "'s" or token.head.i == noun.i):
            return token
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ") or (token.pos_ == "CCONJ" and noun.tag_ not in PLURAL):
            return None
    return None


def hyphened(noun: Token) -> Token | None:
    """The last word of a title that the parse made three words of: "general" in "secretary-general"."""
    is_joined = noun.i + 2 < len(noun.doc) and noun.nbor(1).text == "-" and not noun.whitespace_
    return noun.nbor(2) if is_joined else None
