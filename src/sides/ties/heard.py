"""Who is heard in a ledger: the voices that a lens can choose."""

from __future__ import annotations

from collections import Counter

from sides.ledger.escape import unescaped
from sides.model.claim import AUTHOR
from sides.model.dates import PartialDate
from sides.ties.lens import UNNAMED
from sides.ties.view import View

# Of a text, all outlets that printed it; of its first copy, the rest.
DOCUMENTS = "SELECT outlets, author, language, format FROM documents"
SPEAKERS = 'SELECT speaker, coalesce("start", published), count(*) FROM claims GROUP BY ALL ORDER BY ALL'


def heard(view: View) -> dict[str, Counter[str]]:
    """By outlet, author, language and format the documents of each voice, by speaker and side its claims.

    A speaker is "author", an actor's id, or the words of the text; a side is the actor that a speaker speaks for at the
    claim's date, or the speaker itself.
    """
    found: dict[str, Counter[str]] = {kind: Counter() for kind in ("outlet", "author", "speaker", "side", "language",
                                                                   "format")}
    for outlets, author, language, kind in view.snapshot.sql(DOCUMENTS).fetchall():
        found["outlet"].update([unescaped(outlet) for outlet in outlets] or [UNNAMED])
        for key, value in (("author", author), ("language", language), ("format", kind)):
            found[key][unescaped(value) if value else UNNAMED] += 1
    organization = view.organization()
    for speaker, at, claims in view.snapshot.sql(SPEAKERS).fetchall():
        voice = unescaped(speaker)
        found["speaker"][voice] += claims
        if voice != AUTHOR:
            found["side"][organization.principal(voice, PartialDate.parse(at))] += claims
    return found
