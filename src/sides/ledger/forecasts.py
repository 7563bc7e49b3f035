"""Forecasts that are kept: what was said of a day to come, frozen with what was known, and never altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sides.ledger.filling import Connection
from sides.ledger.rows import Columns, digest_of
from sides.ledger.values import fetched
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError

FIELDS = ("source", "target", "event", "asked_on", "known", "within_days", "lens", "is_exact", "chance", "low", "high",
          "base_rate", "recurrence_rate", "forecaster", "forecaster_version", "horizon")
ROWS = f"SELECT {', '.join(FIELDS)} FROM stored.forecasts JOIN committed USING (batch) GROUP BY ALL ORDER BY ALL"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForecast:
    """One forecast as it was made.

    Read aloud: "At the end of `asked_on`, from what had been published by `known`, `forecaster` gave `chance` to at
    least one `event` from `source` to `target` in the `within_days` days that follow".
    """

    source: str
    target: str
    event: str  # a claim type, or a quad class
    asked_on: date
    known: PartialDate
    within_days: int
    lens: str = "all"
    is_exact: bool = False
    chance: float
    low: float  # of 90 %
    high: float
    base_rate: float
    recurrence_rate: float
    forecaster: str
    forecaster_version: str
    horizon: date  # the last day that documents told of when it was kept: none is later where it was made beforehand

    def __post_init__(self) -> None:
        numbers = (self.low, self.chance, self.high, self.base_rate, self.recurrence_rate)
        if not all(0 <= one <= 1 for one in numbers) or not self.low <= self.chance <= self.high:
            raise ForecastError(f"A forecast of {self.chance} between {self.low} and {self.high} is none. Give chances "
                                "from 0 to 1, the interval around the forecast.")
        if self.within_days < 1 or self.known.last > self.asked_on:
            raise ForecastError(f"A forecast over {self.within_days} days, made on {self.asked_on} and knowing "
                                f"{self.known}, makes no sense. Give one day or more, and know nothing later.")

    @property
    def id(self) -> str:
        """Hash of the question, the answer and who gave it: the same forecast kept twice is one."""
        return digest_of(self.source, self.target, self.event, str(self.asked_on), str(self.known), self.within_days,
                         self.lens, int(self.is_exact), self.forecaster, self.forecaster_version,
                         *(repr(one) for one in (self.chance, self.low, self.high, self.base_rate,
                                                 self.recurrence_rate)))

    @property
    def until(self) -> date:
        """The last day that it is about."""
        return self.asked_on + timedelta(days=self.within_days)

    @property
    def is_afterwards(self) -> bool:
        """Whether documents of later days were at hand when it was kept: it saw none, but who asked may have."""
        return self.horizon > self.asked_on


def forecast_columns(forecasts: Sequence[KeptForecast]) -> Columns:
    """Kept forecasts as columns of `forecasts`."""
    return {"id": [one.id for one in forecasts],
            **{name: [str(one.known) if name == "known" else getattr(one, name) for one in forecasts]
               for name in FIELDS}}


def forecast_rows(connection: Connection) -> list[KeptForecast]:
    """All forecasts that were kept, by day, question and forecaster; each once."""
    found: dict[str, KeptForecast] = {}
    for row in zip(*fetched(connection.execute(ROWS), len(FIELDS)), strict=True):
        values = dict(zip(FIELDS, row, strict=True))
        one = KeptForecast(**{**values, "known": PartialDate.parse(values["known"])})
        first = found.setdefault(one.id, one)
        if one.horizon < first.horizon:  # two that kept it at once
            found[one.id] = one
    return sorted(found.values(), key=lambda one: (one.asked_on, one.source, one.target, one.event, one.within_days,
                                                   one.forecaster, one.id))
