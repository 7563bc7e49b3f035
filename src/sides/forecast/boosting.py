"""The door to LightGBM, which is optional: loaded when a learned forecast is asked for, on one thread, repeatable."""

from __future__ import annotations

from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.model.errors import ForecastError

Array = NDArray[np.float64]
Values = NDArray[np.float32]
Outcomes = NDArray[np.bool_]

# Chosen on the validation origins of `benchmarks/forecast_questions.py`. Small trees, since events are rare.
ROUNDS = 300
SETTINGS = {"learning_rate": .04, "num_leaves": 15, "feature_fraction": .1, "bagging_fraction": .8, "bagging_freq": 1,
            "lambda_l2": 10.0, "max_bin": 63}
LEAF_ROWS = 100  # fewest rows of a leaf; less where there are few rows in all
ALWAYS = {"objective": "binary", "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 7,
          "feature_pre_filter": False, "verbose": -1}
EVENTS_A_ROUND = 4  # rounds are held below one for so many events: few events are soon learned by heart


def lightgbm() -> ModuleType:
    """The library, or what to do where it is missing."""
    try:
        import lightgbm as library
    except ImportError as error:
        raise ForecastError("The learned forecaster needs LightGBM, which is not installed. Install it: pip install "
                            "'sides[forecast]'. Without it, ask for the recurrence forecast.") from error
    module: ModuleType = library
    return module


class Table:
    """Rows to learn from, binned once for all that is learned from them."""

    def __init__(self, values: Values) -> None:
        self._rows = len(values)
        self._settings = ALWAYS | SETTINGS | {"min_data_in_leaf": max(5, min(LEAF_ROWS, len(values) // 100))}
        self._data: Any = lightgbm().Dataset(values, np.zeros(len(values)), params=self._settings, free_raw_data=False)
        self._data.construct()

    def learn(self, happened: Outcomes, is_asked: Outcomes) -> str:
        """The trees, as text, for the outcomes of the rows that are asked about."""
        data = self._data if is_asked.all() else self._data.subset(np.flatnonzero(is_asked))
        data.construct()
        told = happened[is_asked]
        data.set_label(told.astype(float))
        rounds = min(ROUNDS, max(10, int(told.sum()) // EVENTS_A_ROUND))
        booster = lightgbm().train(self._settings, data, rounds)
        return str(booster.model_to_string())


def chances(trees: str, values: Values) -> Array:
    """(Q,) what trees say of rows of features."""
    if not len(values):
        return np.zeros(0)
    told: Array = np.asarray(_loaded(trees).predict(values, num_threads=1), dtype=np.float64)
    return told


def contributions(trees: str, values: Values) -> Array:
    """(Q, F + 1) how far each feature moves the logit, and last the logit without any: Shapley values of trees.

    Lundberg et al. 2020, as LightGBM computes them.
    """
    told: Array = np.asarray(_loaded(trees).predict(values, pred_contrib=True, num_threads=1), dtype=np.float64)
    return told


@lru_cache(maxsize=64)
def _loaded(trees: str) -> Any:
    return lightgbm().Booster(model_str=trees)
