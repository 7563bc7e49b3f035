"""Is a state that is given four fifths right in four of five? On simulated dyads, whose states are known.

    python benchmarks/ties_calibration.py [--dyads 2000] [--seed 11]

`sides.ties.simulator` draws ten years of each dyad: how many events a month, how far dyads have a tone of their own,
and how often each event is reported, differ from world to world. In the product most repeats are folded before they
reach the model; here each report goes in. Each world is inferred by the model as it ships and without one part after
another.
A cell is the share of right states among those that are given 0.8 and more, in brackets how many of all months these
are and the share of right states overall. The bar is 0.75, with a tone of 0.7 and four reports. Then, by tenths of
what the likeliest state is given, how often it is right.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sides.ties.inference import infer_all
from sides.ties.parameters import Parameters, shipped, table
from sides.ties.signals import Signals
from sides.ties.simulator import Simulated, World, simulate

SURE = 0.8
WORLDS = [World(rate=rate, tilt=tilt, reports=reports) for rate in (0.5, 3.0)
          for tilt, reports in ((0.0, 1.0), (0.7, 1.0), (0.7, 2.0), (0.7, 4.0), (1.2, 4.0))]
Floats = NDArray[np.float64]


def unmoved(signals: Signals) -> Signals:
    """The signals without what makes a move likelier."""
    return replace(signals, push=np.zeros(len(signals)))


VARIANTS: dict[str, tuple[Callable[[Parameters], Parameters], Callable[[Signals], Signals]]] = {
    "as shipped": (lambda one: one, lambda rows: rows),
    "no tone": (lambda one: replace(one, tilt=0.0), lambda rows: rows),
    "no tempering": (lambda one: replace(one, tempering=1e9), lambda rows: rows),
    "neither": (lambda one: replace(one, tilt=0.0, tempering=1e9), lambda rows: rows),
    "tone of 1.2": (lambda one: replace(one, tilt=1.2), lambda rows: rows),
    "tempering 2": (lambda one: replace(one, tempering=2.0), lambda rows: rows),
    "no claims of change": (lambda one: one, unmoved),
}


def judged(found: Simulated, world: World, parameters: Parameters, signals: Signals,
           ) -> tuple[Floats, NDArray[np.bool_]]:
    """What the likeliest state of each month is given, and whether it is right."""
    shares = infer_all(signals, 0, world.months, world.dyads, parameters, with_path=False).shares
    return shares.max(1).astype(float), shares.argmax(1) == found.states


def main() -> None:
    """Draw, infer, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyads", type=int, default=2000, help="of each world (default: 2000)")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    tenths = []
    print(f"| events a month, tone, reports | {' | '.join(VARIANTS)} |\n| --- |{' --- |' * len(VARIANTS)}")
    for shape in WORLDS:
        world = replace(shape, dyads=options.dyads)
        found = simulate(table(), world, np.random.default_rng(options.seed))
        name, cells = f"{world.rate:g}, {world.tilt:g}, {world.reports:g}", []
        for variant, (changed, chosen) in VARIANTS.items():
            given, right = judged(found, world, changed(shipped()), chosen(found.signals))
            is_sure = given >= SURE
            cells.append(f"{right[is_sure].mean():.3f} ({is_sure.mean():.2f}, {right.mean():.2f})")
            if variant == "as shipped":
                tenths.append((name, given, right))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    edges = np.arange(2, 10) / 10
    print(f"\n| as shipped: given | {' | '.join(f'{low:.1f} to {low + 0.1:.1f}' for low in edges)} |\n| --- |"
          f"{' --- |' * len(edges)}")
    for name, given, right in tenths:
        rows = [right[(given >= low) & ((given < low + 0.1) | (low > 0.85))] for low in edges]
        print(f"| {name} | {' | '.join(f'{one.mean():.3f}' if len(one) else '-' for one in rows)} |")


if __name__ == "__main__":
    main()
