"""What a ledger is asked about the balance of its network: each question a method of `Ledger`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from sides.model.dates import PartialDate
from sides.model.given_dates import Date, partial

if TYPE_CHECKING:
    from sides.balance.answers import Balance, Camps, Strain
    from sides.balance.day import Day
    from sides.balance.network import Network
    from sides.balance.over_time import Every, Moment
    from sides.ties.atlas import Atlas
    from sides.ties.lens import Lens


class Weighing(ABC):
    """Questions about the signed network of a date. Asked for like ties: see `Asking`."""

    @abstractmethod
    def _atlas(self, known: Date | None, lens: Lens | None, exact: bool) -> Atlas: ...

    def day(self, *, at: Date | None = None, known: Date | None = None, lens: Lens | None = None, exact: bool = False,
            weighted: bool = False) -> Day:
        """The signed network of a date with the ties that it rests on, each down to its quotes; see docs/balance.md.

        `weighted`: a tie weighs its expected level without sign; otherwise each counts one.
        """
        from sides.balance.day import day_of

        atlas = self._atlas(known, lens, exact)
        ties = list(atlas.ties(partial(at)))
        asked_about = ties[0].now_at if ties else partial(at) or partial(known) or PartialDate(1)
        return day_of(ties, asked_about, known=partial(known), lens=str(atlas.lens), weighted=weighted)

    def network(self, *, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                exact: bool = False, weighted: bool = False) -> Network:
        """The signed network of a date: whose names are ids of actors. As `day`, without the ties."""
        return self.day(at=at, known=known, lens=lens, exact=exact, weighted=weighted).network

    def balance(self, *, camps: int | None = 2, seconds: float | None = 300.0, **asked: Any) -> Balance:
        """How far the network of a date is from balance: frustration index, triangles, closed walks.

        `camps`: how many are allowed, `None` for any number. `seconds`: the time for the index; what is
        not proven by then is told as bounds. `asked`: as for `day`.
        """
        from sides.balance.answers import balance

        day = self.day(**asked)
        return balance(day.network, camps=camps, seconds=seconds, day=day)

    def camps(self, *, camps: int | None = 2, seconds: float | None = 300.0, draws: int = 0, seed: int = 0,
              **asked: Any) -> Camps:
        """Who is in which camp at a date, in how many optima, and whose side is not determined. As `balance`.

        `draws`: also in so many networks drawn from the probabilities of the ties, by a generator of this `seed`.
        """
        from sides.balance.answers import camps as camps_of

        day = self.day(**asked)
        return camps_of(day.network, camps=camps, seconds=seconds, day=day, draws=draws, seed=seed)

    def strain(self, *, camps: int | None = 2, seconds: float | None = 300.0, **asked: Any) -> Strain:
        """The strain of each tie at a date, and the triangles that do not fit together. As `balance`."""
        from sides.balance.answers import strained

        day = self.day(**asked)
        return strained(day.network, camps=camps, seconds=seconds, day=day)

    def balance_over_time(self, *, since: Date | None = None, until: Date | None = None, every: Every = "years",
                          camps: int | None = 2, seconds: float | None = 300.0, known: Date | None = None,
                          lens: Lens | None = None, exact: bool = False, weighted: bool = False) -> list[Moment]:
        """The balance at each of the `every` "years" or "months" between two dates, with camps that keep their names.

        By default from the first date that is told of to the last. States of all dates are judged by all that is known
        by `known`. Raises `DateError` where `since` is after `until`.
        """
        from sides.balance.over_time import dates, days, over_time

        atlas = self._atlas(known, lens, exact)
        last = partial(until) or atlas.horizon or PartialDate(1)
        ties = list(atlas.ties(last))
        told = [tie.evidence[0].date for tie in ties]
        series = dates(partial(since) or min([last, *told]), last, every)
        found = days(ties, series, known=partial(known), lens=str(atlas.lens), weighted=weighted)
        return over_time(((day.at, day.network) for day in found), camps=camps, seconds=seconds)
