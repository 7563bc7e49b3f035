"""Actors and the signed ties between them: what every question about balance is asked of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from sides.balance.shown import network_html, network_words
from sides.model.errors import NetworkError

if TYPE_CHECKING:
    import networkx

Conflicts = Literal["sum", "drop", "negative"]
Ints = NDArray[np.int64]

HEAVIEST = 10**9  # so that sums of weights, in parts fine enough for proofs, are whole numbers of 64 bits
FINEST = 10**6  # weights are kept to a millionth, so that all that follows is exact in integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How reports became ties: what changes an index, and so stands beside each one.

    `conflicts` says what became of a pair that reports of both signs speak of: `drop`, no tie; `sum`, the sign of their
    sum; `negative`, hostility wins. The counts are of pairs, `loops` and `neutral` of reports.
    """

    conflicts: Conflicts = "drop"
    weighted: bool = False
    reports: int = 0
    conflicting: int = 0
    dropped: int = 0
    loops: int = 0
    neutral: int = 0
    rounded: bool = False

    def sentences(self) -> list[str]:
        """The conventions in plain words."""
        rule = {"sum": "take the sign of their sum", "drop": "are left out", "negative": "count as hostile"}
        return ["Direction: the two directions of a pair are one tie.",
                f"Conflicting reports: pairs with reports of both signs {rule[self.conflicts]} "
                f"({self.conflicting} such pairs, {self.dropped} of them left out).",
                f"Neutral ties: reports of no sign are no tie ({self.neutral} such reports); "
                f"reports of an actor with itself are left out ({self.loops}).",
                "Weights: a tie weighs the sum of its reports" + (", to a millionth." if self.rounded else ".")
                if self.weighted else "Weights: every tie counts one."]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A signed network: at most one tie a pair, with a whole weight whose sign says friend or foe.

    `names` are the n actors; tie i joins `names[first[i]]` and `names[second[i]]` (first < second, ties sorted) with
    `weight[i]`, never 0, in units of 1/`scale`. All arrays have shape (m,) and are not to be written to.

    >>> network = Network.from_edges([("Hamas", "Israel", -1), ("Iran", "Israel", -1), ("Hamas", "Iran", 1)])
    >>> network.names, network.weight.tolist()
    (('Hamas', 'Iran', 'Israel'), [1, -1, -1])
    """

    names: tuple[str, ...]
    first: Ints
    second: Ints
    weight: Ints
    scale: int = 1
    conventions: Conventions = field(default_factory=Conventions)

    @classmethod
    def from_edges(cls, edges: Iterable[tuple[object, object, float]], *, conflicts: Conflicts = "drop",
                   weighted: bool = False, actors: Iterable[object] = ()) -> Network:
        """The network of reports `(actor, actor, sign or weight)`, in any order; `actors` adds some without ties."""
        place: dict[str, int] = {}
        first, second, value = [], [], []
        for one, other, number in edges:
            first.append(place.setdefault(str(one), len(place)))
            second.append(place.setdefault(str(other), len(place)))
            value.append(number)
        for actor in actors:
            place.setdefault(str(actor), len(place))
        return cls.from_arrays(list(place), np.array(first, np.int64), np.array(second, np.int64),
                               np.array(value, np.float64), conflicts=conflicts, weighted=weighted)

    @classmethod
    def from_arrays(cls, names: Sequence[str], first: NDArray[Any], second: NDArray[Any], value: NDArray[Any], *,
                    conflicts: Conflicts = "drop", weighted: bool = False) -> Network:
        """The network of reports as columns: positions in `names`, shape (r,) each, and signs or weights.

        Raises `NetworkError` for a value that is no number, or beyond a billion.
        """
        value = np.asarray(value, np.float64)
        if not (np.abs(value) <= HEAVIEST).all():
            raise NetworkError(f"A sign or weight is no number from -{HEAVIEST} to {HEAVIEST}. Give 1 or -1, or a "
                               "weight on another scale.")
        order = sorted(range(len(names)), key=lambda at: _natural(names[at]))
        rank = np.empty(len(names), np.int64)
        rank[order] = np.arange(len(names))
        one, other = rank[np.asarray(first, np.int64)], rank[np.asarray(second, np.int64)]
        reports, loop, neutral = len(value), one == other, value == 0
        kept = ~loop & ~neutral
        low, high, value = np.minimum(one, other)[kept], np.maximum(one, other)[kept], value[kept]
        pair, which = np.unique(low * max(len(names), 1) + high, return_inverse=True)
        plus = np.bincount(which, np.maximum(value, 0), len(pair))
        minus = np.bincount(which, np.minimum(value, 0), len(pair))
        both = (plus > 0) & (minus < 0)
        total = np.where(both & (conflicts == "negative"), minus, plus + minus)
        if conflicts == "drop":
            total[both] = 0
        whole, scale, rounded = _whole(total) if weighted else (np.sign(np.round(total, 9)).astype(np.int64), 1, False)
        held = whole != 0
        size = max(len(names), 1)
        said = Conventions(conflicts=conflicts, weighted=weighted, reports=reports, conflicting=int(both.sum()),
                           dropped=int((~held).sum()), loops=int(loop.sum()), neutral=int((neutral & ~loop).sum()),
                           rounded=rounded)
        return cls(tuple(names[at] for at in order), pair[held] // size, pair[held] % size, whole[held], scale, said)

    @classmethod
    def from_matrix(cls, matrix: NDArray[Any], names: Sequence[str] | None = None, *, conflicts: Conflicts = "drop",
                    weighted: bool = False) -> Network:
        """The network of a square array, shape (n, n), of signs or weights; 0 is no tie. Both halves are reports, but
        a symmetric array is read by one half alone.

        Raises `NetworkError` for an array that is not square.
        """
        matrix = np.asarray(matrix)
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise NetworkError(f"A signed network's array is square, not of shape {matrix.shape}. Give a row an actor.")
        if np.array_equal(matrix, matrix.T):
            matrix = np.triu(matrix)
        first, second = np.nonzero(matrix)
        called = [str(name) for name in names] if names is not None else [str(at) for at in range(len(matrix))]
        return cls.from_arrays(called, first, second, matrix[first, second], conflicts=conflicts, weighted=weighted)

    @classmethod
    def from_networkx(cls, graph: networkx.Graph[Any], *, sign: str = "sign", conflicts: Conflicts = "drop",
                      weighted: bool = False) -> Network:
        """The network of a networkx graph of any kind, whose edges carry their sign or weight as `sign`.

        Raises `NetworkError` for an edge without it.
        """
        edges = []
        for one, other, data in graph.edges(data=True):
            if sign not in data:
                raise NetworkError(f"The edge {one!r}, {other!r} has no {sign!r}. Name the attribute with sign=...")
            edges.append((one, other, data[sign]))
        return cls.from_edges(edges, conflicts=conflicts, weighted=weighted, actors=graph.nodes)

    def __repr__(self) -> str:
        return network_words(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return network_html(self)

    @property
    def size(self) -> int:
        """How many actors."""
        return len(self.names)

    @property
    def ties(self) -> int:
        """How many ties."""
        return len(self.weight)

    def matrix(self) -> Ints:
        """The weights as a symmetric array, shape (n, n)."""
        full = np.zeros((self.size, self.size), np.int64)
        full[self.first, self.second] = full[self.second, self.first] = self.weight
        return full

    def frustrated(self, camps: Ints) -> NDArray[np.bool_]:
        """Which ties the camps (labels, shape (n,)) frustrate, shape (m,): friends apart, foes together."""
        return np.asarray((camps[self.first] == camps[self.second]) != (self.weight > 0))

    def cost(self, camps: Ints) -> int:
        """The weight of the ties that the camps frustrate, in units of 1/`scale`."""
        return int(np.abs(self.weight[self.frustrated(camps)]).sum())

    def place(self, one: str, other: str) -> int | None:
        """The position of the tie of two actors, None where they have none.

        Raises `NetworkError` for an actor that the network lacks.
        """
        at = {name: index for index, name in enumerate(self.names)}
        for name in (one, other):
            if name not in at:
                raise NetworkError(f"{name!r} is not in this network of {self.size} actors.")
        low, high = sorted((at[one], at[other]))
        found = np.flatnonzero((self.first == low) & (self.second == high))
        return int(found[0]) if len(found) else None

    def with_weights(self, changed: Mapping[tuple[int, int], int]) -> Network:
        """The network with these pairs (positions of actors, lower first) at these weights; 0 removes the tie."""
        first, second, weight = self.first, self.second, self.weight
        for (low, high), value in sorted(changed.items()):
            at = int(np.searchsorted(first * self.size + second, low * self.size + high))
            there = at < len(weight) and (int(first[at]), int(second[at])) == (low, high)
            if there and value:
                weight = weight.copy()
                weight[at] = value
            elif there:
                first, second, weight = (np.delete(array, at) for array in (first, second, weight))
            elif value:
                first, second, weight = (np.insert(array, at, one) for array, one in
                                         ((first, low), (second, high), (weight, value)))
        return replace(self, first=first, second=second, weight=weight)


def _natural(name: str) -> tuple[int, int, str]:
    """Numbers in their order, before words in theirs."""
    return (0, int(name), name) if name.isdecimal() and name.isascii() else (1, 0, name)


def _whole(total: NDArray[np.float64]) -> tuple[Ints, int, bool]:
    """Sums as whole numbers of the coarsest unit that holds them, that unit as 1/scale, and whether any was rounded."""
    fine = np.round(total * FINEST).astype(np.int64)
    common = int(np.gcd.reduce(fine)) if len(fine) else FINEST
    unit = Fraction(common or FINEST, FINEST)
    scale = unit.denominator
    whole = fine // (FINEST // scale)
    return whole, scale, bool(np.any(np.abs(total * FINEST - fine) > 1e-3))


def joined(size: int, first: Ints, second: Ints) -> Ints:
    """The connected part that each of `size` actors stands in, shape (n,): numbered from 0 by their first actors."""
    label = np.arange(size)
    while True:
        low = np.minimum(label[first], label[second])
        lower = label.copy()
        np.minimum.at(lower, label[first], low)
        np.minimum.at(lower, label[second], low)
        while not np.array_equal(lower, lower[lower]):
            lower = lower[lower]
        if np.array_equal(lower, label):
            return np.unique(label, return_inverse=True)[1].astype(np.int64)
        label = lower
