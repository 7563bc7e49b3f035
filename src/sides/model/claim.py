"""The claim: what a document says, or reports someone saying, about how one actor acts or stands toward another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sides.model.amount import Amount
from sides.model.claim_type import ClaimType, Kind, Layer, Modality
from sides.model.dates import Interval, PartialDate
from sides.model.reason import Reason

AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One voice saying how one actor acts or stands toward another.

    Read aloud: "In `document`, at `begin_char` to `end_char`, `speaker` says that `source` did `type` to `target` in
    `start` to `end`", or denied it, or expects it: see `modality`. Never edited: a correction is laid over it.
    """

    document: str
    begin_char: int  # of the quote, into the document's text
    end_char: int
    quote: str
    source: str
    target: str
    third: str | None = None
    type: ClaimType
    sign: int  # 1 cooperative, -1 hostile, 0 neither; of what is described, before negation
    layer: Layer
    speaker: str = AUTHOR  # "author", an actor's id, or a description: "sources in Hamas"
    modality: Modality = Modality.ASSERTED
    start: PartialDate | None = None
    end: PartialDate | None = None
    dated_from: str = "none"  # text: an expression dates it; document: the document's date stands in; none
    confidence: float
    reader: str  # which reader proposed it
    reader_version: str
    trigger: str  # the words that the type was read from
    source_text: str  # the words that name the source and the target where the claim stands
    target_text: str
    inferred: tuple[str, ...] = ()  # which of source, target and third its sentence does not name: from the discourse
    restates: str | None = None  # the id, as read, of the fuller claim of the same document that it says again
    reasons: tuple[Reason, ...] = ()  # its cause, aim, condition or obstacle, where the text gives one
    amounts: tuple[Amount, ...] = ()  # how much money, how many arms or people its clause tells of
    kept_id: str | None = None  # its id, where a decision about an actor shows the claim as one about another actor

    @property
    def id(self) -> str:
        """Hash of what is said of whom and where: the same sentence read twice is the same claim.

        Speaker, modality and date are left out, so that a correction survives a reader that learns to read them better.
        A decision about who an actor is leaves it what it was.
        """
        if self.kept_id is not None:
            return self.kept_id
        parts = (self.document, str(self.begin_char), str(self.end_char), self.source, self.target, self.third or "",
                 self.type.value)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def parts(self) -> tuple[Reason | Amount, ...]:
        """The stretches of the text that are told with it: its reasons, then its amounts."""
        return *self.reasons, *self.amounts

    @property
    def kind(self) -> Kind:
        """Event, tie or structure: it follows from the type."""
        return self.type.meaning.kind

    @property
    def holds(self) -> Interval:
        """When it happened or held, as far as the text tells."""
        return Interval(self.start, self.end)
