"""Runs of capitalised words, and titles."""

from sides.actors.runs import runs, title_left_of, titles_before
from tests.actors.resolving import lists, surface


def found(text: str) -> list[str]:
    seen = surface(text)
    return [seen.slice(run.begin, run.end) for run in runs(seen, lists())]


def test_a_run_follows_of_and_for_after_a_head_noun():
    assert "Popular Front for the Liberation of Palestine" in found(
        "The Popular Front for the Liberation of Palestine spoke.")


def test_a_run_holds_particles_and_hyphens():
    assert "Hadi al-Amiri" in found("Yesterday Hadi al-Amiri spoke.")
    assert "Park Geun-hye" in found("Then Park Geun-hye declared it closed.")


def test_a_run_does_not_swallow_a_led_or_backed():
    assert "US-led" not in found("The US-led coalition and Park left.")


def test_a_line_in_capitals_has_no_runs():
    assert found("KEY POINTS AND OUTLOOK\n\nnothing here.") == []


def test_the_first_word_of_a_sentence_is_no_name_by_its_capital():
    assert found("When they came, it rained.") == []


def test_titles_are_told_from_names():
    seen = surface("Prime Minister Choguel Maiga spoke.")
    end = seen.text.index("spoke")
    begin, titles = titles_before(seen, lists(), 0, end)
    assert (seen.text[begin], titles) == ("Choguel", ["prime minister"])


def test_a_title_in_small_letters_stands_left_of_a_name():
    seen = surface("Yesterday foreign minister Penny Wong spoke.")
    assert title_left_of(seen, lists(), seen.text.index("Penny")) == "foreign minister"
