"""The app: the API, and the pages that ask it."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from sides.web.answers.evidence import FaultAnswer
from sides.web.faults import answer_faults
from sides.web.guard import Guard
from sides.web.pages import BUILT, add_pages
from sides.web.routes import (
    actor,
    balance,
    camps,
    changes,
    claims,
    documents,
    forecast,
    judging,
    ledger,
    network,
    outlook,
    reads,
    search,
    sources,
    tie,
)
from sides.web.runs import Runs
from sides.web.serving import Serving
from sides.web.settings import Settings

SUBJECTS = (ledger, network, search, tie, actor, claims, changes, outlook, forecast, camps, balance, sources, documents,
            judging, reads)


def create_app(settings: Settings) -> FastAPI:
    """An ASGI app that serves one ledger, behind its guard."""
    app = bare_app(settings)
    app.add_middleware(Guard, settings=settings)
    return app


def bare_app(settings: Settings) -> FastAPI:
    """The same without the guard, for whoever asks it within the process."""
    app = FastAPI(title="sides", version=version("sides"), docs_url=None, redoc_url=None,
                  openapi_url="/api/openapi.json", responses={422: {"model": FaultAnswer}, 404: {"model": FaultAnswer}},
                  description="Who stands with whom: since when, how firmly, and who says so.")
    app.state.settings = settings
    app.state.serving = Serving(settings.ledger)
    app.state.runs = Runs(settings.ledger)
    answer_faults(app)
    for subject in SUBJECTS:
        app.include_router(subject.router)
    add_pages(app, BUILT)
    return app
