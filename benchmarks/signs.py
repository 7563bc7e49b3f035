"""Fit the weights by which unknown names are told apart: `src/sides/data/resolution/signs.tsv`.

    python benchmarks/signs.py FOLDER ... [--unseen LETTERS] [--write]

The unknown names of a corpus whose mentions were annotated by hand (`benchmarks/resolution.py`) are those that no list
knows: with the shipped registry, with either half of it, and with states alone, so that famous names take part too.
Each is a person's, a body's or neither by the annotation. A logistic regression over the signs of its uses, drawn
toward what some signs must mean, is fitted on all of them; the figures printed are of folders left out in turn.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from resolution import SET_ASIDE, Case, cases
from sides.actors.profiles import Chances, Profiles
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.actors.tables import shipped
from sides.parsing.pipeline import Parsed, Parser

TABLE = Path(__file__).parents[1] / "src/sides/data/resolution/signs.tsv"
HEADING = """\
# What the uses of an unknown name in a document say for a person's name and for one of a body that acts, against
# neither: a logistic regression on the unknown names of annotated documents. source: own; benchmarks/signs.py.
sign\tperson\tbody
"""
KEPT_KINDS = frozenset(("state", "people", "other"))
PERSON, BODY = 1, 2
# Drawn toward these, where examples are few: weights for a person and for a body.
EXPECTED = {
    "after-moving": (-.4, -.9), "before-member": (-.5, 1), "before-organization": (-1, 1), "before-place": (-1.5, -1.5),
    "beside-organization": (-.3, .7), "beside-place": (-1, -1), "byline": (-3, -3), "city": (-2.5, -2),
    "initial": (2, -.5), "is-organization": (-1, 1.5), "is-person": (1.5, -1), "is-place": (-2, -2),
    "located": (-2, -2), "object-motion": (-.8, -.8), "opening": (-.8, -.8), "place-opener": (-1.5, -1),
    "of-member": (-.5, 1), "of-person": (-.8, 1), "of-place": (-1.5, -1.5),
    "owns-member": (0, .5), "quoted": (-.3, -.3), "subject-lying": (-1.5, -1.2), "titled": (2, -1),
    "town": (-1, -1), "who": (2, 0),
}
PENALTY = 4.0
EXPECTED_PENALTY = 12.0
LEAST_USES = 4
STEPS, RATE = 1500, 0.05
LEAST_WEIGHT = 0.05


def registries() -> list[Registry]:
    """The shipped registry, each half of what it knows beside states and peoples, and neither half."""
    found = [Registry.load()]
    for halves in ((0,), (1,), ()):
        tables, _ = shipped()
        actors = [row for row in tables["actors"] if row[1] in KEPT_KINDS
                  or int(hashlib.sha256(row[0].encode()).hexdigest(), 16) % 2 in halves]
        kept = {row[0] for row in actors}
        part = {**tables, "actors": actors, "names": [row for row in tables["names"] if row[0] in kept],
                "codes": [row for row in tables["codes"] if row[0] in kept]}
        for table in ("roles", "relations"):
            part[table] = [row for row in tables[table] if row[0] in kept and row[2] in kept]
        found.append(Registry(part, "part"))
    return found


def examples(case: Case, parsed: Parsed, resolvers: list[Resolver]) -> Iterator[tuple[int, frozenset[str]]]:
    """What each unknown name of a document is by the annotation, and its signs."""
    asked: list[tuple[str, int, int, frozenset[str]]] = []

    def record(profiles: Profiles, begin: int, end: int) -> Chances:
        surface = profiles.surface
        asked.append((surface.folded(begin, end), surface.begin_char[begin], surface.end_char[end - 1],
                      profiles.signs(begin, end)))
        return Chances(0.0, 0.0)

    usual, seen = Profiles.chances, set()
    Profiles.chances = record  # type: ignore[method-assign,assignment]
    try:
        for resolver in resolvers:
            asked.clear()
            resolver.resolve(parsed)
            labels: dict[tuple[str, frozenset[str]], Counter[int]] = defaultdict(Counter)
            for key, begin, end, signs in asked:
                labels[key, signs][label(case, begin, end)] += 1
            for (key, signs), found in sorted(labels.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
                one = min(found, key=lambda kind: (-found[kind], kind))
                if (key, signs, one) not in seen:
                    seen.add((key, signs, one))
                    yield one, signs
    finally:
        Profiles.chances = usual  # type: ignore[method-assign]


def label(case: Case, begin: int, end: int) -> int:
    """What the annotation takes these characters for; a mention much longer than they are does not count."""
    kinds = Counter(PERSON if case.kinds.get(gold.actor) == "person" else BODY for gold in case.mentions
                    if gold.begin < end and begin < gold.end and gold.form == "named"
                    and len(gold.text) <= 2.2 * (end - begin) + 6)
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else 0


def fit(seen: np.ndarray, wanted: np.ndarray, names: list[str]) -> np.ndarray:
    """Weights of each sign for neither, person and body; those of neither stay 0."""
    expected = np.array([(0.0, *EXPECTED.get(name, (0.0, 0.0))) for name in names])
    penalty = np.array([0.0 if name == "always" else EXPECTED_PENALTY if name in EXPECTED else PENALTY
                        for name in names])[:, None]
    weights, first, second = np.zeros((3, len(names), 3))
    for step in range(1, STEPS + 1):
        slope = (seen.T @ (chances(seen, weights) - wanted) + penalty * (weights - expected)) / len(seen)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope ** 2
        weights -= RATE * (first / (1 - 0.9 ** step)) / (np.sqrt(second / (1 - 0.99 ** step)) + 1e-8)
        weights[:, 0] = 0
    return weights


def chances(seen: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Chances of neither, person and body, one row an example."""
    scores = seen @ weights
    parts = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(parts / parts.sum(1, keepdims=True))


def main() -> None:
    """Fit, print how well folders left out are told apart, and write the table if asked."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folders", type=Path, nargs="+")
    arguments.add_argument("--unseen", default="", help="leave out articles whose key begins with one of these letters")
    arguments.add_argument("--write", action="store_true", help="write the weights where resolution reads them")
    given = arguments.parse_args()
    parser, resolvers = Parser.load(), [Resolver(registry) for registry in registries()]
    rows = [(case.key[0], kind, signs) for folder in given.folders for case in cases(folder)
            if case.key not in SET_ASIDE and case.key[0] not in given.unseen
            for kind, signs in examples(case, next(iter(parser.parse([case.document]))), resolvers)]
    uses = Counter(sign for _, _, signs in rows for sign in signs)
    names = ["always", *sorted({sign for sign, count in uses.items() if count >= LEAST_USES} | EXPECTED.keys())]
    seen = np.array([[name == "always" or name in signs for name in names] for _, _, signs in rows], dtype=float)
    wanted = np.eye(3)[[kind for _, kind, _ in rows]]
    told = np.zeros_like(wanted)
    for folder in sorted({folder for folder, _, _ in rows}):
        out = np.array([row[0] == folder for row in rows])
        told[out] = chances(seen[out], fit(seen[~out], wanted[~out], names))
    print(f"{len(rows)} unknown names, right {np.mean(told.argmax(1) == wanted.argmax(1)):.3f},"
          f" log loss {-np.log((told * wanted).sum(1)).mean():.3f} on folders left out")
    if given.write:
        weights = fit(seen, wanted, names)
        rows_out = [f"{name}\t{person:.2f}\t{body:.2f}\n"
                    for name, (_, person, body) in sorted(zip(names, weights.tolist(), strict=True))
                    if name == "always" or max(abs(person), abs(body)) >= LEAST_WEIGHT]
        TABLE.write_text(HEADING + "".join(rows_out), encoding="utf-8")


if __name__ == "__main__":
    main()
