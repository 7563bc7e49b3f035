"""Abbreviations, surnames and the short forms of organizations."""

from tests.actors.resolving import who


def test_an_abbreviation_in_brackets_stands_for_the_name_before_it():
    text = "The Qorban Liberation Front (QLF) spoke. Iran accused the QLF of arson."
    assert who(text, "QLF") == ["qorban-liberation-front"]


def test_an_abbreviation_may_be_introduced_in_other_words():
    text = "The Permanent Qorban Framework (known by its French initials, CQP) spoke. The CQP left."
    assert who(text, "CQP") == ["permanent-qorban-framework"]


def test_a_surname_stands_for_the_person_named_before():
    text = "Masoud Qorbani met Iran's envoy. Qorbani smiled."
    assert who(text, "Qorbani") == ["masoud-qorbani"]


def test_a_surname_in_a_headline_stands_for_the_person_named_after():
    text = "Qorbani warns Iran\n\nMasoud Qorbani, a lawyer, warned Iran. Qorbani left."
    assert who(text, "Qorbani") == ["masoud-qorbani"]


def test_of_two_of_one_surname_the_last_named_is_meant():
    text = "Masoud Qorbani spoke. Leila Qorbani answered that Iran was right. Qorbani left."
    assert who(text, "Qorbani")[-1] == "leila-qorbani"


def test_an_article_and_a_head_noun_are_a_short_form():
    text = "The Qorban Framework met Iran. The Framework agreed."
    assert who(text, "Framework") == ["qorban-framework"]


def test_a_common_word_of_a_name_is_no_short_form():
    text = "The National Qorban Front met Iran. National Day came."
    assert who(text, "National") == []


def test_a_word_written_with_several_capitals_is_not_the_common_word():
    text = "Lashkar-e-Taiba (LeT) attacked India. LeT denied it. Let me explain what India said."
    assert "lashkar-e-taiba" not in who(text, "Let")
