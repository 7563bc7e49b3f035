"""Quotations and their speakers."""

from sides.actors.quotes import quotes
from tests.actors.resolving import draft, lists


def spoken_by(text: str) -> list[str | None]:
    made = draft(text)
    return [made.surface.text[quote.speaker] if quote.speaker is not None else None
            for quote in quotes(made, lists())]


def test_the_subject_of_said_speaks():
    assert spoken_by('"We will not fight," Barzani said.') == ["Barzani"]
    assert spoken_by('Barzani said: "We will not fight."') == ["Barzani"]


def test_a_quotation_without_a_verb_of_saying_has_no_speaker():
    assert spoken_by('The "resistance" lives.') == [None]


def test_a_quotation_that_never_closes_is_none():
    assert spoken_by('Barzani said: "We will not fight.') == []
