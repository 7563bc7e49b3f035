"""Where each dyad stands: the states of ties, hostile to allied, filtered from the signs of a dyad's events.

The chain is that of the tie model, with its numbers (`sides.ties.parameters`): a state moves a little every month; each
state has its shares of hostile, neutral and cooperative events; n events of one month count as n / (1 + n / tempering).
It runs forward only, so that a state is that of its day, and leaves the dyad's tone and all but the sign of events out,
so that the states of all dyads take hundredths of a second.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sides.balance.swift import swift
from sides.forecast.event_log import Past
from sides.forecast.pair_table import Integers, PairTable
from sides.ties.parameters import shipped
from sides.ties.states import LEVELS

Array = NDArray[np.float64]

MONTH_DAYS = 30  # counted back from the day the past ends at
MOST_MONTHS = 240  # what is older is as old; a state that has never turned is as old as this
NAMES = ("level", "likeliest", "chance of hostile", "chance of strained or hostile", "chance of friendly or allied",
         "months since the last turn", "turns", "level before the last turn")


def tie_states(past: Past, pairs: PairTable, own: Integers, back: Integers) -> tuple[Array, list[tuple[str, str]]]:
    """(Q, F) what state the dyads of questions are in, since when and after which; with the name and topic of each.

    `own` and `back` (Q,) are each question's pair in the table, and the pair turned round. Levels run from -2, hostile,
    to 2, allied. The states of both ways are one. Of a dyad without events the chain's first month is told.
    """
    model, count = shipped(), len(pairs)
    moved = [np.eye(len(LEVELS))]
    for _ in range(MOST_MONTHS):
        moved.append(moved[-1] @ model.move)
    sign = np.array([kind.sign for kind in past.kinds], np.int64)[past.kind]
    month = (past.until - 1 - past.day.astype(np.int64)) // MONTH_DAYS
    shares = np.tile(model.initial, (count + 1, 1))
    neutral = int(model.initial.argmax())
    turned, turns = np.full(count + 1, MOST_MONTHS, np.int64), np.zeros(count + 1)
    before = np.full(count + 1, neutral, np.int64)
    swift(_filter, len(past))(pairs.start, pairs.rows, pairs.reverse, month, sign, np.array(moved), model.initial,
                              np.log(model.signs), model.tempering, shares, turned, turns, before)
    at = np.where(own < count, own, back)
    told = np.stack([shares[at] @ LEVELS, LEVELS[shares[at].argmax(1)], shares[at, 0], shares[at, :2].sum(1),
                     shares[at, 3:].sum(1), turned[at], turns[at], LEVELS[before[at]]], axis=1)
    return told, [(f"tie: {name}", "state") for name in NAMES]


def _filter(start: Integers, rows: Integers, reverse: Integers, month: Integers, sign: Integers, moved: Array,
            initial: Array, signs: Array, tempering: float, shares: Array, turned: Integers, turns: Array,
            before: Integers) -> None:
    """Follows each dyad month by month: shares of states today, the last month its likeliest state turned, from which.

    A pair and its reverse are walked together, in the order of their rows, and told the same.
    """
    pairs, states, most = len(start) - 1, len(initial), len(moved) - 1
    belief, fresh, events = np.empty(states), np.empty(states), np.zeros(3)
    for pair in range(pairs):
        other = reverse[pair]
        if other <= pair:  # walked already, or an actor and itself
            continue
        one, one_end = start[pair], start[pair + 1]
        two, two_end = (start[other], start[other + 1]) if other < pairs else (0, 0)
        belief[:] = initial
        last, likeliest = -1, -1  # the month that was closed last, and the likeliest state at its end
        while one < one_end or two < two_end:
            now = month[rows[one]] if one < one_end else month[rows[two]]
            if two < two_end and month[rows[two]] > now:
                now = month[rows[two]]
            events[:] = 0
            while one < one_end and month[rows[one]] == now:
                events[sign[rows[one]] + 1] += 1
                one += 1
            while two < two_end and month[rows[two]] == now:
                events[sign[rows[two]] + 1] += 1
                two += 1
            weight = 1 / (1 + events.sum() / tempering)
            fresh[:] = 0
            gap = min(last - now, most) if last >= 0 else 0
            for was in range(states):
                for into in range(states):
                    fresh[into] += belief[was] * moved[gap, was, into]
            total = 0.0
            for state in range(states):
                told = 0.0
                for each in range(3):
                    told += events[each] * signs[each, state]
                belief[state] = fresh[state] * np.exp(weight * told)
                total += belief[state]
            best = 0
            for state in range(states):
                belief[state] /= total
                if belief[state] > belief[best]:
                    best = state
            if likeliest >= 0 and best != likeliest:
                for side in (pair, other):
                    turned[side], before[side] = min(now, most), likeliest
                    turns[side] += 1
            likeliest, last = best, now
        gap = min(last, most)
        for side in (pair, other):
            shares[side] = 0
            for was in range(states):
                for into in range(states):
                    shares[side, into] += belief[was] * moved[gap, was, into]
    # What stands for no pair was written to along with those whose reverse is none.
    shares[pairs], turned[pairs], turns[pairs], before[pairs] = initial, most, 0, np.argmax(initial)
