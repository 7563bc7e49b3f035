"""Ways through the dependency tree from one word to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# The labels of the English pipeline (ClearNLP's), in a fixed order: their places are part of the trained weights.
DEPS = ("ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
        "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark",
        "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj",
        "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp")


@dataclass(frozen=True, slots=True)
class Route:
    """From a source up to the word where the paths meet, and from a target up to the same word."""

    source: Token
    target: Token
    top: Token
    up: tuple[Token, ...]  # from the source, which is the first, to below the top; empty where it is the top
    down: tuple[Token, ...]  # from the target, likewise


def tree_route(source: Token, target: Token) -> Route:
    """The way between two words of one sentence."""
    above = chain(source)
    places = {token.i: place for place, token in enumerate(above)}
    down: list[Token] = []
    for token in chain(target):
        if token.i in places:
            return Route(source, target, token, tuple(above[:places[token.i]]), tuple(down))
        down.append(token)
    raise AssertionError("two words of one sentence hang on one root")


def chain(token: Token) -> list[Token]:
    """A word and those above it, to the root."""
    found = [token]
    while found[-1].head.i != found[-1].i:
        found.append(found[-1].head)
    return found
