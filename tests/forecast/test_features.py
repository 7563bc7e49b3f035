"""What features say of small worlds that can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sides.balance import swift
from sides.forecast.event_log import EventLog, Kind
from sides.forecast.features import Features
from sides.forecast.pair_table import NEVER_DAYS, PairTable
from sides.forecast.questions import Channels, Questions

KINDS = (Kind("host", 1, 1), Kind("attack", 4, -1))


def asked(events, until, pairs, **told):
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS, **told)
    past = log.before(until)
    questions = Questions(*(np.array([log.actors.index(pair[side]) for pair in pairs]) for side in (0, 1)))
    return Features.of(past, questions, Channels.quads(log.kinds))


def of(features, name):
    """The values of a feature of all questions."""
    return features.values[:, features.names.index(name)]


def test_the_history_of_a_pair_is_told():
    events = [(0, "A", "B", "host"), (100, "A", "B", "host"), (100, "A", "B", "host"), (120, "A", "B", "host"),
              (390, "A", "B", "host"), (399, "B", "A", "attack")]
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS)
    table = PairTable.of(log.before(400), Channels.quads(log.kinds).members)
    own, back, none = table.find(np.array([0, 1, 1]), np.array([1, 0, 1]), 2)
    assert (table.count[own, 0], table.since[own, 0], table.first[own], table.last[own]) == (5, 10, 400, 10)
    assert table.decayed[own, 0, 1] == pytest.approx(np.exp(-np.array([400, 300, 300, 280, 10]) / 30).sum())
    assert table.windows[own, 0] == pytest.approx(2 / 12)  # days 100 and 120 share the tenth window back
    gaps = np.array([100, 20, 270])
    assert table.mean_gap[own, 0] == gaps.mean() and table.gap_spread[own, 0] == pytest.approx(gaps.std() / gaps.mean())
    assert table.onsets[own, 0] == pytest.approx(np.exp(-400 / 720) + np.exp(-10 / 720))  # day 0; day 390 after 270
    assert table.year_ago[own, 0] == 0 and table.since[back, 3] == 1 and table.reverse[own] == back
    assert none == len(table) and table.since[none, 0] == NEVER_DAYS and table.decayed[none].sum() == 0


def test_a_year_ago_is_the_window_that_is_asked_about():
    features = asked([(35, "A", "B", "host"), (64, "A", "B", "host"), (65, "A", "B", "host"), (34, "A", "B", "host")],
                     400, ["AB"])
    assert np.expm1(of(features, "own: a year ago, verbal cooperation")) == pytest.approx([2])


def test_the_enemy_of_an_enemy_pulls_together_and_the_friend_of_one_apart():
    fights = [(day, one, other, "attack") for day in (90, 95) for one, other in ("AX", "XA", "BX", "XB")]
    deals = [(day, one, other, "host") for day in (90, 95) for one, other in ("CX", "XC", "AY", "YA", "CY", "YC")]
    features = asked([*fights, *deals], 100, ["AB", "BC", "AC"])
    balance = of(features, "neighbours: balance")
    assert balance[0] > 0 > balance[1]
    assert of(features, "neighbours: both enemies")[0] > 0 == of(features, "neighbours: both enemies")[1]
    assert of(features, "neighbours: common").tolist() == pytest.approx(np.log1p([1, 1, 2]))


def test_circles_leave_the_pair_itself_out():
    events = [(90, "A", "B", "attack"), (91, "A", "B", "attack"), (92, "A", "C", "attack"), (93, "D", "B", "host")]
    features = asked(events, 100, ["AB"], countries={"A": "X", "B": "Y", "D": "X"})
    assert np.expm1(of(features, "does: in a month, material conflict")) == pytest.approx(np.exp(-8 / 30))
    assert np.expm1(of(features, "country does to: in a month, verbal cooperation")) == pytest.approx(np.exp(-7 / 30))
    assert np.expm1(of(features, "country does to: in a month, material conflict")) == pytest.approx(0)
    assert np.expm1(of(features, "does: active pairs")) == pytest.approx(1)


def test_what_actors_alike_do_is_expected_of_an_actor():
    chance = np.random.default_rng(2)
    events = []
    for ally in range(12):  # all allies attack all enemies, and host each other, but for one couple
        for enemy in range(12):
            if (ally, enemy) != (3, 5):
                events += [(int(day), f"ally{ally}", f"enemy{enemy}", "attack") for day in chance.integers(100, size=3)]
        for other in range(12):
            if ally != other:
                events.append((int(chance.integers(100)), f"ally{ally}", f"ally{other}", "host"))
    events += [(1, f"lone{place}", f"lone{place + 1}", "attack") for place in range(30)]
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS)
    names = [("ally3", "enemy5"), ("ally3", "lone5"), ("enemy5", "ally3")]
    questions = Questions(*(np.array([log.actors.index(pair[side]) for pair in names]) for side in (0, 1)))
    alike = of(Features.of(log.before(101), questions, Channels.quads(log.kinds)), "alike: own, material conflict")
    assert alike[0] > 5 * abs(alike[1]) and alike[0] > 5 * abs(alike[2])


def test_compiled_and_interpreted_loops_say_the_same(monkeypatch):
    chance = np.random.default_rng(8)
    events = [(int(chance.integers(900)), *map(str, chance.choice(list("ABCDEF"), 2, replace=False)),
               str(chance.choice(["host", "attack"]))) for _ in range(240)]
    pairs = [one + other for one in "ABCDEF" for other in "ABCDEF" if one != other]
    interpreted = asked(events, 900, pairs).values.tobytes()
    monkeypatch.setattr(swift, "SMALL", 0)
    monkeypatch.setattr(swift, "LARGE", 0)
    assert asked(events, 900, pairs).values.tobytes() == interpreted


def test_an_empty_past_has_features_too():
    features = asked([(5, "A", "B", "host")], 1, ["AB"])
    assert np.isfinite(features.values).all() and len(features.pairs) == 0
