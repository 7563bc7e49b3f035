"""A ledger document by document, some thousand claims at once: for what takes a whole ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sides.ledger.values import StoredDocument, fetched
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence, evidence_of
from sides.ties.told_ties import CLAIMS_AT_ONCE
from sides.ties.view import View

# Of so many documents the texts are in memory at once.
DOCUMENTS_AT_ONCE = 256
COUNTS = """
    SELECT shown.id, count(claims.id) FROM shown_documents AS shown LEFT JOIN claims ON claims.document = shown.id
    WHERE $known IS NULL OR shown.published_last <= $known
    GROUP BY shown.id, shown.document_order ORDER BY shown.document_order"""


def by_document(view: View, about: Sequence[str] = (), *, known: PartialDate | None = None,
                exact: bool = False) -> Iterator[tuple[StoredDocument, tuple[Evidence, ...]]]:
    """Each document, the first published first, with its claims by place; none of them is folded or left out.

    `about`: only claims in which all of these actors take part, and only the documents that hold some. With `exact`
    persons and parts do not take part for others.
    """
    day = known.last if known else None
    actors = view.ever(about, known=day, exact=exact) if about else None
    for ids in _portions(view, known):
        found = view.snapshot.claims(documents=ids, actors=actors)
        if about:
            found = list(view.in_which(found, about, known=day, exact=exact))
        documents = {one.id: one for one in view.snapshot.documents({claim.document for claim in found} if about
                                                                    else ids)}
        told: dict[str, list[Evidence]] = {identifier: [] for identifier in documents}
        for claim in found:
            told[claim.document].append(evidence_of(claim, documents[claim.document], view.reports, view.names))
        for identifier, evidence in told.items():
            yield documents[identifier], tuple(evidence)


def _portions(view: View, known: PartialDate | None) -> Iterator[list[str]]:
    columns = view.snapshot.ask(lambda connection: fetched(
        connection.execute(COUNTS, {"known": known.last if known else None}), 2))
    portion: list[str] = []
    claims = 0
    for identifier, count in zip(*columns, strict=True):
        portion.append(identifier)
        claims += count
        if len(portion) >= DOCUMENTS_AT_ONCE or claims >= CLAIMS_AT_ONCE:
            yield portion
            portion, claims = [], 0
    if portion:
        yield portion
