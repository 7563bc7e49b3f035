"""How fast are ties inferred? A million claims on fifty thousand dyads, over twenty years by month, with layers.

    python benchmarks/ties_speed.py [--claims 1000000] [--dyads 50000] [--years 20] [--threads 2] [--repeat 3]

Claims are drawn: dyads by a law like Zipf's, one claim in ten a standing tie until its document's date, one in twenty
without a date, the rest events; types at random. Whole inference is the probability of each state in each month, with
the tone of each dyad integrated out, and the likeliest history; and the probabilities of each of the five layers, for
the dyads that have claims of it. Beside it stands a baseline on the same claims: exponentially weighted means of the
claims' signs, by month, which knows no states. Prints their ratio, the peak memory, and how long one dyad takes when
one claim is added to it.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from sides.model.claim_type import Kind, Layer
from sides.ties.field import add_faded, field_of
from sides.ties.inference import infer, infer_all
from sides.ties.parameters import TYPES, shipped
from sides.ties.signals import LAYER_PLACES, LAYERS, Reach, Signals

BEGIN = 12 * 2000


def drawn(claims: int, dyads: int, months: int, rng: np.random.Generator) -> Signals:
    """Claims at random."""
    weights = 1 / (np.arange(dyads) + 20.0)
    dyad = rng.choice(dyads, claims, p=weights / weights.sum()).astype(np.int32)
    speaking = np.flatnonzero(shipped().evidence.any((1, 2)))
    kind = rng.choice(speaking, claims).astype(np.int32)
    is_tie = np.asarray([TYPES[place].meaning.kind is Kind.TIE for place in range(len(TYPES))])
    events = speaking[~is_tie[speaking]]
    chance = rng.random(claims)
    is_standing = chance < 0.1
    kind = np.where(is_standing, rng.choice(speaking[is_tie[speaking]], claims), rng.choice(events, claims))
    reach = np.where(is_standing, Reach.OPEN, np.where(chance < 0.15, Reach.UNDATED, Reach.ONCE))
    first = BEGIN + rng.integers(0, months, claims, dtype=np.int32)
    document = np.minimum(first + np.where(is_standing, rng.integers(0, 60, claims), 0), BEGIN + months - 1)
    sign = np.asarray([one.meaning.sign for one in TYPES])[kind]
    layer = rng.integers(0, len(LAYERS), claims)
    reached, begun, known, kinds, signs, layers = (
        np.asarray(column, np.int32) for column in (reach, first, document, kind, sign, layer))
    return Signals(dyad, reached, begun, begun, known, known, kinds, signs, layers, np.zeros(claims, bool),
                   rng.uniform(0.3, 1, claims), rng.uniform(0.3, 1, claims))


def whole(signals: Signals, months: int, dyads: int, threads: int) -> None:
    """The overall states, then those of each layer where something is said of it."""
    infer_all(signals, BEGIN, months, dyads, shipped(), threads=threads)
    for layer in LAYERS:
        if layer is Layer.GENERAL:
            continue
        rows = signals.taken(signals.layer == LAYER_PLACES[layer])
        there, place = np.unique(rows.dyad, return_inverse=True)
        rows = replace(rows, dyad=place.astype(np.int32))
        infer_all(rows, BEGIN, months, len(there), shipped(), threads=threads, with_path=False, with_tilt=False,
                  is_layered=True)


def averaged(signals: Signals, months: int, dyads: int) -> None:
    """The baseline: exponentially weighted sums of signs and of claims, by month, and their quotient."""
    at = (signals.first - BEGIN) * dyads + signals.dyad
    sums = []
    for weight in (signals.weight * signals.sign, signals.weight):
        values = np.bincount(at, weight, months * dyads).reshape(months, dyads).astype(np.float32)
        sums.append(np.zeros_like(values))
        add_faded(sums[-1], values, 12.0, range(months))
    np.divide(sums[0], sums[1], out=sums[0], where=sums[1] > 0)


def updated(rows: Signals, months: int) -> None:
    """One dyad, inferred anew."""
    infer(field_of(rows, BEGIN, months, 1, shipped()), shipped())


def timed(work: Callable[[], object], repeat: int) -> list[float]:
    """Seconds of each run."""
    found = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def main() -> None:
    """Draw, infer, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--dyads", type=int, default=50_000)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    months = 12 * options.years
    signals = drawn(options.claims, options.dyads, months, np.random.default_rng(1))
    inferred = timed(lambda: whole(signals, months, options.dyads, options.threads), options.repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    baseline = timed(lambda: averaged(signals, months, options.dyads), options.repeat)
    print(f"{options.claims} claims, {options.dyads} dyads, {months} months, {options.threads} threads: median "
          f"{statistics.median(inferred):.2f} s of {', '.join(f'{one:.2f}' for one in inferred)}; peak {peak:.0f} MB")
    print(f"averages of signs: median {statistics.median(baseline):.2f} s; "
          f"ratio {statistics.median(inferred) / statistics.median(baseline):.1f}")
    counts = np.bincount(signals.dyad, minlength=options.dyads)
    places = np.argsort(counts)
    for name, dyad in (("the median dyad", int(places[len(places) // 2])), ("the largest", int(places[-1]))):
        rows = signals.taken(signals.dyad == dyad)
        rows = replace(rows, dyad=np.zeros(len(rows), np.int32))
        again = timed(partial(updated, rows, months), 50)
        print(f"{name}, {len(rows)} claims, one more: median {1000 * statistics.median(again):.1f} ms")


if __name__ == "__main__":
    main()
