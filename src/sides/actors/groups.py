"""Groups that no name is known for: "protesters", "the rebels", of the state that the document is about."""

from __future__ import annotations

from sides.actors.clauses import SUBJECTS
from sides.actors.descriptions import left_edge
from sides.actors.discovery import provisional
from sides.actors.draft import Draft, Spot
from sides.actors.heads import adjective_of
from sides.actors.names import fold
from sides.actors.registry import Registry
from sides.actors.wordlists import Wordlists
from sides.model.actor import Form

STEP = "bare-group"
# Where a group acts, is acted on, or is named after "by", "against", "with" and the like.
PLACES = SUBJECTS | {"dobj", "pobj", "agent", "dative", "conj", "poss"}
DETERMINERS = frozenset(("the", "these", "those"))


class Groups:
    """Makes actors of the unnamed groups of one document."""

    def __init__(self, draft: Draft, registry: Registry, lists: Wordlists, about: str | None) -> None:
        self.draft, self.registry, self.lists, self.about = draft, registry, lists, about

    def resolve(self, index: int) -> Spot | None:
        """The group that a bare plural is, if its noun is one that people act under."""
        surface = self.draft.surface
        kind = self.lists.group_nouns.get(surface.lemma[index])
        if kind is None or surface.tag[index] not in ("NNS", "NN") or surface.dep[index] not in PLACES \
                or (surface.tag[index] == "NN" and surface.lemma[index] not in self.lists.crowds):
            return None
        if self.draft.barred[index] or self._is_of_others(index):
            return None
        word = surface.lower[index]
        name = f"{adjective_of(self.draft, self.registry, self.about)} {word}" if self.about else word
        known = [listed.actor for listed in self.registry.named(fold(name))]
        actor = self.registry.get(known[0]) if known else None
        group = self.draft.enter(actor or provisional(name, kind, country=self.about))
        return Spot(left_edge(self.draft, index), index + 1, index, (group,), Form.PHRASE, STEP, is_plural=True)

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
