"""Actors, ties and claims as RDF in TriG: what a document says stands in a graph of its own.

Claims are annotations of their quotes (Web Annotation), and graphs are derived from documents (PROV-O). docs/rdf.md
describes the vocabulary.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import quote

from sides.export.characters import Characters
from sides.export.everyone import everyone
from sides.export.exporter import Ledger, Wanted, Written
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.amount import Amount
from sides.model.claim import AUTHOR
from sides.model.dates import PartialDate
from sides.model.errors import ExportError
from sides.model.reason import Reason
from sides.ties.evidence import Evidence
from sides.ties.told_ties import ToldTie

PREFIXES = {
    "sides": "urn:sides:vocabulary#", "dcterms": "http://purl.org/dc/terms/", "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": "http://www.wikidata.org/entity/",
}
BASE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*[:/#]|[a-zA-Z][a-zA-Z0-9+.-]*:")
WIKIDATA = re.compile(r"Q\d+")
DATE_TYPES = {"day": "date", "month": "gYearMonth", "year": "gYear"}
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t",
                         **{chr(code): f"\\u{code:04X}" for code in (*range(9), 11, 12, *range(14, 32), 127)}})

Pair = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Terms:
    """Things as TriG writes them."""

    base: str
    characters: Characters

    def iri(self, kind: str, *parts: str) -> str:
        """The name of a thing: `urn:sides:actor:hamas`."""
        between = ":" if self.base.startswith("urn:") else "/"
        text = between.join((kind, *(quote(part.encode("utf-8", "replace"), safe="") for part in parts)))
        return f"<{self.base}{text}>"

    def text(self, value: str | None) -> str | None:
        """A literal; none where nothing is given."""
        return None if value is None else f'"{self.characters.utf8(value).translate(ESCAPES)}"'

    def texts(self, values: Iterable[str]) -> str | None:
        """Several literals as the objects of one predicate."""
        return ", ".join(self.text(value) or "" for value in values) or None

    def date(self, value: PartialDate | None) -> str | None:
        """A date as exact as it is known."""
        return None if value is None else f'"{value}"^^xsd:{DATE_TYPES[value.precision]}'


def node(subject: str, kinds: str, pairs: Iterable[Pair], indent: str = "") -> str:
    """A thing with what is said of it, without what is not."""
    said = [f"a {kinds}", *(f"{predicate} {value}" for predicate, value in pairs if value is not None)]
    return f"{indent}{subject} {f' ;{chr(10)}{indent}    '.join(said)} .\n"


def nested(kinds: str, pairs: Iterable[Pair]) -> str:
    """A thing without a name of its own."""
    said = [f"a {kinds}", *(f"{predicate} {value}" for predicate, value in pairs if value is not None)]
    return f"[ {' ; '.join(said)} ]"


@dataclass(frozen=True, slots=True)
class Rdf:
    """Writes the whole ledger."""

    name: str = "trig"
    suffix: str = ".trig"
    subjects: tuple[str, ...] = ("ledger",)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Each document with the graph of its claims, then ties, then actors."""
        if not BASE.fullmatch(wanted.base):
            raise ExportError(f"{wanted.base!r} cannot begin IRIs. Give one that ends with : or / or #, such as "
                              "https://example.org/levant/ of a host of your own.")
        terms, told_of, count = Terms(wanted.base, Characters()), set[str](), 0
        actors = {actor.id for actor in ledger.actors()}
        file.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()).encode())
        for document, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
            file.write(f"\n{_document(document, terms)}".encode())
            graph = "".join(_claim(one, terms, actors) for one in evidence)
            if graph:
                file.write(f"{terms.iri('graph', document.id)} {{\n{graph}}}\n".encode())
            for one in evidence:
                claim = one.claim
                told_of |= {claim.source, claim.target, claim.third or claim.source}
                told_of |= {claim.speaker} & actors
            count += len(evidence)
        for tie in ledger.told_ties(*wanted.about, known=wanted.known, exact=wanted.exact, engine=wanted.engine):
            told_of |= {tie.left, tie.right}
            file.write(f"\n{''.join(_tie(tie, terms))}".encode())
        for actor in everyone(ledger, told_of, wanted):
            file.write(f"\n{_actor(actor, terms)}".encode())
        return Written(count, "claims, with documents, actors and ties,", terms.characters.notes("UTF-8"))


def _document(document: StoredDocument, terms: Terms) -> str:
    name, graph = terms.iri("document", document.id), terms.iri("graph", document.id)
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    told: list[Pair] = [("dcterms:issued", terms.date(document.published)),
                        ("dcterms:publisher", terms.texts(document.outlets))]
    return node(name, "prov:Entity, sides:Document", [
        ("dcterms:title", terms.text(document.title)), ("rdfs:label", terms.text(document.name)),
        ("dcterms:identifier", terms.text(document.id)), ("dcterms:creator", terms.text(document.author)), *told,
        ("dcterms:language", terms.text(document.language)), ("dcterms:format", terms.text(document.format)),
        ("sides:address", terms.text(document.url)), ("sides:sha256", terms.text(digest))]) + node(
        graph, "prov:Entity", [("prov:wasDerivedFrom", name), *told])


def _claim(one: Evidence, terms: Terms, actors: set[str]) -> str:
    claim = one.claim
    before, exact, after = one.sentence
    source = terms.iri("document", claim.document)
    selectors = (nested("oa:TextQuoteSelector", [("oa:exact", terms.text(exact)), ("oa:prefix", terms.text(before)),
                                                 ("oa:suffix", terms.text(after))]),
                 nested("oa:TextPositionSelector", [("oa:start", str(claim.begin_char)),
                                                    ("oa:end", str(claim.end_char))]))
    target = nested("oa:SpecificResource", [("oa:hasSource", source), ("oa:hasSelector", ", ".join(selectors))])
    speaks = claim.speaker != AUTHOR
    return node(terms.iri("claim", claim.id), "sides:Claim, oa:Annotation", [
        ("oa:hasTarget", target), ("sides:source", terms.iri("actor", claim.source)),
        ("sides:target", terms.iri("actor", claim.target)),
        ("sides:third", terms.iri("actor", claim.third) if claim.third else None),
        ("sides:type", terms.text(claim.type.value)), ("sides:kind", terms.text(claim.kind.value)),
        ("sides:sign", str(claim.sign)), ("sides:layer", terms.text(claim.layer.value)),
        ("sides:modality", terms.text(claim.modality.value)), ("sides:speaker", terms.text(claim.speaker)),
        ("sides:speakerName", terms.text(one.speaker_name if speaks or one.document.author else None)),
        ("prov:wasAttributedTo", terms.iri("actor", claim.speaker) if claim.speaker in actors else None),
        ("sides:happened", terms.date(one.date)), ("sides:start", terms.date(claim.start)),
        ("sides:end", terms.date(claim.end)), ("sides:datedFrom", terms.text(claim.dated_from)),
        ("sides:confidence", f"{claim.confidence:.4f}"), ("sides:trigger", terms.text(claim.trigger)),
        ("sides:inferred", terms.texts(claim.inferred)),
        ("sides:restates", terms.iri("claim", claim.restates) if claim.restates else None),
        ("sides:reason", ", ".join(_part(part, terms) for part in claim.reasons) or None),
        ("sides:amount", ", ".join(_part(part, terms) for part in claim.amounts) or None),
        ("sides:reader", terms.text(claim.reader)), ("sides:readerVersion", terms.text(claim.reader_version))], "  ")


def _part(part: Reason | Amount, terms: Terms) -> str:
    pairs: list[Pair] = [("sides:kind", terms.text(part.kind.value)), ("oa:exact", terms.text(part.text)),
                         ("oa:start", str(part.begin_char)), ("oa:end", str(part.end_char))]
    if isinstance(part, Amount):
        low, high = (None if number is None else f"{number!r}e0" for number in (part.low, part.high))
        pairs += [("sides:low", low), ("sides:high", high), ("sides:unit", terms.text(part.unit))]
    return nested("sides:Amount" if isinstance(part, Amount) else "sides:Reason", pairs)


def _tie(tie: ToldTie, terms: Terms) -> Iterator[str]:
    name = terms.iri("tie", tie.left, tie.right)
    left, right = terms.iri("actor", tie.left), terms.iri("actor", tie.right)
    yield node(name, "sides:Tie", [("sides:between", f"{left}, {right}")])
    for stretch, grounds in zip(tie.stretches, tie.grounds(), strict=True):
        resting = [terms.iri("claim", one.claim.id) for one in grounds]
        yield node(terms.iri("tie", tie.left, tie.right, str(stretch.since)), "sides:Stretch, prov:Entity", [
            ("sides:of", name), ("sides:firstMonth", terms.date(stretch.since)),
            ("sides:lastMonth", terms.date(stretch.end)),
            ("sides:state", terms.text(stretch.state.value if stretch.state else None)),
            ("sides:certainty", terms.text(stretch.certainty)), ("sides:mark", terms.texts(stretch.marks)),
            ("prov:wasDerivedFrom", ", ".join(resting) or None)])


def _actor(actor: Actor, terms: Terms) -> str:
    wikidata = actor.wikidata if WIKIDATA.fullmatch(actor.wikidata or "") else None
    return node(terms.iri("actor", actor.id), "sides:Actor", [
        ("rdfs:label", terms.text(actor.name)), ("skos:altLabel", terms.texts(actor.names)),
        ("dcterms:identifier", terms.text(actor.id)), ("sides:kind", terms.text(actor.kind.value)),
        ("dcterms:description", terms.text(actor.description)),
        ("sides:country", terms.iri("actor", actor.country) if actor.country else None),
        ("sides:partOf", terms.iri("actor", actor.parent) if actor.parent else None),
        ("skos:exactMatch", f"wd:{wikidata}" if wikidata else None),
        ("sides:isProvisional", "true" if actor.is_provisional else "false")])


RDF = Rdf()
