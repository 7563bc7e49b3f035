import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.documents.decode import decode
from sides.model.errors import BinaryInput

TEXT = "“The Élysée’s envoy,” she said – naïvely – “met Müller in Łódź.”\r\nThat was all.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode("a.txt", TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_old_western_text_is_read(encoding: str) -> None:
    text = "The envoy of the Élysée met Mr Müller in Genève.\r\n" * 3
    assert decode("a.txt", text.encode(encoding)) == text


def test_another_alphabet_in_an_old_encoding_is_recognised() -> None:
    text = "Министры иностранных дел встретились в пятницу и договорились о границе. " * 8
    assert decode("a.txt", text.encode("cp1251")) == text


def test_what_the_server_says_is_tried_first() -> None:
    assert decode("a", "Łódź".encode("iso-8859-2"), "iso-8859-2") == "Łódź"
    assert decode("a", TEXT.encode(), "no-such-encoding") == TEXT


def test_no_newline_is_translated() -> None:
    assert decode("a", b"a\r\nb\rc\n") == "a\r\nb\rc\n"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_all_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode("a", text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_named_as_none(content: bytes) -> None:
    try:
        assert isinstance(decode("a", content), str)
    except BinaryInput as error:
        assert error.name == "a"
