"""A parse as resolution looks at it."""

from tests.actors.resolving import surface


def test_words_are_folded_and_know_their_token():
    seen = surface("Mash'al met Goïta.")
    assert [word.text for word in seen.words] == ["mashal", "met", "goita"]


def test_a_comma_ends_a_stretch_and_a_hyphen_does_not():
    seen = surface("the Saudi-Israeli axis, Iran")
    stretch = {word.text: word.stretch for word in seen.words}
    assert stretch["saudi"] == stretch["israeli"] == stretch["axis"]
    assert stretch["axis"] != stretch["iran"]


def test_points_in_an_abbreviation_do_not_count():
    assert "un" in [word.text for word in surface("The U.N. envoy left.").words]


def test_a_line_in_capitals_is_known_as_such():
    seen = surface("HAITI LIVE: new premier\n\nHaiti has a new premier.")
    assert seen.in_capitals[0]
    assert not seen.in_capitals[-2]


def test_an_abbreviation_that_opens_a_sentence_is_no_headline():
    assert not surface("ASEAN, of which both are members, remains divided.").in_capitals[0]


def test_the_root_of_a_name_is_the_word_the_others_hang_on():
    seen = surface("Hadi al-Amiri spoke.")
    end = seen.text.index("spoke")
    assert seen.text[seen.root(0, end)] == "Amiri"
