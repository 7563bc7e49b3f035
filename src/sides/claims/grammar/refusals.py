"""Refusals on a condition: "will not lift the ban until B complies" turns B down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sides.claims.grammar.clauses import Clauses, agents, infinitive, is_passive, own_subject
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.phrases import Phrases
from sides.claims.grammar.proposals import Proposal, crossed
from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from spacy.tokens import Token


class Refusals:
    """Reads what is refused until or unless someone acts: whoever must act first is the one who is refused."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases, clauses: Clauses) -> None:
        self._lexicon, self._phrases, self._clauses = lexicon, phrases, clauses

    def read(self, verb: Token) -> Iterator[Proposal]:
        """The proposals of one verb that is refused."""
        if is_passive(verb) or not self._is_refused(verb):
            return
        actors = [token for child in verb.children if self._is_condition(child)
                  for token in (agents(child) if is_passive(child) else own_subject(child))]
        targets = self._phrases.each(actors)
        if targets:
            tokens, _ = self._clauses.subject(verb)
            meaning = ClaimType.REJECT.meaning
            for proposal in crossed(ClaimType.REJECT, meaning.sign, meaning.layer, self._phrases.each(tokens), targets,
                                    (verb,), "refusal"):
                yield replace(proposal, is_denied=True)

    def _is_refused(self, verb: Token) -> bool:
        """Whether the subject will not do it, or refuses to."""
        words = self._lexicon.refusals
        if verb.dep_ == "xcomp" and infinitive(verb):
            return verb.head.lemma_.lower() in self._lexicon.carriers["refuse"]
        return any(child.dep_ == "neg" for child in verb.children) and any(
            child.dep_ == "aux" and child.lower_ in words["will"] for child in verb.children)

    def _is_condition(self, clause: Token) -> bool:
        return clause.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ in self._lexicon.refusals["until"]
                                              for child in clause.children)
