"""What a ledger is asked about what is to come: each question a method of `Ledger`."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from sides.model.actor import Actor
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.model.given_dates import Date, dated, last_day, partial
from sides.weighing import Weighing

if TYPE_CHECKING:
    from sides.forecast.answer import Forecast, Ranking, StateForecast
    from sides.forecast.rolling import Rolled
    from sides.ledger.forecasts import KeptForecast
    from sides.ties.lens import Lens
    from sides.ties.view import View


class Foreseeing(Weighing):
    """Forecasts, and how forecasts of earlier days fared: see docs/forecasts.md.

    A forecast is made at the end of the day `at`, by default the last that documents tell of, from what had been
    published by `known`, by default the same day; nothing later counts.
    """

    @abstractmethod
    def actor(self, name: str) -> Actor:
        """The actor of an id or name. Raises `UnknownActor` or `AmbiguousActor`."""

    @abstractmethod
    def _view(self) -> View: ...

    @abstractmethod
    def _keep(self, forecast: KeptForecast) -> None:
        """Write it to the ledger, unless it stands there. Answers are made anew from then on."""

    def forecast(self, source: str, target: str, event: str, *, within_days: int = 30, at: Date | None = None,
                 known: Date | None = None, lens: Lens | None = None, exact: bool = False,
                 forecaster: str = "auto") -> Forecast:
        """How likely one actor does something to another within some days, how surely, and because of what.

        `event`: a type of claims that is an event ("COOPERATE"), or a quad class ("verbal cooperation"). `forecaster`:
        "reference" pools dyads alike; "learned" fits trees, and raises `ForecastError` where there is too little to
        learn from; "auto" learns where it can.
        """
        from sides.forecast.archive import Archive
        from sides.forecast.asked import forecast
        from sides.ties.lens import OPEN

        pair, (day, by) = (self.actor(source).id, self.actor(target).id), self._clocks(at, known)
        archive = Archive.of(self._view(), lens or OPEN, exact=exact)
        return forecast(archive, archive.log(by, pair), *pair, event, within_days=within_days, at=day,
                        forecaster=forecaster)

    def keep(self, found: Forecast, *, lens: Lens | None = None, exact: bool = False) -> KeptForecast:
        """Keep a forecast in the ledger as it was made, to be scored once its days are over; never altered.

        The same forecast kept twice is one. `lens`, `exact`: those that it was asked for with. `scoreboard` tells what
        became of it.
        """
        from sides.engines.version import forecasting_version
        from sides.forecast.kept import frozen
        from sides.ties.lens import OPEN

        horizon = self._view().horizon()
        one = frozen(found, version=forecasting_version(), lens=lens or OPEN, exact=exact,
                     horizon=horizon.last if horizon else found.asked_on)
        self._keep(one)
        return next(kept for kept in self.kept_forecasts() if kept.id == one.id)

    def kept_forecasts(self) -> list[KeptForecast]:
        """All forecasts that were kept, by the day they were made on."""
        return self._view().snapshot.forecasts()

    def forecast_state(self, left: str, right: str, state: str, *, by: Date, at: Date | None = None,
                       known: Date | None = None, lens: Lens | None = None, exact: bool = False) -> StateForecast:
        """How likely a tie is in a state in the month of `by`, beside what became of dyads that stood alike."""
        from sides.forecast.state_ahead import state_forecast
        from sides.ties.states import STATES, State

        if state.lower() not in list(STATES):
            raise ForecastError(f"No state is named {state!r}. Give one of: {', '.join(STATES)}.")
        pair, (day, until) = (self.actor(left).id, self.actor(right).id), self._clocks(at, known)
        atlas = self._atlas(until, lens, exact)
        return state_forecast(atlas, *pair, State(state.lower()), dated(by), day, atlas.view.names)

    def ranking(self, source: str, event: str, *, within_days: int = 30, most: int = 10, at: Date | None = None,
                known: Date | None = None, lens: Lens | None = None, exact: bool = False,
                forecaster: str = "auto") -> Ranking:
        """To whom an actor does something next, the likeliest first. `event`, `forecaster`: as with `forecast`."""
        from sides.forecast.archive import Archive
        from sides.forecast.asked import ranking
        from sides.ties.lens import OPEN

        actor, (day, by) = self.actor(source).id, self._clocks(at, known)
        archive = Archive.of(self._view(), lens or OPEN, exact=exact)
        return ranking(archive, archive.log(by, [actor]), actor, event, within_days=within_days, at=day, most=most,
                       forecaster=forecaster)

    def backtest(self, *, within_days: int = 30, origins: int = 12, known: Date | None = None,
                 lens: Lens | None = None, exact: bool = False, learn: bool = True) -> Rolled:
        """The forecasts of the latest `origins` days whose windows have closed, scored by what is known now.

        `learn`: the learned forecaster too, where there is enough to learn from.
        """
        from sides.forecast.rolling import rolling
        from sides.ties.lens import OPEN

        return rolling(self._view(), self._clocks(None, known)[1], within_days=within_days, origins=origins,
                       lens=lens or OPEN, exact=exact, learn=learn)

    def _clocks(self, at: Date | None, known: Date | None) -> tuple[PartialDate, PartialDate]:
        """The day that a forecast is made on, and the day by which what it rests on was published."""
        horizon = self._view().horizon(last_day(known))
        day = partial(at) or partial(known) or horizon
        if day is None or horizon is None:
            raise ForecastError("The ledger has no document" + (f" that was published by {known}." if known else ".")
                                + " Read something into it.")
        return day, partial(known) or day
