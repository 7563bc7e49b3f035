"""Dyads whose states are known, and what is reported of them: a world to test the inference of ties in.

States move by the chain. In each month a dyad has a number of events by a rate of its own; the type of an event is
drawn by how the types speak of the state, and by the dyad's tone: the odds of cooperative over hostile ones carry a
factor exp(g), g normal. Each event is reported several times. All is drawn from the tables of a model file; nothing of
the code that infers is used, so that a fault there does not pass unseen.

It flatters nevertheless: what an event means is the same here as in the model. Reporting that errs, or changes its
tone with time, is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import ClaimType, Kind
from sides.ties.parameters import TYPES
from sides.ties.signals import LAYER_PLACES, Reach, Signals


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is drawn."""

    dyads: int = 200
    months: int = 120
    rate: float = 1.0  # events a month, on average over dyads
    rate_spread: float = 1.0  # standard deviation of the logarithm of a dyad's own rate
    tilt: float = 0.0  # standard deviation of a dyad's tone
    reports: float = 1.0  # of each event, on average; at least one


@dataclass(frozen=True, slots=True)
class Simulated:
    """Reports as the model takes them, and the truth."""

    signals: Signals  # months counted from 0
    states: NDArray[np.int8]  # (T, D) hostile 0 to allied 4
    tilts: NDArray[np.float64]  # (D,)


def simulate(table: Mapping[str, Any], world: World, rng: np.random.Generator) -> Simulated:
    """A world drawn from the tables of a model file.

    >>> from sides.ties.parameters import table
    >>> found = simulate(table(), World(dyads=3, months=24), np.random.default_rng(1))
    >>> found.states.shape, sorted(set(found.signals.dyad.tolist()))
    ((24, 3), [0, 1, 2])
    """
    states = paths(table["chain"], world, rng)
    spread = world.rate_spread
    rates = world.rate * np.exp(rng.normal(0, spread, world.dyads) - spread**2 / 2)
    tilts = rng.normal(0, world.tilt, world.dyads)
    kinds, meant = meanings(table)
    signs = np.asarray([kind.meaning.sign for kind in kinds])
    events = rng.poisson(rates, states.shape)
    month, dyad = np.nonzero(events)
    month, dyad = np.repeat(month, events[month, dyad]), np.repeat(dyad, events[month, dyad])
    shares = meant[:, states[month, dyad]].T * np.exp(np.outer(tilts[dyad], signs))  # (events, types)
    drawn = rng.random(len(shares)) * shares.sum(1)
    chosen = np.minimum((np.cumsum(shares, axis=1) < drawn[:, None]).sum(1), len(kinds) - 1)
    often = 1 + rng.poisson(world.reports - 1, len(chosen))
    month, dyad, chosen = (np.repeat(one, often) for one in (month, dyad, chosen))
    count = len(chosen)
    at = month.astype(np.int32)
    places = np.asarray([TYPES.index(kind) for kind in kinds], np.int32)
    layers = np.asarray([LAYER_PLACES[kind.meaning.layer] for kind in kinds], np.int32)
    signals = Signals(
        dyad=dyad.astype(np.int32), reach=np.full(count, Reach.ONCE, np.int32), first=at, last=at, end_first=at,
        end_last=at, type=places[chosen], sign=signs[chosen].astype(np.int32), layer=layers[chosen],
        is_denied=np.zeros(count, bool), weight=np.ones(count), push=np.ones(count))
    return Simulated(signals, states, tilts)


def paths(chain: Mapping[str, Any], world: World, rng: np.random.Generator) -> NDArray[np.int8]:
    """(T, D) states month by month: most stay; of those that move, `neighbour` go one step, the others further."""
    states = np.empty((world.months, world.dyads), np.int8)
    initial = np.asarray(chain["initial"], float)
    states[0] = rng.choice(5, world.dyads, p=initial / initial.sum())
    for month in range(1, world.months):
        states[month] = states[month - 1]
        for dyad in np.flatnonzero(rng.random(world.dyads) >= chain["stay"]):
            here = int(states[month, dyad])
            is_step = rng.random() < chain["neighbour"]
            ways = [one for one in range(5) if one != here and (abs(one - here) == 1) == is_step]
            odds = np.asarray([1 / (one - here) ** 2 for one in ways])
            states[month, dyad] = rng.choice(ways, p=odds / odds.sum())
    return states


def meanings(table: Mapping[str, Any]) -> tuple[list[ClaimType], NDArray[np.float64]]:
    """The types of events, and (types, 5) how each speaks of the states: a bell over a floor, adding up to 1."""
    kinds = [ClaimType(name) for name in table["emission"] if ClaimType(name).meaning.kind is Kind.EVENT]
    floor = table["chain"]["floor"]
    found = np.empty((len(kinds), 5))
    for place, kind in enumerate(kinds):
        row = table["emission"][kind.value]
        mean = row.get("neutral", row["mean"]) if kind.meaning.sign == 0 else row["mean"]
        bell = [float(np.exp(-((level - mean) / row["width"]) ** 2 / 2)) for level in range(-2, 3)]
        found[place] = [(1 - floor) * one / sum(bell) + floor / 5 for one in bell]
    return kinds, found
