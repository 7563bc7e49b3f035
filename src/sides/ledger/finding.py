"""Finding claims and documents by words that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sides.ledger.escape import escaped, unescaped
from sides.ledger.filling import Connection

Findable = Literal["quotes", "documents"]
# `%` and `_` of the words are meant as they are: contains() knows no patterns.
QUERIES: dict[Findable, str] = {"quotes": """
    SELECT id, quote, document, document_name, published, source, target, count(*) OVER () AS total FROM claims
    WHERE contains(lower(quote), lower($words)) AND ($known IS NULL OR published_last <= $known)
    ORDER BY document_order DESC, begin_char, id LIMIT $most""",
    "documents": """
    SELECT id, title, name, published, outlets, text, count(*) OVER () AS total
    FROM shown_documents JOIN (
        SELECT batch, sighting, row_of.text FROM stored.documents AS row_of) USING (batch, sighting)
    WHERE (contains(lower(coalesce(title, '')), lower($words)) OR contains(lower(name), lower($words))
           OR list_contains(list_transform(outlets, lambda one: contains(lower(one), lower($words))), true)
           OR contains(lower(text), lower($words)))
      AND ($known IS NULL OR published_last <= $known)
    ORDER BY document_order DESC LIMIT $most"""}
# Characters of the text that are shown on either side of the words.
AROUND = 60


@dataclass(frozen=True, slots=True)
class Found:
    """The first rows of what was found, latest first, and how many there are."""

    rows: tuple[dict[str, Any], ...]
    total: int


def find(connection: Connection, what: Findable, words: str, known: date | None, most: int) -> Found:
    """Claims whose quote, or documents whose title, name, outlet or text holds some words, whatever the case.

    Of a document, where in its text they stand first: `begin_char`, `end_char` and the words around; `None` if nowhere.
    """
    asked = connection.execute(QUERIES[what], {"words": escaped(words), "known": known, "most": most})
    names = [column[0] for column in asked.description or ()]
    rows = [dict(zip(names, map(_as_it_was, row), strict=True)) for row in asked.fetchall()]
    total = rows[0]["total"] if rows else 0
    return Found(tuple(_placed({name: value for name, value in row.items() if name != "total"}, words)
                       for row in rows), total)


def _placed(row: dict[str, Any], words: str) -> dict[str, Any]:
    """A row with the place of the words instead of the text."""
    if "text" not in row:
        return row
    text = row.pop("text")
    found = re.search(re.escape(words), text, re.IGNORECASE)
    if found is None:
        return {**row, "begin_char": None, "end_char": None, "excerpt": None}
    begin, end = found.span()
    return {**row, "begin_char": begin, "end_char": end,
            "excerpt": " ".join(text[max(0, begin - AROUND):end + AROUND].split())}

def _as_it_was(value: Any) -> Any:
    if isinstance(value, list):
        return [unescaped(one) for one in value]
    return unescaped(value) if isinstance(value, str) else value
