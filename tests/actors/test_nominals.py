"""Bare nouns for actors already named."""

from tests.actors.resolving import at


def test_the_party_is_the_one_last_called_a_party():
    text = "The Qorban Unity Party met Iran. Then the party left."
    assert at(text, "party") == ["qorban-unity-party"]


def test_a_noun_that_nobody_was_called_is_left_alone():
    assert at("Iran and Syria met. Then the committee split.", "committee") == []


def test_the_army_in_a_text_about_one_state_is_its_army():
    text = "Mali is at war. Mali asked for help. Mali got none. The army of the north fled, and the army withdrew."
    assert at(text, "army") == ["mali-army"] or at(text, "army")[0].startswith("mali")


def test_his_rival_is_not_himself():
    assert "vladimir-putin" not in at("Vladimir Putin met Joe Biden. Putin praised his rival.", "rival")


def test_a_noun_without_an_article_is_read_only_as_a_subject():
    assert at("Hamas fights. Iran spoke of movements.", "movements") == []


def test_the_troops_of_a_state_stand_for_it():
    assert at("Iran is at war. Iran said that its troops fled.", "troops") == ["iran"]


def test_the_latter_was_named_last_and_the_former_before():
    assert at("Iran thanked Turkey. The latter agreed.", "latter") == ["turkey"]
    assert at("Iran thanked Turkey. The former agreed.", "former") == ["iran"]
