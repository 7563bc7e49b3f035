"""What the types of events mean, learned a little: their means and widths, kept near what they were.

The share of a type among all events of a state, over its shares in all five, is what an event of the type says of the
state. The new bell is the one nearest (in Kullback-Leibler divergence) to these shares, weighed by the number of
events, and to the former bell, weighed as `PRIOR_EVENTS` events. Left to themselves, states come to mean a mix of
events rather than how two stand, so the prior is strong, and a fit whose states are out of order is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import ClaimType, Kind
from sides.model.errors import ModelError
from sides.ties.chain import smoothed
from sides.ties.inference import Tilted
from sides.ties.parameters import PLACES, TYPES, Parameters
from sides.ties.states import LEVELS, STATES

if TYPE_CHECKING:
    from sides.ties.fitting import Sample

Floats = NDArray[np.float64]
PRIOR_EVENTS = 2000.0
# Means and widths are looked for in steps of .02, no further than this from what they were.
MEAN_STEPS = np.arange(-50, 51) * 0.02
WIDTH_STEPS = np.arange(-25, 51) * 0.02
WIDTH_LEAST = 0.3
ROUNDS = 10


def told(parts: list[Sample], parameters: Parameters, until: int) -> Floats:
    """(types, 3, 5) how many events before a month are expected to lie in each state, by type and sign -1, 0, 1."""
    found, parameters = np.zeros((len(TYPES), 3, 5)), replace(parameters, before_weight=0.0)
    for part in parts:
        if part.begin.min() >= until:
            continue
        tilted = Tilted.of(part.field(parameters, until), parameters)
        count = len(tilted.values)
        single = np.float32
        course = smoothed(tilted.state.astype(single), tilted.up.astype(single), tilted.down.astype(single),
                          parameters.move.astype(single), parameters.initial.astype(single))
        logs = course.evidence.reshape(count, -1) + np.outer(tilted.values, tilted.tone.sum(0)) + tilted.logs[:, None]
        weights = np.exp(logs - logs.max(0))
        shares = np.einsum("tsvd,vd->tsd", course.shares.reshape(len(course.shares), 5, count, -1),
                           weights / weights.sum(0))
        rows = part.before(until)
        np.add.at(found, (rows.type, rows.sign + 1), shares[rows.first, :, rows.dyad])
    return found


def in_order(parts: list[Sample], parameters: Parameters, base: Parameters, until: int) -> tuple[float, ...]:
    """The level that events speak for on average in each state, hostile first, by what the types meant before.

    Raises `ModelError` if it does not rise from state to state: the states would not mean what they are called.
    """
    events = told(parts, parameters, until) * np.any(base.evidence, axis=2, keepdims=True)
    sums, counts = np.einsum("kgs,kg->s", events, base.means), events.sum((0, 1))
    levels = np.divide(sums, counts, out=np.zeros(5), where=counts > 0)
    if np.any(np.diff(levels) <= 0):
        rows = ", ".join(f"{state} {level:.2f}" for state, level in zip(STATES, levels, strict=True))
        raise ModelError(f"The fit is refused: by state, its events speak on average for the levels {rows}; they "
                         "should rise. The events do not tell these states apart; give more, or keep the meanings.")
    return tuple(float(one) for one in levels)


def remade(parts: list[Sample], table: Mapping[str, Any], base: Mapping[str, Any], until: int) -> dict[str, Any]:
    """The model with the means and widths of the types of events fitted on the events before a month.

    Of a type whose signs differ in meaning, the events of its usual meaning count. Ends where no number moves, or after
    `ROUNDS`.
    """
    rows = {name: dict(row) for name, row in base["emission"].items()}
    for _ in range(ROUNDS):
        found = {name: dict(row) for name, row in rows.items()}
        events = told(parts, Parameters.of({**table, "emission": rows}), until)
        shares = events / np.maximum(events.sum((0, 1)), 1e-9)
        for name, row in base["emission"].items():
            if ClaimType(name).meaning.kind is not Kind.EVENT:
                continue
            signs = [place for place, key in enumerate(("hostile", "neutral", "mean"))
                     if key == "mean" or key not in row]
            here = shares[PLACES[ClaimType(name)], signs].sum(0)
            seen = float(events[PLACES[ClaimType(name)], signs].sum())
            if seen:
                found[name] |= nearest(row, here / here.sum(), seen, table["chain"]["floor"])
        if found == rows:
            break
        rows = found
    return {**table, "emission": rows}


def nearest(row: Mapping[str, float], shares: Floats, events: float, floor: float) -> dict[str, float]:
    """The mean and width of the bell nearest to what events say, and to what it was."""
    means = row["mean"] + MEAN_STEPS
    widths = row["width"] + WIDTH_STEPS
    widths = widths[widths >= min(WIDTH_LEAST, row["width"])]
    bells = np.exp(-((LEVELS - means[:, None, None]) ** 2) / (2 * widths[None, :, None] ** 2))
    bells = (1 - floor) * bells / bells.sum(2, keepdims=True) + floor / 5
    was = np.exp(-((LEVELS - row["mean"]) ** 2) / (2 * row["width"] ** 2))
    was = (1 - floor) * was / was.sum() + floor / 5
    gains = np.log(bells) @ (events * shares + PRIOR_EVENTS * was)
    mean, width = np.unravel_index(int(gains.argmax()), gains.shape)
    return {"mean": round(float(means[mean]), 2), "width": round(float(widths[width]), 2)}
