"""Finding actors by words that stand in any of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sides.actors.names import fold
from sides.model.actor import Actor

Named = tuple[Actor, tuple[tuple[str, str], ...]]  # its names and id, folded and as they are written


def folded(actors: Iterable[Actor]) -> list[Named]:
    """Every actor with its names, ready to be searched."""
    return [(actor, tuple(sorted({(fold(name), name) for name in (actor.name, *actor.names, actor.id)})))
            for actor in actors]


def matching(named: Sequence[Named], words: str, mentioned: Mapping[str, int]) -> list[tuple[Actor, str]]:
    """Actors a name of which holds the words, with that name: first where it begins with them, then the most mentioned.

    `mentioned`: by id, how many documents mention an actor.
    """
    wanted = fold(words)
    if not wanted:
        return []
    found = []
    for actor, names in named:
        matched = min((name for folded_name, name in names if wanted in folded_name), key=len, default=None)
        if matched is not None:
            found.append((not fold(matched).startswith(wanted), -mentioned.get(actor.id, 0), actor.id, actor, matched))
    return [(actor, matched) for *_, actor, matched in sorted(found, key=lambda one: one[:3])]
