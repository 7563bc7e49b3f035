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
from sides.forecast.kept import Columns
from sides.forecast.learned_answer import too_short
from sides.forecast.of_ledger import LedgerEvents, calendar_day
from sides.forecast.ranking.chances import BACK, NEAREST, Mapped, Rates, earlier, rounded
from sides.forecast.ranking.precedents import ENOUGH, Precedent, explain
from sides.forecast.ranking.ranker import Ranker
from sides.forecast.ranking.stream import Stream
from sides.model.errors import ForecastError

NAME = "learned ranker"
LEARNED, TREES = 30_000, 100  # questions that it learns from, and its trees: see `Ranker.fit`
FREE = 64  # places left free for those who come, and an eighth of all more
LONGEST_DAYS = BACK[0]


@dataclass(frozen=True, slots=True, eq=False)
class Next:
    """Those to whom somebody may do something, the likeliest first, by their places in the past asked from."""

    ranker: Ranker
    seats: NDArray[np.int64]  # where each actor of the past sits with the ranker, -1 for those without a place
    origin: int  # the day that the ranker counts from
    day: int  # asked about, by that count
    source: int  # its seat
    answer: NDArray[np.int64]  # (N,)
    kind: NDArray[np.int64]  # (N,), which of the kinds asked about is expected most
    chance: NDArray[np.float64]  # (N,)
    said: NDArray[np.float64]  # (N,), before its map
    mapped: Mapped
    unseated: int  # actors without a place

    def interval(self, at: int) -> tuple[float, float]:
        """Between which ends (90 %) the share of such chances lay that came true."""
        low, high = share_interval(self.mapped.said, self.mapped.came, float(self.said[at]), nearest=NEAREST)
        return min(low, float(self.chance[at])), max(high, float(self.chance[at]))


def learned_next(archive: Archive, told: LedgerEvents, past: Past, source: int, members: NDArray[np.bool_],
                 within_days: int) -> Next | str:
    """To whom an actor, by its place in the past, does something of the kinds `members` (K,); or why that is not told.
    """
    if why := too_short(past):
        return why
    if within_days > LONGEST_DAYS:
        return f"The learned ranker looks {LONGEST_DAYS} days ahead at most."
    fitting, before = archive.fitting(told.known)
    if why := too_short(before):
        return f"{why} It learns from what was known on {calendar_day(before.until - 1)}."
    origin = int(before.day[0])
    try:
        columns = archive.learned("ranker", before, (str(LEARNED), str(TREES)), lambda: _learned(before, origin))
    except ForecastError as error:
        return str(error)
    ranker = Ranker(Stream.of({name.removeprefix("stream "): column for name, column in columns.items()
                               if name.startswith("stream ")}), columns["trees"].tobytes().decode())
    seats = _caught_up(ranker.stream, fitting.log, before, past, origin)
    if seats[source] < 0 or ranker.stream.memory.tables.actor_last[seats[source]] < 0:
        return f"The learned ranker knows nothing of {told.names[past.actors[source]]}."
    mapped = Mapped.of(Rates.of({name.removeprefix("rates "): column for name, column in columns.items()
                                 if name.startswith("rates ")}), _counted(before, origin), within_days, members)
    if mapped is None:
        return f"No window of {within_days} days has closed by which the learned ranker's chances could be checked."
    day, kinds = past.until - origin, np.flatnonzero(members)
    rates = Rates.asked(ranker, day, seats[[source]], kinds.tolist())
    _, _, answer, said = rates.within(within_days, members)
    place = np.full(ranker.stream.actors, -1, np.int64)
    place[seats[seats >= 0]] = np.flatnonzero(seats >= 0)
    kept = (place[answer] >= 0) & (place[answer] != source)
    order = np.flatnonzero(kept)[np.lexsort((place[answer[kept]], -said[kept]))]
    most = np.lexsort((rates.kind, -rates.rate))
    first = {int(rates.answer[at]): int(rates.kind[at]) for at in most[::-1]}
    said = rounded(said[order])
    return Next(ranker, seats, origin, day, int(seats[source]), place[answer[order]],
                np.array([first[int(one)] for one in answer[order]], np.int64), mapped.map(said), said, mapped,
                int((seats < 0).sum()))


def dated(found: Next, past: Past, at: int) -> tuple[list[tuple[int, str]], str | None]:
    """The rows of the past that speak for an answer, with how they do; and why there are fewer than three."""
    told = explain(found.ranker.stream, found.source, int(found.kind[at]), int(found.seats[found.answer[at]]),
                   found.day)
    place = np.full(found.ranker.stream.actors, -1, np.int64)
    place[found.seats[found.seats >= 0]] = np.flatnonzero(found.seats >= 0)
    rows: dict[int, str] = {}
    for one in told.precedents:
        row = next(_rows(past, found, place, one), None)
        if row is not None:
            rows.setdefault(row, _why(one))
    if len(rows) >= ENOUGH or told.lack:
        return list(rows.items()), None if len(rows) >= ENOUGH else told.lack
    return list(rows.items()), "Few different events stand behind it: it rests on how often such actors do this."


def _rows(past: Past, found: Next, place: NDArray[np.int64], one: Precedent) -> Iterator[int]:
    """The rows that a precedent may tell of."""
    kinds, day = len(past.kinds), one.day + found.origin
    asker, answer = int(place[one.asker]), int(place[one.answer])
    if one.ground == "country":
        rows = past.of_target(answer)
        rows = rows[(past.day[rows] == day) & (past.kind[rows] == one.question)]
        own = past.country[asker]
        yield from rows[(past.country[past.source[rows]] == own) & (past.source[rows] != asker)].tolist()
        return
    source = int(np.flatnonzero(found.seats == found.source)[0])
    pairs = [(asker, answer), (answer, asker)]
    if one.question >= kinds:
        pairs = pairs[1:]
    elif one.question >= 0:
        pairs = pairs[:1]
    elif one.ground == "two hops":
        pairs += [(source, asker), (asker, source)]
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


def _learned(before: Past, origin: int) -> Columns:
    """A ranker and what it said, as columns."""
    ranker, rates = earlier(_counted(before, origin), room=FREE + len(before.actors) // 8, learned=LEARNED,
                            trees=TREES)
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
