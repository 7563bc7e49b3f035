"""Forecasts that are kept: as they were made, once each, and never altered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sides.ledger.forecasts import KeptForecast
from sides.ledger.store import Store
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError

ONE = KeptForecast(source="hamas", target="syria", event="COOPERATE", asked_on=date(2022, 10, 19),
                   known=PartialDate.parse("2022-10-19"), within_days=180, chance=.1, low=.02, high=.3, base_rate=.05,
                   recurrence_rate=1 / 14, forecaster="reference class", forecaster_version="abc",
                   horizon=date(2022, 10, 19))


def test_a_forecast_comes_back_as_it_was_kept_and_twice_is_once(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "a.sides")
    assert store.keep_forecasts([ONE]) == [ONE] and store.version == 1
    later = replace(ONE, horizon=date(2024, 1, 1))  # kept again when more had been read
    assert later.id == ONE.id and store.keep_forecasts([later, ONE]) == [] and store.version == 1
    other = replace(ONE, chance=.2, known=PartialDate.parse("2022-09"))
    assert store.keep_forecasts([other, other]) == [other] and other.id != ONE.id
    kept = Store.open(store.path).snapshot().forecasts()
    assert sorted(kept, key=lambda one: one.chance) == [ONE, other]
    assert store.versions()[-1].kind == "forecast" and store.versions()[-1].forecasts == 1
    assert store.snapshot(1).forecasts() == [ONE] and store.snapshot(0).forecasts() == []
    assert store.snapshot().sql("SELECT id FROM forecasts ORDER BY chance").fetchall() == [(ONE.id,), (other.id,)]


def test_two_that_keep_it_at_once_keep_one(tmp_path: Path) -> None:
    left = Store.create_or_open(tmp_path / "a.sides")
    right = Store.open(left.path)
    right.snapshot()
    left.keep_forecasts([replace(ONE, horizon=date(2023, 1, 1))])
    right.keep_forecasts([ONE])
    assert len(Store.open(left.path).snapshot().forecasts()) == 1


def test_it_tells_when_it_is_over_and_whether_it_was_kept_afterwards() -> None:
    assert str(ONE.until) == "2023-04-17" and not ONE.is_afterwards
    assert replace(ONE, horizon=date(2022, 10, 20)).is_afterwards


@pytest.mark.parametrize("wrong", [{"chance": 1.5}, {"chance": .5}, {"within_days": 0},
                                   {"known": PartialDate.parse("2022-11")}])
def test_what_makes_no_sense_is_no_forecast(wrong: dict[str, object]) -> None:
    with pytest.raises(ForecastError):
        replace(ONE, **wrong)  # type: ignore[arg-type]
