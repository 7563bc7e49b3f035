"""Balance over time: one row a date, who changed camp, and the camps at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.balance.over_time import Moment
from sides.balance.triads import KINDS
from sides.report.balance import Name, balance_record, camps_words, conventions_lines, index_words, is_weak, signs
from sides.report.states import percent


def over_time_answer(moments: Sequence[Moment], name: Name) -> RenderableType:
    """Balance over time as a page of a terminal."""
    return Group(*_over_time_parts(moments, name))


def _over_time_parts(moments: Sequence[Moment], name: Name) -> Iterator[RenderableType]:
    last = moments[-1]
    yield Text(f"Balance, {moments[0].at} to {last.at}, {camps_words(last.balance.result.allowed)}", style="bold")
    table = Table(box=None, pad_edge=False)
    for column in ("", "actors", "ties", "index", "share", *(signs(kind) for kind in KINDS), "balanced", "walks",
                   "camps: members", "not determined"):
        table.add_column(column)
    for one in moments:
        own, counts = one.balance, one.balance.triads.counts()
        share = own.triads.share(weak=is_weak(own.result))
        walks = f"{own.walks.degree:.2f}" if own.walks and one.network.ties else ""
        table.add_row(str(one.at), str(one.network.size), str(one.network.ties), index_words(own.result),
                      percent(own.share) if own.share is not None else "", *(str(counts[kind]) for kind in KINDS),
                      percent(share) if share is not None else "", walks,
                      ", ".join(f"{camp}: {len(members)}" for camp, members in one.camps.items()),
                      str(len(one.undecided)) if one.undecided else "")
    yield table
    if any(one.passings for one in moments):
        yield Text("\nWho changed camp", style="bold")
        for one in moments:
            for passing in one.passings:
                yield Text(f"  {one.at}  {name(passing.actor)}: {_camp(passing.before)} to {_camp(passing.now)}")
    yield Text(f"\nCamps in {last.at}", style="bold")
    for camp, members in last.camps.items():
        yield Text(f"  camp {camp}: {', '.join(map(name, members))}")
    if last.undecided:
        yield Text(f"  not determined: {', '.join(map(name, last.undecided))}", style="dim")
    for words, dates in (("Not all optima were looked at", [str(one.at) for one in moments if not one.is_complete]),
                         ("Other optima may move fewer actors", [str(one.at) for one in moments
                                                                 if not one.is_closest])):
        if dates:
            yield Text(f"  {words}: {', '.join(dates)}", style="dim")
    yield conventions_lines(last.network, f", in {last.at}")


def _camp(camp: int | None) -> str:
    return f"camp {camp}" if camp is not None else "not determined"


def over_time_record(moments: Sequence[Moment], name: Name) -> list[dict[str, Any]]:
    """Balance over time as plain values for JSON, one a date."""
    return [{**balance_record(one.balance, name), "at": str(one.at),
             "membership": dict(one.membership), "names": {actor: name(actor) for actor in one.membership},
             "passings": [{"actor": passing.actor, "name": name(passing.actor), "before": passing.before,
                           "now": passing.now} for passing in one.passings],
             "is_closest": one.is_closest, "all_optima": one.is_complete} for one in moments]
