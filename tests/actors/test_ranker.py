"""Readings of a word and the share of the probability that each has."""

import math

import pytest

from sides.actors.ranker import LearnedRanker, Reading, choose

NOBODY = Reading((), {"none": 1.0})


def ranker(**weights: float) -> LearnedRanker:
    return LearnedRanker({"it": weights})


def test_a_reading_that_more_speaks_for_has_the_larger_share():
    shares = ranker(near=1.0).shares("it", 0, [Reading(("iran",), {"near": 1.0}), NOBODY])
    assert shares == pytest.approx([math.e / (math.e + 1), 1 / (math.e + 1)])


def test_readings_of_the_same_actors_count_together():
    readings = [Reading(("iran",), {}), Reading(("syria",), {"near": 1.0}), Reading(("iran",), {"near": 0.75})]
    choice = choose(ranker(near=1.0), "it", 0, readings)
    assert choice.actors == ("iran",)
    assert choice.confidence == pytest.approx((1 + math.exp(0.75)) / (1 + math.e + math.exp(0.75)))


def test_nobody_is_never_chosen_but_takes_its_share():
    choice = choose(ranker(none=9.0), "it", 0, [Reading(("iran",), {}), NOBODY])
    assert choice.actors == ("iran",)
    assert choice.confidence < 0.001
    assert choose(ranker(), "it", 0, [NOBODY]).actors == ()


def test_of_two_equals_the_order_of_the_readings_decides_nothing():
    one, other = Reading(("syria",), {}), Reading(("iran",), {})
    assert choose(ranker(), "it", 0, [one, other]) == choose(ranker(), "it", 0, [other, one])


def test_every_kind_of_word_has_weights():
    assert sorted(LearnedRanker.load().weights) == ["collective", "it", "noun", "person", "they"]
