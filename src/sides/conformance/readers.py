"""What is asked of a reader of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.claims.guest import wrong
from sides.claims.reader import Reader
from sides.conformance.fault import attempt, check_identity, require
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

# Texts that readers come upon: several actors, none, no claim, other scripts and signs beyond the first plane, carriage
# returns, the same sentence twice, a text that ends in the midst of a word.
TEXTS = (
    "Iran praised Hamas on Tuesday. Syria condemned Israel, and Egypt mediated between Hamas and Israel in May 2021.",
    "Hamas thanked Iran.\r\n\r\nHamas thanked Iran.\r\nTurkey may expel Hamas, officials in Ankara said.",
    "The weather was fine all week, and nobody said a word.",
    "😀 Iran’s “axis” — Hamas, Hezbollah — thanked Syria 🇸🇾.\u2028Россия supports Syria; İran denied it.",
    "Hezbollah attacked Isra",
    " \n\t",
)


@cache
def _pipeline() -> tuple[Parser, Resolver]:
    return Parser.load(), Resolver(Registry.load())


def check_reader(reader: Reader, texts: Iterable[str] = ()) -> None:
    """Whether a reader keeps what is asked of it, on texts of ours and, better, some of yours that hold claims for it.

    Raises `ConformanceError`: for a name or version that is none; an exception; a claim of another document, without a
    quote that stands in it character for character, about actors that it does not mention, under another reader's
    name; two claims with one id; claims not sorted by offset; other claims on another call, or when documents come in
    another order; a parse or resolution that it changed; no claim in any of your texts.
    """
    check_identity(reader)
    own = list(texts)
    documents = [Document(text=text, name=f"text {number}", published=PartialDate.parse("2021-06-15"),
                          published_from="option") for number, text in enumerate([*own, *TEXTS], 1)]
    first = [_read(reader, document) for document in documents]
    require(not own or any(first[:len(own)]), "it found no claim in any of the texts that were given: give some that "
            "hold what it reads")
    again = [_read(reader, document) for document in reversed(documents)]
    for document, one, other in zip(documents, first, reversed(again), strict=True):
        require(one == other, f"it read other claims in {document.name} when the documents came in another order: a "
                "reading must hang on nothing but its document")


def _read(reader: Reader, document: Document) -> list[Claim]:
    parser, resolver = _pipeline()
    (parsed,) = parser.parse([document])
    resolution = resolver.resolve(parsed)
    before = _state(parsed, resolution)
    claims = attempt(lambda: reader.read(parsed, resolution), document.name)
    require(isinstance(claims, Sequence) and all(isinstance(claim, Claim) for claim in claims),
            f"what it read in {document.name} is no sequence of sides.Claim but {type(claims).__name__}")
    require(_state(parsed, resolution) == before, f"it changed the parse or the resolution of {document.name}: others "
            "read them after it")
    _check_claims(reader, list(claims), parsed, resolution)
    again = attempt(lambda: list(reader.read(parsed, resolution)), document.name)
    require(again == list(claims), f"it read other claims in {document.name} when asked again: the same document must "
            "always give the same claims")
    return list(claims)


def _check_claims(reader: Reader, claims: list[Claim], parsed: Parsed, resolution: Resolution) -> None:
    where = parsed.document.name
    for claim in claims:
        problem = wrong(claim, parsed, resolution)
        require(not problem, f"a claim in {where} {problem}")
        require((claim.reader, claim.reader_version) == (reader.name, reader.version),
                f"a claim in {where} says that {claim.reader!r} {claim.reader_version!r} read it, not {reader.name!r} "
                f"{reader.version!r}")
        require(claim.kept_id is None, f"a claim in {where} has a kept_id, which only decisions give")
    require(len({claim.id for claim in claims}) == len(claims),
            f"two claims in {where} have one id: the same quote, actors and type")
    places = [claim.begin_char for claim in claims]
    require(places == sorted(places), f"its claims in {where} are not sorted by where their quotes begin")


def _state(parsed: Parsed, resolution: Resolution) -> tuple[object, ...]:
    return parsed.document, parsed.doc.to_bytes(), repr(resolution)
