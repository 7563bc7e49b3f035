"""When a series changed its level."""

import itertools
from math import exp, lgamma, log, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.ties.changepoints import Change, Prior, changes, changes_of_channels, event_changes


def simulated(*levels, months=40, spread=1.0, seed=0):
    noise = np.random.default_rng(seed).normal(scale=spread, size=(len(levels), months))
    return np.concatenate([level + row for level, row in zip(levels, noise, strict=True)])


def test_known_breaks_are_found_with_their_direction():
    found = changes(simulated(0, 4, -1))
    assert [change.direction for change in found] == [1, -1]
    assert all(abs(change.month - month) <= 1 for change, month in zip(found, (40, 80), strict=True))
    assert all(change.probability > .9 for change in found)
    assert found[0].before == pytest.approx(0, abs=.5) and found[0].after == found[1].before


@pytest.mark.parametrize("seed", range(5))
def test_noise_around_one_level_has_no_break(seed):
    assert changes(simulated(3, months=200, seed=seed)) == ()


@pytest.mark.parametrize("series", ([], [5.0], [2.0] * 50, [0.1] * 7, [0.0, 0.0], [1.0, 2.0]))
def test_an_empty_a_constant_and_a_very_short_series_have_none(series):
    assert changes(series) == ()
    assert event_changes(series, series) == ()


def test_units_do_not_matter():
    series = simulated(0, 3)
    assert [change.month for change in changes(series)] == [change.month for change in changes(1e6 * series + 1e8)]


def test_a_change_of_spread_alone_still_has_the_direction_of_the_mean():
    quiet, loud = simulated(0, months=60, spread=.1), simulated(0, months=60, spread=5, seed=1)
    [change] = changes(np.concatenate([quiet, loud]))
    assert change.month == pytest.approx(60, abs=2)
    assert change.direction == np.sign(change.after - change.before)
    assert Change(month=1, before=2.0, after=2.0, probability=1.0).direction == 0


def test_more_hostility_is_a_turn_for_the_worse_and_more_cooperation_for_the_better():
    generator = np.random.default_rng(0)
    low, high = generator.poisson(2, 48), generator.poisson(30, 48)
    steady, rising = np.concatenate([low, low]), np.concatenate([low, high])
    assert [change.direction for change in event_changes(steady, rising)] == [-1]
    assert [change.direction for change in event_changes(rising, steady)] == [1]


def test_channels_that_break_together_say_more_than_one():
    first, second = simulated(0, 1.2, months=24), simulated(0, 1.2, months=24, seed=1)
    alone = changes_of_channels([first], [1.0], first, Prior(hazard=.05))
    together = changes_of_channels([first, second], [1.0, 1.0], first, Prior(hazard=.05))
    assert together[0].probability > max((change.probability for change in alone), default=0)


def marginal(values, prior):
    """The normal-inverse-gamma marginal likelihood of a segment as the product of its predictive Student densities."""
    mean, strength, shape, scale = 0.0, prior.strength, prior.shape, prior.shape
    total = 0.0
    for value in values:
        width = scale * (strength + 1) / (shape * strength)
        total += (lgamma(shape + .5) - lgamma(shape) - .5 * log(2 * shape * pi * width)
                  - (shape + .5) * log(1 + (value - mean) ** 2 / (2 * shape * width)))
        scale += strength * (value - mean) ** 2 / (2 * (strength + 1))
        mean, strength, shape = (strength * mean + value) / (strength + 1), strength + 1, shape + .5
    return total


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=8).filter(lambda values: np.std(values) > .1),
       st.sampled_from([Prior(), Prior(hazard=.2, strength=1.0, shape=1.0)]))
def test_the_recursions_agree_with_every_segmentation_weighed(values, prior):
    series = (np.array(values) - np.mean(values)) / np.std(values)
    weights = {}
    for count in range(len(values)):
        for cuts in itertools.combinations(range(1, len(values)), count):
            ends = [0, *cuts, len(values)]
            weights[cuts] = (sum(marginal(series[begin:end], prior) for begin, end in itertools.pairwise(ends))
                             + count * log(prior.hazard) + (len(values) - 1 - count) * log(1 - prior.hazard))
    found = changes(values, prior)
    assert weights[tuple(change.month for change in found)] == pytest.approx(max(weights.values()), abs=1e-9)
    top = max(weights.values())
    whole = sum(exp(weight - top) for weight in weights.values())
    for change in found:
        near = sum(exp(weight - top) for cuts, weight in weights.items()
                   if any(abs(cut - change.month) <= 2 for cut in cuts))
        assert change.probability == pytest.approx(near / whole, abs=1e-9)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="no finite number"):
        changes([1.0, float("nan")])
    with pytest.raises(ValueError, match="no one stream"):
        event_changes([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="absolute"):
        event_changes([1.0, 1.0], [1.0, -2.0])
    with pytest.raises(ValueError, match="hazard"):
        Prior(hazard=1.0)
