"""Whether a language model reads beside the default readers: which, at what cost, and where its answers are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sides.claims.llm.budget import Budget
from sides.claims.llm.endpoint import Endpoint
from sides.model.errors import EndpointError

READER = "llm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Whom to ask, at what cost, and where answers are kept."""

    endpoint: Endpoint
    answers: Path
    budget: Budget
    is_dry: bool = False  # only tell what asking would take


def plan_of(reader: str, ledger: Path, endpoint: Endpoint | None, budget: Budget | None,
            answers: str | os.PathLike[str] | None, is_dry: bool) -> Plan | None:
    """How a model reads into a ledger, where one is to. Answers are kept beside it unless a folder is named.

    Raises `EndpointError` where no model is named, or one is and none is to read.
    """
    if reader != READER:
        if endpoint is not None or budget is not None or answers is not None or is_dry:
            raise EndpointError(f"The reader {reader!r} asks no model, so that an endpoint, a budget, kept answers and "
                                f"a dry run mean nothing to it. Choose the reader {READER!r}.")
        return None
    if endpoint is None:
        raise EndpointError(f"The reader {READER!r} asks a model: say which, by its endpoint's address and its name "
                            "(--base-url and --model, or endpoint=sides.Endpoint(...)).")
    return Plan(endpoint=endpoint, budget=budget or Budget(), is_dry=is_dry,
                answers=ledger.with_suffix(".answers") if answers is None else Path(answers))
