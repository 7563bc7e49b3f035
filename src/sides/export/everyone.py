"""The actors that an export names: those that it tells of, and those that they are described by."""

from __future__ import annotations

from collections.abc import Iterable

from sides.export.exporter import Ledger, Wanted
from sides.model.actor import Actor


def everyone(ledger: Ledger, told_of: Iterable[str], wanted: Wanted) -> list[Actor]:
    """Those told of, and all others unless a part is wanted; with the actors that they are a part of, by id."""
    left = {*told_of, *(() if wanted.about or wanted.known else (actor.id for actor in ledger.actors()))}
    found: dict[str, Actor] = {}
    while left:
        actor = ledger.described(left.pop())
        found[actor.id] = actor
        left |= {one for one in (actor.parent, actor.country) if one} - found.keys()
    return [found[identifier] for identifier in sorted(found)]
