"""What a text tells of an actor that no list knows: its kind, the state it belongs to, the body that it acts for.

Taken from what is said right beside its name: titles ("Information Minister Michael Makuei"), appositions ("the armed
wing of the Free Front"), "is a". An office of a state that names none is one of the state that the document is about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from sides.actors.descriptions import bodies_beside, is_over, modifying, states_beside
from sides.actors.draft import Draft, Notes, Spot
from sides.actors.topics import state_weights
from sides.actors.wordlists import Wordlists
from sides.model.actor import Actor, ActorKind, Form

# An office that names no state is one of the state that the document speaks of this many times as much as of the next:
# in articles about two states it may be either's. Watched by benchmarks/structure.py (`country`).
CLEAR_LEAD = 2.0
BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.ORGAN, ActorKind.BLOC})


def introduce(draft: Draft, lists: Wordlists) -> None:
    """Fill in kind, country and parent of the provisional actors of a document."""
    about = only_state(draft)
    named = names_of(draft)
    for identifier in sorted(draft.cast):
        actor, notes = draft.cast[identifier], draft.notes[identifier]
        if not actor.is_provisional:
            continue
        kind = kind_of(actor, notes, lists.nominals)
        if kind is not actor.kind:
            draft.recast(identifier, kind)
        if kind is ActorKind.PERSON:
            _place_person(draft, lists, identifier, about, named[identifier])
        elif kind in BODIES:
            _place_part(draft, lists, identifier, named[identifier])


def names_of(draft: Draft) -> defaultdict[str, list[Spot]]:
    """Where each actor of the document is named, alone."""
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in draft.spots:
        if spot.form is Form.NAME and len(spot.actors) == 1:
            found[spot.actors[0]].append(spot)
    return found


def only_state(draft: Draft) -> str | None:
    """The state that a document is about, if it speaks of it far more than of any other."""
    counts = state_weights(draft)
    ranked = sorted(counts, key=lambda state: (-counts[state], state))
    if not ranked or (len(ranked) > 1 and counts[ranked[0]] < CLEAR_LEAD * counts[ranked[1]]):
        return None
    return ranked[0]


def kind_of(actor: Actor, notes: Notes, nouns: Mapping[str, str]) -> ActorKind:
    """Person or organization, by the nouns that the text says of it, where these all speak against how it looked.

    >>> notes = Notes()
    >>> notes.nouns["party"] += 1
    >>> seeming = Actor(id="mi-hazank", name="Mi Hazank", kind=ActorKind.PERSON, is_provisional=True)
    >>> kind_of(seeming, notes, {"party": "organization"}).value
    'organization'
    """
    said = {nouns[noun] for noun in notes.nouns if noun in nouns}
    if actor.kind is ActorKind.PERSON and said == {"organization"} and not notes.genders:
        return ActorKind.ORGANIZATION
    if actor.kind is ActorKind.ORGANIZATION and said == {"person"}:
        return ActorKind.PERSON
    return actor.kind


def _place_person(draft: Draft, lists: Wordlists, identifier: str, about: str | None, named: list[Spot]) -> None:
    """The body that a person is said to act for, else the state whose office it holds."""
    notes = draft.notes[identifier]
    leads, countries = Counter(notes.leads), Counter(notes.countries)
    for title in titles_of(draft, named):
        leads.update(bodies_beside(draft, title))
        countries.update(states_beside(draft, title))
    bodies = sorted(leads, key=lambda body: (-leads[body], body))
    states = sorted(countries, key=lambda state: (-countries[state], state))
    has_state_office = any(is_among(office, lists.state_offices) for office in notes.offices)
    if has_state_office and not bodies and not states and about is not None:
        states = [about]
    country = states[0] if states else draft.cast[bodies[0]].country if bodies else None
    draft.learn(identifier, country=country)
    if not notes.is_former and notes.offices:
        acts_for = bodies + (states if any(not is_among(office, lists.own_voices) for office in notes.offices) else [])
        draft.learn(identifier, parent=next(iter(acts_for), None))


def titles_of(draft: Draft, named: list[Spot]) -> list[int]:
    """The titles right before the names of a person, as tokens: "spokesman" in "Hamas spokesman Ali Baraka"."""
    surface = draft.surface
    return [child for spot in named for child in surface.children[spot.head]
            if child < spot.begin and surface.dep[child] in ("compound", "nmod") and draft.taken[child] is None]


def is_among(office: str, offices: frozenset[str]) -> bool:
    """Whether an office is one of a list: by its whole title, or by its last word.

    >>> is_among("information minister", frozenset({"minister"})), is_among("historian", frozenset({"minister"}))
    (True, False)
    """
    return office in offices or office.split()[-1] in offices


def _place_part(draft: Draft, lists: Wordlists, identifier: str, named: list[Spot]) -> None:
    """An organ of the body that the text calls it a wing of; a body of the state beside its name."""
    surface = draft.surface
    for spot in named:
        nouns = [child for child in surface.children[spot.head] if surface.dep[child] == "appos"]
        if surface.dep[spot.head] == "appos":
            nouns.append(surface.head[spot.head])
        for noun in nouns:
            wholes = [actor for beside in modifying(draft, noun) for actor in beside.actors if actor != identifier]
            if surface.lemma[noun] in lists.wings and wholes and not is_over(surface, noun, lists.past):
                draft.recast(identifier, ActorKind.ORGAN)
                draft.learn(identifier, parent=wholes[0], country=draft.cast[wholes[0]].country or (
                    wholes[0] if draft.kind(wholes[0]) is ActorKind.STATE else None))
