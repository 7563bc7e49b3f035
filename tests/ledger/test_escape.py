from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sides.ledger.escape import escaped, unescaped

# Every code point, surrogates too, and often those that have a meaning in the escape.
ANY_TEXT = st.text(st.one_of(st.characters(codec=None, exclude_categories=()), st.sampled_from("\ud800\udfff\x00"),
                             st.sampled_from("\U0010f7ff\U0010f800\U0010ffff")))


@given(ANY_TEXT)
def test_every_string_can_be_stored_and_comes_back(text: str) -> None:
    escaped(text).encode("utf-8")
    assert unescaped(escaped(text)) == text


@given(ANY_TEXT, ANY_TEXT)
def test_two_strings_are_never_stored_alike(one: str, other: str) -> None:
    assert (escaped(one) == escaped(other)) == (one == other)


@given(st.text(st.characters(codec=None, exclude_categories=("Co",))))
def test_offsets_still_count_in_what_is_stored(text: str) -> None:
    assert len(escaped(text)) == len(text)
