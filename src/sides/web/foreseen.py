"""Forecasts and back-tests as long work: begun by whoever asks first, shown as far as they are.

In a ledger of many claims they are worked out in processes of their own, so that others who ask do not wait for them:
what takes seconds in that of other arithmetic, what learns or tests in another, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from sides.face import Ledger
from sides.forecast.answer import Forecast
from sides.forecast.asked import AUTO, INSTEAD, LEARNED, REFERENCE
from sides.forecast.rolling import Rolled
from sides.model.errors import ForecastError
from sides.report.backtest import backtest_record
from sides.ties.derived import MANY
from sides.web.apart import Apart
from sides.web.asked import Asked
from sides.web.work import Work

Told = TypeVar("Told")
Question = Callable[[Ledger], Told]


def forecasts(asked: Asked, source: str, target: str, event: str, within_days: int,
              forecaster: str) -> Work[Forecast]:
    """What the reference class says, then what the learned forecaster says, or the same with why it is silent."""
    def made() -> Iterator[Forecast]:
        question = partial(Ledger.forecast, source=source, target=target, event=event, within_days=within_days,
                           **asked.arguments)
        if forecaster != AUTO:
            yield _worked_out(asked, partial(question, forecaster=forecaster), is_long=forecaster == LEARNED)
            return
        plain = _worked_out(asked, partial(question, forecaster=REFERENCE))
        yield plain
        if plain.silent:
            return
        try:
            yield _worked_out(asked, partial(question, forecaster=LEARNED), is_long=True)
        except ForecastError as error:
            yield replace(plain, silent=str(error).removesuffix(INSTEAD).strip())

    return _begun(asked, ("forecast", source, target, event, within_days, forecaster), made,
                  2 if forecaster == AUTO else 1)


def once(asked: Asked, key: tuple[Hashable, ...], question: Question[Told]) -> Work[Told]:
    """One answer of seconds, as work."""
    return _begun(asked, key, lambda: iter([_worked_out(asked, question)]), 1)


def backtests(asked: Asked, within_days: int, origins: int, *, learn: bool) -> Work[tuple[Rolled, dict[str, Any]]]:
    """The back-test, and its scores as plain values; it does not depend on the date asked about."""
    def made() -> Iterator[tuple[Rolled, dict[str, Any]]]:
        found = _worked_out(asked, partial(Ledger.backtest, within_days=within_days, origins=origins, learn=learn,
                                           **asked.voices), is_long=True)
        yield found, backtest_record(found)

    key = ("backtest", within_days, origins, learn, *asked.key)
    return asked.serving.briefly(key, lambda: Work(made(), 1))


def _begun(asked: Asked, key: tuple[Hashable, ...], made: Callable[[], Iterator[Told]], of: int) -> Work[Told]:
    return asked.serving.briefly((*key, *asked.key, str(asked.at or "")), lambda: Work(made(), of))


def _worked_out(asked: Asked, question: Question[Told], *, is_long: bool = False) -> Told:
    if asked.ledger.counts().claims < MANY:
        return question(asked.ledger)
    process: Apart = asked.serving.fitting if is_long else asked.serving.apart
    return process.call(answered, asked.serving.path, asked.version, question)


def answered(path: Path, version: int, question: Question[Told]) -> Told:
    """The answer of a ledger at a version, in a process that has nothing of it."""
    return question(_opened(path, version))


@lru_cache(maxsize=1)
def _opened(path: Path, version: int) -> Ledger:
    """Kept for the next question, with what was worked out of it."""
    return Ledger(path, version)
