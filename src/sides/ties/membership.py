"""Who is a member of a bloc at a date, who joined and left when, by the registry and by what documents say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sides.model.actor import ActorKind
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.ties.organization import Bond
from sides.ties.signals import month_of
from sides.ties.view import View

BELONGING = frozenset({ClaimType.MEMBER_OF, ClaimType.PART_OF})
# Who leaves one bloc and joins another within so many months, before or after, moved between them. Judgement.
ONE_MOVE = 12


@dataclass(frozen=True, slots=True)
class Member:
    """An actor that belongs to a bloc at a date, and stands for itself."""

    actor: str
    bonds: tuple[Bond, ...]  # what tells that it does


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody joined a bloc or left it, and what tells it."""

    actor: str
    bloc: str
    date: PartialDate
    is_joining: bool
    bond: Bond


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody left one bloc and joined another about that time."""

    left: Passage
    joined: Passage


class Membership:
    """The blocs of a ledger by what was known at a date, and who belongs to them."""

    def __init__(self, view: View, known: PartialDate | None = None) -> None:
        self.view = view
        self.organization = view.organization(known.last if known else None)

    def members(self, bloc: str, at: PartialDate) -> tuple[Member, ...]:
        """Who belongs to a bloc at a date, by id: no persons, and no parts that act for the bloc itself.

        Who is told to have left, by a document or the registry, belongs to it again once something later says so.
        """
        bonds: dict[str, list[Bond]] = {}
        for bond in self._bonds(bloc):
            bonds.setdefault(bond.child, []).append(bond)
        found = []
        for child in sorted(bonds):
            holding = tuple(bond for bond in bonds[child] if _holds(bond, at)
                            and not _is_outdated(bond, bonds[child], at))
            if holding and self.organization.principal(child, at) != bloc:
                found.append(Member(child, holding))
        return tuple(found)

    def blocs(self, at: PartialDate) -> dict[str, tuple[Member, ...]]:
        """All that have two members at a date that the ledger knows of, by id, with them."""
        found = {bloc: self.members(bloc, at) for bloc in sorted(self.organization.wholes)}
        return {bloc: members for bloc, members in found.items() if len(members) > 1}

    def passages(self, bloc: str, at: PartialDate) -> list[Passage]:
        """Who joined a bloc and left it up to a date, by date; what several tell alike once, as the registry has it."""
        found: dict[tuple[str, str, bool], Passage] = {}
        for bond in sorted(self._bonds(bloc), key=lambda one: (one.source is None, one.claim.id if one.claim else "")):
            for day, is_joining in ((bond.holds.start, True), (bond.holds.end, False)):
                if day is not None and day.first <= at.last:
                    found.setdefault((bond.child, str(day), is_joining),
                                     Passage(bond.child, bloc, day, is_joining, bond))
        return sorted(found.values(), key=lambda one: (one.date, one.actor, one.is_joining))

    def moves(self, bloc: str, at: PartialDate) -> list[Move]:
        """Who left a bloc and joined another about that time, or the other way round, by date of leaving."""
        found: list[Move] = []
        for own in self.passages(bloc, at):
            others = {bond.parent for bond in self.organization.above(own.actor) if bond.type in BELONGING} - {bloc}
            passages = [passage for other in sorted(others) for passage in self.passages(other, at)]
            found.extend(Move(passage, own) if own.is_joining else Move(own, passage) for passage in passages
                         if passage.actor == own.actor and passage.is_joining is not own.is_joining
                         and abs(month_of(passage.date.first) - month_of(own.date.first)) <= ONE_MOVE)
        return sorted(found, key=lambda one: (one.left.date, one.left.actor, one.left.bloc, one.joined.bloc))

    def _bonds(self, bloc: str) -> Iterator[Bond]:
        for bond in self.organization.below(bloc):
            child = self.view.actor(bond.child)
            if bond.type in BELONGING and (child is None or child.kind is not ActorKind.PERSON):
                yield bond


def _holds(bond: Bond, at: PartialDate) -> bool:
    """Whether a bond may hold at a date; one of the registry that has no dates, as far as its source knows."""
    if bond.source is not None and bond.observed is not None and bond.observed.after <= at.first:
        return False
    return bond.may_hold(at)


def _is_outdated(bond: Bond, others: list[Bond], at: PartialDate) -> bool:
    """Whether another bond ended by a date, and later than this one is known to have held.

    An end that the registry gives itself stands: what documents say of an earlier one does not shorten it.
    """
    if bond.source is not None and bond.holds.end is not None:
        return False
    seen = bond.observed if bond.claim is not None else bond.holds.start
    return any(other.holds.end is not None and other.has_ended(at)
               and (seen is None or seen.first < other.holds.end.after) for other in others)
