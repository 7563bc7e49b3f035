from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.model.dates import Interval, PartialDate
from sides.model.errors import DateError

dates = st.builds(
    lambda day, precision: {"day": PartialDate.of(day), "month": PartialDate(day.year, day.month),
                            "year": PartialDate(day.year)}[precision],
    st.dates(), st.sampled_from(["day", "month", "year"]))


@pytest.mark.parametrize(("text", "precision"), [("2012", "year"), ("2012-07", "month"), ("2012-07-11", "day")])
def test_a_date_keeps_the_precision_that_it_was_given_with(text: str, precision: str) -> None:
    assert PartialDate.parse(text).precision == precision
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "12", "2012-7", "2012-13", "2012-02-30", "July 2012", "2012-07-11T00:00", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_refused() -> None:
    with pytest.raises(DateError, match="needs a month"):
        PartialDate(2012, None, 3)


def test_the_coarser_date_comes_first() -> None:
    ordered = ["2012", "2012-01", "2012-01-01", "2012-02", "2013"]
    assert [str(at) for at in sorted(map(PartialDate.parse, reversed(ordered)))] == ordered


def test_a_leap_february_ends_on_the_29th() -> None:
    assert PartialDate(2024, 2).last == date(2024, 2, 29)
    assert PartialDate(2024, 2).after == date(2024, 3, 1)


def test_the_last_year_of_the_calendar_has_nothing_after_it() -> None:
    assert PartialDate(9999).after == date.max


def test_a_year_contains_its_months_and_not_the_other_way_round() -> None:
    assert PartialDate(2012).contains(PartialDate(2012, 7))
    assert not PartialDate(2012, 7).contains(PartialDate(2012))


def test_an_open_interval_reaches_every_later_window() -> None:
    assert Interval(PartialDate(2012), None).overlaps(date(2030, 1, 1), None)
    assert not Interval(PartialDate(2012), None).overlaps(None, date(2012, 1, 1))


def test_an_interval_that_ended_does_not_reach_the_year_after() -> None:
    ended = Interval(PartialDate(2014), PartialDate(2016))
    assert ended.overlaps(date(2016, 12, 31), None)
    assert not ended.overlaps(date(2017, 1, 1), None)


@given(dates)
def test_a_date_written_and_read_again_is_the_same(at: PartialDate) -> None:
    assert PartialDate.parse(str(at)) == at


@given(dates, dates)
def test_two_dates_are_ordered_one_way_only(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) + (other < one) + (one == other) == 1


@given(dates)
def test_a_date_lies_within_its_first_and_last_day(at: PartialDate) -> None:
    assert at.first <= at.last
    assert at.contains(PartialDate.of(at.first))
    assert at.contains(PartialDate.of(at.last))
