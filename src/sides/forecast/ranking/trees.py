"""What is learned beyond the sum: trees, by gradient boosting on the listwise likelihood, with LightGBM.

The probability of a candidate is softmax(sum + trees) over the candidates of its question: a conditional logit whose
sum stands fixed and whose trees are boosted on top. Of the candidates that stand low by the sum only some are taken,
and count for the others too (importance weights), which keeps the likelihood and saves memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.boosting import lightgbm

TREES = 100  # 80 and 150 rank the valid part of ICEWS14 alike (MRR 49.95, 49.99)
PARAMETERS: dict[str, Any] = {  # chosen on the valid parts of ICEWS14 and ICEWS18; benchmarks/forecast.py watches them
    "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 200, "lambda_l2": 5.0, "min_sum_hessian_in_leaf": 0.5,
    "feature_fraction": 0.5, "max_bin": 255, "seed": 1, "deterministic": True, "force_col_wise": True, "verbose": -1,
}


def boost(x: NDArray[np.float32], total: NDArray[np.float32], is_answer: NDArray[np.bool_],
          stands_for: NDArray[np.float32],
          group: NDArray[np.int64], names: list[str], threads: int, trees: int = TREES) -> str:
    """Trees for the rows of questions, `group[i]` rows to question i; as LightGBM's text. The same for any `threads`.

    `total` is the sum of each row, `stands_for` the number of candidates that the row stands for.
    """
    library = lightgbm()
    start = np.concatenate([[0], np.cumsum(group)]).astype(np.int64)
    share = is_answer / np.repeat(np.maximum(np.add.reduceat(is_answer, start[:-1]), 1), group)

    def likelihood(score: NDArray[np.float64], _: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return _slopes(score, share, stands_for, start)

    parameters = {**PARAMETERS, "num_threads": threads, "objective": likelihood}
    data = library.Dataset(x, np.asarray(is_answer, np.float32), init_score=total.astype(np.float64),
                           feature_name=names,
                           params={key: parameters[key] for key in ("max_bin", "num_threads", "verbose", "seed",
                                                                    "min_data_in_leaf")})
    text: str = library.train(parameters, data, trees).model_to_string()
    return text[:text.index("\nparameters:")] + "\n"  # what follows tells of this run: how many threads, where it read


@njit(cache=True)
def _slopes(score: NDArray[np.float64], share: NDArray[np.float64], stands_for: NDArray[np.float32],
            start: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and second derivative of minus the log-likelihood of the answers, by row."""
    slope = np.empty_like(score)
    bend = np.empty_like(score)
    for i in range(start.size - 1):
        top = -np.inf
        for j in range(start[i], start[i + 1]):
            top = max(top, score[j])
        total = 0.0
        for j in range(start[i], start[i + 1]):
            slope[j] = stands_for[j] * np.exp(score[j] - top)
            total += slope[j]
        for j in range(start[i], start[i + 1]):
            probability = slope[j] / total
            slope[j] = probability - share[j]
            bend[j] = max(probability * (1 - probability), 1e-9)
    return slope, bend
