"""What more training data is worth: the learned reader trained on parts of it, with other seeds, and without its helps.

    python training/curve.py ARTICLES SENTENCES [--auxiliary FILE] [--epochs 3]

ARTICLES and SENTENCES as for `training/reader.py`; `--auxiliary`: a file of sentences with a marked source and target
and a PLOVER root (`../shared/data/claims/zsp_PLV_train.jsonl`), which only this measurement learns from. Every network
is trained in the same way, for few epochs, without the articles whose keys begin with a letter of `--leave-out`, and
then judged, always by the same pairs:

- these articles, with the annotated mentions and with those that we resolve;
- the annotated sentences set aside (their mentions are annotated).

A figure is the F1 of pairs with their sign at the threshold that is best for it. About an hour and a half on one core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from examples import Example, Maker, Said, annotated_resolution, marked, sentence_spans
from reader import Material, curve, judged, material, trained
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.learned.model import cutter
from sides.claims.learned.windows import TYPES, Windows
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.model.document import Document

SEEDS = (1, 2, 3)
FRACTIONS = (1 / 8, 1 / 4, 1 / 2)


@dataclass(frozen=True, slots=True)
class Judges:
    """What every network is judged by."""

    annotated: list[Example]  # articles left out, with the annotated mentions
    resolved: list[Example]  # the same, with those that we resolve
    sentences: list[Example]  # set aside

    def groups(self) -> tuple[list[Example], ...]:
        """Those three, in the order in which they are printed."""
        return self.annotated, self.resolved, self.sentences


def part(examples: Sequence[Example], fraction: float) -> list[Example]:
    """The examples of a part of the texts; a smaller part lies within a larger one."""
    keys = sorted({one.key for one in examples})
    np.random.default_rng(0).shuffle(keys)
    kept = set(keys[:round(len(keys) * fraction)])
    return [one for one in examples if one.key in kept]


def read_by_grammar(examples: Sequence[Example]) -> list[np.ndarray]:
    """The grammar's reading of each pair, as if they were probabilities."""
    of_types = [one.grammar[:, :len(TYPES)] for one in examples]
    return [np.concatenate([1 - rows.max(1, keepdims=True), rows], 1) for rows in of_types]


def best(shares: Sequence[np.ndarray], examples: Sequence[Example]) -> str:
    """Precision, recall and F1 at the threshold with the best F1."""
    point = max(curve(shares, examples), key=lambda one: one.f1)
    return f"{point.f1:.3f} ({point.precision:.2f}, {point.recall:.2f})"


def auxiliary(path: Path) -> Iterator[Example]:
    """Sentences with one marked source, target and PLOVER root, as windows with one claim."""
    maker = Maker(Windows(cutter(), Lexicon.load()))
    roots = {kind.value: kind for kind in ClaimType}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        (expected,) = row["expected"]
        text, kind = row["text"], roots.get(expected["plover_type"])
        places = [(text.find(expected[side]), len(expected[side]), side) for side in ("source", "target")]
        if kind is None or any(begin < 0 for begin, _, _ in places):
            continue
        document = Document(text=text, name=row["id"], key=row["id"], published=PartialDate.parse("2015"),
                            published_from="sidecar")
        (parsed,) = maker.parser.parse([document])
        resolution = annotated_resolution(parsed, [(begin, begin + size, side) for begin, size, side in places], {})
        said = [Said("source", "target", kind, None, tuple(sentence_spans(parsed)))]
        yield from maker.of_parsed(row["id"], parsed, resolution, said, {"source": "source", "target": "target"})


def told(name: str, examples: Sequence[Example], judges: Judges, options: argparse.Namespace) -> None:
    """Train on some examples, and print how well the network reads: alone, then with the grammar."""
    network = trained(examples, options)
    figures = [best(judged(network, group, with_grammar=with_grammar), group)
               for with_grammar in (False, True) for group in judges.groups()]
    print(f"| {name} | {len(examples)} | {' | '.join(figures)} |", flush=True)


def main() -> None:
    """Train each, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="folders, with commas between them")
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--model", type=Path, help="folder of the encoder to start from")
    parser.add_argument("--auxiliary", type=Path, help="sentences with a PLOVER root")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--leave-out", default="bj", help="letters of the articles that judge")
    options = parser.parse_args()
    options.seed = SEEDS[0]
    torch.set_num_threads(1)
    every = material([Path(name) for name in options.articles.split(",")], options.sentences)
    maker = Maker(Windows(cutter(), Lexicon.load()))
    aside = [one for passage in marked(options.sentences, is_aside=True) for one in maker.of_passage(passage)]
    letters = tuple(options.leave_out)
    judges = Judges([one for one in every.annotated if one.key.startswith(letters)], every.only(letters), aside)
    whole = every.without(letters)
    articles = Material(every.resolved, every.annotated, []).without(letters)

    print("| trained on | windows | alone: annotated mentions | alone: ours | alone: sentences "
          "| with the grammar: annotated | ours | sentences |\n" + "| --- " * 8 + "|", flush=True)
    grammar = " | ".join(best(read_by_grammar(group), group) for group in judges.groups())
    print(f"| nothing: the grammar | 0 | - | - | - | {grammar} |", flush=True)
    told("all, seed 1", whole, judges, options)
    for fraction in reversed(FRACTIONS):
        told(f"a part of the texts: {fraction:g}", part(whole, fraction), judges, options)
    told("sentences only", every.sentences, judges, options)
    told("articles only", articles, judges, options)
    if options.auxiliary:
        told("all, and the auxiliary sentences", whole + list(auxiliary(options.auxiliary)), judges, options)
    for options.seed in SEEDS[1:]:
        told(f"all, seed {options.seed}", whole, judges, options)


if __name__ == "__main__":
    main()
