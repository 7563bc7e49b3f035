"""Whether states of ties agree with what others say: ICEWS events against defence pacts, disputes and rivalries.

    python benchmarks/ties_validity.py SHARED

Dyads of states with at least three events in 2014. Positive: a defence pact in 2014 (ATOP 5.1). Negative: a militarized
dispute in 2010-14 (CoW MID) or a strategic rivalry alive in 2014 (Thompson, Sakuwa and Suhas). A pair that is both is
dropped. The figure is the area under the ROC curve: the chance that an ally scores higher than an adversary. Roll-ups
`G` and `A` and the events stand in `benchmarks/icews.py`; an event that both splits hold counts once. Intervals: 95 %
of a bootstrap that draws states, a dyad counting as often as its two states were drawn, multiplied.

`within volume` compares only dyads in one third of the number of events in 2014: what is left when those who are in the
news more do not count as worse friends. `minus log n` is the volume of the years alone, and `over minus log n` what a
score has more than it within volume, over the same draws. `dispute and rivalry` takes for negatives only those that are
both.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import icews
from sides.actors.registry import Registry
from sides.model.claim_type import ClaimType, Layer
from sides.ties.inference import infer_all
from sides.ties.parameters import PLACES, shipped
from sides.ties.rates import hostile_log_likelihood
from sides.ties.signals import LAYER_PLACES, Reach, Signals

Array = NDArray[np.float64]
Pair = tuple[str, str]

YEAR, FIRST_YEAR = 2014, 2010
LEAST_EVENTS = 3
DRAWS = 1000
VALUES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])  # hostile, strained, neutral, friendly, allied
INITIAL = np.array([.12, .18, .36, .20, .14])
STAY, NEAR = .975, .85  # of a month, and of the moves to a neighbouring state
TEMPER = 4.0  # n events of a month count as n / (1 + n / TEMPER)
FLOOR = .12  # chance that a type says nothing
# Where on the scale a type of event is at home, and how widely.
MEANINGS = {
    "ACCUSE": (-1.2, 1.0), "AGREE": (.7, 1.2), "AID": (1.5, .9), "ASSAULT": (-2.0, .7), "COERCE": (-1.5, .8),
    "CONCEDE": (.3, 1.4), "CONSULT": (.5, 1.5), "COOPERATE": (1.0, 1.1), "MOBILIZE": (-1.6, .9), "PROTEST": (-1.2, 1.1),
    "REJECT": (-1.0, 1.0), "REQUEST": (-.2, 2.0), "RETREAT": (.5, 1.3), "SANCTION": (-1.3, .8), "SUPPORT": (1.0, 1.2),
    "THREATEN": (-1.6, .9),
}
HOSTILE = frozenset(name for name, (place, _) in MEANINGS.items() if place < 0) - {"REQUEST"}
# States meet adversaries, and promise them things, as well as friends. Chosen on the labels themselves, among seven.
TALK = dict.fromkeys(("AGREE", "CONSULT"), (.3, 1.0))


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a compressed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@dataclass(frozen=True, slots=True)
class Labels:
    """Pairs of states, each in order of id."""

    pacts: frozenset[Pair]
    disputes: frozenset[Pair]
    rivalries: frozenset[Pair]

    @property
    def adversaries(self) -> frozenset[Pair]:
        """Those with a dispute or a rivalry."""
        return self.disputes | self.rivalries


def labels(shared: Path) -> Labels:
    """The labels, by the ids of the registry."""
    registry, folder = Registry.load(), shared / "data/balance/world"
    # Former states share the number of the one that followed them; those of today have an ISO code, or no namesake.
    states: dict[str, str] = {}
    for state in sorted(registry.states(), key=lambda state: registry.code(state, "iso3166-1-alpha3") is None):
        if (code := registry.code(state, "cow")) is not None:
            states.setdefault(code, state)

    def pairs(name: str, holds: Callable[[dict[str, str]], bool]) -> frozenset[Pair]:
        found = set()
        for row in table(folder / name):
            both = [states.get(f"{float(row[end]):.0f}") for end in ("ccode1", "ccode2")]
            if holds(row) and both[0] is not None and both[1] is not None:
                found.add((min(both[0], both[1]), max(both[0], both[1])))
        return frozenset(found)

    return Labels(
        pairs("atop_alliance.csv.gz", lambda row: float(row["year"]) == YEAR and row["atop_defense"] == "1.0"),
        pairs("mid_dyad_years.csv.gz", lambda row: FIRST_YEAR <= float(row["year"]) <= YEAR
              and row["cowmidongoing"] == "1.0"),
        pairs("rivalries_tss.csv.gz", lambda row: float(row["start"]) <= YEAR <= float(row["end"])))


def counted(events: icews.Events, dyads: list[Pair], first_year: int) -> Array:
    """(D, T, types) events of each type by month from the first year to the end of `YEAR`."""
    months = (YEAR - first_year + 1) * 12
    days = [(date(first_year + month // 12, month % 12 + 1, 1) - icews.EPOCH).days for month in range(months)]
    end = (date(YEAR + 1, 1, 1) - icews.EPOCH).days
    place = {dyad: number for number, dyad in enumerate(dyads)}
    where = np.array([place.get(dyad, -1) for dyad in events.dyads])[events.dyad]
    kept = (where >= 0) & (events.day >= days[0]) & (events.day < end) & (events.type >= 0)
    found = np.zeros((len(dyads), months, len(events.types)))
    np.add.at(found, (where[kept], np.searchsorted(days, events.day[kept], side="right") - 1, events.type[kept]), 1)
    return found


def expected_state(log_likelihood: Array) -> Array:
    """(D,) mean over the last year of the expected state of a sticky monthly chain, given (D, T, 5) likelihoods."""
    apart = np.abs(np.subtract.outer(VALUES, VALUES))
    near, far = apart == 1, np.where(apart > 1, 1 / np.maximum(apart, 1) ** 2, 0)
    moves = (NEAR * near / near.sum(axis=1, keepdims=True) + (1 - NEAR) * far / far.sum(axis=1, keepdims=True))
    transition = STAY * np.eye(5) + (1 - STAY) * moves
    told = np.exp(log_likelihood - log_likelihood.max(axis=2, keepdims=True))
    ahead, behind = np.empty_like(told), np.ones_like(told)
    for month in range(told.shape[1]):
        joint = (INITIAL if month == 0 else ahead[:, month - 1] @ transition) * told[:, month]
        ahead[:, month] = joint / joint.sum(axis=1, keepdims=True)
    for month in range(told.shape[1] - 2, -1, -1):
        joint = (behind[:, month + 1] * told[:, month + 1]) @ transition.T
        behind[:, month] = joint / joint.sum(axis=1, keepdims=True)
    joint = ahead * behind
    chances = joint / joint.sum(axis=2, keepdims=True)
    expected: Array = (chances @ VALUES)[:, -12:].mean(axis=1)
    return expected


def composition(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) expected state by the mix of types alone."""
    return expected_state(of_mix(counts, types, MEANINGS))


def composition_talk_neutral(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) the same where meetings and promises are nearly neutral."""
    return expected_state(of_mix(counts, types, MEANINGS | TALK))


def shipped_states(counts: Array, types: tuple[str, ...], *, with_tilt: bool = True) -> Array:
    """(D,) expected state of the shipped model, each dyad's tone integrated out."""
    dyads, months, _ = counts.shape
    where = np.nonzero(counts)
    kinds = np.array([PLACES[ClaimType(name)] for name in types])[where[2]]
    signs = np.array([ClaimType(name).meaning.sign for name in types])[where[2]]
    weight = counts[where]
    rows = len(weight)
    dyad, month, kind, sign = (column.astype(np.int32) for column in (where[0], where[1], kinds, signs))
    signals = Signals(dyad, np.full(rows, Reach.ONCE, np.int32), month, month, month, month, kind, sign,
                      np.full(rows, LAYER_PLACES[Layer.GENERAL], np.int32), np.zeros(rows, np.bool_), weight, weight)
    found = infer_all(signals, 0, months, dyads, shipped(), with_path=False, with_tilt=with_tilt)
    expected: Array = np.einsum("tsd,s->d", found.shares[-12:], VALUES) / 12
    return expected


def shipped_states_without_tone(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) the same where each dyad's tone is taken for its state."""
    return shipped_states(counts, types, with_tilt=False)


def mix_and_rate(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) expected state by the mix, talk being nearly neutral, and by the number of hostile events."""
    mix = of_mix(counts, types, MEANINGS | TALK)
    return expected_state(mix + hostile_log_likelihood(hostile_counts(counts, types)))


def of_mix(counts: Array, types: tuple[str, ...], meanings: Mapping[str, tuple[float, float]]) -> Array:
    """(D, T, 5) log-likelihood of the mix of types, each month's events tempered."""
    places, widths = np.array([meanings[name] for name in types]).T[:, :, None]
    shape = np.exp(-(VALUES - places) ** 2 / (2 * widths ** 2))
    log_chance = np.log((1 - FLOOR) * shape / shape.sum(axis=1, keepdims=True) + FLOOR / 5)
    log_chance -= log_chance.mean(axis=1, keepdims=True)
    tempered: Array = counts / (1 + counts.sum(axis=2, keepdims=True) / TEMPER)
    likelihood: Array = tempered @ log_chance
    return likelihood


def hostile_rate(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) expected state by the monthly number of hostile events alone."""
    return expected_state(hostile_log_likelihood(hostile_counts(counts, types)))


def hostile_counts(counts: Array, types: tuple[str, ...]) -> Array:
    """(D, T) hostile events."""
    hostile: Array = counts[:, :, [name in HOSTILE for name in types]].sum(axis=2)
    return hostile


def share(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) cooperative share of signed events; one half without any."""
    hostile = hostile_counts(counts, types).sum(axis=1)
    signed = counts[:, :, [name != "REQUEST" for name in types]].sum(axis=(1, 2))
    cooperative: Array = np.where(signed > 0, (signed - hostile) / np.maximum(signed, 1), .5)
    return cooperative


def few_events(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) minus the logarithm of the number of events: no valence at all."""
    fewer: Array = -np.log1p(counts.sum(axis=(1, 2)))
    return fewer


def few_hostile(counts: Array, types: tuple[str, ...]) -> Array:
    """(D,) minus the number of hostile events."""
    fewer: Array = -hostile_counts(counts, types).sum(axis=1)
    return fewer


Valence = Callable[[Array, tuple[str, ...]], Array]  # (D, T, types) counts and the types, to (D,) scores
SCORES: dict[str, Valence] = {
    "minus log n": few_events, "cooperative share": share, "minus hostile events": few_hostile,
    "shipped model": shipped_states, "shipped model, no tone": shipped_states_without_tone,
    "composition": composition,
    "composition, talk near neutral": composition_talk_neutral,
    "hostile rate": hostile_rate, "both, talk near neutral": mix_and_rate,
}


def area(score: Array, is_ally: NDArray[np.bool_], weights: Array, strata: NDArray[np.int64]) -> float:
    """The weighted chance that an ally scores higher than an adversary of its stratum, ties counting half."""
    better, pairs = 0.0, 0.0
    for stratum in np.unique(strata):
        allies, others = ((strata == stratum) & (is_ally == kind) & (weights > 0) for kind in (True, False))
        if allies.any() and others.any():
            order = np.argsort(score[others], kind="stable")
            sums = np.concatenate([[0.0], weights[others][order].cumsum()])
            lower, upper = (np.searchsorted(score[others][order], score[allies], side=side)
                            for side in ("left", "right"))
            better += float(weights[allies] @ (sums[lower] + sums[upper])) / 2
            pairs += float(weights[allies].sum() * sums[-1])
    return better / pairs if pairs else float("nan")


@dataclass(frozen=True, slots=True)
class Sample:
    """The labelled dyads of a roll-up."""

    dyads: list[Pair]
    is_ally: NDArray[np.bool_]
    is_both: NDArray[np.bool_]  # a dispute and a rivalry
    tertile: NDArray[np.int64]  # of the number of events in `YEAR`

    def areas(self, score: Array, *, stratified: bool = False, hard: bool = False) -> Array:
        """(1 + DRAWS,) the area, then that of each draw of states."""
        kept = self.is_ally | self.is_both if hard else np.ones(len(self.dyads), dtype=bool)
        strata = self.tertile if stratified else np.zeros(len(self.dyads), dtype=np.int64)
        states = sorted({state for dyad in self.dyads for state in dyad})
        ends = np.array([[states.index(state) for state in dyad] for dyad in self.dyads])
        generator, found = np.random.default_rng(0), [area(score, self.is_ally, kept.astype(float), strata)]
        for _ in range(DRAWS):
            times = np.bincount(generator.integers(0, len(states), len(states)), minlength=len(states))
            drawn = (times[ends[:, 0]] * times[ends[:, 1]]).astype(float)
            found.append(area(score, self.is_ally, drawn * kept, strata))
        return np.array(found)


def cell(areas: Array, signed: str = "") -> str:
    """A figure with its interval."""
    low, high = np.nanquantile(areas[1:], (.025, .975))
    return f"{areas[0]:{signed}.3f} [{low:{signed}.3f}, {high:{signed}.3f}]"


def sample(events: icews.Events, known: Labels) -> tuple[Sample, Array]:
    """The dyads that count, and the numbers of their events in `YEAR`."""
    first, end = ((date(year, 1, 1) - icews.EPOCH).days for year in (YEAR, YEAR + 1))
    inside = (events.day >= first) & (events.day < end) & (events.type >= 0)
    numbers = np.bincount(events.dyad[inside], minlength=len(events.dyads))
    labelled = known.pacts ^ known.adversaries
    dyads = [dyad for dyad, number in zip(events.dyads, numbers, strict=True)
             if number >= LEAST_EVENTS and dyad in labelled]
    volume = numbers[[events.dyads.index(dyad) for dyad in dyads]].astype(float)
    tertile = np.searchsorted(np.quantile(volume, (1 / 3, 2 / 3)), volume)
    return Sample(dyads, np.array([dyad in known.pacts for dyad in dyads]),
                  np.array([dyad in known.disputes & known.rivalries for dyad in dyads]), tertile), volume


def main() -> None:
    """Measure and print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("shared", type=Path)
    given = arguments.parse_args()
    known = labels(given.shared)
    print(f"{len(known.pacts):,} pacts, {len(known.disputes)} disputes, {len(known.rivalries)} rivalries, "
          f"{len(known.pacts & known.adversaries)} in both classes")
    roll_up_of = icews.RollUp()
    both = icews.load(given.shared, ["icews05-15", "icews14"], date(FIRST_YEAR, 1, 1), roll_up_of)
    alone = icews.load(given.shared, ["icews14"], roll_up=roll_up_of)
    for roll_up in ("G", "A"):
        chosen, volume = sample(alone[roll_up], known)
        print(f"\n{roll_up}: {len(alone[roll_up].day):,} events of {len(alone[roll_up].dyads):,} dyads in {YEAR}, "
              f"{len(both[roll_up].day):,} of {len(both[roll_up].dyads):,} since {FIRST_YEAR}")
        print(f"{len(chosen.dyads)} labelled dyads, {int((~chosen.is_ally).sum())} of adversaries, "
              f"{int(chosen.is_both.sum())} of them in dispute and rivalry; median of {np.median(volume):.0f} events")
        print(f"{'':<44}{'all':<23}{'within volume':<23}{'over minus log n':<26}{'dispute and rivalry':<22}")
        for years, events, first in (("2014", alone[roll_up], YEAR), ("2010-14", both[roll_up], FIRST_YEAR)):
            counts = counted(events, chosen.dyads, first)
            volume_alone = chosen.areas(few_events(counts, events.types), stratified=True)
            for name, valence in SCORES.items():
                score = valence(counts, events.types)
                within = chosen.areas(score, stratified=True)
                print(f"{f'{name}, {years}':<44}{cell(chosen.areas(score)):<23}{cell(within):<23}"
                      f"{cell(within - volume_alone, '+'):<26}{cell(chosen.areas(score, hard=True)):<22}")


if __name__ == "__main__":
    main()
