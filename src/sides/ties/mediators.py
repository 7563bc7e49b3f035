"""Who brokers between whom, when, and what became of the tie of the parties (docs/outlook.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sides.model.claim_type import ClaimType, Modality
from sides.model.dates import PartialDate
from sides.ties.atlas import About, Atlas
from sides.ties.evidence import Evidence
from sides.ties.history import History, Turn
from sides.ties.outlook import last_day
from sides.ties.tie import derive
from sides.ties.windows import months_later, windows


class Result(StrEnum):
    """What became of the tie of two parties between whom somebody brokered."""

    BETTER = "better"
    WORSE = "worse"
    NONE = "none"
    OPEN = "open"  # no turn yet, and the time for one is not over
    UNTOLD = "untold"  # nothing else is said of how the two stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """A stretch of time in which one side brokers, or means to, between two others.

    `result` is the direction of the first turn in that time, told from what else is said of the parties; `None` where
    nobody says that it took place, or where the text names one party only. `before` and `after` are expected levels, -2
    hostile to 2 allied: in the month before `since`, and at the end of `until` or of what is known.
    """

    mediator: str
    parties: tuple[str, ...]  # two, sorted; one where the text names no other
    done: tuple[Evidence, ...]  # that it takes or took place
    intended: tuple[Evidence, ...]  # planned, offered or asked for, possible
    denied: tuple[Evidence, ...]
    since: date
    until: date  # up to when a turn counts as its result
    result: Result | None
    before: float | None = None
    after: float | None = None
    turns: tuple[Turn, ...] = ()  # of the tie of the parties that may lie in that time

    @property
    def is_dated(self) -> bool:
        """Whether the text dates any of it; otherwise `since` is a rule's."""
        return not all(one.is_undated for one in self.done or self.evidence)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All of it: what is done first."""
        return self.done + self.intended + self.denied


def mediations(atlas: Atlas, *, at: PartialDate | None = None, about: Collection[str] = ()) -> list[Mediation]:
    """Who brokers between whom, by time. `at`: only what had begun by then, and its result by then.

    `about`: only those in which all of these actors take part, as mediator or party, or are counted for one.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Evidence]] = {}
    for one in atlas.claims:
        if one.claim.type is ClaimType.MEDIATE and (at is None or span(one)[0] <= at.last):
            day = atlas.view.date_of(one.claim)
            mediator = atlas.side(one.claim.source, day)
            parties = {atlas.side(party, day) for party in (one.claim.target, one.claim.third) if party}
            if mediator not in parties:
                groups.setdefault((mediator, tuple(sorted(parties))), []).append(one)
    limit = last_day(atlas, at)
    if limit is None:
        return []
    found = [_mediation(mediator, parties, some, atlas, limit) for (mediator, parties), group in groups.items()
             for some in episodes(group)]
    return sorted((one for one in found if _actors(one).issuperset(about)),
                  key=lambda one: (one.since, one.until, one.mediator, one.parties))


def episodes(evidence: Iterable[Evidence]) -> Iterator[list[Evidence]]:
    """Evidence by date, cut where nothing is told for longer than a mediation's effects are looked for."""
    some: list[Evidence] = []
    end = date.min
    for one in sorted(evidence, key=lambda one: (span(one), one.claim.document, one.claim.begin_char, one.claim.id)):
        first, last = span(one)
        if some and first > months_later(end, windows().mediation):
            yield some
            some = []
        end = max(end, last) if some else last
        some.append(one)
    if some:
        yield some


def _mediation(mediator: str, parties: tuple[str, ...], evidence: Sequence[Evidence], atlas: Atlas,
               limit: date) -> Mediation:
    done = tuple(one for one in evidence if one.claim.modality is Modality.ASSERTED)
    denied = tuple(one for one in evidence if one.claim.modality is Modality.NEGATED)
    intended = tuple(one for one in evidence if one.claim.modality not in (Modality.ASSERTED, Modality.NEGATED))
    spans = [span(one) for one in done or evidence]
    since, until = min(first for first, _ in spans), months_later(max(last for _, last in spans), windows().mediation)
    told = Mediation(mediator=mediator, parties=parties, done=done, intended=intended, denied=denied, since=since,
                     until=until, result=None)
    if not done or len(parties) < 2:
        return told
    history = _history(parties, atlas)
    if history is None:
        return replace(told, result=Result.UNTOLD)
    end = min(until, limit)
    turns = tuple(turn for turn in history.turns() if since <= turn.last.last and turn.first.first <= end)
    before, after = (float(history.levels[history.place(PartialDate.of(day))])
                     for day in (months_later(since, -1), end))
    result = ((Result.BETTER if turns[0].is_up else Result.WORSE) if turns
              else Result.OPEN if limit < until else Result.NONE)
    return replace(told, result=result, before=before, after=after, turns=turns)


def _history(parties: tuple[str, ...], atlas: Atlas) -> History | None:
    """The tie of the parties without what is said of brokering between them, which must not be its own result."""
    about = atlas.dyads.get((parties[0], parties[1]), About((), ()))
    return derive(parties[0], parties[1], about.evidence, (), None, atlas.known, atlas.horizon).history


def span(one: Evidence) -> tuple[date, date]:
    """The days between which it took place: that which no date is told of, some time before its document."""
    published = one.document.published
    if one.is_undated:
        begins = published.first if one.claim.modality is not Modality.ASSERTED else months_later(
            published.first, -windows().undated_mediation)
        return begins, published.last
    first = one.claim.start or one.claim.end or published
    last = one.claim.end or first
    return first.first, max(first.last, last.last)


def _actors(one: Mediation) -> frozenset[str]:
    named = (actor for piece in one.evidence for actor in (piece.claim.source, piece.claim.target, piece.claim.third))
    return frozenset(actor for actor in (one.mediator, *one.parties, *named) if actor)
