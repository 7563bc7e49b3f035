"""The world's states as signed networks, a year each, 1816-2014: pacts and disputes.

    python benchmarks/world.py SHARED

A pact is a defence or offence obligation (ATOP 5.1), +1; a dispute a militarized interstate dispute that goes on in the
year (Correlates of War), -1, which wins where both hold. States are their Correlates of War numbers; those without any
tie are no actors of their year. Prints how many actors, ties and hostile ties each year has, and exits 1 where they
differ from `expected.csv`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sides.balance.network import Network

YEARS = range(1816, 2015)  # those of the disputes; pacts go on to 2018

Pair = tuple[int, int]  # two states by their numbers, the lower first
Pairs = Mapping[int, frozenset[Pair]]  # by year


@dataclass(frozen=True, slots=True)
class World:
    """Who had a pact and who had a dispute in each year, and the years in which each state was one."""

    pacts: Pairs
    disputes: Pairs
    states: Mapping[int, tuple[range, ...]]

    @classmethod
    def read(cls, shared: Path) -> World:
        """The tables of `SHARED/data/balance/world`."""
        folder = shared / "data/balance/world"
        pacts: dict[int, set[Pair]] = defaultdict(set)
        for row in table(folder / "atop_alliance.csv.gz"):
            if float(row["atop_defense"]) or float(row["atop_offense"]):
                pacts[whole(row["year"])].add(pair(row))
        disputes: dict[int, set[Pair]] = defaultdict(set)
        for row in table(folder / "mid_dyad_years.csv.gz"):
            if float(row["cowmidongoing"]):
                disputes[whole(row["year"])].add(pair(row))
        states: dict[int, list[range]] = defaultdict(list)
        for row in table(folder / "states.csv.gz"):
            states[whole(row["ccode"])].append(range(whole(row["styear"]), whole(row["endyear"]) + 1))
        return cls({year: frozenset(found) for year, found in pacts.items()},
                   {year: frozenset(found) for year, found in disputes.items()},
                   {state: tuple(sorted(held, key=lambda years: years.start)) for state, held in states.items()})

    def network(self, year: int) -> Network:
        """The signed network of a year."""
        reports = [(one, other, 1) for one, other in self.pacts.get(year, ())]
        reports += [(one, other, -1) for one, other in self.disputes.get(year, ())]
        return Network.from_edges(reports, conflicts="negative")


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a compressed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def whole(number: str) -> int:
    """A whole number that the table writes with a point."""
    return int(float(number))


def pair(row: Mapping[str, str]) -> Pair:
    """The two states of a row."""
    one, other = whole(row["ccode1"]), whole(row["ccode2"])
    return min(one, other), max(one, other)


def expected(shared: Path) -> dict[int, dict[str, int]]:
    """Of each year: actors `n`, ties `m`, hostile ties `neg` and the proven two-camp `frustration`."""
    with (shared / "data/balance/world/expected.csv").open(encoding="utf-8", newline="") as lines:
        return {int(row["year"]): {name: int(row[name]) for name in ("n", "m", "neg", "frustration")}
                for row in csv.DictReader(lines)}


def main() -> int:
    """Print the years, and tell where they are not as expected."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("shared", type=Path)
    given = arguments.parse_args()
    world, known, wrong = World.read(given.shared), expected(given.shared), 0
    print("year  actors  ties  hostile")
    for year in YEARS:
        network = world.network(year)
        found = {"n": network.size, "m": network.ties, "neg": int((network.weight < 0).sum())}
        differs = {name for name in found if found[name] != known[year][name]}
        wrong += bool(differs)
        print(f"{year}{found['n']:>8}{found['m']:>6}{found['neg']:>9}",
              "".join(f"  expected {name} {known[year][name]}" for name in sorted(differs)))
    print(f"{len(YEARS)} years, {wrong} not as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
