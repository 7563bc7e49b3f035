"""No text, however odd, makes reading raise, hang, or claim what is not there."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.claims.grammar.reader import GrammarReader
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import SENTENCE_MAX_TOKENS, Parser

from .nasty_texts import NASTY, PLAIN, invented, names

# How many times as long as plain text of its length a text may take, and how long no text need be quicker than: well
# above the worst of the nasty texts, well below what grows with the square of a length.
PATIENCE = 12
SHORTEST_CHARS = 3000
PIECES = st.sampled_from([
    *names(20), "Iranian", "President", "Mr", "Foreign Minister", "the leader of", "Party", "attacked", "met", "told",
    "said that", "ally of", "ties with", "between", "and", "or", ",", ".", ";", ":", "-", "—", "“", "”", '"', "'s", "’",
    "(", ")", "[", "he", "it", "they", "we", "who", "which", "the two", "the movement", "both", "in 2015", "on Monday",
    "not", "will", "if", "to", "\n", "\n\n", "\r", "\t", "\f", "\x00", "\u200b", "\u202e", "\ud800", "e\u0301", "😀",
    "1.", "*", "<b>", "&nbsp;", "IRAN ATTACKED", "إيران", "(SDF)", "[1]", "-backed",
    "because", "in order to", "despite", "if", "over", "$3m", "40", "tanks", "between", "10 to", "%",
    "thanked", "for", "prompting", "hampered by", "hundreds of", "was caused by", "As a result,"])


@cache
def tools() -> tuple[Parser, Resolver, GrammarReader]:
    return Parser.load(), Resolver(Registry.load()), GrammarReader.load()


def document(text: str) -> Document:
    return Document(text=text, name="odd.txt", published=PartialDate(2020, 6, 1), published_from="option")


def read(texts: Iterable[str]) -> list[list[Claim]]:
    parser, resolver, reader = tools()
    return [list(reader.read(parsed, resolver.resolve(parsed))) for parsed in parser.parse(map(document, texts))]


def seconds(text: str) -> float:
    before = time.process_time()
    read([text])
    return time.process_time() - before


def check(text: str, claims: list[Claim]) -> None:
    known = document(text).id
    for claim in claims:
        assert claim.document == known
        assert 0 <= claim.begin_char < claim.end_char <= len(text)
        assert claim.quote == text[claim.begin_char:claim.end_char] == claim.quote.strip()
        assert claim.source != claim.target
        assert all(actor.strip() for actor in (claim.source, claim.target, claim.speaker, claim.third or "none"))
        assert claim.source_text.strip() and claim.target_text.strip() and claim.trigger.strip()
        assert 0 <= claim.confidence <= 1
        for part in claim.parts:
            assert part.text == text[part.begin_char:part.end_char] == part.text.strip() != ""
        assert all(one.unit and not (one.low is one.high is None) for one in claim.amounts)
        assert claim.start is None or claim.end is None or claim.start <= claim.end
    assert claims == sorted(claims, key=lambda claim: claim.begin_char)
    assert len({(claim.id, claim.modality) for claim in claims}) == len(claims)


@pytest.fixture(scope="module")
def plain_seconds_per_char() -> float:
    text = PLAIN * 30
    read([text])
    return min(seconds(text) for _ in range(2)) / len(text)


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_an_odd_text_is_read_in_good_time_and_nothing_is_invented(text: str, plain_seconds_per_char: float) -> None:
    allowed = PATIENCE * plain_seconds_per_char * max(len(text), SHORTEST_CHARS)
    before = time.process_time()
    check(text, read([text])[0])
    assert time.process_time() - before < allowed or seconds(text) < allowed
    if len(text) < SHORTEST_CHARS / 10:
        framed = f"Iran met Syria.\n\n{text}\n\nIran attacked Israel."
        check(framed, read([framed])[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=60), st.sampled_from([" ", " ", ""]))
def test_words_in_any_order_are_read_and_nothing_is_invented(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    check(text, read([text])[0])


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_characters_in_any_order_are_read_and_nothing_is_invented(text: str) -> None:
    for each in (text, f"Iran {text} attacked {text} Israel"):
        check(each, read([each])[0])


@pytest.mark.parametrize("text", [
    lambda size: PLAIN * size,
    lambda size: "Iran attacked Israel. " * size,
    lambda size: " ".join(f"The {invented(n)} Party attacked {invented(n)} {invented(n + 3)}." for n in range(size)),
    lambda size: ", ".join(f"{name} attacked {invented(n)}" for n, name in enumerate(names(size))),
    lambda size: "Iran attacked Israel " + "in March 2015, " * size,
], ids=["sentences", "one sentence", "invented names", "actors in a sentence", "dates in a sentence"])
def test_time_grows_with_the_length_of_a_text_and_not_with_its_square(text) -> None:
    short, long = (min(seconds(text(size)) for _ in range(2)) for size in (40, 160))
    assert long < 9 * short + 0.1  # four times the length; its square would be sixteen


def test_a_text_read_again_and_in_another_order_gives_the_same_claims() -> None:
    texts = [NASTY[name] for name in ("right to left", "quotes over paragraphs", "unbalanced quotes", "all capitals",
                                      "list", "one actor", "lists of acts")] + [PLAIN]
    once = read(texts)
    assert any(once)
    assert read(texts) == once
    assert read(reversed(texts)) == once[::-1]


def test_no_sentence_grows_beyond_what_can_be_read() -> None:
    parser = tools()[0]
    for name in ("many actors", "open brackets"):
        (parsed,) = parser.parse([document(NASTY[name])])
        assert max(len(sentence) for sentence in parsed.doc.sents) <= SENTENCE_MAX_TOKENS
