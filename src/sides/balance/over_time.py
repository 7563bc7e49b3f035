"""Balance over time: the index and the triads of a network at one date after another, and who moved between camps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sides.balance.answers import Balance, balance
from sides.balance.day import Day, day_of
from sides.balance.frustration import SECONDS
from sides.balance.labels import labelled
from sides.balance.network import Network
from sides.balance.parts import optima_of, undetermined
from sides.balance.strain import Strains, strain
from sides.model.dates import PartialDate
from sides.model.errors import DateError
from sides.ties.signals import month_date, month_of
from sides.ties.tie import Tie

Every = Literal["years", "months"]


@dataclass(frozen=True, slots=True)
class Passing:
    """An actor whose camp is another one than at the date before, by the names of the camps; `None`: not determined."""

    actor: str
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A network at one date of a series.

    `membership` has the name of each actor's camp, a number that stays with the camp while most of its members do, and
    `None` for an actor whose side is not determined: optima differ on it, or no ties link it to the largest part of the
    network. `is_closest`: it is proven that no optimum leaves more actors in the camps of the date before.
    `is_complete`: all optima were looked at to tell whose side is not determined.
    """

    at: PartialDate
    balance: Balance
    membership: dict[str, int | None]
    passings: tuple[Passing, ...]  # by actor
    is_closest: bool
    is_complete: bool
    strains: Strains | None = None  # `None`: the index is not proven

    @property
    def network(self) -> Network:
        """The network of the date."""
        return self.balance.result.network

    @property
    def undecided(self) -> tuple[str, ...]:
        """The actors whose side is not determined."""
        return tuple(name for name, camp in self.membership.items() if camp is None)

    @property
    def camps(self) -> dict[int, tuple[str, ...]]:
        """The members of each camp by its name, without those whose side is not determined."""
        named = sorted({camp for camp in self.membership.values() if camp is not None})
        return {camp: tuple(name for name, own in self.membership.items() if own == camp) for camp in named}

    def handed_on(self, before: Mapping[str, int | None], fresh: int) -> tuple[Mapping[str, int | None], int]:
        """The camps that the next date takes its names from, and the first name for others, from those before it."""
        present = [camp for camp in self.membership.values() if camp is not None]
        return self.membership if present else before, max([fresh, *(camp + 1 for camp in present)])


def over_time(networks: Iterable[tuple[PartialDate, Network]], *, camps: int | None = 2,
              seconds: float | None = SECONDS) -> list[Moment]:
    """Each network of a series with its index, its triads and its camps: all of `moments`."""
    return list(moments(networks, camps=camps, seconds=seconds))


def moments(networks: Iterable[tuple[PartialDate, Network]], *, camps: int | None = 2,
            seconds: float | None = SECONDS, strain_seconds: float | None = None,
            limit: int = 1000) -> Iterator[Moment]:
    """One network of a series after the other, with camps that keep their names as `labelled` tells.

    `networks`: dates with their networks, by date; `camps`: how many are allowed, `None` for any number; `seconds`: the
    time for each index, `strain_seconds` for the strain of its ties (None: no end); optima are told where it does.
    `limit`: how many optima are listed. The names of camps are handed on from the last date that has any.
    """
    before: Mapping[str, int | None] = {}
    fresh = 1
    for at, network in networks:
        found = moment(at, network, before, fresh, camps=camps, seconds=seconds, strain_seconds=strain_seconds,
                       limit=limit)
        yield found
        before, fresh = found.handed_on(before, fresh)


def moment(at: PartialDate, network: Network, before: Mapping[str, int | None], fresh: int, *, camps: int | None = 2,
           seconds: float | None = SECONDS, strain_seconds: float | None = None, limit: int = 1000) -> Moment:
    """One network of a series: `before` names the camps of the last date that has any, `fresh` is the next new name.

    The rest is as `moments` takes it.
    """
    own = balance(network, camps=camps, seconds=seconds)
    strains = strain(network, camps=camps, base=own.result, seconds=strain_seconds) if own.result.proven else None
    every = optima_of(own.result, limit=limit, strains=strains) if strains and strains.is_complete else None
    open_sides = undetermined(own.result, every)
    named = labelled(own.result, before, undecided=open_sides, fresh=fresh, seconds=seconds)
    membership = named.of(network, but=open_sides)
    passings = tuple(Passing(name, was, now) for name, now in sorted(membership.items())
                     if name in before and (was := before[name]) != now)
    return Moment(at, own, membership, passings, named.is_closest, every is not None and every.complete, strains)


def dates(since: PartialDate, until: PartialDate, every: Every = "years") -> list[PartialDate]:
    """The years or months from one date to another, both included.

    >>> [str(one) for one in dates(PartialDate(2011, 11), PartialDate(2012, 1), "months")]
    ['2011-11', '2011-12', '2012-01']

    Raises `DateError` where the first is after the last.
    """
    if since.first > until.last:
        raise DateError(f"Nothing lies between {since} and {until}: give a later end.")
    if every == "years":
        return [PartialDate(year) for year in range(since.year, until.year + 1)]
    return [month_date(month) for month in range(month_of(since.first), month_of(until.last) + 1)]


def days(ties: Sequence[Tie], at: Iterable[PartialDate], *, known: PartialDate | None = None, lens: str = "all",
         weighted: bool = False) -> Iterator[Day]:
    """The network of each date, all by the same histories: what is known of later years counts at earlier dates too.

    `ties` are best derived for the last of the dates, so that their histories reach it.
    """
    for date in at:
        yield day_of(ties, date, known=known, lens=lens, weighted=weighted)
