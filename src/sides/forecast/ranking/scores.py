"""How well answers are ranked: time-aware filtered ranks among all actors, ties at their mean; and by what was known.

The protocol of temporal knowledge graphs (RE-GCN, SIGIR 2021, and those after it), blind: other answers of the same
question on the same day are left out of an answer's rank; no question sees another of its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.ranking.tables import Tables, fact_key, find, pair_key

STRATA = ("triple seen", "pair seen", "pair never seen", "answer never seen")


@dataclass(frozen=True, slots=True)
class Ranks:
    """Ranks of answers, from 1, halves where ties; and what had been known of each."""

    rank: NDArray[np.float64]
    stratum: NDArray[np.int8]  # into `STRATA`
    is_head: NDArray[np.bool_]  # "who does it to the actor?", not "to whom does the actor do it?"

    def summary(self, where: NDArray[np.bool_] | None = None) -> Mapping[str, float]:
        """Count, MRR and hits among the first 1, 3, 10, in percent."""
        rank = self.rank if where is None else self.rank[where]
        if not len(rank):
            return {"answers": 0}
        return {"answers": len(rank), "mrr": 100 * float(np.mean(1 / rank)),
                **{f"hits{first}": 100 * float(np.mean(rank <= first)) for first in (1, 3, 10)}}


def filtered_ranks(candidate: NDArray[np.int32], score: NDArray[np.float64], answers: NDArray[np.int32],
                   actors: int) -> NDArray[np.float64]:
    """The rank of each answer among all actors but the other answers; who is no candidate shares the places after them.

    >>> filtered_ranks(np.array([4, 7, 9]), np.array([3.0, 2.0, 1.0]), np.array([7, 4, 2]), 12).tolist()
    [1.0, 1.0, 6.0]
    """
    others = score[~np.isin(candidate, answers)]
    found = np.empty(len(answers))
    for place, answer in enumerate(answers):
        at = np.flatnonzero(candidate == answer)
        if len(at):
            found[place] = 1 + np.sum(others > score[at[0]]) + np.sum(others == score[at[0]]) / 2
        else:
            # who is neither candidate nor left out, the answer among them
            unplaced = actors - len(others) - (len(answers) - 1)
            found[place] = len(others) + (unplaced + 1) / 2
    return found


@njit(cache=True)
def strata(t: Tables, asker: int, question: int, answers: NDArray[np.int32]) -> NDArray[np.int8]:
    """What was known of each answer: places in `STRATA`."""
    found = np.empty(answers.size, np.int8)
    for i in range(answers.size):
        o = answers[i]
        if t.actor_last[o] < 0:
            found[i] = 3
        elif find(t.fact_keys, t.fact_places, fact_key(asker, question, o)) >= 0:
            found[i] = 0
        elif find(t.pair_keys, t.pair_places, pair_key(asker, o)) >= 0:
            found[i] = 1
        else:
            found[i] = 2
    return found
