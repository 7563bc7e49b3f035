"""The training claims that a pair is most like."""

from __future__ import annotations

import numpy as np
import pytest

from sides.claims.learned import nearest as module
from sides.claims.learned.nearest import Precedents, normed, packed
from sides.model.claim_type import ClaimType
from sides.model.errors import LanguageModelError

ROWS = [("a-1", "ASSAULT", "iran", "iraq", "raided", "Iran raided Iraq."),
        ("a-2", "ASSAULT", "iraq", "iran", "shelled", "Iraq shelled Iran."),
        ("a-3", "ACCUSE", "iran", "iraq", "accused", "Iran accused Iraq."),
        ("a-4", "ASSAULT", "syria", "iran", "struck", "Syria struck Iran.")]


def precedents(*vectors: tuple[float, float]) -> Precedents:
    return Precedents(packed(np.asarray(vectors, np.float32)), ROWS)


def test_the_likest_of_the_type_come_first() -> None:
    known = precedents((1, 0), (0, 1), (1, 0), (1, 1))
    found = known.nearest(np.asarray([1, 0.1], np.float32), "ASSAULT")
    assert [one.key for one in found] == ["a-1", "a-4", "a-2"]
    assert [one.likeness for one in found] == pytest.approx([1.0, 0.77, 0.1], abs=0.02)
    assert (found[0].source, found[0].target, found[0].trigger, found[0].text) == ROWS[0][2:]


def test_no_more_than_asked_for_and_none_of_another_type() -> None:
    known = precedents((1, 0), (0, 1), (1, 0), (1, 1))
    assert [one.key for one in known.nearest(np.asarray([1, 0], np.float32), "ASSAULT", 1)] == ["a-1"]
    assert [one.key for one in known.nearest(np.asarray([1, 0], np.float32), "ACCUSE")] == ["a-3"]
    assert known.nearest(np.asarray([1, 0], np.float32), "AID") == []


def test_length_says_nothing() -> None:
    known = precedents((9, 0), (0, 1), (1, 0), (1, 1))
    short, long = (known.nearest(np.asarray([1, 2], np.float32) * size, "ASSAULT") for size in (0.01, 100))
    assert short == long


def test_of_those_alike_the_first_listed_comes_first() -> None:
    known = precedents((1, 1), (1, 1), (1, 1), (1, 1))
    assert [one.key for one in known.nearest(np.asarray([1, 1], np.float32), "ASSAULT")] == ["a-1", "a-2", "a-4"]


def test_nothing_is_like_nothing() -> None:
    assert normed(np.zeros((1, 4), np.float32)).tolist() == [[0, 0, 0, 0]]


def test_packing_keeps_likeness() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 256)).astype(np.float32)
    kept = normed(packed(vectors).astype(np.float32))
    assert np.abs(kept @ kept.T - normed(vectors) @ normed(vectors).T).max() < 0.02


def test_what_is_shipped_is_whole() -> None:
    vectors = np.load(module.io.BytesIO(module.data(module.VECTORS)))
    rows = [line.split("\t") for line in module.data(module.ROWS).decode("utf-8").splitlines()]
    assert vectors.dtype == np.int8
    assert vectors.shape == (len(rows), 256)
    assert all(len(row) == 6 and row[1] in ClaimType.__members__ and all(row) for row in rows)
    assert len(Precedents.load().nearest(np.ones(256, np.float32), rows[0][1])) <= 3


def test_missing_examples_are_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", "absent.tsv")
    with pytest.raises(LanguageModelError, match=r"absent.tsv.*--reader grammar"):
        Precedents.load()
