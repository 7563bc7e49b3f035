"""No text, however odd, makes the learned reader raise, hang, or claim what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode
from sides.model.claim import Claim

from .learned_reading import ALL
from .nasty_texts import NASTY, PLAIN, invented, names
from .test_fuzz import PIECES, check, document, tools


@cache
def reader(mode: Mode) -> LearnedReader:
    """One that makes a claim of every pair, so that the weights cannot hide a fault."""
    shipped = LearnedReader.load(mode)
    return LearnedReader(shipped.grammar, shipped._network, ALL, mode)


def read(texts: Iterable[str], mode: Mode = Mode.BOTH) -> list[list[Claim]]:
    parser, resolver, _ = tools()
    found = []
    for parsed in parser.parse(map(document, texts)):
        resolution = resolver.resolve(parsed)
        known = {actor.id for actor in resolution.actors}
        claims = list(reader(mode).read(parsed, resolution))
        assert all({claim.source, claim.target} <= known for claim in claims)
        found.append(claims)
    return found


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_an_odd_text_is_read_and_nothing_is_invented(text: str) -> None:
    check(text, read([text])[0])
    if len(text) < 300:
        framed = f"Iran met Syria.\n\n{text}\n\nIran attacked Israel."
        claims = read([framed])[0]
        check(framed, claims)
        assert claims


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=60), st.sampled_from([" ", " ", ""]), st.sampled_from([Mode.LEARNED, Mode.BOTH]))
def test_words_in_any_order_are_read_and_nothing_is_invented(pieces: list[str], between: str, mode: Mode) -> None:
    text = between.join(pieces)
    check(text, read([text], mode)[0])


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_characters_in_any_order_are_read_and_nothing_is_invented(text: str) -> None:
    for each in (text, f"Iran {text} attacked {text} Israel"):
        check(each, read([each])[0])


def test_a_roll_call_of_a_hundred_is_read() -> None:
    text = "Those in favour were " + ", ".join(f"the {invented(number)} Party" for number in range(60)) + ", " + \
        ", ".join(names(20)) + "."
    check(text, read([text])[0])


def test_a_text_is_read_alike_in_any_order_and_whatever_stands_beside_it() -> None:
    texts = [NASTY[name] for name in ("right to left", "quotes over paragraphs", "unbalanced quotes", "all capitals",
                                      "list", "one actor", "lone surrogates", "mark-up")] + [PLAIN]
    once = read(texts)
    assert any(once)
    assert read(texts) == once
    assert read(reversed(texts)) == once[::-1]
    assert [read([text])[0] for text in texts] == once
