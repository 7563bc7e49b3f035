"""Small ledgers: does pooling dyads alike say more than each dyad's own recurrence rate?

Ledgers read from the bundled dispatches and the seeds, and samples of ICEWS made as small: actors drawn by how much is
told of them, and of what passed between them as many events as a small ledger holds. Each is back-tested as `sides
backtest` does it, with four origins whose windows have closed at the end, for each horizon. Losses are added up over
all questions; the interval (90 %) is drawn over whole ledgers. Both forecasters answer the same questions in the same
run.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import sides
from forecast_questions import load
from sides.forecast.event_log import EventLog, Past
from sides.forecast.of_ledger import calendar_day, day_number, ledger_log
from sides.forecast.rolling import Who, scored
from sides.forecast.scores import skill, skill_interval
from sides.model.dates import PartialDate

HORIZONS = (30, 90, 180)
ORIGINS = 4
ACTORS, EVENTS = 40, (100, 300, 1000, 3000)
DISPATCHES = Path(sides.__file__).parent / "data/demo/dispatches"
LEAST_CHANCE = 1e-6
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Small:
    """A small ledger: what was known before a day, and what is known now."""

    name: str
    until: int  # the day after the last that is told of

    def before(self, day: int) -> Past:
        raise NotImplementedError


@dataclass(frozen=True)
class Read(Small):
    """One that was read: what was known before a day had been published by then."""

    ledger: sides.Ledger

    def before(self, day: int) -> Past:
        known = PartialDate.of(calendar_day(day - 1))
        return ledger_log(self.ledger._view(), known, asked=self._everyone() if day == self.until else ()).before(known)

    def _everyone(self) -> list[str]:
        return [actor.id for actor in self.ledger.actors()]


@dataclass(frozen=True)
class Sampled(Small):
    """One cut from a dataset, where all is known on its day."""

    log: EventLog

    def before(self, day: int) -> Past:
        return self.log.before(day)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=20, help="of each ICEWS set")
    parser.add_argument("--first", type=int, default=0, help="number of the first sample")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows: list[dict[str, object]] = []
    every: dict[int, list[dict[str, tuple[Array, Array]]]] = {}
    for group, ledgers in groups(asked.shared, asked.first, asked.samples):
        for horizon in HORIZONS:
            losses = [found for small in ledgers if (found := losses_of(small, horizon)) is not None]
            every.setdefault(horizon, []).extend(losses)
            if losses:
                rows.append({"ledgers": group, "horizon_days": horizon, **pooled(losses)})
    rows += [{"ledgers": "all", "horizon_days": horizon, **pooled(losses)} for horizon, losses in every.items()]
    if not asked.json:
        print("\n".join(map(line, rows)))
    else:
        print(json.dumps(rows))


def groups(shared: Path, first: int, samples: int) -> Iterator[tuple[str, Sequence[Small]]]:
    """Ledgers, by what is reported together."""
    for name, folder in (("dispatches", DISPATCHES), ("seeds", shared / "seeds")):
        with tempfile.TemporaryDirectory() as place:
            ledger = sides.open(Path(place) / f"{name}.sides")
            ledger.read(folder)
            horizon = ledger.horizon()
            assert horizon is not None
            yield name, [Read(name, day_number(horizon.last + timedelta(days=1)), ledger)]
    for split in ("icews14", "icews05-15"):
        log = load(shared, split)
        yield split, [sample(log, split, first + number) for number in range(samples)]


def sample(log: EventLog, split: str, number: int) -> Sampled:
    """A small ledger: some of what passed between some actors."""
    chance, size = np.random.default_rng(number), EVENTS[number % len(EVENTS)]
    told = np.bincount(log.source, minlength=len(log.actors)) + np.bincount(log.target, minlength=len(log.actors))
    chosen = chance.choice(len(log.actors), ACTORS, replace=False, p=told / told.sum())
    among = np.flatnonzero(np.isin(log.source, chosen) & np.isin(log.target, chosen) & (log.source != log.target))
    kept = np.sort(chance.choice(among, min(size, len(among)), replace=False))
    places = np.full(len(log.actors), -1)
    places[np.sort(chosen)] = np.arange(ACTORS)
    names = [log.actors[one] for one in np.sort(chosen)]
    return Sampled(f"{split} {number}", int(log.day[-1]) + 1, EventLog.of(
        log.day[kept], places[log.source[kept]], places[log.target[kept]], log.kind[kept], actors=names,
        kinds=log.kinds, countries={log.actors[one]: log.countries[log.country[one]] for one in chosen
                                    if log.country[one] >= 0},
        roles={log.actors[one]: log.roles[log.role[one]] for one in chosen if log.role[one] >= 0}))


def losses_of(small: Small, horizon: int) -> dict[str, tuple[Array, Array]] | None:
    """By forecaster the Brier and log losses of all questions; nothing where none can be asked."""
    days = [small.until - horizon * back for back in range(ORIGINS, 0, -1)]
    pasts = [(day, past) for day in days if len(past := small.before(day))]
    if not pasts:
        return None
    found = scored(pasts, small.before(small.until), horizon, Who.enough([past for _, past in pasts]), [],
                   names={}, learn=False).backtest
    came = found.happened
    return {name: (((told - came) ** 2).ravel(),
                   -np.log(np.clip(np.where(came, told, 1 - told), LEAST_CHANCE, 1)).ravel())
            for name, told in found.chances.items() if name in ("recurrence", "reference class")}


def pooled(losses: Sequence[dict[str, tuple[Array, Array]]]) -> dict[str, float | int | list[float] | None]:
    """How much of the loss of the recurrence rate the reference class saves, over all ledgers of a group."""
    row: dict[str, float | int | list[float] | None] = {
        "count": len(losses), "questions": sum(len(one["recurrence"][0]) for one in losses)}
    block = np.repeat(np.arange(len(losses)), [len(one["recurrence"][0]) for one in losses])
    for at, name in enumerate(("brier", "log_loss")):
        own, other = (np.concatenate([one[who][at] for one in losses]) for who in ("reference class", "recurrence"))
        row |= {name: float(own.mean()), f"{name}_recurrence": float(other.mean()),
                f"{name}_skill": skill(float(own.mean()), float(other.mean())),
                f"{name}_interval": list(skill_interval(own, other, block)) if len(losses) > 1 else None}
    return row


def line(row: dict[str, object]) -> str:
    """A row for people."""
    parts = [f"{row['ledgers']:11} {row['horizon_days']:4} days  n {row['questions']:7}"]
    for name, title in (("brier", "Brier"), ("log_loss", "log-loss")):
        ends = row[f"{name}_interval"]
        between = f" [{ends[0]:+.3f}, {ends[1]:+.3f}]" if isinstance(ends, list) else ""
        parts.append(f"{title} {row[name]:.4f}, recurrence {row[f'{name}_recurrence']:.4f}, "
                     f"skill {row[f'{name}_skill']:+.3f}{between}")
    return "  ".join(parts)


if __name__ == "__main__":
    main()
