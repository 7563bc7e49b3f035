"""Who the ids of imported claims are: by the file of actors, by the registry, or by nothing but the id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sides.actors.registry import Registry
from sides.claims.imported.lines import Row, objects, texts, words
from sides.model.actor import Actor, ActorKind
from sides.model.errors import InputError, MalformedInput

KINDS = ", ".join(ActorKind)


class Cast:
    """The actors that a file of claims may speak of. An id that the registry knows is the registry's actor."""

    def __init__(self, registry: Registry, listed: Mapping[str, Actor] | None = None) -> None:
        self._registry = registry
        self._listed = listed  # None: there is no file of actors, and every id serves

    @classmethod
    def read(cls, path: Path | None, registry: Registry) -> tuple[Cast, list[InputError]]:
        """The cast of a file of actors, or of none; and the rows that make no sense."""
        if path is None:
            return cls(registry), []
        listed: dict[str, Actor] = {}
        errors: list[InputError] = []
        for found in objects(path):
            actor = found if isinstance(found, InputError) else _actor(*found, registry)
            if isinstance(actor, InputError):
                errors.append(actor)
            elif actor.id in listed and listed[actor.id] != actor:
                assert not isinstance(found, InputError)
                errors.append(MalformedInput(found[0], f"describes {actor.id!r} a second time, in another way",
                                             "Keep one of the two lines."))
            else:
                listed[actor.id] = actor
        return cls(registry, listed), errors

    def actor(self, identifier: str, names: Iterable[str] = ()) -> Actor | None:
        """The actor of an id; `names` are what the claim itself calls it, the first before all others."""
        if self._listed is not None and identifier in self._listed:
            return self._listed[identifier]
        known = self._registry.get(identifier)
        if known is not None or self._listed is not None:
            return known
        called = list(dict.fromkeys(names)) or [identifier.replace("-", " ").title()]
        return Actor(id=identifier, name=called[0], kind=ActorKind.OTHER, names=tuple(sorted(set(called[1:]))),
                     is_provisional=True)

    def is_actor(self, words_: str) -> bool:
        """Whether a speaker's words are the id of an actor of the file or of the registry."""
        return words_ in (self._listed or ()) or self._registry.get(words_) is not None


def is_name(text: str) -> bool:
    """Whether words may name an actor outside of their sentence: not "the party", nor "The demonstrators" at its head.

    >>> is_name("Hamas officials"), is_name("the party"), is_name("The demonstrators")
    (True, False, False)
    """
    return any(letter.isupper() for letter in text.removeprefix("The "))


def _actor(where: str, row: Row, registry: Registry) -> Actor | InputError:
    identifier = words(row.get("id"))
    if not identifier:
        return MalformedInput(where, "names no actor", "Each line needs an `id`, and may have name, kind, aliases, "
                              "description, country, parent and wikidata.")
    said = words(row.get("kind"))
    if said and said not in list(ActorKind):
        return MalformedInput(where, f"has a kind that is none ({said})", f"Write one of: {KINDS}.")
    known = registry.get(identifier)
    kind = ActorKind(said) if said else known.kind if known else ActorKind.OTHER
    name = words(row.get("name")) or (known.name if known else identifier.replace("-", " ").title())
    names = {name, *filter(is_name, [*texts(row.get("aliases")), *texts(row.get("names"))])}
    if known is None:
        description, country, parent, wikidata = (
            words(row.get(field)) or None for field in ("description", "country", "parent", "wikidata"))
        return Actor(id=identifier, name=name, kind=kind, names=tuple(sorted(names - {name})), description=description,
                     country=country, parent=parent, wikidata=wikidata,
                     is_provisional=row.get("is_provisional") is True)
    if (kind is ActorKind.PERSON) != (known.kind is ActorKind.PERSON):
        return MalformedInput(where, f"says that {identifier!r} is a {kind}; the registry knows it as {known.name}, a "
                              f"{known.kind}", "Give another id to whoever is meant, here and in the claims.")
    return replace(known, names=tuple(sorted({*known.names, *names} - {known.name})))
