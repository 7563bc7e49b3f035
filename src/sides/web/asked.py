"""What every question of the API takes: the two clocks, the lens, who is kept apart, and the ledger's version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.ties.lens import OPEN, Lens
from sides.web.serving import Serving
from sides.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's ledger, at a version, with its clocks and lens."""

    serving: Serving
    ledger: Ledger
    version: int
    at: PartialDate | None
    known: PartialDate | None
    lens: Lens
    exact: bool

    @property
    def arguments(self) -> dict[str, Any]:
        """As the methods of a ledger take them."""
        return {"at": self.at, **self.voices}

    @property
    def voices(self) -> dict[str, Any]:
        """The same without the date that is asked about."""
        return {"known": self.known, "lens": self.lens, "exact": self.exact}

    @property
    def key(self) -> tuple[int, str, str, bool]:
        """What an answer about all dates depends on."""
        return self.version, str(self.known or ""), str(self.lens), self.exact


def serving_of(request: Request) -> Serving:
    """The ledger that the app serves."""
    found: Serving = request.app.state.serving
    return found


def settings_of(request: Request) -> Settings:
    """How the app serves it."""
    found: Settings = request.app.state.settings
    return found


ServingHere = Annotated[Serving, Depends(serving_of)]
SettingsHere = Annotated[Settings, Depends(settings_of)]

A_DATE = "A year, month or day: 2021, 2021-06 or 2021-06-15."


def asked(
    serving: ServingHere,
    at: Annotated[str | None, Query(max_length=10, description=f"The date in the world that is asked about. {A_DATE}")]
        = None,
    known: Annotated[str | None, Query(max_length=10, description="Only documents that were published by then count. "
                                                                  f"{A_DATE}")] = None,
    lens: Annotated[str | None, Query(max_length=2000, description="Whose word counts: outlet=NAME,language=en.")]
        = None,
    exact: Annotated[bool, Query(description="Keep persons and parts apart from whom they act for.")] = False,
    version: Annotated[int | None, Query(ge=0, le=2**31, description="The ledger's version; the newest by default.")]
        = None,
) -> Asked:
    """Read the parameters. Raises `DateError`, `LensError`, `UnknownVersion`."""
    chosen = serving.latest() if version is None else version
    return Asked(serving, serving.ledger(chosen), chosen,
                 PartialDate.parse(at) if at else None, PartialDate.parse(known) if known else None,
                 Lens.parse(lens) if lens and lens != "all" else OPEN, exact)


AskedHere = Annotated[Asked, Depends(asked)]
