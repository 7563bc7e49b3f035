"""Pooled shares against a world whose chances are known."""

from __future__ import annotations

import numpy as np
import pytest

from sides.forecast.event_log import EventLog, Kind
from sides.forecast.questions import Channels, Questions
from sides.forecast.reference_class import ReferenceClass, interval, pooled

KINDS = (Kind("host", 1, 1),)
DAYS, PAIRS = 1500, 60


@pytest.fixture(scope="module")
def world():
    """Pairs that host at rates of their own, by the day."""
    chance = np.random.default_rng(3)
    rates = chance.gamma(1.5, .006, PAIRS)
    events = [(int(day), f"A{pair:02d}", f"B{pair:02d}", "host") for pair in range(PAIRS)
              for day in np.flatnonzero(chance.random(DAYS) < rates[pair])]
    return EventLog.named(*zip(*events, strict=True), kinds=KINDS), rates


def asked(log):
    pairs = [pair for pair in range(PAIRS) if f"A{pair:02d}" in log.actors]
    return pairs, Questions(*(np.array([log.actors.index(f"{side}{pair:02d}") for pair in pairs]) for side in "AB"))


def test_pooled_chances_are_nearer_to_the_truth_than_own_shares_and_intervals_hold_it(world):
    log, rates = world
    pairs, questions = asked(log)
    past, channels = log.before(700), Channels.quads(log.kinds)
    found = pooled(past, questions, channels, 0, (30, 90))
    truth = 1 - (1 - rates[pairs]) ** 90
    told = found.curves[-1, :, -1]
    share = found.curves[0, :, -1]
    assert np.mean((told - truth) ** 2) < .4 * np.mean((share - truth) ** 2)
    ends = np.array([found.interval(at)[-1] for at in range(len(pairs))])
    held = (ends[:, 0] <= truth) & (truth <= ends[:, 1])
    assert np.mean(held) > .7
    assert (np.diff(found.curves[-1], axis=1) >= 0).all()


def test_nothing_after_the_day_matters(world):
    log, _ = world
    kept = log.day < 600
    cut = EventLog.of(log.day[kept], log.source[kept], log.target[kept], log.kind[kept], actors=log.actors,
                      kinds=log.kinds)
    _, questions = asked(log)
    asker = ReferenceClass(Channels.quads(KINDS), 30)
    assert asker.chances(log.before(600), questions).tobytes() == asker.chances(cut.before(600), questions).tobytes()


def test_what_was_never_seen_is_not_impossible_and_few_windows_leave_much_open():
    low, high = interval(np.array([.02]), np.array([8.0]))[0]
    assert low < .001 and high > .15
    few, many = (np.diff(interval(np.array([.3]), np.array([size]))[0])[0] for size in (5.0, 500.0))
    assert few > 4 * many


def test_a_pair_never_told_of_gets_the_share_of_all_and_a_wide_interval(world):
    log, _ = world
    questions = Questions(np.array([log.actors.index("A00")]), np.array([log.actors.index("B01")]))
    found = pooled(log.before(700), questions, Channels.quads(log.kinds), 0, (30,))
    assert found.windows[0, -1, 0] == 0 and 0 < found.curves[-1, 0, 0] < found.interval(0)[0, 1]
