"""Who is in which camp, whose side is not determined, and who is always or never together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sides.balance.answers import Camps
from sides.report.balance import SHOWN, Name, conventions_lines, heading, index_line, more, network_record
from sides.report.counting import counted


def camps_answer(found: Camps, name: Name) -> RenderableType:
    """The camps of a network as a page of a terminal."""
    return Group(*_parts(found, name))


def _parts(found: Camps, name: Name) -> Iterator[RenderableType]:
    every, network = found.optima, found.result.network
    yield heading("Camps", network, found.day)
    yield index_line(found.result)
    yield Text(_optima_words(found))
    for number, camp in enumerate(found.members, 1):
        yield Text(f"\nCamp {number}, {counted(len(camp), 'actor')}", style="bold")
        yield Text("  " + ", ".join(map(name, camp)))
    if every.undecided:
        yield Text(f"\nNot determined, {counted(len(every.undecided), 'actor')}", style="bold")
        for actor in every.undecided:
            beside = ", ".join(f"camp {number} in {times} of {len(every.camps)}"
                               for number, times in enumerate(found.beside(actor), 1) if times)
            yield Text(f"  {name(actor)}: {f'with {beside}' if beside else 'with none of them'}")
    for together, words in ((True, "Together in every optimum"), (False, "Together in none")):
        pairs = found.pairs(together=together)
        yield Text(f"\n{words}: {counted(len(pairs), 'pair')}{more(SHOWN, len(pairs))}", style="bold")
        for one, other in pairs[:SHOWN]:
            yield Text(f"  {name(one)} and {name(other)}")
    yield conventions_lines(network)


def _optima_words(found: Camps) -> str:
    every = found.optima
    if not found.result.proven:
        return f"{counted(every.count, 'camp map')} of this cost found; others may cost less"
    return counted(every.count, "optimal camp map") if every.complete else \
        f"At least {counted(every.count, 'optimal camp map')}; what is said of all is said of those found"


def camps_record(found: Camps, name: Name) -> dict[str, Any]:
    """The camps of a network as plain values for JSON."""
    names = found.result.network.names
    return {
        **network_record(found.result, found.day),
        "members": [[{"id": actor, "name": name(actor)} for actor in camp] for camp in found.members],
        "undecided": [{"id": actor, "name": name(actor), "with": found.beside(actor)}
                      for actor in found.optima.undecided],
        "found": {actor: int(camp) for actor, camp in zip(names, found.result.camps, strict=True)},
        "optima": found.optima.count, "all_optima": found.optima.complete, "optima_listed": len(found.optima.camps),
        "always": found.pairs(together=True), "never": found.pairs(together=False),
    }
