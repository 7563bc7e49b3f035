"""Why an answer is ranked as it is: dated events of the past, and the rules that they set going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.ranking.stream import Stream
from sides.forecast.ranking.tables import Tables, fact_key, find, pair_key, since
from sides.model.errors import ForecastError

Ground = Literal["recurrence", "reciprocal", "rule", "dealing", "two hops", "country"]
ENOUGH = 3  # dated items that an explanation should have
LATEST = 3  # events of a fact that are named, the latest
RULES = 3  # that are named, the strongest
BETWEEN = 2  # actors between the two that are named, the closest


@dataclass(frozen=True, slots=True)
class Precedent:
    """One dated reason. Read aloud: "on `day`, `asker` did `question` to `answer`" (or had it done, by the question).

    What follows of it: `recurrence`, it happened before; `reciprocal`, it happened the other way; `rule`, after
    `question` the thing asked about followed on the same pair within 30 days `support` times of `bodies`; `dealing`,
    they dealt with each other; `two hops`, the asker dealt with `asker`, and that one with the answer, last on `day`;
    `country`,
    it happened to another actor of the asker's country.
    """

    ground: Ground
    day: int
    asker: int
    question: int  # -1 of any kind
    answer: int
    support: int = 0
    bodies: int = 0

    @property
    def confidence(self) -> float | None:
        """Of a rule, the share of its bodies that the head followed; else none."""
        return self.support / self.bodies if self.bodies else None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The precedents of an answer, strongest ground first; and, where there are fewer than three, why."""

    precedents: tuple[Precedent, ...]
    lack: str | None


def explain(stream: Stream, asker: int, question: int, answer: int, day: int) -> Explanation:
    """What speaks for an answer to a question about a day. Reads what went in, which must be earlier.

    Raises `ForecastError` where events of that day, or of a later one, went in.
    """
    if stream.through >= day:
        raise ForecastError(f"Events through day {stream.through} are known here, so nothing is explained about day "
                            f"{day}. Ask about a later day.")
    tables, kinds = stream.memory.tables, stream.kinds
    back = (question + kinds) % (2 * kinds)
    found: list[Precedent] = []
    for ground, asked in (("recurrence", question), ("reciprocal", back)):
        fact = find(tables.fact_keys, tables.fact_places, fact_key(asker, asked, answer))
        found += [Precedent("recurrence" if ground == "recurrence" else "reciprocal", when, asker, asked, answer)
                  for when in _days(tables, fact)]
    pair = find(tables.pair_keys, tables.pair_places, pair_key(asker, answer))
    if pair >= 0:
        bodies = _bodies(tables, pair, question, day)
        for body in bodies[:RULES]:
            asked = int(tables.fact_question[body])
            found.append(Precedent("rule", int(tables.fact_last[body]), asker, asked, answer,
                                   int(tables.rule_support[asked, question]), int(tables.question_count[asked])))
        if not bodies.size:
            found.append(Precedent("dealing", int(tables.pair_last[pair]), asker, -1, answer))
    if len(found) < ENOUGH:
        for other, when in _between(tables, asker, answer, day)[:BETWEEN]:
            found.append(Precedent("two hops", int(when), int(other), -1, answer))
        country = int(tables.country[asker])
        if country >= 0:
            node = find(tables.nation_keys, tables.nation_places, fact_key(country, question, answer))
            if node >= 0:
                found.append(Precedent("country", int(tables.nation_last[node]), asker, question, answer))
    return Explanation(tuple(found), _lack(tables, asker, answer, pair, len(found)))


def _lack(tables: Tables, asker: int, answer: int, pair: int, found: int) -> str | None:
    if found >= ENOUGH:
        return None
    if tables.actor_last[asker] < 0:
        return "Nothing is recorded of who is asked about."
    if tables.actor_last[answer] < 0:
        return "Nothing is recorded of the answer."
    met = "They met little" if pair >= 0 else "They never met"
    return f"{met}, and few stand between them: the answer rests on how often it is given to such askers."


def _days(tables: Tables, fact: int) -> list[int]:
    """The latest days of a fact, latest first."""
    days: list[int] = []
    event = int(tables.fact_event[fact]) if fact >= 0 else -1
    while event >= 0 and len(days) < LATEST:
        days.append(int(tables.event_day[event]))
        event = int(tables.event_earlier[event])
    return days


@njit(cache=True)
def _bodies(t: Tables, pair: int, question: int, day: int) -> NDArray[np.int64]:
    """The facts of a pair from which a rule leads to the question, the strongest of today first; itself left out."""
    n = 0
    fact = t.pair_head[pair]
    while fact >= 0:
        n += 1
        fact = t.fact_beside[fact]
    facts, weight = np.empty(n, np.int64), np.empty(n)
    n = 0
    fact = t.pair_head[pair]
    while fact >= 0:
        body = t.fact_question[fact]
        if body != question and t.rule_support[body, question]:
            fading = t.fact_weight[fact, 1] * t.decay[1, since(day, t.fact_last[fact])]
            facts[n] = fact
            weight[n] = -t.rule_support[body, question] / t.question_count[body] * fading
            n += 1
        fact = t.fact_beside[fact]
    return facts[:n][np.argsort(weight[:n], kind="mergesort")]


@njit(cache=True)
def _between(t: Tables, asker: int, answer: int, day: int) -> NDArray[np.int64]:
    """[n, 2]: who dealt with both, and the later of the last days with each, in order of how much with both."""
    n = t.actor_pairs[asker]
    found, weight = np.empty((n, 2), np.int64), np.empty(n)
    n = 0
    pair = t.actor_head[asker]
    while pair >= 0:
        other = t.pair_answer[pair]
        onward = find(t.pair_keys, t.pair_places, pair_key(other, answer))
        if onward >= 0 and other != answer and other != asker:
            found[n, 0], found[n, 1] = other, max(t.pair_last[pair], t.pair_last[onward])
            weight[n] = -min(t.pair_weight[pair, 2] * t.decay[2, since(day, t.pair_last[pair])],
                             t.pair_weight[onward, 2] * t.decay[2, since(day, t.pair_last[onward])])
            n += 1
        pair = t.pair_next[pair]
    return found[:n][np.argsort(weight[:n], kind="mergesort")]
