"""How well the sign of a dyad's next event is foretold: ICEWS 2005-15, states, the years 2013 to 2015.

    python benchmarks/ties_next_sign.py SHARED [--roll-up A] [--write]

Each signed event is foretold from the events of earlier days of its dyad (`benchmarks/icews.py` says which they are).
All is fitted before the test years: the chain on 2005-09, the weights of the stack on 2010-12, which the chain has not
seen; `--write` puts both into `src/sides/data/ties/weather.toml`. Log-loss in nats an event. Differences are given with
95 % of a bootstrap over dyads. A last sign foretells by a logistic curve that was fitted on the years before the test.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import icews
from sides.ties.weather import WEEK_DAYS, WEIGHTS, Days, Weather

TABLE = Path(__file__).parents[1] / "src/sides/data/ties/weather.toml"
HEADING = """\
# Conflict weather: a hidden Markov chain of five kinds of weather, the most hostile first, stepping from week to week,
# and the weights by which its answer is stacked with averages of a dyad's signs. `sides.ties.weather` says how.
# Fitted by `python benchmarks/ties_next_sign.py SHARED --write` on signed events between states of ICEWS 2005-12: base
# and, by expectation maximization, chain on {chain:,} events of 2005-09, weights on {stack:,} events of 2010-12.
# The numbers are facts measured on that data (ICEWS Coded Event Data, Lockheed Martin and Leidos, under terms of its
# own), of which nothing is passed on here.
"""
CHAIN_UNTIL, STACK_UNTIL = date(2010, 1, 1), date(2013, 1, 1)
MEMORY_DAYS = 15.0  # of 7, 15, 30 and 60, beside 7 and 60 together: the best or within 0.0006 of it in 2012
STEPS_MOST, STEP_LEAST = 200, 0.5  # expectation maximization ends where the log-likelihood rises by less
PENALTY = 1.0  # ridge of the stack's weights, in events; the constant has none
FEW_EVENTS = 5
DRAWS = 2000

Array = NDArray[np.float64]


def days_of(events: icews.Events) -> Days:
    """The signed events as days of dyads, counted from the Monday before the first year."""
    signed = events.where(events.sign != 0)
    monday = icews.EPOCH.toordinal() - 1 - icews.EPOCH.weekday()
    place, group = np.unique(np.stack([signed.dyad, signed.day + icews.EPOCH.toordinal() - 1 - monday]), axis=1,
                             return_inverse=True)
    group = group.reshape(-1)
    hostile, cooperative = (np.bincount(group, signed.sign == sign).astype(float) for sign in (-1, 1))
    return Days(stream=place[0], day=place[1], hostile=hostile, cooperative=cooperative)


def number_of(day: date) -> int:
    """A day as `days_of` counts it."""
    return day.toordinal() - icews.EPOCH.toordinal() + icews.EPOCH.weekday()


def part(days: Days, kept: NDArray[np.bool_]) -> Days:
    """The days of a mask."""
    return Days(stream=days.stream[kept], day=days.day[kept], hostile=days.hostile[kept],
                cooperative=days.cooperative[kept])


def fit_chain(days: Days) -> Weather:
    """A chain fitted by expectation maximization (Baum et al. 1970), from the first to the last week of each dyad."""
    streams, of = np.unique(days.stream, return_inverse=True)
    week = days.day // WEEK_DAYS
    first = np.full(len(streams), week.max())
    np.minimum.at(first, of, week)
    length = np.zeros(len(streams), dtype=np.int64)
    np.maximum.at(length, of, week - first[of] + 1)
    place = np.empty(len(streams), dtype=np.int64)
    place[np.argsort(-length, kind="stable")] = np.arange(len(streams))  # so that those still running come first
    counts = np.zeros((length.max(), len(streams), 2))
    np.add.at(counts, (week - first[of], place[of]), np.stack([days.hostile, days.cooperative], axis=1))
    running = (length[None, :] > np.arange(length.max())[:, None]).sum(axis=1)
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5))).astype(float)
    near = np.where(apart > 0, 1 / np.maximum(apart, 1) ** 2, 0)
    initial, hostile = np.array([.05, .1, .2, .3, .35]), np.array([.8, .4, .12, .03, .005])
    transition = .96 * np.eye(5) + .04 * near / near.sum(axis=1, keepdims=True)
    likelihood = -np.inf
    for _ in range(STEPS_MOST):
        ahead, told, total = forward(counts, running, initial, transition, hostile)
        moves, seen, initial = backward(counts, running, ahead, told, transition)
        transition = (moves + .01) / (moves + .01).sum(axis=1, keepdims=True)
        hostile = (seen[:, 0] + .5) / (seen.sum(axis=1) + 1)
        if total - likelihood < STEP_LEAST:
            break
        likelihood = total
    order = np.argsort(-hostile)
    return Weather(initial=initial[order], transition=transition[order][:, order], hostile=hostile[order],
                   base=float(days.hostile.sum() / (days.hostile + days.cooperative).sum()), memory_days=MEMORY_DAYS,
                   weights=np.zeros(len(WEIGHTS)))


def forward(counts: Array, running: NDArray[np.int64], initial: Array, transition: Array, hostile: Array,
            ) -> tuple[Array, Array, float]:
    """(T, B, K) chances given the past and likelihoods of the weeks, each on a scale of its own; log-likelihood."""
    chance = np.log([hostile, 1 - hostile])
    told = counts @ chance
    top = told.max(axis=2, keepdims=True)
    ahead, told, total = np.zeros_like(told), np.exp(told - top), 0.0
    for week, count in enumerate(running):
        joint = (initial if week == 0 else ahead[week - 1, :count] @ transition) * told[week, :count]
        norm = joint.sum(axis=1, keepdims=True)
        ahead[week, :count] = joint / norm
        total += float(np.log(norm).sum() + top[week, :count].sum())
    return ahead, told, total


def backward(counts: Array, running: NDArray[np.int64], ahead: Array, told: Array, transition: Array,
             ) -> tuple[Array, Array, Array]:
    """(K, K) moves, (K, 2) hostile and cooperative events and (K,) chances in the first week that are expected."""
    kinds = len(transition)
    later = np.ones((counts.shape[1], kinds))
    moves, seen, chances = np.zeros((kinds, kinds)), np.zeros((kinds, 2)), np.zeros((0, kinds))
    for week in range(len(running) - 1, -1, -1):
        count = running[week]
        chances = ahead[week, :count] * later[:count]
        chances /= chances.sum(axis=1, keepdims=True)
        seen += chances.T @ counts[week, :count]
        if week:
            weighed = later[:count] * told[week, :count]
            before = ahead[week - 1, :count]
            moves += transition * (before.T @ (weighed / (before @ transition * weighed).sum(axis=1, keepdims=True)))
            earlier = weighed @ transition.T
            later[:count] = earlier / earlier.sum(axis=1, keepdims=True)
    return moves, seen, chances.mean(axis=0)


def logistic(inputs: Array, days: Days) -> Array:
    """Weights of a ridge logistic regression whose first input is the constant, by Newton's method."""
    weights, penalty = np.zeros(inputs.shape[1]), np.diag([0.0, *[PENALTY] * (inputs.shape[1] - 1)])
    events = days.hostile + days.cooperative
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (days.hostile - events * chance) - penalty @ weights
        step = np.linalg.solve((inputs * (events * chance * (1 - chance))[:, None]).T @ inputs + penalty, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def fit(days: Days) -> tuple[Weather, int, int]:
    """The model as it ships, and the events that chain and stack were fitted on."""
    early = part(days, days.day < number_of(CHAIN_UNTIL))
    chain = fit_chain(early)
    middle = (days.day >= number_of(CHAIN_UNTIL)) & (days.day < number_of(STACK_UNTIL))
    inputs = chain.inputs(chain.sights(days))[middle]
    model = dataclasses.replace(chain, weights=logistic(inputs, part(days, middle)))
    chained, weighed = (int((some.hostile + some.cooperative).sum()) for some in (early, part(days, middle)))
    return model, chained, weighed


def written(model: Weather, chain: int, stack: int) -> str:
    """The data file of a model."""
    def row(values: Array) -> str:
        return "[" + ", ".join(f"{value:.6g}" for value in values) + "]"

    rows = ",\n".join(f"  {row(values)}" for values in model.transition)
    weights = "\n".join(f"{name} = {value:.6g}" for name, value in zip(WEIGHTS, model.weights, strict=True))
    return (HEADING.format(chain=chain, stack=stack) + f"base = {model.base:.6g}\nmemory_days = {model.memory_days}\n"
            f"initial = {row(model.initial)}\nhostile = {row(model.hostile)}\ntransition = [\n{rows},\n]\n\n"
            f"[weights]\n{weights}\n")


@dataclass(frozen=True, slots=True)
class Test:
    """The test days, and how many events of its dyad came before each."""

    days: Days
    earlier: Array

    def losses(self, chance: Array) -> Array:
        """(N,) summed log-loss of each day's events."""
        kept = np.clip(chance, 1e-6, 1 - 1e-6)
        lost: Array = -self.days.hostile * np.log(kept) - self.days.cooperative * np.log(1 - kept)
        return lost

    def mean(self, losses: Array, kept: NDArray[np.bool_] | None = None) -> float:
        """Mean an event, of some of the days."""
        kept = np.ones(len(losses), dtype=bool) if kept is None else kept
        return float(losses[kept].sum() / (self.days.hostile + self.days.cooperative)[kept].sum())

    def difference(self, ours: Array, theirs: Array) -> tuple[float, float, float]:
        """Mean difference of losses an event and 95 % of a bootstrap over dyads."""
        _, dyad = np.unique(self.days.stream, return_inverse=True)
        lost, events = np.bincount(dyad, ours - theirs), np.bincount(dyad, self.days.hostile + self.days.cooperative)
        generator = np.random.default_rng(0)
        drawn = generator.multinomial(len(lost), np.full(len(lost), 1 / len(lost)), DRAWS)
        low, high = np.quantile((drawn @ lost) / (drawn @ events), (.025, .975))
        return float(lost.sum() / events.sum()), float(low), float(high)

    def auc(self, chance: Array) -> float:
        """The chance that a hostile event was given more than a cooperative one."""
        order = np.argsort(chance, kind="stable")
        _, tie = np.unique(chance[order], return_inverse=True)
        hostile, cooperative = (np.bincount(tie, counts[order]) for counts in
                                (self.days.hostile, self.days.cooperative))
        below = np.cumsum(cooperative) - cooperative / 2
        return float((hostile * below).sum() / (hostile.sum() * cooperative.sum()))


def forecasts(days: Days, model: Weather) -> dict[str, Array]:
    """What each forecaster says of every day."""
    early = days.day < number_of(STACK_UNTIL)
    known = part(days, early)
    base = float(known.hostile.sum() / (known.hostile + known.cooperative).sum())
    slow = dataclasses.replace(model, base=base, memory_days=60.0).sights(days)
    sights = model.sights(days)
    inputs = np.stack([np.ones(len(slow.last)), slow.last], axis=1)
    hostile, events = before(days)
    return {"share of all events": np.full(len(days.day), base),
            "last sign": 1 / (1 + np.exp(-inputs @ logistic(inputs[early], known))),
            "running average, shrunk by 8": (hostile + 8 * base) / (events + 8),
            "60-day average, shrunk by 1": slow.recent,
            f"{model.memory_days:.0f}-day average, shrunk by 1": sights.recent,
            "weather chain alone": sights.weather @ model.hostile,
            "weather, as shipped": model.stacked(sights)}


def before(days: Days) -> tuple[Array, Array]:
    """(N,) hostile events and all events of earlier days of the same dyad."""
    starts = np.flatnonzero(np.diff(days.stream, prepend=-1))
    lengths = np.diff(starts, append=len(days.stream))
    found = []
    for counts in (days.hostile, days.hostile + days.cooperative):
        sums = np.concatenate([[0.0], counts.cumsum()])[:-1]
        found.append(sums - np.repeat(sums[starts], lengths))
    return found[0], found[1]


def report(test: Test, chances: Mapping[str, Array]) -> None:
    """Print the table and the differences."""
    events, hostile = (test.days.hostile + test.days.cooperative).sum(), test.days.hostile.sum()
    print(f"{events:,.0f} events of {len(np.unique(test.days.stream)):,} dyads, hostile share {hostile / events:.4f}")
    many = test.earlier >= FEW_EVENTS
    print(f"{'':<34}{'log-loss':>9}{'>= 5 earlier':>14}{'< 5':>9}{'AUC':>8}")
    losses = {name: test.losses(chance) for name, chance in chances.items()}
    for name, lost in losses.items():
        print(f"{name:<34}{test.mean(lost):>9.4f}{test.mean(lost, many):>14.4f}{test.mean(lost, ~many):>9.4f}"
              f"{test.auc(chances[name]):>8.3f}")
    *others, chain, ours = losses
    for name in (chain, ours):
        for other in others[1:] if name == chain else [*others[1:], chain]:
            middle, low, high = test.difference(losses[name], losses[other])
            print(f"{name} minus {other}: {middle:+.4f} [{low:+.4f}, {high:+.4f}]")


def main() -> None:
    """Fit if asked to, measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--roll-up", choices=("G", "A"), default="G")
    arguments.add_argument("--write", action="store_true", help="fit anew and write the data file")
    given = arguments.parse_args()
    days = days_of(icews.load(given.shared, ["icews05-15"])[given.roll_up])
    if given.write:
        TABLE.write_text(written(*fit(days)), encoding="utf-8")
    model = Weather.load()
    kept = days.day >= number_of(STACK_UNTIL)
    report(Test(part(days, kept), before(days)[1][kept]),
           {name: chance[kept] for name, chance in forecasts(days, model).items()})


if __name__ == "__main__":
    main()
