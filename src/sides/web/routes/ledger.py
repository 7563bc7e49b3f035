"""What the ledger holds, whose voices are heard in it, and its versions."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version as version_of
from typing import Any

from fastapi import APIRouter

from sides.events.account import WHY
from sides.report.event_datasets import dataset_record
from sides.ties.lens import UNNAMED
from sides.web.answers.ledger import DatasetsAnswer, LedgerAnswer, VersionsAnswer
from sides.web.asked import Asked, AskedHere, ServingHere, SettingsHere
from sides.web.names import names_of
from sides.web.routes.changes import tells_changes

router = APIRouter()


@router.get("/api/ledger", response_model=LedgerAnswer)
def ledger(asked: AskedHere, settings: SettingsHere) -> dict[str, Any]:
    """What the ledger holds at a version."""
    kept = asked.serving.once(("ledger", asked.version, str(asked.known or "")), lambda: held(asked))
    return {"name": asked.serving.path.stem, "version": asked.version, "latest": asked.serving.latest(), **kept,
            "read_only": settings.read_only, "may_fetch": settings.is_loopback and not settings.read_only,
            "program": version_of("sides")}


def held(asked: Asked) -> dict[str, Any]:
    """What a version of the ledger holds, by what had been published."""
    counts = asked.serving.once(("counts", asked.version), asked.ledger.counts)
    horizon = asked.ledger.horizon(known=asked.known)
    first = asked.ledger.first_published()
    return {"documents": counts.documents, "claims": counts.claims, "actors": counts.actors,
            "corrections": counts.corrections, "decisions": counts.decisions, "first": str(first) if first else None,
            "horizon": str(horizon) if horizon else None,
            "tells_changes": tells_changes(asked),
            "voices": asked.serving.once(("voices", asked.version), lambda: voices(asked))}


@router.get("/api/datasets", response_model=DatasetsAnswer)
def datasets(asked: AskedHere) -> dict[str, Any]:
    """The datasets of events that were read, what was left out of each, and where their coverage has gaps."""
    return asked.serving.once(("datasets", asked.version), lambda: {
        "version": asked.version, "datasets": [dataset_record(one) for one in asked.ledger.event_datasets()],
        "reasons": WHY})


@router.get("/api/versions", response_model=VersionsAnswer)
def versions(serving: ServingHere) -> dict[str, Any]:
    """Every version of the ledger, with what made it."""
    return {"latest": serving.latest(), "versions": [
        {"version": one.version, "kind": one.kind, "documents": one.documents, "claims": one.claims,
         "corrections": one.corrections, "decisions": one.decisions} for one in serving.ledger().versions()]}


def voices(asked: Asked) -> dict[str, list[dict[str, Any]]]:
    """Whose word a lens can choose, those heard most first."""
    heard, names = asked.ledger.voices(), names_of(asked)
    return {kind: _ranked(count, names if kind in ("speaker", "side") else {}) for kind, count in heard.items()}


def _ranked(count: Counter[str], names: dict[str, str]) -> list[dict[str, Any]]:
    return [{"name": name, "label": "not named" if name == UNNAMED else names.get(name, name), "count": times}
            for name, times in sorted(count.items(), key=lambda one: (-one[1], one[0]))]
