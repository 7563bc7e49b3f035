import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.documents import Facts, Options, Source, find, load
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import (
    BinaryInput,
    EmptyInput,
    InputError,
    MalformedInput,
    MissingInput,
    TooLargeInput,
    UndatedDocument,
    UnsupportedLanguage,
)

from .files import OPTIONS, STORY, page_of, pdf_of, rss_of

TEXT = "Border talks in Almaty\n\n3 May 2024\n\n" + "\n\n".join(STORY)


def typed(content: bytes | str, options: Options = OPTIONS, facts: Facts | None = None):
    content = content.encode() if isinstance(content, str) else content
    [found] = load(Source(name="-", content=content, facts=facts), options)
    return found


def saved(path: Path, content: bytes | str, options: Options = OPTIONS):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [found] = load(Source(name=path.name, path=path), options)
    return found


def test_a_text_keeps_every_character_that_was_read() -> None:
    text = "Talks\r\n\r\n3 May 2024\r\n\r\n  It’s on…  \r\n\t" + STORY[0] + "\n\n"
    assert typed(text).text == text


def test_what_a_person_says_wins_over_all_else() -> None:
    facts = Facts(author="Sidecar", outlet="Sidecar Post", published=PartialDate(2023), title="Of the sidecar")
    options = replace(OPTIONS, date=PartialDate(2022, 1), author="Said", outlet="Said Post", title="As said")
    found = typed(TEXT, options, facts)
    assert (found.author, found.outlet, found.title, str(found.published), found.published_from) == (
        "Said", "Said Post", "As said", "2022-01", "option")


def test_the_sidecar_wins_over_the_text_and_its_estimate_is_kept() -> None:
    found = typed(TEXT, facts=Facts(published=PartialDate(2023, 2), published_is="estimated from the text", key="k"))
    assert (str(found.published), found.published_from, found.published_is, found.key) == (
        "2023-02", "sidecar", "estimated from the text", "k")


def test_a_date_in_the_name_is_found_and_can_be_forbidden(tmp_path: Path) -> None:
    body = "\n\n".join(STORY)
    found = saved(tmp_path / "2024-05-03-almaty.txt", body)
    assert (str(found.published), found.published_from) == ("2024-05-03", "name")
    refused = saved(tmp_path / "2024-05-03-almaty.txt", body, replace(OPTIONS, date_from=()))
    assert isinstance(refused, UndatedDocument)


def test_when_a_file_was_made_counts_only_where_allowed(tmp_path: Path) -> None:
    path = tmp_path / "almaty.txt"
    body = "\n\n".join(STORY)
    assert isinstance(saved(path, body), UndatedDocument)
    os.utime(path, (1_714_737_600, 1_714_737_600))
    [found] = load(Source(name="almaty.txt", path=path), replace(OPTIONS, date_from=("modified",)))
    assert (str(found.published), found.published_from) == ("2024-05-03", "modified")
    assert found.published_is.startswith("estimated")


def test_an_undated_text_says_what_was_tried_and_what_to_do() -> None:
    refused = typed("\n\n".join(STORY))
    assert isinstance(refused, UndatedDocument)
    assert "the first lines of the text" in str(refused) and "--date 2021-06-15" in str(refused)


def test_a_date_in_the_future_is_not_trusted_wherever_it_comes_from() -> None:
    refused = typed(TEXT.replace("2024", "2031"))
    assert isinstance(refused, UndatedDocument) and "2031-05-03 lies in the future" in str(refused)
    assert isinstance(typed(TEXT.replace("2024", "2031"), replace(OPTIONS, today=date(2032, 1, 1))), Document)
    assert typed(TEXT, facts=Facts(published=PartialDate(2031))).published_from == "text"


def test_a_document_dated_tomorrow_may_come_from_where_it_is_tomorrow() -> None:
    assert isinstance(typed(TEXT, replace(OPTIONS, today=date(2024, 5, 2))), Document)
    assert isinstance(typed(TEXT, replace(OPTIONS, today=date(2024, 5, 1))), UndatedDocument)


@pytest.mark.parametrize("content", [b"", b"  \n\n ", b"\xef\xbb\xbf", b"...\n---\n"])
def test_an_empty_text_is_named(content: bytes) -> None:
    assert isinstance(typed(content), EmptyInput)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 20, b"Talks\x00\x00in Doha" * 9])
def test_bytes_that_are_no_text_are_named(tmp_path: Path, content: bytes) -> None:
    assert isinstance(saved(tmp_path / "a.txt", content), BinaryInput)


def test_a_text_past_the_limit_is_named_with_its_size() -> None:
    refused = typed(TEXT, replace(OPTIONS, max_chars=100))
    assert isinstance(refused, TooLargeInput) and f"{len(TEXT)} characters" in str(refused)
    assert isinstance(typed(TEXT, replace(OPTIONS, max_bytes=100)), TooLargeInput)


def test_a_huge_file_is_not_read_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as opened:
        opened.truncate(10_000_000_000)
    [refused] = load(Source(name="huge.txt", path=tmp_path / "huge.txt"), OPTIONS)
    assert isinstance(refused, TooLargeInput)


def test_another_language_is_named_and_can_be_overruled() -> None:
    french = ("Les ministres des affaires étrangères se sont réunis vendredi dans la capitale et ont décidé de tracer "
              "la frontière ensemble, pour la première fois depuis la guerre, selon le communiqué de leur hôte.")
    refused = typed(f"3 May 2024\n\n{french}")
    assert isinstance(refused, UnsupportedLanguage) and "French (fr)" in str(refused)
    assert isinstance(typed(f"3 May 2024\n\n{french}", replace(OPTIONS, language="en")), Document)


@pytest.mark.parametrize("name", ["en", "EN-gb", "en_US", "English", "eng"])
def test_english_goes_by_several_names(name: str) -> None:
    assert typed(TEXT, facts=Facts(language=name)).language == "en"


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    [refused] = load(Source(name="a.txt", path=tmp_path / "a.txt"), OPTIONS)
    assert isinstance(refused, MissingInput)


def test_content_tells_more_than_a_name(tmp_path: Path) -> None:
    assert saved(tmp_path / "2024-05-03.txt", page_of()).format == "html"
    assert saved(tmp_path / "2024-05-03.html", pdf_of([STORY])).format == "pdf"


def test_a_pdf_that_is_none_is_malformed(tmp_path: Path) -> None:
    assert isinstance(saved(tmp_path / "a.pdf", TEXT), MalformedInput)


def test_one_bad_file_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_text(TEXT.replace("Almaty", "Astana"))
    found = [found for source in find([str(tmp_path)]) for found in load(source, OPTIONS)]
    assert [isinstance(one, Document) for one in found] == [True, False, False, True]
    assert all(one.name in str(one) for one in found if isinstance(one, InputError))


def test_half_a_surrogate_pair_does_no_harm() -> None:
    found = typed(TEXT.replace("Armenia", "Armenia\ud800").encode("utf-16-le", "surrogatepass"),
                  facts=Facts(title="\ud800"))
    assert isinstance(found, (Document, InputError))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(
    ["a.txt", "a.md", "a.html", "a.pdf", "a.rss", "a.warc", "a.warc.gz", "a.jpg", "a", "-"]))
def test_no_bytes_whatever_raise(content: bytes, name: str) -> None:
    for found in load(Source(name=name, content=content), OPTIONS):
        assert isinstance(found, (Document, InputError))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([page_of(), pdf_of([STORY]), rss_of(["<item><title>A</title></item>"]), TEXT.encode(),
                        b"---\ntitle: x\n---\n# A\n" + TEXT.encode()]),
       st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=6))
def test_no_damage_to_a_good_file_raises(content: bytes, damages: list[tuple[int, bytes]]) -> None:
    for place, bytes_put in damages:
        content = content[:place] + bytes_put + content[place + 3:]
    for found in load(Source(name="a", content=content), OPTIONS):
        assert isinstance(found, (Document, InputError))
        if isinstance(found, Document):
            ends = [0]
            for aside in found.asides:
                assert ends[-1] <= aside.begin_char < aside.end_char <= len(found.text)
                ends.append(aside.end_char)
            found.text.encode("utf-8")


def test_the_seeds_are_read_with_the_dates_of_their_sidecar() -> None:
    seeds = Path(__file__).parents[2].parent / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the seeds are not here")
    found = [found for source in find([str(seeds)]) for found in load(source, replace(OPTIONS, today=date(2024, 1, 1)))]
    assert [(one.key, str(one.published), one.published_from) for one in found] == [
        ("s0", "2022-07-11", "sidecar"), ("s1", "2021-06-15", "sidecar"), ("s2", "2022-10-15", "sidecar"),
        ("s3", "2016-08-01", "sidecar"), ("s4", "2018-07-25", "sidecar")]
