"""Rules of a dyad: their confidence is counted, and what they say fades."""

from __future__ import annotations

import numpy as np
import pytest

from sides.forecast.event_log import EventLog, Kind
from sides.forecast.pair_table import PairTable
from sides.forecast.questions import Channels
from sides.forecast.rules import FADING_DAYS, PRIOR_EVENTS, Rules

KINDS = (Kind("accuse", 3, -1), Kind("attack", 4, -1), Kind("host", 1, 1))
ACCUSE, ATTACK = 0, 3  # a kind; a channel


def rules_of(events, until):
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS)
    past, channels = log.before(until), Channels.quads(log.kinds)
    pairs = PairTable.of(past, channels.members)
    return past, pairs, Rules.of(past, pairs, channels.members)


def fired(events, until, source, target):
    past, pairs, rules = rules_of(events, until)
    ask, turn = ((np.array([past.actors.index(one)]), np.array([past.actors.index(other)]))
                 for one, other in ((source, target), (target, source)))
    own, back = (pairs.find(*pair, len(past.actors)) for pair in (ask, turn))
    return rules.fired(past, pairs, own, back), rules


def test_the_confidence_of_a_planted_rule_is_recovered():
    chance = np.random.default_rng(5)
    events, answered = [], 0
    for pair in range(80):
        for day in range(int(chance.integers(50)), 1000, 100):  # far enough apart that no answer is taken for another's
            events.append((day, f"A{pair}", f"B{pair}", "accuse"))
            if chance.random() < .6:
                answered += 1
                events.append((day + int(chance.integers(1, 21)), f"B{pair}", f"A{pair}", "attack"))
    _, _, rules = rules_of(events, 1100)
    assert rules.confidence[1, ACCUSE, ATTACK] == pytest.approx(.6, abs=.03)
    assert rules.confidence[0, ACCUSE, ATTACK] < .001  # the accuser does not attack
    assert rules.support[1, ACCUSE, ATTACK] > 300 and answered > 400


def test_only_closed_windows_count_and_only_what_comes_later_follows():
    events = [(10, "A", "B", "accuse"), (10, "B", "A", "attack"),  # the same day: follows nothing
              (100, "A", "B", "accuse"), (130, "B", "A", "attack"),  # 30 days later: follows
              (200, "A", "B", "accuse"), (231, "B", "A", "attack"),  # 31: too late
              (390, "A", "B", "accuse"), (395, "B", "A", "attack")]  # not closed by day 400
    _, _, rules = rules_of(events, 400)
    weights = np.exp(-(400 - np.array([10, 100, 200])) / 720)
    assert rules.support[1, ACCUSE, ATTACK] == pytest.approx(weights.sum())
    hits = rules.confidence[1, ACCUSE, ATTACK] * (weights.sum() + PRIOR_EVENTS)
    support = rules.support[1, :, ATTACK].sum()
    assert hits == pytest.approx(weights[1] * (1 + PRIOR_EVENTS / support))


def test_where_the_channel_was_quiet_is_counted_apart():
    events = [(10, "A", "B", "accuse"), (20, "B", "A", "attack"), (50, "A", "B", "accuse"), (400, "A", "B", "accuse")]
    _, _, rules = rules_of(events, 600)
    weights = np.exp(-(600 - np.array([10, 400])) / 720)
    assert rules.fresh_support[1, ACCUSE, ATTACK] == pytest.approx(weights.sum())


def test_what_a_rule_says_fades_and_rules_add_up():
    events = [(day, f"A{day}", f"B{day}", "accuse") for day in range(100)]
    events += [(day + 5, f"B{day}", f"A{day}", "attack") for day in range(100)]
    one = [*events, (300, "A", "B", "accuse")]
    two = [*one, (290, "A", "B", "accuse")]
    (strongest, joint, *_), rules = fired(one, 310, "B", "A")
    says = rules.confidence[1, ACCUSE, ATTACK] * np.exp(-10 / FADING_DAYS)
    assert strongest[0, ATTACK] == pytest.approx(says) == joint[0, ATTACK]
    (strongest, joint, *_), rules = fired(two, 310, "B", "A")
    says = rules.confidence[1, ACCUSE, ATTACK] * np.exp(-np.array([10, 20]) / FADING_DAYS)
    assert strongest[0, ATTACK] == pytest.approx(says[0])
    assert joint[0, ATTACK] == pytest.approx(1 - (1 - says[0]) * (1 - says[1]))


def test_a_pair_without_events_fires_none():
    (strongest, joint, *_), _ = fired([(1, "A", "B", "accuse"), (1, "C", "B", "host")], 9, "C", "A")
    assert not strongest.any() and not joint.any()
