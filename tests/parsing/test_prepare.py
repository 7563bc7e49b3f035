"""Preparation never moves a character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sides.model.dates import PartialDate
from sides.model.document import Aside, AsideReason, Document
from sides.parsing.prepare import is_hard_wrapped, prepared


def document(text: str, *asides: Aside) -> Document:
    return Document(text=text, name="x", published=PartialDate(2020), published_from="option", asides=asides)


@given(st.text(st.characters(exclude_categories=())))
def test_the_prepared_text_is_as_long_as_the_document(text):
    ready = prepared(document(text))
    assert len(ready) == len(text)
    ready.encode()


def test_footnotes_and_editorial_brackets_do_not_break_sentences():
    text = "They met.[12] “The [Syrian] regime agreed,” he said."
    assert prepared(document(text)) == 'They met.     "The  Syrian  regime agreed," he said.'


def test_asides_are_blank_and_keep_their_lines():
    text = "News.\nFollow us\nMore news."
    aside = Aside(6, 15, AsideReason.SUBSCRIPTION)
    assert prepared(document(text, aside)) == "News.\n         \nMore news."


def test_lines_of_a_hard_wrapped_text_are_joined():
    text = ("The ministers of the two countries met on Monday in the capital and\n"
            "agreed to resume the talks that had been broken off in the spring of\n"
            "last year after a row over the border, officials of both sides said\n"
            "in a statement that was read out to reporters late in the evening.")
    assert is_hard_wrapped(text)
    assert "\n" not in prepared(document(text))


def test_headlines_and_paragraphs_are_not_joined():
    text = "Ministers meet\nBy A. Writer\n\n" + "A long paragraph that says a good deal. " * 6
    assert not is_hard_wrapped(text)
    assert prepared(document(text)) == text
