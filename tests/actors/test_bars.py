from sides.actors.bars import credits, is_byline, is_language, is_prefixed, is_suffixed
from tests.actors.resolving import lists, surface, who


def test_what_is_against_an_actor_is_not_the_actor():
    found = surface("The anti-Houthi camp split.")
    begin = found.text.index("Houthi")
    assert is_prefixed(found, lists(), begin)
    assert who("The anti-Iranian camp split.", "Iranian") == []
    assert who("The Iranian camp split.", "Iranian") != []


def test_what_is_based_in_a_capital_is_not_its_government():
    found = surface("The Washington-based group left.")
    assert is_suffixed(found, lists(), found.text.index("Washington") + 1)
    assert who("The Washington-based group left Iran.", "Washington") == []


def test_a_writer_is_not_an_actor():
    found = surface("By Saba Wolde\n\nIran met Saba Tesfaye.")
    assert is_byline(found, lists(), 1)
    assert who("By Saba Wolde\n\nIran met Masoud Qorbani, a minister.", "Saba Wolde") == []
    assert not is_byline(surface("It was praised by Saba Wolde."), lists(), 4)


def test_a_language_is_not_a_state():
    found = surface("He spoke in Arabic. It was translated from Bosnian and Serbian.")
    assert is_language(found, found.text.index("Arabic"), found.text.index("Arabic") + 1)
    assert is_language(found, found.text.index("Serbian"), found.text.index("Serbian") + 1)
    ministers = surface("The Serbian minister left.")
    assert not is_language(ministers, 1, 2)


def test_the_line_that_says_where_and_when_a_text_was_written_names_no_government():
    text = "The road home\n\nHarriet Quennell, Moscow, 16 May 1997\n\nMoscow said that it would help Iran."
    assert list(credits(surface(text), lists())) == [(4, 12)]
    assert who(text, "Harriet Quennell") == []
    assert len(who(text, "Moscow")) == 1


def test_half_of_an_adjective_of_two_is_nobody():
    text = "The Franco-German talks stalled on Friday, and Germany blamed Qatar."
    assert who(text, "Franco") == []
    assert who(text, "German") == ["germany"]
