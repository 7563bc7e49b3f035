"""The learned forecaster's answer to one question: where it speaks, and how surely."""

from __future__ import annotations

import numpy as np
import pytest

from sides.forecast import learned_answer
from sides.forecast.features import Features
from sides.forecast.learned_answer import Learnt, Taught, learnt, too_short, unlike
from sides.forecast.questions import Questions

DAY = 1200


def pair(past, source, target):
    return Questions(*(np.array([past.actors.index(name)], np.int64) for name in (source, target)))


def test_it_answers_with_a_rising_curve_and_ends_around_it(simulated, channels):
    pytest.importorskip("lightgbm")
    past = simulated.log.before(DAY)
    busy = np.argmax(np.bincount(past.target[past.of_kind(0)], minlength=len(past.actors)))
    asked = pair(past, past.actors[past.source[past.of_target(int(busy))[0]]], past.actors[busy])
    taught, features = Taught.fit(past, channels, (7, 30, 90), [0]), Features.of(past, asked, channels)
    found = learnt(past, features, taught, 0, 30)
    assert learnt(past, features, Taught.of(taught.columns), 0, 30) == found
    assert "Too few events" in learnt(past, features, taught, 1, 30)  # nobody asked about it
    assert isinstance(found, Learnt) and found.name == "learned" and found.reasons
    chances = [one.chance for one in found.points]
    assert [one.days for one in found.points] == [7, 30, 90] and chances == sorted(chances)
    assert all(one.low <= one.chance <= one.high for one in found.points)


def test_it_says_why_it_does_not_answer(simulated, monkeypatch):
    past = simulated.log.before(DAY)
    asked = pair(past, "Friend0", "Foe0")
    assert "wants 20000" in too_short(past)
    monkeypatch.setattr(learned_answer, "LEAST_EVENTS", 100)
    assert too_short(past) is None and unlike(past, asked) is None
    assert "this is none" in unlike(past, pair(past, "Friend0", "Foe1"))
    assert "over 0 days" in too_short(past.before(0))
