"""What a document is about: the state that it speaks of most, or the two."""

from __future__ import annotations

from collections import Counter

from sides.actors.draft import NAMING, Draft
from sides.model.actor import ActorKind

# A state that has at least this share of the mentions of states, and so much more than the next, is what a text is
# about.
DOMINANT_SHARE = 0.24
DOMINANT_LEAD = 1.3
# Two states that have at least this share together, the second so much more than the third, are its pair.
PAIR_SHARE = 0.55
PAIR_LEAD = 1.6


def dominant_state(draft: Draft) -> str | None:
    """The state that a document is about: named, or its persons and organizations, clearly more than any other."""
    counts = state_weights(draft)
    ranked = sorted(counts, key=lambda actor: (-counts[actor], actor))
    if not ranked or counts[ranked[0]] < DOMINANT_SHARE * sum(counts.values()):
        return None
    if len(ranked) > 1 and counts[ranked[0]] < DOMINANT_LEAD * counts[ranked[1]]:
        return None
    return ranked[0]


def dominant_pair(draft: Draft) -> tuple[str, str] | None:
    """The two states that a document is about, if no third comes near."""
    counts = state_weights(draft)
    ranked = sorted(counts, key=lambda actor: (-counts[actor], actor))
    if len(ranked) < 2 or counts[ranked[0]] + counts[ranked[1]] < PAIR_SHARE * sum(counts.values()):
        return None
    if len(ranked) > 2 and counts[ranked[1]] < PAIR_LEAD * counts[ranked[2]]:
        return None
    return ranked[0], ranked[1]


def state_weights(draft: Draft) -> Counter[str]:
    """How much a document speaks of each state: twice for its names, once for its persons and organizations."""
    counts: Counter[str] = Counter()
    for spot in draft.spots:
        if spot.form not in NAMING:
            continue
        for actor in spot.actors:
            country = draft.cast[actor].country
            if draft.kind(actor) is ActorKind.STATE:
                counts[actor] += 2
            elif country is not None and country in draft.cast:
                counts[country] += 1
    return counts
