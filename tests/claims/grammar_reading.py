"""Reads claims from a sentence, with countries and a few others resolved by name, for the tests of the grammar."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from sides.actors.resolution import Resolution
from sides.claims.grammar.reader import GrammarReader
from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

STATES = {
    "russia": "Russia Russian Moscow", "ukraine": "Ukraine Ukrainian Kyiv", "france": "France French Paris",
    "israel": "Israel Israeli", "poland": "Poland Polish", "turkey": "Turkey Turkish Ankara",
    "germany": "Germany German",
    "iran": "Iran Iranian Tehran", "syria": "Syria Syrian Damascus", "iraq": "Iraq Iraqi", "china": "China Chinese",
    "saudi-arabia": "Saudi_Arabia Saudi Riyadh", "united-states": "United_States American Washington",
    "egypt": "Egypt Egyptian",
    "taiwan": "Taiwan Taiwanese", "japan": "Japan Japanese", "hungary": "Hungary Hungarian", "qatar": "Qatar Qatari",
}
OTHERS = {
    "hamas": ("Hamas", ActorKind.ORGANIZATION), "fatah": ("Fatah", ActorKind.ORGANIZATION),
    "hezbollah": ("Hezbollah", ActorKind.ORGANIZATION), "bashar-al-assad": ("Bashar_Assad Assad", ActorKind.PERSON),
    "khaled-meshaal": ("Khaled_Meshaal Meshaal", ActorKind.PERSON), "quds-force": ("Quds_Force", ActorKind.ORGAN),
    "qassam-brigades": ("Qassam_Brigades", ActorKind.ORGAN), "european-union": ("European_Union EU", ActorKind.BLOC),
}
COUNTRIES = {"bashar-al-assad": "syria", "khaled-meshaal": "qatar"}


@cache
def parser() -> Parser:
    return Parser.load()


@cache
def reader() -> GrammarReader:
    return GrammarReader.load()


def parsed(text: str) -> Parsed:
    document = Document(text=text, name="test.txt", published=PartialDate(2020, 6, 1), published_from="option")
    return next(iter(parser().parse([document])))


def resolved(read: Parsed) -> Resolution:
    """Every name of the tables above, and "the two" for the first two states."""
    kinds = {**dict.fromkeys(STATES, ActorKind.STATE), **{actor: kind for actor, (_, kind) in OTHERS.items()}}
    names = {name.replace("_", " "): actor for actor, listing in
             [*STATES.items(), *((actor, words) for actor, (words, _) in OTHERS.items())] for name in listing.split()}
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b")
    mentions, heads = [], defaultdict(list)
    for match in pattern.finditer(read.document.text):
        span = read.doc.char_span(*match.span(), alignment_mode="expand")
        mention = Mention(document=read.document.id, begin_char=match.start(), end_char=match.end(), text=match.group(),
                          actor=names[match.group()], form=Form.NAME, how="test", confidence=1.0)
        mentions.append(mention)
        heads[span.root.i].append(mention)
    actors = tuple(Actor(id=actor, name=actor, kind=kinds[actor], country=COUNTRIES.get(actor))
                   for actor in sorted({m.actor for m in mentions}))
    return Resolution(tuple(mentions), actors, {token: tuple(found) for token, found in sorted(heads.items())})


def claims(text: str) -> list[Claim]:
    read = parsed(text)
    return list(reader().read(read, resolved(read)))


def said(text: str) -> set[str]:
    """The claims of a text as "source TYPE target", with the modality where it is not asserted."""
    return {f"{claim.source} {claim.type.value} {claim.target}"
            + ("" if claim.modality.value == "asserted" else f" ({claim.modality.value})") for claim in claims(text)}
