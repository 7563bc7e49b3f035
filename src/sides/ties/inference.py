"""The states of dyads from what claims say of their months, each dyad's own tone integrated out.

Reporting has a tone: of one dyad all quarrels may be printed, of another all handshakes, in one and the same state. So
the odds of cooperative over hostile events carry an unknown factor exp(g) for each dyad, g normal with mean 0; the
states are averaged over it (seven values), each value weighed by how well it explains the claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sides.ties.chain import Course, Doubles, Floats, likeliest, smoothed
from sides.ties.field import Field, field_of
from sides.ties.parameters import Parameters, nodes
from sides.ties.signals import Signals

# Dyads that are inferred together: their months fit a processor's cache.
PORTION = 1500
# Of fewer events (tempered weight) a dyad's tone is averaged over three values.
FEW_EVENTS = 6.0


@dataclass(frozen=True, slots=True)
class Inferred:
    """T months of D dyads, from the month `begin` on."""

    begin: int
    shares: Floats  # (T, 5, D) probability of each state
    path: NDArray[np.int8] | None  # (T, D) likeliest history, for turns


def infer(field: Field, parameters: Parameters, *, with_path: bool = True, with_tilt: bool = True) -> Inferred:
    """Exact inference for each dyad on its own, from what its claims add up to."""
    path = paths(field, parameters) if with_path else None
    field = field.tempered(parameters)
    move, initial = parameters.move.astype(np.float32), parameters.initial.astype(np.float32)
    if not with_tilt or not parameters.tilt:
        return Inferred(field.begin, smoothed(field.state, field.up, field.down, move, initial).shares, path)
    is_coarse = field.events.sum(0) < FEW_EVENTS
    if is_coarse.all() or not is_coarse.any():
        return Inferred(field.begin, averaged(field, parameters, is_coarse=bool(is_coarse[0])), path)
    shares = np.empty_like(field.state)
    for chosen in (is_coarse, ~is_coarse):
        shares[:, :, chosen] = averaged(field.of(chosen), parameters, is_coarse=chosen is is_coarse)
    return Inferred(field.begin, shares, path)


def paths(field: Field, parameters: Parameters) -> NDArray[np.int8]:
    """(T, D) the likeliest history of each dyad."""
    field = field.tempered(parameters)
    return likeliest(field.state, field.up, field.down, parameters.move.astype(np.float32),
                     parameters.initial.astype(np.float32))


def infer_apart(fields: Sequence[Field], parameters: Parameters) -> list[Floats]:
    """(T, 5, 1) the probability of each state in each of some fields of one dyad and the same months.

    Each as `infer` tells it of that field alone, in little more time than one of them takes.
    """
    if not parameters.tilt or len(fields) < 2:
        return [infer(field, parameters, with_path=False).shares for field in fields]
    fields = [field.tempered(parameters) for field in fields]
    coarse = [bool(field.events.sum(0)[0] < FEW_EVENTS) for field in fields]
    parts = [toned(field, parameters, is_coarse=few) for field, few in zip(fields, coarse, strict=True)]
    state, up, down = (np.concatenate(columns, axis=-1) for columns in zip(*parts, strict=True))
    course = smoothed(state, up, down, parameters.move.astype(np.float32), parameters.initial.astype(np.float32),
                      is_apart=True)
    found, first = [], 0
    for field, few, (own, *_) in zip(fields, coarse, parts, strict=True):
        last = first + own.shape[2]
        shares = np.empty_like(own)  # laid out as by itself: sums over the tones are rounded in that order
        shares[:] = course.shares[:, :, first:last]
        found.append(mixed(Course(shares, course.evidence[first:last]), field, parameters, is_coarse=few))
        first = last
    return found


def averaged(field: Field, parameters: Parameters, *, is_coarse: bool) -> Floats:
    """(T, 5, D) probability of each state, averaged over the tone of each dyad; of a tempered field."""
    course = smoothed(*toned(field, parameters, is_coarse=is_coarse), parameters.move.astype(np.float32),
                      parameters.initial.astype(np.float32))
    return mixed(course, field, parameters, is_coarse=is_coarse)


def toned(field: Field, parameters: Parameters, *, is_coarse: bool) -> tuple[Floats, Floats, Floats]:
    """A tempered field with each of V tones, (T, 5, V * D), (T, V * D) up and down, as `chain` takes it."""
    values, _ = nodes(parameters.tilt, is_coarse=is_coarse)
    odds = np.log(np.exp(np.outer(values, [-1.0, 0.0, 1.0])) @ parameters.signs).astype(np.float32)  # (values, 5)
    tilted = field.state[:, :, None] - field.events[:, None, None] * odds.T[:, :, None]
    up, down = (np.tile(one, (1, len(values))) for one in (field.up, field.down))
    return tilted.reshape(len(tilted), 5, -1), up, down


def mixed(course: Course, field: Field, parameters: Parameters, *, is_coarse: bool) -> Floats:
    """(T, 5, D) what the courses under each tone come to, each weighed by how well it explains the claims."""
    values, weights = nodes(parameters.tilt, is_coarse=is_coarse)
    months, _, dyads = field.state.shape
    likely = course.evidence.reshape(len(values), dyads) + np.outer(values, field.tone.sum(0)) \
        + np.log(weights)[:, None]
    likely = np.exp(likely - likely.max(0))
    likely = (likely / likely.sum(0)).astype(np.float32)
    shares: Floats = np.einsum("tsvd,vd->tsd", course.shares.reshape(months, 5, len(values), dyads), likely)
    return shares


def infer_all(signals: Signals, begin: int, months: int, dyads: int, parameters: Parameters, *, threads: int = 1,
              with_path: bool = True, with_tilt: bool = True, is_layered: bool = False) -> Inferred:
    """Many dyads at once, portion by portion: memory beside the answer is that of a portion for each thread.

    The answer does not depend on the portions or the threads. `shares` takes 20 bytes a dyad and month.
    """
    order = np.argsort(signals.dyad, kind="stable")
    edges = np.searchsorted(signals.dyad[order], np.arange(0, dyads + PORTION, PORTION))
    shares = np.empty((months, 5, dyads), np.float32)
    path = np.empty((months, dyads), np.int8) if with_path else None

    def one(place: int) -> None:
        first, last = place * PORTION, min((place + 1) * PORTION, dyads)
        rows = signals.taken(order[edges[place]:edges[place + 1]])
        rows = replace(rows, dyad=rows.dyad - np.int32(first))
        found = infer(field_of(rows, begin, months, last - first, parameters, is_layered=is_layered), parameters,
                      with_path=with_path, with_tilt=with_tilt)
        shares[:, :, first:last] = found.shares
        if path is not None and found.path is not None:
            path[:, first:last] = found.path

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(len(edges) - 1)))
    return Inferred(begin, shares, path)


@dataclass(frozen=True, slots=True)
class Tilted:
    """A field with each of V tones of its dyads: columns dyad by dyad within tone by tone, for `chain`."""

    state: Doubles  # (T, 5, V * D) log likelihoods
    up: Doubles  # (T, V * D)
    down: Doubles
    values: Doubles  # (V,) the tones, as log odds of cooperative over hostile events
    logs: Doubles  # (V,) of their weights
    tone: Doubles  # (T, D) cooperative less hostile weight

    @classmethod
    def of(cls, field: Field, parameters: Parameters) -> Tilted:
        """In double precision, tempered."""
        field = field.tempered(parameters)
        months, _, dyads = field.state.shape
        values, weights = nodes(parameters.tilt)
        odds = np.log(np.exp(np.outer(values, [-1.0, 0.0, 1.0])) @ parameters.signs)
        state = field.state[:, :, None].astype(np.float64) - field.events[:, None, None] * odds.T[:, :, None]
        up, down = (np.tile(one.astype(np.float64), (1, len(values))) for one in (field.up, field.down))
        return cls(state.reshape(months, 5, len(values) * dyads), up, down, values, np.log(weights),
                   field.tone.astype(np.float64))
