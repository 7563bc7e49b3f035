"""From the shares of a ranker to chances of an event within some days.

A share is the probability that an answer is the one, given that the question comes up. Times how often the asker has
lately done such a thing it is a rate of events a day, and summed over the kinds that are asked about a chance within
some days, were events as regular as decay. They are not; so the ranker is asked on earlier days too, its trees learned
from what was before the first of them, and the chances are mapped to how often such chances came true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.calibration import Calibration, calibrate
from sides.forecast.event_log import Past
from sides.forecast.questions import ACTIVE_DAYS
from sides.forecast.ranking.ranker import Ranker
from sides.forecast.ranking.tables import RATES, Tables, find, pair_key, since

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Days before the end of the past on which the ranker is asked: windows up to the first of them can be mapped.
BACK = (365, 270, 180, 90, 30, 7)
# Who is asked about on each of these days: the busiest, since high chances are theirs, and some spread over the rest.
BUSIEST, SPREAD = 75, 75
NEAREST = 60  # chances around one by which its interval is told; high ones are few
# Events that an asker's shares of kinds weigh against those of all; judgement, benchmarks/forecast_ledger.py watches it
HOLD = 5.0
STEPS = 50.0  # to which the logarithm of a chance is rounded before it is mapped: 2 % of the chance
SLOW = RATES[3]


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """R answers that were given, each with the events a day that were expected of it."""

    day: NDArray[np.int32]  # (R,), asked about
    asker: NDArray[np.int32]  # (R,)
    kind: NDArray[np.int16]  # (R,)
    answer: NDArray[np.int32]  # (R,)
    rate: NDArray[np.float32]  # (R,)

    @classmethod
    def asked(cls, ranker: Ranker, day: int, askers: Ints, kinds: Sequence[int]) -> Rates:
        """To whom each asker does what on a day, by all candidates."""
        who, what = np.repeat(askers, len(kinds)), np.tile(np.array(kinds, np.int64), len(askers))
        often = _often(ranker.stream.memory.tables, day, askers.astype(np.int32), ranker.stream.kinds)
        parts = []
        for asked in ranker.stream.ask(day, who.astype(np.int32), what.astype(np.int32)):
            score = np.where(asked.is_candidate, ranker.scores(asked), -np.inf)
            odds = np.exp(score - np.max(score, axis=1, initial=-1e300, keepdims=True))
            share = odds / np.maximum(odds.sum(axis=1, keepdims=True), 1e-300)
            row, column = np.nonzero(asked.is_candidate)
            place = asked.place[row]
            rate = share[row, column] * often[place // len(kinds), what[place]]
            parts.append((who[place], what[place], asked.answer[row, column], rate))
        asker, kind, answer, rate = (np.concatenate(one) for one in zip(*parts, strict=True))
        return cls(np.full(len(asker), day, np.int32), asker.astype(np.int32), kind.astype(np.int16), answer,
                   rate.astype(np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Rates]) -> Rates:
        """All of them."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """All of it, to be kept."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Rates:
        """What such columns hold."""
        return cls(*(columns[name] for name in cls.__slots__))

    def within(self, days: int, members: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints, Array]:
        """Day, asker, answer, and the chance before its map of an event of the kinds that are `members` (K,)."""
        kept = members[self.kind]
        size = int(max(self.asker.max(initial=0), self.answer.max(initial=0))) + 1
        key = (self.day[kept].astype(np.int64) * size + self.asker[kept]) * size + self.answer[kept]
        keys, place = np.unique(key, return_inverse=True)
        rate = np.bincount(place, self.rate[kept].astype(np.float64), len(keys))
        day, asker, answer = keys // size // size, keys // size % size, keys % size
        return day, asker, answer, -np.expm1(-days * rate)


def earlier(past: Past, *, room: int = 0, **how: Any) -> tuple[Ranker, Rates]:
    """A ranker that knows a past, its trees learned a year before its end, and what it said on days since.

    `how`: as with `Ranker.fit`, which raises `ForecastError` where there is too little to learn from.
    """
    kinds = [place for place, kind in enumerate(past.kinds) if kind.quad]
    ranker, parts = Ranker.fit(past.before(past.until - BACK[0]), room=room, **how), []
    for day in (past.until - back for back in BACK):
        then = past.before(day)
        ranker.update(then)
        active, count = np.unique(then.source[np.searchsorted(then.day, day - ACTIVE_DAYS):], return_counts=True)
        if len(active):
            busy = active[np.lexsort((active, -count))]
            rest = np.sort(busy[BUSIEST:])
            spread = rest[np.unique(np.linspace(0, max(len(rest) - 1, 0), SPREAD).astype(int))] if len(rest) else rest
            asked = np.concatenate([busy[:BUSIEST], spread]).astype(np.int64)
            parts.append(Rates.asked(ranker, day, asked, kinds))
    ranker.update(past)
    return ranker, Rates.joined(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """How chances of a window came true on days whose window has closed."""

    said: Array  # (N,), before the map
    came: NDArray[np.bool_]  # (N,)
    map: Calibration

    @classmethod
    def of(cls, rates: Rates, past: Past, days: int, members: NDArray[np.bool_]) -> Mapped | None:
        """From what was said on those days and what came; nothing where no such window has closed."""
        day, asker, answer, said = rates.within(days, members)
        closed = day + days <= past.until
        if not closed.any():
            return None
        day, asker, answer, said = day[closed], asker[closed], answer[closed], rounded(said[closed])
        came, size = np.zeros(len(said), np.bool_), len(past.actors)
        for opened in np.unique(day):
            rows = slice(*np.searchsorted(past.day, (opened, opened + days)))
            is_asked = members[past.kind[rows]]
            happened = past.source[rows][is_asked].astype(np.int64) * size + past.target[rows][is_asked]
            came |= (day == opened) & np.isin(asker * size + answer, happened) & (answer < size)
        return cls(said, came, calibrate(said, came))


def rounded(chance: Array) -> Array:
    """Chances to within a hundredth of themselves."""
    found: Array = np.exp(np.round(np.log(np.maximum(chance, 1e-9)) * STEPS) / STEPS)
    return np.minimum(found, 1.0)


@njit(cache=True)
def _often(t: Tables, day: int, asker: NDArray[np.int32], kinds: int) -> NDArray[np.float64]:
    """[asker, kind]: events a day, decayed slowly; an asker's shares of kinds are drawn to those of all."""
    usual = np.zeros(kinds)
    for q in range(kinds):
        if t.question_last[q] >= 0:
            usual[q] = t.question_weight[q, 3] * t.decay[3, since(day, t.question_last[q])]
    usual /= usual.sum() + 1e-9
    days = (1 - np.exp(-SLOW * max(day, 1))) / np.expm1(SLOW)
    found = np.zeros((asker.size, kinds))
    for i in range(asker.size):
        total = 0.0
        for q in range(kinds):
            place = find(t.asking_keys, t.asking_places, pair_key(asker[i], q))
            if place >= 0:
                found[i, q] = t.asking_weight[place, 3] * t.decay[3, since(day, t.asking_last[place])]
                total += found[i, q]
        for q in range(kinds):
            found[i, q] = (found[i, q] + HOLD * usual[q]) * (total + 0.5) / (total + HOLD) / days
    return found
