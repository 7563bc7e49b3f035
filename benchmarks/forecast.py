"""Who will an actor do it to next? Answers ranked on the ICEWS splits, by the protocol of temporal knowledge graphs.

    python benchmarks/forecast.py --set icews14 --shared SHARED [--score valid|test] [--threads 1] [--json]

Reads `data/forecast/<set>` under SHARED. Time-aware filtered ranks among all actors, ties at their mean, to whom and by
whom; single step (every event of an earlier day is known) and blind (no question sees another of its day). With
`--score valid`, for every choice, it learns from the train part; with `--score test`, once per version, from train and
valid. Prints MRR and hits, by what was known of the answer, beside the ranking by recurrence alone in the same run; the
seconds of learning and of scoring (and those of the processor, where others work beside it), those that the day took
in longest needed, those of an explanation, peak memory. What each name's country and role is, is told by the name;
what a relation's sign is, by its CAMEO code.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import EventLog, Kind
from sides.forecast.ranking.precedents import ENOUGH, explain
from sides.forecast.ranking.ranker import Ranker, questions_of
from sides.forecast.ranking.recurrence import recurrence_ranks
from sides.forecast.ranking.scores import STRATA, Ranks, filtered_ranks, strata
from sides.forecast.ranking.stream import STATE_ROLE

SETS = {"icews14": 1, "icews18": 24, "icews05-15": 1}  # how a day is counted in the files
PARTS = ("train", "valid", "test")
# "Police (Nigeria)", "Guard (Micronesia (Federated States of))"
OF_A_COUNTRY = re.compile(r"^(?P<role>.*) \((?P<country>[^()]*(?:\([^()]*\)[^()]*)?)\)$")
# The quad class of a CAMEO root, and which way it tells (research/forecasting.md 4).
QUADS = {**dict.fromkeys(("01", "02", "03", "04", "05"), 1), **dict.fromkeys(("06", "07", "08"), 2),
         **dict.fromkeys(("09", "10", "11", "12", "13"), 3), **dict.fromkeys(("14", "15", "16", "17", "18", "19",
                                                                              "20"), 4)}
SIGNS = {**dict.fromkeys(("03", "04", "05", "06", "07", "08"), 1),
         **dict.fromkeys(("09", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"), -1)}
EXPLAINED = 500  # answers that are explained, the first of the scored part


@dataclass(frozen=True, slots=True)
class Split:
    """A set as one log, and the days on which its valid and its test part begin and the latter ends."""

    log: EventLog
    valid: int
    test: int
    end: int


def plain(name: str) -> str:
    """A relation's name without its case and punctuation."""
    return re.sub(r"\W+", " ", name.replace("_", " ")).strip().lower()


def named(path: Path) -> list[str]:
    """The names of a set by their numbers; a name that stands twice is told apart by its number."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = sorted((int(number), name.replace("_", " "))
                      for name, number in (line.rstrip("\n").split("\t")[:2] for line in lines))
    names, seen = [], set()
    for number, name in rows:
        names.append(name if name not in seen else f"{name} #{number}")
        seen.add(name)
    return names


def attributes(names: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Country and role of each name that tells them."""
    told = {name: match for name in names if (match := OF_A_COUNTRY.match(name.split(" #")[0]))}
    states = {match["country"] for match in told.values()}
    countries = {name: match["country"] for name, match in told.items()}
    roles = {name: match["role"] for name, match in told.items()}
    for name in names:
        if name in states:
            countries[name], roles[name] = name, STATE_ROLE
    return countries, roles


def kinds(shared: Path, relations: list[str]) -> list[Kind]:
    """The relations with their quad class and sign, by the CAMEO code whose name they are; counted where there is
    none."""
    with (shared / "data/events/icews/cameo_codes.csv").open(encoding="utf-8", newline="") as lines:
        roots = {plain(row["name"]): row["root_code"] for row in csv.DictReader(lines)}
    found = [roots.get(plain(name), "") for name in relations]
    return [Kind(name, QUADS.get(root, 0), SIGNS.get(root, 0)) for name, root in zip(relations, found, strict=True)]


def read(shared: Path, name: str) -> Split:
    """A set from its folder."""
    folder = shared / "data/forecast" / name
    parts = []
    for part in PARTS:
        with gzip.open(folder / f"{part}.txt.gz", "rt", encoding="utf-8") as lines:
            parts.append(np.array([line.split()[:4] for line in lines], dtype=np.int64))
    begins = [int(part[:, 3].min()) // SETS[name] for part in parts]
    rows = np.unique(np.concatenate(parts), axis=0)
    actors = named(folder / "entity2id.txt.gz")
    countries, roles = attributes(actors)
    day = rows[:, 3] // SETS[name]
    log = EventLog.of(day, rows[:, 0], rows[:, 2], rows[:, 1], actors=actors,
                      kinds=kinds(shared, named(folder / "relation2id.txt.gz")), countries=countries, roles=roles)
    return Split(log, begins[1], begins[2], int(day.max()) + 1)


@dataclass(slots=True)
class Scoring:
    """What is gathered while days are scored."""

    learned: list[NDArray[np.float64]] = field(default_factory=list)
    recurrence: list[NDArray[np.float64]] = field(default_factory=list)
    stratum: list[NDArray[np.int8]] = field(default_factory=list)
    is_head: list[NDArray[np.bool_]] = field(default_factory=list)
    update_seconds: list[float] = field(default_factory=list)
    explain_seconds: list[float] = field(default_factory=list)
    explained: list[int] = field(default_factory=list)
    recurrence_seconds: float = 0.0

    def ranks(self, of: list[NDArray[np.float64]]) -> Ranks:
        """The ranks of one way to rank."""
        return Ranks(np.concatenate(of), np.concatenate(self.stratum), np.concatenate(self.is_head))


def days_of(log: EventLog, begin: int, end: int) -> Iterator[int]:
    """The days with events from one to before another."""
    yield from (int(day) for day in np.unique(log.day) if begin <= day < end)


def score(split: Split, ranker: Ranker, begin: int, end: int) -> Scoring:
    """Each day asked, then taken in."""
    found = Scoring()
    stream = ranker.stream
    for day in days_of(split.log, begin, end):
        begun = time.perf_counter()
        ranker.update(split.log.before(day))
        found.update_seconds.append(time.perf_counter() - begun)
        asker, question, answers = questions_of(split.log.before(day + 1), stream.kinds)
        tables = stream.memory.tables
        for asked in stream.ask(day, asker, question):
            scored = ranker.scores(asked)
            for row, place in enumerate(asked.place):
                count, right = asked.count[row], answers[place]
                found.learned.append(filtered_ranks(asked.answer[row, :count], scored[row, :count], right,
                                                    stream.actors))
                found.stratum.append(strata(tables, asker[place], question[place], right))
                found.is_head.append(np.full(len(right), question[place] >= stream.kinds))
                begun = time.perf_counter()
                found.recurrence.append(recurrence_ranks(tables, day, asker[place], question[place], right))
                found.recurrence_seconds += time.perf_counter() - begun
                if len(found.explained) < EXPLAINED and count:
                    begun = time.perf_counter()
                    first = int(asked.answer[row, int(np.argmax(scored[row, :count]))])
                    told = explain(stream, int(asker[place]), int(question[place]), first, day)
                    found.explain_seconds.append(time.perf_counter() - begun)
                    found.explained.append(len(told.precedents) if told.lack is None else -1)
    return found


def table(ranks: Ranks) -> dict[str, Any]:
    """All answers, to whom and by whom, and by what was known."""
    return {"all": ranks.summary(), "to whom": ranks.summary(~ranks.is_head), "by whom": ranks.summary(ranks.is_head),
            **{name: ranks.summary(ranks.stratum == place) for place, name in enumerate(STRATA)}}


def run(shared: Path, name: str, part: str, threads: int) -> dict[str, Any]:
    """The whole benchmark of a set."""
    split = read(shared, name)
    begin, end = (split.valid, split.test) if part == "valid" else (split.test, split.end)
    begun, busy = time.perf_counter(), time.process_time()
    ranker = Ranker.fit(split.log.before(begin), threads=threads)
    fitted, busy_fitted = time.perf_counter(), time.process_time()
    found = score(split, ranker, begin, end)
    scored, busy_scored = time.perf_counter(), time.process_time()
    return {
        "set": name, "part": part, "threads": threads, "actors": len(split.log.actors),
        "kinds without a code": sum(kind.quad == 0 for kind in split.log.kinds),
        "learned": table(found.ranks(found.learned)), "recurrence": table(found.ranks(found.recurrence)),
        "seconds": {"fit": round(fitted - begun, 1),
                    "test": round(scored - fitted - found.recurrence_seconds - sum(found.explain_seconds), 1),
                    "recurrence": round(found.recurrence_seconds, 1),
                    "processor, fit": round(busy_fitted - busy,
                                            1), "processor, all scoring": round(busy_scored - busy_fitted, 1),
                    "one day taken in, most": round(max(found.update_seconds[1:]), 3),
                    "one explanation, median": round(float(np.median(found.explain_seconds)), 5),
                    "one explanation, 99 of 100": round(float(np.quantile(found.explain_seconds, 0.99)), 5)},
        "explained": {"answers": len(found.explained),
                      f"with {ENOUGH} dated items": sum(count >= ENOUGH for count in found.explained),
                      "with the reason why not": sum(count < 0 for count in found.explained)},
        "peak GB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }


def show(report: dict[str, Any]) -> None:
    """The report as text."""
    print(f"{report['set']} {report['part']}, {report['threads']} thread(s), {report['actors']} actors")
    for way in ("learned", "recurrence"):
        print(f"{way:32} {'answers':>8} {'MRR':>6} {'H@1':>6} {'H@3':>6} {'H@10':>6}")
        for name, row in report[way].items():
            numbers = " ".join(f"{row[key]:6.2f}" for key in ("mrr", "hits1", "hits3",
                                                              "hits10")) if row["answers"] else ""
            print(f"  {name:30} {row['answers']:8} {numbers}")
    for what in ("seconds", "explained"):
        print(f"{what}: " + ", ".join(f"{name} {value}" for name, value in report[what].items()))
    print(f"peak memory: {report['peak GB']} GB; kinds without a CAMEO code: {report['kinds without a code']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--score", choices=("valid", "test"), default="valid")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    report = run(options.shared, options.set, options.score, options.threads)
    if options.json:
        print(json.dumps(report, indent=1))
    else:
        show(report)


if __name__ == "__main__":
    main()
