"""Answers as models write them: bare, wrapped in words, cut off, or none at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.claims.llm.schema import Malformed, Said, rows, said

from .reading import row


@pytest.mark.parametrize(("text", "found", "is_whole"), [
    ('{"claims": []}', [], True),
    ('```json\n{"claims": [{"a": 1}]}\n```', [{"a": 1}], True),
    ('<think>{hm}</think> Sure! {"claims": [1, 2]} Anything else?', [1, 2], True),
    ('{"note": "{}"} {"claims": [1]}', [1], True),
    ('{"claims": [{"a": 1}, {"a": 2}, {"a":', [{"a": 1}, {"a": 2}], False),
    ('{"claims": [{"a": "]}"}, {"b', [{"a": "]}"}], False),
])
def test_the_claims_of_an_answer_are_found(text, found, is_whole):
    assert rows(text) == (found, is_whole)


@pytest.mark.parametrize("text", ["", "no", "{", '{"claims": 3}', '{"claims": [', '[{"a": 1}]', '{"claims": [{"a"',
                                  "{" * 3000, '{"a":' * 3000])
def test_an_answer_without_a_list_of_claims_is_malformed(text):
    with pytest.raises(Malformed):
        rows(text)


@given(st.text() | st.from_regex(r'[{}\[\]",:a-z0-9 ]{0,60}'))
def test_no_text_does_more_than_be_malformed(text):
    try:
        found, _ = rows(text)
    except Malformed:
        return
    assert isinstance(found, list)


def test_what_a_weak_model_leaves_out_is_taken_as_usual():
    proposal = row(1, "q", " iran ", "AID", "hamas")
    del proposal["third"], proposal["layer"]
    claim = said(proposal)
    assert isinstance(claim, Said)
    assert (claim.source, claim.third, claim.layer.value) == ("iran", "", "financial")
    assert said({**proposal, "third": None, "sentence": True}) == "form"
