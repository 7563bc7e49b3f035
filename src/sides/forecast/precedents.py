"""The dated events that a forecast can point at, and the rules that recent events fire.

Precedents are events of what is asked, from the nearest pair to the farthest: the pair itself, the pair turned round,
what the source did to others of the target's country or role, what others like the source did to the target, what the
source did to anyone, and what anyone did to the target. The latest of each are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Past, Rows
from sides.forecast.features import Features
from sides.forecast.questions import Channels
from sides.forecast.rules import FADING_DAYS, HEARD_DAYS, WAYS, WITHIN_DAYS

FEW = 3  # precedents that an answer should have
MOST = 5
SHOWN_RULES = 3
LOOKED_AT = 2_000  # events of an actor, from the latest back

SELF, BACK = "the pair itself", "the other way round"
LIKE_TARGET, LIKE_SOURCE = "the source, to one like the target", "one like the source, to the target"
OF_SOURCE, OF_TARGET = "the source, to another", "another, to the target"


@dataclass(frozen=True, slots=True)
class Precedent:
    """An event of the channel that is asked about, on the pair or on one like it."""

    day: int
    source: str
    target: str
    kind: str
    likeness: str  # how near its pair is to the one asked about
    row: int  # of the past
    evidence: int | None


@dataclass(frozen=True, slots=True)
class FiredRule:
    """An event of the dyad, and how often what is asked has followed such events."""

    day: int
    kind: str
    way: str  # "same": the way that is asked about; "back": the other way round
    confidence: float  # share of earlier events of this kind that the channel followed within `within_days`
    support: float  # such events, the older counting less
    within_days: int
    weight: float  # confidence, faded with the event's age
    row: int
    evidence: int | None


def precedents(past: Past, features: Features, question: int, channels: Channels,
               channel: int, names: Mapping[str, str] | None = None) -> tuple[tuple[Precedent, ...], str | None]:
    """Up to five dated events of the channel, the nearest pairs first, the latest first among these.

    With fewer than three, why there are no more; `names`: what actors are called there.
    """
    source, target = _pair(past, features, question)
    is_asked = channels.members[:, channel]
    found: dict[int, str] = {}

    def take(rows: Rows, likeness: str) -> None:
        for row in rows[::-1][:MOST]:
            if len(found) < MOST:
                found.setdefault(int(row), likeness)

    take(_of(past, past.of_pair(source, target), is_asked), SELF)
    if len(found) < FEW:
        take(_of(past, past.of_pair(target, source), is_asked), BACK)
    if len(found) < FEW:
        did, met = _of(past, past.of_source(source), is_asked), _of(past, past.of_target(target), is_asked)
        take(did[_is_like(past, past.target[did], target)], LIKE_TARGET)
        take(met[_is_like(past, past.source[met], source)], LIKE_SOURCE)
        if len(found) < FEW:
            take(did, OF_SOURCE)
            take(met, OF_TARGET)
    told = tuple(Precedent(int(past.day[row]), past.actors[past.source[row]], past.actors[past.target[row]],
                           past.kinds[past.kind[row]].name, likeness, row, _evidence(past, row))
                 for row, likeness in found.items())
    if len(told) >= FEW:
        return told, None
    named = [(names or {}).get(one, one) for one in (past.actors[source], past.actors[target])]
    return told, (f"{len(told)} events of {channels.names[channel]} are recorded before the day asked, of "
                  f"{named[0]} to anyone or of anyone to {named[1]}, among the last {LOOKED_AT} events of each.")


def fired_rules(past: Past, features: Features, question: int, channel: int) -> tuple[FiredRule, ...]:
    """The surest rules that events of the last 180 days fire, one for each kind and way."""
    source, target = _pair(past, features, question)
    best: dict[tuple[int, int], FiredRule] = {}
    for way, rows in enumerate((past.of_pair(source, target), past.of_pair(target, source))):
        for row in rows[np.searchsorted(past.day[rows], past.until - HEARD_DAYS):][::-1]:
            kind = int(past.kind[row])
            if (way, kind) in best:
                continue
            confidence = float(features.rules.confidence[way, kind, channel])
            age = past.until - int(past.day[row])
            best[way, kind] = FiredRule(
                int(past.day[row]), past.kinds[kind].name, WAYS[way], confidence,
                float(features.rules.support[way, kind, channel]), WITHIN_DAYS,
                confidence * float(np.exp(-age / FADING_DAYS)), int(row), _evidence(past, int(row)))
    return tuple(sorted(best.values(), key=lambda rule: (-rule.weight, rule.kind, rule.way))[:SHOWN_RULES])


def _pair(past: Past, features: Features, question: int) -> tuple[int, int]:
    return int(features.questions.source[question]), int(features.questions.target[question])


def _of(past: Past, rows: Rows, is_asked: NDArray[np.bool_]) -> Rows:
    """The rows of the kinds asked about, between two actors, among the latest."""
    late = rows[-LOOKED_AT:]
    kept: Rows = late[is_asked[past.kind[late]] & (past.source[late] != past.target[late])]
    return kept


def _is_like(past: Past, actors: NDArray[np.int32], whom: int) -> NDArray[np.bool_]:
    """Whether actors share a known country or role with one."""
    is_like: NDArray[np.bool_] = (((past.country[actors] == past.country[whom]) & (past.country[whom] >= 0))
                                  | ((past.role[actors] == past.role[whom]) & (past.role[whom] >= 0)))
    return is_like


def _evidence(past: Past, row: int) -> int | None:
    return None if past.evidence is None else int(past.evidence[row])
