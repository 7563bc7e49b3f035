"""The trained encoder, run by ONNX Runtime: of every two actors of a window, which claims how probably, and why."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.claims.learned.pieces import Pieces
from sides.claims.learned.windows import Window
from sides.model.errors import LanguageModelError

FOLDER = ("data", "learned")
NETWORK, VOCABULARY = "network.onnx", "vocabulary.txt"
Floats = NDArray[np.float32]
# A list of a hundred states has some ten thousand pairs: they are judged so many at a time, which bounds the memory.
MOST_PAIRS = 800
OF_PAIRS = frozenset({"pairs", "roles", "steps", "places", "grammar", "has"})
# What is added up in another order differs in the last digits: a probability is kept to this many.
DECIMALS = 4
# Products of signed weights overflow on x86 processors without VNNI: there a slower kernel is taken that does not.
EXACT = "session.x64quantprecision"
VNNI = frozenset(("avx512_vnni", "avx_vnni"))
X86 = frozenset(("x86_64", "amd64", "i386", "i686"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the encoder says of the P pairs of a window of T pieces."""

    shares: Floats  # (P, 1 + types) probability of no claim, then of each type
    looks: Floats  # (P, T) how much of its attention to what a pair's trigger is falls on each piece
    vectors: Floats  # (P, 256) what a pair is likened to others by


class Network:
    """The weights that ship with sides. One thread, one window at a time: what is said of it depends on it alone."""

    def __init__(self, session: Any, digest: str) -> None:
        self._session, self.digest = session, digest

    @classmethod
    def load(cls, path: Path | None = None) -> Network:
        """Load the shipped weights, or those at a path.

        Raises `LanguageModelError` if ONNX Runtime or the weights are missing.
        """
        try:
            raw = path.read_bytes() if path else data(NETWORK)
        except OSError as error:
            raise unloadable(error) from error
        try:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.add_session_config_entry(EXACT, "0" if is_exact() else "1")
            session = onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise unloadable(error) from error
        return cls(session, hashlib.sha256(raw).hexdigest())

    def judge(self, window: Window, grammar: Floats, *, is_with_grammar: bool = True) -> Judgement:
        """Judge the pairs of a window, in the light of what the grammar says of them or without it."""
        batch = inputs(window, grammar, is_with_grammar=is_with_grammar)
        found = [self._session.run(None, part) for part in portions(batch, len(window.pairs))]
        shares, looks, vectors = (np.concatenate([part[place][0] for part in found]) for place in range(3))
        return Judgement(np.round(shares, DECIMALS), np.round(looks, DECIMALS), vectors)


def portions(batch: Mapping[str, NDArray[Any]], pairs: int) -> Iterator[Mapping[str, NDArray[Any]]]:
    """A batch of one window as batches of at most `MOST_PAIRS` of its pairs."""
    for begin in range(0, pairs, MOST_PAIRS):
        yield {name: array[:, begin:begin + MOST_PAIRS] if name in OF_PAIRS else array
               for name, array in batch.items()}


def inputs(window: Window, grammar: Floats, *, is_with_grammar: bool) -> Mapping[str, NDArray[Any]]:
    """A window as the graph takes it: a batch of one."""
    members = np.zeros((len(window.actors), len(window.pieces)), np.float32)
    for place, pieces in enumerate(window.members):
        members[place, list(pieces)] = 1 / len(pieces)
    batch: dict[str, NDArray[Any]] = {
        "ids": window.pieces.astype(np.int64), "mask": np.ones(len(window.pieces), np.float32),
        "traits": window.traits.astype(np.int64), "member": members,
        "kinds": window.kinds.astype(np.int64), "forms": window.forms.astype(np.int64),
        "pairs": window.pairs.astype(np.int64), "roles": window.roles.astype(np.int64),
        "steps": window.steps.astype(np.int64), "places": window.places, "grammar": grammar,
        "has": np.full((len(window.pairs), 1), float(is_with_grammar), np.float32)}
    return {name: array[None] for name, array in batch.items()}


def is_exact(information: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the fast kernels of this processor multiply signed weights without overflow; told by Linux."""
    if platform.machine().lower() not in X86:
        return True
    try:
        return not VNNI.isdisjoint(information.read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return False


def cutter() -> Pieces:
    """What cuts words into the encoder's pieces."""
    return Pieces.parse(data(VOCABULARY).decode("utf-8"))


def data(name: str) -> bytes:
    """A file of the learned reader. Raises `LanguageModelError` if it is missing."""
    try:
        return files("sides").joinpath(*FOLDER, name).read_bytes()
    except OSError as error:
        raise unloadable(error) from error


def unloadable(error: Exception) -> LanguageModelError:
    """The error that tells what to do where the encoder cannot be loaded."""
    return LanguageModelError(f"The learned reader cannot be loaded ({error}). Reinstall sides, or read with the "
                              "grammar alone: --reader grammar.")
