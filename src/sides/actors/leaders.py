"""Who led a state at a date, by surname or, for monarchs and popes, by first name: "Mr Xi", "King Salman"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sides.actors.names import FILIATION, fold
from sides.actors.registry import Registry
from sides.actors.wordlists import Wordlists
from sides.model.dates import Interval, PartialDate

# One who left office is still called by the surname alone for so many years.
REMEMBERED_YEARS = 8


@dataclass(frozen=True, slots=True)
class Post:
    """A post that leads a state: who held it, the folded surnames and first names of the holder, and when."""

    person: str
    surnames: frozenset[str]
    first_names: frozenset[str]
    office: str
    holds: Interval


class Leaders:
    """The leaders of states. Keeps nothing of a document."""

    def __init__(self, registry: Registry, lists: Wordlists) -> None:
        self.registry, self.lists = registry, lists
        self.states = registry.states()
        self._posts: dict[str, tuple[Post, ...]] = {}
        self._by_surname: dict[str, list[Post]] | None = None

    def in_office(self, states: Iterable[str], at: PartialDate) -> dict[str, str]:
        """The surnames of those who lead these states at a date, where one alone bears it: "Assad" in 2012."""
        owners: dict[str, set[str]] = {}
        since, until = at.first, at.after
        for state in states:
            for post in self._posts_of(state):
                if post.office not in self.lists.heirs and post.holds.overlaps(since, until):
                    for surname in post.surnames:
                        owners.setdefault(surname, set()).add(post.person)
        return {surname: next(iter(persons)) for surname, persons in owners.items() if len(persons) == 1}

    def of_surname(self, surname: str, at: PartialDate) -> str | None:
        """The only one of this folded surname who leads any state at a date, else the only one who did in the years
        before it."""
        if self._by_surname is None:
            self._by_surname = {}
            for state in self.states:
                for post in self._posts_of(state):
                    for name in sorted(post.surnames):
                        self._by_surname.setdefault(name, []).append(post)
        known = [post for post in self._by_surname.get(surname, ()) if post.office not in self.lists.heirs]
        now = {post.person for post in known if post.holds.overlaps(at.first, at.after)}
        if now:
            return now.pop() if len(now) == 1 else None
        since = at.first.year - REMEMBERED_YEARS
        before = {post.person for post in known
                  if post.holds.end is not None and since <= post.holds.end.first.year <= at.first.year}
        return before.pop() if len(before) == 1 else None

    def reigning(self, states: Iterable[str], word: str, at: PartialDate) -> str | None:
        """The only one of these states with a royal or papal title at a date whose name begins with this folded word.

        Such a post without an end counts as held, whatever day its source was made.
        """
        found = {post.person for state in states for post in self._posts_of(state)
                 if post.office in self.lists.regnal_titles and word in post.first_names
                 and post.holds.overlaps(at.first, at.after)}
        return found.pop() if len(found) == 1 else None

    def _posts_of(self, state: str) -> tuple[Post, ...]:
        posts = self._posts.get(state)
        if posts is None:
            posts = self._posts[state] = tuple(self._read(state))
        return posts

    def _read(self, state: str) -> Iterator[Post]:
        place = 0 if state in self.lists.surname_first else -1
        for relation in self.registry.leading(state, self.lists.heirs):
            office = relation.label or ""
            if relation.holds.start is None:
                continue
            person = self.registry.get(relation.child)
            names = [fold(name).split() for name in (person.name, *person.names)] if person is not None else []
            names = [words for words in names if words]
            surnames = frozenset(words[place] for words in names if not FILIATION & set(words[-2:-1]))
            yield Post(person=relation.child, surnames=surnames,
                       first_names=frozenset(word for words in names for word in words[:2]), office=office,
                       holds=relation.holds)
