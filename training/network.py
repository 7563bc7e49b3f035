"""The encoder of pairs of actors: MiniLM with what the grammar knows of each word, and a head for every two actors.

Nils Reimers' all-MiniLM-L6-v2 (Apache-2.0; 6 layers, 384 wide) reads a sentence once. Its input also says of each piece
whose mention it is (a slot that is dealt anew in training, so that it ties the mentions of one actor and no more), the
kind of actor and the form of the mention, the type that the lexicon lists for the word, and its dependency. A pair is
the mean of each actor's pieces, their product, attention over the sentence that knows how each piece stands to the two
(on the way through the dependency tree, beside it, between), the mean of that way, its labels, distances, and what the
grammar reads. What the grammar reads is also added to the answer directly: it leads where the rest says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from examples import Example
from sides.claims.learned.dependency import DEPS
from sides.claims.learned.grammar_says import GRAMMAR_FEATURES
from sides.claims.learned.windows import (
    FORMS,
    KINDS,
    PLACE_FEATURES,
    SHARED_SLOT,
    SLOTS,
    SOURCE_SIDE,
    STEPS,
    TOP,
    TYPES,
    UNTYPED,
)

WIDTH, HEADS = 384, 6
TRIGGER_HEADS = 2  # of the attention, those that are taught where triggers are
ROLES = 8
ANSWERS = len(TYPES) + 1
TRAITS = (SHARED_SLOT + 1, len(KINDS) + 1, len(FORMS) + 1, UNTYPED + 1, len(DEPS) + 1)
MASK = 103  # the piece that hides a word
LED_BY_GRAMMAR = 5.0  # log odds that a sure reading of the grammar adds before anything is learned
FAR = 1e4


class PairEncoder(nn.Module):
    """For every pair of a batch of windows the log odds of each answer, and where its attention falls."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.traits = nn.ModuleList([nn.Embedding(size, WIDTH) for size in TRAITS])
        for embedding in self.traits:
            nn.init.normal_(embedding.weight, std=0.01)
            embedding.weight.data[0] = 0
        each = WIDTH // HEADS
        self.query, self.key, self.value = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.role_bias = nn.Parameter(torch.zeros(HEADS, ROLES))
        self.role_key = nn.Parameter(torch.randn(ROLES, HEADS, each) * 0.02)
        self.role_value = nn.Parameter(torch.randn(ROLES, HEADS, each) * 0.02)
        self.step = nn.Embedding(TRAITS[4] * STEPS * 2, 24)
        self.kind, self.form = nn.Embedding(TRAITS[1], 16), nn.Embedding(TRAITS[2], 16)
        self.lead = nn.Linear(GRAMMAR_FEATURES, ANSWERS, bias=False)
        nn.init.zeros_(self.lead.weight)
        with torch.no_grad():
            for kind in range(len(TYPES)):
                self.lead.weight[kind + 1, kind] = LED_BY_GRAMMAR
                self.lead.weight[0, kind] = -1.0
        width = 5 * WIDTH + 24 * 2 * STEPS + 4 * 16 + PLACE_FEATURES + GRAMMAR_FEATURES + 1
        self.drop = nn.Dropout(0.2)
        self.vector = nn.Sequential(nn.Linear(width, 512), nn.GELU(), nn.Dropout(0.2), nn.Linear(512, 256), nn.GELU())
        self.answer = nn.Linear(256, ANSWERS)
        self.register_buffer("step_base", torch.arange(2 * STEPS) * TRAITS[4])

    def forward(self, ids: Tensor, mask: Tensor, traits: Tensor, member: Tensor, kinds: Tensor, forms: Tensor,
                pairs: Tensor, roles: Tensor, steps: Tensor, places: Tensor, grammar: Tensor,
                has: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Of B windows of T pieces, A actors, P pairs: (B, P, answers), (B, heads, P, T), (B, P, 256). See `Batch`."""
        words = self.encoder.embeddings.word_embeddings(ids)
        for place, embedding in enumerate(self.traits):
            words = words + embedding(traits[:, place])
        seen = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        count, length, _ = seen.shape
        number = pairs.shape[1]
        actors = torch.bmm(member.to(seen.dtype), seen)
        sources, targets = pairs[:, :, 0], pairs[:, :, 1]
        source, target = picked(actors, sources), picked(actors, targets)
        each = WIDTH // HEADS
        query = self.query(torch.cat([source, target], -1)).view(count, number, HEADS, each).transpose(1, 2)
        key = self.key(seen).view(count, length, HEADS, each)
        value = self.value(seen).view(count, length, HEADS, each)
        is_role = nn.functional.one_hot(roles, ROLES).to(seen.dtype)
        by_role = query @ self.role_key.permute(1, 2, 0).to(seen.dtype) \
            + self.role_bias.unsqueeze(1) * math.sqrt(each)
        scores = (query @ key.permute(0, 2, 3, 1)
                  + torch.einsum("bhpr,bptr->bhpt", by_role.to(seen.dtype), is_role)) / math.sqrt(each)
        looks = (scores.float() + (mask[:, None, None, :] - 1) * FAR).softmax(-1)
        found = looks.to(seen.dtype) @ value.transpose(1, 2) + torch.einsum(
            "bhpt,bptr->bhpr", looks.to(seen.dtype), is_role) @ self.role_value.transpose(0, 1).to(seen.dtype)
        on_way = ((roles >= SOURCE_SIDE) & (roles <= TOP)).to(seen.dtype)
        way = torch.bmm(on_way, seen) / (on_way.sum(-1, keepdim=True) + 1e-3)
        told = torch.cat([
            self.kind(torch.gather(kinds, 1, sources)), self.form(torch.gather(forms, 1, sources)),
            self.kind(torch.gather(kinds, 1, targets)), self.form(torch.gather(forms, 1, targets))], -1)
        labels = self.step(steps + self.step_base).reshape(count, number, -1)
        pair = torch.cat([source, target, source * target, found.transpose(1, 2).reshape(count, number, WIDTH), way,
                          labels, told, places, grammar * has, has], -1)
        vector = self.vector(self.drop(pair))
        return self.answer(vector) + self.lead(grammar * has), looks, vector


def picked(rows: Tensor, places: Tensor) -> Tensor:
    """The rows (B, A, W) at some places (B, P)."""
    return torch.gather(rows, 1, places.unsqueeze(-1).expand(-1, -1, rows.shape[-1]))


class Served(nn.Module):
    """The encoder as it is shipped: probabilities, the mean of the attention that was taught triggers, and vectors."""

    def __init__(self, network: PairEncoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, *batch: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Probabilities (B, P, answers), attention (B, P, T), and what likeness is measured by (B, P, 256)."""
        answers, looks, vector = self.network(*batch)
        return answers.softmax(-1), looks[:, :TRIGGER_HEADS].mean(1), vector


@dataclass(slots=True)
class Batch:
    """Windows side by side, filled up with zeros; the fields are the inputs of the network, in their order."""

    ids: np.ndarray  # (B, T)
    mask: np.ndarray  # (B, T) 1 where there is a piece
    traits: np.ndarray  # (B, 5, T)
    member: np.ndarray  # (B, A, T) the share of each piece in an actor
    kinds: np.ndarray  # (B, A)
    forms: np.ndarray  # (B, A)
    pairs: np.ndarray  # (B, P, 2)
    roles: np.ndarray  # (B, P, T)
    steps: np.ndarray  # (B, P, 2 * STEPS)
    places: np.ndarray  # (B, P, PLACE_FEATURES)
    grammar: np.ndarray  # (B, P, GRAMMAR_FEATURES)
    has: np.ndarray  # (B, P, 1) whether what the grammar says may be used

    def tensors(self) -> tuple[Tensor, ...]:
        """The inputs of the network."""
        return tuple(torch.as_tensor(getattr(self, one.name)) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Noise:
    """How a batch is disturbed in training, so that names are not learned by heart nor the grammar relied on."""

    rng: np.random.Generator
    hidden: float = 0.3  # of the actors
    without_grammar: float = 0.3  # of the windows


def batched(examples: Sequence[Example], noise: Noise | None = None) -> tuple[Batch, Tensor, Tensor]:
    """A batch, its answers (B, P, answers; all zero where there is no pair), and its triggers (B, P, T)."""
    count = len(examples)
    length = max(len(one.window.pieces) for one in examples)
    actors = max(len(one.window.actors) for one in examples)
    number = max(len(one.labels) for one in examples)
    whole = {"ids": (length,), "traits": (5, length), "kinds": (actors,), "forms": (actors,), "pairs": (number, 2),
             "roles": (number, length), "steps": (number, 2 * STEPS)}
    parts = {"mask": (length,), "member": (actors, length), "places": (number, PLACE_FEATURES),
             "grammar": (number, GRAMMAR_FEATURES), "has": (number, 1)}
    batch = Batch(**{name: np.zeros((count, *shape), np.int64) for name, shape in whole.items()},
                  **{name: np.zeros((count, *shape), np.float32) for name, shape in parts.items()})
    answers = np.zeros((count, number, ANSWERS), np.float32)
    triggers = np.zeros((count, number, length), np.float32)
    for row, example in enumerate(examples):
        window = example.window
        pieces, slots = window.pieces.copy(), window.traits[0].copy()
        if noise is not None:
            for places in window.members:
                if noise.rng.random() < noise.hidden:
                    pieces[list(places)] = MASK
            dealt = np.concatenate([[0], noise.rng.permutation(SLOTS) + 1, [SHARED_SLOT]])
            slots = dealt[slots]
        size, pairs = len(pieces), len(example.labels)
        batch.ids[row, :size], batch.mask[row, :size] = pieces, 1
        batch.traits[row, :, :size] = window.traits
        batch.traits[row, 0, :size] = slots
        for actor, places in enumerate(window.members):
            batch.member[row, actor, list(places)] = 1 / len(places)
        batch.kinds[row, :len(window.kinds)], batch.forms[row, :len(window.forms)] = window.kinds, window.forms
        batch.pairs[row, :pairs], batch.roles[row, :pairs, :size] = window.pairs, window.roles
        batch.steps[row, :pairs], batch.places[row, :pairs] = window.steps, window.places
        batch.grammar[row, :pairs] = example.grammar
        batch.has[row] = float(noise is None or noise.rng.random() >= noise.without_grammar)
        for pair, labels in enumerate(example.labels):
            answers[row, pair, labels or [0]] = 1 / max(1, len(labels))
            triggers[row, pair, example.triggers[pair]] = 1
    return batch, torch.as_tensor(answers), torch.as_tensor(triggers)


def in_batches(examples: Sequence[Example], size: int, rng: np.random.Generator | None = None,
               most_pairs: int = 600) -> Iterator[list[Example]]:
    """Examples of like size together, in an order drawn by `rng`; without one, in a fixed order."""
    order = np.arange(len(examples)) if rng is None else rng.permutation(len(examples))
    found: list[list[Example]] = []
    for start in range(0, len(order), size * 20):
        chunk = sorted((examples[place] for place in order[start:start + size * 20]),
                       key=lambda one: (len(one.window.actors), len(one.window.pieces), one.key, one.window.begin_char))
        current: list[Example] = []
        for example in chunk:
            current.append(example)
            if len(current) >= size or len(current) * len(example.labels) > most_pairs:
                found.append(current)
                current = []
        if current:
            found.append(current)
    if rng is not None:
        found = [found[place] for place in rng.permutation(len(found))]
    yield from found


def export(network: PairEncoder, example: Example, path: Path) -> None:
    """Write the network as ONNX, its weights as integers of 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    batch, _, _ = batched([example])
    names = [one.name for one in fields(Batch)]
    axes: dict[str, dict[int, str]] = {
        "ids": {1: "T"}, "mask": {1: "T"}, "traits": {2: "T"}, "member": {1: "A", 2: "T"}, "kinds": {1: "A"},
        "forms": {1: "A"}, "pairs": {1: "P"}, "roles": {1: "P", 2: "T"}, "steps": {1: "P"}, "places": {1: "P"},
        "grammar": {1: "P"}, "has": {1: "P"}, "shares": {1: "P"}, "looks": {1: "P", 2: "T"},
        "vectors": {1: "P"}}
    plain = path.with_suffix(".plain.onnx")
    torch.onnx.export(Served(network).eval(), batch.tensors(), str(plain), input_names=names,
                      output_names=["shares", "looks", "vectors"], dynamic_axes=axes, opset_version=17, dynamo=False)
    quantize_dynamic(str(plain), str(path), weight_type=QuantType.QInt8)
    plain.unlink()
