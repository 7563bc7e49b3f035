"""The learned forecaster's answer to one question: where it speaks, and how surely."""

from __future__ import annotations

import numpy as np
import pytest

from sides.forecast import learned_answer
from sides.forecast.learned_answer import Learnt, learnt, too_little
from sides.forecast.questions import Questions

DAY = 1200


def pair(past, source, target):
    return Questions(*(np.array([past.actors.index(name)], np.int64) for name in (source, target)))


def test_it_answers_with_a_rising_curve_and_ends_around_it(simulated, channels):
    pytest.importorskip("lightgbm")
    past = simulated.log.before(DAY)
    busy = np.argmax(np.bincount(past.target[past.of_kind(0)], minlength=len(past.actors)))
    found = learnt(past, pair(past, past.actors[past.source[past.of_target(int(busy))[0]]], past.actors[busy]),
                   channels, 0, (7, 30, 90), 30)
    assert isinstance(found, Learnt) and found.name == "learned" and found.reasons
    chances = [one.chance for one in found.points]
    assert [one.days for one in found.points] == [7, 30, 90] and chances == sorted(chances)
    assert all(one.low <= one.chance <= one.high for one in found.points)


def test_it_says_why_it_does_not_answer(simulated, monkeypatch):
    past = simulated.log.before(DAY)
    asked = pair(past, "Friend0", "Foe0")
    assert "wants 20000" in too_little(past, asked)
    monkeypatch.setattr(learned_answer, "LEAST_EVENTS", 100)
    assert too_little(past, asked) is None
    assert "this is none" in too_little(past, pair(past, "Friend0", "Foe1"))
    assert "over 0 days" in too_little(past.before(0), asked)
