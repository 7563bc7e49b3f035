"""A proposal: what one pattern of the grammar takes from one trigger, before it becomes a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sides.claims.grammar.lexicon import Entry, Office
from sides.claims.grammar.phrases import Filler, Route
from sides.model.claim_type import ClaimType, Kind, Layer

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Proposal:
    """One reading of one trigger: who, what, toward whom."""

    type: ClaimType
    sign: int
    layer: Layer
    source: Filler
    target: Filler
    trigger: tuple[Token, ...]
    pattern: str  # the way it was found: a sign of its confidence
    third: Filler | None = None
    is_denied: bool = False  # the trigger's negation is already in the type: "never forgave" is HOSTILE

    @property
    def pair(self) -> frozenset[str]:
        """The two actors, in no order."""
        return frozenset((self.source.mention.actor, self.target.mention.actor))

    @property
    def places(self) -> tuple[Token, ...]:
        """The words that stand for its actors."""
        return tuple(filler.token for filler in (self.source, self.target, self.third) if filler is not None)


@dataclass(frozen=True, slots=True)
class Half:
    """A reading that lacks an actor: the proposal has the one that is named in both places."""

    proposal: Proposal
    missing: str  # "source" or "target"


@dataclass(frozen=True, slots=True)
class Partnerless:
    """A tie or a mediation whose two sides are not named beside it: "their ties", "brokered the truce"."""

    type: ClaimType
    sign: int
    layer: Layer
    trigger: tuple[Token, ...]
    known: tuple[Filler, ...]  # the one side of a tie that is named, or the mediators
    is_new: bool  # whether a verb says something new of it


@dataclass(frozen=True, slots=True)
class Sought:
    """What a directed noun says and who stands on either side, perhaps nobody."""

    type: ClaimType
    sign: int
    layer: Layer
    sources: list[Filler]
    targets: list[Filler]
    trigger: tuple[Token, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Trial:
    """An entry of the lexicon that fits a word, the actors that stand in its places, and what it reads by itself."""

    entry: Entry | Office
    trigger: tuple[Token, ...]
    sources: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    proposals: tuple[Proposal, ...]
    suits: bool = True  # whether the object or complement is of the sort that the entry needs


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """What one pattern found at one trigger, for a person who wants to know why."""

    begin_char: int
    trigger: str
    pattern: str  # "incomplete": the lexicon knows the word, but an actor is missing
    type: str
    sources: tuple[str, ...]  # the actors found in each place, and how; empty where there is none
    targets: tuple[str, ...]
    confidence: float | None = field(default=None, compare=False)  # None for "incomplete"
    reasons: tuple[str, ...] = field(default=(), compare=False)  # what each sign adds to its log odds: "quoted -0.24"


def halved(entry: Entry, sources: Iterable[Filler], targets: Iterable[Filler], trigger: tuple[Token, ...],
           pattern: str) -> Iterator[Half]:
    """A half for each actor of the side that is named, where only one of the two sides is.

    Who belongs where is left out, and a mediation of which no mediator is known.
    """
    sources, targets = list(sources), list(targets)
    if entry.type is None or entry.type.meaning.kind is Kind.STRUCTURE or bool(sources) == bool(targets):
        return
    if entry.type is ClaimType.MEDIATE and not sources:
        return
    missing = "target" if bool(sources) != entry.is_reversed else "source"
    for filler in sources or targets:
        yield Half(Proposal(entry.type, entry.sign, entry.layer, filler, filler, trigger, pattern), missing)


def crossed(type_: ClaimType, sign: int, layer: Layer, sources: Iterable[Filler], targets: Iterable[Filler],
            trigger: tuple[Token, ...], pattern: str, third: Filler | None = None) -> Iterator[Proposal]:
    """A proposal for each source with each target, never of an actor with itself."""
    aims = list(targets)
    for source in sources:
        for target in aims:
            if source.mention.actor != target.mention.actor:
                yield Proposal(type_, sign, layer, source, target, trigger, pattern, third)


def paired(type_: ClaimType, sign: int, layer: Layer, members: list[Filler], trigger: tuple[Token, ...],
           pattern: str) -> Iterator[Proposal]:
    """A proposal for each two of the members, the first-named as source."""
    for place, source in enumerate(members):
        yield from crossed(type_, sign, layer, [source], members[place + 1:], trigger, pattern)


def mediated(sources: list[Filler], members: list[Filler], trigger: tuple[Token, ...],
             pattern: str) -> Iterator[Proposal]:
    """A mediation by each source between each two of the others: `target` is the second-named, `third` the first."""
    meaning = ClaimType.MEDIATE.meaning
    for source in sources:
        others = [member for member in members if member.mention.actor != source.mention.actor]
        for place, third in enumerate(others):
            for target in others[place + 1:]:
                yield Proposal(ClaimType.MEDIATE, meaning.sign, meaning.layer, source, target, trigger, pattern, third)
        if len(others) == 1:
            yield Proposal(ClaimType.MEDIATE, meaning.sign, meaning.layer, source, others[0], trigger, pattern)


def reached(fillers: Iterable[Filler], route: Route) -> list[Filler]:
    """The fillers, those that stood directly in place now marked as reached by another route."""
    return [filler.by(route) if filler.route is Route.HEAD else filler for filler in fillers]
