"""Will at least one event of a quad class be recorded from a to b within 30 days? ICEWS 2005-15, by a fixed protocol.

Eligible at an origin: dyads with three events either way before it, one of them in the last 180 days; both directions
and all four classes are asked, without sampling. Learned from origins whose windows close before the first validation
origin; every choice is made on the validation origins; test origins are scored once for a version of the model.
Classes come from the CAMEO code of each relation's name. `--valid` scores the validation origins and leaves the test
ones alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import resource
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

from icews import FIRST_DAYS, plain, rows
from sides.forecast.backtest import Backtest, Climatology, Forecaster
from sides.forecast.event_log import EventLog, Kind
from sides.forecast.explanation import Explainer
from sides.forecast.learned import Learned
from sides.forecast.questions import Channels, Questions
from sides.forecast.recurrence import Recurrence

HORIZON_DAYS = 30
PROTOCOL = range(1460, 2961, 60)  # origins to learn from, as the anchors did; days are counted from the first
DENSE = range(740, 3121, 30)  # all that close before the first validation origin, from two years on
VALID, TEST = (3150, 3213), range(3647, 3948, 30)
ROOTS = ((5, 1), (8, 2), (13, 3), (20, 4))  # up to which CAMEO root a quad class goes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=["icews05-15"], default="icews05-15")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--origins", choices=["protocol", "dense"], default="protocol",
                        help="to learn from: as the anchors did, or all that close before the first validation origin")
    parser.add_argument("--valid", action="store_true", help="score the validation origins, not the test ones")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    begun = time.process_time()
    log = load(asked.shared, asked.set)
    channels, seconds = Channels.quads(log.kinds), {"load": time.process_time() - begun}
    learned_from = tuple(PROTOCOL if asked.origins == "protocol" else DENSE)
    before, everything = log.before(VALID[0]), log.before(int(log.day[-1]) + 1)
    climatology = Climatology.fit(before, channels, HORIZON_DAYS, PROTOCOL)
    plainly, mapped = (Recurrence.fit(before, channels, HORIZON_DAYS, PROTOCOL, is_calibrated=each)
                       for each in (False, True))
    begun = time.process_time()
    learned = Learned.fit(before, channels, (HORIZON_DAYS,), learned_from)
    seconds["fit"] = time.process_time() - begun
    begun = time.process_time()
    forecasters: list[Forecaster] = [plainly, mapped, learned]
    tested = Backtest.run(everything, channels, HORIZON_DAYS, VALID if asked.valid else TEST, forecasters, climatology)
    seconds["back-test"] = time.process_time() - begun
    scores = tested.scores(mapped.name)
    seconds |= timed(log, channels, learned)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    result = {"set": asked.set, "origins": asked.origins, "scored": "valid" if asked.valid else "test",
              "learned_from": learned.questions, "seconds": seconds, "memory_gb": memory,
              "scores": [asdict(score) for score in scores], "drift": [asdict(each) for each in tested.drift()]}
    if asked.json:
        print(json.dumps(result))
        return
    print(f"{asked.set}, {result['scored']} origins, learned from {learned.questions} questions of {len(learned_from)} "
          f"origins; {memory:.1f} GB; " + ", ".join(f"{what} {spent:.3f} s" for what, spent in seconds.items()))
    for score in scores:
        interval = "" if score.interval is None else f" [{score.interval[0]:.3f}, {score.interval[1]:.3f}]"
        print(f"{score.questions:6} {score.channel:20} {score.forecaster:22} n {score.count:6} {score.prevalence:.4f} "
              f"Brier {score.brier:.5f} log-loss {score.log_loss:.4f} AUC {score.auc:.4f} "
              f"AP {score.average_precision:.3f} ECE {score.calibration_error:.4f} skill {score.skill:.3f} over "
              f"recurrence {score.skill_over_reference:.3f}{interval}")


def timed(log: EventLog, channels: Channels, learned: Learned) -> dict[str, float]:
    """CPU-seconds to answer everything anew with one more day, and to explain one answer.

    Nothing is carried over from the day before: the whole log is put in order again. Compiled loops are at hand.
    """
    last = int(log.day[-1])
    begun = time.process_time()
    grown = EventLog.of(log.day, log.source, log.target, log.kind, actors=log.actors, kinds=log.kinds,
                        countries=named(log.actors, log.country, log.countries),
                        roles=named(log.actors, log.role, log.roles))
    past = grown.before(last + 1)
    questions = Questions.eligible(past)
    explainer = Explainer.of(learned, past, questions)
    spent = {"one more day": time.process_time() - begun}
    some = range(0, len(questions), max(len(questions) // 100, 1))
    for question in (0, 1):
        explainer.explain(question, 0)
    begun = time.process_time()
    for question in some:
        explainer.explain(question, question % len(channels))
    return spent | {"explanation": (time.process_time() - begun) / len(some)}


def named(actors: tuple[str, ...], places: object, names: tuple[str, ...]) -> dict[str, str]:
    """What is told of each actor, by name."""
    return {actor: names[place] for actor, place in zip(actors, places, strict=True) if place >= 0}  # type: ignore[call-overload]


def load(shared: Path, split: str) -> EventLog:
    """The events of a split, days counted as it counts them; countries and roles from what names hold in brackets."""
    first, number = FIRST_DAYS[split]
    told = list(rows(shared, split))
    meant = quads(shared)
    kinds = [Kind(name, *meant[plain(name)]) for name in sorted({row[1] for row in told})]
    countries, roles = {}, {}
    names = {name for row in told for name in (row[0], row[2])}
    for name in sorted(names):
        if found := re.fullmatch(r"(.*)_\(([^()]+)\)", name):
            roles[name], countries[name] = found.groups()
    for name in names & set(countries.values()):
        roles[name], countries[name] = "state", name
    return EventLog.named([days(row[3], first) + number for row in told], [row[0] for row in told],
                          [row[2] for row in told], [row[1] for row in told], kinds=kinds, countries=countries,
                          roles=roles)


def days(day: date, first: date) -> int:
    return (day - first).days


def quads(shared: Path) -> dict[str, tuple[int, int]]:
    """For the plain name of a CAMEO code its quad class and sign; statements (01, 02) bear none.

    Raises `ValueError` where codes of one name are of different roots.
    """
    found: dict[str, tuple[int, int]] = {}
    roots: dict[str, str] = {}
    with (shared / "data/events/icews/cameo_codes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name, root = plain(row["name"]), int(row["root_code"])
            if roots.setdefault(name, row["root_code"]) != row["root_code"]:
                raise ValueError(f"{row['name']!r} is a code of two roots.")
            quad = next(quad for last, quad in ROOTS if root <= last)
            found[name] = quad, -1 if quad > 2 else 1 if root > 2 else 0
    return found


if __name__ == "__main__":
    main()
