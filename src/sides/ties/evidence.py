"""A claim as evidence: with the document that it stands in, who printed it, and what repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sides.claims.restatements import agree
from sides.ledger.event_blocks import FORMAT as EVENTS_FORMAT
from sides.ledger.values import StoredDocument
from sides.model.claim import AUTHOR, Claim
from sides.model.dates import PartialDate
from sides.ties.rollup import Counted, date_of

# How far to look for where a sentence begins and ends; longer ones are shown cut.
SENTENCE_REACH = 400
SENTENCE_START = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n+")
SENTENCE_END = re.compile(r"[^\n]*?[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z]|\s*\n|\s*$)|[^\n]*")
ENDS = re.compile(r"[.!?][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim about a dyad, its document, and the outlets of the one report that it belongs to.

    Near-duplicate documents (wire copy) are one report: what they all say is one piece of evidence with several
    outlets.
    """

    claim: Claim
    document: StoredDocument
    report: str  # id of the report: the smallest document id among its near-duplicates
    outlets: tuple[str, ...]
    speaker_name: str  # as a reader would want to see it
    counted: tuple[Counted, ...] = ()  # which of its actors are counted for one of the two, and why
    restatements: tuple[Claim, ...] = ()  # of the same document: what its headline or a caption says of it again

    @property
    def quote(self) -> str:
        """The words that it rests on, character for character as they stand in the document."""
        return self.claim.quote

    @property
    def sentence(self) -> tuple[str, str, str]:
        """The sentence that the quote stands in, as what comes before it, the quote, and what comes after it.

        Told from the text's punctuation and line breaks; for reading, not for offsets.
        """
        return sentence_around(self.document.text, self.claim.begin_char, self.claim.end_char)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Of a record of a table: its fields that are not empty, each with the name of its column; else none."""
        if self.document.format != EVENTS_FORMAT:
            return ()
        names, values = self.document.text.partition("\n")[0].split("\t"), self.quote.split("\t")
        return tuple((name, value) for name, value in zip(names, values, strict=False) if value.strip())

    @property
    def date(self) -> PartialDate:
        """When it happened or held; the document's own date where the text gives none."""
        return date_of(self.claim, self.document.published)

    @property
    def is_undated(self) -> bool:
        """Whether the text itself gives no date, so that the document's stands in."""
        return self.claim.dated_from != "text"


def sentence_around(text: str, begin: int, end: int) -> tuple[str, str, str]:
    """The sentence that holds the characters from `begin` up to `end`: what comes before them, they, what comes after.

    >>> sentence_around("All is well. The Front, a militia, grew. So it is.", 17, 22)
    ('The ', 'Front', ', a militia, grew.')
    """
    before = SENTENCE_START.split(text[max(0, begin - SENTENCE_REACH):begin + 1])[-1][:-1]
    after = SENTENCE_END.match(text[end:end + SENTENCE_REACH])
    return before, text[begin:end], "" if not after or ENDS.search(text[begin:end]) else after.group()


def told_once(claims: Iterable[Claim]) -> tuple[list[Claim], dict[str, tuple[Claim, ...]]]:
    """The claims without those that say again what another one here says, and by its id what says it again.

    A claim whose fuller one is not here, or by now says something else, counts for itself: a person may have rejected
    or corrected either.
    """
    listed = list(claims)
    fuller = {claim.id: claim for claim in listed}
    again: dict[str, list[Claim]] = {}
    once = []
    for claim in listed:
        one = fuller.get(claim.restates or "")
        if one is not None and one.restates is None and one.document == claim.document and agree(claim, one):
            again.setdefault(one.id, []).append(claim)
        else:
            once.append(claim)
    return once, {identifier: tuple(sorted(found, key=lambda claim: (claim.begin_char, claim.id)))
                  for identifier, found in again.items()}


def evidence_of(claim: Claim, document: StoredDocument, reports: Mapping[str, str],
                actor_names: Mapping[str, str]) -> Evidence:
    """One claim as evidence, by itself."""
    speaker = (document.author or "the author") if claim.speaker == AUTHOR else actor_names.get(claim.speaker,
                                                                                                claim.speaker)
    return Evidence(claim, document, reports.get(claim.document, claim.document),
                    document.outlets or ("unnamed outlet",), speaker)


def gather(claims: Iterable[Claim], documents: Mapping[str, StoredDocument], reports: Mapping[str, str],
           actor_names: Mapping[str, str], counted: Mapping[str, tuple[Counted, ...]] | None = None) -> list[Evidence]:
    """Evidence from claims, what a document says again and echoes within a report folded into one.

    `counted`: for the id of a claim, which of its actors are counted for an organization.

    Two claims are echoes if they stand in copies of one report and say the same of the same actors in the same words.
    The earliest published copy is kept, with the outlets of all. Sorted by date, then place of publication.
    """
    once, again = told_once(claims)
    kept: dict[tuple[str, ...], Evidence] = {}
    for claim in sorted(once, key=lambda one: (documents[one.document].published, one.document, one.begin_char,
                                                 one.id)):
        document = documents[claim.document]
        report = reports.get(claim.document, claim.document)
        key = (report, claim.source, claim.target, claim.third or "", claim.type, claim.modality,
               " ".join(claim.quote.lower().split()))
        one = evidence_of(claim, document, reports, actor_names)
        if key in kept:
            first = kept[key]
            kept[key] = replace(first, outlets=tuple(sorted({*first.outlets, *one.outlets})))
        else:
            kept[key] = replace(one, counted=(counted or {}).get(claim.id, ()), restatements=again.get(claim.id, ()))
    return sorted(kept.values(), key=lambda one: (one.date, one.document.published, one.claim.document,
                                                  one.claim.begin_char, one.claim.id))
