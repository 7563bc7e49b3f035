"""Entities of FollowTheMoney as an overlay of the registry: JSON lines as OpenSanctions and Aleph export them.

Persons, organizations and companies become actors; memberships, posts and ownership tell who belongs to whom. What of
the vocabulary means what stands in data/registry/followthemoney.toml; docs/importing.md says what becomes of a line.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from sides.actors.newcomers import Change, Newcomers
from sides.actors.wikidata import QID, Refuse
from sides.model.errors import RegistryError

SUFFIXES = (".json", ".jsonl", ".ijson")
DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
SOURCE = "followthemoney"
WHOLE = 50.0  # percent: who owns less does not own it alone

Entities = list[tuple[str, Mapping[str, Any]]]  # where each stands, and what it says


@cache
def vocabulary() -> Mapping[str, Any]:
    """What schemata and properties mean here."""
    source = resources.files("sides").joinpath("data", "registry", "followthemoney.toml")
    return tomllib.loads(source.read_text("utf-8"))


def entities(path: Path, text: str, refuse: Refuse) -> Entities | None:
    """The entities of a file, one a line; nothing where it is another kind of file. Faults go to `refuse`."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if path.suffix.lower() not in SUFFIXES or not any(_entity(line) for _, line in lines):
        return None
    found: Entities = []
    for number, line in lines:
        where, entity = f"{path} line {number}", _entity(line)
        if entity is not None:
            found.append((where, entity))
        else:
            refuse(RegistryError(f"{where}: is no entity. Write one JSON object a line: id, schema and properties."))
    return found


def _entity(line: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_entity = isinstance(found, dict) and isinstance(found.get("properties"), dict) and all(
        isinstance(found.get(name), str) and found[name].strip() for name in ("id", "schema"))
    return found if is_entity else None


def changes(found: Entities, tables: Mapping[str, list[tuple[str, ...]]], refuse: Refuse) -> Iterator[Change]:
    """What the entities add to the registry, in whatever order they stand. Who is in it, by Wikidata id or else by
    name, is extended.
    """
    found = sorted(found, key=lambda one: str(one[1]["id"]))
    if found and SOURCE not in (row[0] for row in tables["sources"]):
        yield "sources", "add", {"key": SOURCE, "citation": "Entities of FollowTheMoney"}, found[0][0]
    book = _Book(found, tables)
    for step in (book.actor, book.link):
        for where, entity in found:
            try:
                yield from step(where, entity, refuse)
            except RegistryError as error:
                refuse(error)


class _Book:
    """Which of our actors each entity is."""

    def __init__(self, found: Entities, tables: Mapping[str, list[tuple[str, ...]]]) -> None:
        words = vocabulary()
        self._kinds = {schema: kind for kind, schemata in words["kinds"].items() for schema in schemata}
        self._properties: Mapping[str, Sequence[str]] = words["properties"]
        self._links: Mapping[str, Mapping[str, Any]] = words["links"]
        self._entities = {entity["id"]: entity for _, entity in found}
        self._states = {row[2].lower(): row[0] for row in sorted(tables["codes"], key=lambda row: row[4] or "9999")
                        if row[1] == "iso3166-1-alpha2"}
        self._newcomers = Newcomers(tables)

    def actor(self, where: str, entity: Mapping[str, Any], refuse: Refuse) -> Iterator[Change]:
        """The changes that an entity asks for that is an actor. Raises `RegistryError` for what is none and no link."""
        schema, key, known = entity["schema"], entity["id"], self._newcomers
        if schema in self._links or schema == "Position":
            return
        kind = self._kinds.get(schema)
        if kind is None:
            raise RegistryError(f"{where}: a {schema} is no actor, and says of none to whom it belongs. Leave it out.")
        names = self._values(entity, "names")
        label = str(entity.get("caption") or "").strip() or next(iter(names), "")
        if not names or not re.search(r"\w", label):
            raise RegistryError(f"{where}: {key!r} has no name. Add one to its properties, as `name`.")
        wikidata = next((one for one in _texts(entity, "wikidataId") if QID.fullmatch(one)), "")
        if key in known.ids:
            raise RegistryError(f"{where}: {key!r} is described a second time. Merge the two lines.")
        known.place(key, label, kind, wikidata)
        actor, marks = known.ids[key], {"source": SOURCE, "source_ref": key}
        if key in known.new:
            facts = {"wikidata": wikidata, "country": self._country(where, entity, refuse),
                     "begin": min(self._dates(entity, "begin"), default=""),
                     "end": max(self._dates(entity, "end"), default=""),
                     "description": next(iter(self._values(entity, "description")), "")}
            yield "actors", "add", {"id": actor, "kind": kind, "label": label, **marks,
                                    **{name: value for name, value in facts.items() if value}}, where
        elif wikidata and not known.actors.get(actor, ("",) * 8)[7] and actor in known.actors:
            yield "actors", "override", {"id": actor, "wikidata": wikidata}, where
        for name in dict.fromkeys([label, *names]):
            yield from known.called(actor, name, marks, where)
        for properties, told in (("other", {"strength": "context"}),
                                 ("former", {"type": "former", "strength": "context"}),
                                 ("abbreviations", {"type": "abbr", "strength": "context", "case": "exact"})):
            for name in self._values(entity, properties):
                yield from known.called(actor, name, marks, where, told=told)

    def link(self, where: str, entity: Mapping[str, Any], refuse: Refuse) -> Iterator[Change]:
        """The changes that an entity asks for that says who belongs to whom."""
        link = self._links.get(entity["schema"])
        if link is None:
            return
        marks = {"source": SOURCE, "source_ref": entity["id"]}
        share = next(iter(_texts(entity, link["share"])), "") if "share" in link else ""
        number = re.match(r"\s*(\d+(?:\.\d+)?)", share)
        if number and float(number[1]) < WHOLE:
            raise RegistryError(f"{where}: {number[1]} percent is no belonging. Nothing need be done.")
        titles = [title for name in link.get("title", ()) for title in _texts(entity, name)]
        spell = {name: value for name, value in (("begin", min(_dates(entity, "startDate"), default="")),
                                                 ("end", max(_dates(entity, "endDate"), default=""))) if value}
        for child in _texts(entity, link["child"]):
            for parent in _texts(entity, link["parent"]):
                whose = self._known(where, child, link["child"])
                if entity["schema"] == "Occupancy":
                    titles, place = self._position(where, parent)
                else:
                    place = self._known(where, parent, link["parent"])
                if self._kind(place) == "person":
                    raise RegistryError(f"{where}: {whose} would belong to {place}, a person. The registry tells that "
                                        "of organizations alone.")
                if self._kind(whose) == "person" and "office" in link:
                    for title in titles or [link["office"]]:
                        yield from self._newcomers.post(whose, title, place, spell, marks, where)
                elif self._kind(whose) != "person" and "relation" in link:
                    yield from self._newcomers.place_in(whose, link["relation"], place, spell, marks, where)
                else:
                    raise RegistryError(f"{where}: {whose} is a {self._kind(whose)}, of which no {entity['schema']} "
                                        "can be told.")

    def _position(self, where: str, key: str) -> tuple[list[str], str]:
        """The titles of a position, and whose it is."""
        position = self._entities.get(key, {"schema": "", "properties": {}})
        owners = [self._known(where, one, "organization") for one in _texts(position, "organization")]
        states = [self._states[code.lower()] for name in ("country", "jurisdiction")
                  for code in _texts(position, name) if code.lower() in self._states]
        if position["schema"] != "Position" or not [*owners, *states]:
            raise RegistryError(f"{where}: the post {key!r} is none of the file's positions, or one without an "
                                "organization or state. Add it, with its name and country.")
        return _texts(position, "name"), [*owners, *states][0]

    def _known(self, where: str, key: str, role: str) -> str:
        found = self._newcomers.ids.get(key)
        if found is None:
            raise RegistryError(f"{where}: no actor of the file is its {role} {key!r}. Add the entity, or leave this "
                                "out.")
        return found

    def _kind(self, actor: str) -> str:
        row = self._newcomers.actors.get(actor)
        return row[1] if row else next(self._kinds[self._entities[key]["schema"]]
                                       for key, known in self._newcomers.ids.items() if known == actor)

    def _country(self, where: str, entity: Mapping[str, Any], refuse: Refuse) -> str:
        """The state of an entity by the surest property that names one; several, or none that we know, are told."""
        codes = next((found for name in self._properties["countries"] if (found := _texts(entity, name))), [])
        states = sorted({self._states[code.lower()] for code in codes if code.lower() in self._states})
        if codes and len(states) != 1:
            why = f"is of several states ({', '.join(states)})" if states else \
                f"is of no state that the registry knows ({', '.join(codes)})"
            refuse(RegistryError(f"{where}: {entity['id']!r} {why}, so none is taken; the rest of the line is."))
        return states[0] if len(states) == 1 else ""

    def _values(self, entity: Mapping[str, Any], which: str) -> list[str]:
        return list(dict.fromkeys(text for name in self._properties[which] for text in _texts(entity, name)))

    def _dates(self, entity: Mapping[str, Any], which: str) -> list[str]:
        return [found for name in self._properties[which] for found in _dates(entity, name)]


def _texts(entity: Mapping[str, Any], name: str) -> list[str]:
    """The values of a property, in their order; one that is no list is one, an entity within stands for its id."""
    found = entity["properties"].get(name) or []
    values = found if isinstance(found, list) else [found]
    texts = (one.get("id") if isinstance(one, dict) else one for one in values)
    return [" ".join(one.split()) for one in texts if isinstance(one, str) and one.strip()]


def _dates(entity: Mapping[str, Any], name: str) -> list[str]:
    return [date[0] for one in _texts(entity, name) if (date := DATE.match(one))]
