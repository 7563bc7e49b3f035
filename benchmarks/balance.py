"""Balance: exact indices with certificates, the strain of every tie, what-if, draws; beside a plain solver and peers.

    python benchmarks/balance.py SHARED [PART ...] [--peers FOLDER]

SHARED holds `data/balance`. Parts: small, cow, world, strain, bitcoin, large, huge, heuristic, whatif, draws; without
any, all but huge. Every value is costed again on the network as it was read, and every certificate is checked by the
verifier, within the times given. Times are wall-clock seconds of one thread, after loading; kernels are compiled first.

Beside: `milp`, the exclusive-or model of Aref & Wilson 2019 given to HiGHS as it is; strains and edits solved anew; and
under `heuristic`, with --peers, what graphB++ and GraphL (github.com/DataLab12/graphBpp) find, compiled in FOLDER as
`graphBplusplus_BFS` and `GraphL`, with 100 trees and 2,000 steps.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import resource
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import highspy
import numpy as np

from sides.balance.edge_list import read_edge_list
from sides.balance.frustration import Frustration, frustration
from sides.balance.network import Network
from sides.balance.prove import SMALL
from sides.balance.reduction import GRID, reduce
from sides.balance.search import Search
from sides.balance.strain import strain
from sides.balance.uncertainty import draw
from sides.balance.what_if import WhatIf
from world import YEARS, World, expected

SMALL_ONES = (("highlandtribes.csv", 2, 7), ("highlandtribes.csv", 3, 2), ("cloister.csv", 2, 34),
              ("congress.csv", 2, 18))
BITCOIN = (("bitcoinalpha.csv", 720), ("bitcoinotc.csv", 1073))
LARGE = (("wikielections.csv.gz", 14903), ("twitterreferendum.csv.gz", 11474))
HUGE = (("soc-sign-epinions.txt.gz", 50756), ("soc-sign-Slashdot090221.txt.gz", 73581))


def told(name: str, found: Frustration, wanted: int | None = None) -> str:
    """One line of a result, its value costed again; an error where a value is not as expected."""
    value = found.network.cost(found.camps) / found.network.scale
    assert value == found.value
    if wanted is not None and found.proven and value != wanted:
        raise SystemExit(f"{name}: {value} is proven, {wanted} was expected")
    network = found.network
    return (f"{name:34} {network.size:7} actors {network.ties:7} ties  value {value:g} lower {found.lower:g} "
            f"{'proven' if found.proven else 'not proven'} {'certified' if found.certified else 'NOT CERTIFIED'} "
            f"{found.seconds:.3f} s")


def milp(network: Network, limit: float) -> tuple[float, float, float]:
    """The exclusive-or model for two camps, as HiGHS solves it: best value, bound, seconds."""
    begun = time.perf_counter()
    size, ties = network.size, network.ties
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", limit)
    solver.setOptionValue("mip_abs_gap", 0.99)
    model = highspy.HighsLp()
    model.num_col_ = size + ties
    model.col_cost_ = np.concatenate([np.zeros(size), np.abs(network.weight)])
    model.col_lower_ = np.zeros(size + ties)
    model.col_upper_ = np.concatenate([np.zeros(1), np.ones(size + ties - 1)])
    model.integrality_ = [highspy.HighsVarType.kInteger] * (size + ties)
    solver.passModel(model)
    for tie, (one, other, weight) in enumerate(zip(network.first, network.second, network.weight, strict=True)):
        at = np.array([one, other, size + tie], np.int32)
        rows = ((0.0, (-1, 1, 1)), (0.0, (1, -1, 1))) if weight > 0 else ((1.0, (1, 1, 1)), (-1.0, (-1, -1, 1)))
        for least, signs in rows:
            solver.addRow(least, highspy.kHighsInf, 3, at, np.array(signs, np.float64))
    solver.run()
    info = solver.getInfo()
    return info.objective_function_value, info.mip_dual_bound, time.perf_counter() - begun


def windows(folder: Path) -> dict[str, Network]:
    """The 51 windows of the Correlates of War network."""
    rows = defaultdict(list)
    with gzip.open(folder / "cow_windows.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            rows[row["window"]].append((row["a"], row["b"], float(row["sign"])))
    return {window: Network.from_edges(ties) for window, ties in rows.items()}


def small(folder: Path) -> None:
    for name, camps, index in SMALL_ONES:
        print(told(f"{name}, {camps} camps", frustration(read_edge_list(folder / name)[0], camps=camps), index))


def cow(folder: Path) -> None:
    networks = windows(folder)
    with (folder / "cow_expected.csv").open() as lines:
        wanted = {row["window"]: row for row in csv.DictReader(lines)}
    for camps, column in ((2, "two_camps"), (None, "any_camps")):
        found = {window: frustration(network, camps=camps) for window, network in networks.items()}
        right = sum(one.proven and one.value == int(wanted[window][column]) for window, one in found.items())
        seconds = [one.seconds for one in found.values()]
        print(f"cow, {column}: {right} of {len(found)} proven, certified and as expected; {sum(seconds):.3f} s, "
              f"longest {max(seconds):.3f} s")
        if camps == 2:
            some = list(networks)[::10]
            peer = sum(milp(networks[window], 60)[2] for window in some)
            ours = sum(found[window].seconds for window in some)
            print(f"cow, every tenth window: {ours:.3f} s, milp {peer:.3f} s, ratio {peer / ours:.0f}")


def years(folder: Path) -> dict[int, Network]:
    world = World.read(folder.parent.parent)
    return {year: world.network(year) for year in YEARS}


def world(folder: Path) -> None:
    networks, wanted = years(folder), expected(folder.parent.parent)
    found = {year: frustration(network) for year, network in networks.items()}
    right = sum(one.proven and one.value == wanted[year]["frustration"] for year, one in found.items())
    print(f"world: {right} of {len(found)} years proven, certified and as expected; "
          f"{sum(one.seconds for one in found.values()):.3f} s")


def strains(folder: Path) -> None:
    begun, ties, proven, changes = time.perf_counter(), 0, 0, np.zeros(3, np.int64)
    for network in years(folder).values():
        found = strain(network)
        ties, proven = ties + network.ties, proven + int(found.proven.sum())
        changes += np.bincount(found.change + 1, minlength=3)
    seconds = time.perf_counter() - begun
    network = years(folder)[1990]
    at, anew = strain(network), time.perf_counter()
    for tie in range(0, network.ties, 10):
        weight = network.weight.copy()
        weight[tie] *= -1
        changed = frustration(Network(network.names, network.first, network.second, weight))
        assert changed.upper_units - at.base.upper_units == at.change[tie]
    cold = (time.perf_counter() - anew) / len(range(0, network.ties, 10))
    print(f"strain: {ties} ties of 199 years, {proven} proven; {changes[0]} strained, {changes[1]} slack, {changes[2]} "
          f"bearing; {seconds:.1f} s, {1000 * seconds / ties:.2f} ms a tie; solved anew (1990, every tenth, all equal) "
          f"{1000 * cold:.2f} ms, ratio {cold * ties / seconds:.0f}")


def exact(folder: Path, names: tuple[tuple[str, int], ...], seconds: float) -> None:
    for name, index in names:
        network = read_edge_list(folder / name)[0]
        found = frustration(network, seconds=seconds)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        gap = (found.upper - found.lower) / found.upper
        print(told(name, found, index), f" gap {gap:.3%}, peak {memory:.2f} GiB", flush=True)
        if network.ties < 30_000:
            value, bound, took = milp(network, 60)
            print(f"{'':34} milp in {took:.1f} s: value {value:g}, bound {bound:g}")


def heuristic(folder: Path, peers: Path | None) -> None:
    for name, index in BITCOIN + LARGE + HUGE:
        network = read_edge_list(folder / name)[0]
        begun = time.perf_counter()
        kernel = reduce(network)
        search = Search(len(kernel.nodes), kernel.first, kernel.second, kernel.weight)
        within, runs = None, 0
        while time.perf_counter() - begun < (1.0 if name not in dict(HUGE) else 6.0):
            search.improve(runs + 1, 20 if network.ties < SMALL else 150, begun_at=runs)
            runs += 1
            if within is None and time.perf_counter() - begun >= 0.7:
                within = search.cost
        camps = (kernel.whole(search.camps, network.size) < 0).astype(np.int64)
        value = network.cost(camps)
        first = ((search.cost if within is None else within) + kernel.offset) / GRID
        line = (f"{name:34} after about 0.8 s {first:g} ({first / index - 1:+.3%}), after "
                f"{time.perf_counter() - begun:.1f} s {value} ({value / index - 1:+.3%}), {runs} runs")
        if peers:
            line += "".join(f"; {peer} {found} ({found / index - 1:+.1%}) in {took:.1f} s"
                            for peer, (found, took) in run_peers(network, peers).items())
        print(line, flush=True)


def run_peers(network: Network, peers: Path) -> dict[str, tuple[int, float]]:
    """What the peers' programs find, and their wall-clock seconds with reading."""
    found = {}
    with tempfile.TemporaryDirectory() as room:
        ties = zip(network.first, network.second, np.sign(network.weight), strict=True)
        (Path(room) / "ties.txt").write_text("".join(f"{one},{other},{sign}\n" for one, other, sign in ties))
        for program, count in (("graphBplusplus_BFS", "100"), ("GraphL", "2000")):
            begun = time.perf_counter()
            done = subprocess.run([peers.resolve() / program, "ties.txt", count], cwd=room, capture_output=True,
                                  text=True, env={"OMP_NUM_THREADS": "1"}, check=False)
            took = time.perf_counter() - begun
            index = Path(room) / "ties_FrustrationIndex.txt"
            lines = (done.stdout if program == "GraphL" else index.read_text() if index.exists() else "").splitlines()
            said = [int(line.split(":")[1]) for line in lines if line.startswith("Frustration")]
            if said:
                found[program] = (min(said), took)
    return found


def what_if(folder: Path) -> None:
    random = np.random.default_rng(0)
    for name, network in (("cow 96-99", windows(folder)["96-99"]), ("world 2000", years(folder)[2000]),
                          ("two blocs, 5 % against", blocs(random, 200, 2000, 0.05)),
                          ("two blocs, 15 % against", blocs(random, 200, 2000, 0.15))):
        warm = WhatIf(network)
        seconds, anew, unlike = [], [], 0
        weight = 0.0
        for change in range(1000):  # a tie flipped, removed or added by lot, and the next change takes that back
            if change % 2 == 0:
                tie = int(random.integers(network.ties))
                one, other = network.names[network.first[tie]], network.names[network.second[tie]]
                new = (-int(network.weight[tie]), 0)[change // 2 % 2]
                if change // 2 % 3 == 2:
                    one, other = (network.names[at] for at in random.choice(network.size, 2, replace=False))
                    new = int(random.choice([-1, 1]))
                at = network.place(one, other)
                weight = float(network.weight[at]) if at is not None else 0.0
            begun = time.perf_counter()
            found = warm.set(one, other, new if change % 2 == 0 else weight)
            seconds.append(time.perf_counter() - begun)
            cold = frustration(found.network)
            anew.append(cold.seconds)
            unlike += cold.upper_units != found.upper_units or not found.proven or not cold.proven
        print(f"what-if, {name}: {network.ties} ties, 1,000 changes, {unlike} unlike solving anew; median "
              f"{1000 * np.median(seconds):.1f} ms, 95 % under {1000 * np.quantile(seconds, 0.95):.1f} ms; anew median "
              f"{1000 * np.median(anew):.1f} ms, ratio {np.median(anew) / np.median(seconds):.1f}", flush=True)


def blocs(random: np.random.Generator, size: int, ties: int, against: float) -> Network:
    """Two camps by lot, so many ties between any two actors, and a share of them of the wrong sign."""
    camp = random.integers(0, 2, size)
    signs: dict[tuple[int, int], int] = {}
    while len(signs) < ties:
        one, other = sorted(random.choice(size, 2, replace=False).tolist())
        signs[one, other] = (1 if camp[one] == camp[other] else -1) * (-1 if random.random() < against else 1)
    return Network.from_edges([(*pair, sign) for pair, sign in signs.items()])


def draws(folder: Path) -> None:
    network = windows(folder)["96-99"]
    for least in (0.95, 0.8):
        sure = np.random.default_rng(0).uniform(least, 1, network.ties)
        friendly = np.where(network.weight > 0, sure, (1 - sure) / 2)
        hostile = np.where(network.weight < 0, sure, (1 - sure) / 2)
        asked = (network.names, network.first, network.second, friendly, hostile)
        begun = time.perf_counter()
        found = draw(*asked, processes=2)
        seconds = time.perf_counter() - begun
        alone = time.perf_counter()
        draw(*asked, draws=125)
        alone = 8 * (time.perf_counter() - alone)
        low, high = found.interval()
        print(f"draws: 1,000 of {network.size} actors, {network.ties} ties sure by {least:g} to 1: {found.proven} "
              f"proven, index {low:g} to {high:g} in nine of ten; {seconds:.1f} s with two processes, "
              f"{alone:.1f} s with one")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--seconds", type=float, default=900, help="for each network of the part huge")
    options = parser.parse_args()
    folder = options.shared / "data/balance"
    parts: dict[str, Callable[[], None]] = {
        "small": lambda: small(folder), "cow": lambda: cow(folder), "world": lambda: world(folder),
        "strain": lambda: strains(folder), "bitcoin": lambda: exact(folder, BITCOIN, 60),
        "large": lambda: exact(folder, LARGE, 300), "heuristic": lambda: heuristic(folder, options.peers),
        "whatif": lambda: what_if(folder), "draws": lambda: draws(folder),
        "huge": lambda: exact(folder, HUGE, options.seconds),
    }
    for camps in (2, None):  # compile, or load what was compiled
        frustration(windows(folder)["46-49"], camps=camps)
    strain(windows(folder)["46-49"])
    for part in options.parts or [part for part in parts if part != "huge"]:
        parts[part]()


if __name__ == "__main__":
    main()
