"""Words cut into pieces as the encoder was taught them: BERT's WordPiece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.claims.learned import pieces as module
from sides.claims.learned.model import VOCABULARY, cutter, data
from sides.claims.learned.pieces import Pieces, parts

PIECES = cutter()
LISTING = data(VOCABULARY).decode("utf-8").rstrip("\n").split("\n")


def cut(pieces: Pieces, word: str) -> list[str]:
    return [LISTING[number] for number in pieces.of(word)]


@pytest.mark.parametrize(("word", "expected"), [
    ("unaffable", ["una", "##ffa", "##ble"]),  # the longest from the left: all here as BERT's own tokenizer has it
    ("embargo", ["em", "##bar", "##go"]),
    ("EMBARGO", ["em", "##bar", "##go"]),
    ("Müller’s", ["muller", "’", "s"]),
    ("Bashar", ["basha", "##r"]),
    ("U.S.", ["u", ".", "s", "."]),
    ("Iran-backed", ["iran", "-", "backed"]),
    ("$3bn", ["$", "3", "##bn"]),
    ("a+b=c", ["a", "+", "b", "=", "c"]),
    ("伊朗", ["伊", "[UNK]"]),
    ("😀", ["[UNK]"]),
    ("İran", ["iran"]),
    ("1,000", ["1", ",", "000"]),
    ("don't", ["don", "'", "t"]),
])
def test_a_word_is_cut_as_bert_cuts_it(word: str, expected: list[str]) -> None:
    assert cut(PIECES, word) == expected


def test_the_vocabulary_is_berts() -> None:
    assert len(LISTING) == len(set(LISTING)) == 30522
    assert [LISTING.index(piece) for piece in ("[UNK]", "[CLS]", "[SEP]", "the")] == [100, 101, 102, 1996]


@pytest.mark.parametrize("word", ["", " ", "\t\n", "\x00\x01", "\u200b\u202e\ufeff", "\ud800", "\u0301"])
def test_what_is_no_letter_mark_or_sign_has_no_piece(word: str) -> None:
    assert PIECES.of(word) == ()


def test_marks_within_a_word_that_nobody_sees_do_not_part_it() -> None:
    assert PIECES.of("Is\u200brael\ud800") == PIECES.of("Israel")


def test_a_word_beyond_all_length_is_one_unknown_piece() -> None:
    assert cut(PIECES, "Iran" * 5000) == ["[UNK]"]
    assert cut(PIECES, "a" * 100)[0] != "[UNK]"


def test_a_part_whose_end_no_piece_reaches_is_unknown_as_a_whole() -> None:
    pieces = Pieces.parse("[CLS]\n[SEP]\n[UNK]\nir\n##an")
    assert (pieces.of("iran"), pieces.of("irax")) == ((3, 4), (2,))


def test_words_between_spaces_are_parts_of_their_own() -> None:
    assert list(parts("New\u00a0York\n City")) == ["new", "york", "city"]


def test_forgetting_words_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KNOWN", 3)
    fresh = cutter()
    words = ["Iran", "attacked", "Israel", "and", "Iran", "Hezbollah", "attacked"]
    assert [fresh.of(word) for word in words] == [PIECES.of(word) for word in words]


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_is_cut_into_pieces_of_the_vocabulary(text: str) -> None:
    found = PIECES.of(text)
    assert all(0 <= number < len(LISTING) for number in found)
    assert found == PIECES.of(text)
    assert not any(LISTING[number].startswith("##") for number in found[:1])

