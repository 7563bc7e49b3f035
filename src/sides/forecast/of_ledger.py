"""The log of what a ledger tells of, by what had been published by a day.

An event is an asserted claim that one actor did something to another, or stood so toward it: never a plan, a wish, a
denial or a forecast. It counts for the sides that its actors acted for then, once however often a report says it; types
that run both ways count both ways. It is dated by its text, else by its document. What the text dates to a year alone,
or later than its document, is left out and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sides.events.converter import QUADS
from sides.forecast.event_log import EventLog, Past
from sides.forecast.event_log import Kind as EventKind
from sides.ledger.claim_columns import DATED_FROM, MODALITIES, TYPES, ClaimColumns
from sides.model.actor import Actor, ActorKind
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence_columns import evidence_columns, principals
from sides.ties.lens import OPEN, Lens
from sides.ties.view import View

Ints = NDArray[np.int64]
EPOCH = date(1970, 1, 1).toordinal()
KINDS = tuple(EventKind(one.value, next((quad for quad, types in QUADS.items() if one.value in types), 0),
                        one.meaning.sign)
              for one in TYPES if one.meaning.kind is not Kind.STRUCTURE)
EVENTS = tuple(one.value for one in TYPES if one.meaning.kind is Kind.EVENT)


@dataclass(frozen=True, slots=True, eq=False)
class LedgerEvents:
    """The events of a ledger by what was known at the end of a day, and what stands behind them."""

    log: EventLog
    known: PartialDate
    claims: tuple[str, ...]  # by the log's evidence, the id of the claim
    names: Mapping[str, str]  # of the log's actors
    without_month: int  # claims that the text dates to no month
    ahead: int  # claims that the text dates after their document

    def before(self, at: PartialDate) -> Past:
        """What had happened by the end of a day."""
        return self.log.before(day_number(at.last) + 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01, as a log counts them."""
    return day.toordinal() - EPOCH


def calendar_day(number: int) -> date:
    """The day of such a number.

    >>> calendar_day(day_number(date(2022, 10, 19))).isoformat()
    '2022-10-19'
    """
    return date.fromordinal(number + EPOCH)


def ledger_log(view: View, known: PartialDate, *, asked: Collection[str] = (), lens: Lens = OPEN,
               exact: bool = False) -> LedgerEvents:
    """The events that documents published by the end of `known` tell of; nothing published later changes a byte.

    `asked`: actors who have a place in the log even where nothing is told of them.
    """
    claims = evidence_columns(view, known.last, lens)
    claims = claims.taken(claims.modality == MODALITIES.index(Modality.ASSERTED))
    from_text = (claims.dated_from == DATED_FROM.index("text")) & (claims.start >= 0)
    first, last = (np.array([day_number(one) for one in days], np.int64) for days in (
        [one.first for one in claims.dates], [one.last for one in claims.dates]))
    is_vague = np.array([one.month is None for one in claims.dates], bool)
    published = claims.published[claims.document]
    at = np.where(from_text, claims.start, published)
    vague, ahead = from_text & is_vague[at], from_text & (first[at] > last[published])
    kept = ~vague & ~ahead
    day = np.minimum(last[at], last[published])[kept]
    claims = claims.taken(kept)
    row, source, target, sides = _ways(view, known.last, claims, exact=exact)
    told = np.unique(np.concatenate([source, target])).tolist()
    actors = sorted({*(sides[at] for at in told), *asked})
    place = {name: number for number, name in enumerate(actors)}
    moved = np.array([place.get(name, -1) for name in sides], np.int64)
    who = _who(view, actors, known.last)
    kinds = {kind.name: number for number, kind in enumerate(KINDS)}
    numbers = np.array([kinds.get(one.value, -1) for one in TYPES], np.int64)
    log = EventLog.of(
        day[row], moved[source] if len(row) else source, moved[target] if len(row) else target,
        numbers[claims.type[row]], actors=actors, kinds=KINDS, evidence=row,
        countries=_countries(who),
        roles={name: one.kind.value for name, one in who.items()})
    return LedgerEvents(log, known, tuple(f"{one:016x}" for one in claims.id.tolist()),
                        {name: who[name].name if name in who else name for name in actors},
                        int(vague.sum()), int((ahead & ~vague).sum()))


def with_actors(view: View, told: LedgerEvents, asked: Collection[str]) -> LedgerEvents:
    """The same events in a log in which all these actors have a place, as `ledger_log` gives it when asked so."""
    log = told.log
    if not (new := set(asked) - set(log.actors)):
        return told
    who, size = _who(view, sorted(new), told.known.last), len(log.actors)
    names = dict(told.names) | {one: who[one].name if one in who else one for one in new}
    countries = {log.actors[at]: log.countries[log.country[at]] for at in range(size) if log.country[at] >= 0}
    roles = {log.actors[at]: log.roles[log.role[at]] for at in range(size) if log.role[at] >= 0}
    wider = EventLog.of(log.day, log.source, log.target, log.kind, actors=(*log.actors, *sorted(new)), kinds=log.kinds,
                        evidence=log.evidence, countries=countries | _countries(who),
                        roles=roles | {name: one.kind.value for name, one in who.items()})
    return replace(told, log=wider, names={name: names[name] for name in wider.actors})


def _countries(who: Mapping[str, Actor]) -> dict[str, str]:
    """Whose each actor is, as far as that is known."""
    found = {name: one.country or (name if one.kind is ActorKind.STATE else None) for name, one in who.items()}
    return {name: one for name, one in found.items() if one}


def _ways(view: View, known: date, claims: ClaimColumns, *, exact: bool) -> tuple[Ints, Ints, Ints, tuple[str, ...]]:
    """For each event its claim, and for whom its two actors act, as places in the last; nobody acts toward itself."""
    roles = (claims.source, claims.target, np.maximum(claims.third, 0))
    if exact:
        sides, places = claims.names, np.concatenate(roles)
    else:
        sides, places = principals(view, known, claims.names, claims.dates, np.concatenate(roles),
                                   np.tile(claims.date, 3))
    source, target, third = np.split(places, 3)
    every = np.arange(len(claims))
    brokered = every[(claims.type == TYPES.index(ClaimType.MEDIATE)) & (claims.third >= 0)]
    back = every[np.array([one.meaning.is_reciprocal for one in TYPES])[claims.type]]
    row = np.concatenate([every, brokered, back])
    one = np.concatenate([source, source[brokered], target[back]])
    other = np.concatenate([target, third[brokered], source[back]])
    apart = one != other
    return row[apart], one[apart], other[apart], sides


def _who(view: View, names: Collection[str], known: date) -> dict[str, Actor]:
    """Who actors are: by the registry, else by the first document that told of them and had been published by a day."""
    found = {name: actor for name in names if (actor := view.registry.get(name))}
    lacking = {name for name in names if name not in found}
    if lacking:
        shown, published = view.snapshot.settlement.shown, view.published
        told = [(published[document].last, document, shown(actor.id), actor)
                for document, actor in view.snapshot.accounts()
                if shown(actor.id) in lacking and published[document].last <= known]
        for _, _, identifier, actor in sorted(told, key=lambda one: (one[:3], one[3].name)):
            found.setdefault(identifier, actor)
    return found
