"""Who is asked about, what came of it, and how often it recurs."""

from __future__ import annotations

import numpy as np
import pytest

from sides.forecast.backtest import CLIMATOLOGY, POOLED, Backtest, Climatology
from sides.forecast.event_log import EventLog, Kind
from sides.forecast.questions import Channels, Questions, happened
from sides.forecast.recurrence import Recurrence, seen_windows
from sides.model.errors import ForecastError

KINDS = (Kind("host", 1, 1), Kind("attack", 4, -1))
EVENTS = [(0, "A", "B", "host"), (10, "B", "A", "host"), (40, "A", "B", "attack"), (50, "A", "C", "host"),
          (51, "A", "C", "host"), (52, "C", "C", "host"), (53, "C", "C", "host"), (54, "C", "C", "host"),
          (300, "A", "B", "host"), (310, "A", "C", "host")]
LOG = EventLog.named(*zip(*EVENTS, strict=True), kinds=KINDS)
QUADS = Channels.quads(LOG.kinds)


def pairs(past, **options):
    questions = Questions.eligible(past, **options)
    return [past.actors[source] + past.actors[target]
            for source, target in zip(questions.source, questions.target, strict=True)]


def test_dyads_that_met_enough_and_lately_are_asked_about_both_ways():
    assert pairs(LOG.before(41)) == ["AB", "BA"]  # none who acts on himself; A and C have not met
    assert pairs(LOG.before(300)) == []  # too long ago
    assert pairs(LOG.before(311)) == ["AB", "AC", "BA", "CA"]
    assert pairs(LOG.before(60), least_events=2, active_days=20) == ["AB", "AC", "BA", "CA"]
    assert pairs(LOG.before(0)) == []


def test_what_came_is_of_the_window_and_the_direction():
    past = LOG.before(60)
    questions = Questions(np.array([0, 1]), np.array([1, 0]))
    assert happened(past, questions, QUADS, 0, 10).tolist() == [[True, False, False, False], [False] * 4]
    assert happened(past, questions, QUADS, 10, 40).tolist() == [[False] * 4, [True, False, False, False]]
    with pytest.raises(ForecastError, match="known only before day 60"):
        happened(past, questions, QUADS, 40, 61)


def test_a_kind_may_be_asked_about_beside_the_quad_classes():
    channels = Channels.of_kinds(LOG.kinds, ["attack"])
    assert channels.names[4:] == ("attack",) and channels.members.tolist() == [
        [False, False, False, True, True], [True, False, False, False, False]]
    with pytest.raises(ForecastError, match=r"'sell'.*attack, host"):
        Channels.of_kinds(LOG.kinds, ["sell"])


def test_recurrence_counts_windows_not_events():
    past = LOG.before(60)
    seen = seen_windows(past, Questions(np.array([0, 0, 1]), np.array([2, 1, 2])), QUADS, 5)
    assert seen[:, 0].tolist() == [1, 1, 0]  # AC on days 50, 51, both in [50, 55); AB on day 0, in [0, 5)
    assert seen[:, 3].tolist() == [0, 1, 0]
    assert seen_windows(past, Questions(np.array([0]), np.array([1])), QUADS, 1)[0].tolist() == [0, 0, 0, 0]


def test_the_recurrence_rate_is_drawn_to_the_base_rate():
    plain = Recurrence(QUADS, 5, np.array([.1, .1, .1, .7]))
    told = plain.chances(LOG.before(60), Questions(np.array([0]), np.array([2])))
    assert told[0] == pytest.approx([(1 + .2) / 14, .2 / 14, .2 / 14, 1.4 / 14])


@pytest.fixture(scope="module")
def tested(simulated):
    channels = Channels.quads(simulated.log.kinds)
    fitted, everything = simulated.log.before(900), simulated.log.before(1500)
    origins = range(500, 861, 30)
    plain, mapped = (Recurrence.fit(fitted, channels, 30, origins, is_calibrated=each) for each in (False, True))
    climatology = Climatology.fit(fitted, channels, 30, origins)
    return Backtest.run(everything, channels, 30, range(900, 1471, 60), [plain, mapped], climatology)


def test_a_back_test_scores_all_and_onsets_pooled_and_by_channel(tested):
    scores = tested.scores("recurrence, calibrated")
    assert [score.channel for score in scores[::3]][:5] == [POOLED, *tested.channels.names]
    assert {score.forecaster for score in scores} == {CLIMATOLOGY, "recurrence", "recurrence, calibrated"}
    pooled = {score.forecaster: score for score in scores if (score.questions, score.channel) == ("all", POOLED)}
    assert pooled["recurrence"].count == tested.happened.size
    assert pooled["recurrence"].skill > .2 and pooled[CLIMATOLOGY].skill == 0
    low, high = pooled["recurrence"].interval
    assert low <= pooled["recurrence"].skill_over_reference <= high and pooled[CLIMATOLOGY].interval is None
    assert pooled["recurrence, calibrated"].calibration_error < pooled["recurrence"].calibration_error
    onsets = [score for score in scores if score.questions == "onsets" and score.channel == POOLED]
    assert onsets[0].count == tested.is_onset.sum() < tested.happened.size
    assert onsets[0].prevalence < pooled[CLIMATOLOGY].prevalence


def test_drift_is_told_origin_by_origin(tested):
    drift = tested.drift()[3]  # friends turn to attacks, among other things
    assert drift.channel == "material conflict" and len(drift.by_origin) == 10
    counts = np.unique(tested.origin, return_counts=True)[1]
    assert np.average([share for _, share in drift.by_origin], weights=counts) == pytest.approx(drift.scored)


def test_a_new_chance_has_an_interval_from_what_came_of_others_like_it(tested):
    told, came = tested.chances["recurrence"][:, 0], tested.happened[:, 0]
    for chance in (.02, .4):
        low, high = tested.interval("recurrence", 0, chance)
        assert 0 <= low < high <= 1 and high - low < .2
        near = np.argsort(abs(np.log(told / (1 - told)) - np.log(chance / (1 - chance))), kind="stable")[:200]
        assert low <= came[near].mean() <= high
    wide = tested.interval("recurrence", 0, .4, level=.99)
    assert wide[0] < low and wide[1] > high


def test_a_back_test_cannot_be_run_on_windows_that_are_open(simulated, tested):
    with pytest.raises(ForecastError, match="Ask from day 1470"):
        Backtest.run(simulated.log.before(1500), tested.channels, 30, [1480], [], tested.climatology)
    with pytest.raises(ForecastError, match="no origin"):
        Backtest.run(simulated.log.before(1500), tested.channels, 30, [], [], tested.climatology)
    with pytest.raises(ForecastError, match="'oracle'"):
        tested.scores("oracle")
