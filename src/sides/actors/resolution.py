"""What resolution hands on: the mentions of a document, the actors they name, and where in the parse they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sides.model.actor import Actor, Mention


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every mention of a document resolved to an actor.

    `heads` maps the index of a token to the mentions whose span that token heads: if the token is an argument of a
    predicate, these are the actors that it stands for. One token may stand for several ("both countries").
    Mentions are sorted by offset, then actor; actors by id. `guesses` has, by token, what pronouns and nouns may stand
    for that are too doubtful to be mentions: for readers that weigh them with what the sentence says.
    """

    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    heads: Mapping[int, tuple[Mention, ...]]
    guesses: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)

    def actor(self, identifier: str) -> Actor | None:
        """The actor of this id, if the document mentions it."""
        return next((actor for actor in self.actors if actor.id == identifier), None)
