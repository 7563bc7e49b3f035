"""What there is to judge, what was judged, and what a judgement would change."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from sides.export.evidence import evidence_fields
from sides.ledger.corrections import Correction
from sides.ledger.judging import Judgement
from sides.ledger.withdrawals import moment
from sides.report.review import said
from sides.report.states import probabilities_record
from sides.ties.consequences import Consequences, turns
from sides.ties.tie import Tie
from sides.web.answers.evidence import EvidenceAnswer
from sides.web.answers.tie import Named

# Claims and ties that a preview names one by one, the ones that change most; it tells how many there are.
SHOWN = 100

Words = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(max_length=300)]


class Signed(BaseModel):
    """Who judges, and why. The server's clock says when."""

    who: Annotated[str, Field(max_length=100)] = ""
    why: Words = ""


class CorrectionAsked(Signed):
    """A judgement of a claim, by the id that it is shown under or was read under.

    `changes`, with `set` alone: source, target, third, type, sign, layer, speaker, modality, start, end. Actors are ids
    or names that one actor bears.
    """

    claim: Annotated[str, Field(max_length=100)]
    action: Literal["reject", "confirm", "set"]
    changes: dict[str, str | int | None] = {}


class DecisionAsked(Signed):
    """A judgement of an actor, as `Ledger.decide` takes it."""

    actor: Name
    verdict: Literal["confirm", "merge", "split", "reject"]
    into: Name | None = None
    names: Annotated[list[Name], Field(max_length=1000)] = []
    documents: Annotated[list[Name], Field(max_length=10_000)] = []
    mentions: Annotated[list[Name], Field(max_length=10_000)] = []
    changes: dict[str, str] = {}


class WithdrawalAsked(Signed):
    """Takes a correction, a decision or a withdrawal back, by its id."""

    id: Annotated[str, Field(max_length=100)]


class PreviewAsked(BaseModel):
    """One judgement that is not made yet."""

    correction: CorrectionAsked | None = None
    decision: DecisionAsked | None = None
    withdrawal: WithdrawalAsked | None = None


class Judged(BaseModel):
    """A judgement that was made."""

    id: str
    version: int  # the version that it made
    claim: str | None  # of a correction: the id that the claim is shown under now, if it is


class TypeChoice(BaseModel):
    """A type of claim, with the sign and layer that it brings unless others are given."""

    type: str
    sign: int
    layer: str


class ChoicesAnswer(BaseModel):
    """What can be chosen where a claim or an actor is corrected."""

    types: list[TypeChoice]
    layers: list[str]
    modalities: list[str]
    kinds: list[str]  # of actors


class NamedDocument(BaseModel):
    """A document that names an actor."""

    id: str
    name: str
    title: str | None
    published: str


class ActorStandingAnswer(BaseModel):
    """An actor as it may be judged: what it is, how it is written, and where."""

    version: int
    id: str
    name: str
    kind: str
    description: str | None
    country: str | None
    parent: str | None
    wikidata: str | None
    is_provisional: bool
    claims: int
    mentions: int
    written: dict[str, int]
    documents: list[NamedDocument]


class SuggestionAnswer(BaseModel):
    """What may be decided about an actor."""

    verdict: str
    into: str | None
    into_name: str | None
    names: list[str]
    documents: list[str]
    why: str


class SpotAnswer(BaseModel):
    """A mention in its sentence."""

    document: str
    document_id: str
    published: str
    outlets: list[str]
    begin_char: int
    end_char: int
    before: str
    quote: str
    after: str


class CaseAnswer(BaseModel):
    """An actor in doubt: how much rests on it, why, what may be done, and sentences that name it.

    `country`, `parent`: the names of those that it belongs to.
    """

    id: str
    name: str
    kind: str
    names: list[str]
    written: list[str]
    description: str | None
    country: str | None
    parent: str | None
    is_provisional: bool
    claims: int
    mentions: int
    documents: int
    reasons: list[str]
    told: str
    suggestions: list[SuggestionAnswer]
    quotes: list[SpotAnswer]


class ReviewAnswer(BaseModel):
    """Actors in doubt, those that most claims rest on first. `reasons`: how many are in doubt for each."""

    version: int
    total: int
    offset: int
    reasons: dict[str, int]
    cases: list[CaseAnswer]


class UnjudgedAnswer(BaseModel):
    """Claims that nobody has judged, the least sure first. `readers`: how many of each reader."""

    version: int
    total: int
    offset: int
    readers: dict[str, int]
    claims: list[EvidenceAnswer]


class JudgementAnswer(BaseModel):
    """A correction or decision: what it says, who made it, when and why; `idle` tells why it does not count, if so."""

    id: str
    kind: Literal["correction", "decision"]
    action: str
    words: str
    claim: str | None  # the id that it is shown under, if it is
    quote: str | None
    document_id: str | None
    actor: str | None
    actor_name: str | None
    withdraws: str | None
    withdrawn_by: str | None
    idle: str
    who: str
    why: str
    made_at: str


class JudgementsAnswer(BaseModel):
    """All judgements that were ever made, the latest first."""

    version: int
    total: int
    offset: int
    judgements: list[JudgementAnswer]


class ClaimChangeAnswer(BaseModel):
    """A claim before and after; null: not shown then."""

    before: EvidenceAnswer | None
    after: EvidenceAnswer | None


class TurnBrief(BaseModel):
    """A turn, without the claims that carry it."""

    before: str
    after: str
    date: str


class TieBrief(BaseModel):
    """A tie at the date that is asked about; without a state nothing is told of it."""

    state: str | None
    probabilities: dict[str, float]
    turns: list[TurnBrief]


class TieChangeAnswer(BaseModel):
    """A tie before and after. `shift`: of the expected level, -2 hostile to 2 allied."""

    left: Named
    right: Named
    asked_about: str
    before: TieBrief
    after: TieBrief
    shift: float


class ActorBrief(BaseModel):
    """An actor as it is shown."""

    name: str
    kind: str
    names: list[str]
    is_provisional: bool


class ActorChangeAnswer(BaseModel):
    """An actor before and after; null: not shown then."""

    id: str
    name: str
    before: ActorBrief | None
    after: ActorBrief | None
    mentions_before: int
    mentions_after: int


class PreviewAnswer(BaseModel):
    """What a judgement would change. Of many, those that change most are named; the totals count all."""

    version: int
    totals: dict[str, int]
    claims: list[ClaimChangeAnswer]
    actors: list[ActorChangeAnswer]
    ties: list[TieChangeAnswer]


def judgement_answer(one: Judgement, names: dict[str, str]) -> dict[str, Any]:
    """A judgement as plain values."""
    judged = one.said
    shared = {"id": judged.id, "withdraws": judged.withdraws, "withdrawn_by": one.withdrawn_by, "idle": one.idle,
              "who": judged.who, "why": judged.why, "made_at": moment(judged.made_at)}
    if not isinstance(judged, Correction):
        return {**shared, "kind": "decision", "action": judged.verdict.value, "words": said(judged), "claim": None,
                "quote": None, "document_id": None, "actor": judged.actor,
                "actor_name": one.name}
    told = ", ".join(f"{name}={'nothing' if value is None else value}" for name, value in judged.changes)
    about = one.about
    what = f"{names.get(about.source, about.source)} {about.type.value.lower().replace('_', ' ')} " \
           f"{names.get(about.target, about.target)}" if about else judged.claim
    return {**shared, "kind": "correction", "action": judged.action.value, "claim": one.shown,
            "words": f"{judged.action.value} {told + ' ' if told else ''}({what})",
            "quote": about.quote if about else None, "document_id": about.document if about else None,
            "actor": None, "actor_name": None}


def preview_answer(found: Consequences, version: int, before: dict[str, str], after: dict[str, str],
                   ) -> dict[str, Any]:
    """Consequences as plain values. `before`, `after`: the names of actors."""
    names = {**after, **before}
    return {
        "version": version,
        "totals": {"claims": len(found.claims), "actors": len(found.actors), "ties": len(found.ties)},
        "claims": [{"before": evidence_fields(one.before, before) if one.before else None,
                    "after": evidence_fields(one.after, after) if one.after else None}
                   for one in found.claims[:SHOWN]],
        "actors": [{"id": one.id, "name": names.get(one.id, one.id), "mentions_before": one.mentions_before,
                    "mentions_after": one.mentions_after,
                    **{when: {"name": actor.name, "kind": actor.kind.value, "names": list(actor.names),
                              "is_provisional": actor.is_provisional} if actor else None
                       for when, actor in (("before", one.before), ("after", one.after))}} for one in found.actors],
        "ties": [{"left": _named(one.after.left, names), "right": _named(one.after.right, names),
                  "asked_about": str(one.after.now_at), "before": _brief(one.before), "after": _brief(one.after),
                  "shift": round(one.shift, 4)} for one in found.ties[:SHOWN]],
    }


def _named(actor: str, names: dict[str, str]) -> dict[str, str]:
    return {"id": actor, "name": names.get(actor, actor)}


def _brief(tie: Tie) -> dict[str, Any]:
    return {"state": tie.state.value if tie.state else None, "probabilities": probabilities_record(tie.probabilities),
            "turns": [{"before": before, "after": after, "date": date} for before, after, date in turns(tie)]}
