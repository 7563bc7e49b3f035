"""The names of actors."""

from __future__ import annotations

from sides.web.asked import Asked


def names_of(asked: Asked) -> dict[str, str]:
    """The name of each actor that the documents mention, by id."""
    return asked.serving.once(("names", asked.version),
                              lambda: {actor.id: actor.name for actor in asked.ledger.actors()})
