"""How long triads, walks, triad dynamics and landscapes of signed networks take, and the figures that papers give.

    python benchmarks/balance_theory.py SHARED

SHARED holds `data/balance`. Times are CPU-seconds, without loading; the first local run compiles its kernel. Beside:
networkx counts triangles without their signs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from itertools import combinations
from pathlib import Path
from time import process_time
from typing import TypeVar

import networkx
import numpy as np

from sides.balance.edge_list import read_edge_list
from sides.balance.landscape import landscape, sampled_landscape
from sides.balance.network import Network
from sides.balance.triad_dynamics import (
    complete_network,
    constrained_triad_dynamics,
    lasting_friendship,
    local_triad_dynamics,
)
from sides.balance.triads import triads
from sides.balance.walks import algebraic_conflict, walk_balance

CENSUS = ("highlandtribes.csv", "bitcoinalpha.csv", "wikielections.csv.gz", "soc-sign-epinions.txt.gz")
SPECTRA = ("highlandtribes.csv", "congress.csv", "bitcoinalpha.csv")
# Axelrod & Bennett 1993, Table 2.
SPECIALISTS = {"Sun": 28.9, "Apollo": 21.2, "Intergraph": 4.4, "SGI": 4.4, "Prime": 1.0}
GENERALISTS = {"AT&T": 28.5, "DEC": 20.0, "HP": 11.5, "IBM": 3.8}

Found = TypeVar("Found")


def timed(work: Callable[[], Found]) -> tuple[Found, float]:
    """What it gives, and its CPU time in seconds."""
    start = process_time()
    found = work()
    return found, process_time() - start


def census(folder: Path, name: str) -> None:
    network, _ = read_edge_list(folder / name)
    found, seconds = timed(partial(triads, network))
    graph: networkx.Graph[int] = networkx.Graph(zip(network.first.tolist(), network.second.tolist(), strict=True))
    every, peer = timed(lambda: sum(networkx.triangles(graph).values()) // 3)
    assert every == len(found)
    print(f"{name:26} {network.ties:7} ties {len(found):8} triangles {seconds:7.3f} s, networkx {peer:7.3f} s  "
          f"balanced {found.share():.4f} weakly {found.share(weak=True):.4f}  {found.counts()}")


def spectra(folder: Path, name: str) -> None:
    network, _ = read_edge_list(folder / name)
    walks, seconds = timed(partial(walk_balance, network))
    conflict, more = timed(partial(algebraic_conflict, network))
    print(f"{name:26} {network.size:7} actors  walks {walks.degree:.4f} in {seconds:.3f} s  "
          f"algebraic conflict {conflict.max():.4f} in {more:.3f} s")


def dynamics() -> None:
    start = complete_network(64, friendly=0.5, random=np.random.default_rng(1))
    for peace in (0.0, 0.2, 1 / 3, 0.45, 0.55, 1.0):
        run, seconds = timed(partial(local_triad_dynamics, start, peace=peace, steps=10**6,
                                     random=np.random.default_rng(2)))
        later = run.friendly[-1] if run.outcome == "balanced" else run.friendly[len(run.at) // 3:].mean()
        print(f"local, p = {peace:.2f}: {run.outcome} after {run.steps} steps, {later:.3f} friendly, in theory "
              f"{lasting_friendship(peace):.3f}; {seconds:.3f} s")
    run, seconds = timed(partial(constrained_triad_dynamics, start, steps=10**6, random=np.random.default_rng(2)))
    print(f"constrained: {run.outcome} after {run.steps} steps, {run.flips} flips; {seconds:.3f} s")


def landscapes() -> None:
    unix = Network.from_edges([(one, other, -1) for firms in (SPECIALISTS, GENERALISTS)
                               for one, other in combinations(firms, 2)])
    size = SPECIALISTS | GENERALISTS
    print("Unix:", landscape(unix, sizes=[size[name] for name in unix.names]).basins.tolist(), "published: two, equal")
    for actors in (17, 20, 22, 200):
        drawn = np.random.default_rng(actors)
        matrix = np.triu(drawn.integers(-3, 4, (actors, actors)), 1)
        network = Network.from_matrix(matrix + matrix.T, weighted=True)
        sample, seconds = timed(partial(sampled_landscape, network, starts=10_000, random=drawn))
        print(f"{actors} actors: 10,000 starts, {len(sample)} minima, lowest {sample.energies[0]:.0f}, {seconds:.3f} s")
        if actors <= 22:
            found, seconds = timed(partial(landscape, network))
            print(f"{actors} actors: all {found.starts}, {len(found)} minima, lowest {found.energies[0]:.0f}, "
                  f"{seconds:.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    folder = parser.parse_args().shared / "data/balance"
    for name in CENSUS:
        census(folder, name)
    for name in SPECTRA:
        spectra(folder, name)
    dynamics()
    landscapes()


if __name__ == "__main__":
    main()
