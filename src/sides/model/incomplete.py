"""What a document says of one actor and somebody whom it does not name: kept beside the claims, and never counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sides.model.claim import AUTHOR
from sides.model.claim_type import ClaimType, Kind, Layer, Modality
from sides.model.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """A claim that lacks an actor: "Hamas was bombed", "Turkey accused the rebels of lying".

    Either `source` or `target` is `None`: the text does not say who it is, or not in words that are known for anybody,
    and nobody is put in the place by guessing. All else is as in `Claim`.
    """

    document: str
    begin_char: int  # of the quote, into the document's text
    end_char: int
    quote: str
    source: str | None
    target: str | None
    type: ClaimType
    sign: int
    layer: Layer
    speaker: str = AUTHOR
    modality: Modality = Modality.ASSERTED
    start: PartialDate | None = None
    end: PartialDate | None = None
    dated_from: str = "none"
    reader: str
    reader_version: str
    trigger: str
    actor_text: str  # the words that name the one actor

    @property
    def id(self) -> str:
        """Hash of what is said of whom and where, as for a claim."""
        parts = (self.document, str(self.begin_char), str(self.end_char), self.source or "", self.target or "",
                 self.type.value, self.trigger)
        return hashlib.sha256("\x1f".join(("incomplete", *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def actor(self) -> str:
        """The one actor that is known."""
        return self.source or self.target or ""

    @property
    def missing(self) -> str:
        """Which of the two is not known: `source` or `target`."""
        return "target" if self.source else "source"

    @property
    def kind(self) -> Kind:
        """Event, tie or structure: it follows from the type."""
        return self.type.meaning.kind
