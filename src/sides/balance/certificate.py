"""Proof of a lower bound that anyone can check, and the checker: whole numbers only, and none of the solver's code.

What is proved: that every division of the network into camps frustrates ties of at least some weight.

A *bad walk* is a closed walk along ties that no division satisfies whole: for two camps, one with an odd number of
hostile ties; for any number of camps, one with exactly one; for at most k camps also k + 1 actors who are all hostile
to one another. Any division frustrates at least one tie of each. So where bad walks are packed such that no tie is used
more than it weighs, the number of walks is a bound; with walks counted in parts of 1/`unit`, the parts add up to it.

Where no packing reaches the bound, the proof branches: on two actors standing together or apart. In a branch, the ties
that it decides cost what they cost there, and may then be used without end.

References: Barahona, Grötschel, Mahjoub 1985, *Facets of the bipartite subgraph polytope*; Hüffner, Betzler,
Niedermeier 2010, *Separator-based data reduction for signed graph balancing*; Demaine et al. 2006, *Correlation
clustering in general weighted graphs*.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sides.model.errors import NetworkError

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Packing:
    """Bad walks in parts of 1/`unit`: each is the actors that it visits in order (the last is tied to the first), and
    how many parts of it are packed. `cliques` are sets of k + 1 actors instead.
    """

    unit: int
    walks: tuple[tuple[tuple[int, ...], int], ...]
    cliques: tuple[tuple[tuple[int, ...], int], ...] = ()


@dataclass(frozen=True, slots=True)
class Branching:
    """A case distinction: two actors in one camp, or in two."""

    pair: Pair
    together: Proof
    apart: Proof


Proof = Packing | Branching


@dataclass(frozen=True, slots=True)
class Certificate:
    """A proof that no division into at most `camps` camps (None: any number) frustrates less than `bound`."""

    camps: int | None
    bound: int
    proof: Proof

    def to_json(self) -> str:
        """As JSON, one line."""
        return json.dumps({"camps": self.camps, "bound": self.bound, "proof": _written(self.proof)},
                          separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Certificate:
        """From JSON.

        Raises `NetworkError` for what is no certificate.
        """
        try:
            told = json.loads(text)
            return cls(told["camps"], told["bound"], _read(told["proof"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise NetworkError(f"This is no certificate ({error}). "
                               "Write one with sides balance --certificate.") from None


def verify(ties: Iterable[tuple[int, int, int]], certificate: Certificate) -> bool:
    """Whether the certificate proves its bound for these ties: actor, actor, whole weight; no pair twice.

    Nothing is trusted: every tie of a walk has to be there, every sign and load is counted again.

    >>> triangle = [(0, 1, 1), (1, 2, 1), (0, 2, -1)]
    >>> verify(triangle, Certificate(2, 1, Packing(1, (((0, 1, 2), 1),))))
    True
    >>> verify(triangle, Certificate(2, 2, Packing(1, (((0, 1, 2), 2),))))
    False
    """
    weight = {(one, other) if one < other else (other, one): value for one, other, value in ties}
    step = math.gcd(*weight.values()) or 1  # what is frustrated is a multiple of it: a bound is rounded up to one
    camps, bound = certificate.camps, certificate.bound
    if not (_is_whole(bound) and (camps is None or (_is_whole(camps) and camps >= 2))):
        return False
    waiting: list[tuple[Proof, dict[Pair, bool]]] = [(certificate.proof, {})]
    while waiting:
        proof, decided = waiting.pop()
        if isinstance(proof, Branching):
            pair = proof.pair
            if not all(_is_whole(actor) for actor in pair) or pair[0] >= pair[1] or pair in decided:
                return False
            waiting.append((proof.together, {**decided, pair: True}))
            waiting.append((proof.apart, {**decided, pair: False}))
        else:
            shown = _packed(weight, decided, camps, proof)
            if shown is None or -(-shown // step) * step < bound:
                return False
    return True


def _packed(weight: Mapping[Pair, int], decided: Mapping[Pair, bool], camps: int | None,
            packing: Packing) -> Fraction | None:
    """The bound that a packing shows in its branch; None where it shows nothing."""
    if not (_is_whole(packing.unit) and packing.unit > 0):
        return None
    cost = sum(abs(value) for pair, value in weight.items() if pair in decided and decided[pair] != (value > 0))
    load: dict[Pair, int] = {}
    parts = 0
    for _, amount in (*packing.walks, *packing.cliques):
        if not (_is_whole(amount) and amount > 0):
            return None
    friendly = {pair: value > 0 for pair, value in weight.items()} | dict(decided)
    for actors, amount in packing.walks:
        hostile = 0
        other = actors[-1] if actors else -1
        for actor in actors:
            pair = (actor, other) if actor < other else (other, actor)
            if pair not in friendly:
                return None
            hostile += not friendly[pair]
            load[pair] = load.get(pair, 0) + amount
            other = actor
        if not (hostile % 2 == 1 if camps == 2 else hostile == 1):
            return None
        parts += amount
    for actors, amount in packing.cliques:
        if camps is None or len(actors) != camps + 1 or len(set(actors)) != len(actors):
            return None
        for at, actor in enumerate(actors):
            for other in actors[:at]:
                pair = (actor, other) if actor < other else (other, actor)
                if friendly.get(pair, True):
                    return None
                load[pair] = load.get(pair, 0) + amount
        parts += amount
    if parts and all(pair in decided for pair in load):
        return Fraction(sum(map(abs, weight.values())) + 1)  # the decisions contradict one another: nothing is left
    for pair, used in load.items():
        if pair not in decided and used > packing.unit * abs(weight[pair]):
            return None
    return cost + Fraction(parts, packing.unit)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _written(proof: Proof) -> dict[str, Any]:
    if isinstance(proof, Branching):
        return {"pair": proof.pair, "together": _written(proof.together), "apart": _written(proof.apart)}
    return {"unit": proof.unit, "walks": proof.walks, "cliques": proof.cliques}


def _read(told: Mapping[str, Any]) -> Proof:
    if "pair" in told:
        one, other = told["pair"]
        return Branching((one, other), _read(told["together"]), _read(told["apart"]))
    walks, cliques = ([(tuple(actors), amount) for actors, amount in told[kind]] for kind in ("walks", "cliques"))
    return Packing(told["unit"], tuple(walks), tuple(cliques))
