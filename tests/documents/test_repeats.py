from sides.documents.lines import lines_of
from sides.documents.repeats import repeated

from .files import STORY

HEAD = "Border talks in Almaty"


def texts(*lines: str) -> list[str]:
    return [line.text for line in repeated(lines_of("\n\n".join(lines)))]


def test_the_second_of_two_equal_paragraphs_repeats() -> None:
    lines = lines_of("\n\n".join((HEAD, STORY[0], STORY[1], STORY[0])))
    assert repeated(lines) == [lines[3]]


def test_a_headline_that_stands_twice_in_a_line_repeats() -> None:
    assert texts(HEAD, f"{HEAD} {HEAD}", *STORY) == [f"{HEAD} {HEAD}"]


def test_a_pull_quote_repeats_the_paragraph_that_holds_it_even_if_touched_up() -> None:
    sentence = ("Any change in the relations between Azerbaijan and the Armenian government will not mean a return to "
                "the years before 2020, when Moscow enjoyed the privilege of being asked first.")
    quote = sentence.replace("the Armenian government", "Armenia")
    assert texts(HEAD, f"''{quote}''", STORY[0], f"That said, {sentence} Officials deny it.") == [f"''{quote}''"]


def test_a_teaser_that_ends_in_the_headline_repeats_the_first_paragraph() -> None:
    teaser = f"{STORY[0][:110]}... {HEAD}"
    assert texts(HEAD, teaser, *STORY) == [teaser]


def test_what_is_said_twice_in_other_words_is_no_repetition() -> None:
    assert texts(HEAD,
                 "Armenia and Azerbaijan will mark their border together, their foreign ministers agreed on Friday.",
                 *STORY, "Turkey has asked for a corridor, and Iran will not accept one along its border.") == []


def test_crossheads_may_return() -> None:
    assert texts(HEAD, "Outlook", STORY[0], "Outlook", STORY[1]) == []
