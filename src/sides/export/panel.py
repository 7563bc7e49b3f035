"""Panels of event files as data frames of whichever library the user has."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from arro3.core import Table

from sides.engines.engine import LOCAL
from sides.engines.panels import GatheringSettings, read_into
from sides.events.database import MEMORY
from sides.events.gathering import Every, gathering
from sides.events.mapping import chosen
from sides.model.errors import FrameError

# Columns that may have no value.
NULLABLE = ("quad", "goldstein_mean", "expected")


def panel(files: Iterable[str | os.PathLike[str]], every: Every = "month", dataset: str | None = None,
          mapping: str | os.PathLike[str] | None = None, memory: str = MEMORY, backend: str = "polars",
          engine: str = LOCAL, shared: str | os.PathLike[str] | None = None) -> Any:
    """See `sides.panel`."""
    settings = GatheringSettings(*chosen(dataset, None if mapping is None else Path(mapping)), memory)
    with gathering(mappings=settings.mappings, memory=memory) as found:
        for told in read_into(found, sorted(Path(file) for file in files), settings, engine=engine,
                              beside=None if shared is None else Path(shared)):
            if told.error is not None:
                raise told.error
        return _frame(found.panel(every), backend)


def _frame(relation: duckdb.DuckDBPyRelation, backend: Any) -> Any:
    try:
        import narwhals

        if backend == "polars":  # takes Arrow as it is; others might want pyarrow for that
            # Through a table of Arrow's: polars, given DuckDB's own relation, leaves types of DuckDB behind at the end.
            return narwhals.from_arrow(Table.from_arrow(relation), backend=backend).to_native()
        columns = relation.fetchnumpy()
        for column in NULLABLE:  # floats, as is usual where NaN stands for nothing
            columns[column] = np.ma.filled(columns[column].astype(float), np.nan)
        return narwhals.from_dict(columns, backend=backend).to_native()
    except ImportError as error:
        raise FrameError(f"Panels as data frames need narwhals and {backend} ({error}). Install them: "
                         f"pip install 'sides[frames]' {backend}") from error
    except ValueError as error:
        raise FrameError(f"No panel can be made with {backend!r} ({error}). Name polars, pandas or pyarrow.") from error
