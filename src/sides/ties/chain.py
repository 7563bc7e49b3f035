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
Doubles = NDArray[np.float64]
# Scores that add up over the months are brought back to 0 so often: single precision then tells them apart.
KEPT_SMALL = 12


@dataclass(frozen=True, slots=True)
class Course:
    """T months of D dyads."""

    shares: Floats  # (T, 5, D) probability of each state, given all claims
    evidence: NDArray[np.float64]  # (D,) log of what the claims weigh, up to what is the same for all states


def smoothed(state: Floats, up: Floats, down: Floats, move: Floats, initial: Floats, *,
             is_apart: bool = False) -> Course:
    """The probability of each state in each month, given all of a dyad's claims.

    `state` (T, 5, D) log likelihoods; `up`, `down` (T, D) logarithms for the move into each month. A month in which
    some dyad is pushed is reckoned as one for all of them, which rounds otherwise; with `is_apart` for that dyad alone.
    """
    months, _, dyads = state.shape
    top = state.max(1)
    like = state - top[:, None]
    np.exp(like, out=like)
    pushed = (up != 0) | (down != 0)
    is_pushed = pushed.any(1)
    is_mixed = is_pushed & ~pushed.all(1) if is_apart else np.zeros(months, np.bool_)
    ups, downs = np.exp(up), np.exp(down)
    stays, rises, falls = np.diag(move).copy(), np.triu(move, 1).T.copy(), np.tril(move, -1).T.copy()
    after, before = move.T.copy(), move.copy()
    forward, totals = np.empty_like(like), np.empty((months, dyads), like.dtype)
    for month in range(months):
        now = forward[month]
        if month == 0:
            np.multiply(initial[:, None], like[0], out=now)
        elif is_pushed[month]:
            last = forward[month - 1]
            moved = stays[:, None] * last + ups[month] * (rises @ last) + downs[month] * (falls @ last)
            if is_mixed[month]:
                np.copyto(moved, after @ last, where=~pushed[month])
            np.multiply(moved, like[month], out=now)
        else:
            np.matmul(after, forward[month - 1], out=now)
            now *= like[month]
        np.add.reduce(now, 0, out=totals[month])
        now /= totals[month]
    behind = np.ones_like(like[0])
    rises, falls = rises.T, falls.T
    for month in range(months - 1, 0, -1):
        seen = np.multiply(behind, like[month], out=like[month])
        if is_pushed[month]:
            np.add(stays[:, None] * seen, ups[month] * (rises @ seen) + downs[month] * (falls @ seen), out=behind)
            if is_mixed[month]:
                np.copyto(behind, before @ seen, where=~pushed[month])
        else:
            np.matmul(before, seen, out=behind)
        behind /= totals[month]
        forward[month - 1] *= behind
    forward /= forward.sum(1, keepdims=True)
    return Course(forward, np.asarray((np.log(totals) + top).sum(0, dtype=np.float64)))


def likeliest(state: Floats, up: Floats, down: Floats, move: Floats, initial: Floats) -> NDArray[np.int8]:
    """The likeliest history (Viterbi): a state for each month, (T, D). Of equals, the better state."""
    months, _, dyads = state.shape
    logs = np.log(move)
    rises, falls = np.triu(np.ones((5, 5), np.float32), 1), np.tril(np.ones((5, 5), np.float32), -1)
    wide = [one[:, :, None] for one in (logs, rises, falls)]
    is_pushed = np.any(up, axis=1) | np.any(down, axis=1)

    def scores(month: int, before: Floats, logs: Floats, rises: Floats, falls: Floats) -> Floats:
        """Of each state before a month, first axis, and some in it."""
        found = before + logs
        if is_pushed[month]:
            found += rises * up[month] + falls * down[month]
        return found

    best = np.empty_like(state)
    best[0] = np.log(initial)[:, None] + state[0]
    for month in range(1, months):
        np.add(np.maximum.reduce(scores(month, best[month - 1][:, None], *wide), 0), state[month], out=best[month])
        if month % KEPT_SMALL == 0:
            best[month] -= best[month].max(0)
    path = np.empty((months, dyads), np.int8)
    path[-1] = 4 - best[-1][::-1].argmax(0)
    for month in range(months - 1, 0, -1):
        into = path[month]
        path[month - 1] = 4 - scores(month, best[month - 1], logs[:, into], rises[:, into],
                                     falls[:, into])[::-1].argmax(0)
    return np.asarray(path, np.int8)


@dataclass(frozen=True, slots=True)
class Foresight:
    """T months of D dyads, each seen from the end of the month before."""

    shares: Doubles  # (T, 5, D) probability of each state, given the claims of earlier months alone
    evidence: Doubles  # (T, D) log of what the claims of the month weigh, given those of earlier months


@dataclass(frozen=True, slots=True)
class Expected:
    """What a chain is fitted by: what is expected of each of D dyads, given all its claims."""

    first: Doubles  # (5, D) probability of each state in the first month
    moves: Doubles  # (5, 5, D) number of months by the state before and the state after
    evidence: Doubles  # (D,) log of what the claims weigh, up to what is the same for all states


def foreseen(state: Doubles, up: Doubles, down: Doubles, move: Doubles, initial: Doubles) -> Foresight:
    """What is known of each month before it; arguments as of `smoothed`."""
    before, _, totals, top = _ahead(state, up, down, move, initial)
    return Foresight(before, np.log(totals) + top)


def expected(state: Doubles, up: Doubles, down: Doubles, move: Doubles, initial: Doubles,
             lengths: NDArray[np.int32]) -> Expected:
    """The moves that are expected by pairs of months that follow each other (Baum et al. 1970).

    Arguments as of `smoothed`. `lengths` (D,): how many months of each dyad count; the later ones must say nothing.
    """
    _, after, totals, top = _ahead(state, up, down, move, initial)
    like = np.exp(state - top[:, None])
    above, below = (np.asarray(one)[:, :, None] for one in (np.triu(np.ones((5, 5)), 1), np.tril(np.ones((5, 5)), -1)))
    behind, moves, ways = np.ones_like(like[0]), np.zeros((5, 5, state.shape[2])), move[:, :, None]
    for month in range(len(state) - 1, 0, -1):
        seen = behind * like[month] / totals[month]
        if up[month].any() or down[month].any():
            later = ways * (1 + above * np.expm1(up[month]) + below * np.expm1(down[month])) * seen
        else:
            later = ways * seen
        behind = later.sum(1)
        moves += later * (after[month - 1] * (month < lengths))[:, None]
    return Expected(after[0] * behind, moves, (np.log(totals) + top).sum(0))


def _ahead(state: Doubles, up: Doubles, down: Doubles, move: Doubles, initial: Doubles,
           ) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """(T, 5, D) states before and after each month's claims; (T, D) what these weigh, on a scale given as a log."""
    top = state.max(1)
    like = np.exp(state - top[:, None])
    stays, rises, falls = np.diag(np.diag(move)), np.triu(move, 1).T, np.tril(move, -1).T
    before, after, totals = np.empty_like(like), np.empty_like(like), np.empty_like(top)
    for month in range(len(state)):
        if month == 0:
            before[0] = initial[:, None]
            now = before[0] * like[0]
        else:
            last = after[month - 1]
            held, risen, fallen = stays @ last, rises @ last, falls @ last
            before[month] = held + risen + fallen
            now = (held + np.exp(up[month]) * risen + np.exp(down[month]) * fallen) * like[month]
        totals[month] = now.sum(0)
        after[month] = now / totals[month]
    return before, after, totals, top
