"""What judgements change: the claims, actors and ties of a ledger before and after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sides.ledger.escape import escaped, unescaped
from sides.ledger.parquet import quoted
from sides.ledger.settlement import NOBODY
from sides.ledger.snapshot import Snapshot
from sides.model.actor import Actor
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind
from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas, Dyad
from sides.ties.between import tie_between
from sides.ties.evidence import Evidence
from sides.ties.lens import OPEN, Lens
from sides.ties.tie import Tie
from sides.ties.view import View, targets

# Probabilities that differ by less look the same wherever they are shown.
LEAST = 5e-5
MENTIONED = "SELECT actor, count(*) FROM mentions WHERE actor IN ({}) GROUP BY actor"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim before and after; `None`: not shown then."""

    before: Evidence | None
    after: Evidence | None


@dataclass(frozen=True, slots=True)
class ActorChange:
    """An actor before and after, with how many mentions it has; `None`: not shown then."""

    id: str
    before: Actor | None
    after: Actor | None
    mentions_before: int
    mentions_after: int


@dataclass(frozen=True, slots=True)
class TieChange:
    """A tie before and after."""

    before: Tie
    after: Tie

    @property
    def shift(self) -> float:
        """By how much its expected level (-2 hostile to 2 allied) changes at the date; what is not told counts 0."""
        return level(self.after) - level(self.before)

    @property
    def is_seen(self) -> bool:
        """Whether state, probabilities or turns differ."""
        one, other = self.before.probabilities, self.after.probabilities
        return (self.before.state is not self.after.state
                or any(abs(other.get(state, 0.0) - one.get(state, 0.0)) >= LEAST for state in {*one, *other})
                or turns(self.before) != turns(self.after))


@dataclass(frozen=True, slots=True)
class Consequences:
    """What differs between a ledger and the same with other judgements laid over it."""

    claims: tuple[ClaimChange, ...]  # by document and place
    actors: tuple[ActorChange, ...]  # by id
    ties: tuple[TieChange, ...]  # what changes most first


def consequences(before: View, after: View, *, at: PartialDate | None = None, known: PartialDate | None = None,
                 lens: Lens = OPEN, exact: bool = False) -> Consequences:
    """Compare two views of the same documents that differ in judgements only. Ties are those of the date `at`."""
    corrected = sorted(_overlays(before.snapshot) ^ _overlays(after.snapshot))
    decided = _decided(before.snapshot, after.snapshot)
    pairs = {pair for identifier in sorted({claim for claim, _ in corrected})
             for pair in _corrected(before.snapshot, after.snapshot, identifier)}
    pairs |= set(_moved(before.snapshot, after.snapshot, decided, {one.id for pair in pairs for one in pair if one}))
    changed = [(one, other) for one, other in pairs if one != other]
    asked = (at, known, lens, exact)
    is_wide = bool(decided) or any(claim.kind is Kind.STRUCTURE for pair in changed for claim in pair if claim)
    ties = _all_ties(before, after, *asked) if is_wide else _ties_of(before, after, changed, *asked)
    return Consequences(
        claims=tuple(_claim_changes(before, after, changed)), actors=tuple(_actor_changes(before, after, decided)),
        ties=tuple(sorted((tie for tie in ties if tie.is_seen),
                          key=lambda one: (-round(abs(one.shift), 9), one.after.left, one.after.right))))


def level(tie: Tie) -> float:
    """The expected level of a tie at its date, -2 hostile to 2 allied; 0 where nothing is told."""
    return sum(state.level * share for state, share in tie.probabilities.items())


def turns(tie: Tie) -> list[tuple[str, str, str]]:
    """The turns of a tie: from which state to which, in which month."""
    return [(turn.before.value, turn.after.value, str(turn.month)) for turn in tie.turns]


Pair = tuple[Claim | None, Claim | None]


def _overlays(snapshot: Snapshot) -> set[tuple[str, str]]:
    """Each correction in force, after the id of its claim."""
    return {(correction.claim, correction.id) for correction in snapshot.corrections_in_force()}


def _corrected(before: Snapshot, after: Snapshot, read_id: str) -> Iterator[Pair]:
    """A claim as it was corrected, and one that is hidden because another says the same then, or shown again."""
    one, other = (next(iter(snapshot.claims(read_ids=[read_id])), None) for snapshot in (before, after))
    yield one, other
    if other is not None and (one is None or one.id != other.id) and (hidden := before.claim(other.id)):
        yield hidden, None
    if one is not None and (other is None or one.id != other.id) and (shown := after.claim(one.id)):
        yield None, shown


def _decided(before: Snapshot, after: Snapshot) -> list[str]:
    """The actors that other decisions are about, as themselves and as whom they are shown; sorted."""
    ways = (before.settlement, after.settlement)
    one, other = ({decision.id: decision for decision in settlement.decisions} for settlement in ways)
    about = {actor for identifier in one.keys() ^ other.keys()
             for decision in [one.get(identifier) or other[identifier]] for actor in (decision.actor, decision.into)
             if actor}
    return sorted({*about, *(settlement.shown(actor) for settlement in ways for actor in about)} - {NOBODY})


def _moved(before: Snapshot, after: Snapshot, actors: list[str], done: set[str]) -> Iterator[Pair]:
    """The claims of some actors, those that corrections touch aside, by the ids that they keep."""
    if not actors:
        return
    one, other = ({claim.id: claim for claim in (*snapshot.claims(actors=actors), *snapshot.claims(speakers=actors))}
                  for snapshot in (before, after))
    for identifier in sorted((one.keys() | other.keys()) - done):
        yield one.get(identifier), other.get(identifier)


def _claim_changes(before: View, after: View, pairs: list[Pair]) -> Iterator[ClaimChange]:
    earlier, later = ({one.claim: one for one in view.each([claim for claim in claims if claim])}
                      for view, claims in ((before, [one for one, _ in pairs]), (after, [other for _, other in pairs])))
    changes = [ClaimChange(earlier[one] if one else None, later[other] if other else None) for one, other in pairs]

    def place(change: ClaimChange) -> tuple[PartialDate, str, int, str]:
        found = change.before or change.after
        assert found is not None
        return found.document.published, found.claim.document, found.claim.begin_char, found.claim.id

    yield from sorted(changes, key=place)


def _actor_changes(before: View, after: View, actors: list[str]) -> Iterator[ActorChange]:
    if not actors:
        return
    among = MENTIONED.format(", ".join(quoted(escaped(actor)) for actor in actors))
    one, other = ({unescaped(str(actor)): int(count) for actor, count in view.snapshot.sql(among).fetchall()}
                  for view in (before, after))
    for actor in actors:
        change = ActorChange(actor, before.actors.get(actor), after.actors.get(actor), one.get(actor, 0),
                             other.get(actor, 0))
        if change.before != change.after or change.mentions_before != change.mentions_after:
            yield change


def _all_ties(before: View, after: View, at: PartialDate | None, known: PartialDate | None, lens: Lens,
              exact: bool) -> Iterator[TieChange]:
    """The ties of every dyad about which other things are said; who belongs to whom may differ too."""
    one, other = (Atlas(view, known=known, lens=lens, exact=exact) for view in (before, after))
    for dyad in sorted(one.dyads.keys() | other.dyads.keys()):
        if _told(one, dyad) != _told(other, dyad):
            yield TieChange(one.tie(*dyad, at), other.tie(*dyad, at))


def _told(atlas: Atlas, dyad: Dyad) -> list[list[tuple[Claim, str]]]:
    about = atlas.dyads.get(dyad)
    return [[(one.claim, one.report) for one in some] for some in (about.evidence, about.mediation)] if about else []


def _ties_of(before: View, after: View, pairs: Iterable[Pair], at: PartialDate | None, known: PartialDate | None,
             lens: Lens, exact: bool) -> Iterator[TieChange]:
    """The ties that some claims speak of. Who belongs to whom is the same in both."""
    day = known.last if known else None
    dyads = set()
    for claim in {claim for pair in pairs for claim in pair if claim}:
        ways = [(claim.source, target) for target in targets(claim)]
        if claim.type is ClaimType.MEDIATE and claim.third:
            ways.append((claim.target, claim.third))
        date = before.date_of(claim)
        for way in ways:
            one, other = way if exact else (before.organization(day).principal(actor, date) for actor in way)
            if one != other:
                dyads.add((min(one, other), max(one, other)))
    for dyad in sorted(dyads):
        yield TieChange(*(tie_between(view, *dyad, at=at, known=known, lens=lens, exact=exact)
                          for view in (before, after)))
