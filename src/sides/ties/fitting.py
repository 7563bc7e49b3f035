"""The numbers of the model of ties, fitted on dated events: how sticky states are, and how far events are trusted.

- `stay` and `initial`: by expectation maximization (Baum et al. 1970) with the tone of each dyad integrated out. It
  raises, step by step, the log evidence of the events with the log of a weak prior: what the base says, as if seen for
  `PRIOR_MONTHS` dyad-months and in `PRIOR_DYADS` dyads.
- `tempering` and `tilt`: those with the best forecasts, one after the other. They change what counts as evidence, so
  evidence cannot choose between them.
- the meaning of the types stays as it is, unless it is asked for: `sides.ties.meanings`.

The score is the log-loss, in nats an event, of the sign of events by what was known of their dyad at the end of the
month before; events of no sign are not foretold (Gneiting and Raftery 2007: a proper score). The months of the data
are cut in three: the chain is fitted on the first three fifths while tempering and tilt are chosen by the score of the
fourth; then the chain is fitted on all four, and the score told is that of the last fifth, which nothing was fitted on.

Each dyad is followed from the month of its first event to that of its last. Events speak of the state in their month
alone: neither of a move, nor (a tie that was mended was broken before) of earlier months, which no forecast may know.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.model.errors import ModelError
from sides.ties.chain import expected, foreseen
from sides.ties.event_table import Events
from sides.ties.field import Field, field_of
from sides.ties.inference import Tilted
from sides.ties.meanings import PRIOR_EVENTS, in_order, remade
from sides.ties.model_file import check_model
from sides.ties.parameters import Parameters
from sides.ties.signals import Signals, month_date

Floats = NDArray[np.float64]

TEMPERINGS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
TILTS = (0.0, 0.35, 0.7, 1.0, 1.4, 2.0)
# Dyads that are taken together: bounds the memory.
PORTION = 200
# What the base says of the chain counts as if it had been seen so often: little beside a few hundred dyads.
PRIOR_MONTHS = 120.0
PRIOR_DYADS = 10.0
# Expectation maximization ends where a step gains less, in nats of all events together, or after so many steps.
TOLERANCE = 0.01
STEPS_MOST = 500
# While tempering and tilt are being chosen, this is near enough.
ROUGH = 1.0
# Chain and choice depend on each other; they are taken in turn until the choice stays, at most so often.
ROUNDS_MOST = 4


@dataclass(frozen=True, slots=True)
class Score:
    """How well the signs of some events were foretold: nats an event, less is better."""

    loss: float
    base: float  # of the share of the hostile among all earlier events, the same for every dyad
    events: int
    hostile: float  # share


@dataclass(frozen=True, slots=True)
class Step:
    """One step of expectation maximization: the chain that it began with, and its log evidence with the prior's."""

    stay: float
    objective: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A tempering with a tilt, and its score."""

    tempering: float
    tilt: float
    score: Score


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model, and how it came about."""

    table: dict[str, Any]  # the tables of a model file
    steps: tuple[Step, ...]  # of the last run of expectation maximization
    is_settled: bool  # whether that run ended by the tolerance
    choices: tuple[Choice, ...]  # the last that were compared
    before: Score  # of the base on the last fifth of the months
    after: Score
    levels: tuple[float, ...]  # the level that events speak for on average, by state, hostile first

    @property
    def parameters(self) -> Parameters:
        """The fitted numbers, as the model takes them."""
        return Parameters.of(self.table)


@dataclass(frozen=True, slots=True)
class Sample:
    """The events of one portion of dyads; months counted from the first event of each dyad."""

    signals: Signals
    begin: NDArray[np.int32]  # (D,) month of the first event

    @property
    def dyads(self) -> int:
        """How many."""
        return len(self.begin)

    def before(self, until: int) -> Signals:
        """The events before a month."""
        return self.signals.taken(self.signals.first + self.begin[self.signals.dyad] < until)

    def lengths(self, until: int) -> NDArray[np.int32]:
        """(D,) the months of each dyad from its first event to its last before a month; 0 without one."""
        rows, found = self.before(until), np.zeros(self.dyads, np.int32)
        np.maximum.at(found, rows.dyad, rows.first + 1)
        return found

    def field(self, parameters: Parameters, until: int) -> Field:
        """(T, ...) the months of each dyad, from its first event, that have an event before the month `until`."""
        return field_of(self.before(until), 0, max(int(self.lengths(until).max()), 1), self.dyads, parameters)

    def signed(self, months: int) -> Floats:
        """(2, T, D) hostile and cooperative events by month."""
        found = np.zeros((2, months, self.dyads))
        for place, sign in enumerate((-1, 1)):
            rows = self.signals.taken((self.signals.sign == sign) & (self.signals.first < months))
            np.add.at(found[place], (rows.first, rows.dyad), 1)
        return found


def samples(events: Events) -> list[Sample]:
    """The events by portions of dyads, those of like length together."""
    signals = events.signals()
    first, last = np.full(len(events.dyads), np.iinfo(np.int32).max, np.int32), np.zeros(len(events.dyads), np.int32)
    np.minimum.at(first, signals.dyad, signals.first)
    np.maximum.at(last, signals.dyad, signals.first)
    order = np.argsort(last - first, kind="stable")
    found = []
    for start in range(0, len(order), PORTION):
        chosen = order[start:start + PORTION]
        place = np.full(len(first), -1, np.int32)
        place[chosen] = np.arange(len(chosen), dtype=np.int32)
        rows = signals.taken(place[signals.dyad] >= 0)
        shift = first[rows.dyad]
        found.append(Sample(replace(rows, dyad=place[rows.dyad], first=rows.first - shift, last=rows.last - shift,
                                    end_first=rows.end_first - shift, end_last=rows.end_last - shift), first[chosen]))
    return found


def fit(events: Events, base: Mapping[str, Any], *, with_meanings: bool = False) -> Fitted:
    """The base model with chain, tempering and tilt fitted on events; and, if asked for, the meanings of the types.

    `base`: the tables of a model file. Deterministic; the order of the events does not matter. Raises `ModelError` if
    the events cannot be cut in three with signed ones in each, or if the fitted states have lost their order.
    """
    check_model(base)
    table = copy.deepcopy(dict(base))
    parts = samples(events)
    edges = cuts(parts)
    for _ in range(ROUNDS_MOST):
        _, _, table = run(parts, table, base, edges[1], ROUGH)
        tempering, tilt = table["chain"]["tempering"], table["chain"]["tilt"]
        choices = [choice(parts, table, edges[1:3], one, tilt) for one in sorted({*TEMPERINGS, tempering})]
        best = min(choices, key=lambda one: (round(one.score.loss, 9), one.tempering))
        choices += [choice(parts, table, edges[1:3], best.tempering, one) for one in sorted({*TILTS, tilt} - {tilt})]
        best = min(choices, key=lambda one: (round(one.score.loss, 9), one.tilt, one.tempering))
        table = changed(table, tempering=best.tempering, tilt=best.tilt)
        if (best.tempering, best.tilt) == (tempering, tilt):
            break
    steps, is_settled, table = run(parts, table, base, edges[2])
    if with_meanings:
        table = remade(parts, table, base, edges[2])
        steps, is_settled, table = run(parts, table, base, edges[2])
    levels = in_order(parts, Parameters.of(table), Parameters.of(base), edges[2])
    before, after = (score(parts, Parameters.of(one), edges[2], edges[3]) for one in (base, table))
    table["provenance"] = {
        **table["provenance"],
        "chain": "stay and initial by expectation maximization, tempering and tilt by score; the rest as before",
        "data": events.source, "events": len(events.rows), "dyads": len(events.dyads),
        "first": str(month_date(edges[0])), "last": str(month_date(edges[3] - 1)),
        "fitted_on_months_before": str(month_date(edges[2])),
        "tolerance": TOLERANCE, "score": "nats an event: log-loss of the signs in the months from then on",
        "score_events": after.events, "score_before": round(before.loss, 4), "score_after": round(after.loss, 4),
        "score_of_the_share": round(after.base, 4)}
    if with_meanings:
        table["provenance"]["emissions"] = f"of events fitted, former ones weighed as {PRIOR_EVENTS:g} events a type"
    return Fitted(table, tuple(steps), is_settled, tuple(choices), before, after, levels)


def changed(table: Mapping[str, Any], **chain: Any) -> dict[str, Any]:
    """A model with other numbers of its chain."""
    return {**table, "chain": {**table["chain"], **chain}}


def cuts(parts: list[Sample]) -> tuple[int, int, int, int]:
    """Four months: the first of the data, those after three and four fifths, and the one after the last."""
    months = np.concatenate([one.signals.first + one.begin[one.signals.dyad] for one in parts])
    signs = np.concatenate([one.signals.sign for one in parts])
    first, end = int(months.min()), int(months.max()) + 1
    size = end - first
    edges = (first, first + round(0.6 * size), first + round(0.8 * size), end)
    for low, high in pairwise(edges):
        if not np.any((months >= low) & (months < high) & (signs != 0)):
            raise ModelError(f"No event with a sign from {month_date(low)} to before {month_date(high)}: the months "
                             "are cut at three and four fifths, to fit, to choose and to test. Give events over a "
                             "longer time, or more of them.")
    return edges


def run(parts: list[Sample], table: Mapping[str, Any], base: Mapping[str, Any], until: int,
        tolerance: float = TOLERANCE) -> tuple[list[Step], bool, dict[str, Any]]:
    """Expectation maximization of the chain on the events before a month: its steps, whether it settled, the model."""
    prior_stay = base["chain"]["stay"]
    prior_initial = np.asarray(base["chain"]["initial"], float)
    prior_initial = prior_initial / prior_initial.sum()
    stay, initial = float(table["chain"]["stay"]), Parameters.of(table).initial
    here, start = present(parts, until), replace(Parameters.of(table), before_weight=0.0)
    columns = [Tilted.of(part.field(start, until), start) for part in here]
    lengths = [part.lengths(until) for part in here]
    steps: list[Step] = []
    is_settled = False
    for _ in range(STEPS_MOST):
        parameters = Parameters.of(changed(table, stay=stay, initial=initial.tolist()))
        prior = PRIOR_MONTHS * (prior_stay * np.log(stay) + (1 - prior_stay) * np.log(1 - stay)) \
            + PRIOR_DYADS * float(prior_initial @ np.log(initial))
        objective, held, moved, first = prior, PRIOR_MONTHS * prior_stay, PRIOR_MONTHS, PRIOR_DYADS * prior_initial
        for tilted, length in zip(columns, lengths, strict=True):
            counts = expected(tilted.state, tilted.up, tilted.down, parameters.move, parameters.initial,
                              np.tile(length, len(tilted.values)).astype(np.int32))
            logs = counts.evidence.reshape(len(tilted.values), -1) + np.outer(tilted.values, tilted.tone.sum(0)) \
                + tilted.logs[:, None]
            top = logs.max(0)
            weights = np.exp(logs - top)
            objective += float((np.log(weights.sum(0)) + top)[length > 0].sum())
            weights = (weights / weights.sum(0) * (length > 0)).reshape(-1)
            moves = counts.moves @ weights
            held, moved = held + float(np.trace(moves)), moved + float(moves.sum())
            first = first + counts.first @ weights
        steps.append(Step(stay, float(objective)))
        is_settled = len(steps) > 1 and steps[-1].objective - steps[-2].objective < tolerance
        if is_settled:
            break
        stay, initial = float(held / moved), first / first.sum()
    found = changed(table, stay=round(stay, 5), initial=[round(float(one), 4) for one in initial])
    return steps, is_settled, found


def present(parts: list[Sample], until: int) -> list[Sample]:
    """The portions with a dyad that has begun before a month."""
    return [part for part in parts if part.begin.min() < until]


def choice(parts: list[Sample], table: Mapping[str, Any], edges: tuple[int, ...], tempering: float, tilt: float,
           ) -> Choice:
    """A tempering with a tilt, scored on the months from one to before another."""
    parameters = Parameters.of(changed(table, tempering=tempering, tilt=tilt))
    return Choice(tempering, tilt, score(parts, parameters, edges[0], edges[1]))


def score(parts: list[Sample], parameters: Parameters, low: int, high: int) -> Score:
    """How well signs from the month `low` to before `high` are foretold, each by the earlier months of its dyad."""
    parameters = replace(parameters, before_weight=0.0)
    loss = hostile = events = 0.0
    early = np.zeros(2)
    for part in present(parts, high):
        field = part.field(parameters, high)
        chance = hostile_chance(Tilted.of(field, parameters), parameters)
        signed = part.signed(len(chance))
        month = np.arange(len(chance))[:, None] + part.begin
        early += (signed * (month < low)).sum((1, 2))
        counts = signed * ((month >= low) & (month < high))
        loss -= float((counts[0] * np.log(chance) + counts[1] * np.log1p(-chance)).sum())
        hostile, events = hostile + float(counts[0].sum()), events + float(counts.sum())
    share = (early[0] + 0.5) / (early.sum() + 1)
    base = -(hostile * np.log(share) + (events - hostile) * np.log1p(-share))
    return Score(loss / events, float(base) / events, int(events), hostile / events)


def hostile_chance(tilted: Tilted, parameters: Parameters) -> Floats:
    """(T, D) the chance that a signed event of a month is hostile, by what was known at the end of the month before."""
    count = len(tilted.values)
    seen = foreseen(tilted.state, tilted.up, tilted.down, parameters.move, parameters.initial)
    months = len(seen.shares)
    told = seen.evidence.reshape(months, count, -1) + tilted.values[:, None] * tilted.tone[:, None]
    logs = np.cumsum(told, axis=0) - told + tilted.logs[:, None]
    weights = np.exp(logs - logs.max(1, keepdims=True))
    weights /= weights.sum(1, keepdims=True)
    shares = seen.shares.reshape(months, 5, count, -1) * weights[:, None]
    tilts = np.exp(np.outer(tilted.values, [-1.0, 0.0, 1.0]))
    odds = tilts[:, :, None] * parameters.signs / (tilts @ parameters.signs)[:, None]  # (V, 3, 5)
    hostile, friendly = (np.einsum("tsvd,vs->td", shares, odds[:, place]) for place in (0, 2))
    return np.asarray(hostile / (hostile + friendly))
