"""A document opened to be read: its text with all that was read in it, and what people said of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sides.ledger.corrections import Action, Correction
from sides.ledger.values import StoredDocument
from sides.model.actor import Mention
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.incomplete import Incomplete
from sides.ties.evidence import Evidence
from sides.ties.lens import OPEN, Lens
from sides.ties.view import View


@dataclass(frozen=True, slots=True)
class Opened:
    """One document. All offsets are into its text."""

    document: StoredDocument
    claims: tuple[Evidence, ...]  # as they are shown, by place
    read_ids: Mapping[str, str]  # by the id that a corrected claim is shown under, that it was read under
    counting: frozenset[str]  # ids of those claims that count under the lens and by `known`
    rejected: tuple[tuple[Claim, Correction], ...]  # as they were read, with the correction that rejects each
    corrections: tuple[Correction, ...]  # in force, of its claims, by time
    mentions: tuple[Mention, ...]
    incomplete: tuple[Incomplete, ...]


def opened(view: View, identifier: str, *, known: PartialDate | None = None, lens: Lens = OPEN) -> Opened | None:
    """The document of an id; nothing if the ledger holds none."""
    snapshot = view.snapshot
    document = snapshot.document(identifier)
    if document is None:
        return None
    claims = snapshot.claims(documents=[identifier])
    is_late = known is not None and document.published.last > known.last
    counting = [] if is_late else view.accepted(claims, known=known.last if known else None, lens=lens)
    read = {claim.id: claim for claim in snapshot.claims(documents=[identifier], corrected=False)}
    corrections = [one for one in snapshot.corrections_in_force() if one.claim in read]
    last = {one.claim: one for one in corrections}
    read_ids = {claim.id: identifier for identifier in last for claim in snapshot.claims(read_ids=[identifier])}
    return Opened(
        document, tuple(view.each(claims)), read_ids, frozenset(claim.id for claim in counting),
        tuple((read[claim], one) for claim, one in last.items() if one.action is Action.REJECT), tuple(corrections),
        tuple(snapshot.mentions(identifier)), tuple(snapshot.incomplete(documents=[identifier])))
