"""The events that forecasts are made from, and the one way to read them: as they stood before a day.

An `EventLog` holds every event once, in order. A forecaster is never given it: it is given `log.before(day)`, a `Past`,
which holds the events of earlier days and gives nothing away of the later ones. Whoever has events of other kinds
(claims of a ledger, a dataset, a simulator) makes a log of them with `EventLog.of` or `EventLog.named`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sides.model.errors import ForecastError

Places = NDArray[np.int32]  # into actors, kinds, countries or roles; -1 where there is none
Rows = NDArray[np.int64]  # numbers of rows, or of the evidence behind them
Number = TypeVar("Number", bound=np.generic)
By = Literal["pair", "source", "target", "kind", "source kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: a claim type, or the relation of a dataset."""

    name: str
    quad: int = 0  # 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict; 0 neither
    sign: int = 0  # 1 cooperative, -1 hostile, 0 neither

    def __post_init__(self) -> None:
        if self.quad not in range(5) or self.sign not in (-1, 0, 1):
            raise ForecastError(f"The kind {self.name!r} has quad class {self.quad} and sign {self.sign}. "
                                "Give 0 to 4, and -1, 0 or 1.")


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows put together by what they share: group `g` holds `rows[start[g]:start[g + 1]]`, in order of time."""

    key: NDArray[np.int64]  # (G,), ascending; see `EventLog.key`
    start: Rows  # (G + 1,)
    rows: Rows  # (N,)


@dataclass(frozen=True, slots=True)
class _Index:
    """All rows of a log by a key, then by time. A prefix of the log is a prefix of each group."""

    key: NDArray[np.int64]  # (N,), ascending
    rows: Rows  # (N,), ascending within a key

    @classmethod
    def of(cls, key: NDArray[np.int64]) -> _Index:
        rows = np.argsort(key, kind="stable").astype(np.int64)
        return cls(_fixed(key[rows]), _fixed(rows))

    def before(self, key: int, row: int) -> Rows:
        """The rows of a key that come before `row`."""
        low, high = np.searchsorted(self.key, (key, key + 1))
        group = self.rows[low:high]
        return group[:np.searchsorted(group, row)]

    def groups(self, row: int) -> Groups:
        """All rows before `row`, put together."""
        if row < len(self.rows):
            is_before = self.rows < row
            key, rows = self.key[is_before], self.rows[is_before]
        else:
            key, rows = self.key, self.rows
        first = np.flatnonzero(np.diff(key, prepend=key[0] - 1 if len(key) else 0))
        return Groups(_fixed(key[first]), _fixed(np.append(first, len(key)).astype(np.int64)), _fixed(rows))


@dataclass(frozen=True, eq=False)
class EventLog:
    """Dated, directed events of known kinds between actors, in order of day, source, target, kind and evidence.

    Read row i aloud: "on `day[i]`, `actors[source[i]]` did `kinds[kind[i]].name` to `actors[target[i]]`". The same
    events make the same log, byte for byte, in whatever order they are given.
    """

    day: NDArray[np.int32]  # (N,), days since 1970-01-01, or by any other count
    source: Places  # (N,)
    target: Places  # (N,)
    kind: NDArray[np.int16]  # (N,)
    evidence: Rows | None  # (N,), which row of their origin the events come from
    actors: tuple[str, ...]  # (A,), ids or names, in order
    kinds: tuple[Kind, ...]  # in order of name
    country: Places  # (A,)
    role: Places  # (A,)
    countries: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def of(cls, day: ArrayLike, source: ArrayLike, target: ArrayLike, kind: ArrayLike, *, actors: Sequence[str],
           kinds: Sequence[Kind], evidence: ArrayLike | None = None, countries: Mapping[str, str] | None = None,
           roles: Mapping[str, str] | None = None) -> EventLog:
        """The log of N events given by place: `source` and `target` in `actors`, `kind` in `kinds`.

        `countries` and `roles` say of an actor's name whose it is and what it is, as far as known; they hold at all
        times, and so must not tell what only came later.

        Raises `ForecastError` where lengths differ, where a place is none, or where a name stands twice.
        """
        columns = [_whole(name, values) for name, values in
                   (("day", day), ("source", source), ("target", target), ("kind", kind))]
        proof = None if evidence is None else _whole("evidence", evidence)
        if len({len(column) for column in (*columns, *([] if proof is None else [proof]))}) > 1:
            raise ForecastError("The columns of the events have " + ", ".join(str(len(column)) for column in columns)
                                + " rows. Give all of them one of each event.")
        names, actor_place = _in_order("actor", actors)
        kind_names, kind_place = _in_order("kind", [each.name for each in kinds])
        by_name = {each.name: each for each in kinds}
        days = columns[0]
        if len(days) and not (days.min() > -2**31 and days.max() < 2**31):
            raise ForecastError(f"A day is {days.min()} or {days.max()}. Count days since 1970-01-01.")
        if len(kind_names) >= 2**15:
            raise ForecastError(f"There are {len(kind_names)} kinds of events. Map them to fewer than {2**15}.")
        sources, targets = (_placed(label, column, actor_place)
                            for label, column in (("source", columns[1]), ("target", columns[2])))
        sorts = _placed("kind", columns[3], kind_place)
        order = np.lexsort((*(() if proof is None else (proof,)), sorts, targets, sources, days))
        country, country_names = _attribute(names, countries or {})
        role, role_names = _attribute(names, roles or {})
        return cls(_fixed(days[order].astype(np.int32)), _fixed(sources[order].astype(np.int32)),
                   _fixed(targets[order].astype(np.int32)), _fixed(sorts[order].astype(np.int16)),
                   None if proof is None else _fixed(proof[order]), names, tuple(by_name[name] for name in kind_names),
                   country, role, country_names, role_names)

    @classmethod
    def named(cls, day: ArrayLike, source: Sequence[str], target: Sequence[str], kind: Sequence[str], *,
              kinds: Sequence[Kind], evidence: ArrayLike | None = None, countries: Mapping[str, str] | None = None,
              roles: Mapping[str, str] | None = None) -> EventLog:
        """The log of N events given by name; its actors are those who stand in it.

        >>> log = EventLog.named([3, 1], ["Syria", "Hamas"], ["Hamas", "Syria"], ["accuse", "host"],
        ...                      kinds=[Kind("host", 1, 1), Kind("accuse", 3, -1)])
        >>> log.actors, log.day.tolist(), [log.kinds[kind].name for kind in log.kind]
        (('Hamas', 'Syria'), [1, 3], ['host', 'accuse'])
        >>> len(log.before(3)), log.before(3).until
        (1, 3)
        """
        actors = sorted({*source, *target})
        place = {name: index for index, name in enumerate(actors)}
        known = {each.name: index for index, each in enumerate(kinds)}
        if unknown := sorted(set(kind) - known.keys()):
            raise ForecastError(f"No kind is named {unknown[0]!r} ({len(unknown)} such). Give each its `Kind`.")
        return cls.of(day, [place[name] for name in source], [place[name] for name in target],
                      [known[name] for name in kind], actors=actors, kinds=kinds, evidence=evidence,
                      countries=countries, roles=roles)

    def __len__(self) -> int:
        return len(self.day)

    def before(self, day: int) -> Past:
        """What had happened before a day: the only way to read the events. Copies nothing."""
        return Past(self, day, int(np.searchsorted(self.day, day)))

    def key(self, by: By) -> NDArray[np.int64]:
        """(N,) what rows are put together by.

        The place of the source, target or kind; of a pair, source * actors + target; of a source and a kind,
        source * kinds + kind.
        """
        if by == "pair":
            return self.source.astype(np.int64) * len(self.actors) + self.target
        if by == "source kind":
            return self.source.astype(np.int64) * len(self.kinds) + self.kind
        column = self.kind if by == "kind" else self.source if by == "source" else self.target
        return column.astype(np.int64)

    @cached_property
    def _indexes(self) -> dict[By, _Index]:
        return {}

    def _index(self, by: By) -> _Index:
        """The index by a key, made when it is first asked for."""
        if by not in self._indexes:
            self._indexes[by] = _Index.of(self.key(by))
        return self._indexes[by]


class Past:
    """The events of a log before the day `until`, and nothing of what came later.

    Columns and names are those of `EventLog`, cut; rows are numbered alike in both. Who the actors are, and what kinds
    there are, is taken as known at all times: an actor without an event in the past is one of whom nothing is known.
    """

    def __init__(self, log: EventLog, until: int, length: int) -> None:
        self.until = until
        self.day, self.kind = log.day[:length], log.kind[:length]
        self.source, self.target = log.source[:length], log.target[:length]
        self.evidence = None if log.evidence is None else log.evidence[:length]
        self.actors, self.kinds = log.actors, log.kinds
        self.country, self.role, self.countries, self.roles = log.country, log.role, log.countries, log.roles
        self._log, self._length = log, length
        self._groups: dict[By, Groups] = {}

    def __len__(self) -> int:
        return self._length

    def before(self, day: int) -> Past:
        """What had happened before an earlier day (or as early as this past ends)."""
        return self._log.before(min(day, self.until))

    def of_pair(self, source: int, target: int) -> Rows:
        """The rows from one actor to another, in order of time, as for all that follow."""
        return self._log._index("pair").before(source * len(self.actors) + target, self._length)

    def of_source(self, source: int) -> Rows:
        """The rows of what an actor did."""
        return self._log._index("source").before(source, self._length)

    def of_target(self, target: int) -> Rows:
        """The rows of what was done to an actor."""
        return self._log._index("target").before(target, self._length)

    def of_kind(self, kind: int) -> Rows:
        """The rows of a kind of event."""
        return self._log._index("kind").before(kind, self._length)

    def of_source_kind(self, source: int, kind: int) -> Rows:
        """The rows of what an actor did of a kind."""
        return self._log._index("source kind").before(source * len(self.kinds) + kind, self._length)

    def groups(self, by: By) -> Groups:
        """All rows put together by a key (`EventLog.key`), for loops over everything; nothing is sorted anew."""
        if by not in self._groups:
            self._groups[by] = self._log._index(by).groups(self._length)
        return self._groups[by]


def _whole(name: str, values: ArrayLike) -> NDArray[np.int64]:
    """A column of whole numbers."""
    column = np.asarray(values)
    if column.ndim != 1 or not (column.size == 0 or np.issubdtype(column.dtype, np.integer)):
        raise ForecastError(f"The column {name!r} of the events has shape {column.shape} and type {column.dtype}. "
                            "Give one whole number for each event.")
    return column.astype(np.int64)


def _in_order(what: str, names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names in order, and the new place of each."""
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(names))
    ordered = tuple(names[index] for index in order)
    for left, right in pairwise(ordered):
        if left == right:
            raise ForecastError(f"The {what} {left!r} stands twice. Give each {what} once.")
    return ordered, place


def _placed(name: str, column: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(column) and not (column.min() >= 0 and column.max() < len(place)):
        raise ForecastError(f"A {name} is {column.min()} or {column.max()}, where there are {len(place)}. "
                            f"Give places from 0 to {len(place) - 1}.")
    return place[column] if len(column) else column


def _attribute(actors: Sequence[str], told: Mapping[str, str]) -> tuple[Places, tuple[str, ...]]:
    """The place of what is told of each actor, -1 where nothing is; and its names in order."""
    names = tuple(sorted({told[actor] for actor in actors if actor in told}))
    place = {name: index for index, name in enumerate(names)}
    return _fixed(np.array([place[told[actor]] if actor in told else -1 for actor in actors], np.int32)), names


def _fixed(column: NDArray[Number]) -> NDArray[Number]:
    """The column, not to be written to."""
    column.setflags(write=False)
    return column
