"""Corrections: a person's judgement of a claim, laid over it and never in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sides.ledger.rows import Columns, digest_of
from sides.ledger.withdrawals import in_force, moment
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate

CERTAIN = 1.0


class Action(StrEnum):
    """What a person does about a claim, or about an earlier correction."""

    REJECT = "reject"  # the text does not say this
    CONFIRM = "confirm"  # the text says just this
    SET = "set"  # the text says this, with some fields other than read
    WITHDRAW = "withdraw"  # an earlier correction, which may itself be a withdrawal, no longer counts


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is not a name.")
    return value


def _sign(value: Any) -> int:
    if isinstance(value, bool) or value not in (-1, 0, 1):
        raise ValueError(f"{value!r} is not a sign: give 1, 0 or -1.")
    return int(value)


def _or_none(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else parse(value)


# The fields that may be set, and what makes a value of what is given or stored.
FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "source": _text,
    "target": _text,
    "third": _or_none(_text),
    "type": ClaimType,
    "sign": _sign,
    "layer": Layer,
    "speaker": _text,
    "modality": Modality,
    "start": _or_none(lambda value: PartialDate.parse(str(value))),
    "end": _or_none(lambda value: PartialDate.parse(str(value))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody found wrong or right with a claim, why, and when they said so.

    Read aloud: "`who` says at `made_at` that `claim` is to be rejected, confirmed, or read with `changes`: `why`".
    """

    claim: str  # the id that the claim was read under
    action: Action
    changes: tuple[tuple[str, str | int | None], ...] = ()  # field and value, sorted by field
    withdraws: str | None = None  # the id of the correction that no longer counts
    who: str
    why: str
    made_at: datetime

    @property
    def id(self) -> str:
        """Hash of all of it: the same judgement given twice is one."""
        return digest_of(self.claim, self.action.value, self.changes_json, self.withdraws, self.who, self.why,
                         moment(self.made_at))

    @property
    def changes_json(self) -> str:
        """The changes as a JSON object with sorted keys."""
        return json.dumps(dict(self.changes), sort_keys=True)

    def apply(self, claim: Claim) -> Claim:
        """The claim as the person reads it."""
        values = {name: FIELDS[name](value) for name, value in self.changes}
        if values.keys() & {"source", "target", "third", "type", "sign", "speaker", "modality"}:
            values["restates"] = None  # it says something else than what it was taken to say again
        inferred = tuple(place for place in claim.inferred if place not in values)
        if "start" in values or "end" in values:
            values["dated_from"] = "text" if values.get("start", claim.start) else "none"
        return replace(claim, **values, inferred=inferred, confidence=CERTAIN)


def checked_changes(claim: Claim, changes: Mapping[str, Any]) -> tuple[tuple[str, str | int | None], ...]:
    """Changes to a claim in the form that is stored. A new type brings its usual sign and layer unless they are given.

    Raises `ValueError` for an unknown field, a value that makes no sense, or a claim of an actor about itself.
    """
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown or not changes:
        raise ValueError(f"{', '.join(unknown) or 'Nothing'} cannot be set. Fields that can: {', '.join(FIELDS)}.")
    values = {name: FIELDS[name](value) for name, value in changes.items()}
    if "type" in values:
        values = {"sign": values["type"].meaning.sign, "layer": values["type"].meaning.layer, **values}
    if values.get("source", claim.source) == values.get("target", claim.target):
        raise ValueError("A claim has two actors: its source and target cannot be the same.")
    return tuple((name, str(value) if isinstance(value, PartialDate | StrEnum) else value)
                 for name, value in sorted(values.items()))


@dataclass(frozen=True, slots=True)
class Overlay:
    """All that counts of what was said about one claim."""

    corrections: tuple[Correction, ...]

    @property
    def status(self) -> Action:
        """What was last said of it."""
        return self.corrections[-1].action

    def apply(self, claim: Claim) -> Claim | None:
        """The claim as it is to be shown; nothing if it is rejected."""
        if self.status is Action.REJECT:
            return None
        for correction in self.corrections:
            claim = correction.apply(claim)
        return claim


def overlays(corrections: Iterable[Correction]) -> dict[str, Overlay]:
    """By the id that a claim was read under, what is laid over it."""
    by_claim: dict[str, list[Correction]] = {}
    for correction in in_force(corrections):
        by_claim.setdefault(correction.claim, []).append(correction)
    return {claim: Overlay(tuple(by_claim[claim])) for claim in sorted(by_claim)}


def correction_columns(corrections: Iterable[Correction]) -> Columns:
    """Corrections as columns of `corrections`."""
    listed = list(corrections)
    return {
        "id": [correction.id for correction in listed],
        "claim": [correction.claim for correction in listed],
        "action": [correction.action.value for correction in listed],
        "changes": [correction.changes_json for correction in listed],
        "withdraws": [correction.withdraws for correction in listed],
        "who": [correction.who for correction in listed],
        "why": [correction.why for correction in listed],
        "made_at": [moment(correction.made_at) for correction in listed],
    }
