"""Who those are whom a file from elsewhere describes: actors of the registry, or new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sides.actors.names import fold
from sides.model.errors import RegistryError

SHORT = 6  # letters: a name of capitals up to this long is an abbreviation
# Names that say more than who it is: by them no actor is taken for one of the registry's.
OF_SOMETHING_ELSE = ("demonym", "capital", "seat", "surname")

Cells = Mapping[str, str]
Change = tuple[str, str, Cells, str]  # table, op, cells, where


class Newcomers:
    """The registry's tables as a file adds to them. `ids` are ours, by what the file calls its own."""

    def __init__(self, tables: Mapping[str, list[tuple[str, ...]]]) -> None:
        self.actors = {row[0]: row for row in tables["actors"]}
        self.ids: dict[str, str] = {}
        self.new: set[str] = set()  # those of the file's that are
        self._of_wikidata = {row[7]: row[0] for row in tables["actors"] if row[7]}
        self._offices = frozenset(row[0] for row in tables["offices"])
        self._names = {(row[0], fold(row[1])) for row in tables["names"]}
        self._taken = set(self.actors)
        self._told: set[tuple[str, ...]] = set()
        self._bearers: dict[str, set[str]] = {}
        for row in tables["names"]:
            if row[6] == "alone" and row[2] not in OF_SOMETHING_ELSE:
                self._bearers.setdefault(fold(row[1]), set()).add(row[0])

    def place(self, key: str, label: str, kind: str, wikidata: str = "") -> None:
        """Find out who one of the file's is: by its Wikidata id; by a name that one alone of its kind has; or new."""
        if key in self.ids:
            return
        same = [self._of_wikidata[wikidata]] if wikidata in self._of_wikidata else [
            actor for actor in sorted(self._bearers.get(fold(label), ()))
            if self.actors[actor][1] == kind and self.actors[actor][7] in ("", wikidata)]
        if len(same) == 1:
            self.ids[key] = same[0]
        else:
            short = "-".join(re.findall(r"[a-z0-9]+", fold(key))) or "unnamed"
            slug = "-".join(re.findall(r"[a-z0-9]+", fold(label))) or short
            self.ids[key] = f"{slug}-{short}" if slug in self._taken else slug
            self.new.add(key)
        self._taken.add(self.ids[key])
        if wikidata:
            self._of_wikidata.setdefault(wikidata, self.ids[key])

    def known(self, key: str, label: str = "") -> str | None:
        """Our id of an actor that the file, or the registry, knows by this; or by a name that one alone has."""
        found = self.ids.get(key) or self._of_wikidata.get(key) or (key if key in self.actors else None)
        bearers = self._bearers.get(fold(label or key), set())
        return found or (min(bearers) if len(bearers) == 1 else None)

    def called(self, actor: str, name: str, marks: Cells, where: str, *, is_state: bool = False,
               told: Cells | None = None) -> Iterator[Change]:
        """The row of a name that is new; `told` is what is said of it, else it is told from how the name looks."""
        folded = fold(name)
        if not folded or not name.isprintable() or (actor, folded) in self._names:
            return
        self._names.add((actor, folded))
        yield "names", "add", {"actor": actor, "name": name, **(told or self._strength(name, is_state)), **marks}, where

    def post(self, person: str, title: str, organization: str, spell: Cells, marks: Cells, where: str,
             ) -> Iterator[Change]:
        """The row of an office that is held, if it is the first that tells so."""
        precision = {4: "year", 7: "month", 10: "day"}.get(min(map(len, spell.values()), default=0), "")
        post = {"person": person, "office": self._office(title), "organization": organization, "precision": precision,
                **spell}
        if self.is_first("post", *post.values()):
            yield "roles", "add", {**post, **marks}, where

    def place_in(self, child: str, relation: str, parent: str, spell: Cells, marks: Cells, where: str,
                 ) -> Iterator[Change]:
        """The row of what an actor belongs to, if it is the first that tells so. Raises `RegistryError` for itself."""
        if child == parent:
            raise RegistryError(f"{where}: {child!r} would be {relation.replace('_', ' ')} itself. Correct the row.")
        found = {"child": child, "relation": relation, "parent": parent, **spell}
        if self.is_first("relation", *found.values()):
            yield "relations", "add", {**found, **marks}, where

    def is_first(self, *key: str) -> bool:
        """Whether this is asked for the first time."""
        if key in self._told:
            return False
        self._told.add(key)
        return True

    def _office(self, title: str) -> str:
        """The title without its state, "president of Syria" as "president", where that is a title we know."""
        folded = fold(title)
        short = re.sub(r"^(?:the )?|(?: of| in| for)(?: the)? (?:[^ ]+|[^ ]+ [^ ]+|[^ ]+ [^ ]+ [^ ]+)$", "", folded)
        return next((office for office in (folded, short) if office in self._offices), folded)

    def _strength(self, name: str, is_state: bool) -> Cells:
        if name.isupper() and len(name) <= SHORT:
            return {"type": "abbr", "strength": "context", "case": "exact"}
        is_plain = " " not in name and not is_state
        return {"strength": "context" if is_plain or self._bearers.get(fold(name)) else "alone"}
