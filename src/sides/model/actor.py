"""Actors, and the stretches of text that name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sides.model.dates import Interval, PartialDate


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    ORGANIZATION = "organization"  # movement, armed group, party, international organization, company
    ORGAN = "organ"  # a part of a state or organization that acts: an army, a bureau, a wing, a parliament
    BLOC = "bloc"  # an alliance, axis or coalition
    PEOPLE = "people"
    PERSON = "person"
    GROUP = "group"  # a plural of actors: "Arab states", "the rebels"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organization, organ, bloc, people, person or group that acts or is acted on."""

    id: str  # a slug: "hamas", "ismail-haniyeh"
    name: str
    kind: ActorKind
    names: tuple[str, ...] = ()  # other names, sorted
    description: str | None = None  # what it is, in a few words
    country: str | None = None  # id of the state it belongs to
    parent: str | None = None  # id of the actor it is a part of
    wikidata: str | None = None
    is_provisional: bool = False  # found in text, in no registry


class Form(StrEnum):
    """How a mention names its actor."""

    NAME = "name"
    METONYM = "metonym"  # a capital or seat for a government
    DEMONYM = "demonym"  # "Israeli" attacks
    PHRASE = "phrase"  # a noun phrase that holds a name or demonym: "Hamas officials"
    TITLE = "title"  # "the Syrian president"
    NOMINAL = "nominal"  # "the movement"
    PRONOUN = "pronoun"
    COLLECTIVE = "collective"  # "both countries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names an actor. One that names several is one mention for each of them."""

    document: str
    begin_char: int
    end_char: int
    text: str
    actor: str
    form: Form
    how: str  # the step that resolved it, as in docs/resolution.md
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One actor's place in another, for a while: a wing of, a member of, a leader of."""

    child: str
    relation: str  # part_of, member_of, leads, official_of, successor_of
    parent: str
    holds: Interval
    label: str | None = None  # the office: "president", "foreign minister"
    source: str | None = None  # which list of the registry says so
    known_until: PartialDate | None = None  # where the end is not known: the last date at which the source knows of it
