import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.documents.heading import read_heading

from .files import STORY

BODY = "\n\n".join(STORY)


def dated(*head: str) -> str:
    found = read_heading("\n\n".join((*head, BODY)))
    return f"{found.date.date}" if found.date else "none"


@pytest.mark.parametrize(("line", "date"), [
    ("11 Jul, 2022", "2022-07-11"), ("Published: 3 March 2014", "2014-03-03"),
    ("Posted on July 16, 2018 at 4:05 pm EST", "2018-07-16"),
    ("Friday, 3 May 2024", "2024-05-03"), ("By Ann Lee | 3 March 2014 | 6 min read", "2014-03-03"),
    ("By Ann Lee, 3 March 2014", "2014-03-03"), ("Caspian Review, 20 July 2019", "2019-07-20"),
    ("POLICY BRIEF | 3 October 2023", "2023-10-03"), ("Week ending 20 March 2023.", "2023-03-20"),
    ("LIVE - updated Monday, 2 December 2023, 22:40 local time", "2023-12-02"), ("(Updated 3 March 2014)",
                                                                                 "2014-03-03"),
    ("2021-06-15", "2021-06-15"), ("March 2014", "2014-03"), ("14 Sep 2021 · 5-minute read", "2021-09-14"),
    ("Issue 12, June 2021", "2021-06")])
def test_a_line_about_the_publication_dates_the_text(line: str, date: str) -> None:
    assert dated("Border talks in Almaty", line) == date


@pytest.mark.parametrize("line", [
    "The war began on 24 February 2022 with an attack on Kyiv.", "On 24 February 2022 Russia attacked Ukraine.",
    "The general was killed in Baghdad on 3 January 2020", "What we know about the attacks of 11 September 2001",
    "He was jailed in the capital, 3 March 2014", "The accord of 10 November 2020 is dead, says Baku",
    "Two centuries of staying out of alliances ended, officially, on 24 February 2022."])
def test_a_date_of_the_story_does_not_date_the_text(line: str) -> None:
    assert dated("Border talks in Almaty", line) == "none"
    assert dated(line) == "none"


@pytest.mark.parametrize(("start", "date"), [
    ("JUBA/NAIROBI, March 29, 2023 (Nile Wire) - ", "2023-03-29"), ("LA PAZ, July 2, 2023 - ", "2023-07-02"),
    ("ALMATY, 3 May 2024 (Steppe Agency) — ", "2024-05-03"), ("Almaty (Steppe Agency) – ", "none"),
    ("ALMATY, 3 May — ", "none")])
def test_a_dateline_dates_the_text_if_it_gives_the_year_and_is_furniture_all_the_same(start: str, date: str) -> None:
    text = f"Border talks\n\n{start}{BODY}"
    found = read_heading(text)
    assert (str(found.date.date) if found.date else "none") == date
    [(begin, end)] = found.furniture
    assert text[begin:end] == start.rstrip()


@pytest.mark.parametrize("start", ["NATO - Russia talks failed. ", "HAMAS – the movement that rules Gaza – said so. ",
                                   "The Kremlin — which denies it — said so. "])
def test_a_dash_alone_makes_no_dateline(start: str) -> None:
    assert read_heading(f"Talks fail\n\n{start}{BODY}").furniture == ()


def test_the_date_of_publication_goes_before_that_of_an_update() -> None:
    assert dated("Talks", "Updated 5 May 2023", "Published 3 May 2023") == "2023-05-03"
    assert dated("Talks", "Updated 5 May 2023") == "2023-05-05"


def test_a_labelled_date_at_the_end_counts_and_a_bare_one_does_not() -> None:
    assert str(read_heading(f"Talks\n\n{BODY}\n\n{BODY[::-1]}\n\nFirst published 3 May 2023").date.date) == "2023-05-03"
    assert read_heading("Talks\n\n" + f"{BODY}\n\n" * 4 + "3 May 2023").date is None


@pytest.mark.parametrize(("line", "author"), [
    ("By Ann Lee", "Ann Lee"), ("By ANN LEE", "ANN LEE"), ("by Ann de Lee and Bob Roy", "Ann de Lee and Bob Roy"),
    ("By Ann Lee in Almaty", "Ann Lee"), ("Written by: José Núñez-Ortiz", "José Núñez-Ortiz"),
    ("By our columnist in Almaty", None), ("By Friday both had agreed.", None), ("By staff and agencies", None)])
def test_an_author_is_a_name_behind_by(line: str, author: str | None) -> None:
    assert read_heading(f"Border talks in Almaty\n\n{line}\n\n{BODY}").author == author


def test_the_title_is_the_first_line_that_is_not_about_the_publication() -> None:
    assert read_heading(f"OPINION\n3 May 2024\nBorder talks in Almaty\n\n{BODY}").title == "Border talks in Almaty"
    assert read_heading(BODY).title is None
    assert read_heading("Border talks in Almaty").title is None


@given(st.text(max_size=300))
def test_any_text_has_a_heading_within_it(text: str) -> None:
    for begin, end in read_heading(text).furniture:
        assert 0 <= begin < end <= len(text)
