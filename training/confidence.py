"""Learn the weights by which the grammar reader tells how sure a claim is.

    python training/confidence.py SHARED [--corpus corpus/mentions] [--write TABLE]

Reads the articles that `benchmarks/claims.py` calls "developed on" and "own"; a claim is right if the scorer matches
its two actors and its sign. A logistic regression over the signs of a reading, drawn toward nothing, is learned on all
of them, the same each time. Prints how well it tells each folder when learned on the others, for several penalties,
with a reliability table; the seeds, which nothing is learned from, last. With `--write`, writes the table.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from calibration import brier, calibration_error, table
from claims import Reader, parts, recorded
from scorer import Scorer
from sides.actors.resolution import Resolution
from sides.claims.grammar.confidence import CEILING, FLOOR, Confidence
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.reader import GrammarReader
from sides.claims.grammar.signs import ALWAYS, Signs
from sides.claims.merger import merged
from sides.claims.modality import Modalities
from sides.claims.mode import Mode
from sides.parsing.pipeline import Parsed

# Signs seen less often are left out; the penalty on the square of each weight: strong, as long as folders left out are
# told as well.
SEEN_MIN = 6
PENALTY = 16.0
PENALTIES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
STEPS = 30
# The weights decide which of two claims that say the same is kept: what is kept is read again with what was learned.
ROUNDS = 2
Folder = tuple[str, Path, Path, set[str], list[tuple[Parsed, Resolution]]]


@dataclass(frozen=True, slots=True)
class Example:
    """One claim that was read: its folder, its signs and whether it is right."""

    part: str
    fold: str
    signs: Signs
    is_right: bool


def main() -> None:
    """Learn, measure and write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--corpus", type=Path, help="a folder of folders with annotated articles of our own")
    arguments.add_argument("--write", type=Path, help="the table to write")
    options = arguments.parse_args()
    reader, scorer, lexicon = Reader(Mode.GRAMMAR), Scorer(options.shared), Lexicon.load()
    folders = [(part, texts, gold, keys, list(reader.documents(texts, keys)))
               for part, texts, gold, keys in parts(options.shared, options.corpus, is_aside=False)]
    weights: dict[str, float] = {}
    examples: list[Example] = []
    for _ in range(ROUNDS):
        grammar = GrammarReader(lexicon, Modalities.load(), Confidence(weights, 0.0, ""))
        examples = [example for folder in folders for example in read(grammar, scorer, folder)]
        weights = fit([example for example in examples if example.part != "seeds"])
    known = [example for example in examples if example.part != "seeds"]
    left_out = validated(known)
    share = round(sum(example.is_right for example in known) / len(known), 3)
    for part in sorted({example.part for example in known}):
        print(table(f"{part}, each folder with weights of the others", *told(left_out, part), share))
    seeds = [(chance(weights, example.signs), example) for example in examples if example.part == "seeds"]
    print(table("seeds", *told(seeds, "seeds"), share))
    if options.write:
        write(options.write, weights, left_out, share)


def read(grammar: GrammarReader, scorer: Scorer, folder: Folder) -> list[Example]:
    """The claims of a folder as they are read, judged."""
    part, texts, gold, keys, documents = folder
    records, found = [], []
    for parsed, resolution in documents:
        weighed = list(grammar.readings(parsed, resolution))
        signs_by_claim = {id(one.claim): one.signs for one in weighed}
        kept = merged(one.claim for one in weighed)
        found += [signs_by_claim[id(claim)] for claim in kept]
        records += recorded(kept, parsed, resolution)
    verdict = scorer.judge(records, gold, keys)
    return [Example(part, texts.name, signs, is_right)
            for signs, is_right in zip(found, verdict.has_sign, strict=True)]


def fit(examples: Sequence[Example], penalty: float = PENALTY) -> dict[str, float]:
    """The weight of each sign, by Newton's method on the likelihood."""
    seen = Counter(sign for example in examples for sign in example.signs)
    names = sorted(sign for sign, count in seen.items() if count >= SEEN_MIN)
    values = np.array([[example.signs.get(name, 0.0) for name in names] for example in examples])
    right = np.array([example.is_right for example in examples], dtype=float)
    penalties = np.array([0.0 if name == ALWAYS else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        given = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (given - right) + penalties * weights
        curve = (values * (given * (1 - given))[:, None]).T @ values + np.diag(penalties)
        weights -= np.linalg.solve(curve, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.0005}


def chance(weights: Mapping[str, float], signs: Signs) -> float:
    """The confidence that the reader would give."""
    return Confidence(weights, 0.0, "").of(signs)


def validated(examples: Sequence[Example]) -> list[tuple[float, Example]]:
    """Each example with its confidence by weights learned on the other folders; prints figures for each penalty."""
    print(f"{'penalty':>8}{'log loss':>10}{'Brier':>8}{'error':>8}   each folder with weights of the others")
    kept: list[tuple[float, Example]] = []
    for penalty in PENALTIES:
        found = []
        for fold in sorted({example.fold for example in examples}):
            weights = fit([example for example in examples if example.fold != fold], penalty)
            found += [(chance(weights, example.signs), example) for example in examples if example.fold == fold]
        sure, right = (np.array(column, dtype=float) for column in told(found))
        inside = np.clip(sure, FLOOR, CEILING)
        loss = -np.log(np.where(right > 0, inside, 1 - inside)).mean()
        print(f"{penalty:>8}{loss:>10.4f}{brier(sure, right):>8.4f}{calibration_error(sure, right):>8.3f}")
        kept = found if penalty == PENALTY else kept
    return kept


def told(found: Sequence[tuple[float, Example]], part: str | None = None) -> tuple[list[float], list[bool]]:
    """The confidences of a part, and whether each was right."""
    inside = [(sure, example.is_right) for sure, example in found if part in (None, example.part)]
    return [sure for sure, _ in inside], [is_right for _, is_right in inside]


def write(path: Path, weights: Mapping[str, float], left_out: Sequence[tuple[float, Example]], share: float) -> None:
    """Write the table of weights, with where it comes from and how good it is."""
    sure, right = (np.array(column, dtype=float) for column in told(left_out))
    counts = Counter(sign for _, example in left_out for sign in example.signs)
    rows = "".join(f'"{sign}" = {weight:g}  # {counts[sign]}\n' for sign, weight in sorted(weights.items()))
    path.write_text(
        f"# What each sign of a reading (claims/grammar/signs.py) adds to the logarithm of the odds that its two\n"
        f"# actors and its sign are right. source: own; a logistic regression on {len(left_out)} claims read from\n"
        f"# annotated articles: `python training/confidence.py SHARED --corpus corpus/mentions --write TABLE`.\n"
        f"# With each folder left out in turn: Brier score {brier(sure, right):.3f}, calibration error "
        f"{calibration_error(sure, right):.3f}; always {share:.3f}: {brier(np.full(len(sure), share), right):.3f}.\n"
        f"# Behind each weight: in how many claims its sign was seen.\n\n"
        f"share = {share}  # of those claims were right\n\n[weights]\n{rows}", encoding="utf-8")


if __name__ == "__main__":
    main()
