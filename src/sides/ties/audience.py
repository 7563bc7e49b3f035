"""Third parties that react to a turn of two others' tie (docs/outlook.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sides.model.actor import Mention
from sides.model.claim_type import ClaimType, Modality
from sides.ties.atlas import Atlas
from sides.ties.drivers import bearing, reasons_of
from sides.ties.evidence import Evidence
from sides.ties.history import Turn
from sides.ties.windows import months_later, tells_of, windows


class Grounds(StrEnum):
    """Why a claim is taken for a reaction, the firmest first."""

    THIRD = "third"  # its third is the other of the two
    REASON = "reason"  # a reason of it names the other
    SENTENCE = "sentence"  # its sentence names the other
    TIME = "time"  # it is of a kind that reacts, and falls in the time


GROUNDS = tuple(Grounds)
Mentions = Callable[[str], list[Mention]]  # those of a document


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a third party does toward one of two sides in answer to their turn."""

    actor: str  # the third party's side
    toward: str  # one of the two
    sign: int  # 1 for it, -1 against it, 0 neither; a denial counts for the contrary
    grounds: Grounds
    evidence: Evidence


def audience(atlas: Atlas, left: str, right: str, turn: Turn) -> list[Reaction]:
    """Who reacts to a turn of the tie of two sides, what surely speaks of it first.

    A reaction is asserted or denied of a third side toward one of the two, from the turn's first month until some
    months after its last. What only falls in the time is taken for one if it is of a kind that reacts.
    """
    found = [one for one in _toward(atlas, left, right, turn) if one is not None]
    return sorted(found, key=lambda one: (GROUNDS.index(one.grounds), one.evidence.date, one.actor, one.toward,
                                          one.evidence.claim.id))


def _toward(atlas: Atlas, left: str, right: str, turn: Turn) -> Iterator[Reaction | None]:
    mentions = cache(atlas.view.snapshot.mentions)
    last = months_later(turn.last.last, windows().audience)
    for dyad, about in atlas.dyads.items():
        if len({left, right} & {*dyad}) == 1:
            toward, other = (left, right) if left in dyad else (right, left)
            actor = dyad[0] if dyad[1] == toward else dyad[1]
            for one in about.evidence:
                if one.claim.modality in (Modality.ASSERTED, Modality.NEGATED) and tells_of(
                        one, turn.first.first, last):
                    yield _reaction(atlas, mentions, one, actor, toward, other)


def _reaction(atlas: Atlas, mentions: Mentions, one: Evidence, actor: str, toward: str, other: str) -> Reaction | None:
    claim, at = one.claim, atlas.view.date_of(one.claim)
    if atlas.side(claim.source, at) != actor or claim.type is ClaimType.MEDIATE:
        return None
    if claim.third and atlas.side(claim.third, at) == other:
        grounds = Grounds.THIRD
    elif _names(atlas, mentions, one, other, [(reason.begin_char, reason.end_char) for reason in reasons_of(one)]):
        grounds = Grounds.REASON
    elif _names(atlas, mentions, one, other, [_sentence(one)]):
        grounds = Grounds.SENTENCE
    elif claim.type in windows().reacts:
        grounds = Grounds.TIME
    else:
        return None
    return Reaction(actor, toward, bearing(claim), grounds, one)


def _sentence(one: Evidence) -> tuple[int, int]:
    before, _, after = one.sentence
    return one.claim.begin_char - len(before), one.claim.end_char + len(after)


def _names(atlas: Atlas, mentions: Mentions, one: Evidence, side: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of some stretches of a claim's document names a side, or somebody who acts for it."""
    stretches = list(spans)
    if not stretches:
        return False
    at = atlas.view.date_of(one.claim)
    return any(atlas.side(mention.actor, at) == side
               for mention in mentions(one.claim.document)
               if any(begin <= mention.begin_char and mention.end_char <= end for begin, end in stretches))
