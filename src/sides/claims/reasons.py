"""The reasons of a claim: what the text gives as its cause, aim, condition or obstacle.

`found_reasons.py` finds what a document gives as a reason at all, and the word that each hangs on. Here it is asked
which of them are reasons of what a trigger says: those that hang on the trigger, on the verbs and nouns that carry it
in its own clause ("launched an attack", "agreed to meet"), or, since phrases are often attached too low, on its
objects. What hangs on a verb of saying above it is the reason of the saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sides.claims.anchors import VERBAL, downward, opening, path, sharing, upward
from sides.claims.connectives import Connectives
from sides.claims.found_reasons import Finder, is_ahead
from sides.claims.making import Found
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.reason import Reason
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

# What an "until" or "without" is the condition of: what has not come about.
AHEAD = frozenset({Modality.NEGATED, Modality.DEMANDED, Modality.PLANNED, Modality.FORECAST, Modality.CONDITIONAL})
DISPUTES = frozenset({ClaimType.STRAINED, ClaimType.HOSTILE, ClaimType.ACCUSE, ClaimType.THREATEN, ClaimType.PROTEST,
                      ClaimType.SEVERED})


class Reasons:
    """The reasons that a document gives. Built once for a document."""

    def __init__(self, parsed: Parsed) -> None:
        self._doc, self._text = parsed.doc, parsed.document.text
        self._by_governor: dict[int, list[Found]] = {}
        for found in Finder(parsed.doc, Connectives.load()).all():
            for governor in found.governors:
                self._by_governor.setdefault(governor, []).append(found)

    def at(self, trigger: Sequence[Token], places: Sequence[Token], type_: ClaimType,
           modality: Modality = Modality.ASSERTED) -> tuple[Reason, ...]:
        """The reasons of a claim, by offset.

        `trigger`: the words that it was read from; `places`: those that name its actors. Who belongs where has none.
        """
        if type_.meaning.kind is Kind.STRUCTURE:
            return ()
        words = {token.i for token in trigger}
        named = {token.i for token in places if token.sent.start == trigger[0].sent.start}
        kept: dict[tuple[int, int], Found] = {}
        for anchor, is_own, limits in self._anchors(trigger, places):
            for found in self._by_governor.get(anchor.i, ()):
                if (limits is None or found.end <= limits[0] or found.begin > limits[1]) and self._fits(
                        found, words, named, type_, modality, trigger, is_own=is_own):
                    kept.setdefault((found.begin, found.end), found)
        return tuple(self._reason(found) for found in sorted(_outer(kept.values()), key=lambda one: one.begin))

    def _reason(self, found: Found) -> Reason:
        first, last = self._doc[found.begin], self._doc[found.end - 1]
        begin, end = first.idx, last.idx + len(last)
        return Reason(begin_char=begin, end_char=end, kind=found.kind, text=self._text[begin:end])

    def _fits(self, found: Found, words: set[int], named: set[int], type_: ClaimType, modality: Modality,
              trigger: Sequence[Token], *, is_own: bool) -> bool:
        # "Quarrelled over" is a trigger that has the connective in it, but "ruled over" gives no reason.
        span = range(found.begin + (1 if found.types and type_ in DISPUTES else 0), found.end)
        if any(word in span for word in words) or (named and all(place in span for place in named)):
            return False
        if any(self._doc[place].i == found.head or (self._doc[place].head.i == found.head and self._doc[place].dep_ in {
                "amod", "compound"}) for place in named):
            return False  # who made B do it is the actor, not the reason
        if found.types and type_ not in found.types:
            return False
        if (found.is_strict and not is_own) or found.verb in words:
            return False
        if found.of and not any(self._doc[word].lemma_.lower() in found.of for word in words):
            return False
        if found.looks_ahead:
            return modality in AHEAD or type_ is ClaimType.REJECT or any(
                is_ahead(token) or is_ahead(token.head) for token in trigger if token.pos_ in VERBAL)
        return True

    def _anchors(self, trigger: Sequence[Token], places: Sequence[Token]) -> Iterator[tuple[Token, bool, _Limits]]:
        """The words on which a reason of the claim may hang, whether they are its own, and where it then has to stand.

        A reason counts if it ends before the first or begins behind the second limit.
        """
        chain: list[tuple[Token, _Limits]] = []
        for token in trigger:
            if token.dep_ != "prep" or token.i == trigger[0].i:
                for above, joined in upward(token):
                    chain.append((above, None if joined is None else (opening(joined.head), joined.i)))
        own = {token.i for token, _ in chain} | {token.i for token in trigger}
        yield from ((token, True, limits) for token, limits in chain)
        on_path: set[int] = set()
        for place in places:
            if place.sent.start == trigger[0].sent.start:
                on_path |= path(place, own)
        yield from ((self._doc[index], True, None) for index in sorted(on_path))
        for verb, limits in chain:
            if verb.pos_ in VERBAL or verb.i == trigger[0].i:
                yield from ((below, False, limits) for below in downward(verb) if below.i not in own | on_path)
        yield from ((joined, True, (0, joined.i)) for joined in sharing(trigger[0]))


_Limits = tuple[int, int] | None


def _outer(found: Iterable[Found]) -> list[Found]:
    """The reasons, without those that lie inside another."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.begin - one.end, one.begin)):
        if not any(other.begin <= one.begin and one.end <= other.end for other in kept):
            kept.append(one)
    return kept
