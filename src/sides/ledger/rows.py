"""Model values as columns of the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sides.ledger.columns import signed
from sides.model.actor import Actor, Mention
from sides.model.claim import Claim
from sides.model.document import Document
from sides.model.incomplete import Incomplete
from sides.model.reading import Reading

Columns = dict[str, list[Any]]


def digest_of(*parts: str | int | None) -> str:
    """A short hash of some values, the same on every machine.

    >>> digest_of("a", None) == digest_of("a", ""), len(digest_of("a"))
    (False, 16)
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def sighting_id(document: Document) -> str:
    """What makes a copy of a text the same copy: text, outlet, date and name."""
    return digest_of(document.id, document.outlet, str(document.published), document.name)


def sighting_digest(document: Document) -> str:
    """Hash of all that is said of a copy, its text aside: other words about the same copy give another digest."""
    asides = [part for aside in document.asides for part in (aside.begin_char, aside.end_char, aside.reason.value)]
    return digest_of(document.published_from, document.published_is, document.title, document.author,
                     document.language, document.url, document.format, document.key, *asides)


def reading_id(reading: Reading) -> str:
    """What makes a reading the same reading: the text, the date it was read under, the reader and its version."""
    document = reading.document
    return digest_of(document.id, str(document.published), reading.reader, reading.reader_version)


def document_columns(documents: Sequence[Document], signatures: Mapping[str, Sequence[int]]) -> Columns:
    """Sightings as columns of `documents`."""
    ids = [document.id for document in documents]
    return {
        "sighting": [sighting_id(document) for document in documents],
        "digest": [sighting_digest(document) for document in documents],
        "id": ids,
        "published": [str(document.published) for document in documents],
        "published_first": [document.published.first for document in documents],
        "published_last": [document.published.last for document in documents],
        "asides": [[(aside.begin_char, aside.end_char, aside.reason.value) for aside in document.asides]
                   for document in documents],
        "signature": [[signed(value) for value in signatures.get(identifier, ())] for identifier in ids],
        **_attributes(documents, ("name", "published_from", "published_is", "title", "outlet", "author", "language",
                                  "url", "format", "key", "text")),
    }


def reading_columns(readings: Sequence[Reading]) -> Columns:
    """Readings as columns of `readings`, without what was read."""
    return {
        "reading": [reading_id(reading) for reading in readings],
        "document": [reading.document.id for reading in readings],
        "anchor": [str(reading.document.published) for reading in readings],
        "mentions": [len(reading.mentions) for reading in readings],
        "actors": [len(reading.actors) for reading in readings],
        "claims": [len(reading.claims) for reading in readings],
        **_attributes(readings, ("reader", "reader_version")),
    }


def mention_columns(mentions: Sequence[tuple[str, Mention]]) -> Columns:
    """Mentions, each with its reading, as columns of `mentions`."""
    values = [mention for _, mention in mentions]
    return {
        "reading": [reading for reading, _ in mentions],
        "form": [mention.form.value for mention in values],
        **_attributes(values, ("document", "begin_char", "end_char", "text", "actor", "how", "confidence")),
    }


def actor_columns(actors: Sequence[tuple[str, Actor]]) -> Columns:
    """Actors, each with its reading, as columns of `actors`."""
    values = [actor for _, actor in actors]
    return {
        "reading": [reading for reading, _ in actors],
        "kind": [actor.kind.value for actor in values],
        **_attributes(values, ("id", "name", "names", "description", "country", "parent", "wikidata",
                               "is_provisional")),
    }


def claim_columns(claims: Sequence[tuple[str, Claim]]) -> Columns:
    """Claims, each with its reading, as columns of `claims`."""
    values = [claim for _, claim in claims]
    return {
        "reading": [reading for reading, _ in claims],
        **_said(values),
        "reasons": [[(one.kind.value, one.begin_char, one.end_char, one.text) for one in claim.reasons]
                    for claim in values],
        "amounts": [[(one.kind.value, one.low, one.high, one.unit, one.begin_char, one.end_char, one.text)
                     for one in claim.amounts] for claim in values],
        **_attributes(values, ("id", "document", "begin_char", "end_char", "quote", "source", "target", "third", "sign",
                               "speaker", "dated_from", "confidence", "reader", "reader_version", "trigger",
                               "source_text", "target_text", "inferred", "restates")),
    }


def incomplete_columns(found: Sequence[tuple[str, Incomplete]]) -> Columns:
    """What is incomplete, each with its reading, as columns of `incomplete`."""
    values = [one for _, one in found]
    return {
        "reading": [reading for reading, _ in found],
        **_said(values),
        **_attributes(values, ("id", "document", "begin_char", "end_char", "quote", "source", "target", "sign",
                               "speaker", "dated_from", "reader", "reader_version", "trigger", "actor_text")),
    }


def _said(values: Sequence[Claim] | Sequence[Incomplete]) -> Columns:
    """What claims have that is no plain value: names of types, and dates with the days that they may mean."""
    starts, ends = [claim.start for claim in values], [claim.end for claim in values]
    return {
        "type": [claim.type.value for claim in values],
        "layer": [claim.layer.value for claim in values],
        "modality": [claim.modality.value for claim in values],
        "start": [None if start is None else str(start) for start in starts],
        "start_first": [None if start is None else start.first for start in starts],
        "start_last": [None if start is None else start.last for start in starts],
        "end": [None if end is None else str(end) for end in ends],
        "end_first": [None if end is None else end.first for end in ends],
        "end_last": [None if end is None else end.last for end in ends],
    }


def _attributes(values: Iterable[object], names: Sequence[str]) -> Columns:
    values = list(values)
    return {name: [getattr(value, name) for value in values] for name in names}
