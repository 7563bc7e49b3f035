"""Ledgers of hand-made claims: each document's text is its claims' quotes, one sentence each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sides

FILLER = " ".join(f"Nothing else of note was heard from the {place} that day, said the desk of the paper."
                  for place in ("harbour", "northern plain", "capital", "old bridge", "southern pass", "ministry"))


def of_its_own(place: int) -> str:
    """Words that no other document has, so that no two are copies of one report."""
    return " ".join(f"Word{place}x{number}" for number in range(60)) + "."


def row(source: str, kind: str, target: str, **fields: Any) -> dict[str, Any]:
    """A claim, without its document and quote; `confidence` 0.9 unless given."""
    return {"source": source, "type": kind, "target": target, "confidence": 0.9, **fields}


def told(folder: Path, *documents: tuple[str, str, list[dict[str, Any]]], texts: dict[str, str] | None = None,
         actors: list[dict[str, Any]] | None = None) -> sides.Ledger:
    """A ledger of documents, each as (outlet, date of publication, claims); `texts`: by outlet, what is added."""
    claims, listed = [], []
    for place, (outlet, published, rows) in enumerate(documents):
        sentences = []
        for number, one in enumerate(rows):
            quote = one.get("quote") or (f"{one['source']} {one['type'].lower()} {one['target']} {number} "
                                         f"in paper {place}")
            sentences.append(quote + ".")
            claims.append({**one, "doc": f"d{place}", "quote": quote})
        text = " ".join(sentences) + " " + (texts or {}).get(outlet, of_its_own(place))
        listed.append({"key": f"d{place}", "name": f"d{place}.txt", "text": text, "source": outlet,
                       "published": published, "language": "en"})
    (folder / "list.json").write_text(json.dumps(listed), encoding="utf-8")
    for name, lines in (("claims.jsonl", claims), ("actors.jsonl", actors or [])):
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ledger = sides.open(folder / "told.sides")
    report = ledger.import_claims(folder / "claims.jsonl", documents=folder / "list.json",
                                  actors=folder / "actors.jsonl" if actors else None)
    assert report.is_complete, report.left_out
    return ledger
