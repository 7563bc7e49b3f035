"""What a text says that an actor is: titles, appositions ("Taqaddum, the Sunni list of ..."), "is a"."""

from __future__ import annotations

from sides.actors.draft import NAMING, Draft, Spot
from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists
from sides.model.actor import ActorKind, Form

MODIFIERS = frozenset(("compound", "amod", "nmod", "poss"))
DESCRIPTION_MAX_TOKENS = 12
OFFICE_TAIL_TOKENS = 4  # "commander in chief"


def describe(draft: Draft, lists: Wordlists) -> None:
    """Note what appositions, compounds and copulas say of every name, and let an apposition stand for its name."""
    surface = draft.surface
    for spot in sorted(draft.spots, key=lambda spot: spot.begin):
        if spot.form is not Form.NAME or len(spot.actors) != 1:
            continue
        head, actor = spot.head, spot.actors[0]
        for child in surface.children[head]:
            if surface.dep[child] == "appos" and is_common(draft, lists, child):
                _note(draft, lists, actor, child)
                _let_stand(draft, lists, spot, child)
            elif surface.dep[child] == "compound" and is_common(draft, lists, child):
                draft.notes[actor].nouns[surface.lemma[child]] += 1
        governor = surface.head[head]
        if surface.dep[head] == "appos" and is_common(draft, lists, governor):
            _note(draft, lists, actor, governor)
            _let_stand(draft, lists, spot, governor)
        elif surface.dep[head] == "compound" and is_common(draft, lists, governor):
            draft.notes[actor].nouns[surface.lemma[governor]] += 1
        elif surface.dep[head] in ("nsubj", "nsubjpass") and surface.lemma[governor] in ("be", "remain", "become"):
            for child in surface.children[governor]:
                if surface.dep[child] == "attr" and is_common(draft, lists, child):
                    _note(draft, lists, actor, child)


def is_common(draft: Draft, lists: Wordlists, index: int) -> bool:
    """Whether a token is a common noun that no name has taken, or a title in capitals: "Paul Givan, First Minister"."""
    surface = draft.surface
    if draft.taken[index] is not None or surface.pos[index] not in ("NOUN", "PROPN"):
        return False
    return (surface.pos[index] == "NOUN" and not surface.capital[index]) or (
        lists.nominals.get(surface.lower[index]) == "person" and surface.lower[index] in lists.title_words)


def agrees(draft: Draft, lists: Wordlists, actor: str, noun: str) -> bool:
    """Whether a noun can be said of an actor of this kind."""
    kind = draft.kind(actor)
    listed = lists.nominals.get(noun)
    if listed is None:
        return False
    if kind is ActorKind.PERSON:
        return listed == "person"
    if kind in (ActorKind.STATE, ActorKind.OTHER):
        return listed == "state"
    return listed == "organization"


def left_edge(draft: Draft, head: int) -> int:
    """Where the noun phrase of a head begins: its determiner, adjectives and compounds."""
    surface = draft.surface
    begin = head
    for child in surface.children[head]:
        if child < begin and surface.dep[child] in MODIFIERS | {"det", "nummod", "advmod", "predet"}:
            begin = min(begin, left_edge(draft, child))
    return begin


def _note(draft: Draft, lists: Wordlists, actor: str, noun: int) -> None:
    surface = draft.surface
    notes = draft.notes[actor]
    lemma = surface.lemma[noun]
    notes.nouns[lemma] += 1
    for state in states_beside(draft, noun):
        notes.countries[state] += 1
    office = office_at(draft, lists, noun)
    if office in lists.titles:
        notes.offices[office] += 1
        listed = lists.titles[office]
        if listed.gender != "any":
            notes.genders[listed.gender] += 2
    notes.is_former = notes.is_former or is_over(surface, noun, lists.past)
    begin, end = left_edge(draft, noun), right_edge(draft, noun)
    if end - begin <= DESCRIPTION_MAX_TOKENS:
        draft.learn(actor, description=" ".join(surface.slice(begin, end).split()))
    countries = states_beside(draft, noun)
    if countries:
        draft.learn(actor, country=countries[0])
    for body in bodies_beside(draft, noun):
        if draft.kind(actor) is ActorKind.PERSON:
            notes.leads[body] += 1


def office_at(draft: Draft, lists: Wordlists, noun: int) -> str:
    """The office that a noun names with the words beside it: "foreign minister", "secretary of state"."""
    surface = draft.surface
    for end in range(min(surface.size, noun + OFFICE_TAIL_TOKENS), noun + 1, -1):
        if (phrase := surface.folded(noun, end)) in lists.titles:
            return phrase
    parts = [surface.lower[child] for child in surface.children[noun]
             if child < noun and surface.dep[child] in ("compound", "amod") and draft.taken[child] is None]
    for begin in range(len(parts) + 1):
        phrase = " ".join([*parts[begin:], surface.lemma[noun]])
        if phrase in lists.titles:
            return phrase
    return surface.lemma[noun]


def is_over(surface: Surface, noun: int, past: frozenset[str]) -> bool:
    """Whether a noun is said to be true no longer: "a former minister", "the late king"."""
    return any(surface.lower[child] in past for child in surface.children[noun] if child < noun)


def right_edge(draft: Draft, noun: int) -> int:
    """Where the noun phrase of a head ends, with its "of" and "in" phrases but without clauses."""
    surface = draft.surface
    end = noun + 1
    for child in surface.children[noun]:
        if child > noun and surface.dep[child] in ("prep", "pobj", "conj", "cc") \
                and surface.sentence[child] == surface.sentence[noun] and surface.text[child] not in (",", ";"):
            end = max(end, right_edge(draft, child))
    return end


def states_beside(draft: Draft, noun: int) -> list[str]:
    """The states that modify a noun."""
    return [actor for spot in modifying(draft, noun) for actor in spot.actors
            if draft.kind(actor) is ActorKind.STATE]


def bodies_beside(draft: Draft, noun: int) -> list[str]:
    """The organizations that modify a noun."""
    return [actor for spot in modifying(draft, noun) for actor in spot.actors
            if draft.kind(actor) in (ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC)]


def modifying(draft: Draft, noun: int, prepositions: frozenset[str] = frozenset(("of", "from", "in", "within"))
              ) -> list[Spot]:
    """The names that modify a noun: before it, as its owner, or after "of", "from" and "in"; in text order."""
    surface = draft.surface
    found: list[Spot] = []
    for child in surface.children[noun]:
        if surface.dep[child] in MODIFIERS:
            found += _with_conjuncts(draft, child)
            if surface.lower[child] == "led":
                found += [spot for inner in surface.children[child] for spot in _with_conjuncts(draft, inner)]
        elif surface.dep[child] == "prep" and surface.lower[child] in prepositions:
            for inner in surface.children[child]:
                if surface.dep[inner] == "pobj":
                    found += _with_conjuncts(draft, inner)
    seen: list[Spot] = []
    for spot in sorted(found, key=lambda spot: spot.begin):
        if spot not in seen and not spot.begin <= noun < spot.end:
            seen.append(spot)
    return seen


def _with_conjuncts(draft: Draft, index: int) -> list[Spot]:
    surface = draft.surface
    found = []
    spot = draft.taken[index]
    if spot is not None and spot.form in NAMING:
        found.append(spot)
    for child in surface.children[index]:
        same = surface.dep[child] == "conj" or (surface.dep[child] in ("amod", "compound", "nmod", "punct")
                                                and surface.pos[index] in ("ADJ", "PROPN"))
        if same and surface.capital[child]:
            found += _with_conjuncts(draft, child)
    return found


def _let_stand(draft: Draft, lists: Wordlists, spot: Spot, noun: int) -> None:
    if draft.headed.get(noun) or not agrees(draft, lists, spot.actors[0], draft.surface.lemma[noun]):
        return
    begin = left_edge(draft, noun)
    if begin <= spot.head <= noun or draft.surface.tag[noun] == "NNS":
        begin = noun
    if draft.surface.tag[noun] != "NNS":
        draft.put(Spot(begin, noun + 1, noun, spot.actors, Form.NOMINAL, "apposition"))
