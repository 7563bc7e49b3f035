"""What changed: the turns of all ties in a stretch of time, the dyads first told of in it, and what we know otherwise.

The first two are changes of the world, told by all that is known. The third is a change of knowledge: the state at one
date, by what had been published by one day and by another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sides.ledger.values import StoredDocument
from sides.model.dates import PartialDate
from sides.model.errors import DateError
from sides.ties.atlas import About, Atlas, Dyad
from sides.ties.evidence import Evidence
from sides.ties.history import Contribution, Turn
from sides.ties.selection import selected, tie_of, told_at
from sides.ties.signals import month_date
from sides.ties.states import State, expected
from sides.ties.tie import Tie

Probabilities = Mapping[State, float]


@dataclass(frozen=True, slots=True)
class TieTurn:
    """A turn of the tie of two actors, with the probability of each state before and after it."""

    left: str
    right: str
    turn: Turn
    before: Probabilities  # in the month before the turn may have begun
    after: Probabilities  # in the last month by which it had come about


@dataclass(frozen=True, slots=True)
class Appearance:
    """A dyad of which nothing earlier is told."""

    left: str
    right: str
    first: Evidence  # the earliest that is told of the two
    state: State | None  # in its month; `None`: it speaks of no state, as a denial alone does
    probabilities: Probabilities


@dataclass(frozen=True, slots=True)
class Revision:
    """A tie whose state at one date is another one by what is known now than by what was known then."""

    left: str
    right: str
    at: PartialDate
    before: State | None  # by the earlier knowledge; `None`: nothing was said
    before_probabilities: Probabilities
    after: State | None
    after_probabilities: Probabilities
    by: tuple[Contribution, ...]  # what came in between, that which moves the state most in this direction first

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents that what came in between stands in, in its order.

        None where the claims are the old ones: then it is known only now, or known no longer, whom somebody in them
        acted for.
        """
        return tuple({one.evidence.document.id: one.evidence.document for one in self.by}.values())


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two dates of the world, and between two dates of knowledge."""

    since: PartialDate
    until: PartialDate | None
    known_since: PartialDate | None
    at: PartialDate | None  # of the revisions
    turns: tuple[TieTurn, ...]  # by date
    appeared: tuple[Appearance, ...]  # by date
    revised: tuple[Revision, ...]  # the farthest first


def changes(atlas: Atlas, since: PartialDate, until: PartialDate | None = None, actors: Sequence[str] = (), *,
            known_since: PartialDate | None = None, at: PartialDate | None = None) -> Changes:
    """What changed from the first day of `since` up to that of `until`, which does not count; `None`: to the end.

    `actors`: as in `selected`. A turn counts by its likeliest month, an appearance by the date of its first claim; a
    month or year counts if some day of it does. With `known_since`, also the ties whose state at `at` (by default at
    `known_since`: what one thought of the present then, and what one thinks of it now) is another one by the atlas's
    knowledge than by that of `known_since`. Raises `DateError` where one date is not before the other.
    """
    if until is not None and until.first <= since.first:
        raise DateError(f"Nothing lies between {since} and {until}: give a date after {since}.")
    if known_since is not None and atlas.known is not None and atlas.known.last <= known_since.last:
        raise DateError(f"What was known by {atlas.known} is compared with what was known before it, and {known_since} "
                        "is no earlier.")
    end = until.first if until else None
    turns, appeared = [], []
    now = selected(atlas, actors)
    for dyad, about in now.items():
        tie = tie_of(atlas, dyad, about)
        turns += _turns(tie, since.first, end)
        if tie.evidence and _is_within(tie.evidence[0].date, since.first, end):
            appeared.append(_appearance(tie))
    revised: list[Revision] = []
    if known_since is not None:
        then = Atlas(atlas.view, known=known_since, lens=atlas.lens, exact=atlas.exact)
        revised = _revisions(then, selected(then, actors), atlas, now, at or known_since)
    return Changes(since, until, known_since, (at or known_since) if known_since else None,
                   tuple(sorted(turns, key=lambda one: (one.turn.month, one.turn.first, one.left, one.right))),
                   tuple(sorted(appeared, key=lambda one: (one.first.date, one.left, one.right))), tuple(revised))


def _is_within(day: PartialDate, since: date, until: date | None) -> bool:
    return day.last >= since and (until is None or day.first < until)


def _turns(tie: Tie, since: date, until: date | None) -> list[TieTurn]:
    """The turns of a tie in a window; which claims carry them is asked only where there are any."""
    history = tie.history
    if history is None or not any(_is_within(month_date(history.begin + one.month), since, until)
                                  for one in history.changes):
        return []
    return [TieTurn(tie.left, tie.right, turn,
                    history.probabilities(month_date(history.begin + max(change.first - 1, 0))),
                    history.probabilities(turn.last))
            for change, turn in zip(history.changes, history.turns(), strict=True)
            if _is_within(turn.month, since, until)]


def _appearance(tie: Tie) -> Appearance:
    first = tie.evidence[0]
    if tie.history is None:
        return Appearance(tie.left, tie.right, first, None, {})
    return Appearance(tie.left, tie.right, first, tie.history.state(first.date), tie.history.probabilities(first.date))


def _revisions(then: Atlas, before: Mapping[Dyad, About], now: Atlas, after: Mapping[Dyad, About],
               at: PartialDate) -> list[Revision]:
    """The dyads whose state at a date differs between two atlases, those whose expected level does so most first."""
    found = []
    nothing = About((), ())
    for dyad in sorted({*before, *after}):
        old, new = before.get(dyad, nothing), after.get(dyad, nothing)
        if old == new:
            continue
        one, other = tie_of(then, dyad, old, at), tie_of(now, dyad, new, at)
        (left, left_shares), (right, right_shares) = told_at(one, at), told_at(other, at)
        if left is right:
            continue
        shift = expected(right_shares) - expected(left_shares)
        seen = {evidence.claim.id for evidence in one.evidence}
        fresh = [own for own in other.contributions if own.evidence.claim.id not in seen]
        fresh.sort(key=lambda own: (-round(own.shift * (1 if shift > 0 else -1), 9), own.evidence.claim.id))
        found.append((shift, Revision(*dyad, at, left, left_shares, right, right_shares, tuple(fresh))))
    found.sort(key=lambda pair: (-round(abs(pair[0]), 9), pair[1].left, pair[1].right))
    return [revision for _, revision in found]
