"""Sides reads reporting and keeps the record of who stands with whom: since when, how firmly, and who says so.

    ledger = sides.open("levant.sides")
    ledger.read("articles/")
    ledger.tie("Hamas", "Syria").evidence

This is the whole public face; all else may move. Names are loaded when first used: `import sides` costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes longer than starting the interpreter

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Any

    from sides.balance.network import Network
    from sides.claims.llm.budget import Budget
    from sides.claims.llm.endpoint import Endpoint
    from sides.engines.local import ReadReport
    from sides.events.gathering import Every
    from sides.face import Ledger
    from sides.ledger.decisions import Decision
    from sides.model.actor import Actor
    from sides.model.claim import Claim
    from sides.model.claim_type import ClaimType, Modality
    from sides.model.dates import Interval, PartialDate
    from sides.model.document import Document
    from sides.model.errors import InputError, LedgerError, SidesError
    from sides.model.incomplete import Incomplete
    from sides.ties.evidence import Evidence
    from sides.ties.history import Turn
    from sides.ties.lens import Lens
    from sides.ties.profile import Profile
    from sides.ties.review import Case
    from sides.ties.states import State
    from sides.ties.tie import Step, Tie

__all__ = [
    "Actor",
    "Budget",
    "Case",
    "Claim",
    "ClaimType",
    "Decision",
    "Document",
    "Endpoint",
    "Evidence",
    "Incomplete",
    "InputError",
    "Interval",
    "Ledger",
    "LedgerError",
    "Lens",
    "Modality",
    "Network",
    "PartialDate",
    "Profile",
    "ReadReport",
    "SidesError",
    "State",
    "Step",
    "Tie",
    "Turn",
    "open",
    "panel",
]

_HOMES = {
    "sides.balance.network": ("Network",),
    "sides.claims.llm.budget": ("Budget",),
    "sides.claims.llm.endpoint": ("Endpoint",),
    "sides.engines.local": ("ReadReport",),
    "sides.face": ("Ledger",),
    "sides.ledger.decisions": ("Decision",),
    "sides.model.actor": ("Actor",),
    "sides.model.claim": ("Claim",),
    "sides.model.claim_type": ("ClaimType", "Modality"),
    "sides.model.dates": ("Interval", "PartialDate"),
    "sides.model.document": ("Document",),
    "sides.model.incomplete": ("Incomplete",),
    "sides.model.errors": ("InputError", "LedgerError", "SidesError"),
    "sides.ties.evidence": ("Evidence",),
    "sides.ties.history": ("Turn",),
    "sides.ties.lens": ("Lens",),
    "sides.ties.profile": ("Profile",),
    "sides.ties.review": ("Case",),
    "sides.ties.states": ("State",),
    "sides.ties.tie": ("Step", "Tie"),
}


def open(path: str | os.PathLike[str], version: int | None = None) -> Ledger:
    """Open the ledger at `path`; one that is not there yet is made by its first `read`.

    `version` opens it as it was then, for reading. Raises `LedgerError` if the folder holds something else.
    """
    from pathlib import Path

    from sides.face import Ledger

    return Ledger(Path(path), version)


def panel(files: Iterable[str | os.PathLike[str]], every: Every = "month", *, dataset: str | None = None,
          mapping: str | os.PathLike[str] | None = None, memory: str = "2GB", backend: str = "polars",
          engine: str = "local", shared: str | os.PathLike[str] | None = None) -> Any:
    """Counts of the events of files by directed pair of actors, time, field and quad class, as a data frame.

    `every`: "day", "week", "month" or "year". `dataset`: what the files are, where their names do not tell; `mapping`:
    a file that says what the columns of your own table mean. `memory`: what the process may take; past it, it works on
    disk. `backend`: whose frame, "polars", "pandas" or "pyarrow". `engine`: "local", or a master of Spark as for
    `Ledger.read`; `shared`: a folder that its workers see too, if they are on other machines. Needs the extra `frames`.
    The columns stand in docs/events.md.
    Raises `InputError` for a file that can't be read, `FrameError` where what makes frames is not installed.
    """
    from sides.export.panel import panel as made

    return made(files, every, dataset, mapping, memory, backend, engine, shared)


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'sides' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
