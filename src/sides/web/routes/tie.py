"""The tie of two actors."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from sides.export.evidence import evidence_fields
from sides.report.drivers import driver_records
from sides.report.outlook import prediction_records
from sides.report.states import contributions_record, months_record, probabilities_record
from sides.report.tie import bond_text
from sides.ties.drivers import drivers
from sides.ties.history import carried, infer_together
from sides.ties.mediators import episodes
from sides.ties.signals import month_date, month_of
from sides.ties.tie import Tie
from sides.web.answers.tie import StandingNowAnswer, TieAnswer, episode_answer, step_answer, turn_answer
from sides.web.asked import Asked, AskedHere
from sides.web.names import names_of
from sides.web.sending import sent

router = APIRouter()
# So far past the horizon the model is carried forward.
CARRIED_MONTHS = 24
AnActor = Annotated[str, Query(max_length=300, description="An actor's id, or a name that one actor bears.")]


@router.get("/api/tie", response_model=TieAnswer)
def tie(left: AnActor, right: AnActor, asked: AskedHere) -> dict[str, Any]:
    """Where two actors stand, since when, by which turns, and the evidence."""
    return asked.serving.briefly(("tie", *asked.key, str(asked.at or ""), left, right), lambda: tie_answer(
        asked, asked.ledger.tie(left, right, **asked.arguments)))


@router.get("/api/tie/now", response_model=StandingNowAnswer)
def tie_now(left: AnActor, right: AnActor, asked: AskedHere) -> Response:
    """Where two actors stand at the date, and the evidence: what `/api/tie` says of it, in about half the time."""
    return Response(asked.serving.briefly(("tie/now", *asked.key, str(asked.at or ""), left, right), lambda: sent(
        now_answer(asked, asked.ledger.tie(left, right, **asked.arguments)))), media_type="application/json")


def now_answer(asked: Asked, found: Tie) -> dict[str, Any]:
    """Where a tie stands at the date, as plain values."""
    names = names_of(asked)
    now, horizon = found.now, asked.ledger.horizon(known=asked.known)
    return {
        "version": asked.version, "left": {"id": found.left, "name": names.get(found.left, found.left)},
        "right": {"id": found.right, "name": names.get(found.right, found.right)},
        "at": str(found.at) if found.at else None, "known": str(found.known) if found.known else None,
        "lens": str(asked.lens), "asked_about": str(found.now_at),
        "horizon": str(month_date(month_of(horizon.last))) if horizon else None,
        "state": found.state.value if found.state else None,
        "probabilities": probabilities_record(found.probabilities), "now": step_answer(now) if now else None,
        "contributions": contributions_record(found.contributions),
        "ahead": [one.claim.id for one in found.ahead], "denied": [one.claim.id for one in found.denied],
        "evidence": [evidence_fields(one, names) for one in found.evidence],
    }


def tie_answer(asked: Asked, found: Tie) -> dict[str, Any]:
    """A tie as plain values, with what drives it."""
    names = names_of(asked)
    horizon = asked.ledger.horizon(known=asked.known)
    until = month_of(horizon.last) + CARRIED_MONTHS if horizon else 0
    infer_together([one.history for one in found.layers])
    later = carried([one for one in (found.history, *(one.history for one in found.layers)) if one], until)
    turns = found.turns
    return {
        **now_answer(asked, found),
        "steps": [step_answer(step) for step in found.steps], "turns": [turn_answer(turn) for turn in turns],
        "months": months_record(later[0]) if later else None,
        "layers": [{"layer": one.layer.value, "state": one.history.state(found.now_at).value,
                    "probabilities": probabilities_record(one.history.probabilities(found.now_at)),
                    "turns": [turn_answer(turn) for turn in one.history.turns()],
                    "months": months_record(whole)} for one, whole in zip(found.layers, later[1:], strict=True)],
        "disagreements": [{"year": one.year, "claims": [one.one.claim.id, one.other.claim.id]}
                          for one in found.disagreements],
        "mediators": [{"actor": one.actor, "name": names.get(one.actor, one.actor),
                       "claims": [each.claim.id for each in one.evidence],
                       "episodes": [episode_answer(some) for some in episodes(one.evidence)]}
                      for one in found.mediators],
        "counted": [{"actor": one.actor, "name": names.get(one.actor, one.actor), "whole": one.whole,
                     "first": str(one.first), "last": str(one.last), "claims": one.claims,
                     "because": [{"text": bond_text(bond, names), "claim": bond.claim.id if bond.claim else None}
                                 for bond in one.bonds]} for one in found.standings],
        "drivers": [record for turn in turns for record in driver_records(drivers(turn, found.evidence))],
        "predictions": prediction_records(asked.ledger.ahead(found, lens=asked.lens, exact=asked.exact), names),
    }
