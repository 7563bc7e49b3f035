"""Small ledgers made of claims, for what is asked of a whole ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sides
from sides.face import Ledger

ACTORS = ("norland", "sudland", "westland", "ostland", "red-front", "blue-front", "northern-pact", "coastal-league")


def told(published: str, outlet: str, *said: tuple[Any, ...], key: str | None = None) -> dict[str, Any]:
    """A document: when and by whom it was published, and its claims (source, type, target, fields)."""
    return {"key": key or f"{outlet}-{published}", "published": published, "source": outlet, "said": said}


def made(folder: Path, *documents: dict[str, Any], actors: Sequence[dict[str, str]] = ()) -> Ledger:
    """A ledger of some documents."""
    folder.mkdir(parents=True, exist_ok=True)
    listed, claims = [], []
    for document in documents:
        sentences = []
        for number, (source, kind, target, *more) in enumerate(document["said"]):
            fields = more[0] if more else {}
            quote = f"{source} {kind.lower()} {target} {document['key']} {number}"
            sentences.append(f"{quote}.")
            claims.append({"doc": document["key"], "quote": quote, "source": source, "target": target, "type": kind,
                           **fields})
        listed.append({"key": document["key"], "text": "\n".join(sentences), "source": document["source"],
                       "published": document["published"], "language": "en"})
    kinds = {name: "bloc" if name in ("northern-pact", "coastal-league") else "state" for name in ACTORS}
    rows = [{"id": name, "name": name.replace("-", " ").title(), "kind": kinds[name]} for name in ACTORS] + list(actors)
    (folder / "documents.json").write_text(json.dumps(listed))
    (folder / "claims.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    (folder / "actors.jsonl").write_text("".join(json.dumps(actor) + "\n" for actor in rows))
    ledger = sides.open(folder / "own.sides")
    report = ledger.import_claims(folder / "claims.jsonl", documents=folder / "documents.json",
                                  actors=folder / "actors.jsonl")
    assert not report.left_out, [str(one) for one in report.left_out]
    return ledger
