"""Blocs from their members: who belongs to one, how well they stand with each other and toward outsiders, who drifts.

A pair of members is known at a date if something is told of the two up to then. The cohesion of a bloc is the mean,
over its known pairs, of the probability that the two are friendly or allied. Members stand for themselves in the ties:
a bloc that is itself said to do something has ties of its own, which count for none of its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas
from sides.ties.membership import Member, Membership, Move, Passage
from sides.ties.signals import month_date, month_of
from sides.ties.states import State, expected
from sides.ties.tie import Tie

Floats = NDArray[np.float64]
# An outsider toward whom one member is this far below neutral, and another this far above, splits the bloc. Judgement.
SPLIT = 0.5
# A member drifts if it stands so much better with another bloc than with the rest of its own. Judgement.
DRIFT = 0.25
# ...and if it has ties with so many members of the other bloc: one friend is no bloc.
FRIENDS = 2


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How well the members of a bloc stand with each other at a date."""

    bloc: str
    at: PartialDate
    members: int
    pairs: int
    known: int  # pairs of which something is told by then
    mean: float | None  # probability of friendly or allied, over the known pairs; `None`: none is known


@dataclass(frozen=True, slots=True)
class MemberPair:
    """Two members and their tie, at the date asked about."""

    left: str
    right: str
    tie: Tie
    friendly: float  # probability of friendly or allied


@dataclass(frozen=True, slots=True)
class Toward:
    """How one member stands toward somebody outside."""

    member: str
    tie: Tie
    level: float  # expected, -2 hostile to 2 allied


@dataclass(frozen=True, slots=True)
class Stance:
    """How members stand toward somebody outside: each of whom something is told, the worst first."""

    outsider: str
    members: tuple[Toward, ...]
    mean: float  # of their levels

    @property
    def spread(self) -> float:
        """From the worst to the best level, 0 to 4."""
        return self.members[-1].level - self.members[0].level

    @property
    def is_split(self) -> bool:
        """Whether one stands below neutral toward it, and another above."""
        return self.members[0].level <= -SPLIT and self.members[-1].level >= SPLIT


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another bloc with members of this one."""

    bloc: str
    shared: tuple[str, ...]
    jaccard: float  # shared members by all members of the two


@dataclass(frozen=True, slots=True)
class Drift:
    """A member that stands better with another bloc than with the rest of its own, and did not always."""

    actor: str
    toward: str
    month: PartialDate  # since when
    level: float  # with the rest of its own bloc, at the date asked about
    level_toward: float


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc at a date."""

    bloc: str
    at: PartialDate
    known: PartialDate | None
    members: tuple[Member, ...]
    cohesion: Cohesion
    pairs: tuple[MemberPair, ...]  # those that are known, the worst first
    own: tuple[Tie, ...]  # the ties of members with the bloc itself, as far as something is told, by id
    stances: tuple[Stance, ...]  # of two members at least: what splits them most first, then what they are surest of
    overlaps: tuple[Overlap, ...]  # most alike first
    passages: tuple[Passage, ...]  # who joined and left, by date
    moves: tuple[Move, ...]  # from one bloc to another, by date
    drifts: tuple[Drift, ...]  # by month
    years: tuple[Cohesion, ...]  # from the first of which something is told of two members to the date


def bloc(atlas: Atlas, identifier: str, at: PartialDate | None = None) -> Bloc:
    """A bloc at a date; by default the latest that documents tell of. One that nobody belongs to has no members."""
    membership = Membership(atlas.view, atlas.known)
    day = date_asked(atlas, at)
    members = membership.members(identifier, day)
    pairs = known_pairs(atlas, _sides(atlas, members, day), day)
    others = {other: found for other, found in membership.blocs(day).items() if other != identifier}
    return Bloc(
        identifier, day, atlas.known, members, _cohesion(identifier, members, [pair.friendly for pair in pairs], day),
        tuple(sorted(pairs, key=lambda one: (round(one.friendly, 9), one.left, one.right))),
        tuple(tie for actor in _sides(atlas, members, day)
              if actor != identifier and (tie := _told(atlas, actor, identifier, day)) is not None),
        tuple(_stances(atlas, identifier, _sides(atlas, members, day), day)),
        tuple(_overlaps(members, others)), tuple(membership.passages(identifier, day)),
        tuple(membership.moves(identifier, day)),
        tuple(_drifts(atlas, _sides(atlas, members, day),
                      {other: _sides(atlas, found, day) for other, found in others.items()}, day)),
        tuple(_years(atlas, membership, identifier, day)))


def blocs(atlas: Atlas, at: PartialDate | None = None) -> list[Cohesion]:
    """All blocs of two known members, with their cohesion; those whose pairs are known best first."""
    day = date_asked(atlas, at)
    found = []
    for identifier, members in Membership(atlas.view, atlas.known).blocs(day).items():
        pairs = known_pairs(atlas, _sides(atlas, members, day), day)
        found.append(_cohesion(identifier, members, [pair.friendly for pair in pairs], day))
    return sorted(found, key=lambda one: (-one.known / one.pairs, -one.known, one.bloc))


def date_asked(atlas: Atlas, at: PartialDate | None) -> PartialDate:
    """The date asked about; by default the latest that documents tell of."""
    return at or atlas.horizon or atlas.known or PartialDate(1)


def known_pairs(atlas: Atlas, actors: Sequence[str], at: PartialDate) -> list[MemberPair]:
    """The pairs of some actors of whom something is told by a date."""
    found = []
    for left, right in combinations(actors, 2):
        tie = _told(atlas, left, right, at)
        if tie is not None:
            shares = tie.probabilities
            found.append(MemberPair(left, right, tie, shares[State.FRIENDLY] + shares[State.ALLIED]))
    return found


def _told(atlas: Atlas, left: str, right: str, at: PartialDate) -> Tie | None:
    """The tie of two actors, if something is told of them by a date."""
    if (min(left, right), max(left, right)) not in atlas.dyads:
        return None
    tie = atlas.tie(left, right, at)
    return tie if tie.history is not None and tie.evidence[0].date.first <= at.last else None


def _sides(atlas: Atlas, members: Iterable[Member], at: PartialDate) -> list[str]:
    """The members as they stand in ties: a brigade by the movement that it acts for. Sorted, once each."""
    return sorted({atlas.side(member.actor, at) for member in members})


def _cohesion(identifier: str, members: Sequence[Member], shares: Sequence[float], at: PartialDate) -> Cohesion:
    return Cohesion(identifier, at, len(members), len(members) * (len(members) - 1) // 2, len(shares),
                    sum(shares) / len(shares) if shares else None)


def _years(atlas: Atlas, membership: Membership, identifier: str, at: PartialDate) -> list[Cohesion]:
    """The cohesion at the end of each year, of those who were members then."""
    ever = sorted({atlas.side(passage.actor, at) for passage in membership.passages(identifier, at)}
                  | set(_sides(atlas, membership.members(identifier, at), at)))
    told = [tie.evidence[0].date.year for left, right in combinations(ever, 2)
            if (tie := _told(atlas, left, right, at)) is not None]
    found = []
    for year in range(min(told), at.year + 1) if told else ():
        day = at if year == at.year else PartialDate(year)
        members = membership.members(identifier, day)
        shares = [float(tie.history.shares[tie.history.place(day)][3:].sum())
                  for left, right in combinations(_sides(atlas, members, day), 2)
                  if (tie := _told(atlas, left, right, at)) is not None and tie.history is not None
                  and tie.evidence[0].date.first <= day.last]
        found.append(_cohesion(identifier, members, shares, day))
    return found


def _stances(atlas: Atlas, identifier: str, members: Sequence[str], at: PartialDate) -> list[Stance]:
    """How members stand toward each outsider that two of them are told to have to do with."""
    toward: dict[str, list[Toward]] = {}
    for dyad in atlas.dyads:
        inside = [actor for actor in dyad if actor in members]
        if len(inside) != 1 or identifier in dyad:
            continue
        tie = _told(atlas, *dyad, at)
        if tie is not None:
            outsider = dyad[1] if inside[0] == dyad[0] else dyad[0]
            toward.setdefault(outsider, []).append(Toward(inside[0], tie, expected(tie.probabilities)))
    found = []
    for outsider, some in toward.items():
        if len(some) > 1:
            ranked = sorted(some, key=lambda one: (round(one.level, 9), one.member))
            found.append(Stance(outsider, tuple(ranked), sum(one.level for one in ranked) / len(ranked)))
    return sorted(found, key=lambda one: (not one.is_split, -round(one.spread if one.is_split else abs(one.mean), 9),
                                          one.outsider))


def _overlaps(members: Sequence[Member], others: Mapping[str, Sequence[Member]]) -> list[Overlap]:
    own = {member.actor for member in members}
    found = []
    for other, some in others.items():
        theirs = {member.actor for member in some}
        if own & theirs:
            found.append(Overlap(other, tuple(sorted(own & theirs)), len(own & theirs) / len(own | theirs)))
    return sorted(found, key=lambda one: (-one.jaccard, one.bloc))


def _drifts(atlas: Atlas, members: Sequence[str], others: Mapping[str, Sequence[str]], at: PartialDate) -> list[Drift]:
    """The members that stand better with another bloc than with the rest; of several blocs, the one that is nearest."""
    found = []
    for actor in members:
        rest = _levels(atlas, actor, [other for other in members if other != actor], at, least=1)
        if rest is None:
            continue
        nearest: list[Drift] = []
        for other, some in others.items():
            if actor in some:
                continue
            theirs = _levels(atlas, actor, [one for one in some if one not in members], at, least=FRIENDS)
            if theirs is None:
                continue
            begin = max(rest[0], theirs[0])
            own, foreign = rest[1][begin - rest[0]:], theirs[1][begin - theirs[0]:]
            before = np.flatnonzero(foreign < own)
            if len(before) and foreign[-1] > own[-1] + DRIFT:
                nearest.append(Drift(actor, other, month_date(begin + int(before[-1]) + 1), float(own[-1]),
                                     float(foreign[-1])))
        if nearest:
            found.append(min(nearest, key=lambda one: (-round(one.level_toward, 9), one.toward)))
    return sorted(found, key=lambda one: (one.month, one.actor))


def _levels(atlas: Atlas, actor: str, others: Sequence[str], at: PartialDate, *, least: int,
            ) -> tuple[int, Floats] | None:
    """The first month, and from it to a date the mean expected level of an actor with those of whom something is told.

    It begins when something is told of `least` of them; `None` if that is never so.
    """
    ties = [tie for other in others if (tie := _told(atlas, actor, other, at)) is not None]
    if len(ties) < least:
        return None
    last = month_of(at.last)
    starts = sorted(month_of(tie.evidence[0].date.first) for tie in ties)
    begin = starts[least - 1]
    total, count = np.zeros(last - begin + 1), np.zeros(last - begin + 1)
    for tie in ties:
        assert tie.history is not None  # else nothing is told of it
        since = max(begin, month_of(tie.evidence[0].date.first))
        total[since - begin:] += tie.history.levels[since - tie.history.begin:last - tie.history.begin + 1]
        count[since - begin:] += 1
    return begin, total / count
