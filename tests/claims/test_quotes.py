from hypothesis import given
from hypothesis import strategies as st

from sides.claims.quotes import quotations


def quoted(text: str) -> list[str]:
    return [text[quote.begin:quote.end] for quote in quotations(text)]


def test_typographic_and_straight_marks_are_read_alike() -> None:
    assert quoted("He said “yes” and she said \"no\".") == ["“yes”", "\"no\""]


def test_an_apostrophe_closes_nothing() -> None:
    assert quoted("Iran’s envoy said ‘we don’t know’ twice.") == ["‘we don’t know’"]


def test_a_quotation_of_several_paragraphs_reopens_in_each_and_closes_once() -> None:
    first, second, third = quotations("“One.\n\n“Two.\n\n“Three,” he said.")
    assert (first.is_open, first.continues) == (True, False)
    assert (second.is_open, second.continues) == (True, True)
    assert (third.is_open, third.continues) == (False, True)


def test_a_mark_that_never_closes_reaches_no_further_than_its_paragraph() -> None:
    text = "He said “yes.\n\nThen he left. He said “no”."
    assert quoted(text) == ["“yes.", "“no”"]
    assert not quotations(text)[1].continues


@given(st.text(alphabet="ab \n“”\"‘’«».", max_size=60))
def test_quotations_of_any_text_are_in_order_and_keep_apart(text: str) -> None:
    end = 0
    for quote in quotations(text):
        assert end <= quote.begin < quote.end <= len(text)
        assert "\n" not in text[quote.begin:quote.end]
        end = quote.end
