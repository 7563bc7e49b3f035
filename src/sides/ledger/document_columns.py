"""What is known of all documents, without their texts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sides.ledger.snapshot import Snapshot
from sides.ledger.values import fetched

SIGNED = "SELECT id FROM shown_documents WHERE len(signature) > 0 ORDER BY id"
SIGNATURES = "SELECT unnest(signature) FROM (SELECT id, signature FROM shown_documents ORDER BY id)"
VOICES = "SELECT id, outlets, author, language, format FROM shown_documents"

Voices = tuple[str, list[str], str | None, str, str]


def signatures(snapshot: Snapshot) -> tuple[list[str], NDArray[np.int64]]:
    """The documents that have a near-duplicate signature, by id, and the signatures as rows of a table."""
    (identifiers,) = snapshot.ask(lambda connection: fetched(connection.execute(SIGNED), 1))
    (values,) = snapshot.ask(lambda connection: connection.execute(SIGNATURES).fetchnumpy()).values()
    return list(identifiers), np.asarray(values, np.int64).reshape(len(identifiers), -1 if len(values) else 0)


def voices(snapshot: Snapshot) -> Iterator[Voices]:
    """Each document with its outlets, author, language and format."""
    return zip(*snapshot.ask(lambda connection: fetched(connection.execute(VOICES), 5)), strict=True)
