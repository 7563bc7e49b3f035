"""Organization over time: who belongs to whom at a date, and what tells it.

Two kinds of knowledge are laid together as *bonds*: the registry's posts and relations, with their dates, and what the
documents say (structure claims). Asked for a date, the firmest bond that may hold then decides for whom somebody acts:

1. What the registry knows to hold at the date: a post with a beginning, a wing. Who governs acts for the state, and not
   for a party.
2. Of what documents say, the organization with the most weight: each claim weighs what its reading is worth, half as
   much for every two years between the date and when it was said to hold. What ended before does not count; a
   membership counts only where nobody says that the person leads, speaks for or works for anyone.
3. What documents say to begin only later, and posts of the registry whose dates are not known.
4. The parent that the actor was entered with.

So a minister who changed sides counts for each side in its time, and a wing that split off stands for itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sides.actors.registry import Registry
from sides.model.actor import Actor, ActorKind, Relation
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Modality
from sides.model.dates import Interval, PartialDate

# What is said of one year weighs half as much two years away: chosen so that two claims of the time outweigh one of
# two years later, and a whole career does not outweigh the present post; tests/ties/test_organization.py watches it.
HALVED_AFTER_DAYS = 2 * 365.25
# A state does not count for its bloc, nor a movement for the one that it belongs to: they stand for themselves.
ALWAYS_ACTING = frozenset({ActorKind.PERSON, ActorKind.ORGAN})
POSTS = frozenset({ClaimType.LEADS, ClaimType.OFFICIAL_OF, ClaimType.REPRESENTS})


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of `data/ties/organization.toml`."""

    acting: tuple[ClaimType, ...]
    wings: frozenset[str]
    splinters: frozenset[str]


@cache
def rules() -> Rules:
    """The shipped rules."""
    table = tomllib.loads((files("sides") / "data/ties/organization.toml").read_text(encoding="utf-8"))
    return Rules(tuple(ClaimType(name) for name in table["acting"]), frozenset(table["wings"]),
                 frozenset(table["splinters"]))


@dataclass(frozen=True, slots=True)
class Bond:
    """One actor's place in another for a while, and what tells it: a source of the registry, or a claim."""

    child: str
    type: ClaimType
    parent: str
    holds: Interval  # an end of `None`: not known to have ended
    label: str  # "leads", "wing", or the office
    source: str | None = None  # the registry's source; None: a claim
    claim: Claim | None = None
    observed: PartialDate | None = None  # when it is surely so: the claim's date, the last that a source knows of
    is_dated: bool = False  # whether its beginning is known

    def may_hold(self, at: PartialDate) -> bool:
        """Whether it may hold on some day of a date, as far as its own end and beginning tell."""
        if self.has_ended(at):
            return False
        return not (self.is_dated and self.holds.start is not None and self.holds.start.first > at.last)

    def has_ended(self, at: PartialDate) -> bool:
        """Whether it was over before the date began; a post that is said to be over was so by the document's date."""
        end = self.holds.end
        if end is None:
            return False
        is_by_then = self.claim is not None and self.claim.dated_from == "document"
        return at.first >= (end.first if is_by_then else end.after)

    def weight(self, at: PartialDate) -> float:
        """What a claim is worth at a date: its confidence, halved with every two years from when it is surely so."""
        if self.claim is None:
            return 0.0
        return self.claim.confidence * float(2 ** (-self._days_from(at) / HALVED_AFTER_DAYS))

    def _days_from(self, at: PartialDate) -> int:
        if self.is_dated and self.holds.start is not None and self.holds.end is not None:
            if self.holds.overlaps(at.first, at.after):
                return 0
            first, last = self.holds.start.first, self.holds.end.last
        else:
            seen = self.observed or at
            first, last = seen.first, seen.last
        return max(0, (first - at.last).days, (at.first - last).days)


class Organization:
    """Who belongs to whom, at any date. Made by `Organization.of`; never changes afterwards."""

    def __init__(self, actors: Mapping[str, Actor], bonds: Iterable[Bond]) -> None:
        self._actors = actors
        self._above: dict[str, list[Bond]] = {}
        self._below: dict[str, list[Bond]] = {}
        for bond in sorted(set(bonds), key=_order):
            self._above.setdefault(bond.child, []).append(bond)
            self._below.setdefault(bond.parent, []).append(bond)
        self._found: dict[tuple[str, PartialDate], Bond | None] = {}

    @classmethod
    def of(cls, actors: Mapping[str, Actor], structure: Iterable[Claim], published: Mapping[str, PartialDate],
           registry: Registry) -> Organization:
        """From the actors of some documents, their structure claims, when each was published, and the registry."""
        bonds = [told(claim, published[claim.document]) for claim in structure
                 if claim.modality is Modality.ASSERTED and not is_splinter(claim)]
        waiting = sorted({*actors, *(bond.parent for bond in bonds)})
        known: dict[str, Actor] = dict(actors)
        seen: set[str] = set()
        while waiting:
            identifier = waiting.pop()
            if identifier in seen:
                continue
            seen.add(identifier)
            actor = known.get(identifier) or registry.get(identifier)
            if actor is None:
                continue
            known[identifier] = actor
            listed = [listed_bond(relation) for relation in registry.relations(identifier)
                      if relation.relation.upper() in ClaimType.__members__]
            if actor.parent and all(bond.parent != actor.parent for bond in listed):
                listed.append(Bond(identifier, ClaimType.PART_OF, actor.parent, Interval(), "part of"))
            bonds += listed
            waiting += [bond.parent for bond in listed]
        return cls(known, bonds)

    @property
    def wholes(self) -> frozenset[str]:
        """All that somebody is a part, member, leader or official of at some time."""
        return frozenset(self._below)

    def above(self, actor: str, at: PartialDate | None = None) -> tuple[Bond, ...]:
        """All that an actor is a part, member, leader or official of; at a date, what may hold then."""
        return tuple(bond for bond in self._above.get(actor, ()) if at is None or bond.may_hold(at))

    def below(self, actor: str, at: PartialDate | None = None) -> tuple[Bond, ...]:
        """All that is a part, member, leader or official of an actor; at a date, what may hold then."""
        return tuple(bond for bond in self._below.get(actor, ()) if at is None or bond.may_hold(at))

    def ever_acts(self, actor: str) -> bool:
        """Whether an actor may act for another at some time; if not, it always stands for itself."""
        return any(self._is_acting(bond) for bond in self._above.get(actor, ()))

    def acts_for(self, actor: str, at: PartialDate) -> Bond | None:
        """For whom a person or part acts at a date, and what tells it; None if it stands for itself."""
        key = (actor, at)
        if key not in self._found:
            self._found[key] = self._decide([bond for bond in self._above.get(actor, ()) if self._is_acting(bond)], at)
        return self._found[key]

    def chain(self, actor: str, at: PartialDate) -> tuple[Bond, ...]:
        """The bonds from an actor up to the one that it acts for in the end: commander, brigade, movement."""
        found: list[Bond] = []
        passed = {actor}
        while (bond := self.acts_for(found[-1].parent if found else actor, at)) and bond.parent not in passed:
            found.append(bond)
            passed.add(bond.parent)
        return tuple(found)

    def principal(self, actor: str, at: PartialDate) -> str:
        """The actor that a person or part acts for in the end, at a date; any other stands for itself."""
        chain = self.chain(actor, at)
        return chain[-1].parent if chain else actor

    def path(self, actor: str, whole: str, at: PartialDate) -> tuple[Bond, ...] | None:
        """The bonds by which an actor counts for another at a date, none for itself; None if it does not."""
        if actor == whole:
            return ()
        chain = self.chain(actor, at)
        return next((chain[:place + 1] for place, bond in enumerate(chain) if bond.parent == whole), None)

    def ever(self, whole: str) -> frozenset[str]:
        """An actor with all that may count for it at some time: which of them do at a date, `path` tells."""
        found: set[str] = set()
        waiting = [whole]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += [bond.child for bond in self._below.get(at, ()) if self._is_acting(bond)]
        return frozenset(found)

    def _is_acting(self, bond: Bond) -> bool:
        """Whether a bond is of the kind by which its child may act for its parent."""
        child, parent = self._actors.get(bond.child), self._actors.get(bond.parent)
        if bond.type not in rules().acting:
            return False
        if child is not None and child.kind is ActorKind.PERSON:
            return bond.type is not ClaimType.MEMBER_OF or (
                parent is not None and parent.kind is ActorKind.ORGANIZATION)
        if bond.type is not ClaimType.PART_OF:
            return False
        return (child is not None and child.kind is ActorKind.ORGAN) or bond.label in rules().wings

    def _decide(self, bonds: list[Bond], at: PartialDate) -> Bond | None:
        open_ = [bond for bond in bonds if not bond.has_ended(at)]
        listed = [bond for bond in open_ if bond.source is not None and self._is_known_to_hold(bond, at)]
        said = [bond for bond in open_ if bond.claim is not None and bond.may_hold(at)]
        firm = [bond for bond in said if bond.type is not ClaimType.MEMBER_OF]
        later = [bond for bond in open_ if bond.claim is not None and not bond.may_hold(at)]
        loose = [bond for bond in open_ if bond.source is not None and bond.holds.start is None]
        entered = [bond for bond in open_ if bond.source is None and bond.claim is None]
        governing = [bond for bond in listed if bond.type in POSTS and self._is_state(bond.parent)]
        for candidates in (governing, listed, firm, said, later, loose, entered):
            if candidates:
                return self._firmest(candidates, firm or said, at)
        return None

    def _is_state(self, identifier: str) -> bool:
        actor = self._actors.get(identifier)
        return actor is not None and actor.kind is ActorKind.STATE

    def _firmest(self, bonds: list[Bond], said: list[Bond], at: PartialDate) -> Bond:
        """The bond to the parent that documents give most weight at the date, then by what is done for it."""
        weights: dict[str, float] = {}
        for bond in (*said, *(bond for bond in bonds if bond.claim is not None and bond not in said)):
            weights[bond.parent] = weights.get(bond.parent, 0.0) + bond.weight(at)
        return min(bonds, key=lambda bond: (-weights.get(bond.parent, 0.0), rules().acting.index(bond.type),
                                            -bond.weight(at), _order(bond)))

    def _is_known_to_hold(self, bond: Bond, at: PartialDate) -> bool:
        """Whether the registry knows a bond to hold at a date: posts need a beginning, parts may be of always."""
        if bond.type in POSTS and bond.holds.start is None:
            return False
        if bond.observed is not None and bond.observed.after <= at.first:
            return False
        return bond.holds.overlaps(at.first, at.after)


def told(claim: Claim, published: PartialDate) -> Bond:
    """The bond that a structure claim tells of, in a document published at a date."""
    is_dated = claim.dated_from == "text" and claim.start is not None
    label = claim.trigger.lower() if claim.trigger.lower() in rules().wings else claim.type.value.lower().replace(
        "_", " ")
    over = claim.end is not None and claim.start is None
    return Bond(claim.source, claim.type, claim.target,
                Interval(claim.start if is_dated else None, claim.end), label, claim=claim,
                observed=claim.end if over else claim.start if is_dated else published, is_dated=is_dated)


def is_splinter(claim: Claim) -> bool:
    """Whether a claim says that one came out of the other, and so is no longer a part of it."""
    return claim.type is ClaimType.PART_OF and claim.trigger.lower() in rules().splinters


def listed_bond(relation: Relation) -> Bond:
    """The bond that a row of the registry tells of."""
    return Bond(relation.child, ClaimType(relation.relation.upper()), relation.parent, relation.holds,
                relation.label or relation.relation.replace("_", " "), source=relation.source or "registry",
                observed=relation.known_until, is_dated=relation.holds.start is not None)


def _order(bond: Bond) -> tuple[str, str, str, bool, str, str, date, str]:
    return (bond.child, bond.type.value, bond.parent, bond.claim is not None, bond.source or "", bond.label,
            bond.holds.start.first if bond.holds.start else date.min, bond.claim.id if bond.claim else "")
