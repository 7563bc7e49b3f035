"""Whom a pronoun stands for, and when nothing is said."""

from tests.actors.resolving import at, who


def test_he_is_the_person_who_acts_in_the_sentence_before():
    assert who("Vladimir Putin met Iran's envoy. He praised Hamas.", "He") == ["vladimir-putin"]


def test_she_is_not_a_man():
    text = "Mr Qorbani met Mrs Zelmani in Iran. She praised Hamas."
    assert who(text, "She") == ["zelmani"]


def test_its_is_the_state_that_acts():
    assert who("Iran recalled its ambassador.", "its") == ["iran"]


def test_it_of_the_weather_is_nobody():
    assert who("Iran closed the border. It was raining.", "It") == []
    assert who("Iran agreed. It seems that the talks failed.", "It") == []


def test_an_object_is_not_the_subject_of_its_verb():
    assert who("Iran attacked it.", "it") == []
    assert who("Iran attacked itself.", "itself") in ([], ["iran"])


def test_a_relative_pronoun_is_the_noun_that_its_clause_modifies():
    assert at("Hamas thanked Iran, which arms Hezbollah.", "which") == ["iran"]
    assert at("They met Hassan Nasrallah, who leads Hezbollah.", "who") == ["hassan-nasrallah"]


def test_a_possessive_is_not_whom_it_describes():
    assert who("Joe Biden met Vladimir Putin, his rival.", "his") != ["vladimir-putin"]


def test_we_in_a_quotation_is_the_one_who_speaks():
    assert who('"We will not fight," Hezbollah said.', "We") == ["hezbollah"]


def test_we_outside_a_quotation_is_nobody_here():
    assert who("We thanked Hezbollah.", "We") == []


def test_his_government_is_the_state_that_he_governs():
    assert at("Bashar al-Assad met Iran's envoy and said that his government agreed.", "government") == ["syria"]


def test_we_may_be_told_by_a_pronoun_after_the_quotation():
    text = 'Hassan Nasrallah of Hezbollah spoke. "We will not fight," he said.'
    assert who(text, "We") == ["hezbollah"] or who(text, "We") == ["hassan-nasrallah"]


def test_what_one_denies_is_a_charge():
    assert who("Turkey attacked Armenia. Vladimir Putin denied it.", "it") == []
