"""Camps that keep their numbers over time: worked out year by year, once; the date asked about takes them over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sides.balance.difference import Standing
from sides.balance.network import Network
from sides.balance.over_time import Moment, moment
from sides.web.asked import Asked
from sides.web.dated import Dated, courses_of, dated, horizon_of, month_at
from sides.web.work import Work

# The time for one network; what is not proven by then is told as bounds.
SECONDS = 2.0
STRAIN_SECONDS = 2.0
# For each date of a series.
EACH_SECONDS = 1.0
# Optima of a date that are listed; what is the same in all of them is told of all.
OPTIMA = 100
# From so many ties on, others who ask would feel the work.
LARGE_TIES = 1000
# How long an answer waits for the camps of all years.
WAIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Stands:
    """A network of a date with its camps, index and strain, as far as time did.

    `is_named`: the numbers of its camps are those of all years; else some years are still being worked out. `changing`
    is to be held while edits are tried.
    """

    dated: Dated
    standing: Standing
    is_named: bool
    changing: Lock


def year_ends(asked: Asked) -> list[int]:
    """The last month of each year that is told of, counted from the year 0; of the last year, the last that is."""
    courses = courses_of(asked)
    if not courses.left.size:
        return []
    last = horizon_of(courses)
    return [min(12 * year + 11, last) for year in range(courses.begin // 12, last // 12 + 1)]


def years(asked: Asked) -> Work[Moment]:
    """The camps at the end of each year, in their order."""
    ends = year_ends(asked)

    def made() -> Iterator[Moment]:
        before: Mapping[str, int | None] = {}
        fresh = 1
        for month in ends:
            one = dated(asked, month)
            found = worked_out(asked, one.network)(moment, one.at, one.network, before, fresh, seconds=EACH_SECONDS,
                                                   strain_seconds=EACH_SECONDS, limit=OPTIMA)
            yield found
            before, fresh = found.handed_on(before, fresh)

    return asked.serving.once(("years", *asked.key), lambda: Work(made(), len(ends)))


def worked_out(asked: Asked, network: Network) -> Callable[..., Any]:
    """Calls a function: for a large network in a process of its own, or others who ask would wait for it."""
    return asked.serving.apart.call if network.ties >= LARGE_TIES else _here


def _here(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


def stands(asked: Asked) -> Stands:
    """How the network of the date asked about stands, its camps numbered as those at the end of the nearest year."""
    month = month_at(courses_of(asked), asked.at)
    found, is_named = years(asked).items(WAIT_SECONDS)

    def made() -> Stands:
        one = dated(asked, month, asked.at)
        ends = year_ends(asked)
        near = min(range(len(found)), key=lambda at: (abs(ends[at] - month), at), default=None)
        named = {camp for moment in found for camp in moment.membership.values() if camp is not None}
        standing = worked_out(asked, one.network)(
            Standing, one.network, seconds=SECONDS, strain_seconds=STRAIN_SECONDS,
            former=None if near is None else found[near].membership, fresh=max(named, default=0) + 1)
        return Stands(one, standing, is_named, Lock())

    # What is not final is kept only until more years are known.
    return asked.serving.once(("stands", *asked.key, month, str(asked.at or ""), len(found)), made)
