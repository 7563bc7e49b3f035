import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.model.dates import PartialDate
from sides.model.expressions import Expression, find

PUBLISHED = PartialDate.parse("2022-07-11")  # a Monday

POINTS = {
    "on 11 July 2022": "2022-07-11", "Jul 11, 2022": "2022-07-11", "the 3rd of March, 2020": "2020-03-03",
    "Sept. 4, 2019": "2019-09-04", "2021-05-03": "2021-05-03", "25/12/2021": "2021-12-25",
    "3/4/2021": "2021",  # the third of April or the fourth of March: the country decides
    "in May 2021": "2021-05", "in June, 2020": "2020-06", "in 1999": "1999", "in 1536": "1536",
    "early 2012": "2012", "in early May 2012": "2012-05", "mid-2017": "2017", "the end of 2020": "2020",
    "the second half of 2021": "2021", "summer of 2020": "2020", "the summer of 2014": "2014",
    "late July": "2022-07", "in May": "2022-05", "in August": "2021-08", "March 3": "2022-03-03",
    "on 21 July": "2021-07-21", "yesterday": "2022-07-10", "today": "2022-07-11", "this morning": "2022-07-11",
    "last night": "2022-07-10", "on Monday": "2022-07-11", "on Friday": "2022-07-08", "last Monday": "2022-07-04",
    "Monday's vote": "2022-07-11", "next Tuesday": "2022-07-12", "this week": "2022-07", "last week": "2022-07",
    "last month": "2022-06", "earlier this month": "2022-07", "next month": "2022-08", "last year": "2021",
    "this year": "2022", "next year": "2023", "last December": "2021-12", "last July": "2021-07",
    "in March last year": "2021-03", "in January this year": "2022-01", "last summer": "2021", "this spring": "2022",
    "a year ago": "2021", "two months ago": "2022-05", "three days ago": "2022-07-08", "three weeks ago": "2022-06",
    "more than a month ago": "2022", "several months ago": "2022", "a decade ago": "2012",
    "Exactly forty years ago today": "1982-07-11", "in recent weeks": "2022", "recently": "2022",
    "in the coming days": "2022", "over the past decade": "2012", "in the last two years": "2020", "now": "2022-07-11",
    "last Christmas": "2021-12", "at Christmas 2019": "2019-12", "on New Year's Eve": "2021-12",
    "the 2006 war": "2006", "as of March 2022": "2022-03",
}


@pytest.mark.parametrize(("text", "expected"), sorted(POINTS.items()))
def test_a_date_is_as_precise_as_its_words(text: str, expected: str) -> None:
    (found,) = find(text, PUBLISHED)
    assert str(found.interval.start) == expected


@pytest.mark.parametrize(("text", "start", "end"), [
    ("between 2014 and 2016", "2014", "2016"), ("from 2011 to 2014", "2011", "2014"), ("2014-2016", "2014", "2016"),
    ("2014–16", "2014", "2016"), ("from May to July 2021", "2021-05", "2021-07"),
    ("from November to March 2021", "2020-11", "2021-03"), ("12–15 May 2021", "2021-05-12", "2021-05-15"),
    ("between 3 March and 5 April 2020", "2020-03-03", "2020-04-05"), ("the 1990s", "1990", "1999"),
    ("the early 1990s", "1990", "1999"), ("the '90s", "1990", "1999"), ("since 1967", "1967", "None"),
    ("since last summer", "2021", "None"), ("since the 1990s", "1990", "None"), ("until 2018", "None", "2018"),
    ("until the end of 2020", "None", "2020"),
])
def test_words_that_bound_a_time_give_its_ends(text: str, start: str, end: str) -> None:
    (found,) = find(text, PUBLISHED)
    assert (str(found.interval.start), str(found.interval.end)) == (start, end)


@pytest.mark.parametrize("text", ["for 50 years", "a ten-year agreement", "within two weeks"])
def test_a_length_of_time_is_no_date(text: str) -> None:
    (found,) = find(text, PUBLISHED)
    assert found.kind == "duration"
    assert found.interval.start is None
    assert found.interval.end is None


@pytest.mark.parametrize("text", ["five months later", "that October", "the following year", "on the 18th",
                                  "two years earlier", "a few years ago", "ever since", "that Christmas"])
def test_what_needs_a_date_before_it_stays_open_without_one(text: str) -> None:
    (found,) = find(text, PUBLISHED)
    assert found.kind == "unresolved"
    assert found.interval.start is None


@pytest.mark.parametrize(("text", "expected"), [
    ("In 2012 they broke; two years later they met", "2014"), ("He came in May 2016 and left that October", "2016-10"),
    ("On 3 March 2020 it began; on the 18th it was over", "2020-03-18"),
    ("In June 2020 they met the same month", "2020-06"),
    ("In 2015 he won; the following year he lost", "2016"),
])
def test_a_date_may_be_counted_from_the_one_before_it(text: str, expected: str) -> None:
    assert str(find(text, PUBLISHED)[-1].interval.start) == expected


def test_a_date_may_be_counted_from_one_given_earlier_in_the_document() -> None:
    (found,) = find("Two years later they met.", PUBLISHED, PartialDate(2012))
    assert str(found.interval.start) == "2014"


def test_a_month_belongs_to_the_year_that_the_telling_has_reached() -> None:
    (told,) = find("In March they met.", PUBLISHED, telling=PartialDate(2019))
    (untold,) = find("In March they met.", PUBLISHED)
    assert (str(told.interval.start), str(untold.interval.start)) == ("2019-03", "2022-03")


@pytest.mark.parametrize(("text", "began"), [
    ("for ten years", "2012"), ("the 40-year-old alliance", "1982"), ("a ten-year agreement", "None"),
    ("for several years", "None"), ("within two years", "None"),
])
def test_a_length_that_reaches_the_document_tells_when_it_began(text: str, began: str) -> None:
    (found,) = find(text, PUBLISHED)
    assert str(found.began) == began


@pytest.mark.parametrize("text", ["each Sunday", "every Friday"])
def test_a_day_that_comes_again_is_no_date(text: str) -> None:
    assert find(text, PUBLISHED) == []


@pytest.mark.parametrize(("text", "ahead"), [("on Tuesday", "2022-07-12"), ("in May", "2023-05"),
                                             ("on 21 July", "2022-07-21")])
def test_a_date_without_its_year_has_a_reading_that_looks_ahead(text: str, ahead: str) -> None:
    (found,) = find(text, PUBLISHED)
    assert found.ahead is not None
    assert str(found.ahead.start) == ahead


@pytest.mark.parametrize("text", ["Resolution 1701", "some 2000 troops", "2,012 rockets", "He may march in",
                                  "Mark 1800", "31 June 2021", "$2000", "1990 per cent", "a May pole",
                                  "the second force"])
def test_a_number_or_name_is_no_date(text: str) -> None:
    assert find(text, PUBLISHED) == []


def test_a_document_dated_to_the_year_gives_nothing_finer() -> None:
    published = PartialDate(2022)
    found = [find(text, published)[0] for text in ("yesterday", "last week", "on Monday", "today")]
    assert {str(expression.interval.start) for expression in found} == {"2022"}
    assert find("last month", published)[0].kind == "unresolved"


def test_a_count_that_leaves_the_calendar_is_no_date() -> None:
    assert find("nine hundred years ago", PartialDate(500)) == []


pieces = st.sampled_from(sorted(POINTS)) | st.text(max_size=12) | st.sampled_from(
    [" ", "\n", "-", "–", "in ", "since ", "until ", "from ", " to ", " and ", "the ", "0000", "31 ", "99"])


@given(st.lists(pieces, max_size=12).map("".join), st.sampled_from(["0001", "9999-12-31", "2022-07", "2022-07-11"]))
def test_any_text_is_read_in_order_and_without_overlap(text: str, published: str) -> None:
    end = 0
    for found in find(text, PartialDate.parse(published), PartialDate(9998), PartialDate(2)):
        assert end <= found.begin < found.end <= len(text)
        end = found.end


@given(st.lists(st.sampled_from(sorted(POINTS)), max_size=5))
def test_the_same_text_gives_the_same_dates(texts: list[str]) -> None:
    text = "; ".join(texts)
    first: list[Expression] = find(text, PUBLISHED)
    assert first == find(text, PUBLISHED)


def test_a_long_text_is_read_in_linear_time() -> None:
    piece = "In the early 2012 war of 12 May, between a few and some 2000 troops, since late the end of the 1990. "
    find(piece, PUBLISHED)
    took = []
    for times in (50, 400):
        tries = []
        for _ in range(3):  # the least counts: a busy machine only adds
            began = time.process_time()
            find(piece * times, PUBLISHED)
            tries.append(time.process_time() - began)
        took.append(min(tries))
    assert took[1] < 8 * 4 * max(took[0], 0.002)
