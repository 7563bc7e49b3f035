"""What is refused, as an answer: what, why, and what to do."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from sides.model.errors import (
    AmbiguousActor,
    IncompatibleLedger,
    LedgerBusy,
    NotALedger,
    SidesError,
    UnknownActor,
    UnknownClaim,
    UnknownVersion,
)

STATUSES: dict[type[SidesError], int] = {UnknownActor: 404, UnknownClaim: 404, UnknownVersion: 404, NotALedger: 404,
                                         AmbiguousActor: 409, LedgerBusy: 503, IncompatibleLedger: 503}
log = logging.getLogger("sides.web")


class Refused(SidesError):
    """A request that this server does not answer."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def fault(status: int, kind: str, message: str) -> JSONResponse:
    """The answer to a request that is refused."""
    return JSONResponse({"error": {"kind": kind, "message": message}}, status)


def answer_faults(app: FastAPI) -> None:
    """Answer what the library raises on purpose, and what a request gets wrong, in words; and never with a trace."""

    @app.exception_handler(SidesError)
    def of_sides(request: Request, error: SidesError) -> JSONResponse:
        status = error.status if isinstance(error, Refused) else next(
            (STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 422)
        return fault(status, type(error).__name__, str(error))

    @app.exception_handler(RequestValidationError)
    def of_parameters(request: Request, error: RequestValidationError) -> JSONResponse:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        return fault(422, "BadRequest", told)

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> JSONResponse:
        return fault(error.status_code, "Refused", str(error.detail))

    @app.exception_handler(Exception)
    def of_ours(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return fault(500, "ServerError", "This is a fault of ours; the server's log tells more.")
