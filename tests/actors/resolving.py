"""Short texts resolved with the shipped registry, and ways to look at the outcome."""

from __future__ import annotations

from functools import cache

from sides.actors.draft import Draft
from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists
from sides.model.actor import Mention
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser


@cache
def parser() -> Parser:
    return Parser.load()


@cache
def registry() -> Registry:
    return Registry.load()


@cache
def resolver() -> Resolver:
    return Resolver(registry())


@cache
def lists() -> Wordlists:
    return Wordlists.load()


def parsed(text: str, published: str = "2022-06-15") -> Parsed:
    document = Document(text=text, name="inline", published=PartialDate.parse(published), published_from="option")
    return next(iter(parser().parse([document])))


def surface(text: str) -> Surface:
    return Surface(parsed(text))


def draft(text: str) -> Draft:
    return Draft(surface(text))


def resolve(text: str, published: str = "2022-06-15") -> Resolution:
    return resolver().resolve(parsed(text, published))


def named(resolution: Resolution, words: str) -> list[Mention]:
    """The mentions whose text is just these words."""
    return [mention for mention in resolution.mentions if mention.text == words]


def who(text: str, words: str, published: str = "2022-06-15") -> list[str]:
    """The actors that these words stand for in a text, sorted."""
    return sorted({mention.actor for mention in named(resolve(text, published), words)})


def at(text: str, word: str, published: str = "2022-06-15") -> list[str]:
    """The actors of the mentions that the last token with this text heads, sorted."""
    parse = parsed(text, published)
    heads = resolver().resolve(parse).heads
    index = max(token.i for token in parse.doc if token.text == word)
    return sorted({mention.actor for mention in heads.get(index, ())})
