"""Who is in which camp, whose side is not determined, and who is always or never together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from sides.balance.answers import Camps
from sides.balance.parts import together
from sides.balance.uncertainty import Uncertain
from sides.report.balance import SHOWN, Name, conventions_lines, heading, index_line, more, network_record
from sides.report.counting import counted
from sides.report.states import DECIMALS, percent

PARTS_SHOWN = 3


def camps_answer(found: Camps, name: Name) -> RenderableType:
    """The camps of a network as a page of a terminal."""
    return Group(*_parts(found, name))


def _parts(found: Camps, name: Name) -> Iterator[RenderableType]:
    network = found.result.network
    yield heading("Camps", network, found.day)
    yield index_line(found.result)
    yield Text(_optima_words(found))
    number = 0
    for place, part in enumerate(found.parts[:PARTS_SHOWN]):
        if place:
            yield Text("\nApart from these, linked to none of them by ties", style="italic")
        for at, camp in enumerate(part.camps, number + 1):
            yield Text(f"\nCamp {at}, {counted(len(camp), 'actor')}", style="bold")
            yield Text("  " + ", ".join(map(name, camp)))
        if part.undecided:
            yield Text(f"\nNot determined, {counted(len(part.undecided), 'actor')}", style="bold")
        for actor in part.undecided:
            beside = ", ".join(f"camp {at} in {times}" for at, times in
                               enumerate(found.beside(part, actor), number + 1) if times)
            yield Text(f"  {name(actor)}: {f'with {beside}' if beside else 'with none of them'}")
        number += len(part.camps)
    if len(found.parts) > PARTS_SHOWN:
        yield Text(f"\n{len(found.parts) - PARTS_SHOWN} more parts of the network; all with --json", style="italic")
    for is_together, words in ((True, "Together in every optimum"), (False, "Together in none")):
        pairs = found.pairs(together=is_together)
        yield Text(f"\n{words}: {counted(len(pairs), 'pair')}{more(SHOWN, len(pairs))}", style="bold")
        for one, other in pairs[:SHOWN]:
            yield Text(f"  {name(network.names[one])} and {name(network.names[other])}")
    if found.drawn is not None:
        yield from _drawn_lines(found.drawn, name)
    yield conventions_lines(network)


def _drawn_lines(drawn: Uncertain, name: Name) -> Iterator[RenderableType]:
    """What holds where ties are drawn by their probabilities."""
    low, high = drawn.interval()
    yield Text(f"\nWith ties drawn by their probabilities, {counted(len(drawn.index), 'draw')}", style="bold")
    yield Text(f"  Frustration index: {np.median(drawn.index):g}, in nine of ten draws {low:g} to {high:g} "
               f"({drawn.proven} of {len(drawn.index)} proven)")
    pairs = [(int(one), int(other)) for one, other in zip(*np.triu_indices(len(drawn.names), 1), strict=True)]
    for is_together, words in ((True, "Likeliest in one camp"), (False, "Likeliest in two")):
        shares = np.nan_to_num(drawn.together if is_together else 1 - drawn.together)
        surely = (shares * drawn.linked).round(DECIMALS)  # linked by ties, and so
        yield Text(f"  {words}{more(SHOWN, len(pairs))}", style="bold")
        for one, other in sorted(pairs, key=lambda pair: (-surely[pair], pair))[:SHOWN]:
            line = Text(f"    {name(drawn.names[one])} and {name(drawn.names[other])}: {percent(shares[one, other])}")
            line.append(f"; linked by ties in {percent(drawn.linked[one, other])} of the draws", style="dim")
            yield line


def _optima_words(found: Camps) -> str:
    every = found.optima
    if every is None:
        return ("The camps found; others may do as well, " if found.result.proven else
                "The camps found; others may do better, ") + "and whose side is determined is not told"
    listed = f"; numbers below are of the {len(every.camps)} that were listed" if len(every.camps) < every.count else ""
    return counted(every.count, "optimal camp map") + listed if every.complete else \
        f"At least {counted(every.count, 'optimal camp map')}; what is not known to hold in all is not determined"


def camps_record(found: Camps, name: Name) -> dict[str, Any]:
    """The camps of a network as plain values for JSON."""
    names, every = found.result.network.names, found.optima
    return {
        **network_record(found.result, found.day),
        "parts": [{"camps": [[{"id": actor, "name": name(actor)} for actor in camp] for camp in part.camps],
                   "undecided": [{"id": actor, "name": name(actor), "with": found.beside(part, actor)}
                                 for actor in part.undecided]} for part in found.parts],
        "found": {actor: int(camp) for actor, camp in zip(names, found.result.camps, strict=True)},
        "optima": every.count if every else None, "all_optima": every.complete if every else False,
        "optima_listed": len(every.camps) if every else 0,
        **_pairs_record(found),
        "draws": _drawn_record(found.drawn, name) if found.drawn is not None else None,
    }


def _pairs_record(found: Camps) -> dict[str, Any]:
    """Who is together in every optimum, as groups, and which of these groups are together in none, by their numbers."""
    if found.optima is None:
        return {"always": None, "never": None}
    names, every = found.result.network.names, found.optima
    groups = together(every, range(len(names)))
    heads = [group[0] for group in groups]
    return {"always": [[names[at] for at in group] for group in groups],
            "never": np.argwhere(np.triu(every.never[np.ix_(heads, heads)], 1)).tolist()}


def _drawn_record(drawn: Uncertain, name: Name) -> dict[str, Any]:
    values, times = np.unique(drawn.index, return_counts=True)
    return {"draws": len(drawn.index), "proven": drawn.proven,
            "index": [{"value": int(value), "draws": int(count)} for value, count in zip(values, times, strict=True)],
            "actors": [{"id": actor, "name": name(actor)} for actor in drawn.names],
            "together": [[None if np.isnan(share) else round(share, DECIMALS) for share in row]
                         for row in drawn.together.tolist()], "linked": drawn.linked.round(DECIMALS).tolist()}
