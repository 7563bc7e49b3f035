"""What the encoder sees of a sentence: its pieces, who is named where, and how each two actors hang together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sides.actors.resolution import Resolution
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.learned.dependency import DEPS, Route, tree_route
from sides.claims.learned.pieces import MOST_KNOWN, Pieces
from sides.model.actor import ActorKind, Form, Mention
from sides.model.claim_type import ClaimType
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

# What the pieces of a sentence may be at most; BERT knows 512 places.
MOST_PIECES = 508
# Actors beyond share the last slot: an embedding tells the mentions of one actor from those of others.
SLOTS = 24
SHARED_SLOT = SLOTS + 1
KINDS = {kind: place for place, kind in enumerate(ActorKind, 1)}
FORMS = {form: place for place, form in enumerate(Form, 1)}
TYPES = tuple(ClaimType)
TYPE_PLACES = {kind: place for place, kind in enumerate(TYPES, 1)}
UNTYPED = len(TYPES) + 1  # a word of the lexicon whose type comes from the words around it
DEP_PLACES = {dep: place for place, dep in enumerate(DEPS, 1)}
# How a piece stands to a pair of actors.
PLAIN, BETWEEN, NEAR_PATH, SOURCE_SIDE, TARGET_SIDE, TOP, OF_SOURCE, OF_TARGET = range(8)
STEPS = 4  # of the path on each side that are told
PLACE_FEATURES = 18
# Of these: how sure the surest mention of each actor is, and whether it is more than a guess.
CONFIDENCES, IS_SURE = slice(14, 16), slice(16, 18)


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence of T pieces that names A actors, and the P = A(A-1) ordered pairs of them."""

    begin_char: int
    end_char: int
    pieces: Ints  # (T,) ids of the vocabulary, with those that open and close
    tokens: Ints  # (T,) index of the token in the document, -1 for those two
    traits: Ints  # (5, T): slot, kind and form of the actor, type by the lexicon, dependency
    actors: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]  # for each actor the places of its pieces
    kinds: Ints  # (A,) of the actors
    forms: Ints  # (A,) the surest form of each
    pairs: Ints  # (P, 2) places in `actors`: source, target
    roles: NDArray[np.uint8]  # (P, T) how each piece stands to the pair
    steps: Ints  # (P, 2 * STEPS) dependencies from the source up to where the paths meet, then from the target
    places: Floats  # (P, PLACE_FEATURES) order, distances, counts


class Windows:
    """Makes windows of documents."""

    def __init__(self, cutter: Pieces, lexicon: Lexicon) -> None:
        self._cutter, self._lexicon = cutter, lexicon
        self._words: dict[tuple[str, str], int] = {}

    def of(self, parsed: Parsed, resolution: Resolution) -> Iterator[Window]:
        """The windows of the sentences that name two actors or more, in order."""
        kinds = {actor.id: KINDS[actor.kind] for actor in resolution.actors}
        for sentence in parsed.doc.sents:
            named = mentions_of(sentence, resolution)
            if len({mention.actor for _, mention in named}) > 1:
                window = self._window(sentence, named, kinds, resolution)
                if len(window.actors) > 1:
                    yield window

    def _window(self, sentence: Span, named: Sequence[tuple[Token, Mention]], kinds: Mapping[str, int],
                resolution: Resolution) -> Window:
        cut = [(piece, token) for token in sentence for piece in self._cutter.of(token.text)][:MOST_PIECES]
        pieces = np.asarray([self._cutter.opening, *(piece for piece, _ in cut), self._cutter.closing], np.int32)
        tokens = np.asarray([-1, *(token.i for _, token in cut), -1], np.int32)
        around = innermost_mentions(sentence, [mention for _, mention in named])
        innermost = [around[int(index) - sentence.start] if index >= 0 else () for index in tokens]
        members: dict[str, list[int]] = {}
        heads: dict[str, list[Token]] = {}
        for head, mention in named:
            places = [place for place, inner in enumerate(innermost)
                      if any((one.begin_char, one.end_char) == (mention.begin_char, mention.end_char) for one in inner)]
            places = places or [place for place, index in enumerate(tokens) if index == head.i]
            if places:
                members.setdefault(mention.actor, []).extend(places)
                heads.setdefault(mention.actor, []).append(head)
        actors = tuple(sorted(members, key=lambda actor: (min(members[actor]), actor)))
        slots = {actor: min(place, SLOTS) for place, actor in enumerate(actors, 1)}
        surest = {actor: max(mention.confidence for _, mention in named if mention.actor == actor) for actor in actors}
        sure = {mention.actor for head, mention in named if mention in resolution.heads.get(head.i, ())}
        forms = {actor: min(FORMS[mention.form] for _, mention in named if mention.actor == actor) for actor in actors}
        traits = np.zeros((5, len(pieces)), np.int32)
        doc = sentence.doc
        for place, inner in enumerate(innermost):
            here = [mention for mention in inner if mention.actor in slots]
            if here:
                traits[0, place] = slots[here[0].actor] if len(here) == 1 else SHARED_SLOT
                traits[1, place], traits[2, place] = kinds.get(here[0].actor, 0), FORMS[here[0].form]
            if tokens[place] >= 0:
                token = doc[int(tokens[place])]
                traits[3, place], traits[4, place] = self._said_by(token), DEP_PLACES.get(token.dep_, 0)
        pairs = list(permutations(range(len(actors)), 2))
        routes = [nearest(heads[actors[one]], heads[actors[other]]) for one, other in pairs]
        return Window(
            sentence.start_char, sentence.end_char, pieces, tokens, traits, actors,
            tuple(tuple(sorted(set(members[actor]))) for actor in actors),
            np.asarray([kinds.get(actor, 0) for actor in actors], np.int32),
            np.asarray([forms[actor] for actor in actors], np.int32),
            np.asarray(pairs, np.int32).reshape(-1, 2),
            np.asarray([roles(route, tokens, members[actors[one]], members[actors[other]])
                        for route, (one, other) in zip(routes, pairs, strict=True)],
                       np.uint8).reshape(-1, len(pieces)),
            np.asarray([steps(route) for route in routes], np.int32).reshape(-1, 2 * STEPS),
            np.asarray([[*place_features(route, sentence, heads[actors[one]], heads[actors[other]], len(actors)),
                         surest[actors[one]], surest[actors[other]],
                         float(actors[one] in sure), float(actors[other] in sure)]
                        for route, (one, other) in zip(routes, pairs, strict=True)],
                       np.float32).reshape(-1, PLACE_FEATURES))

    def _said_by(self, token: Token) -> int:
        """The type that the lexicon lists first for a word: 0 where it lists none."""
        key = (token.lemma_.lower(), token.pos_)
        if key not in self._words:
            if len(self._words) >= MOST_KNOWN:
                self._words.clear()
            self._words[key] = said_by(self._lexicon, *key)
        return self._words[key]


def said_by(lexicon: Lexicon, lemma: str, tag: str) -> int:
    """The place of the type that the lexicon lists for a lemma, 0 for none; entries of one word come first."""
    tables = {"VERB": (lexicon.verbs,), "AUX": (lexicon.verbs,),
              "NOUN": (lexicon.directed, lexicon.mutual, lexicon.agents),
              "ADJ": (lexicon.adjectives,), "ADV": (lexicon.adjectives,)}.get(tag, ())
    found = [entry for table in tables for entry in table.get(lemma, ())]
    if found:
        entry = min(found, key=lambda one: len(one.words))
        return TYPE_PLACES[entry.type] if entry.type else UNTYPED
    offices = lexicon.offices.get(lemma, ()) if tag in ("NOUN", "PROPN") else ()
    return TYPE_PLACES[offices[0].relation] if offices else 0


def mentions_of(sentence: Span, resolution: Resolution) -> list[tuple[Token, Mention]]:
    """The mentions of a sentence, guesses included, with the words that head them, in order."""
    return [(token, mention) for token in sentence
            for mention in (*resolution.heads.get(token.i, ()), *resolution.guesses.get(token.i, ()))]


def innermost_mentions(sentence: Span, mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """For each word of a sentence the mentions of the shortest stretch that holds it."""
    found: list[tuple[Mention, ...]] = []
    for token in sentence:
        around = [one for one in mentions if one.begin_char < token.idx + len(token) and token.idx < one.end_char]
        shortest = min((one.end_char - one.begin_char for one in around), default=0)
        found.append(tuple(one for one in around if one.end_char - one.begin_char == shortest))
    return found


def nearest(sources: Sequence[Token], targets: Sequence[Token]) -> Route:
    """The shortest way in the tree from a mention of one actor to one of another."""
    return min((tree_route(one, other) for one in sources for other in targets),
               key=lambda route: (len(route.up) + len(route.down), route.source.i, route.target.i))


def roles(route: Route, tokens: Ints, source: Sequence[int], target: Sequence[int]) -> NDArray[np.uint8]:
    """How each piece stands to the pair."""
    found = np.zeros(len(tokens), np.uint8)
    low, high = sorted((route.source.i, route.target.i))
    found[(tokens > low) & (tokens < high)] = BETWEEN
    on_path = {route.top.i, *(token.i for token in route.up), *(token.i for token in route.down)}
    near = {child.i for token in (route.top, *route.up, *route.down) for child in token.children} - on_path
    for role, indices in ((NEAR_PATH, near), (SOURCE_SIDE, {token.i for token in route.up}),
                          (TARGET_SIDE, {token.i for token in route.down}), (TOP, {route.top.i})):
        found[np.isin(tokens, list(indices))] = role
    found[list(target)] = OF_TARGET
    found[list(source)] = OF_SOURCE
    return found


def steps(route: Route) -> list[int]:
    """The dependencies on the way up from the source, then from the target, cut or filled to `STEPS` each."""
    sides = []
    for side in (route.up, route.down):
        labels = [DEP_PLACES.get(token.dep_, 0) for token in side][:STEPS]
        sides += labels + [0] * (STEPS - len(labels))
    return sides


def place_features(route: Route, sentence: Span, sources: Sequence[Token], targets: Sequence[Token],
                   actors: int) -> list[float]:
    """Order, distances and counts of a pair, each roughly between 0 and 1."""
    distance = abs(route.source.i - route.target.i)
    top = route.top
    return [float(route.source.i < route.target.i), float(distance == 0), math.log1p(distance) / 4,
            len(route.up) / 5, len(route.down) / 5, float(len(route.up) == 0), float(len(route.down) == 0),
            math.log(actors) / 3, math.log1p(len(sentence)) / 5, float(top.pos_ in ("VERB", "AUX")),
            float(top.pos_ in ("NOUN", "PROPN")), math.log1p(len(sources)) / 2, math.log1p(len(targets)) / 2,
            float(min(one.i for one in sources) < min(one.i for one in targets))]
