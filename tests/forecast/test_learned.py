"""The learned forecaster: blind, monotone, calibrated against the truth of a simulated world."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from sides.forecast.event_log import EventLog
from sides.forecast.features import Features
from sides.forecast.learned import Learned, training_origins
from sides.forecast.questions import Questions, happened
from sides.forecast.scores import auc, brier
from sides.model.errors import ForecastError
from tests.forecast.conftest import FITTED_DAY
from tests.forecast.simulated import KINDS, PAIRS, RHYTHM_DAYS, name, world


def place(log, *names):
    return [log.actors.index(each) for each in names]


def asked(past, pairs):
    """Questions of named pairs."""
    return Questions(*(np.array(column) for column in zip(*[place(past, *pair) for pair in pairs], strict=True)))


def before(columns, day):
    """The log of a world in which nothing has happened from a day on: no row, no actor who only came later."""
    return EventLog.named(*zip(*[event for event in zip(*columns, strict=True) if event[0] < day], strict=True),
                          kinds=KINDS)


def test_forecasts_do_not_change_when_all_that_came_later_is_deleted(simulated, channels, learned):
    told = {}
    for log in (simulated.log, before(simulated.columns, FITTED_DAY)):
        past = log.before(FITTED_DAY)
        questions = Questions.eligible(past)
        features = Features.of(past, questions, channels)
        names = [(past.actors[source], past.actors[target])
                 for source, target in zip(questions.source, questions.target, strict=True)]
        told[log] = names, features.values.tobytes(), learned.curves(features.values).tobytes()
    whole, cut = told.values()
    assert whole == cut


def test_what_is_fitted_does_not_change_when_all_that_came_later_is_deleted(simulated, channels):
    day, origins = 500, (380, 410, 440)
    whole, cut = (Learned.fit(log.before(day), channels, (7, 30), origins)
                  for log in (simulated.log, before(simulated.columns, day)))
    assert [[(hazard.trees, hazard.base) for hazard in stretch] for stretch in whole.hazards] == [
        [(hazard.trees, hazard.base) for hazard in stretch] for stretch in cut.hazards]
    assert any(hazard.trees for stretch in whole.hazards for hazard in stretch)


def test_an_origin_whose_window_has_not_closed_is_refused(simulated, channels):
    pytest.importorskip("lightgbm")
    with pytest.raises(ForecastError, match="origin 480 closes after day 500"):
        Learned.fit(simulated.log.before(500), channels, (30,), (440, 480))


def test_the_chance_never_falls_with_the_horizon(simulated, channels, learned):
    past = simulated.log.before(FITTED_DAY)
    curves = learned.curves(Features.of(past, Questions.eligible(past), channels).values)
    assert (np.diff(curves, axis=2) >= 0).all() and curves.min() > 0 and curves.max() < 1


def test_chances_are_right_about_the_truth_of_the_simulator(simulated, channels, learned):
    chances, truth, came = [], [], []
    pairs = [(name(pair, 1), name(pair, 0)) for pair in range(PAIRS)]
    for day in range(FITTED_DAY, 1470, 30):
        past = simulated.log.before(day)
        known = [pair for pair in range(PAIRS) if pairs[pair][0] in past.actors and pairs[pair][1] in past.actors]
        questions = asked(past, [pairs[pair] for pair in known])
        eligible = Questions.eligible(past)
        is_eligible = np.isin(questions.source * 1000 + questions.target, eligible.source * 1000 + eligible.target)
        chances.append(learned.curves(Features.of(past, questions, channels).values)[is_eligible, 3, 1])
        truth.append(np.array([simulated.attack_chance(pair, past, 30) for pair in known])[is_eligible])
        came.append(happened(simulated.log.before(day + 30), questions, channels, day, day + 30)[is_eligible, 3])
    chance, true, came = (np.concatenate(each) for each in (chances, truth, came))
    assert len(came) > 500
    assert true.mean() == pytest.approx(came.mean(), abs=.04)  # the truth is the truth
    assert np.corrcoef(chance, true)[0, 1] > .75
    for low, high in ((0, .1), (.1, .25), (.25, .5), (.5, 1)):  # as often as it says, in truth
        kept = (chance >= low) & (chance < high)
        assert chance[kept].mean() == pytest.approx(true[kept].mean(), abs=.09), (low, kept.sum())
    assert auc(chance, came) > auc(true, came) - .06
    assert brier(chance, came) < brier(true, came) + .012


def test_a_rhythm_is_learned(simulated, channels, learned):
    came, told = [], []
    for day in (1220, 1290, 1400):
        past = simulated.log.before(day)
        questions = asked(past, [(f"Guest{pair}", f"House{pair}") for pair in range(30)])
        told.append(learned.curves(Features.of(past, questions, channels).values)[:, 0, 1])
        came.append(happened(simulated.log.before(day + 30), questions, channels, day, day + 30)[:, 0])
    chance, came = np.concatenate(told), np.concatenate(came)
    assert came.mean() == pytest.approx(30 / RHYTHM_DAYS, abs=.15)
    assert auc(chance, came) > .95 and chance[came].mean() > .65 and chance[~came].mean() < .15


def test_a_turn_of_sign_is_followed(simulated, channels, learned):
    chances = {}
    for pair, turn in enumerate(simulated.turn_days):
        for after in (-30, 150):
            past = simulated.log.before(turn + after)
            if turn >= 1000:
                questions = asked(past, [(f"Friend{pair}", f"Foe{pair}")])
                chances[pair, after] = learned.curves(Features.of(past, questions, channels).values)[0, :, 1]
    assert len(chances) == 12
    before, after = (np.array([chance for (_, each), chance in chances.items() if each == when]) for when in (-30, 150))
    assert (before[:, 1] > 2 * before[:, 3]).all() and before[:, 1].mean() > .35
    assert (after[:, 3] > 2 * after[:, 1]).all() and after[:, 3].mean() > .35


def test_the_order_of_questions_does_not_matter_and_none_sees_another(simulated, channels, learned):
    past = simulated.log.before(FITTED_DAY)
    questions = Questions.eligible(past)
    all_told = learned.curves(Features.of(past, questions, channels).values)
    some = np.arange(len(questions))[::-7]
    told = learned.curves(Features.of(past, Questions(questions.source[some], questions.target[some]), channels).values)
    assert told.tobytes() == all_told[some].tobytes()


def test_a_pair_of_whom_nothing_is_known_is_answered(simulated, channels, learned):
    past = simulated.log.before(FITTED_DAY)
    curve = learned.curves(Features.of(past, asked(past, [("Guest1", "Foe1")]), channels).values)
    assert curve.shape == (1, 4, 3) and (curve < .2).all()


def test_too_few_events_are_not_learned_from_and_it_says_so(simulated, channels):
    pytest.importorskip("lightgbm")
    fitted = Learned.fit(simulated.log.before(500), channels, (30,), (440,))
    assert ("material cooperation", 30) in fitted.unlearned
    told = fitted.chances(simulated.log.before(500), Questions.eligible(simulated.log.before(500)))
    assert len(set(told[:, 1])) == 1 and 0 < told[0, 1] < .1


def test_maps_are_kept_only_where_they_would_have_helped(simulated, channels, learned):
    past = simulated.log.before(1450)
    again = learned.recalibrated(past)
    assert [[hazard.trees for hazard in stretch] for stretch in again.hazards] == [
        [hazard.trees for hazard in stretch] for stretch in learned.hazards]
    cut = learned.recalibrated(before(simulated.columns, 1450).before(1450))
    values = Features.of(past, Questions.eligible(past), channels).values
    assert again.curves(values).tobytes() == cut.curves(values).tobytes()


def test_a_forecaster_that_is_wrong_throughout_is_brought_back(simulated, channels, learned):
    past = simulated.log.before(1450)
    stretch = tuple(replace(hazard, trees=None, base=.9) for hazard in learned.hazards[0])
    wrong = replace(learned, hazards=(stretch,), horizons=(30,))
    right = wrong.recalibrated(past)
    questions = Questions.eligible(past)
    assert wrong.chances(past, questions).mean() == pytest.approx(.9)
    assert right.chances(past, questions).mean() < .4


def test_no_map_is_made_from_what_the_trees_have_seen(simulated, channels, learned):
    wrong = replace(learned, horizons=(30,), hazards=(tuple(
        replace(hazard, trees=None, base=.9) for hazard in learned.hazards[0]),))
    for day, is_mapped in ((FITTED_DAY + 59, False), (FITTED_DAY + 60, True)):
        past = simulated.log.before(day)
        told = wrong.recalibrated(past).chances(past, Questions.eligible(past))
        assert (told.mean() < .4) == is_mapped


def test_origins_are_counted_back_from_the_last_window_that_has_closed(simulated):
    origins = training_origins(simulated.log.before(1000), 30)
    assert origins[-1] == 970 and set(np.diff(origins)) == {30} and origins[0] >= 333
    assert training_origins(simulated.log.before(-5), 30) == ()


def test_horizons_that_do_not_rise_are_refused(simulated, channels):
    with pytest.raises(ForecastError, match="30, 7 days do not rise"):
        Learned.fit(simulated.log.before(500), channels, (30, 7))


def test_a_log_without_history_is_refused_with_what_to_do(simulated, channels):
    pytest.importorskip("lightgbm")
    with pytest.raises(ForecastError, match="ask for the recurrence forecast"):
        Learned.fit(simulated.log.before(2), channels, (30,))


def test_without_lightgbm_the_error_says_how_to_get_it(simulated, channels, monkeypatch):
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(ForecastError, match=r"pip install 'sides\[forecast\]'"):
        Learned.fit(simulated.log.before(500), channels, (30,), (440,))


def test_the_simulator_repeats_itself():
    assert world().columns == world().columns
