"""Scores by hand, and the laws that they keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.forecast.calibration import Isotonic, Line, calibrate, logit
from sides.forecast.scores import (
    auc,
    average_precision,
    brier,
    calibration_error,
    log_loss,
    reliability,
    skill,
    skill_interval,
)
from sides.model.errors import ForecastError

CHANCE = np.array([.9, .6, .6, .2, .05])
CAME = np.array([True, True, False, False, False])
FORECASTS = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=2, max_size=40).filter(
    lambda told: 0 < sum(came for _, came in told) < len(told))


def split(told):
    return np.array([chance / 20 for chance, _ in told]), np.array([came for _, came in told])


def test_scores_are_those_reckoned_by_hand():
    assert brier(CHANCE, CAME) == pytest.approx((.01 + .16 + .36 + .04 + .0025) / 5)
    assert log_loss(CHANCE, CAME) == pytest.approx(-np.log([.9, .6, .4, .8, .95]).mean())
    assert auc(CHANCE, CAME) == pytest.approx(5.5 / 6)  # six couples of a hit and a miss, one of them a tie
    assert average_precision(CHANCE, CAME) == pytest.approx(.5 * 1 + .5 * 2 / 3)
    assert calibration_error(CHANCE, CAME) == pytest.approx((.1 + 2 * .1 + .2 + .05) / 5)
    assert [(each.count, round(each.mean_chance, 2), each.share) for each in reliability(CHANCE, CAME)] == [
        (1, .05, 0), (1, .2, 0), (2, .6, .5), (1, .9, 1)]


def test_a_sure_mistake_costs_much_but_not_all():
    assert log_loss(np.array([0.]), np.array([True])) == pytest.approx(6 * np.log(10))


def test_where_all_came_or_none_there_is_no_ranking():
    assert np.isnan(auc(CHANCE, np.ones(5, bool))) and np.isnan(average_precision(CHANCE, np.zeros(5, bool)))


@given(FORECASTS)
def test_ranking_is_that_of_all_couples(told):
    chance, came = split(told)
    hits, misses = chance[came], chance[~came]
    couples = (hits[:, None] > misses).mean() + (hits[:, None] == misses).mean() / 2
    assert auc(chance, came) == pytest.approx(couples)


@given(FORECASTS)
def test_a_calibrating_map_rises_and_is_no_worse_where_it_was_made(told):
    chance, came = split(told)
    again = Isotonic.fit(chance, came)
    assert (np.diff(again(np.linspace(0, 1, 50))) >= 0).all()
    points = again(again.score)
    assert (points > 0).all() and (points < 1).all()
    line = Line.fit(chance, came)
    assert line.slope >= 0 and log_loss(line(chance), came) <= log_loss(chance, came) + 1e-6


def test_pools_are_those_of_adjacent_violators():
    fitted = Isotonic.fit(np.array([1., 2, 3, 4, 5]), np.array([False, True, False, False, True]))
    assert fitted.score.tolist() == [1, 3, 5]
    assert fitted.share == pytest.approx([0, 1 / 3, 1], abs=2e-3)


def test_a_line_finds_the_distortion_that_was_made():
    chance = np.random.default_rng(3)
    true = chance.uniform(.02, .6, 40_000)
    came = chance.random(40_000) < true
    distorted = 1 / (1 + np.exp(-(2 * logit(true) + 1)))
    line = Line.fit(distorted, came)
    assert (line.slope, line.shift) == pytest.approx((.5, -.5), abs=.03)


def test_steps_are_drawn_only_where_there_are_events_for_them():
    came = np.arange(2000) % 4 == 0
    told = np.linspace(.1, .9, 2000)
    assert isinstance(calibrate(told, came), Isotonic) and isinstance(calibrate(told[:400], came[:400]), Line)


def test_few_events_move_a_line_little():
    line = Line.fit(np.full(3, .5), np.array([True, True, True]))
    assert 0 < line.shift < .2


def test_skill_is_what_is_saved():
    assert skill(.5, 1) == .5 and skill(2, 1) == -1


def test_the_interval_of_skill_holds_its_blocks_together():
    block = np.repeat(np.arange(20), 50)
    own = np.where(block % 2, 1.0, .2)  # all forecasts of a day alike
    low, high = skill_interval(own, np.ones(1000), block)
    assert low < 1 - .6 < high and high - low > .2
    apart = skill_interval(own, np.ones(1000), np.arange(1000))
    assert apart[1] - apart[0] < .06
    with pytest.raises(ForecastError, match="1 origin"):
        skill_interval(own, own, np.zeros(1000, int))
