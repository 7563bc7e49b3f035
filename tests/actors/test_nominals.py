"""Bare nouns for actors already named."""

from sides.actors.nominals import dominant_state
from tests.actors.resolving import at, draft, who


def test_the_party_is_the_one_last_called_a_party():
    text = "The Qorban Unity Party met Iran. Then the party left."
    assert at(text, "party") == ["qorban-unity-party"]


def test_a_noun_that_nobody_was_called_is_left_alone():
    assert at("Iran and Syria met. Then the committee split.", "committee") == []


def test_both_countries_are_the_last_pair():
    assert who("Iran and Turkey met. Both countries agreed.", "Both countries") == ["iran", "turkey"]


def test_the_two_leaders_are_persons():
    assert who("Vladimir Putin and Joe Biden met. The two leaders agreed.", "The two leaders") == [
        "joe-biden", "vladimir-putin"]


def test_the_army_in_a_text_about_one_state_is_its_army():
    text = "Mali is at war. Mali asked for help. Mali got none. The army of the north fled, and the army withdrew."
    assert at(text, "army") == ["mali-army"] or at(text, "army")[0].startswith("mali")


def test_a_text_without_states_is_about_none():
    assert dominant_state(draft("Nothing happened.")) is None
