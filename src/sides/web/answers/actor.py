"""Who an actor is, and where it stands toward others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from sides.ties.signals import month_date, month_of
from sides.ties.states import STATES
from sides.ties.tie import Tie


class IntroductionAnswer(BaseModel):
    """The sentence in which a text says what an actor is."""

    document: str
    published: str
    sentence: str


class PlaceAnswer(BaseModel):
    """An actor's place in another, as the registry or claims (by their ids) tell it."""

    actor: str
    name: str
    kind: str | None
    label: str
    since: str | None
    until: str | None
    registry_source: str | None
    claims: list[str]


class StretchAnswer(BaseModel):
    """A stretch of months with one likeliest state."""

    state: str
    first: str
    last: str


class LastTurnAnswer(BaseModel):
    """The last turn up to the date that is asked about."""

    date: str
    before: str
    after: str


class TowardAnswer(BaseModel):
    """The tie of the actor with another, at a date."""

    actor: str
    name: str
    kind: str | None
    state: str | None  # `None`: nothing is told of it by then, or denials alone
    probability: float | None
    is_contested: bool
    since: str | None
    last_turn: LastTurnAnswer | None
    last_heard: str | None  # the latest date that is told of, up to the date that is asked about
    claims: int
    outlets: int
    course: list[StretchAnswer]


class DecisionAnswer(BaseModel):
    """What a person decided about who it is."""

    id: str
    words: str
    verdict: str
    who: str
    why: str
    made_at: str
    idle: str | None  # why it does not count


class ActorAnswer(BaseModel):
    """An actor, with a page of its ties: those of most claims first."""

    version: int
    id: str
    name: str
    kind: str
    description: str | None
    names: list[str]
    country: str | None
    country_name: str | None
    wikidata: str | None
    is_provisional: bool
    introduction: IntroductionAnswer | None
    at: str | None
    asked_about: str | None
    documents: int
    claims: int
    belongs_to: list[PlaceAnswer]
    member_of: list[PlaceAnswer]
    people: list[PlaceAnswer]
    parts: list[PlaceAnswer]
    members: list[PlaceAnswer]
    came_from: list[PlaceAnswer]
    became: list[PlaceAnswer]
    decisions: list[DecisionAnswer]
    ties_total: int
    offset: int
    ties: list[TowardAnswer]


def toward_answer(tie: Tie, actor: str) -> dict[str, Any]:
    """A tie from the side of one of the two as plain values, without names."""
    told = [one for one in tie.evidence if one.date.first <= tie.now_at.last]
    is_told = bool(told) and tie.state is not None
    now = tie.now if is_told else None
    history = tie.history
    turned = [one for one in (history.changes if history else []) if history
              and month_date(history.begin + one.month).first <= tie.now_at.last]
    last = turned[-1] if turned and is_told else None
    states = list(tie.probabilities)
    return {
        "actor": tie.right if tie.left == actor else tie.left,
        "state": tie.state.value if is_told and tie.state else None,
        "probability": round(tie.probabilities[tie.state], 4) if is_told and tie.state else None,
        "is_contested": now.is_contested if now else False, "since": str(now.first) if now else None,
        "last_turn": {"date": str(month_date(history.begin + last.month)), "before": states[last.before].value,
                      "after": states[last.after].value} if last and history else None,
        "last_heard": str(max(told, key=lambda one: one.date.last).date) if told else None,
        "claims": len(tie.evidence), "outlets": len({outlet for one in tie.evidence for outlet in one.outlets}),
        "course": list(_course(tie)),
    }


def _course(tie: Tie) -> Iterator[dict[str, str]]:
    """The likeliest state of each month from the first that is told of to the date, months of one state together."""
    history = tie.history
    if history is None or not tie.steps:
        return
    begin, until = month_of(tie.steps[0].first.first), history.begin + history.place(tie.now_at)
    likeliest = history.shares[begin - history.begin:until - history.begin + 1].argmax(1)
    for state, run in groupby(range(begin, until + 1), key=lambda month: STATES[int(likeliest[month - begin])]):
        months = list(run)
        yield {"state": state.value, "first": str(month_date(months[0])), "last": str(month_date(months[-1]))}
