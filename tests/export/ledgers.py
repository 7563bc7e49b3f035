"""A small ledger that is hard to write down, and what every export of it has to carry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sides
from sides.export.evidence import evidence_fields
from sides.face import Ledger
from sides.ledger.store import Store
from sides.model.claim_type import ClaimType, Layer
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.incomplete import Incomplete
from sides.model.reading import Reading

# What may not be lost on the way: a quote, where it stands, whose word it is, who printed it, and both its dates.
CARRIED = ("quote", "begin_char", "end_char", "speaker", "outlets", "modality", "published", "happened", "document_id",
           "source", "target", "third", "type", "start", "end")
HARD = 'signs </edge> & "{braces}" \\ $5% #1 __ a--b \'\'x\'\' é ‮ 😀 \x0b \u2028 */ ]]> ^'
ACTORS = [
    {"id": "norland", "name": "Norland", "kind": "state"},
    {"id": "sudland", "name": "Südland \"& Co\" <x>", "kind": "state"},
    {"id": "red-front", "name": "Red Front", "kind": "organization"},
    {"id": "northern-pact", "name": "Northern Pact", "kind": "bloc"},
    {"id": "ana-öz", "name": "Ana Öz", "kind": "person"},
]
# Documents: key, published, outlet, fields; and their claims: source, type, target, fields.
TOLD: list[tuple[str, str, str, dict[str, Any], list[tuple[str, str, str, dict[str, Any]]]]] = [
    ("first", "2012-01-10", "Wire {1}", {"author": "Zoë O'Neil & Søn", "title": "On {Norland} -- 5% of \\it"}, [
        ("norland", "ALLIANCE", "sudland", {"start": "2010-03", "speaker": "ana-öz"}),
        ("norland", "MEMBER_OF", "northern-pact", {"start": "2008"}),
        ("ana-öz", "LEADS", "norland", {}),
        ("norland", "FRIENDLY", "red-front", {"modality": "negated"})]),
    ("second", "2014-11", "Post", {"url": "not an address"}, [
        ("norland", "ASSAULT", "sudland", {"start": "2014-07-03", "speaker": "two officials"}),
        ("sudland", "SEVERED", "norland", {"start": "2014-06"}),
        ("norland", "AID", "sudland", {"modality": "possible"})]),
    ("third", "2014-12-01", "Wire {1}", {"url": "https://wire.example.org/a?b=1&c=%20", "title": "Ends in a }"}, [
        ("sudland", "FRIENDLY", "norland", {"start": "2014-08"}),
        ("red-front", "MEDIATE", "norland", {"third": "sudland", "start": "2014-09"}),
        ("norland", "HOSTILE", "northern-pact", {"start": "2013", "end": "2014-02"})]),
]


def hard_ledger(folder: Path, sign: str = "") -> Ledger:
    """A ledger with quotes of signs that mean something in some format. `sign`: one more."""
    folder.mkdir(parents=True, exist_ok=True)
    documents, claims = [], []
    for key, published, outlet, fields, said in TOLD:
        quotes = [f"{HARD}{sign} {key} {number} {source} {kind}" for number, (source, kind, *_) in enumerate(said)]
        claims += [{"doc": key, "quote": quote, "source": source, "type": kind, "target": target, **more}
                   for quote, (source, kind, target, more) in zip(quotes, said, strict=True)]
        documents.append({"key": key, "text": " It is said. ".join(["😀", *quotes]) + " Nothing else.",
                          "source": outlet, "published": published, "language": "en", **fields})
    (folder / "documents.json").write_text(json.dumps(documents))
    for name, rows in (("claims", claims), ("actors", ACTORS)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ledger = sides.open(folder / "hard.sides")
    report = ledger.import_claims(folder / "claims.jsonl", documents=folder / "documents.json",
                                  actors=folder / "actors.jsonl")
    assert not report.left_out, [str(one) for one in report.left_out]
    silent = Document(text="Nothing is said here.", name="silent.txt", published=PartialDate(2015),
                      published_from="option", outlet="Wire {1}")
    lacking = Incomplete(document=silent.id, begin_char=0, end_char=7, quote="Nothing", source="norland", target=None,
                         type=ClaimType.ASSAULT, sign=-1, layer=Layer.MILITARY, dated_from="none", reader="grammar",
                         reader_version="1", trigger="Nothing", actor_text="Nothing")
    Store.open(ledger.path).append([Reading(document=silent, reader="grammar", reader_version="1", mentions=(),
                                            actors=(), claims=(), incomplete=(lacking,))])
    return sides.open(ledger.path)


def carried(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """What has to be carried of each claim, by its id, as the ledger's own answers tell it."""
    names = {actor.id: actor.name for actor in ledger.actors()}
    return {one.claim.id: of(evidence_fields(one, names)) for one in ledger.evidence(ledger.claims())}


def of(fields: dict[str, Any]) -> dict[str, Any]:
    """That part of some fields; what is not there is nothing."""
    return {name: fields.get(name) for name in CARRIED}
