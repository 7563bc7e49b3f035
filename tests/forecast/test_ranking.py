"""Answers are ranked from what was known before: nothing later counts, no order, no number of threads."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from sides.forecast.event_log import EventLog, Kind
from sides.forecast.ranking.precedents import ENOUGH, explain
from sides.forecast.ranking.ranker import Ranker, questions_of
from sides.forecast.ranking.recurrence import recurrence_ranks, recurrence_scores
from sides.forecast.ranking.scores import STRATA, filtered_ranks, strata
from sides.forecast.ranking.stream import Asked, Stream
from sides.forecast.ranking.tables import RULE_DAYS, fact_key, find
from sides.model.errors import ForecastError

ACTORS = [f"{role} ({country})" for country in ("Aland", "Borduria", "Syldavia", "Zubrowka")
          for role in ("Police", "Citizen", "Military", "Media")] + ["Aland", "Borduria", "Syldavia", "Zubrowka",
                                                                     "Mr Nobody", "Ms New"]
KINDS = [Kind("consult", 1, 1), Kind("accuse", 3, -1), Kind("threaten", 3, -1), Kind("host", 2, 1)]
ACCUSE, THREATEN = 1, 2  # places in KINDS; in a log, kinds stand in order of name
COUNTRIES = {name: name.split("(")[-1].rstrip(")") for name in ACTORS if not name.startswith("M")}
COUNTRIES |= {name: name.split("(")[-1].rstrip(")") for name in ACTORS if "(" in name}
ROLES = {name: name.split(" (")[0] if "(" in name else "state" for name in COUNTRIES}
PLANTED = 0.6  # how often who accuses threatens within five days
DAYS = 90
LAST = 80


def rows() -> NDArray[np.int64]:
    """Day, source, target, kind: people deal with whom they dealt with, accusations lead to threats, "Ms New" comes
    late."""
    draw = np.random.default_rng(5)
    found = []
    for day in range(1, DAYS):
        for _ in range(12):
            source = int(draw.integers(21))
            target = (source + 1 + int(draw.geometric(0.4))) % 21
            kind = int(draw.choice([0, ACCUSE, 3], p=[0.6, 0.25, 0.15]))
            found.append((day, source, target, kind))
            if kind == ACCUSE and draw.random() < PLANTED:
                found.append((day + int(draw.integers(1, 6)), source, target, THREATEN))
    found.append((DAYS - 2, 21, 3, 0))
    return np.array([row for row in found if row[0] < DAYS])


def log_of(table: NDArray[np.int64]) -> EventLog:
    return EventLog.of(*table.T, actors=ACTORS, kinds=KINDS, countries=COUNTRIES, roles=ROLES)


@pytest.fixture(scope="module")
def log() -> EventLog:
    return log_of(rows())


@pytest.fixture(scope="module")
def ranker(log: EventLog) -> Ranker:
    return Ranker.fit(log.before(LAST), trees=10)


def asked_on(stream: Stream, log: EventLog, day: int) -> list[Asked]:
    asker, question, _ = questions_of(log.before(day + 1), stream.kinds)
    return list(stream.ask(day, asker, question))


def same(left: list[Asked], right: list[Asked]) -> bool:
    return all(a.x.tobytes() == b.x.tobytes() and a.answer.tobytes() == b.answer.tobytes()
               and a.terms.tobytes() == b.terms.tobytes()
               for a, b in zip(left, right, strict=True))


def test_a_planted_rule_is_recovered_with_its_confidence(log: EventLog) -> None:
    stream = Stream(log.before(DAYS))
    stream.advance(log.before(DAYS))
    names = [kind.name for kind in log.kinds]
    body, head = names.index("accuse"), names.index("threaten")
    followed, bodies = 0, 0
    events = set(zip(log.source.tolist(), log.target.tolist(), log.kind.tolist(), log.day.tolist(), strict=True))
    for source, target, kind, day in events:
        if kind == body:
            bodies += 1
            followed += any((source, target, head, later) in events for later in range(day + 1, day + RULE_DAYS + 1))
    support, count = stream.memory.tables.rule_support[body, head], stream.memory.tables.question_count[body]
    assert (support, count) == (followed, bodies)
    assert support / count == pytest.approx(PLANTED, abs=0.15)
    back = body + stream.kinds, head + stream.kinds  # told from the other side it is the same rule
    assert stream.memory.tables.rule_support[back] == support


def test_what_comes_later_changes_nothing(log: EventLog, ranker: Ranker) -> None:
    table = rows()
    cut = log_of(table[table[:, 0] < LAST])
    other = Ranker.fit(cut.before(LAST), trees=10)
    assert other.text == ranker.text
    whole, short = Stream(log.before(LAST)), Stream(cut.before(LAST))
    whole.advance(log.before(LAST))
    short.advance(cut.before(10**6))
    asker, question, _ = questions_of(log.before(LAST + 1), whole.kinds)
    left, right = list(whole.ask(LAST, asker, question)), list(short.ask(LAST, asker, question))
    assert same(left, right)
    assert ranker.scores(left[0]).tobytes() == other.scores(right[0]).tobytes()


def test_no_question_sees_another_of_its_day(log: EventLog) -> None:
    stream = Stream(log.before(LAST))
    stream.advance(log.before(LAST))
    asker, question, _ = questions_of(log.before(LAST + 1), stream.kinds)
    together = next(stream.ask(LAST, asker, question))
    for row, place in enumerate(together.place):
        alone = next(stream.ask(LAST, asker[place:place + 1], question[place:place + 1]))
        assert alone.x[0].tobytes() == together.x[row].tobytes()


def test_a_day_that_is_known_cannot_be_asked_about(log: EventLog, ranker: Ranker) -> None:
    stream = Stream(log.before(LAST))
    stream.advance(log.before(LAST))
    with pytest.raises(ForecastError, match="nothing can be asked about day"):
        next(stream.ask(stream.through, np.zeros(1, np.int32), np.zeros(1, np.int32)))
    with pytest.raises(ForecastError, match="do not go on"):
        stream.advance(log.before(20))
    with pytest.raises(ForecastError, match="are known here"):
        explain(ranker.stream, 0, 0, 1, LAST - 30)


def test_the_order_of_the_input_and_the_number_of_threads_do_not_matter(log: EventLog, ranker: Ranker) -> None:
    shuffled = log_of(np.random.default_rng(1).permutation(rows()))
    assert Ranker.fit(shuffled.before(LAST), trees=10, threads=2).text == ranker.text


def test_days_that_go_in_later_are_as_if_they_had_been_there(log: EventLog) -> None:
    grown, whole = Stream(log.before(40)), Stream(log.before(60))
    grown.advance(log.before(40))
    asked_on(grown, log, 40)  # asking leaves nothing behind
    grown.advance(log.before(60))
    whole.advance(log.before(60))
    assert same(asked_on(grown, log, 60), asked_on(whole, log, 60))


def test_answers_are_ranked_better_than_by_recurrence_where_a_rule_tells(log: EventLog, ranker: Ranker) -> None:
    stream = ranker.stream
    learned, recurrence = [], []
    asker, question, answers = questions_of(log.before(LAST + 1), stream.kinds)
    asked = next(stream.ask(LAST, asker, question))
    score = ranker.scores(asked)
    for row, place in enumerate(asked.place):
        count = asked.count[row]
        learned += filtered_ranks(asked.answer[row, :count], score[row, :count], answers[place], len(ACTORS)).tolist()
        recurrence += recurrence_ranks(stream.memory.tables, LAST, asker[place], question[place],
                                       answers[place]).tolist()
    assert np.mean(1 / np.array(learned)) > np.mean(1 / np.array(recurrence))
    first = ranker.rank(int(asker[0]), int(question[0]), LAST, first=3)
    assert [answer.rank for answer in first] == [1, 2, 3]
    assert first[0].probability >= first[1].probability >= first[2].probability > 0


def test_an_answer_is_explained_by_dated_events_or_says_why_not(log: EventLog, ranker: Ranker) -> None:
    asker, question, answers = questions_of(log.before(LAST + 1), ranker.stream.kinds)
    for who, what, right in zip(asker, question, answers, strict=True):
        told = explain(ranker.stream, int(who), int(what), int(right[0]), LAST)
        assert all(precedent.day < LAST for precedent in told.precedents)
        assert (len(told.precedents) >= ENOUGH) == (told.lack is None)
        assert all(precedent.confidence is None or 0 < precedent.confidence <= 1 for precedent in told.precedents)
    new = log.actors.index("Ms New")
    assert explain(ranker.stream, new, 0, 1, LAST).lack == "Nothing is recorded of who is asked about."


def test_what_was_known_of_an_answer_is_told(log: EventLog, ranker: Ranker) -> None:
    past, tables = log.before(LAST), ranker.stream.memory.tables
    source, kind, target = int(past.source[0]), int(past.kind[0]), int(past.target[0])
    new = log.actors.index("Ms New")
    told = strata(tables, source, kind, np.array([target, new], np.int32))
    assert [STRATA[place] for place in told] == ["triple seen", "answer never seen"]
    fact = find(tables.fact_keys, tables.fact_places, fact_key(source, kind, target))
    rows_of = past.of_pair(source, target)
    assert tables.fact_count[fact] == len({int(past.day[row]) for row in rows_of if past.kind[row] == kind})


def test_recurrence_prefers_the_latest_answer(log: EventLog, ranker: Ranker) -> None:
    past = log.before(LAST)
    asker, kind = int(past.source[-1]), int(past.kind[-1])
    of_asker = past.of_source_kind(asker, kind)
    last = past.day[of_asker].max()
    latest = {int(past.target[row]) for row in of_asker if past.day[row] == last}
    assert int(np.argmax(recurrence_scores(ranker.stream.memory.tables, LAST, asker, kind))) in latest


def test_ties_rank_at_their_mean_and_strangers_share_the_rest() -> None:
    tied = filtered_ranks(np.array([1, 2, 3], np.int32), np.array([1.0, 1.0, 1.0]), np.array([2], np.int32), 10)
    assert tied.tolist() == [2.0]
    nobody = filtered_ranks(np.zeros(0, np.int32), np.zeros(0), np.array([2], np.int32), 11)
    assert nobody.tolist() == [6.0]


def test_too_little_is_said_plainly(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ForecastError, match="Give more of the past"):
        Ranker.fit(log.before(1))
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(ForecastError, match=r"pip install 'sides\[forecast\]'"):
        Ranker.fit(log.before(LAST))
