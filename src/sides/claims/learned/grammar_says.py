"""What the grammar says of the pairs of a window, as numbers that the encoder weighs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sides.claims.grammar.reader import Weighed
from sides.claims.learned.windows import TYPE_PLACES, TYPES, Window
from sides.parsing.pipeline import Parsed

Floats = NDArray[np.float32]
# The confidence of each type from source to target, the surest of the other way, and whether its sign is hostile.
GRAMMAR_FEATURES = len(TYPES) + 2


def grammar_says(window: Window, parsed: Parsed, readings: Iterable[Weighed]) -> Floats:
    """For each pair of a window the surest reading of each type: (P, GRAMMAR_FEATURES), 0 where there is none."""
    found = np.zeros((len(window.pairs), GRAMMAR_FEATURES), np.float32)
    places = {(window.actors[one], window.actors[other]): place for place, (one, other) in enumerate(window.pairs)}
    for reading in readings:
        at = reading.proposal.trigger[0].idx
        if not window.begin_char <= at < window.end_char:
            continue
        claim = reading.claim
        ways = [(claim.source, claim.target)]
        if claim.type.meaning.is_reciprocal:
            ways.append((claim.target, claim.source))
        if claim.third:
            ways.append((claim.source, claim.third))
        for way in ways:
            if way not in places:
                continue
            place = places[way]
            kind = TYPE_PLACES[claim.type] - 1
            found[place, kind] = max(found[place, kind], claim.confidence)
            if claim.sign < 0:
                found[place, -1] = 1.0
            back = places.get((way[1], way[0]))
            if back is not None:
                found[back, -2] = max(found[back, -2], claim.confidence)
    return found
