"""A claim counted for two sides: its actors themselves, or the organizations that they act for at its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.ties.organization import Bond, Organization


@dataclass(frozen=True, slots=True)
class Counted:
    """A person or part that is counted for an organization in one claim, and why: the bonds from the one to the other.

    `at` is the date of the claim, at which the bonds are taken to hold.
    """

    actor: str
    whole: str
    at: PartialDate
    bonds: tuple[Bond, ...]


def date_of(claim: Claim, published: PartialDate) -> PartialDate:
    """The date at which the actors of a claim act: its own, else its document's."""
    return claim.start or published


def joining(one: str, other: str, at: PartialDate, left: str, right: str, organization: Organization | None,
            ) -> tuple[Counted, ...] | None:
    """How two actors count for two sides at a date; None if they do not. Without an organization, all stand alone."""
    for first, second in ((left, right), (right, left)):
        paths = (path(one, first, at, organization), path(other, second, at, organization))
        if paths[0] is not None and paths[1] is not None:
            return tuple(Counted(actor, whole, at, bonds) for actor, whole, bonds in
                         ((one, first, paths[0]), (other, second, paths[1])) if bonds)
    return None


def path(actor: str, whole: str, at: PartialDate, organization: Organization | None) -> tuple[Bond, ...] | None:
    """The bonds by which an actor counts for another, none for itself; None if it does not."""
    if organization is None:
        return () if actor == whole else None
    return organization.path(actor, whole, at)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person or part was counted for an organization in the claims of a tie, and why."""

    actor: str
    whole: str
    bonds: tuple[Bond, ...]  # as they stood at the first of the claims
    first: PartialDate  # of the claims
    last: PartialDate
    claims: int


def standings(every: Iterable[Counted]) -> tuple[Standing, ...]:
    """One standing for each actor, organization and way from one to the other; most claims first, then by id."""
    ways: dict[tuple[str, str, tuple[tuple[str, str, str], ...]], list[Counted]] = {}
    for one in every:
        steps = tuple((bond.parent, bond.type.value, bond.source or "") for bond in one.bonds)
        ways.setdefault((one.actor, one.whole, steps), []).append(one)
    found = []
    for (actor, whole, _), some in sorted(ways.items()):
        in_order = sorted(some, key=lambda one: (one.at, [_label(bond) for bond in one.bonds]))
        found.append(Standing(actor, whole, in_order[0].bonds, in_order[0].at, in_order[-1].at, len(some)))
    return tuple(sorted(found, key=lambda one: (-one.claims, one.whole, one.actor, one.first)))


def _label(bond: Bond) -> tuple[str, str]:
    return bond.label, bond.claim.id if bond.claim else ""
