"""The states of dyads from what claims say of their months, each dyad's own tone integrated out.

Reporting has a tone: of one dyad all quarrels may be printed, of another all handshakes, in one and the same state. So
the odds of cooperative over hostile events carry an unknown factor exp(g) for each dyad, g normal with mean 0; the
states are averaged over it (three nodes of Gauss-Hermite), each value weighed by how well it explains the claims.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.ties.chain import Floats, likeliest, smoothed
from sides.ties.field import Field
from sides.ties.parameters import Parameters, nodes


@dataclass(frozen=True, slots=True)
class Inferred:
    """T months of D dyads, from the month `begin` on."""

    begin: int
    shares: Floats  # (T, 5, D) probability of each state
    path: NDArray[np.int8] | None  # (T, D) likeliest history, for turns


def infer(field: Field, parameters: Parameters, *, with_path: bool = True, with_tilt: bool = True) -> Inferred:
    """Exact inference for each dyad on its own, from what its claims add up to."""
    field = field.tempered(parameters)
    state, up, down = (getattr(field, name).astype(np.float32) for name in ("state", "up", "down"))
    move, initial = parameters.move.astype(np.float32), parameters.initial.astype(np.float32)
    values, weights = nodes(parameters.tilt if with_tilt else 0.0)
    shares = np.zeros_like(state)
    found = []
    for value in values:
        odds = np.log(np.exp(value * np.asarray([-1.0, 0.0, 1.0])) @ parameters.signs)
        tilted = state - (field.events[:, None] * odds[:, None]).astype(np.float32) if value else state
        course = smoothed(tilted, up, down, move, initial)
        found.append((course.shares, course.evidence + value * field.tone.sum(0)))
    likely = np.stack([evidence for _, evidence in found]) + np.log(weights)[:, None]
    likely = np.exp(likely - likely.max(0))
    likely /= likely.sum(0)
    for (course_shares, _), weight in zip(found, likely.astype(np.float32), strict=True):
        shares += course_shares * weight
    path = likeliest(state, up, down, move, initial) if with_path else None
    return Inferred(field.begin, shares, path)
