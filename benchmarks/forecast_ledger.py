"""A large ledger asked for forecasts and rankings: how long it takes, first and again, and whether rankings hold.

    python benchmarks/forecast_ledger.py --shared SHARED [--folder FOLDER] [--askers 60] [--forecasts]

Writes the events of ICEWS 2005-15 (`data/forecast/icews05-15` under SHARED, with names and CAMEO codes) as a table, all
but its last day, reads it into a ledger in FOLDER, and asks, each time in a process of its own: a ranking when nothing
is kept, the same again, and once more after the last day was read. With `--forecasts`, a forecast of two actors
likewise. The baseline is the first question in the same run: what each would take if nothing were kept.

Then the rankings of 2015-10-31 are scored by what came within 30 days: the busiest actors and some others, each quad
class, all whom the ranker considers; beside the recurrence rate of the same pairs in the same run, mapped to what came
true on the same earlier days. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

import sides
from sides.forecast.archive import Archive
from sides.forecast.calibration import Calibration, calibrate
from sides.forecast.event_log import Past
from sides.forecast.learned_ranking import Next, Ready, dated
from sides.forecast.questions import Channels, Questions, happened
from sides.forecast.ranking.precedents import ENOUGH
from sides.forecast.recurrence import Recurrence
from sides.forecast.scores import auc, average_precision, brier, calibration_error, log_loss
from sides.model.dates import PartialDate

DAY_BEFORE, LAST = "2015-12-30", "2015-12-31"
SCORED_ON, WITHIN = "2015-10-31", 30
RANKING = ("--ranking", "Israel", "--event", "ACCUSE", "--within", "30d")
FORECAST = ("Israel", "Iran", "--event", "ACCUSE", "--within", "30d")


def command(*words: str) -> float:
    """The processor's seconds of a command, start-up and all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "sides", *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1)


def tables(shared: Path, folder: Path) -> None:
    """All days but the last, and the last."""
    sys.path.insert(0, str(Path(__file__).parent))
    from events import icews

    icews(shared, folder)
    head, *rows = (folder / "icews.tab").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, is_last in (("until.tab", False), ("last.tab", True)):
        (folder / name).write_text(head + "".join(row for row in rows if (row.split("\t")[1] == LAST) == is_last),
                                   encoding="utf-8")


def timed(ledger: str, question: tuple[str, ...], day: str) -> dict[str, float]:
    """The first question and the second, on a day."""
    asked = ("forecast", *question, "--forecaster", "learned", "-l", ledger, "--at", day)
    return {"first": command(*asked), "again": command(*asked)}


def explained(found: Next) -> dict[str, float]:
    """How long explanations of a ranking take, and how many have three dated items or the reason why not."""
    seconds, enough, reasons = [], 0, 0
    dated(found, 0)  # kernels are loaded
    for at in range(len(found.answer)):
        begun = time.process_time()
        items, lacking = dated(found, at)
        seconds.append(time.process_time() - begun)
        enough, reasons = enough + (len(items) >= ENOUGH), reasons + (lacking is not None)
    return {"answers": len(seconds), "with three dated items": enough, "with the reason why not": reasons,
            "median ms": round(1000 * float(np.median(seconds)), 2),
            "most ms": round(1000 * max(seconds), 2)}


def asked_about(past: Past, askers: int) -> list[int]:
    """The busiest of the last half year, and as many others spread over the rest."""
    active, count = np.unique(past.source[np.searchsorted(past.day, past.until - 180):], return_counts=True)
    busy = active[np.lexsort((active, -count))]
    rest = np.sort(busy[askers // 2:])
    return [*busy[:askers // 2].tolist(), *rest[::max(2 * len(rest) // askers, 1)].tolist()]


def scored(ledger: sides.Ledger, askers: int) -> dict[str, Any]:
    """Scores of all quad classes together, by forecaster; and how long explanations take."""
    archive, known = Archive.of(ledger._view()), PartialDate.parse(SCORED_ON)
    told, later = archive.log(known), archive.log(PartialDate.parse(LAST))
    past, now = told.before(known), later.before(PartialDate.parse(LAST))
    begun = time.process_time()
    ready = Ready.of(archive, told, past)
    seconds = {"ranker brought up to date": round(time.process_time() - begun, 2)}
    if isinstance(ready, str):
        raise SystemExit(ready)
    channels, moved = Channels.quads(past.kinds), np.array([now.actors.index(name) if name in now.actors else -1
                                                            for name in past.actors])
    said: dict[str, list[Any]] = {"learned ranker": [], "recurrence, mapped": []}
    came: list[Any] = []
    explanation: dict[str, float] = {}
    begun = time.process_time()
    for at, name in enumerate(channels.names):
        members = channels.members[:, at]
        mapped = ready.mapped(WITHIN, members)
        line = recurrence_line(ready, channels, at)
        for asker in asked_about(past, askers):
            found = ready.next(asker, members, WITHIN, mapped) if not isinstance(mapped, str) else mapped
            if isinstance(found, str):
                raise SystemExit(found)
            questions = Questions(np.full(len(found.answer), asker, np.int64), found.answer)
            said["learned ranker"].append(found.chance)
            said["recurrence, mapped"].append(line(plain(past, questions, channels)[:, at]))
            there = Questions(moved[questions.source], moved[questions.target])
            came.append(happened(now, there, channels, past.until, past.until + WITHIN)[:, at])
            explanation = explanation or explained(found)
        print(name, round(time.process_time() - begun, 1), file=sys.stderr)
    seconds["all rankings"] = round(time.process_time() - begun, 1)
    truth = np.concatenate(came)
    return {"answers": len(truth), "that came": int(truth.sum()), "explanations": explanation, "seconds": seconds,
            "scores": {who: scores(np.concatenate(chances), truth) for who, chances in said.items()}}


def plain(past: Past, questions: Questions, channels: Channels) -> Any:
    """The recurrence rates of questions."""
    return Recurrence(channels, WITHIN, np.full(len(channels), .001)).chances(past, questions)


def recurrence_line(ready: Ready, channels: Channels, at: int) -> Calibration:
    """The map of recurrence rates to what came true, on the same earlier days and pairs as the ranker's."""
    day, asker, answer, _ = ready.said.within(WITHIN, channels.members[:, at])
    rates, came = [], []
    for opened in np.unique(day[day + WITHIN <= ready.then.until]).tolist():
        rows = (day == opened) & (answer < len(ready.then.actors))
        questions = Questions(asker[rows], answer[rows])
        rates.append(plain(ready.then.before(opened), questions, channels)[:, at])
        came.append(happened(ready.then, questions, channels, opened, opened + WITHIN)[:, at])
    return calibrate(np.concatenate(rates), np.concatenate(came))


def scores(told: Any, came: Any) -> dict[str, float]:
    """What stands in the table."""
    return {"mean": round(float(told.mean()), 5), "Brier": round(brier(told, came), 5),
            "log-loss": round(log_loss(told, came), 5), "AUC": round(auc(told, came), 4),
            "AP": round(average_precision(told, came), 4), "ECE": round(calibration_error(told, came), 5)}


def main() -> None:
    """Make the ledger, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--askers", type=int, default=60)
    parser.add_argument("--forecasts", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tables(options.shared, folder)
        ledger, mapping = str(folder / "icews.sides"), ("--mapping", str(folder / "mapping.toml"))
        command("events", "read", str(folder / "until.tab"), *mapping, "-l", ledger)
        asked = {"ranking": RANKING, **({"forecast": FORECAST} if options.forecasts else {})}
        report: dict[str, Any] = {name: timed(ledger, question, DAY_BEFORE) for name, question in asked.items()}
        read = command("events", "read", str(folder / "last.tab"), *mapping, "-l", ledger)
        for name, question in asked.items():
            report[name] |= {"a day later": timed(ledger, question, LAST)}
        report |= {"reading that day": read, "rankings": scored(sides.open(ledger), options.askers),
                   "load": round(os.getloadavg()[0], 1)}
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
