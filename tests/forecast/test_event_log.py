"""The log of events, and what of it can be seen before a day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.forecast.event_log import EventLog, Kind
from sides.model.errors import ForecastError

KINDS = [Kind("help", 2, 1), Kind("accuse", 3, -1), Kind("attack", 4, -1)]
NAMES = ["Ada", "Bo", "Cy", "Di"]
EVENTS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(NAMES), st.sampled_from(NAMES),
                            st.sampled_from([kind.name for kind in KINDS]), st.integers(0, 99)), max_size=25)
COLUMNS = ("day", "source", "target", "kind", "evidence")
GROUPS = ("pair", "source", "target", "kind", "source kind")


def log_of(events, actors=NAMES):
    day, source, target, kind, evidence = zip(*events, strict=True) if events else ((), (), (), (), ())
    kinds = [each.name for each in KINDS]
    return EventLog.of(np.array(day, int), np.array([actors.index(name) for name in source], int),
                       np.array([actors.index(name) for name in target], int),
                       np.array([kinds.index(name) for name in kind], int), actors=actors, kinds=KINDS,
                       evidence=np.array(evidence, int), countries={"Ada": "X", "Di": "W"}, roles={"Bo": "police"})


def told(log):
    return [getattr(log, name).tobytes() for name in (*COLUMNS, "country", "role")], log.actors, log.kinds, log.roles


def seen(past):
    """Everything that a past answers."""
    columns = {name: getattr(past, name).tolist() for name in COLUMNS}
    groups = [[part.tolist() for part in (each.key, each.start, each.rows)] for each in map(past.groups, GROUPS)]
    places = range(len(past.actors))
    alone = [[past.of_source(place).tolist(), past.of_target(place).tolist(),
              [past.of_pair(place, other).tolist() for other in places],
              [past.of_source_kind(place, kind).tolist() for kind in range(len(past.kinds))]] for place in places]
    return len(past), columns, groups, alone, [past.of_kind(kind).tolist() for kind in range(len(past.kinds))]


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_does_not_matter(events, chance):
    shuffled, actors = list(events), list(NAMES)
    chance.shuffle(shuffled)
    chance.shuffle(actors)
    assert told(log_of(shuffled, actors)) == told(log_of(events))


@given(EVENTS, st.integers(-1, 11))
def test_deleting_what_came_later_changes_nothing_that_a_past_answers(events, day):
    whole, cut = log_of(events), log_of([event for event in events if event[0] < day])
    assert seen(whole.before(day)) == seen(cut.before(day)) == seen(cut.before(99))
    assert seen(whole.before(99).before(day)) == seen(whole.before(day))


@given(EVENTS, st.integers(-1, 11))
def test_nothing_of_the_day_itself_or_later_can_be_seen(events, day):
    log = log_of(events)
    log.before(99).groups("pair")  # indexes of the whole exist
    past = log.before(day)
    assert len(past) == sum(event[0] < day for event in events)
    rows = [past.groups(by).rows for by in GROUPS]
    rows += [past.of_pair(0, 1), past.of_source(0), past.of_target(0), past.of_kind(0), past.of_source_kind(0, 0)]
    for each in rows:
        assert (past.day[each] < day).all()
    assert past.before(day + 5).until == day and len(past.before(day + 5)) == len(past)


def test_rows_are_found_by_who_and_what():
    log = log_of([(5, "Ada", "Bo", "help", 1), (3, "Bo", "Ada", "attack", 2), (4, "Ada", "Bo", "attack", 3),
                  (5, "Ada", "Cy", "attack", 4)])
    past = log.before(9)
    assert past.day.tolist() == [3, 4, 5, 5] and past.evidence.tolist() == [2, 3, 1, 4]
    assert [each.name for each in log.kinds] == ["accuse", "attack", "help"]
    assert past.of_pair(0, 1).tolist() == [1, 2] and past.of_pair(1, 0).tolist() == [0]
    assert past.of_source(0).tolist() == [1, 2, 3] and past.of_target(2).tolist() == [3]
    assert past.of_kind(1).tolist() == [0, 1, 3] and past.of_source_kind(0, 1).tolist() == [1, 3]
    groups = past.groups("source")
    assert groups.key.tolist() == [0, 1] and groups.start.tolist() == [0, 3, 4] and groups.rows.tolist() == [1, 2, 3, 0]
    assert (log.country.tolist(), log.countries, log.roles) == ([1, -1, -1, 0], ("W", "X"), ("police",))


def test_what_a_past_gives_cannot_be_written_to():
    past = log_of([(5, "Ada", "Bo", "help", 1)]).before(9)
    for array in (past.day, past.groups("pair").rows):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


@pytest.mark.parametrize(("change", "message"), [
    ({"day": [1, 2]}, "2, 1, 1, 1 rows"), ({"day": [.5]}, "whole number"), ({"source": [4]}, "A source is 4"),
    ({"actors": ["Ada", "Ada", "Bo", "Cy"]}, "'Ada' stands twice"), ({"evidence": [1, 2]}, "have 1, 1, 1, 1"),
    ({"day": [2**40]}, "since 1970")])
def test_what_is_no_log_is_refused(change, message):
    given = {"day": [1], "source": [0], "target": [1], "kind": [0], "actors": NAMES, "kinds": KINDS} | change
    with pytest.raises(ForecastError, match=message):
        EventLog.of(given.pop("day"), given.pop("source"), given.pop("target"), given.pop("kind"), **given)


def test_kinds_are_checked_and_all_known():
    with pytest.raises(ForecastError, match="quad class 5"):
        Kind("help", 5)
    with pytest.raises(ForecastError, match="'sell'"):
        EventLog.named([1], ["Ada"], ["Bo"], ["sell"], kinds=KINDS)
