"""Rows of the tables back into model values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from sides.ledger.columns import unsigned
from sides.ledger.corrections import Action, Correction
from sides.ledger.decisions import Decision, Verdict, sorted_part
from sides.ledger.escape import STORED, unescaped
from sides.ledger.withdrawals import in_order
from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.amount import Amount, AmountKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate
from sides.model.document import Aside, AsideReason, Document
from sides.model.incomplete import Incomplete
from sides.model.reason import Reason, ReasonKind

Column = Sequence[Any]

CLAIM_FIELDS = ("document", "begin_char", "end_char", "quote", "source", "target", "third", "type", "sign", "layer",
                "speaker", "modality", "start", "end", "dated_from", "confidence", "reader", "reader_version",
                "trigger", "source_text", "target_text", "inferred", "restates", "reasons", "amounts", "kept_id")
CLAIM_COLUMNS = ", ".join(f'"{name}"' for name in CLAIM_FIELDS[:-1]) + ", CASE WHEN is_decided THEN id END AS kept_id"
INCOMPLETE_FIELDS = ("document", "begin_char", "end_char", "quote", "source", "target", "type", "sign", "layer",
                     "speaker", "modality", "start", "end", "dated_from", "reader", "reader_version", "trigger",
                     "actor_text")
INCOMPLETE_COLUMNS = ", ".join(f'"{name}"' for name in INCOMPLETE_FIELDS)
DOCUMENT_FIELDS = ("name", "published", "published_from", "published_is", "title", "outlet", "author", "language",
                   "url", "format", "key", "asides")
DOCUMENT_COLUMNS = ", ".join(f'"{name}"' for name in DOCUMENT_FIELDS)
MENTION_FIELDS = ("document", "begin_char", "end_char", "text", "actor", "form", "how", "confidence")
MENTION_COLUMNS = ", ".join(f'"{name}"' for name in MENTION_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument(Document):
    """A document as the ledger keeps it, under its first published copy, with the other copies of its text.

    It is a `Document`: reading it gives what reading the original gave.
    """

    outlets: tuple[str, ...] = ()  # of all copies, sorted
    sightings: tuple[Document, ...] = ()  # all copies, the first published first
    signature: tuple[int, ...] = ()  # for finding near-duplicates; empty where none was given


def fetched(result: duckdb.DuckDBPyConnection, width: int | None = None) -> list[Column]:
    """The columns of a result, with strings as they were before they were stored.

    `width` says how many columns there are, for a result that may have no rows.
    """
    rows = result.fetchall()
    if not rows:
        return [()] * (width or len(result.description or ()))
    return [_as_it_was(column) for column in zip(*rows, strict=True)]


def _as_it_was(column: Column) -> Column:
    texts = [value for value in column if isinstance(value, str)]
    if texts:
        together = "".join(texts)
        if not together.isascii() and STORED.search(together):
            return [unescaped(value) if isinstance(value, str) else value for value in column]
    elif any(isinstance(value, list) for value in column):
        return [[unescaped(item) if isinstance(item, str) else item for item in value or ()] for value in column]
    return column


def claims_of(columns: Sequence[Column]) -> list[Claim]:
    """Claims from the columns of `CLAIM_FIELDS`."""
    (documents, begins, ends, quotes, sources, targets, thirds, types, signs, layers, speakers, modalities, starts,
     stops, dated_from, confidences, readers, versions, triggers, source_texts, target_texts, inferred, restates,
     reasons, amounts,
     kept_ids) = columns
    return [
        Claim(document=document, begin_char=begin, end_char=end, quote=quote, source=source, target=target, third=third,
              type=claim_type, sign=sign, layer=layer, speaker=speaker, modality=modality, start=start, end=stop,
              dated_from=dated, confidence=confidence, reader=reader, reader_version=version, trigger=trigger,
              source_text=source_text, target_text=target_text, inferred=tuple(places or ()), restates=fuller,
              reasons=because, amounts=measured, kept_id=kept_id)
        for (document, begin, end, quote, source, target, third, claim_type, sign, layer, speaker, modality, start,
             stop, dated, confidence, reader, version, trigger, source_text, target_text, places, fuller, because,
             measured, kept_id)
        in zip(documents, begins, ends, quotes, sources, targets, thirds, _each(ClaimType, types), signs,
               _each(Layer, layers), speakers, _each(Modality, modalities), _each(PartialDate.parse, starts),
               _each(PartialDate.parse, stops), dated_from, confidences, readers, versions, triggers, source_texts,
               target_texts, inferred, restates, map(_reasons, reasons), map(_amounts, amounts), kept_ids, strict=True)]


def incomplete_of(columns: Sequence[Column]) -> list[Incomplete]:
    """What is incomplete, from the columns of `INCOMPLETE_FIELDS`."""
    parsers = {"type": ClaimType, "layer": Layer, "modality": Modality, "start": PartialDate.parse,
               "end": PartialDate.parse}
    parsed = [_each(parsers[name], column) if name in parsers else column
              for name, column in zip(INCOMPLETE_FIELDS, columns, strict=True)]
    return [Incomplete(**dict(zip(INCOMPLETE_FIELDS, row, strict=True))) for row in zip(*parsed, strict=True)]


def mentions_of(columns: Sequence[Column]) -> list[Mention]:
    """Mentions from the columns of `MENTION_FIELDS`."""
    return [Mention(document=document, begin_char=begin, end_char=end, text=text, actor=actor, form=Form(form), how=how,
                    confidence=confidence)
            for document, begin, end, text, actor, form, how, confidence in zip(*columns, strict=True)]


def actors_of(columns: Sequence[Column]) -> Iterator[Actor]:
    """Actors from columns in the order of `Actor`'s fields in the table."""
    for identifier, name, kind, names, description, country, parent, wikidata, is_provisional in zip(
            *columns, strict=True):
        yield Actor(id=identifier, name=name, kind=ActorKind(kind), names=tuple(names), description=description,
                    country=country, parent=parent, wikidata=wikidata, is_provisional=is_provisional)


def documents_of(columns: Sequence[Column], texts: Sequence[str]) -> list[Document]:
    """Documents from the columns of `DOCUMENT_FIELDS`, and the text of each."""
    return [Document(text=text, name=name, published=PartialDate.parse(published), published_from=published_from,
                     published_is=published_is, title=title, outlet=outlet, author=author, language=language, url=url,
                     format=form, key=key, asides=_asides(asides))
            for text, name, published, published_from, published_is, title, outlet, author, language, url, form, key,
            asides in zip(texts, *columns, strict=True)]


def corrections_of(columns: Sequence[Column]) -> list[Correction]:
    """Corrections from columns in the order of the table, without its id; by time, then id."""
    corrections = [
        Correction(claim=claim, action=Action(action), changes=tuple(sorted(json.loads(changes).items())),
                   withdraws=withdraws, who=who, why=why, made_at=datetime.fromisoformat(made_at))
        for claim, action, changes, withdraws, who, why, made_at in zip(*columns, strict=True)]
    return sorted(corrections, key=lambda correction: (correction.made_at, correction.id))


def decisions_of(columns: Sequence[Column]) -> list[Decision]:
    """Decisions from columns in the order of the table, without its id; by time, then id."""
    return in_order(
        Decision(actor=actor, verdict=Verdict(verdict), into=into, part=sorted_part(**json.loads(part)),
                 changes=tuple(sorted(json.loads(changes).items())), withdraws=withdraws, who=who, why=why,
                 made_at=datetime.fromisoformat(made_at))
        for actor, verdict, into, part, changes, withdraws, who, why, made_at in zip(*columns, strict=True))


def signature_of(values: Sequence[int]) -> tuple[int, ...]:
    """A near-duplicate signature as it was given."""
    return tuple(unsigned(value) for value in values)


def _asides(values: Sequence[dict[str, Any]]) -> tuple[Aside, ...]:
    return tuple(Aside(value["begin_char"], value["end_char"], AsideReason(value["reason"])) for value in values)


def _reasons(values: Sequence[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(**value | {"kind": ReasonKind(value["kind"]), "text": unescaped(value["text"])})
                 for value in values)


def _amounts(values: Sequence[dict[str, Any]]) -> tuple[Amount, ...]:
    return tuple(Amount(**value | {"kind": AmountKind(value["kind"]), "unit": unescaped(value["unit"]),
                                   "text": unescaped(value["text"])}) for value in values)


def _each(parse: Callable[[str], Any], column: Column) -> list[Any]:
    parsed = {value: None if value is None else parse(value) for value in set(column)}
    return [parsed[value] for value in column]
