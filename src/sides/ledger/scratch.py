"""A ledger on which judgements are tried out: they are laid over what is stored, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sides.ledger.commits import Commit
from sides.ledger.correcting import correction_of, withdrawal_of
from sides.ledger.corrections import Action, Correction
from sides.ledger.decisions import Decision
from sides.ledger.snapshot import Snapshot
from sides.ledger.views import Judgements


class Scratch:
    """One version of a ledger, and judgements that only this object knows. Takes them as a `Store` does."""

    def __init__(self, base: Snapshot) -> None:
        self._base = base
        self._tried = Judgements()

    def versions(self) -> list[Commit]:
        """Every version up to the one that judgements are tried on."""
        return list(self._base.commits)

    def snapshot(self, version: int | None = None) -> Snapshot:
        """The ledger as it would be. What is tried makes no version of its own."""
        return Snapshot(self._base.folder, self._base.commits, self._tried)

    def correct(self, claim: str, action: Action | str, changes: Mapping[str, Any] | None = None, *,
                who: str, why: str, made_at: datetime) -> str:
        """See `Store.correct`."""
        return self._take(correction_of(self.snapshot(), claim, action, changes, who=who, why=why, made_at=made_at))

    def withdraw(self, correction: str, *, who: str, why: str, made_at: datetime) -> str:
        """See `Store.withdraw`."""
        return self._take(withdrawal_of(self.snapshot(), correction, who=who, why=why, made_at=made_at))

    def decide(self, decisions: Sequence[Decision]) -> list[Decision]:
        """See `Store.decide`."""
        known = {found.id for found in self.snapshot().decisions()}
        new = [decision for decision in decisions if decision.id not in known]
        self._tried = Judgements(self._tried.corrections, (*self._tried.decisions, *new))
        return new

    def _take(self, correction: Correction) -> str:
        self._tried = Judgements((*self._tried.corrections, correction), self._tried.decisions)
        return correction.id
