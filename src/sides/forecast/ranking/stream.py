"""The past as a stream: days go in, in order; questions are asked of the day after, and see no event of that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Past
from sides.forecast.learned_files import part
from sides.forecast.ranking.factors import Factors
from sides.forecast.ranking.features import FEATURES, TERMS, WEIGHTS, features_of
from sides.forecast.ranking.layout import Surroundings, surroundings
from sides.forecast.ranking.memory import Memory
from sides.forecast.ranking.surroundings import begin_day
from sides.forecast.ranking.tables import ROLES, STATE
from sides.model.errors import ForecastError
from sides.ties.derived import strings, texts

CANDIDATES = 150  # answers that are looked at closely, the best by the sum
STRANGERS = 50  # and as many more whom the asker never met
TOGETHER = 400  # questions that are asked at once: their rows take some 60 MB
NO_ROLE = 0  # in the tables, of an actor of whom none is known
STATE_ROLE = "state"  # the role of an actor that is a state itself


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is known of some questions: for each, its candidates and what speaks for them."""

    place: NDArray[np.int64]  # (Q,) of the question among those asked
    answer: NDArray[np.int32]  # (Q, K), best sum first, -1 where there are no more
    count: NDArray[np.int32]  # (Q,)
    terms: NDArray[np.float32]  # (Q, K, terms): see `features.TERMS`
    x: NDArray[np.float32]  # (Q, K, features): see `features.FEATURES`

    @property
    def is_candidate(self) -> NDArray[np.bool_]:
        """(Q, K), false in the room that is left over."""
        found: NDArray[np.bool_] = np.arange(self.answer.shape[1])[None] < self.count[:, None]
        return found


class Stream:
    """What is known of the days that went in. A question is (actor, question): kind r is question r, "to whom does the
    actor do it?", and question r + kinds, "who does it to the actor?".
    """

    def __init__(self, past: Past, room: int = 0) -> None:
        """Empty, for the actors and kinds of a past, and for `room` more actors who come later: see `seat`."""
        self.actors, self.kinds = len(past.actors) + room, len(past.kinds)
        self.roles = _numbers(past)
        number = np.array([*(self.roles[role] for role in past.roles), NO_ROLE], np.int32)
        self.memory = Memory(self.actors, self.kinds, np.pad(past.country, (0, room), constant_values=-1),
                             np.pad(number[past.role], (0, room), constant_values=NO_ROLE),
                             np.array([kind.sign for kind in past.kinds], np.int8), len(past.countries))
        self.factors = Factors(self.actors, 2 * self.kinds, len(past.countries), ROLES)
        self._rows = 0
        self._around: Surroundings | None = None
        self._day = -1  # the day that the surroundings are of

    @property
    def through(self) -> int:
        """The last day that went in, or -1."""
        return self.memory.through

    def advance(self, past: Past) -> None:
        """Take in all days of a past that are not yet in.

        Raises `ForecastError` where the past does not go on from what went in.
        """
        if len(past) < self._rows or (self._rows and past.day[self._rows - 1] != self.through):
            raise ForecastError(f"The events before day {past.until} do not go on from those through day "
                                f"{self.through}. Begin a new stream, or give the log that it was begun with.")
        first = self._rows
        while first < len(past):
            day = int(past.day[first])
            if day <= self.through:
                raise ForecastError(f"Day {day} is already in. Give whole days.")
            end = int(np.searchsorted(past.day, day, "right"))
            rows = slice(first, end)
            events = np.stack([past.source[rows], past.kind[rows].astype(np.int32), past.target[rows]], 1)
            self.learn(np.unique(events, axis=0), day)
            first = end
        self._rows = first

    def seat(self, place: int, country: int, role: str | None) -> None:
        """Say who stands at a place that was left free: its country (-1 for none) and its role, by name."""
        self.memory.named[place] = country >= 0
        self.memory.tables.country[place] = country
        self.memory.tables.role[place] = NO_ROLE if role is None else self.roles.get(role, ROLES - 1)

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """All that it knows, to be kept."""
        return {**{f"memory {name}": column for name, column in self.memory.columns.items()},
                **{f"factors {name}": column for name, column in self.factors.columns.items()},
                "roles": texts(self.roles), "role numbers": np.array(list(self.roles.values()), np.int32),
                "sizes": np.array([self.actors, self.kinds, self._rows])}

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Stream:
        """The stream that such columns were taken from; it writes into them."""
        found = cls.__new__(cls)
        found.actors, found.kinds, found._rows = columns["sizes"].tolist()
        found.roles = dict(zip(strings(columns["roles"]), columns["role numbers"].tolist(), strict=True))
        found.memory = Memory.of(part(columns, "memory "))
        found.factors = Factors.of(part(columns, "factors "))
        found._around, found._day = None, -1
        return found

    def learn(self, events: NDArray[np.int32], day: int) -> None:
        """Take in the events (source, kind, target) of one day, later than all that went in, each once."""
        facts = np.concatenate([events, np.stack([events[:, 2], events[:, 1] + self.kinds, events[:, 0]],
                                                 1)]).astype(np.int32)
        tables = self.memory.tables
        self.factors.learn(facts, tables.country, tables.role, day)
        self.memory.learn(facts, day)
        self._day = -1

    def ask(self, day: int, asker: NDArray[np.int32], question: NDArray[np.int32]) -> Iterator[Asked]:
        """What is known of questions asked on a day, some at a time, in an order of its own (`Asked.place`).

        Raises `ForecastError` where events of that day, or of a later one, went in.
        """
        if self.through >= day:
            raise ForecastError(f"Events through day {self.through} are known here, so nothing can be asked about "
                                f"day {day}. Ask about a later day, or fit on the events before that one.")
        tables = self.memory.tables
        most = int(tables.actor_facts.max(initial=0)) + 1
        if self._around is None or len(self._around.fact_place) < most:
            self._around = surroundings(self.actors, 2 * self.kinds, len(tables.contact_head), 2 * most)
            self._day = -1
        if self._day != day:
            begin_day(tables, self._around, day)
            self._day = day
        order = np.lexsort((question, asker, tables.country[asker]))
        room = CANDIDATES + STRANGERS
        for first in range(0, len(order), TOGETHER):
            place = order[first:first + TOGETHER]
            who, what = asker[place].astype(np.int32), question[place].astype(np.int32)
            answer = np.full((len(place), room), -1, np.int32)
            count = np.zeros(len(place), np.int32)
            terms = np.zeros((len(place), room, len(TERMS)), np.float32)
            x = np.zeros((len(place), room, len(FEATURES)), np.float32)
            by_factors = self.factors.scores(tables.country, tables.role, who, what)
            features_of(tables, self._around, day, who, what, by_factors, WEIGHTS, CANDIDATES, STRANGERS, answer,
                        count, terms, x)
            yield Asked(place, answer, count, terms, x)


def _numbers(past: Past) -> dict[str, int]:
    """The numbers of roles in the tables: 0 none, 1 a state, then the commonest, the last for all others."""
    count = np.bincount(past.role[past.role >= 0], minlength=len(past.roles))
    common = [past.roles[role] for role in np.lexsort((np.arange(len(count)), -count))
              if past.roles[role] != STATE_ROLE]
    found = {role: min(2 + rank, ROLES - 1) for rank, role in enumerate(common)}
    return found | ({STATE_ROLE: STATE} if STATE_ROLE in past.roles else {})

