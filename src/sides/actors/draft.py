"""A resolution in the making: which stretches of a document are taken by which actors, and what is known of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sides.actors.surface import Surface
from sides.model.actor import Actor, ActorKind, Form

NAMING = frozenset({Form.NAME, Form.METONYM, Form.DEMONYM})
# Less likely than this, what a pronoun or noun may stand for is not even guessed.
LEAST_GUESS = 0.1


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of tokens that stands for actors, the token that heads it, and the step that found it."""

    begin: int
    end: int
    head: int
    actors: tuple[str, ...]
    form: Form
    how: str
    is_plural: bool = False
    confidence: float | None = None  # of this mention; else that of its step


@dataclass(slots=True)
class Notes:
    """What a document says of an actor: nouns that describe it, offices, gender, states it is tied to."""

    nouns: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    leads: Counter[str] = field(default_factory=Counter)
    is_former: bool = False  # whether the text says that a place was held and is no longer

    @property
    def gender(self) -> str | None:
        """The gender that most of the signs tell, if any."""
        return min(self.genders, key=lambda gender: (-self.genders[gender], gender)) if self.genders else None


class Draft:
    """The mentions found so far. Names never overlap each other; phrases may hold names."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.cast: dict[str, Actor] = {}
        self.notes: dict[str, Notes] = {}
        self.spots: list[Spot] = []
        self.guesses: list[Spot] = []  # what pronouns and nouns may stand for, too doubtful to be mentions
        self.taken: list[Spot | None] = [None] * surface.size
        self.barred = [False] * surface.size
        self.headed: dict[int, list[Spot]] = {}

    def enter(self, actor: Actor) -> str:
        """Make an actor known to the document and return its id."""
        self.cast.setdefault(actor.id, actor)
        self.notes.setdefault(actor.id, Notes())
        return actor.id

    def learn(self, identifier: str, **facts: str | None) -> None:
        """Fill in what was not known of a provisional actor: description, country, parent."""
        actor = self.cast[identifier]
        new = {key: value for key, value in facts.items() if value and getattr(actor, key) is None}
        if new and actor.is_provisional:
            self.cast[identifier] = replace(actor, **new)  # type: ignore[arg-type]

    def recast(self, identifier: str, kind: ActorKind) -> None:
        """Take a provisional actor for another kind than it seemed to be."""
        if self.cast[identifier].is_provisional:
            self.cast[identifier] = replace(self.cast[identifier], kind=kind)

    def also_called(self, identifier: str, name: str) -> None:
        """Add a name to a provisional actor."""
        actor = self.cast[identifier]
        if actor.is_provisional and name != actor.name and name not in actor.names:
            self.cast[identifier] = replace(actor, names=tuple(sorted({*actor.names, name})))

    def put(self, spot: Spot) -> Spot:
        """Add a mention. A name takes its tokens; anything else only its head."""
        self.spots.append(spot)
        self.headed.setdefault(spot.head, []).append(spot)
        if spot.form in NAMING:
            for index in range(spot.begin, spot.end):
                self.taken[index] = spot
        return spot

    def guess(self, spot: Spot) -> None:
        """Keep what a word may stand for, of those that the document names for sure."""
        if (spot.confidence or 0.0) >= LEAST_GUESS and all(actor in self.cast for actor in spot.actors):
            self.guesses.append(spot)

    def name(self, begin: int, end: int, actors: Iterable[str], form: Form, how: str) -> Spot:
        """Add a name, demonym or metonym that stands at these tokens."""
        return self.put(Spot(begin, end, self.surface.root(begin, end), tuple(actors), form, how))

    def remove(self, spots: Iterable[Spot]) -> None:
        """Take mentions back."""
        gone = {id(spot) for spot in spots}
        if not gone:
            return
        self.spots = [spot for spot in self.spots if id(spot) not in gone]
        self.taken = [None if spot is not None and id(spot) in gone else spot for spot in self.taken]
        for head in list(self.headed):
            self.headed[head] = [spot for spot in self.headed[head] if id(spot) not in gone]

    def is_free(self, begin: int, end: int) -> bool:
        """Whether no name and no bar lies on these tokens."""
        return not any(self.taken[index] is not None or self.barred[index] for index in range(begin, end))

    def at(self, index: int) -> Spot | None:
        """The mention that a token heads, or the name that it is part of."""
        found = self.headed.get(index)
        return found[-1] if found else self.taken[index]

    def kind(self, identifier: str) -> ActorKind:
        """What an actor of the document is."""
        return self.cast[identifier].kind
