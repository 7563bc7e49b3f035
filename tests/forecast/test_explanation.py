"""What stands behind a forecast can be opened."""

from __future__ import annotations

import numpy as np
import pytest

from sides.forecast.calibration import logit
from sides.forecast.event_log import EventLog, Kind
from sides.forecast.explanation import TOPICS, Explainer
from sides.forecast.features import Features
from sides.forecast.precedents import BACK, LIKE_TARGET, OF_SOURCE, SELF, fired_rules, precedents
from sides.forecast.questions import Channels, Questions
from tests.forecast.conftest import FITTED_DAY


@pytest.fixture(scope="module")
def explainer(simulated, learned):
    past = simulated.log.before(FITTED_DAY)
    return Explainer.of(learned, past, Questions.eligible(past))


def test_the_reasons_add_up_to_the_forecast(explainer):
    for question in range(0, len(explainer.questions), 40):
        told = explainer.explain(question, 3)
        days, chance = told.curve[0]
        assert days == 7 and 0 < chance < 1
        pushed = told.base_push + sum(reason.push for reason in told.reasons)
        assert pushed == pytest.approx(logit(np.array([chance]))[0], abs=1e-6)
        strengths = [abs(reason.push) for reason in told.reasons]
        assert strengths == sorted(strengths, reverse=True)
        assert "{" not in " ".join(reason.text for reason in told.reasons)


def test_every_feature_has_a_topic_and_every_topic_a_feature(explainer):
    assert set(explainer.features.topics) == set(TOPICS)
    assert len(set(explainer.features.names)) == len(explainer.features.names) == explainer.features.values.shape[1]


def test_how_a_tie_stands_and_how_busy_its_actors_are_is_told_in_words(explainer):
    told = [reason for question in range(0, len(explainer.questions), 10)
            for reason in explainer.explain(question, 3).reasons if reason.topic in ("state", "activity")]
    assert {reason.topic for reason in told} == {"state", "activity"}
    assert "how their tie stands, and since when" in {reason.text for reason in told}
    named = {name for reason in told for name, _, _ in reason.features}
    assert any(name.startswith("tie: ") for name in named) and any("over 720 days" in name for name in named)


def test_every_explanation_has_three_dated_items_or_says_why_not(explainer):
    lacking = 0
    for question in range(len(explainer.questions)):
        told = explainer.explain(question, question % 4)
        lacking += told.lacking is not None
        assert (len(told.precedents) >= 3) == (told.lacking is None)
        for each in told.precedents:
            assert each.day < FITTED_DAY and explainer.past.day[each.row] == each.day
    assert lacking  # visits were never paid between those who only fight


def test_an_accusation_fires_the_rule_that_was_planted(explainer, simulated):
    past = explainer.past
    accusations = past.of_kind([kind.name for kind in past.kinds].index("accuse"))
    last = accusations[-1]
    asked = (explainer.questions.source == past.target[last]) & (explainer.questions.target == past.source[last])
    question = int(np.flatnonzero(asked)[0])
    rule = explainer.explain(question, 3).rules[0]
    assert (rule.kind, rule.way, rule.day) == ("accuse", "back", int(past.day[last])) and .55 < rule.confidence < .8
    assert rule.weight < rule.confidence and rule.support > 300


KINDS = (Kind("host", 1, 1), Kind("attack", 4, -1))


def said(events, source, target, until=99, **told):
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS, **told)
    past, channels = log.before(until), Channels.quads(log.kinds)
    questions = Questions(np.array([log.actors.index(source)]), np.array([log.actors.index(target)]))
    features = Features.of(past, questions, channels)
    return precedents(past, features, 0, channels, 0), fired_rules(past, features, 0, 0)


def test_precedents_come_from_the_nearest_pair_first_and_the_latest_of_it():
    events = [(1, "A", "B", "host"), (5, "B", "A", "host"), (3, "A", "B", "host"), (2, "A", "B", "attack"),
              (7, "A", "C", "host"), (8, "A", "D", "host"), (98, "A", "B", "host"), (99, "A", "B", "host")]
    (found, lacking), _ = said(events, "A", "B")
    assert [(each.day, each.likeness) for each in found] == [(98, SELF), (3, SELF), (1, SELF)] and lacking is None
    (found, lacking), _ = said(events, "A", "B", until=4, countries={"B": "X", "C": "X"})
    assert [each.day for each in found] == [3, 1]
    assert "2 events of verbal cooperation are recorded before" in lacking
    (found, _), _ = said(events, "A", "B", until=9, countries={"B": "X", "D": "X"})
    assert [(each.day, each.likeness) for each in found] == [(3, SELF), (1, SELF), (5, BACK)]
    events.append((0, "E", "F", "attack"))
    (found, _), _ = said(events, "A", "E", until=9, countries={"D": "X", "E": "X"})
    assert [(each.day, each.target, each.likeness) for each in found][:2] == [(8, "D", LIKE_TARGET),
                                                                            (7, "C", OF_SOURCE)]


def test_rules_are_fired_by_recent_events_only():
    events = [(1, "A", "B", "host"), (300, "A", "B", "attack"), (400, "C", "B", "attack")]
    _, rules = said(events, "A", "B", until=401)
    assert [(rule.kind, rule.day) for rule in rules] == [("attack", 300)]
