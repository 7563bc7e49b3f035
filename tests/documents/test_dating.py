import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.documents.dating import date_pattern, in_name, in_url, parse_date


@pytest.mark.parametrize(("written", "date"), [
    ("11 Jul, 2022", "2022-07-11"), ("July 16, 2018", "2018-07-16"), ("2021-06-15", "2021-06-15"),
    ("3rd of March 2014", "2014-03-03"), ("Sept. 3, 2014", "2014-09-03"), ("March 3rd, 2014", "2014-03-03"),
    ("2021-06-15T10:22:00+02:00", "2021-06-15"), ("2014/3/9", "2014-03-09"), ("15.06.2021", "2021-06-15"),
    ("25/12/2020", "2020-12-25"), ("12/25/2020", "2020-12-25"), ("05/05/2020", "2020-05-05"),
    ("June 2021", "2021-06"), ("1 September 1939", "1939-09-01")])
def test_dates_are_read_as_they_are_written(written: str, date: str) -> None:
    assert str(parse_date(written)) == date


def test_a_date_that_may_be_of_two_months_is_only_sure_of_its_year() -> None:
    assert str(parse_date("03/04/2014")) == "2014"


@pytest.mark.parametrize("written", ["31 February 2020", "2021-13-01", "July", "yesterday", "99/99/2020",
                                     "12 Foo 2020"])
def test_what_is_no_date_gives_none(written: str) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(("url", "date"), [
    ("https://e.org/2021/06/15/talks", "2021-06-15"), ("https://e.org/world/2021/jun/15/talks", "2021-06-15"),
    ("https://e.org/2021-06-15-talks.html", "2021-06-15"), ("https://e.org/a/20210615/b", "2021-06-15"),
    ("https://e.org/2021/06/talks", "2021-06"), ("https://e.org/2021/talks", "None"),
    ("https://e.org/id/20219915", "None"), ("https://e.org/a?date=2021-06-15", "None"), ("https://[bad/2021/06/15",
                                                                                         "None")])
def test_a_date_in_an_address_is_that_of_its_path(url: str, date: str) -> None:
    assert str(in_url(url)) == date


@pytest.mark.parametrize(("name", "date"), [
    ("2021-06-15-foo.txt", "2021-06-15"), ("foo_20210615.html", "2021-06-15"), ("a/2019/2021_06_15 b.txt",
                                                                                "2021-06-15"),
    ("15-Jun-2021.txt", "2021-06-15"), ("2021-06_digest.pdf", "2021-06"), ("000_7136393984d06757.txt", "None"),
    ("protests-2011.txt", "None"), ("20219915.txt", "None"), ("c2c8db20210615ab.txt", "None"), ("2019/a.txt", "None"),
    ("1987-1991.txt", "None")])
def test_a_date_in_a_name_must_stand_by_itself(name: str, date: str) -> None:
    assert str(in_name(name)) == date


@given(st.dates())
def test_every_day_of_the_calendar_is_read_back(day) -> None:
    if day.year >= 1600:
        for form in (f"{day:%d %B} {day.year:04d}", f"{day:%b %d}, {day.year:04d}", f"{day.year:04d}-{day:%m-%d}"):
            assert str(parse_date(form)) == day.isoformat()


@given(st.text(max_size=60))
def test_no_text_whatever_raises(text: str) -> None:
    parse_date(text), in_name(text), in_url(text), re.search(date_pattern(), text, re.I)
