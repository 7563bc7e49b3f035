"""Claims that a document makes twice: in its headline, standfirst, summary, a caption or pull quote, and in its story.

The claim of the story is the fuller one; what says it again is kept and tied to it, so that it is counted once. Two
sentences of the story that tell of like things tell of two, unless they are the same words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from sides.claims.frames import Frame, Frames, Stretch, near, plain_words
from sides.documents.lines import WORD
from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.parsing.pipeline import Parsed

# Headlines speak of the news: what the story dates further back than this is something else.
NEWS = timedelta(days=45)
SAME_WORDS = 5  # a sentence as long as this is not said twice by accident
PART_WORDS = 8  # nor this much of a longer one
MOST_COMPARED = 40  # claims of two actors with which one is compared: enough for any article, few for a made-up one
SHARED = 0.6  # share of the words of a quote that must stand in the sentence that it is taken from
AHEAD = frozenset({Modality.PLANNED, Modality.FORECAST})


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with its sentence, the words of it, and the frame that it stands in."""

    claim: Claim
    sentence: int
    words: tuple[str, ...]
    stretch: Stretch | None

    @property
    def frame(self) -> Frame:
        """What it stands in."""
        return self.stretch.frame if self.stretch else Frame.STORY

    def covers(self, quote: Placed) -> bool:
        """Whether its sentence holds most of the other's words of content."""
        said = set(quote.words) - plain_words()
        return bool(said) and len(said & set(self.words)) >= SHARED * len(said)


def restated(claims: Sequence[Claim], parsed: Parsed) -> list[Claim]:
    """The claims in their order, those that say again what a fuller one says tied to it by `restates`."""
    placed = _placed(claims, parsed)
    groups: defaultdict[frozenset[str | None], list[int]] = defaultdict(list)
    for index, one in enumerate(placed):
        if one.claim.kind is not Kind.STRUCTURE:
            groups[_actors(one.claim)].append(index)
    found: dict[int, int] = {}
    for members in groups.values():
        ordered = sorted(members, key=lambda index: (placed[index].frame, -len(placed[index].words), index))
        for rank, index in enumerate(ordered):
            fuller = _fuller(placed[index], [(other, placed[other]) for other in ordered[:min(rank, MOST_COMPARED)]],
                             parsed.document.published)
            if fuller is not None:
                found[index] = found.get(fuller, fuller)
    return [replace(claim, restates=claims[found[index]].id) if index in found else claim
            for index, claim in enumerate(claims)]


class Said(Protocol):
    """What two claims are compared by."""

    @property
    def source(self) -> str: ...  # noqa: D102 - fields of a claim
    @property
    def target(self) -> str: ...  # noqa: D102
    @property
    def third(self) -> str | None: ...  # noqa: D102
    @property
    def type(self) -> ClaimType: ...  # noqa: D102
    @property
    def sign(self) -> int: ...  # noqa: D102
    @property
    def modality(self) -> Modality: ...  # noqa: D102


def agree(claim: Said, fuller: Said) -> bool:
    """Whether two claims say the same of the same actors, as they are now: a person may have corrected one of them.

    Types may differ as far as a headline may put one for the other (`frames.toml`), reciprocal ones run both ways.
    """
    forth = (claim.source, claim.target) == (fuller.source, fuller.target)
    is_mutual = claim.type.meaning.is_reciprocal or fuller.type.meaning.is_reciprocal
    back = is_mutual and (claim.source, claim.target) == (fuller.target, fuller.source)
    if claim.type is fuller.type is ClaimType.MEDIATE:
        forth, back = claim.source == fuller.source and _actors(claim) == _actors(fuller), False
    return ((forth or back) and claim.sign == fuller.sign
            and (claim.type is fuller.type or (claim.type, fuller.type) in near())
            and (claim.modality is fuller.modality or {claim.modality, fuller.modality} <= AHEAD))


def _actors(claim: Said) -> frozenset[str | None]:
    """The actors by which like claims are found."""
    return frozenset((claim.source, claim.target, claim.third if claim.type is ClaimType.MEDIATE else None))


def _placed(claims: Sequence[Claim], parsed: Parsed) -> list[Placed]:
    """The claims with their sentences and frames."""
    frames = Frames(parsed.document)
    begins = [sentence.start_char for sentence in parsed.doc.sents]
    ends = [sentence.end_char for sentence in parsed.doc.sents]
    words: dict[int, tuple[str, ...]] = {}
    placed = []
    for claim in claims:
        index = max(0, bisect_right(begins, claim.begin_char) - 1)
        if index not in words:
            words[index] = tuple(word.casefold() for word in
                                 WORD.findall(parsed.document.text[begins[index]:ends[index]]))
        placed.append(Placed(claim, index, words[index], frames.at(claim.begin_char)))
    return placed


def _fuller(one: Placed, others: Iterable[tuple[int, Placed]], published: PartialDate) -> int | None:
    """Which of others it says again: rather what the story says, of the same type, in like words, first."""
    said = set(one.words) - plain_words()
    ranked = [(other.frame, other.claim.type is not one.claim.type, -len(said & set(other.words)),
               other.claim.begin_char, index)
              for index, other in others if _says_again(one, other, published)]
    return min(ranked)[-1] if ranked else None


def _says_again(one: Placed, other: Placed, published: PartialDate) -> bool:
    claim, fuller = one.claim, other.claim
    if one.sentence == other.sentence:
        return False
    if not agree(claim, fuller) or not _is_of_one_time(claim, fuller, published):
        return False
    is_quoted = other.covers(one)
    if claim.speaker != fuller.speaker and not (claim.speaker == AUTHOR and is_quoted):
        return False
    is_same_type = claim.type is fuller.type
    if one.frame is other.frame:
        return is_same_type and _is_within(one.words, other.words)
    if one.frame is Frame.QUOTE:
        return is_same_type and is_quoted
    if one.frame is Frame.CROSSHEAD:
        assert one.stretch is not None and one.stretch.until_char is not None
        return one.stretch.end_char <= fuller.begin_char < one.stretch.until_char
    return is_same_type or one.frame is not Frame.CAPTION


def _is_within(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a sentence says the very words of another one, or of a part of it."""
    if words == others:
        return len(words) >= SAME_WORDS
    return len(words) >= PART_WORDS and f" {' '.join(words)} " in f" {' '.join(others)} "


def _is_of_one_time(claim: Claim, fuller: Claim, published: PartialDate) -> bool:
    """Whether two claims may be about one time. What has no date is about the days before the document's date."""
    begins, ends = zip(*(_days(one, published) for one in (claim, fuller)), strict=True)
    slack = timedelta() if claim.dated_from == fuller.dated_from == "text" else NEWS
    return bool(max(begins).toordinal() - min(ends).toordinal() <= slack.days)


def _days(claim: Claim, published: PartialDate) -> tuple[date, date]:
    """The days that a claim may be about: an open tie lasts to the document's date."""
    if claim.dated_from != "text" or (claim.start is None and claim.end is None):
        return published.first, published.last
    start, end = claim.start or claim.end, claim.end or claim.start
    assert start is not None and end is not None
    is_open = claim.end is None and claim.kind is Kind.TIE
    return start.first, max(end.last, published.last) if is_open else end.last
