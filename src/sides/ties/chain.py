"""Exact inference in the chain of states: forward-backward and Viterbi, for many dyads at once.

The state moves by a fixed matrix A, once a month; claims of a change multiply its moves up by exp(u) and its moves down
by exp(d). These are factors of the joint distribution, not probabilities: the whole is normalised, once, by the
recursions (Rabiner 1989; the factors as in a linear-chain conditional random field, Lafferty et al. 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Course:
    """T months of D dyads."""

    shares: Floats  # (T, 5, D) probability of each state, given all claims
    evidence: NDArray[np.float64]  # (D,) log of what the claims weigh, up to what is the same for all states


def smoothed(state: Floats, up: Floats, down: Floats, move: Floats, initial: Floats) -> Course:
    """The probability of each state in each month, given all of a dyad's claims.

    `state` (T, 5, D) log likelihoods; `up`, `down` (T, D) logarithms for the move into each month.
    """
    months, _, dyads = state.shape
    like, ups, downs = np.exp(state - state.max(1, keepdims=True)), np.exp(up), np.exp(down)
    stays, rises, falls = np.diag(move).copy(), np.triu(move, 1).T.copy(), np.tril(move, -1).T.copy()
    scale = state.max(1).sum(0).astype(np.float64)
    forward = np.empty_like(like)
    is_pushed = np.any(up, axis=1) | np.any(down, axis=1)
    both = move.T.copy()
    for month in range(months):
        now = forward[month]
        if month == 0:
            np.multiply(initial[:, None], like[0], out=now)
        else:
            last = forward[month - 1]
            if is_pushed[month]:
                np.add(stays[:, None] * last, ups[month] * (rises @ last) + downs[month] * (falls @ last), out=now)
            else:
                np.matmul(both, last, out=now)
            now *= like[month]
        total = now.sum(0)
        now /= total
        scale += np.log(total)
    behind = np.ones((5, dyads), like.dtype)
    for month in range(months - 1, 0, -1):
        seen = behind * like[month]
        if is_pushed[month]:
            behind = stays[:, None] * seen + ups[month] * (rises.T @ seen) + downs[month] * (falls.T @ seen)
        else:
            behind = move @ seen
        behind /= behind.sum(0)
        now = forward[month - 1]
        now *= behind
        now /= now.sum(0)
    return Course(forward, scale)


def likeliest(state: Floats, up: Floats, down: Floats, move: Floats, initial: Floats) -> NDArray[np.int8]:
    """The likeliest history (Viterbi): a state for each month, (T, D). Of equals, the one nearest to neutral."""
    months, _, dyads = state.shape
    logs = np.log(move)
    fore = np.empty((months, 5, dyads), np.int8)
    best = np.log(initial)[:, None] + state[0]
    order = sorted(range(5), key=lambda one: abs(one - 2))
    for month in range(1, months):
        following = np.empty_like(best)
        for to in range(5):
            top = np.full(dyads, -np.inf, best.dtype)
            at = np.zeros(dyads, np.int8)
            for came in order:
                score = best[came] + logs[came, to]
                if came != to:
                    score = score + (up[month] if came < to else down[month])
                better = score > top
                np.copyto(top, score, where=better)
                at[better] = came
            following[to], fore[month, to] = top, at
        best = following + state[month]
        best -= best.max(0)
    path = np.empty((months, dyads), np.int8)
    ranked = np.stack([best[one] for one in order])
    path[-1] = np.asarray(order, np.int8)[ranked.argmax(0)]
    for month in range(months - 1, 0, -1):
        path[month - 1] = np.take_along_axis(fore[month], path[month][None].astype(np.intp), 0)[0]
    return path
