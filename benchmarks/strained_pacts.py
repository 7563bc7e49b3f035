"""Do strained pacts turn into disputes? The study of `docs/strained_pacts.md`, as its protocol has it.

    python benchmarks/strained_pacts.py SHARED [--list]

`--list` names each strained pact-year that a dispute followed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np

from clustered import (
    DRAWS,
    Array,
    Bools,
    Fit,
    Ints,
    Ranking,
    Summing,
    by_group,
    by_member,
    by_two,
    draws,
    fit,
    interval,
    middle95,
    redrawn,
)
from pact_years import PERIODS, RUNGS, YEARS, PactYears, Solved, pact_years
from world import World

PRIMARY = 3  # the rung of the primary number
HORIZON, SPAN = 5, 5
SHUFFLES = 10_000
WARS = (range(1914, 1919), range(1939, 1946))
MOST = 1000
DEGREES = ((1, 5), (5, 15), (15, MOST))
CLASSES = (("strained", -1), ("idle", 0), ("load-bearing", 1))


@dataclass(frozen=True, slots=True)
class Study:
    """The units, whether a dispute followed, and the ways in which units may depend on each other."""

    rows: PactYears
    dispute: Bools

    @property
    def strained(self) -> Bools:
        """Rows of strained pacts."""
        return self.rows.change < 0

    @property
    def bearing(self) -> Bools:
        """Rows of load-bearing pacts."""
        return self.rows.change > 0

    @property
    def dyads(self) -> Ints:
        """A number a dyad."""
        return self.rows.states[:, 0] * 1000 + self.rows.states[:, 1]

    def dependences(self) -> dict[str, Summing]:
        """The variance of a figure under each assumption of what depends on what."""
        return {"none": lambda influence: float((influence ** 2).sum()), "dyad": by_group(self.dyads),
                "state": by_member(self.rows.states), "bloc": by_group(self.rows.bloc),
                "bloc, span": by_two(self.rows.bloc, (self.rows.year - YEARS.start) // SPAN)}

    def only(self, kept: Bools) -> Study:
        """The rows where `kept` holds."""
        return Study(self.rows.only(kept), self.dispute[kept])

    def exposed(self, rung: int, *, by_optimum: bool = False) -> Array:
        """The columns of a rung behind those of strain: strained (or cut by every, by some optimum), idle."""
        every = self.strained & self.rows.every
        first = [every, self.strained & ~every] if by_optimum else [self.strained]
        return np.column_stack([*first, self.rows.change == 0, self.rows.features(rung)]).astype(float)


def bounds(low: float, high: float) -> str:
    """An interval, as text; `undefined` where a two-way variance is not positive, as may be with few groups."""
    return "undefined" if np.isnan(low) else f"{low:.2f}-{high:.2f}"


def describe(study: Study, solved: Solved) -> None:
    """How much there is of everything."""
    rows = study.rows
    print(f"{solved.networks} networks, {solved.proven} proven, frustration {solved.frustration} in all; "
          f"{solved.unproven_pacts} pacts left out as unproven")
    sizes, weights = np.bincount(rows.bloc), np.bincount(rows.bloc, study.strained)
    print(f"{len(rows.year)} pact-years of {len(np.unique(study.dyads))} dyads and {len(np.unique(rows.states))} "
          f"states, {rows.year.min()}-{rows.year.max()}; {int((sizes > 0).sum())} blocs, of which "
          f"{int((sizes >= 100).sum())} with 100 pact-years or more; the heaviest has {sizes.max() / sizes.sum():.1%} "
          f"of all pact-years, and the heaviest of strained ones {weights.max() / weights.sum():.1%} of those "
          f"({int((weights > 0).sum())} blocs have any)")


def risks(study: Study, world: World) -> None:
    """Both outcomes by class of strain."""
    ended, every = study.rows.end_without_dispute(world), study.rows.every
    print(f"\n{'':<32}{'pact-years':>10}{'dyads':>7}{'dispute':>9}{'risk':>7}{'dyads':>7}{'ended':>7}{'risk':>7}")
    kinds = [(name, study.rows.change == change) for name, change in CLASSES]
    kinds[1:1] = [("  cut by every optimum", study.strained & every), ("  by some", study.strained & ~every)]
    for name, kind in [*kinds, ("all", np.ones(len(every), bool))]:
        count, hit = max(1, int(kind.sum())), kind & study.dispute
        print(f"{name:<32}{int(kind.sum()):>10}{len(np.unique(study.dyads[kind])):>7}{int(hit.sum()):>9}"
              f"{hit.sum() / count:>7.1%}{len(np.unique(study.dyads[hit])):>7}{int((kind & ended).sum()):>7}"
              f"{(kind & ended).sum() / count:>7.1%}")
    for name, outcome in (("dispute", study.dispute), ("end without dispute", ended)):
        ratios(name, Study(study.rows, outcome))


def ratios(name: str, study: Study) -> None:
    """The crude risk ratio under every dependence, and that within years."""
    parts = [(kind, float(study.dispute[kind].mean())) for kind in (study.strained, study.bearing)]
    effect = float(np.log(parts[0][1] / parts[1][1]))
    influence = sum(sign * kind * (study.dispute - risk) / (kind.sum() * risk)
                    for sign, (kind, risk) in zip((1, -1), parts, strict=True))
    drawn = np.array([(crude(study, weight), within_years(study, weight)) for weight in draws(study.rows.bloc)])
    intervals = "; ".join(f"{by} {bounds(*interval(effect, variance(np.asarray(influence))))}"
                          for by, variance in study.dependences().items())
    print(f"risk ratio of {name}, strained against load-bearing: {exp(effect):.2f}; {intervals}; "
          f"bloc bootstrap {bounds(*middle95(drawn[:, 0]))} ({int(np.isnan(drawn[:, 0]).sum())} draws without a ratio)")
    print(f"  within years: {within_years(study, np.ones(len(study.dispute))):.2f}, "
          f"bloc bootstrap {bounds(*middle95(drawn[:, 1]))} ({int(np.isnan(drawn[:, 1]).sum())} draws without)")


def crude(study: Study, weight: Array) -> float:
    """The risk ratio of weighted rows; no number where a class has no row or no dispute."""
    risk = [(weight * kind * study.dispute).sum() / total if (total := (weight * kind).sum()) else np.nan
            for kind in (study.strained, study.bearing)]
    return float(risk[0] / risk[1]) if risk[1] else float("nan")


def within_years(study: Study, weight: Array) -> float:
    """The risk ratio of weighted rows with years as strata (Mantel and Haenszel)."""
    year = study.rows.year - YEARS.start

    def sums(kind: Bools) -> Array:
        return np.bincount(year, weight * kind, len(YEARS)).astype(float)

    strained, bearing = sums(study.strained), sums(study.bearing)
    total = np.maximum(strained + bearing, 1)
    under = (sums(study.bearing & study.dispute) * strained / total).sum()
    over = (sums(study.strained & study.dispute) * bearing / total).sum()
    return float(over / under) if under else float("nan")


def ladder(study: Study) -> None:
    """The odds ratios at every rung, under every dependence, and the likelihood ratio of adding strain."""
    dependences = study.dependences()
    print(f"\nodds ratios of a dispute against load-bearing pacts, 95 %\n{'':<37}{'ratio':>6}",
          *(f"{name:>12}" for name in dependences), f"{'bootstrap':>12}{'likelihood ratio':>18}")
    for rung, name in enumerate(RUNGS):
        with_strain, without = fit(study.exposed(rung), study.dispute), fit(study.rows.features(rung), study.dispute)
        gain = 2 * (with_strain.log_likelihood - without.log_likelihood)
        told = f"{gain:>10.1f} on 2"
        show(f"{rung} {name}", with_strain, {0: "strained", 1: "idle"}, dependences, study, told)
        if rung == PRIMARY:
            apart = fit(study.exposed(rung, by_optimum=True), study.dispute)
            show(f"{rung} {name}", apart, {0: "every", 1: "some"}, dependences, study, "")


def show(name: str, fitted: Fit, columns: Mapping[int, str], dependences: Mapping[str, Summing], study: Study,
         told: str) -> None:
    """A line a column of strain."""
    drawn = redrawn(fitted, study.rows.bloc, list(columns))
    for number, (column, kind) in enumerate(columns.items()):
        mark = " <- primary" if name.startswith(str(PRIMARY)) and kind == "strained" else ""
        print(f"{name + ', ' + kind:<37}{ratio(fitted, column, dependences)}"
              f"{bounds(*middle95(np.exp(drawn[:, number]))):>13}{told if number == 0 else '':>18}{mark}")


def ratio(fitted: Fit, column: int, dependences: Mapping[str, Summing]) -> str:
    """The odds ratio of a class with its intervals; none where no dispute followed, as there is no estimate then."""
    if not fitted.outcome[fitted.design[:, column + 1] > 0].any():
        return f"{0:>6.2f}{'no dispute':>13}" + " " * 13 * (len(dependences) - 1)
    effect, influence = fitted.effect(column), fitted.influence(column)
    intervals = (f"{bounds(*interval(effect, variance(influence))):>13}" for variance in dependences.values())
    return f"{exp(effect):>6.2f}" + "".join(intervals)


def out_of_sample(study: Study) -> None:
    """Decades predicted from others: each rung with and without strain, and rules of thumb."""
    rows, ones = study.rows, np.ones(len(study.dispute))
    print(f"\ndecades left out{'':<28}{'AUC':>7}{'Brier':>9}{'AUC + strain':>15}{'gain':>9}{'95 %':>18}"
          f"{'Brier + strain':>16}{'gain':>10}{'95 %':>22}")
    for rung, name in enumerate(RUNGS):
        plain, strained = (predicted(study, features) for features in (rows.features(rung), study.exposed(rung)))
        rankings = Ranking(plain, study.dispute), Ranking(strained, study.dispute)
        losses = (plain - study.dispute) ** 2, (strained - study.dispute) ** 2
        drawn = np.array([(rankings[1].area(weight) - rankings[0].area(weight),
                           np.average(losses[0] - losses[1], weights=weight)) for weight in draws(rows.bloc)])
        areas, briers = [ranking.area(ones) for ranking in rankings], [float(loss.mean()) for loss in losses]
        (low, high), (worse, better) = middle95(drawn[:, 0]), middle95(drawn[:, 1])
        print(f"{f'{rung} {name}':<44}{areas[0]:>7.3f}{briers[0]:>9.5f}{areas[1]:>15.3f}{areas[1] - areas[0]:>+9.3f}"
              f"{f'{low:+.3f} to {high:+.3f}':>18}{briers[1]:>16.5f}{briers[0] - briers[1]:>+10.5f}"
              f"{f'{worse:+.5f} to {better:+.5f}':>22}")
    rules = {"strain alone (-1, 0, +1)": -rows.change.astype(float),
             "strained or not": study.strained.astype(float),
             "has an unbalanced triangle": rows.rungs[4][:, 1],
             "either has a dispute with a third state": rows.rungs[3][:, 2]}
    for name, score in rules.items():
        ranking = Ranking(score, study.dispute)
        areas = [ranking.area(weight) for weight in draws(rows.bloc)]
        print(f"{name:<44}{ranking.area(ones):>7.3f}   {bounds(*middle95(np.array(areas)))}")


def predicted(study: Study, features: Array) -> Array:
    """(r,) the chance of a dispute, each decade by the pact-years whose five years do not touch those of its own."""
    year, chances = study.rows.year, np.zeros(len(study.dispute))
    for decade in sorted(set((year // 10 * 10).tolist())):
        held = (year >= decade) & (year < decade + 10)
        known = (year + HORIZON < decade) | (year > decade + 9 + HORIZON)
        chances[held] = fit(features[known], study.dispute[known]).chances(features[held])
    return chances


def permutation(study: Study) -> None:
    """Strain shuffled among like pacts of a year: exact for the statistic, which is hypergeometric in each stratum."""
    rows, generator = study.rows, np.random.default_rng(0)
    print(f"\nstrain shuffled within year, hostile and allied degree ({SHUFFLES} times)\n"
          "years         strained with a dispute   mean of shuffles   p")
    hostile = np.digitize(rows.hostile, [1, 2, 4])
    allied = np.zeros(len(rows.year), np.int64)
    for year in np.unique(rows.year):
        here = rows.year == year
        allied[here] = np.searchsorted(np.quantile(rows.allied[here], [1 / 3, 2 / 3]), rows.allied[here])
    stratum = (rows.year * 4 + hostile) * 3 + allied
    for start in range(SPAN):
        in_years = (rows.year - YEARS.start) % SPAN == start
        totals = np.zeros(SHUFFLES, np.int64)
        for each in np.unique(stratum[in_years & study.strained]):
            here = stratum == each
            disputes, size = int(study.dispute[here].sum()), int(here.sum())
            totals += generator.hypergeometric(disputes, size - disputes, int(study.strained[here].sum()), SHUFFLES)
        reached = int((in_years & study.strained & study.dispute).sum())
        p = (1 + int((totals >= reached).sum())) / (1 + SHUFFLES)
        print(f"{YEARS.start + start}, +{SPAN}, ... {reached:>24}{totals.mean():>19.2f}   {p:.4f}")


def robustness(study: Study, world: World) -> None:
    """The primary rung on other units and horizons."""
    print(f"\nodds ratio of strained at rung {PRIMARY}{'':<20}{'pact-years':>10}{'strained':>10}{'disputes':>10}"
          f"{'ratio':>7}", *(f"{name:>12}" for name in study.dependences()))
    year = study.rows.year
    cases = [(f"{first}-{last - 1}", study.only((year >= first) & (year < last)), 1)
             for first, last in zip(PERIODS, (*PERIODS[1:], YEARS.stop), strict=True)]
    touching = np.array([any(at + ahead in war for war in WARS for ahead in range(1, HORIZON + 1))
                         for at in year.tolist()])
    early = study.rows.only(year <= 2004)
    cases += [("without the world wars", study.only(~touching), 0),
              ("no dispute of the two in ten years", study.only(study.rows.rungs[2][:, 0] == 0), 0),
              ("within 1 year", Study(study.rows, study.rows.dispute(world, 1)), 0),
              ("within 10 years, 1816-2004", Study(early, early.dispute(world, 10)), 0)]
    for name, part, first_rung in cases:
        features = np.column_stack([part.strained, part.rows.change == 0, *part.rows.rungs[first_rung:PRIMARY + 1]])
        fitted = fit(features.astype(float), part.dispute)
        hits = int((part.strained & part.dispute).sum())
        print(f"{name:<51}{len(part.dispute):>10}{int(part.strained.sum()):>10}{hits:>10} "
              + ratio(fitted, 0, part.dependences()))


def by_degree(study: Study) -> None:
    """Risk by class of strain among pacts whose lesser state has few or many pacts; added after the first run."""
    lesser = np.round(np.expm1(study.rows.rungs[1][:, 0])).astype(int)
    print(f"\nafter the run: disputes / pact-years by pacts of the lesser state\n{'':<14}", end="")
    print("".join(f"{f'{low}-{high - 1}' if high < MOST else f'{low} or more':>26}" for low, high in DEGREES))
    for name, change in CLASSES:
        cells = []
        for low, high in DEGREES:
            kind = (study.rows.change == change) & (lesser >= low) & (lesser < high)
            hits = int((kind & study.dispute).sum())
            cells.append(f"{f'{hits} / {int(kind.sum())}':>16} = {hits / max(1, int(kind.sum())):>7.1%}")
        print(f"{name:<14}", *cells, sep="")


def listed(study: Study, world: World) -> Iterator[str]:
    """Each strained pact-year that a dispute followed, with the year of the dispute."""
    hits = study.only(study.strained & study.dispute)
    for (year, pair), every in zip(hits.rows.rows(), hits.rows.every, strict=True):
        then = next(at for at in range(year + 1, year + HORIZON + 1) if pair in world.disputes.get(at, ()))
        yield f"{year} {pair[0]}-{pair[1]} dispute {then}, cut by {'every optimum' if every else 'some'}"


def main() -> None:
    """Run the study and print its tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--list", action="store_true", help="name the strained pact-years that a dispute followed")
    given = arguments.parse_args()
    world = World.read(given.shared)
    rows, solved = pact_years(world, given.shared)
    study = Study(rows, rows.dispute(world, HORIZON))
    describe(study, solved)
    risks(study, world)
    ladder(study)
    out_of_sample(study)
    permutation(study)
    robustness(study, world)
    by_degree(study)
    print(f"\nbloc bootstrap: {DRAWS} draws")
    if given.list:
        print(*listed(study, world), sep="\n")


if __name__ == "__main__":
    main()
