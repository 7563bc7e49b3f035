"""Ranking by recurrence alone, the comparator: who was the answer last, and who is it often for anybody.

The form is that of the recurrency baseline (Gastinger et al., IJCAI 2024), written from its formula: a share for how
long ago the asker last had that answer, halved every so many days, and the rest for how frequent the answer is to the
question. Theirs tunes both numbers for each relation; here they are the same for all, and frequencies fade over
months.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.ranking.tables import Tables, find, pair_key, since

HALF_LIFE_DAYS = 1000.0  # chosen, with the share, on the valid part of ICEWS14; benchmarks/forecast.py watches it
SHARE = 0.9  # of the asker's own


@njit(cache=True)
def recurrence_scores(t: Tables, day: int, asker: int, question: int, half_life: float = HALF_LIFE_DAYS,
                      share: float = SHARE) -> NDArray[np.float64]:
    """The score of every actor as an answer to a question about a day, by what is known before it."""
    actors = t.actor_last.size
    found = np.zeros(actors)
    total = 1e-9
    for o in range(actors):
        if t.answer_last[question, o] >= 0:
            found[o] = t.answer_weight[question, o, 1] * t.decay[3, since(day, t.answer_last[question, o])]
            total += found[o]
    for o in range(actors):
        found[o] *= (1 - share) / total
    asking = find(t.asking_keys, t.asking_places, pair_key(asker, question))
    if asking >= 0:
        fact = t.asking_head[asking]
        while fact >= 0:
            found[t.fact_answer[fact]] += share * 0.5 ** ((day - t.fact_last[fact]) / half_life)
            fact = t.fact_next[fact]
    return found


@njit(cache=True)
def recurrence_ranks(t: Tables, day: int, asker: int, question: int, answers: NDArray[np.int32],
                     half_life: float = HALF_LIFE_DAYS, share: float = SHARE) -> NDArray[np.float64]:
    """The filtered rank of each answer by recurrence, ties at their mean."""
    score = recurrence_scores(t, day, asker, question, half_life, share)
    ranks = np.ones(answers.size)
    own = score[answers]
    score[answers] = -1
    for i in range(answers.size):
        for o in range(score.size):
            ranks[i] += 1.0 if score[o] > own[i] else (0.5 if score[o] == own[i] else 0.0)
    return ranks
