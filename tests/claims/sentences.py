"""Sentences parsed once, with the names in them resolved by a short list, for the tests of what a word is asked."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from spacy.tokens import Token

from sides.actors.resolution import Resolution
from sides.model.actor import Form, Mention
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

ACTORS = MappingProxyType({
    "Russia": "russia", "Ukraine": "ukraine", "Turkey": "turkey", "France": "france", "Israel": "israel",
    "Iran": "iran", "Syria": "syria", "Hamas": "hamas", "Meshaal": "khaled-meshaal", "Poland": "poland",
    "Egypt": "egypt", "Haniyeh": "ismail-haniyeh", "Iranian": "iran",
})


@cache
def parser() -> Parser:
    return Parser.load()


def parsed(text: str, published: str = "2022-07-11") -> Parsed:
    document = Document(text=text, name="-", published=PartialDate.parse(published), published_from="option")
    return next(iter(parser().parse([document])))


def resolved(reading: Parsed) -> Resolution:
    heads = {token.i: (Mention(document=reading.document.id, begin_char=token.idx, end_char=token.idx + len(token),
                               text=token.text, actor=ACTORS[token.text], form=Form.NAME, how="list", confidence=1.0),)
             for token in reading.doc if token.text in ACTORS}
    return Resolution(tuple(mention for mentions in heads.values() for mention in mentions), (), heads)


def word(reading: Parsed, text: str) -> Token:
    return next(token for token in reading.doc if token.text == text)
