"""How well turns are found in streams of events: KEDS Levant and Gulf against 41 known turns of eleven dyads.

    python benchmarks/ties_turns.py SHARED [--list]

The events of two states are all between actors whose codes begin with their letters, in both directions, with the
Goldstein value of their code (CAMEO or WEIS). A detection is right if a known turn (`keds_turns.json`) has its
direction and it comes at most 3 months before and 8 months after it; each counts once. The settings of our own were
chosen on the same turns: the second row of ours chooses those of each dyad on the other ten.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sides.ties.changepoints import COOPERATIVE_WEIGHT, Prior, changes, changes_of_channels, event_changes

KNOWN = Path(__file__).with_name("keds_turns.json")
BEFORE_MONTHS, AFTER_MONTHS = 3, 8
# The files, the scale of their codes, and how many months they cover from 1979-04 on.
FILES = (("levant_cameo_1979_2011.csv.gz", "cameo_goldstein.csv", 392),
         ("gulf_weis_1979_1999.csv.gz", "weis_goldstein.csv", 240))
FIRST_MONTH = 1979 * 12 + 3
LEVANT = frozenset(("EGY", "ISR"))  # the first of the two of a dyad, by code
SAME = {"PSE": "PAL", "UAR": "EGY"}
DRAWS = 2000

Array = NDArray[np.float64]
Turn = tuple[int, int]  # month, counted from the first, and direction


@dataclass(frozen=True, slots=True)
class Stream:
    """The events of a dyad by month, and its known turns."""

    cooperative: Array  # sums of Goldstein values above 0
    hostile: Array  # sums of the absolute values of those below
    events: Array
    turns: list[Turn]


def month_of(text: str) -> int:
    """Months from 1979-04 to a date."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1 - FIRST_MONTH


def streams(shared: Path) -> dict[str, Stream]:
    """The dyads, in the order of their codes."""
    known = json.loads(KNOWN.read_text(encoding="utf-8"))["turns"]
    folder, found = shared / "data/events/keds", {}
    for number, (name, scale, months) in enumerate(FILES):
        with (folder / scale).open(encoding="utf-8", newline="") as lines:
            values = {row["code"]: float(row["goldstein"]) for row in csv.DictReader(lines)}
        sums = {dyad: np.zeros((3, months)) for dyad in known if (dyad[:3] in LEVANT) == (number == 0)}
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                sides = sorted(SAME.get(row[end][:3], row[end][:3]) for end in ("source", "target"))
                dyad = sums.get("-".join(sides))
                value, month = values.get(row["code"]), month_of(row["date"])
                if dyad is not None and value is not None and 0 <= month < months:
                    dyad[:, month] += max(value, 0), max(-value, 0), 1
        for dyad, (cooperative, hostile, events) in sums.items():
            turns = [(month_of(month), 1 if way == "up" else -1) for month, way in known[dyad]]
            found[dyad] = Stream(cooperative, hostile, events, turns)
    return dict(sorted(found.items()))


def hits(found: Sequence[Turn], known: Sequence[Turn]) -> int:
    """How many known turns are found at most, each by a detection of its own."""
    taken: dict[int, int] = {}

    def place(detection: int, tried: set[int]) -> bool:
        month, direction = found[detection]
        for index, (turn, way) in enumerate(known):
            if way == direction and -BEFORE_MONTHS <= month - turn <= AFTER_MONTHS and index not in tried:
                tried.add(index)
                if index not in taken or place(taken[index], tried):
                    taken[index] = detection
                    return True
        return False

    return sum(place(detection, set()) for detection in range(len(found)))


Score = tuple[int, int, int]  # known turns found, detections, known turns


def total(scores: Iterator[Score] | Sequence[Score]) -> Score:
    """The scores of several dyads together."""
    found, detections, known = (sum(column) for column in zip(*scores, strict=True))
    return found, detections, known


def balanced(score: Score) -> float:
    """The harmonic mean of recall and precision."""
    found, detections, known = score
    return 2 * found / (detections + known)


def summed(stream: Stream) -> list[Turn]:
    """The baseline: changes of the sum of Goldstein values over the root of the events, a change in ten years."""
    series = (stream.cooperative - stream.hostile) / np.sqrt(np.maximum(stream.events, 1))
    return [(change.month, change.direction) for change in changes(series, Prior(hazard=1 / 120))]


def hostile_alone(stream: Stream) -> list[Turn]:
    """Changes of the root of hostility alone."""
    series = np.sqrt(stream.hostile)
    return [(change.month, change.direction) for change in changes_of_channels([series], [1.0], -stream.hostile)]


def ours(stream: Stream) -> list[Turn]:
    """What the product finds."""
    return [(change.month, change.direction) for change in event_changes(stream.cooperative, stream.hostile)]


Setting = tuple[float, float, float, float]
GRID: list[Setting] = list(itertools.product((.25, .5, 1.0), (1 / 400, 1 / 120, 1 / 60), (.1, .3, 1.0),
                                             (1.0, 3.0, 10.0)))


def with_setting(stream: Stream, setting: Setting) -> list[Turn]:
    """What other settings than the product's find: weight of cooperation, hazard, strength and shape."""
    weight, hazard, strength, shape = setting
    prior = Prior(hazard=hazard, strength=strength, shape=shape)
    found = changes_of_channels([np.sqrt(stream.hostile), np.sqrt(stream.cooperative)], [1.0, weight],
                                stream.cooperative - stream.hostile, prior)
    return [(change.month, change.direction) for change in found]


def left_out(dyads: Mapping[str, Stream]) -> tuple[Score, list[Setting]]:
    """Each dyad with the settings of the grid that are best (`balanced`, the first of equals) on the others."""
    scores = {dyad: [scored(stream, with_setting(stream, setting)) for setting in GRID]
              for dyad, stream in dyads.items()}
    chosen = {}
    for dyad in dyads:
        chosen[dyad] = max(range(len(GRID)), key=lambda place: (
            balanced(total([scores[other][place] for other in dyads if other != dyad])), -place))
    return total([scores[dyad][place] for dyad, place in chosen.items()]), [GRID[place] for place in chosen.values()]


def scored(stream: Stream, found: Sequence[Turn]) -> Score:
    """The score of a dyad."""
    return hits(found, stream.turns), len(found), len(stream.turns)


def random_turns(dyads: Mapping[str, Stream], counts: Sequence[int]) -> float:
    """The mean of turns found by as many random months and directions a dyad as were detected."""
    generator, found = np.random.default_rng(0), 0
    for _ in range(DRAWS):
        for stream, count in zip(dyads.values(), counts, strict=True):
            months = generator.integers(0, len(stream.events), count)
            ways = generator.choice((-1, 1), count)
            found += hits(list(zip(months.tolist(), ways.tolist(), strict=True)), stream.turns)
    return found / DRAWS


def line(name: str, found: float, detections: int, known: int) -> str:
    """A row of the table."""
    return f"{name:<52}{found / known:>7.2f}{detections:>12}{found / max(1, detections):>11.2f}{found:>8.1f}"


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--list", action="store_true", help="list what is found in each dyad")
    given = arguments.parse_args()
    dyads = streams(given.shared)
    print(f"{'':<52}{'recall':>7}{'detections':>12}{'precision':>11}{'found':>8}")
    found = {dyad: ours(stream) for dyad, stream in dyads.items()}
    counts = [len(turns) for turns in found.values()]
    known = sum(len(stream.turns) for stream in dyads.values())
    print(line("random, as many a dyad as ours", random_turns(dyads, counts), sum(counts), known))
    methods: tuple[tuple[str, Callable[[Stream], list[Turn]]], ...] = (
        ("one series, sum of Goldstein / root of events", summed), ("root of hostility alone", hostile_alone),
        ("event_changes", ours))
    for name, method in methods:
        print(line(name, *total([scored(stream, method(stream)) for stream in dyads.values()])))
    score, settings = left_out(dyads)
    print(line(f"event_changes, settings from the other dyads (of {len(GRID)})", *score))
    print("settings chosen (weight, hazard, strength, shape):",
          "; ".join(f"{weight:g}, 1/{1 / hazard:.0f}, {strength:g}, {shape:g} in {settings.count(each)}"
                    for each in sorted(set(settings)) for weight, hazard, strength, shape in [each]),
          f"(shipped: {COOPERATIVE_WEIGHT:g}, 1/{1 / Prior().hazard:.0f}, {Prior().strength:g}, {Prior().shape:g})")
    if given.list:
        for dyad, turns in found.items():
            print(dyad, ", ".join(f"{'up' if way > 0 else 'down'} {(month + FIRST_MONTH) // 12}-"
                                  f"{(month + FIRST_MONTH) % 12 + 1:02d}" for month, way in turns))


if __name__ == "__main__":
    main()
