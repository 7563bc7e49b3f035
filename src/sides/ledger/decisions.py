"""Decisions: a person's judgement of who is who, laid over what was read and never in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sides.ledger.rows import Columns, digest_of
from sides.ledger.withdrawals import moment
from sides.model.actor import ActorKind
from sides.model.errors import DecisionError

WIKIDATA = re.compile(r"Q[1-9]\d*")
MENTION = re.compile(r"(?P<document>[^:\s]+):(?P<begin>\d+)-(?P<end>\d+)")

# The fields of a record beside its id and changes.
TEXTS = ("actor", "verdict", "into", "withdraws", "who", "why", "made_at")
LISTS = ("names", "documents", "mentions")


class Verdict(StrEnum):
    """What a person says of an actor, or of an earlier decision."""

    CONFIRM = "confirm"  # an actor of its own, perhaps with another name, kind, country, parent
    MERGE = "merge"  # the same as another actor
    SPLIT = "split"  # some of what was taken for it is another actor
    REJECT = "reject"  # no actor at all
    WITHDRAW = "withdraw"  # an earlier decision, which may itself be a withdrawal, no longer counts


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DecisionError(f"{value!r} is not a name.")
    return " ".join(value.split())


def _kind(value: Any) -> str:
    if value not in set(ActorKind):
        raise DecisionError(f"{value!r} is not a kind of actor. Kinds: {', '.join(ActorKind)}.")
    return ActorKind(value).value


def _wikidata(value: Any) -> str:
    if not isinstance(value, str) or not WIKIDATA.fullmatch(value):
        raise DecisionError(f"{value!r} is not a Wikidata id, as in Q796.")
    return value


# What may be said of an actor, and what makes a value of it.
FIELDS: Mapping[str, Callable[[Any], str]] = {
    "name": _text,
    "kind": _kind,
    "description": _text,
    "country": _text,
    "parent": _text,
    "wikidata": _wikidata,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which of an actor's mentions are meant: those by these names, in these documents, or at these places.

    A mention without a name of its own ("it", "the movement") goes with the name that was last written before it.
    """

    names: tuple[str, ...] = ()  # as they are written; case, accents and hyphens make no difference
    documents: tuple[str, ...] = ()  # ids
    mentions: tuple[str, ...] = ()  # "DOCUMENT:BEGIN-END"

    def __post_init__(self) -> None:
        for mention in self.mentions:
            if not MENTION.fullmatch(mention):
                raise DecisionError(f"{mention!r} is not a mention: give DOCUMENT:BEGIN-END, as in 3f2a...:120-131.")

    def __bool__(self) -> bool:
        return bool(self.names or self.documents or self.mentions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody says of who an actor is, why, and when they said so.

    Read aloud: "`who` says at `made_at` that `actor` is an actor of its own, is the same as `into`, is `into` where
    `part` names it, or is no actor: `why`".
    """

    actor: str  # an id
    verdict: Verdict
    into: str | None = None  # id of the actor that it is the same as, or that a part of it is
    part: Part = field(default_factory=Part)
    changes: tuple[tuple[str, str], ...] = ()  # field and value, sorted: of the actor, or of `into` where it is new
    withdraws: str | None = None  # the id of the decision that no longer counts
    who: str
    why: str
    made_at: datetime

    def __post_init__(self) -> None:
        problem = _fault(self)
        if problem:
            raise DecisionError(problem)

    @property
    def id(self) -> str:
        """Hash of all of it: the same judgement given twice is one."""
        return digest_of(self.actor, self.verdict.value, self.into, self.part_json, self.changes_json, self.withdraws,
                         self.who, self.why, moment(self.made_at))

    @property
    def part_json(self) -> str:
        """The part as a JSON object."""
        return json.dumps({"names": self.part.names, "documents": self.part.documents, "mentions": self.part.mentions})

    @property
    def changes_json(self) -> str:
        """The changes as a JSON object with sorted keys."""
        return json.dumps(dict(self.changes), sort_keys=True)


def _fault(decision: Decision) -> str | None:
    """What makes no sense in a decision, or nothing."""
    verdict = decision.verdict
    if not decision.actor.strip() or not decision.who.strip():
        return "A decision needs an actor, and somebody who makes it."
    if (verdict in (Verdict.MERGE, Verdict.SPLIT)) != (decision.into is not None):
        return "An actor is merged or split into another one; confirm and reject name no other."
    if decision.into == decision.actor:
        return f"{decision.actor!r} cannot be merged or split into itself."
    if (verdict is Verdict.SPLIT) != bool(decision.part):
        return "A split says which names, documents or mentions are the other actor; no other decision does."
    if (verdict is Verdict.WITHDRAW) != (decision.withdraws is not None):
        return "A withdrawal names the decision that it takes back; no other decision does."
    if decision.changes and verdict in (Verdict.REJECT, Verdict.WITHDRAW):
        return f"Nothing can be changed where the verdict is {verdict.value}."
    return None


def checked_changes(changes: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Changes in the form that is stored. Raises `DecisionError` for an unknown field or a senseless value."""
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        raise DecisionError(f"{', '.join(unknown)} cannot be set. Fields that can: {', '.join(FIELDS)}.")
    return tuple((name, FIELDS[name](value)) for name, value in sorted(changes.items()))


def sorted_part(names: Iterable[str] = (), documents: Iterable[str] = (), mentions: Iterable[str] = ()) -> Part:
    """A part, with each thing named once and sorted."""
    return Part(names=tuple(sorted({_text(name) for name in names})), documents=tuple(sorted(set(documents))),
                mentions=tuple(sorted(set(mentions))))


def decision_record(decision: Decision) -> dict[str, Any]:
    """A decision as plain values, without what does not apply; `decision_of` undoes it."""
    record = {"id": decision.id, "actor": decision.actor, "verdict": decision.verdict.value, "into": decision.into,
              **json.loads(decision.part_json), "changes": dict(decision.changes), "withdraws": decision.withdraws,
              "who": decision.who, "why": decision.why, "made_at": moment(decision.made_at)}
    return {name: value for name, value in record.items() if value or name == "why"}


def decision_of(record: Mapping[str, Any]) -> Decision:
    """The decision of a record. Raises `DecisionError` for one that makes no sense, or whose id is not its hash."""
    unknown = sorted(set(record) - {"id", *TEXTS, *LISTS, "changes"})
    if unknown:
        raise DecisionError(f"{', '.join(unknown)} is no field of a decision. Fields: {', '.join((*TEXTS, *LISTS))}.")
    for name in ("actor", "verdict", "who", "why", "made_at"):
        if name not in record:
            raise DecisionError(f"{name} is missing.")
    for name in TEXTS:
        if not isinstance(record.get(name, ""), str):
            raise DecisionError(f"{name} must be a text.")
    for name in LISTS:
        if not _is_list_of_texts(record.get(name, [])):
            raise DecisionError(f"{name} must be a list of texts.")
    changes = record.get("changes", {})
    if not isinstance(changes, dict):
        raise DecisionError("changes must be an object of fields and values.")
    if record["verdict"] not in set(Verdict):
        raise DecisionError(f"{record['verdict']!r} is no verdict. Verdicts: {', '.join(Verdict)}.")
    try:
        made_at = datetime.fromisoformat(record["made_at"])
        moment(made_at)
    except ValueError as error:
        raise DecisionError(f"{record['made_at']!r} is no moment, as in 2024-05-01T12:00:00Z.") from error
    decision = Decision(
        actor=record["actor"], verdict=Verdict(record["verdict"]), into=record.get("into"),
        part=sorted_part(*(record.get(name, ()) for name in LISTS)), changes=checked_changes(changes),
        withdraws=record.get("withdraws"), who=record["who"], why=record["why"], made_at=made_at)
    if record.get("id", decision.id) != decision.id:
        raise DecisionError("it says other than what its id was made of. Leave the id out of a decision that you write "
                            "or change by hand.")
    return decision


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def decision_columns(decisions: Iterable[Decision]) -> Columns:
    """Decisions as columns of `decisions`."""
    listed = list(decisions)
    return {
        "id": [decision.id for decision in listed],
        "actor": [decision.actor for decision in listed],
        "verdict": [decision.verdict.value for decision in listed],
        "into": [decision.into for decision in listed],
        "part": [decision.part_json for decision in listed],
        "changes": [decision.changes_json for decision in listed],
        "withdraws": [decision.withdraws for decision in listed],
        "who": [decision.who for decision in listed],
        "why": [decision.why for decision in listed],
        "made_at": [moment(decision.made_at) for decision in listed],
    }
