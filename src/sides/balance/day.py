"""The signed network of a day, from the ties of a ledger: each tie of it can be opened down to its quotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Conventions, Network
from sides.model.dates import PartialDate
from sides.ties.selection import told_at
from sides.ties.states import State, expected
from sides.ties.tie import Tie

# Expected levels are kept to a hundredth: they are not known any better, and coarse weights are quickly solved.
LEVEL_DECIMALS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TieConventions(Conventions):
    """How ties of a ledger became ties of a signed network. `neutral`: those that are likeliest neutral."""

    at: PartialDate
    known: PartialDate | None = None
    lens: str = "all"
    unclear: int = 0  # weighted, but with an expected level of nothing, or on the other side than the likeliest state

    def sentences(self) -> list[str]:
        """The conventions in plain words."""
        weights = ("Weights: a tie weighs its expected level (−2 hostile to 2 allied) without sign, to a hundredth; "
                   f"one whose expected level is 0 or contradicts its likeliest state is left out ({self.unclear})."
                   if self.weighted else "Weights: every tie counts one.")
        return [f"Date and voices: ties as of {self.at}"
                + (f", by what had been published by {self.known}" if self.known else "") + f"; lens: {self.lens}.",
                "Sign: a tie whose likeliest state is allied or friendly is positive, one that is strained or hostile "
                "negative.",
                "Direction: a tie is one state of both actors.",
                "Conflicting reports: the model of ties weighs them into one state for each pair.",
                f"Neutral ties: a tie that is likeliest neutral is none ({self.neutral} such ties), nor is a pair of "
                "which nothing is told by then.", weights]


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """The ties of which something is told by a date, and the signed network that they make.

    `names` of the network are the ids of the actors. `chances`, shape (p, 3): for each of the p `ties`, the probability
    that it is positive, none (neutral) and negative at the date.
    """

    at: PartialDate
    known: PartialDate | None
    network: Network
    ties: tuple[Tie, ...]  # by ids; those that are neutral too
    chances: NDArray[np.float64]

    def tie(self, one: str, other: str) -> Tie | None:
        """The tie of two actors by their ids, with its evidence; `None` where nothing is told of them by the date."""
        pair = (min(one, other), max(one, other))
        place = bisect_left(self.ties, pair, key=_dyad)
        return self.ties[place] if place < len(self.ties) and _dyad(self.ties[place]) == pair else None

    def behind(self, place: int) -> Tie:
        """The tie that the network's tie at a position rests on."""
        tie = self.tie(self.network.names[self.network.first[place]], self.network.names[self.network.second[place]])
        assert tie is not None  # the network was made of these ties
        return tie


def day_of(ties: Iterable[Tie], at: PartialDate, *, known: PartialDate | None = None, lens: str = "all",
           weighted: bool = False) -> Day:
    """The signed network of a date: allied and friendly ties are +, strained and hostile ones −, by likeliest state.

    A neutral tie is none. Unweighted, each tie counts one; `weighted`, it weighs its expected level without sign, to a
    hundredth. The order of `ties` does not matter. `known` and `lens` are those that the ties were derived by; they are
    only repeated in the conventions.
    """
    told = []
    for tie in sorted(ties, key=_dyad):
        state, shares = told_at(tie, at)
        if state is not None:
            told.append((tie, state, shares))
    edges: list[tuple[str, str, float]] = []
    for tie, state, shares in told:
        level = round(expected(shares), LEVEL_DECIMALS) if weighted else float(np.sign(state.level))
        if level * state.level > 0:
            edges.append((tie.left, tie.right, level))
    network = Network.from_edges(edges, weighted=weighted)
    neutral = sum(state is State.NEUTRAL for _, state, _ in told)
    said = TieConventions(at=at, known=known, lens=lens, weighted=weighted, reports=len(told), neutral=neutral,
                          unclear=len(told) - neutral - len(edges))
    chances = [[shares[State.FRIENDLY] + shares[State.ALLIED], shares[State.NEUTRAL],
                shares[State.STRAINED] + shares[State.HOSTILE]] for _, _, shares in told]
    return Day(at, known, Network(network.names, network.first, network.second, network.weight, network.scale, said),
               tuple(tie for tie, _, _ in told), np.array(chances, np.float64).reshape(-1, 3))


def _dyad(tie: Tie) -> tuple[str, str]:
    return min(tie.left, tie.right), max(tie.left, tie.right)
