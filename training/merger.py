"""Fit the merger of the grammar and the encoder: how likely a claim is to be right, and from where on it is kept.

    python training/merger.py SHARED NETWORK [--corpus corpus/mentions] [--letters bj] [--write TABLE]

NETWORK is one that was trained without the articles whose keys begin with these letters (`training/reader.py` writes
it). A logistic regression over the signs of what is considered in them (claims/learned/thresholds.py); prints how well
each article is told with weights of the others, and signed F1 by threshold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from calibration import table
from claims import Reader, parts, recorded
from confidence import Example, fit
from scorer import Scorer
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.model import Network
from sides.claims.learned.reader import LearnedReader
from sides.claims.learned.thresholds import Thresholds
from sides.claims.merger import merged
from sides.claims.mode import Mode
from sides.model.claim import Claim

# What is considered at all: low, for the weights are to say what is kept.
PAIR, SECOND = 0.15, 0.2
PENALTY = 4.0
START = {"odds of the type": 1.0}
ROUNDS = 2  # the weights decide which of two claims that say the same is kept
# Of thresholds as good as the best but for so much F1, the highest is taken: a false claim costs more than a miss.
AS_GOOD = 0.01
Weighed = tuple[Claim, Mapping[str, float]]
THRESHOLDS = np.arange(0.1, 0.75, 0.05)


def main() -> None:
    """Fit, print and write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("network", type=Path)
    arguments.add_argument("--corpus", type=Path)
    arguments.add_argument("--letters", default="bj")
    arguments.add_argument("--write", type=Path)
    options = arguments.parse_args()
    reader, scorer, grammar = Reader(Mode.GRAMMAR), Scorer(options.shared), GrammarReader.load()
    folders = [(gold, chosen, list(reader.documents(texts, chosen)))
               for part, texts, gold, keys in parts(options.shared, options.corpus, is_aside=False) if part != "seeds"
               if (chosen := {key for key in keys if key[0] in options.letters})]
    network = Network.load(options.network)
    weights = dict(START)
    judged: list[Example] = []
    unjudged: list[tuple[float, bool]] = []
    gold_claims = 0
    for _ in range(ROUNDS):
        judged, unjudged, gold_claims = [], [], 0
        learned = LearnedReader(grammar, network, Thresholds(PAIR, SECOND, 0.0, 0.0, weights, ""), Mode.BOTH)
        for gold, keys, documents in folders:
            for parsed, resolution in documents:
                found = kept(learned.considered(parsed, resolution))
                verdict = scorer.judge(recorded([claim for claim, _ in found], parsed, resolution), gold,
                                       {parsed.document.key} if parsed.document.key in keys else keys)
                gold_claims += verdict.gold
                for (claim, signs), is_right in zip(found, verdict.has_sign, strict=True):
                    if signs:
                        judged.append(Example("", str(parsed.document.key), dict(signs), is_right))
                    else:
                        unjudged.append((claim.confidence, is_right))
        weights = fit(judged, PENALTY)
    left_out = validated(judged)
    right = [example.is_right for example in judged]
    print(table("each article with weights of the others", left_out, right, sum(right) / len(right)))
    least = best("considered", left_out, right, gold_claims, 0, 0)
    said = [is_right for sure, is_right in zip(left_out, right, strict=True) if sure >= least]
    alone = best("only the grammar's", [sure for sure, _ in unjudged], [is_right for _, is_right in unjudged],
                 gold_claims, len(said), sum(said))
    if options.write:
        rows = "".join(f'"{sign}" = {weight:g}\n' for sign, weight in sorted(weights.items()))
        options.write.write_text(
            f"# What each sign of a claim that the encoder finds likely (claims/learned/thresholds.py) adds to the\n"
            f"# logarithm of the odds that its two actors and its sign are right, and what is kept. source: own;\n"
            f"# fitted on {len(judged)} claims considered in the articles {options.letters}, unseen by the encoder:\n"
            f"# `python training/merger.py SHARED NETWORK --corpus corpus/mentions --write TABLE`.\n\n"
            f"[bounds]\npair = {PAIR}\nsecond = {SECOND}\nleast = {least}\nunjudged = {alone}\n\n[weights]\n{rows}",
            encoding="utf-8")


def kept(considered: Sequence[Weighed]) -> list[Weighed]:
    """What is left when claims that say the same are merged."""
    by_claim = {claim.id: (claim, signs) for claim, signs in sorted(considered, key=lambda one: one[0].confidence)}
    return [by_claim[claim.id] for claim in merged(claim for claim, _ in considered)]


def validated(examples: Sequence[Example]) -> list[float]:
    """The confidence of each example by weights fitted on the other articles."""
    by_fold = {fold: Thresholds(0, 0, 0, 0, fit([one for one in examples if one.fold != fold], PENALTY), "")
               for fold in sorted({example.fold for example in examples})}
    return [by_fold[example.fold].confidence(example.signs) for example in examples]


def best(label: str, sure: Sequence[float], right: Sequence[bool], gold: int, said: int, hits: int) -> float:
    """The highest threshold of about the best signed F1, beside `said` claims of which `hits` are right; prints all."""
    found = []
    for threshold in (round(float(one), 2) for one in THRESHOLDS):
        here = [is_right for one, is_right in zip(sure, right, strict=True) if one >= threshold]
        f1 = 2 * (hits + sum(here)) / (said + len(here) + gold)
        print(f"{label} from {threshold:.2f}: {len(here):5} said, {sum(here):5} right, signed F1 with all {f1:.3f}")
        found.append((f1, threshold))
    return max(threshold for f1, threshold in found if f1 >= max(found)[0] - AS_GOOD)


if __name__ == "__main__":
    main()
