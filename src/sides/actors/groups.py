"""Groups that no name is known for: "protesters", "the rebels", of the state that the document is about."""

from __future__ import annotations

from sides.actors.clauses import SUBJECTS
from sides.actors.descriptions import left_edge
from sides.actors.discovery import provisional, slug
from sides.actors.draft import Draft, Spot
from sides.actors.heads import adjective_of
from sides.actors.names import fold
from sides.actors.registry import Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import Actor, ActorKind, Form

STEP = "bare-group"
# Where a group acts, is acted on, or is named after "by", "against", "with" and the like.
PLACES = SUBJECTS | {"dobj", "pobj", "agent", "dative", "conj", "poss"}
ID_LETTERS = 8  # of the document, in the id of a group that no state is known for
DETERMINERS = frozenset(("the", "these", "those"))


class Groups:
    """Makes actors of the unnamed groups of one document."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists, about: str | None) -> None:
        self.draft, self.registry, self.lists, self.about = draft, registry, lists, about

    def resolve(self, index: int) -> Spot | None:
        """The group that a bare plural is, if its noun is one that people act under."""
        surface = self.draft.surface
        if surface.lemma[index] in self.lists.followings and surface.tag[index] == "NNS":
            return self._following(index)
        kind = self.lists.group_nouns.get(surface.lemma[index])
        if kind is None or surface.tag[index] not in ("NNS", "NN") or surface.dep[index] not in PLACES \
                or (surface.tag[index] == "NN" and surface.lemma[index] not in self.lists.crowds):
            return None
        if self.draft.barred[index] or self._is_of_others(index):
            return None
        group = self.draft.enter(self._group(surface.lower[index], kind))
        return Spot(left_edge(self.draft, index), index + 1, index, (group,), Form.PHRASE, STEP, is_plural=True)

    def _group(self, word: str, kind: ActorKind) -> Actor:
        """A group of the state that the document is about; where it is about none, one of this document alone."""
        if self.about is None:
            return provisional(word, kind, identifier=f"{slug(word)}-{self.draft.surface.document.id[:ID_LETTERS]}")
        name = f"{adjective_of(self.draft, self.registry, self.about)} {word}"
        known = [listed.actor for listed in self.registry.named(fold(name))]
        actor = self.registry.get(known[0]) if known else None
        return actor or provisional(name, kind, country=self.about)

    def _following(self, index: int) -> Spot | None:
        """The people about an actor: "his critics", "supporters of Arce"."""
        surface, draft = self.draft.surface, self.draft
        owners = [child for child in surface.children[index] if surface.dep[child] == "poss"] + [
            inner for child in surface.children[index] if surface.lower[child] == "of"
            for inner in surface.children[child] if surface.dep[inner] == "pobj"]
        found = draft.at(owners[0]) if len(owners) == 1 else None
        if found is None or len(found.actors) != 1 or surface.dep[index] not in PLACES:
            return None
        owner = draft.cast[found.actors[0]]
        word = surface.lower[index]
        group = draft.enter(provisional(f"{word.capitalize()} of {owner.name}", ActorKind.GROUP,
                                        country=owner.id if owner.kind is ActorKind.STATE else owner.country))
        begin = min(left_edge(draft, index), owners[0])
        end = max(index, owners[0]) + 1
        return Spot(begin, end, index, (group,), Form.PHRASE, STEP, is_plural=True)

    def _is_of_others(self, index: int) -> bool:
        """Whether a noun has an owner, a name or "of" beside it: it is then part of something else."""
        surface = self.draft.surface
        for child in surface.children[index]:
            word = surface.lower[child]
            if surface.dep[child] in ("poss", "relcl", "acl", "appos") or self.draft.taken[child] is not None \
                    or word in self.lists.sponsored \
                    or (surface.dep[child] == "prep" and child > index) \
                    or (surface.dep[child] == "det" and word not in DETERMINERS):
                return True
        return False
