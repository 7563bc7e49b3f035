"""Learn the weights by which pronouns and bare nouns find whom they stand for.

    python training/coreference.py FOLDER ... --unseen LETTERS --gum REPOSITORY --gap REPOSITORY --write TABLE

`FOLDER` holds annotated articles as `benchmarks/resolution.py` reads them; the repositories are bare clones of
`amir-zeldes/gum` and `google-research-datasets/gap-coreference`. Prints, leaving out one folder of articles at a time,
how good the answers are on the one left out; with `--write`, learns on all and writes the table, the same each time.
Articles whose key begins with a letter of `--unseen` are not read, so that they can tell how good the outcome is.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy
from spacy.tokens import Doc

from annotated import Annotated, Parse, articles, gap, gum
from sides.actors.ranker import LearnedRanker, Ranker, Reading
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

# Features seen less often are left out; the penalty on the square of each weight; steps and pace of the descent (Adam).
SEEN_MIN = 4
PENALTY = 3.0
STEPS = 150
PACE = 0.15
ROUNDS = 2
GUM, GAP = "gum", "gap"
# Features that only the corpora beside the articles have; they are left out of the table.
ELSEWHERE = "elsewhere"
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """One decision: the readings of a word and which are right."""

    model: str
    fold: str
    weight: float
    readings: tuple[Reading, ...]
    right: tuple[bool, ...]
    is_annotated: bool
    where: str = ""


class Recorder:
    """A ranker that takes down each decision, and makes the right one where it is known."""

    def __init__(self, ranker: Ranker, text: Annotated, is_teaching: bool) -> None:
        self.ranker, self.text, self.is_teaching = ranker, text, is_teaching
        self.examples: list[Example] = []

    def shares(self, model: str, token: int, readings: Sequence[Reading]) -> list[float]:
        """The shares of the ranker, or of the annotation."""
        text = self.text
        right = text.judge.right(text.parsed, token, readings)
        shares = self.ranker.shares(model, token, readings)
        if right is None:
            return shares
        around = text.parsed.doc[max(0, token - 12):token].text, text.parsed.doc[token].text, text.parsed.doc[
            token + 1:token + 8].text
        self.examples.append(Example(model, text.fold, text.weight, tuple(adapted(text, readings)), tuple(right),
                                     text.judge.is_annotated(text.parsed, token),
                                     f"{text.key}: {around[0]} [[{around[1]}]] {around[2]}".replace("\n", " ")))
        return [one / sum(right) for one in right] if self.is_teaching else shares


def adapted(text: Annotated, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with a feature of other corpora on those that are no actors: how many are is their own matter."""
    if text.fold not in (GUM, GAP):
        return list(readings)
    return [reading if reading.actors else
            replace(reading, features={**reading.features, f"{ELSEWHERE} {text.fold}": 1.0}) for reading in readings]


def record(texts: Iterable[Annotated], ranker: Ranker, is_teaching: bool, registry: Registry) -> list[Example]:
    """Every decision about the texts."""
    examples: list[Example] = []
    resolver = Resolver(registry, ranker)
    for text in texts:
        recorder = Recorder(ranker, text, is_teaching)
        resolver.ranker = recorder
        resolver.resolve(text.parsed)
        examples += recorder.examples
    return examples


def learn(examples: Sequence[Example]) -> Weights:
    """Weights for each model, by gradient descent on the likelihood of the right readings."""
    by_model: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_model[example.model].append(example)
    return {model: fit(by_model[model]) for model in sorted(by_model)}


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of one model."""
    seen: dict[str, int] = defaultdict(int)
    for example in examples:
        for feature in sorted({feature for reading in example.readings for feature in reading.features}):
            seen[feature] += 1
    names = sorted(feature for feature, count in seen.items() if count >= SEEN_MIN)
    place = {feature: index for index, feature in enumerate(names)}
    sizes = numpy.array([len(example.readings) for example in examples])
    begins = numpy.concatenate(([0], numpy.cumsum(sizes)[:-1]))
    rows, columns, values = [], [], []
    for row, reading in enumerate(reading for example in examples for reading in example.readings):
        for feature, value in reading.features.items():
            if feature in place:
                rows.append(row)
                columns.append(place[feature])
                values.append(value)
    row_of, column_of, value_of = numpy.array(rows), numpy.array(columns), numpy.array(values)
    right = numpy.array([one for example in examples for one in example.right], dtype=float)
    weight = numpy.repeat([example.weight for example in examples], sizes)
    weights, first, second = (numpy.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = numpy.bincount(row_of, value_of * weights[column_of], len(right))
        scores -= numpy.repeat(numpy.maximum.reduceat(scores, begins), sizes)
        powers = numpy.exp(scores)
        given = powers / numpy.repeat(numpy.add.reduceat(powers, begins), sizes)
        powers = powers * right + 1e-12 * right
        wanted = powers / numpy.repeat(numpy.add.reduceat(powers, begins), sizes)
        slope = weight * (given - wanted)
        gradient = numpy.bincount(column_of, value_of * slope[row_of], len(names)) + PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient ** 2
        weights -= PACE * (1 - step / (STEPS + 1)) * (first / (1 - 0.9 ** step)) / (
            numpy.sqrt(second / (1 - 0.999 ** step)) + 1e-8)
    return {name: round(float(value), 3) for name, value in zip(names, weights, strict=True)
            if abs(value) >= 0.0005 and not name.startswith(ELSEWHERE)}


def answer(weights: Mapping[str, Mapping[str, float]], example: Example) -> tuple[bool, bool, float]:
    """Whether the likeliest actors are given and right, and how likely they are."""
    shares: dict[tuple[str, ...], float] = {(): 0.0}
    right: set[tuple[str, ...]] = set()
    for reading, share, is_right in zip(example.readings, LearnedRanker(weights).shares(
            example.model, 0, example.readings), example.right, strict=True):
        shares[reading.actors] = shares.get(reading.actors, 0.0) + share
        if is_right:
            right.add(reading.actors)
    actors = min((actors for actors in shares if actors), key=lambda actors: (-shares[actors], actors), default=())
    return bool(actors), actors in right and bool(actors), shares[actors]


def validate(examples: Sequence[Example], folds: Sequence[str], errors: str | None) -> None:
    """Print how good the answers are on each fold, with weights learned on all others."""
    judged: dict[str, list[tuple[bool, bool, float, bool]]] = defaultdict(list)
    losses: dict[str, list[float]] = defaultdict(list)
    for fold in folds:
        weights = learn([example for example in examples if example.fold != fold])
        for example in examples:
            if example.fold == fold:
                given, is_right, likely = answer(weights, example)
                shares = LearnedRanker(weights).shares(example.model, 0, example.readings)
                losses[example.model].append(-math.log(max(1e-9, sum(
                    share for share, one in zip(shares, example.right, strict=True) if one))))
                judged[example.model].append((given, is_right, likely, example.is_annotated))
                if errors == example.model and given and likely >= 0.5 and not is_right:
                    print(f"{likely:.2f} {example.is_annotated} {example.where}")
    print(f"{'model':<12}{'likely':>7}{'out':>6}{'link P':>8}{'strict':>8}{'R':>7}   mean")
    for model in sorted(judged):
        print(f"{model:<12} loss {sum(losses[model]) / len(losses[model]):.4f} of {len(losses[model])}")
        wanted = sum(is_annotated for *_, is_annotated in judged[model])
        for likely in (0.3, 0.4, 0.5, 0.6, 0.7):
            out = [one for one in judged[model] if one[0] and one[2] >= likely]
            right = sum(one[1] for one in out)
            linked = sum(one[3] for one in out)
            print(f"{model:<12}{likely:>7}{len(out):>6}{right / max(1, linked):>8.3f}{right / max(1, len(out)):>8.3f}"
                  f"{right / max(1, wanted):>7.3f}   {sum(one[2] for one in out) / max(1, len(out)):.3f}")


class Parses:
    """Parses documents, and keeps the parses in a folder if one is given."""

    def __init__(self, folder: Path | None) -> None:
        self.parser, self.folder = Parser.load(), folder

    def __call__(self, document: Document) -> Parsed:
        """The parse of a document."""
        if self.folder is None:
            return next(iter(self.parser.parse([document])))
        path = self.folder / hashlib.sha256(document.text.encode()).hexdigest()[:24]
        if not path.exists():
            next(iter(self.parser.parse([document]))).doc.to_disk(path)
        return Parsed(document, Doc(self.parser.nlp.vocab).from_disk(path))


def gather(given: argparse.Namespace, registry: Registry) -> list[Annotated]:
    """All annotated texts."""
    parse: Parse = Parses(given.parses)
    resolver = Resolver(registry, LearnedRanker({}))  # what is learned must not hang on what was learned before
    texts = [text for folder in given.folders for text in articles(folder, given.unseen, resolver, parse)]
    if given.gum:
        texts += gum(given.gum, parse)
    if given.gap:
        texts += gap(given.gap, parse)
    return texts


def main() -> None:
    """Learn, measure and write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folders", type=Path, nargs="+")
    arguments.add_argument("--unseen", default="", help="leave out articles whose key begins with one of these letters")
    arguments.add_argument("--gum", type=Path)
    arguments.add_argument("--gap", type=Path)
    arguments.add_argument("--parses", type=Path, help="keep parses here")
    arguments.add_argument("--errors", help="list wrong answers of this model")
    arguments.add_argument("--write", type=Path, help="the table to write")
    given = arguments.parse_args()
    registry = Registry.load()
    texts = gather(given, registry)
    weights: Weights = {}
    examples: list[Example] = []
    for turn in range(ROUNDS):
        examples = record(texts, LearnedRanker(weights), turn == 0, registry)
        weights = learn(examples)
    folds = sorted({example.fold for example in examples} - {GUM, GAP})
    validate(examples, folds, given.errors)
    if given.write:
        write(given.write, weights, examples)


def write(path: Path, weights: Weights, examples: Sequence[Example]) -> None:
    """Write the table of weights."""
    counts: dict[str, int] = defaultdict(int)
    for example in examples:
        counts[example.fold if example.fold in (GUM, GAP) else "articles"] += 1
    learned = ", ".join(f"{counts[kind]} of {kind}" for kind in sorted(counts))
    rows = [f"{model}\t{feature}\t{value:g}\n" for model in sorted(weights)
            for feature, value in sorted(weights[model].items())]
    path.write_text(f"# Weights learned by training/coreference.py from {learned}. source: docs/resolution.md.\n"
                    "model\tfeature\tweight\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
