"""Whom counted nouns stand for."""

from tests.actors.resolving import at, who


def test_both_countries_are_the_last_pair():
    assert who("Iran and Turkey met. Both countries agreed.", "Both countries") == ["iran", "turkey"]


def test_the_two_leaders_are_persons():
    assert who("Vladimir Putin and Joe Biden met. The two leaders agreed.", "The two leaders") == [
        "joe-biden", "vladimir-putin"]


def test_three_are_not_two():
    assert at("Iran and Turkey met. The three countries agreed.", "countries") == []


def test_one_another_are_the_two_who_act():
    assert who("Iran and Turkey fight. Iran and Turkey hate one another.", "one another") == ["iran", "turkey"]


def test_the_other_of_neither_is_counted_with_its_clause():
    assert at("Iran and Turkey met. Neither trusts the other.", "other") == ["iran", "turkey"]


def test_the_rivals_without_a_number_are_the_two_just_named():
    assert at("Iran and Turkey met. The rivals agreed.", "rivals") == ["iran", "turkey"]


def test_neither_and_each_at_the_head_of_a_sentence_are_counted():
    assert who("Iran and Turkey met. Neither agreed.", "Neither") == ["iran", "turkey"]
    assert who("Iran and Turkey met on Monday. Each wants the island.", "Each") == ["iran", "turkey"]
