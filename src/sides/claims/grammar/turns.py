"""What a verb becomes when it is refused, threatened, stopped or denied: "refused to meet" is no meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sides.claims.grammar.clauses import infinitive
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.proposals import Proposal
from sides.model.claim_type import ClaimType, Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

FORCEFUL = frozenset({ClaimType.ASSAULT, ClaimType.COERCE, ClaimType.SANCTION})
DENIALS = frozenset({"never", "no", "none", "neither", "nobody", "nothing"})


def turned(proposal: Proposal, verb: Token, lexicon: Lexicon) -> Proposal:
    """The proposal, or what it becomes where the verb is refused or, for some verbs, denied.

    "Refused to meet" is a refusal, not a meeting that was none; "never forgave" is enmity.
    """
    head = verb.head
    if proposal.sign > 0 and verb.dep_ == "xcomp" and head.lemma_.lower() in lexicon.carriers["refuse"]:
        meaning = ClaimType.REJECT.meaning
        return replace(proposal, type=ClaimType.REJECT, sign=meaning.sign, layer=meaning.layer,
                       trigger=(head, *proposal.trigger))
    if proposal.type in FORCEFUL and verb.dep_ in ("xcomp", "acl") and infinitive(verb) and (
            head.lemma_.lower() in lexicon.carriers["threaten"]):
        meaning = ClaimType.THREATEN.meaning
        return replace(proposal, type=ClaimType.THREATEN, sign=meaning.sign, layer=meaning.layer,
                       trigger=(head, *proposal.trigger))
    stopped = lexicon.stops.get(proposal.type.value)
    if (stopped and proposal.sign > 0 and proposal.type.meaning.kind is Kind.EVENT
            and verb.dep_ == "xcomp" and verb.tag_ == "VBG" and head.lemma_.lower() in lexicon.carriers["cease"]):
        return replace(proposal, type=stopped, sign=stopped.meaning.sign, trigger=(head, *proposal.trigger),
                       is_denied=True)
    becomes = lexicon.denied.get(verb.lemma_.lower())
    if becomes and any(child.dep_ == "neg" or child.lower_ in DENIALS for child in verb.children):
        return replace(proposal, type=becomes, sign=becomes.meaning.sign, layer=becomes.meaning.layer, is_denied=True)
    return proposal
