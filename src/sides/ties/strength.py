"""What a claim by itself says of a relation, by the model's emissions."""

from __future__ import annotations

from sides.model.claim import Claim
from sides.ties.parameters import PLACES, shipped


def says_something(claim: Claim) -> bool:
    """Whether claims of its type speak of a state at all; who belongs where does not."""
    return bool(shipped().evidence[PLACES[claim.type]].any())


def strength(claim: Claim) -> float:
    """How far from neutral the state is that it speaks for most: 0 to 2."""
    return abs(float(shipped().means[PLACES[claim.type], claim.sign + 1]))
