"""The chance that the next event of a dyad is hostile."""

import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.ties.weather import Days, Weather, outlook

TWO = Weather(initial=np.array([.4, .6]), transition=np.array([[.9, .1], [.2, .8]]), hostile=np.array([.7, .1]),
              base=.25, memory_days=10.0, weights=np.zeros(5))
MONDAY = date(2014, 6, 2)


def stream(*rows, number=0):
    day, hostile, cooperative = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Days(stream=np.full(len(day), number), day=day, hostile=hostile.astype(float),
                cooperative=cooperative.astype(float))


def test_forward_chances_by_hand():
    sights = TWO.sights(stream((0, 1, 0), (1, 0, 1), (14, 0, 1)))
    assert sights.weather[0] == pytest.approx([.4, .6])
    first = np.array([.4 * .7, .6 * .1]) / (.28 + .06)  # in the same week: no step between Monday and Tuesday
    assert sights.weather[1] == pytest.approx(first)
    second = first * [.3, .9] / (first @ [.3, .9])
    assert sights.weather[2] == pytest.approx(second @ [[.83, .17], [.34, .66]])  # two weeks later


def test_averages_by_hand():
    sights = TWO.sights(stream((0, 3, 1), (10, 0, 2), (20, 1, 1)))
    assert sights.recent[0] == sights.whole[0] == sights.last[0] == .25
    assert sights.whole[1] == pytest.approx((3 + .25) / 5) and sights.last[1] == .75
    assert sights.recent[1] == pytest.approx((3 * np.exp(-1) + .25) / (4 * np.exp(-1) + 1))
    assert sights.whole[2] == pytest.approx((3 + .25) / 7) and sights.last[2] == 0
    assert sights.recent[2] == pytest.approx((3 * np.exp(-2) + .25) / (4 * np.exp(-2) + 2 * np.exp(-1) + 1))


@given(st.lists(st.tuples(st.integers(0, 34), st.integers(0, 2), st.integers(0, 2)).filter(lambda row: row[1] + row[2]),
                min_size=1, max_size=5, unique_by=lambda row: row[0]))
def test_the_filter_agrees_with_every_path_of_weather_weighed(rows):
    rows = sorted(rows)
    model = Weather.load()
    found = model.sights(stream(*rows)).weather[-1]
    weeks = [row[0] // 7 for row in rows]
    wanted = np.zeros(5)
    for path in itertools.product(range(5), repeat=weeks[-1] - weeks[0] + 1):
        chance = model.initial[path[0]]
        for one, other in itertools.pairwise(path):
            chance *= model.transition[one, other]
        for week, (_, hostile, cooperative) in zip(weeks, rows[:-1], strict=False):
            share = model.hostile[path[week - weeks[0]]]
            chance *= share ** hostile * (1 - share) ** cooperative
        wanted[path[-1]] += chance
    assert found == pytest.approx(wanted / wanted.sum(), abs=1e-9)


def test_streams_do_not_touch_each_other():
    one, other = stream((3, 1, 0), (9, 1, 0)), stream((1, 0, 4), (40, 0, 1), (41, 2, 0), number=1)
    both = Days(stream=np.concatenate([one.stream, other.stream]), day=np.concatenate([one.day, other.day]),
                hostile=np.concatenate([one.hostile, other.hostile]),
                cooperative=np.concatenate([one.cooperative, other.cooperative]))
    model = Weather.load()
    assert model.chances(both) == pytest.approx(np.concatenate([model.chances(one), model.chances(other)]))
    assert model.chances(stream()).shape == (0,)


@given(st.permutations([(MONDAY + timedelta(days=day), sign)
                        for day, sign in ((0, 1), (0, -1), (3, 0), (9, -1), (20, 1))]))
def test_the_order_of_events_does_not_matter_nor_what_comes_later(events):
    at = MONDAY + timedelta(days=15)
    known = sorted(event for event in events if event[0] < at)
    assert outlook(events, at) == outlook(known, at)


def test_hostile_events_raise_the_chance_and_the_quiet_after_them_lowers_it():
    calm = [(MONDAY - timedelta(days=30 * month), 1) for month in range(1, 12)]
    storm = [(MONDAY + timedelta(days=day), -1) for day in range(5)]
    now = outlook(calm + storm, MONDAY + timedelta(days=6)).hostile
    later = outlook(calm + storm, MONDAY + timedelta(days=300)).hostile
    assert outlook(calm, MONDAY).hostile < later < now


def test_a_stream_without_events_has_the_outlook_of_a_new_one():
    assert outlook([], MONDAY) == outlook([(MONDAY, -1), (MONDAY - timedelta(days=1), 0)], MONDAY)
    assert 0 < outlook([], MONDAY).hostile < .3
    assert sum(outlook([], MONDAY).weather) == pytest.approx(1)


def test_the_shipped_weather_is_a_chain_in_order():
    model = Weather.load()
    assert model.transition.sum(axis=1) == pytest.approx(1)
    assert model.initial.sum() == pytest.approx(1)
    assert (np.diff(model.hostile) < 0).all()


def test_days_out_of_order_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        stream((3, 1, 0), (2, 1, 0))
    with pytest.raises(ValueError, match="stands there twice"):
        stream((3, 1, 0), (3, 1, 0))
