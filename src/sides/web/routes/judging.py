"""What there is to judge, and judgements: tried, made and withdrawn."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from sides.judging import Judging
from sides.ledger.corrections import FIELDS
from sides.model.actor import ActorKind
from sides.model.claim import AUTHOR
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.errors import UnknownActor
from sides.report.review import review_record
from sides.ties.review import Case
from sides.web.answers.evidence import FaultAnswer
from sides.web.answers.judging import (
    ActorStandingAnswer,
    ChoicesAnswer,
    CorrectionAsked,
    DecisionAsked,
    Judged,
    JudgementsAnswer,
    PreviewAnswer,
    PreviewAsked,
    ReviewAnswer,
    Signed,
    UnjudgedAnswer,
    WithdrawalAsked,
    judgement_answer,
    preview_answer,
)
from sides.web.asked import Asked, AskedHere, ServingHere, SettingsHere
from sides.web.faults import Refused
from sides.web.names import names_of
from sides.web.routes.claims import evidence_of
from sides.web.serving import Serving
from sides.web.settings import Settings

router = APIRouter()
MOST = 200
Offset = Annotated[int, Query(ge=0, le=2**31)]
Most = Annotated[int, Query(ge=1, le=MOST)]
REFUSALS: dict[int | str, dict[str, Any]] = {403: {"model": FaultAnswer}, 409: {"model": FaultAnswer}}
Judgement = CorrectionAsked | DecisionAsked | WithdrawalAsked
PLACES = ("source", "target", "third")


@router.get("/api/review", response_model=ReviewAnswer)
def review(asked: AskedHere, reason: Literal["provisional", "unsure", "merge", "split", "reject"] | None = None,
           offset: Offset = 0, most: Most = 20) -> dict[str, Any]:
    """The actors that a person should look at, those that most claims rest on first. See docs/review.md."""
    cases = asked.serving.once(("review", asked.version), asked.ledger.review)
    chosen = [case for case in cases if reason is None or reason in case.doubt.reasons]
    names = names_of(asked)
    return {"version": asked.version, "total": len(chosen), "offset": offset,
            "reasons": Counter(one.value for case in cases for one in case.doubt.reasons),
            "cases": [case_answer(asked, case, names) for case in chosen[offset:offset + most]]}


@router.get("/api/review/claims", response_model=UnjudgedAnswer)
def unjudged(asked: AskedHere, reader: Annotated[str | None, Query(max_length=100)] = None, offset: Offset = 0,
             most: Most = 20) -> dict[str, Any]:
    """Claims that nobody has judged, the least sure first, by whatever lens."""
    found, total = asked.ledger.unjudged(reader=reader or None, known=asked.known, after=offset, most=most)
    return {"version": asked.version, "total": total, "offset": offset, "claims": evidence_of(asked, found),
            "readers": asked.ledger.unjudged_by_reader(known=asked.known)}


@router.get("/api/review/actor", response_model=ActorStandingAnswer)
def standing(id: Annotated[str, Query(max_length=300)], asked: AskedHere) -> dict[str, Any]:
    """One actor, in doubt or not, as it may be judged."""
    actor = asked.ledger.actor(id)
    found = asked.serving.once(("standings", asked.version), asked.ledger.standings).get(actor.id)
    documents = {one.id: one for one in asked.ledger.named(found.documents)} if found else {}
    return {"version": asked.version, "id": actor.id, "name": actor.name, "kind": actor.kind.value,
            "description": actor.description, "country": actor.country, "parent": actor.parent,
            "wikidata": actor.wikidata, "is_provisional": actor.is_provisional, "claims": found.claims if found else 0,
            "mentions": found.mentions if found else 0, "written": dict(found.written.most_common()) if found else {},
            "documents": [{"id": one.id, "name": one.name, "title": one.title, "published": str(one.published)}
                          for one in documents.values()]}


@router.get("/api/review/choices", response_model=ChoicesAnswer)
def choices() -> dict[str, Any]:
    """What can be chosen where a claim or an actor is corrected."""
    return {"types": [{"type": one.value, "sign": one.meaning.sign, "layer": one.meaning.layer.value}
                      for one in ClaimType], "layers": [one.value for one in Layer],
            "modalities": [one.value for one in Modality], "kinds": [one.value for one in ActorKind]}


@router.get("/api/judgements", response_model=JudgementsAnswer)
def judgements(asked: AskedHere, offset: Offset = 0, most: Most = 50) -> dict[str, Any]:
    """All corrections and decisions that were ever made, withdrawals too, the latest first."""
    found, names = asked.serving.once(("judgements", asked.version), asked.ledger.judgements), names_of(asked)
    return {"version": asked.version, "total": len(found), "offset": offset,
            "judgements": [judgement_answer(one, names) for one in found[offset:offset + most]]}


@router.post("/api/corrections", response_model=Judged, responses=REFUSALS)
def correct(body: CorrectionAsked, serving: ServingHere, settings: SettingsHere) -> dict[str, Any]:
    """Lay a correction over a claim."""
    return judged(serving, settings, body)


@router.post("/api/decisions", response_model=Judged, responses=REFUSALS)
def decide(body: DecisionAsked, serving: ServingHere, settings: SettingsHere) -> dict[str, Any]:
    """Say who an actor is."""
    return judged(serving, settings, body)


@router.post("/api/withdraw", response_model=Judged, responses=REFUSALS)
def withdraw(body: WithdrawalAsked, serving: ServingHere, settings: SettingsHere) -> dict[str, Any]:
    """Take a judgement back; a withdrawal is one too."""
    return judged(serving, settings, body)


@router.post("/api/preview", response_model=PreviewAnswer, responses=REFUSALS)
def preview(body: PreviewAsked, asked: AskedHere) -> dict[str, Any]:
    """What a judgement would change at the date that is asked about. Nothing is written."""
    given = [one for one in (body.correction, body.decision, body.withdrawal) if one]
    if len(given) != 1:
        raise Refused(422, "Give one judgement: a correction, a decision or a withdrawal.")
    scratch = asked.ledger.scratch()
    give(scratch, given[0])
    found = asked.ledger.consequences(scratch, **asked.arguments)
    after = {actor.id: actor.name for actor in scratch.actors()}
    return preview_answer(found, asked.version, names_of(asked), after)


def judged(serving: Serving, settings: Settings, body: Judgement) -> dict[str, Any]:
    """Make a judgement and tell which version it made. Raises `Refused`."""
    if settings.read_only:
        raise Refused(403, "This server shows the ledger and takes no judgements.")
    for what, words in (("who you are", body.who), ("why", body.why)):
        if not words.strip():
            raise Refused(422, f"A judgement is signed: say {what}.")
    ledger = serving.writable()
    about = ledger.read_under(body.claim if isinstance(body, CorrectionAsked) else body.id) \
        if not isinstance(body, DecisionAsked) else None
    done = give(ledger, body)
    return {"id": done, "version": ledger.version, "claim": ledger.shown_as(about) if about else None}


def give(ledger: Judging, body: Judgement) -> str:
    """Give a judgement to a ledger; returns its id. Raises `Refused` where values make no sense."""
    try:
        if isinstance(body, CorrectionAsked):
            return corrected(ledger, body)
        return decided(ledger, body) if isinstance(body, DecisionAsked) else taken_back(ledger, body)
    except ValueError as error:
        raise Refused(422, str(error)) from error


def corrected(ledger: Judging, body: CorrectionAsked) -> str:
    """Lay a correction over a claim, with actors by their ids."""
    changes = dict(body.changes)
    for place in PLACES:
        if isinstance(changes.get(place), str):
            changes[place] = actor_id(ledger, str(changes[place]))
    if isinstance(changes.get("speaker"), str) and changes["speaker"] != AUTHOR:
        try:  # somebody, or the words of the text for a voice that is nobody in particular
            changes["speaker"] = ledger.actor(str(changes["speaker"])).id
        except UnknownActor:
            changes["speaker"] = " ".join(str(changes["speaker"]).split())
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        raise Refused(422, f"{', '.join(unknown)} cannot be set. Fields that can: {', '.join(FIELDS)}.")
    return ledger.correct(body.claim, action=body.action, changes=changes, **signature(body))


def decided(ledger: Judging, body: DecisionAsked) -> str:
    """Say who an actor is."""
    return ledger.decide(body.actor, verdict=body.verdict, into=body.into or None, names=body.names,
                         documents=body.documents, mentions=body.mentions, changes=body.changes, **signature(body))


def taken_back(ledger: Judging, body: WithdrawalAsked) -> str:
    """Withdraw whichever judgement bears the id."""
    if any(one.id == body.id for one in ledger.decisions()):
        return ledger.decide(body.id, verdict="withdraw", **signature(body))
    return ledger.correct(body.id, action="withdraw", **signature(body))


def signature(signed: Signed) -> dict[str, Any]:
    """Who, why and when; what is only tried may be signed by nobody yet."""
    return {"who": " ".join(signed.who.split()) or "somebody", "why": signed.why.strip(), "when": datetime.now(UTC)}


def actor_id(ledger: Judging, name: str) -> str:
    """The id of an actor of the ledger, else of the registry. Raises `UnknownActor` or `AmbiguousActor`."""
    try:
        return ledger.actor(name).id
    except UnknownActor:
        return ledger.listed(name).id


def case_answer(asked: Asked, case: Case, names: dict[str, str]) -> dict[str, Any]:
    """An actor in doubt as plain values."""
    record = review_record(case)
    suggestions = [{**one, "into_name": names.get(one["into"], one["into"]) if one["into"] else None}
                   for one in record["suggestions"]]
    quotes = [{**one, "before": spot.sentence[0], "quote": spot.sentence[1], "after": spot.sentence[2]}
              for one, spot in zip(record["quotes"], case.spots, strict=True)]
    places = {place: names.get(record[place], record[place]) for place in ("country", "parent")}
    return {**record, **places, "suggestions": suggestions, "quotes": quotes}
