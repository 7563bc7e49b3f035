"""From what a person says of a claim to a correction, with every mistake told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sides.ledger.corrections import Action, Correction, checked_changes
from sides.ledger.snapshot import Snapshot
from sides.model.errors import LedgerError, UnknownClaim


def correction_of(snapshot: Snapshot, claim: str, action: Action | str, changes: Mapping[str, Any] | None, *,
                  who: str, why: str, made_at: datetime) -> Correction:
    """The correction of a claim, by the id that it is shown under, or was read under.

    Raises `UnknownClaim`, or `ValueError` for changes that make no sense.
    """
    action = Action(action)
    if action is Action.WITHDRAW:
        raise ValueError("Use withdraw() with the id of the correction.")
    if (action is Action.SET) != bool(changes):
        raise ValueError("Changes go with the action 'set', and with no other.")
    read_id = snapshot.read_id(claim)
    if read_id is None:
        raise UnknownClaim(f"The ledger at {str(snapshot.folder)!r} shows no claim {claim!r}. `sides claims --json` "
                           "lists the ids.")
    stated: tuple[tuple[str, str | int | None], ...] = ()
    if changes:
        shown = snapshot.claim(claim) or snapshot.claim(read_id, corrected=False)
        assert shown is not None
        stated = checked_changes(shown, changes)
    return Correction(claim=read_id, action=action, changes=stated, who=who, why=why, made_at=made_at)


def withdrawal_of(snapshot: Snapshot, correction: str, *, who: str, why: str, made_at: datetime) -> Correction:
    """The correction that an earlier one, by its id, no longer counts. Raises `LedgerError` if there is none."""
    found = next((known for known in snapshot.corrections() if known.id == correction), None)
    if found is None:
        raise LedgerError(f"The ledger at {str(snapshot.folder)!r} has no correction {correction!r}.")
    return Correction(claim=found.claim, action=Action.WITHDRAW, withdraws=correction, who=who, why=why,
                      made_at=made_at)
