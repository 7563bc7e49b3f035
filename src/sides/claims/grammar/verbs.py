"""Verbs and idioms: "attacked", "called on", "threw its weight behind"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sides.claims.grammar.clauses import Clauses, follows, infinitive, is_passive, objects_of
from sides.claims.grammar.lexicon import NAMED_SLOTS, Entry, Lexicon
from sides.claims.grammar.nouns import Nouns
from sides.claims.grammar.phrases import PREMODIFIERS, Filler, Phrases, Route, relative_clause
from sides.claims.grammar.proposals import (
    Half,
    Partnerless,
    Proposal,
    Trial,
    crossed,
    halved,
    mediated,
    paired,
    reached,
)
from sides.claims.grammar.slots import ANY, ATTITUDES, HOUSES, Slots
from sides.claims.grammar.turns import DENIALS, turned
from sides.model.actor import ActorKind
from sides.model.claim_type import ClaimType, Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# A stand on what befell someone is the opposite stand on that one: to condemn an attack on B is to support B.
OPPOSITE = {1: ClaimType.ACCUSE, -1: ClaimType.SUPPORT}
HOLDERS = {ClaimType.MEMBER_OF: HOUSES, ClaimType.PART_OF: HOUSES | {ActorKind.STATE},
           ClaimType.LEADS: HOUSES | {ActorKind.STATE}, ClaimType.OFFICIAL_OF: HOUSES | {ActorKind.STATE},
           ClaimType.REPRESENTS: HOUSES | {ActorKind.STATE, ActorKind.PEOPLE}}
# A bloc that "led" a state somewhere does not head it; a party that governs one does.
GOVERNING = frozenset({"govern", "rule", "run"})
PREDICATIVE = ("attr", "oprd", "acomp")
# What two may be brought to by another: in the passive it is said of both.
JOINING = frozenset({ClaimType.RAPPROCHEMENT, ClaimType.COOPERATE, ClaimType.ALLIANCE})


class Verbs:
    """Reads what verbs say."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases, clauses: Clauses, nouns: Nouns,
                 kinds: Mapping[str, ActorKind], homes: Mapping[str, str | None]) -> None:
        self._lexicon, self._phrases, self._clauses, self._nouns = lexicon, phrases, clauses, nouns
        self._slots = Slots(phrases, clauses, nouns, kinds)
        self._kinds, self._homes = kinds, homes
        self._vocabulary: tuple[int, frozenset[str]] = (-1, frozenset())  # of the sentence last asked about

    def read(self, verb: Token) -> Iterator[Proposal]:
        """The proposals of one verb. A phrase that fits keeps shorter entries of the same verb from being tried."""
        taken, is_phrase = 1, False
        within = self._words(verb.sent)
        read: set[frozenset[str]] = set()
        for entry in (*self._entries(verb), *self._lexicon.verbs.get(ANY, ())):
            size = len(entry.words)
            if entry.words[0] == ANY and (read or not self._may_be_any(verb)):
                break
            if size < taken:
                break
            if size == 1 and is_phrase:
                break
            if size > 1 and not within.issuperset(entry.words[1:]):
                continue
            further = follows(verb, entry.words[1:])
            if further is None or not self._suits(verb, entry):
                continue
            found = [turned(proposal, verb, self._lexicon) for proposal in self._of(verb, entry, further)
                     if proposal.pair not in read]
            read.update(proposal.pair for proposal in found)
            is_phrase |= size > 1 and (bool(found) or further[-1].dep_ == "prt")
            taken = size if found else taken
            yield from found

    def _words(self, sentence: Span) -> frozenset[str]:
        """The words of a sentence and their lemmas, in small letters: a phrase with another word is not in it."""
        if self._vocabulary[0] != sentence.start:
            self._vocabulary = (sentence.start, frozenset(
                form for token in sentence for form in (token.lower_, token.lemma_.lower())))
        return self._vocabulary[1]

    def lacking(self, verb: Token) -> tuple[Entry, list[Filler], list[Filler]] | None:
        """The first entry that a verb fits, with what was found of its two arguments; None if it fits none."""
        for entry in self._entries(verb):
            further = follows(verb, entry.words[1:])
            if further is not None and self._suits(verb, entry):
                trigger = (verb, *further)
                sources = self._slots.fill(verb, entry, entry.source, trigger)
                return entry, sources, self._slots.fill(verb, entry, entry.target, trigger)
        return None

    def halves(self, verb: Token) -> Iterator[Half]:
        """What the first entry that a verb fits says of one actor, the other not being named.

        Without any object a verb may say something else ("the militia fired"), and to want to do something oneself is
        to ask nothing of others.
        """
        if verb.i and verb.nbor(-1).text == "-":
            return
        if found := self.lacking(verb):
            entry, sources, targets = found
            objects = self._clauses.object(verb)[0]
            if not targets and "obj" in entry.target and not objects:
                return
            if entry.type is ClaimType.REQUEST and not objects and any(
                    child.dep_ == "xcomp" for child in verb.children):
                return
            further = follows(verb, entry.words[1:]) or []
            for half in halved(entry, sources, targets, (verb, *further), "verb"):
                yield replace(half, proposal=turned(half.proposal, verb, self._lexicon))

    def trials(self, verb: Token) -> Iterator[Trial]:
        """Every entry that the verb fits, each by itself; those for any verb only where they read something."""
        own = self._entries(verb)
        for entry in (*own, *(self._lexicon.verbs.get(ANY, ()) if self._may_be_any(verb) else ())):
            further = follows(verb, entry.words[1:])
            if further is None:
                continue
            trigger, suits = (verb, *further), self._suits(verb, entry)
            read = self._of(verb, entry, further) if suits else ()
            found = [turned(proposal, verb, self._lexicon) for proposal in read]
            if found or entry.words[0] != ANY:
                sources, targets = (self._slots.fill(verb, entry, places, trigger)
                                    for places in (entry.source, entry.target))
                yield Trial(entry, trigger, tuple(sources), tuple(targets), tuple(found), suits)

    def _entries(self, verb: Token) -> tuple[Entry, ...]:
        """The entries of a verb; the lemmatizer takes "hates" for a form of "hat"."""
        found = self._lexicon.verbs.get(verb.lemma_.lower(), ())
        return found or (self._lexicon.verbs.get(verb.lower_.removesuffix("s"), ()) if verb.tag_ == "VBZ" else ())

    def misread(self, token: Token) -> Iterator[Proposal]:
        """The proposals of a verb that was not taken for one, between two names: "France and Germany back Ukraine"."""
        if not 0 < token.i < len(token.doc) - 1 or not self._phrases.named(token.nbor(-1)):
            return
        before = token.nbor(-1)
        after = next((place for place in token.doc[token.i + 1:token.i + 3] if self._phrases.named(place)), None)
        if (after is None or (before.head.i >= token.i and before.dep_ in PREMODIFIERS)
                or not token.sent.start <= before.i < after.i < token.sent.end
                or not (token.is_lower or is_headline(token.sent))
                or any(place.pos_ not in ("DET", "ADJ", "PROPN") for place in token.doc[token.i + 1:after.i])):
            return
        form = token.lower_
        for lemma in (token.lemma_.lower(), form, *(form.removesuffix(ending) for ending in ("s", "d", "ed"))):
            for entry in self._lexicon.verbs.get(lemma, ()):
                if (len(entry.words) == 1 and "obj" in entry.target and entry.type
                        and not entry.needs and not entry.kinds):
                    opening = before
                    while opening.dep_ == "conj" and opening.head.i < opening.i and self._phrases.named(opening.head):
                        opening = opening.head
                    sources = [filler for filler in self._phrases.at(opening) if filler.token.i < token.i]
                    yield from crossed(entry.type, entry.sign, entry.layer, sources, self._phrases.named(after),
                                       (token,), "verb-misread")
                    return

    def mediators(self, verb: Token) -> Partnerless | None:
        """A mediation where the verb does not say between whom: "brokered the truce"."""
        for entry in self._lexicon.verbs.get(verb.lemma_.lower(), ()):
            if entry.type is ClaimType.MEDIATE and (further := follows(verb, entry.words[1:])) is not None:
                trigger = (verb, *further)
                if self._slots.fill(verb, entry, entry.target, trigger):
                    return None
                if who := self._slots.fill(verb, entry, entry.source, trigger):
                    return Partnerless(entry.type, entry.sign, entry.layer, trigger, tuple(who), True)
        return None

    def _may_be_any(self, verb: Token) -> bool:
        """Whether the preposition at the verb speaks of the two actors, not of an event or state that it carries."""
        if verb.dep_ in ("acl", "relcl") and self._nouns.is_event(verb.head):
            return False
        if any(self._nouns.is_event(inner) and not self._phrases.named(inner) for child in verb.children
               if child.dep_ == "prep" for inner in child.children if inner.dep_ == "pobj"):
            return False  # "ran with the endorsement of B"
        return verb.lemma_.lower() not in self._lexicon.carriers["light"] and verb.pos_ == "VERB" and not any(
            self._nouns.is_event(child) for child in verb.children if child.dep_ in ("dobj", "nsubjpass", "attr"))

    def _suits(self, verb: Token, entry: Entry) -> bool:
        """Whether the object or complement is of the sort that the entry needs."""
        if entry.needs is None:
            return True
        if entry.needs == "infinitive":
            return any((child.dep_ in ("xcomp", "ccomp", "advcl") and infinitive(child))
                       or (child.dep_ == "prep" and child.lower_ in ("for", "over", "into", "on")
                           and child.lower_ not in entry.words)
                       for child in verb.children)
        if entry.needs == "plain":
            return not any(child.dep_ in (*PREDICATIVE, "xcomp", "ccomp", "prt") for child in verb.children)
        if entry.needs == "pledge":
            return any(child.dep_ in ("dobj", "dative", "ccomp") for child in verb.children)
        wanted = self._lexicon.objects[entry.needs]
        if entry.needs == "wrong":
            return any(self._is_wrong(child) for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i)
        if entry.needs == "must":
            return any(self._is_bound(child) for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i)
        if entry.needs == "insult":
            said = [child for child in verb.children if child.dep_ in (*PREDICATIVE, "xcomp", "ccomp", "dobj")]
            said += [inner for child in verb.children if child.lower_ == "as" for inner in child.children]
            said += [inner for child in said for inner in child.children if inner.dep_ in (*PREDICATIVE, "amod")]
            return any(word.lemma_.lower() in wanted for word in said)
        goods = self._clauses.object(verb)[0] + self._clauses.after(verb, "with", near=True)
        goods += self._clauses.surface(verb) if entry.needs == "troops" else []  # "warships sailed near Taiwan"
        goods += [verb.head] if verb.dep_ == "relcl" else []  # "the money that Iran gives Hamas"
        return any(word.lemma_.lower() in wanted or word.ent_type_ == "MONEY" or any(
            inner.lemma_.lower() in wanted for inner in word.subtree if inner.dep_ in ("conj", "pobj", "compound")
            and inner.i - word.i < 6) for word in goods)

    def _is_wrong(self, clause: Token) -> bool:
        """Whether a clause says that its subject did wrong: "broke the truce", "was to blame"."""
        said = [clause] if clause.lemma_ not in ("be", "bear", "have") else [
            inner for child in clause.children if child.dep_ in (*PREDICATIVE, "dobj", "prep", "xcomp")
            for inner in (child, *child.children)]
        is_denied = any(word.dep_ == "neg" or word.lower_ in DENIALS for word in (*clause.children, *said))
        return not is_denied and not is_passive(clause) and any(
            word.lemma_.lower() in self._lexicon.objects["wrong"] for word in said)

    def _is_bound(self, clause: Token) -> bool:
        """Whether a clause says what its subject has to do: "must leave", "has to leave"."""
        if clause.lemma_.lower() in ("have", "need"):
            return any(child.dep_ == "xcomp" and infinitive(child) for child in clause.children)
        return not is_passive(clause) and any(
            child.dep_ == "aux" and child.lower_ in self._lexicon.objects["must"] for child in clause.children)

    def _of(self, verb: Token, entry: Entry, further: list[Token]) -> Iterator[Proposal]:
        assert entry.type is not None
        trigger = (verb, *further)
        sources = self._slots.fill(verb, entry, entry.source, trigger)
        if not sources and "each" in entry.target and entry.type in JOINING and is_passive(verb):
            both = self._phrases.each(self._clauses.object(verb)[0], deep=False)  # "the two were reconciled"
            sources = both if len(both) > 1 else []
        if not sources:
            return
        pattern = "verb-any" if entry.words[0] == ANY else ("verb", "phrasal", "idiom")[min(2, len(further))]
        kind, sign = entry.type, entry.sign
        if kind is ClaimType.MEDIATE:
            yield from mediated(sources, self._slots.fill(verb, entry, entry.target, trigger), trigger, pattern)
            return
        goods = self._lexicon.objects["aid"]
        if entry.is_reversed and any(self._nouns.is_event(child) and child.lemma_.lower() not in goods
                                     for child in verb.children if child.dep_ == "dobj"):
            return  # "received condemnation from"
        for slot in entry.target:
            if slot == "each":
                if len(sources) > 1 and not has_object(verb, further):
                    yield from paired(kind, sign, entry.layer, sources, trigger, pattern + "-each")
                    return
                continue
            if slot == "obj" and len(sources) > 1 and says_each_other(verb):
                yield from paired(kind, sign, entry.layer, sources, trigger, pattern + "-each")
                return
            targets = self._slots.slot(verb, entry, slot, trigger, deep=True)
            if not targets and slot == "obj" and kind in ATTITUDES:
                yield from self._toward_event(self._clauses.object(verb)[0], entry, sources, trigger)
                return
            targets = [filler for filler in targets if self._may_hold(kind, filler)
                       and (entry.kinds is None or self._kinds.get(filler.mention.actor) in entry.kinds)]
            if entry.needs == "must":  # not of one's own ("Merkel said that Germany must act"), nor of one to come
                own = {filler.mention.actor for filler in sources}
                own |= {home for actor in own if (home := self._homes.get(actor))}
                targets = [filler for filler in targets if filler.route in (Route.HEAD, Route.PRONOUN)
                           and not any(child.lower_ in ("a", "an") for child in filler.token.children)
                           and not own & {filler.mention.actor, self._homes.get(filler.mention.actor)}]
            if kind is ClaimType.RETREAT and targets and all(
                    self._kinds.get(filler.mention.actor) in HOUSES for filler in targets):
                kind, sign = ClaimType.SANCTION, ClaimType.SANCTION.meaning.sign  # to leave a house is to break with it
            if kind is ClaimType.LEADS and verb.lemma_.lower() not in GOVERNING and any(
                    self._kinds.get(filler.mention.actor) is not ActorKind.PERSON for filler in sources):
                targets = [filler for filler in targets
                           if self._kinds.get(filler.mention.actor) is not ActorKind.STATE]
            if kind is ClaimType.LEADS and any(filler.token.lemma_.lower() in self._lexicon.objects["errand"]
                                               for filler in targets):
                kind = ClaimType.OFFICIAL_OF  # "led a Hamas delegation"
            if targets:
                if entry.is_reversed:
                    sources, targets = targets, sources
                name = pattern if slot in NAMED_SLOTS or pattern != "verb" else "verb-with"
                yield from crossed(kind, sign, entry.layer, sources, targets, trigger, name)
                return
        if further and further[-1].pos_ == "ADP" and kind in ATTITUDES:  # "voted against the sanctions on B"
            yield from self._toward_event(objects_of(further[-1], verb), entry, sources, trigger)

    def _may_hold(self, kind: ClaimType, place: Filler) -> bool:
        """Whether an actor may have members or leaders: it must be named itself, and be of the right kind."""
        if kind.meaning.kind is not Kind.STRUCTURE:
            return True
        return place.route in (Route.HEAD, Route.PRONOUN) and self._kinds.get(place.mention.actor) in HOLDERS[kind]

    def _toward_event(self, places: list[Token], entry: Entry, sources: list[Filler], trigger: tuple[Token, ...]
                      ) -> Iterator[Proposal]:
        """A stand on an event is a stand on whoever is behind it; with none named, on whom it befalls."""
        assert entry.type is not None
        for place in places:
            clause = relative_clause(place)
            event = clause.head if clause is not None else place
            arguments = self._nouns.arguments(event) or next((  # "rejected any suggestion of a truce with"
                found for child in event.children if child.lower_ == "of" for inner in child.children
                if inner.dep_ == "pobj" and (found := self._nouns.arguments(inner))), None)
            if arguments is None:
                continue
            doers, sufferers, sign = arguments
            if entry.type is ClaimType.REJECT and doers and sign < 0:  # "vetoed UN sanctions on B"
                yield from crossed(ClaimType.SUPPORT, 1, ClaimType.SUPPORT.meaning.layer, sources,
                                   reached(sufferers, Route.EVENT), trigger, "verb-event")
            if doers:
                yield from crossed(entry.type, entry.sign, entry.layer, sources, reached(doers, Route.EVENT), trigger,
                                   "verb-event")
            elif sufferers and sign < 0:
                opposite = OPPOSITE[entry.type.meaning.sign]
                yield from crossed(opposite, opposite.meaning.sign, opposite.meaning.layer, sources,
                                   reached(sufferers, Route.EVENT), trigger, "verb-event")
            elif sufferers:
                yield from crossed(entry.type, entry.sign, entry.layer, sources, reached(sufferers, Route.EVENT),
                                   trigger, "verb-event")


def is_headline(sentence: Span) -> bool:
    """Whether a sentence is written with capitals throughout, as headlines are."""
    words = [token for token in sentence if token.is_alpha and len(token) > 3]
    return len(words) > 2 and all(token.text[0].isupper() for token in words)


def says_each_other(verb: Token) -> bool:
    """Whether the object is "each other", "one another" or "the other"."""
    return any(child.dep_ == "dobj" and child.lower_ in ("other", "another")
               and child.nbor(-1).lower_ in ("each", "one", "the") for child in verb.children if child.i > 0)


def has_object(verb: Token, further: list[Token]) -> bool:
    """Whether the verb has an object of its own, besides the words of its phrase."""
    words = {token.i for token in further}
    return not is_passive(verb) and any(child.dep_ == "dobj" and child.i not in words and child.lower_ not in
                                        ("other", "another", "themselves") for child in verb.children)
