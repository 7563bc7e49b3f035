"""Who led a state at a date, by surname: "Mr Xi" in a text that never says "China"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sides.actors.names import fold
from sides.actors.registry import Registry
from sides.actors.wordlists import Wordlists
from sides.model.dates import Interval, PartialDate

# One who left office is still called by the surname alone for so many years.
REMEMBERED_YEARS = 8


class Leaders:
    """The leaders of all states, found by surname. Keeps nothing of a document."""

    def __init__(self, registry: Registry, lists: Wordlists) -> None:
        self.registry, self.lists = registry, lists
        self.surname_first = lists.surname_first
        self.states = registry.states()

    def of_surname(self, surname: str, at: PartialDate) -> str | None:
        """The only one of this folded surname who leads a state at a date, else the only one who did in the years
        before it."""
        known = self._by_surname.get(surname, ())
        now = {person for person, holds in known if holds.overlaps(at.first, at.after)}
        if now:
            return now.pop() if len(now) == 1 else None
        since = at.first.year - REMEMBERED_YEARS
        before = {person for person, holds in known
                  if holds.end is not None and since <= holds.end.first.year <= at.first.year}
        return before.pop() if len(before) == 1 else None

    def reigning(self, states: Iterable[str], word: str, at: PartialDate) -> str | None:
        """The only one of these states with a royal or papal title at a date whose name begins with this folded word.

        Such a post without an end is held until another begins, whatever day its source was made.
        """
        found = set()
        for state in states:
            posts = [(relation, person) for relation in self.registry.members(state)
                     if relation.label in self.lists.regnal_titles and relation.holds.overlaps(at.first, at.after)
                     and (person := self.registry.get(relation.child)) is not None]
            found |= {person.id for _, person in posts
                      if any(word in fold(name).split()[:2] for name in (person.name, *person.names))}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _by_surname(self) -> dict[str, list[tuple[str, Interval]]]:
        found: dict[str, list[tuple[str, Interval]]] = {}
        for state in self.states:
            for relation in self.registry.members(state):
                if relation.relation != "leads" or relation.holds.start is None:
                    continue
                person = self.registry.get(relation.child)
                place = 0 if state in self.surname_first else -1
                surnames = {fold(name).split()[place] for name in (person.name, *person.names)} if person else ()
                for surname in sorted(surnames):
                    found.setdefault(surname, []).append((relation.child, relation.holds))
        return found
