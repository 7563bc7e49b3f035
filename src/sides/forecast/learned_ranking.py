"""To whom an actor does something next, by the learned ranker: its days taken in, its chances, its precedents.

The ranker knows the past that it was learned from and takes in the days since, as they are known now. What came to be
known since of days before is left to the next quarter's. Who is told of since then gets one of the places left free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.forecast.archive import Archive
from sides.forecast.backtest import share_interval
from sides.forecast.event_log import EventLog, Past
from sides.forecast.learned_answer import too_short
from sides.forecast.learned_files import part
from sides.forecast.of_ledger import LedgerEvents, calendar_day
from sides.forecast.ranking.chances import BACK, NEAREST, Mapped, Rates, earlier, rounded
from sides.forecast.ranking.precedents import ENOUGH, Precedent, explain
from sides.forecast.ranking.ranker import Ranker
from sides.forecast.ranking.stream import Stream
from sides.model.errors import ForecastError
from sides.ties.derived import Columns

NAME = "learned ranker"
LEARNED, TREES = 30_000, 100  # questions that it learns from, and its trees: see `Ranker.fit`
FREE = 64  # places left free for those who come, and an eighth of all more
LONGEST_DAYS = BACK[0]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A ranker that has taken in all days of a past, for any question about the day after it."""

    ranker: Ranker
    said: Rates  # on earlier days
    then: Past  # what it was learned from, by its own count of days
    past: Past
    origin: int  # the day that it counts from
    seats: NDArray[np.int64]  # where each actor of the past sits with the ranker, -1 for those without a place

    @classmethod
    def of(cls, archive: Archive, told: LedgerEvents, past: Past) -> Ready | str:
        """The ranker of a quarter, kept or made, brought up to date; or why there is none."""
        if why := too_short(past):
            return why
        fitting, before = archive.fitting(told.known)
        if why := too_short(before):
            return f"{why} It learns from what was known on {calendar_day(before.until - 1)}."
        origin = int(before.day[0])
        then = _counted(before, origin)
        try:
            columns = archive.learned("ranker", before, (str(LEARNED), str(TREES)), lambda: _learned(then))
        except ForecastError as error:
            return str(error)
        ranker = Ranker(Stream.of(part(columns, "stream ")), columns["trees"].tobytes().decode())
        seats = _caught_up(ranker.stream, fitting.log, before, past, origin)
        return cls(ranker, Rates.of(part(columns, "rates ")), then, past, origin, seats)

    @property
    def place(self) -> NDArray[np.int64]:
        """Which actor of the past sits at each place of the ranker, -1 where none does."""
        found = np.full(self.ranker.stream.actors, -1, np.int64)
        found[self.seats[self.seats >= 0]] = np.flatnonzero(self.seats >= 0)
        return found

    def mapped(self, within_days: int, members: NDArray[np.bool_]) -> Mapped | str:
        """How chances of such windows came true, for the kinds `members` (K,); or why that is not known."""
        if within_days > LONGEST_DAYS:
            return f"The learned ranker looks {LONGEST_DAYS} days ahead at most."
        return Mapped.of(self.said, self.then, within_days, members) or (
            f"No window of {within_days} days has closed by which the learned ranker's chances could be checked.")

    def next(self, source: int, members: NDArray[np.bool_], within_days: int, mapped: Mapped) -> Next | str:
        """To whom an actor, by its place in the past, does something of the kinds `members`; or why that is not told.
        """
        seat = int(self.seats[source])
        if seat < 0 or self.ranker.stream.memory.tables.actor_last[seat] < 0:
            return f"The learned ranker knows nothing of {self.past.actors[source]}."
        rates = Rates.asked(self.ranker, self.past.until - self.origin, np.array([seat]),
                            np.flatnonzero(members).tolist())
        _, _, answer, said = rates.within(within_days, members)
        place = self.place
        kept = (place[answer] >= 0) & (place[answer] != source)
        order = np.flatnonzero(kept)[np.lexsort((place[answer[kept]], -said[kept]))]
        most = np.lexsort((rates.kind, -rates.rate))
        first = {int(rates.answer[at]): int(rates.kind[at]) for at in most[::-1]}
        said = rounded(said[order])
        return Next(self, source, place[answer[order]],
                    np.array([first[int(one)] for one in answer[order]], np.int64), mapped.map(said), said, mapped)


@dataclass(frozen=True, slots=True, eq=False)
class Next:
    """Those to whom somebody may do something, the likeliest first, by their places in the past asked from."""

    ready: Ready
    source: int
    answer: NDArray[np.int64]  # (N,)
    kind: NDArray[np.int64]  # (N,), which of the kinds asked about is expected most
    chance: NDArray[np.float64]  # (N,)
    said: NDArray[np.float64]  # (N,), before its map
    mapped: Mapped

    def interval(self, at: int) -> tuple[float, float]:
        """Between which ends (90 %) the share of such chances lay that came true."""
        low, high = share_interval(self.mapped.said, self.mapped.came, float(self.said[at]), nearest=NEAREST)
        return min(low, float(self.chance[at])), max(high, float(self.chance[at]))


def learned_next(archive: Archive, told: LedgerEvents, past: Past, source: int, members: NDArray[np.bool_],
                 within_days: int) -> Next | str:
    """To whom an actor, by its place in the past, does something of the kinds `members` (K,); or why that is not told.
    """
    ready = Ready.of(archive, told, past)
    if isinstance(ready, str):
        return ready
    mapped = ready.mapped(within_days, members)
    return mapped if isinstance(mapped, str) else ready.next(source, members, within_days, mapped)


def dated(found: Next, at: int) -> tuple[list[tuple[int, str]], str | None]:
    """The rows of the past that speak for an answer, with how they do; and why there are fewer than three."""
    ready = found.ready
    told = explain(ready.ranker.stream, int(ready.seats[found.source]), int(found.kind[at]),
                   int(ready.seats[found.answer[at]]), ready.past.until - ready.origin)
    place, rows = ready.place, dict[int, str]()
    for one in told.precedents:
        row = next(_rows(found, place, one), None)
        if row is not None:
            rows.setdefault(row, _why(one))
    few = told.lack or "Few different events stand behind it: it rests on how often such actors do this."
    return list(rows.items()), None if len(rows) >= ENOUGH else few


def _rows(found: Next, place: NDArray[np.int64], one: Precedent) -> Iterator[int]:
    """The rows that a precedent may tell of."""
    past = found.ready.past
    kinds, day = len(past.kinds), one.day + found.ready.origin
    asker, answer = int(place[one.asker]), int(place[one.answer])
    if one.ground == "country":
        rows = past.of_target(answer)
        rows = rows[(past.day[rows] == day) & (past.kind[rows] == one.question)]
        own = past.country[asker]
        yield from rows[(past.country[past.source[rows]] == own) & (past.source[rows] != asker)].tolist()
        return
    pairs = [(asker, answer), (answer, asker)]
    if one.question >= kinds:
        pairs = pairs[1:]
    elif one.question >= 0:
        pairs = pairs[:1]
    elif one.ground == "two hops":
        pairs += [(found.source, asker), (asker, found.source)]
    for left, right in pairs:
        rows = past.of_pair(left, right)
        is_meant = past.day[rows] == day
        if one.question >= 0:
            is_meant &= past.kind[rows] == one.question % kinds
        yield from rows[is_meant].tolist()


def _why(one: Precedent) -> str:
    if one.confidence is not None:
        return f"followed so within 30 days in {one.support} of {one.bodies} cases"
    return {"recurrence": "the same before", "reciprocal": "the same the other way", "dealing": "they dealt",
            "two hops": "a common acquaintance", "country": "by another of its country", "rule": "a rule"}[one.ground]


def _learned(past: Past) -> Columns:
    """A ranker and what it said, as columns."""
    ranker, rates = earlier(past, room=FREE + len(past.actors) // 8, learned=LEARNED, trees=TREES)
    return {"trees": np.frombuffer(ranker.text.encode(), np.uint8),
            **{f"stream {name}": column for name, column in ranker.stream.columns.items()},
            **{f"rates {name}": column for name, column in rates.columns.items()}}


def _counted(past: Past, origin: int) -> Past:
    """The same events, their days counted from the first."""
    log = EventLog(past.day - np.int32(origin), past.source, past.target, past.kind, None, past.actors, past.kinds,
                   past.country, past.role, past.countries, past.roles)
    return log.before(past.until - origin)


def _caught_up(stream: Stream, log: EventLog, before: Past, past: Past, origin: int) -> NDArray[np.int64]:
    """Let a ranker's stream take in the days since it was learned; where each actor of the past sits."""
    place = {name: at for at, name in enumerate(log.actors)}
    seats = np.array([place.get(name, -1) for name in past.actors], np.int64)
    first = int(np.searchsorted(past.day, before.until))
    free, country = len(log.actors), {name: at for at, name in enumerate(log.countries)}
    for one in np.stack([past.source[first:], past.target[first:]], 1).reshape(-1).tolist():
        if seats[one] < 0 and free < stream.actors:
            told, role = int(past.country[one]), int(past.role[one])
            stream.seat(free, country.get(past.countries[told], -1) if told >= 0 else -1,
                        past.roles[role] if role >= 0 else None)
            seats[one], free = free, free + 1
    events = np.stack([seats[past.source[first:]], past.kind[first:], seats[past.target[first:]]], 1).astype(np.int32)
    days = past.day[first:][(events >= 0).all(1)]
    events = events[(events >= 0).all(1)]
    begins = np.flatnonzero(np.diff(days, prepend=-1 << 30))
    for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(days)], strict=True):
        stream.learn(np.unique(events[begin:end], axis=0), int(days[begin]) - origin)
    return seats
