import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.model.dates import PartialDate
from sides.model.shifts import Unit, after, at_or_after, at_or_before, before, period, shifted, weekday

WEEK = Unit("day", 7)
MONDAY = PartialDate(2022, 7, 11)


def test_a_week_within_one_month_is_that_month() -> None:
    assert period(MONDAY, WEEK, -1) == PartialDate(2022, 7)


def test_a_week_that_reaches_into_the_next_month_is_only_known_to_the_year() -> None:
    assert period(PartialDate(2022, 7, 1), WEEK, 0) == PartialDate(2022)


def test_a_week_that_reaches_into_the_next_year_is_not_known() -> None:
    assert period(PartialDate(2024, 12, 31), WEEK, 0) is None


def test_months_from_a_year_cannot_be_told() -> None:
    assert shifted(PartialDate(2022), Unit("month", 1), -1) is None


@pytest.mark.parametrize(("count", "expected"), [(-7, "2021-12"), (-19, "2020-12"), (6, "2023-01"), (0, "2022-07")])
def test_months_are_counted_over_the_turn_of_the_year(count: int, expected: str) -> None:
    assert str(shifted(MONDAY, Unit("month", 1), count)) == expected


def test_today_is_the_latest_such_day_unless_it_is_left_out() -> None:
    assert weekday(MONDAY, 0, -1, include_today=True) == MONDAY
    assert weekday(MONDAY, 0, -1, include_today=False) == PartialDate(2022, 7, 4)
    assert weekday(MONDAY, 0, 1, include_today=False) == PartialDate(2022, 7, 18)


def test_the_latest_such_month_may_be_the_present_one_but_last_july_is_not() -> None:
    assert at_or_before(MONDAY, 7, None) == at_or_after(MONDAY, 7, None) == PartialDate(2022, 7)
    assert before(MONDAY, 7, None) == PartialDate(2021, 7)
    assert after(MONDAY, 7, None) == PartialDate(2023, 7)


@given(st.dates(min_value=PartialDate(1900).first), st.integers(-40, 40), st.sampled_from(["day", "month", "year"]))
def test_no_result_is_more_precise_than_what_it_is_counted_from(day: object, count: int, name: str) -> None:
    exact = PartialDate.parse(str(day))
    if not 1 <= exact.year + count <= 9999:
        return
    for base in (PartialDate(exact.year), PartialDate(exact.year, exact.month)):
        moved = shifted(base, Unit(name, 1), count)
        assert moved is None or len(str(moved)) <= len(str(base))
