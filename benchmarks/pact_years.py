"""Pact-years of the study of strained pacts: units, strain, blocs, and what could explain a dispute besides.

The words, units and rungs are those of the protocol in `docs/strained_pacts.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import cast

import networkx
import numpy as np
from numpy.typing import NDArray

from sides.balance.frustration import frustration
from sides.balance.strain import strain
from world import Pair, Pairs, World, table, whole
from world import pair as pair_of

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

YEARS = range(1816, 2010)
PERIODS = (1816, 1914, 1946, 1990)  # first years
CLIQUE = 4
RUNGS = ("period", "degree", "past disputes", "neighbours in dispute", "triangles", "rivals and majors")


@dataclass(frozen=True, slots=True)
class PactYears:
    """One row a pact without a dispute in its year: shape (r,) each, `states` (r, 2), sorted by year and states."""

    year: Ints
    states: Ints
    change: Ints  # of the frustration index when the tie is flipped: -1 strained, 0 idle, 1 load-bearing
    every: Bools  # cut by every optimal division
    bloc: Ints
    rungs: tuple[Array, ...]  # the columns that each of `RUNGS` adds, (r, k) each
    hostile: Ints  # disputes of the two with third states in the year
    allied: Ints  # pacts of the two

    def features(self, rung: int) -> Array:
        """The columns of a rung and of those above it."""
        return np.column_stack(self.rungs[:rung + 1])

    def only(self, kept: Bools) -> PactYears:
        """The rows where `kept` holds."""
        return PactYears(self.year[kept], self.states[kept], self.change[kept], self.every[kept], self.bloc[kept],
                         tuple(columns[kept] for columns in self.rungs), self.hostile[kept], self.allied[kept])

    def dispute(self, world: World, years: int = 5) -> Bools:
        """(r,) whether the two have a dispute with each other in the next years."""
        return np.array([any(pair in world.disputes.get(year + ahead, ()) for ahead in range(1, years + 1))
                         for year, pair in self.rows()])

    def end_without_dispute(self, world: World, years: int = 5) -> Bools:
        """(r,) whether the pact is gone in one of the next years, both being states in it, and no dispute is in any."""
        gone = np.array([any(pair not in world.pacts.get(year + ahead, ()) and all(
            any(year + ahead in held for held in world.states.get(state, ())) for state in pair)
            for ahead in range(1, years + 1)) for year, pair in self.rows()])
        return gone & ~self.dispute(world, years)

    def rows(self) -> Iterator[tuple[int, Pair]]:
        """Year and states of each row."""
        yield from zip(self.year.tolist(), map(tuple, self.states.tolist()), strict=True)


@dataclass(frozen=True, slots=True)
class Solved:
    """What became of the networks: their number, their indices proven or not, and the pacts left out as unproven."""

    networks: int
    proven: int
    frustration: int
    unproven_pacts: int


def pact_years(world: World, shared: Path, years: Sequence[int] = YEARS) -> tuple[PactYears, Solved]:
    """All units of these years."""
    past, blocs, told = Past(world), bloc_of(world.pacts), Told.read(shared)
    found: list[tuple[int, Pair, int, bool]] = []
    networks = proven = index = unproven = 0
    columns: list[list[list[float]]] = [[] for _ in RUNGS]
    hostile, allied = [], []
    for year in years:
        network = world.network(year)
        if not network.ties:
            continue
        strains = strain(network, base=frustration(network))
        networks, proven, index = networks + 1, proven + strains.base.proven, index + int(strains.base.value)
        around = Around(world.pacts.get(year, frozenset()), world.disputes.get(year, frozenset()))
        for tie in np.flatnonzero(network.weight > 0).tolist():
            pair = int(network.names[network.first[tie]]), int(network.names[network.second[tie]])
            if not strains.proven[tie]:
                unproven += 1
                continue
            found.append((year, pair, int(strains.change[tie]), bool(strains.every[tie])))
            for rung, row in enumerate(explanations(year, pair, around, past, told)):
                columns[rung].append(row)
            hostile.append(sum(len(around.foes[state]) for state in pair))
            allied.append(sum(len(around.allies[state]) for state in pair))
    rows = PactYears(
        np.array([year for year, _, _, _ in found]), np.array([pair for _, pair, _, _ in found]).reshape(-1, 2),
        np.array([change for _, _, change, _ in found]), np.array([every for _, _, _, every in found]),
        np.array([blocs[year, pair] for year, pair, _, _ in found]),
        tuple(np.array(rung, np.float64) for rung in columns), np.array(hostile), np.array(allied))
    return rows, Solved(networks, proven, index, unproven)


class Around:
    """Allies and foes of each state in a year; a dispute wins over a pact."""

    def __init__(self, pacts: frozenset[Pair], disputes: frozenset[Pair]) -> None:
        self.allies: dict[int, set[int]] = defaultdict(set)
        self.foes: dict[int, set[int]] = defaultdict(set)
        for kind, pairs in ((self.allies, pacts - disputes), (self.foes, disputes)):
            for one, other in pairs:
                kind[one].add(other)
                kind[other].add(one)


class Past:
    """Disputes and pacts before a year."""

    def __init__(self, world: World) -> None:
        self.pacts, self.disputes = world.pacts, world.disputes
        self.of_state: dict[tuple[int, int], int] = defaultdict(int)  # dispute dyad-years of a state in a year
        self.of_pair: dict[Pair, list[int]] = defaultdict(list)  # years of dispute
        for year in sorted(self.disputes):
            for pair in self.disputes[year]:
                self.of_pair[pair].append(year)
                for state in pair:
                    self.of_state[state, year] += 1

    def between(self, pair: Pair, year: int, years: int) -> int:
        """Dispute-years of a dyad in so many years before."""
        return sum(year - years <= past < year for past in self.of_pair.get(pair, ()))

    def with_others(self, state: int, pair: Pair, year: int, years: int) -> int:
        """Dispute dyad-years of a state in so many years before, but those of the pair."""
        return (sum(self.of_state.get((state, past), 0) for past in range(year - years, year))
                - self.between(pair, year, years))

    def since(self, pair: Pair, year: int) -> int:
        """Years since the last dispute of a dyad, since 1816 where it had none."""
        return year - max((past for past in self.of_pair.get(pair, ()) if past < year), default=1815)

    def age(self, pair: Pair, year: int) -> int:
        """For how many years on end the two have had a pact, this one included."""
        start = year
        while pair in self.pacts.get(start - 1, ()):
            start -= 1
        return year - start + 1


@dataclass(frozen=True, slots=True)
class Told:
    """Rivalries of dyads and spells of major powers."""

    rivalries: Mapping[Pair, list[range]]
    majors: Mapping[int, list[range]]

    @classmethod
    def read(cls, shared: Path) -> Told:
        """The rivalries of Thompson and Dreyer, and the major powers."""
        folder = shared / "data/balance/world"
        rivalries: dict[Pair, list[range]] = defaultdict(list)
        for row in table(folder / "rivalries_td.csv.gz"):
            rivalries[pair_of(row)].append(range(whole(row["styear"]), whole(row["endyear"]) + 1))
        majors: dict[int, list[range]] = defaultdict(list)
        for row in table(folder / "major_powers.csv.gz"):
            majors[whole(row["ccode"])].append(range(whole(row["styear"]), whole(row["endyear"]) + 1))
        return cls(rivalries, majors)


def explanations(year: int, pair: Pair, around: Around, past: Past, told: Told) -> Iterator[list[float]]:
    """The columns that each rung of the protocol adds, for one pact-year."""
    (one, other), allies, foes = pair, around.allies, around.foes
    yield [float(year >= first) for first in PERIODS[1:]]
    yield both(len(allies[one]), len(allies[other]))
    since = past.since(pair, year) / 10
    yield [float(np.log1p(past.between(pair, year, 10))), since, since ** 2, since ** 3,
           *both(*(past.with_others(state, pair, year, 5) for state in pair)),
           *both(*(past.with_others(state, pair, year, 10) for state in pair)),
           float(np.log1p(past.age(pair, year)))]
    yield [*both(len(foes[one]), len(foes[other])), float(bool(foes[one] or foes[other]))]
    unbalanced = len(allies[one] & foes[other]) + len(allies[other] & foes[one])
    yield [float(np.log1p(unbalanced)), float(unbalanced > 0), float(np.log1p(len(foes[one] & foes[other]))),
           float(np.log1p(len(allies[one] & allies[other])))]
    yield [float(any(year in span for span in told.rivalries.get(pair, ()))),
           float(sum(any(year in span for span in told.majors.get(state, ())) for state in pair))]


def both(one: int, other: int) -> list[float]:
    """A count of either state: log(1 + count) of the lesser and of the greater."""
    return [float(np.log1p(min(one, other))), float(np.log1p(max(one, other)))]


def bloc_of(pacts: Pairs) -> dict[tuple[int, Pair], int]:
    """The bloc of each pact in each year: communities of the graph of pacts, carried on from year to year."""
    found: dict[tuple[int, Pair], int] = {}
    alone: dict[Pair, int] = {}
    before: dict[int, frozenset[Pair]] = {}
    blocs = 0
    for year in sorted(pacts):
        held = pacts[year]
        groups = [frozenset(pair for pair in combinations(sorted(group), 2) if pair in held)
                  for group in sorted(map(sorted, communities(held)))]
        shared = sorted((-len(groups[at] & ties), bloc, at) for bloc, ties in before.items()
                        for at in range(len(groups)) if groups[at] & ties)
        taken: dict[int, int] = {}
        for _, bloc, at in shared:
            if at not in taken and bloc not in taken.values():
                taken[at] = bloc
        for at in range(len(groups)):
            if at not in taken:
                taken[at], blocs = blocs, blocs + 1
        before = {taken[at]: groups[at] for at in range(len(groups))}
        for at in sorted(taken, key=lambda at: (-len(groups[at]), taken[at]), reverse=True):
            found.update({(year, pair): taken[at] for pair in groups[at]})
        for pair in sorted(held):
            if (year, pair) not in found:
                if pair not in alone:
                    alone[pair], blocs = blocs, blocs + 1
                found[year, pair] = alone[pair]
    return found


def communities(pairs: frozenset[Pair]) -> list[frozenset[int]]:
    """The groups of states that overlapping cliques of four hold together (Palla et al. 2005)."""
    graph = networkx.Graph(sorted(pairs))
    return cast(list[frozenset[int]], list(networkx.community.k_clique_communities(graph, CLIQUE)))
