"""What speaks for and against a reading: the signs that its confidence is weighed from."""

from __future__ import annotations

import math

from sides.actors.resolution import Resolution
from sides.claims.grammar.phrases import Filler, Route
from sides.claims.grammar.proposals import Proposal
from sides.model.actor import Form
from sides.model.claim import AUTHOR, Claim

Signs = dict[str, float]
ALWAYS = "always"
# A mention is never surer than this, nor less sure than its opposite, when its doubt is weighed.
SUREST = 0.99


def signs_of(proposal: Proposal, claim: Claim, resolution: Resolution, siblings: int, *, is_quoted: bool) -> Signs:
    """The signs of a reading and how strong each is; what is not listed is absent.

    The kinds of the actors, the length of the sentence and other actors in between were tried too: folders left out
    were told no better, or the seeds worse. `siblings`: how many readings its trigger gave. `is_quoted`: whether the
    trigger stands in quotation marks.
    """
    sides = (proposal.source, proposal.target)
    found: Signs = {
        ALWAYS: 1.0, f"pattern {proposal.pattern.split('-')[0]}": 1.0, f"type {claim.type.value}": 1.0,
        f"modality {claim.modality.value}": 1.0, "doubt of the two mentions": sum(map(doubt, sides)),
        "readings of the trigger": math.log(siblings),
        "words to the actors": math.log1p(max(words_between(proposal, side) for side in sides)),
        "further trigger words": float(len(proposal.trigger) > 1),
        "voice of another": float(claim.speaker != AUTHOR), "quoted": float(is_quoted)}
    for side in sides:
        actor = resolution.actor(side.mention.actor)
        for sign, holds in (("provisional actor", actor is not None and actor.is_provisional),
                            (f"mention {side.mention.form.value}", side.mention.form is not Form.NAME),
                            (f"reached {side.route.value}", side.route is not Route.HEAD),
                            ("actor of another sentence", not in_sentence(proposal, side))):
            if holds:
                found[sign] = found.get(sign, 0.0) + 1.0
    return {sign: value for sign, value in found.items() if value}


def doubt(side: Filler) -> float:
    """The doubt of a mention: minus the logarithm of its confidence."""
    return -math.log(min(SUREST, max(1 - SUREST, side.mention.confidence)))


def in_sentence(proposal: Proposal, side: Filler) -> bool:
    """Whether an actor is named in the sentence of the trigger."""
    sentence = proposal.trigger[0].sent
    return bool(sentence.start <= side.token.i < sentence.end)


def inferred(proposal: Proposal) -> tuple[str, ...]:
    """Which of source, target and third the sentence does not name: they were taken from what was said before."""
    places = (("source", proposal.source), ("target", proposal.target), ("third", proposal.third))
    return tuple(name for name, side in places
                 if side is not None and (side.route is Route.IMPLIED or not in_sentence(proposal, side)))


def words_between(proposal: Proposal, side: Filler) -> int:
    """How many words an actor stands from the nearest word of the trigger."""
    return min(abs(side.token.i - word.i) for word in proposal.trigger)
