"""The reader that asks a language model: what it wants to know of a document, and what it makes of the answers.

It stands beside the grammar and the encoder, which read the same text first. It adds what the model finds and they do
not say; it leaves what they say as it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from sides.actors.resolution import Resolution
from sides.claims.grammar.circumstances import Circumstances
from sides.claims.learned.reader import LearnedReader
from sides.claims.llm.endpoint import Endpoint
from sides.claims.llm.passages import Gated, Passage, gated
from sides.claims.llm.schema import FIELDS, Malformed, rows, said
from sides.claims.llm.tally import Tally
from sides.claims.llm.verify import Verifier
from sides.claims.merger import merged, same
from sides.claims.restatements import agree, restated
from sides.model.claim import Claim
from sides.model.claim_type import Kind
from sides.parsing.pipeline import Parsed

NAME = "llm"
# Set, not measured: no model that the project could run reads well enough to measure what one is worth. An even bet, a
# little more where several samples agree; below what the default readers give to most of their claims.
SINGLE, VOTED = 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Read:
    """The claims that a model adds to a document, and what became of all that it said."""

    claims: tuple[Claim, ...]
    tally: Tally


class ModelReader:
    """Reads with a language model beside the default readers."""

    name = NAME

    def __init__(self, beside: LearnedReader, endpoint: Endpoint) -> None:
        self._beside, self._endpoint = beside, endpoint
        self.version = endpoint.says

    def gate(self, parsed: Parsed, resolution: Resolution) -> Gated:
        """What of a document is sent."""
        _, incomplete = self._beside.grammar.study(parsed, resolution)
        return gated(parsed, resolution, incomplete)

    def read(self, parsed: Parsed, resolution: Resolution, answers: Sequence[Sequence[str]]) -> Read:
        """The claims that the answers to each passage of `gate` add, sorted by offset. Of each passage, each sample."""
        passages = self.gate(parsed, resolution).passages
        if len(answers) != len(passages):
            raise ValueError(f"{len(answers)} answers to {len(passages)} passages of {parsed.document.name!r}")
        own = self._beside.read(parsed, resolution)
        considered = [claim for claim, _ in self._beside.considered(parsed, resolution)]
        around = Circumstances.of(parsed, resolution, self._beside.grammar.lexicon)
        verifier = Verifier(self._beside.grammar, parsed, resolution, considered, around)
        tally, found = Tally(), list[Claim]()
        for passage, samples in zip(passages, answers, strict=True):
            found += self._agreed(samples, passage, verifier, tally)
        new = [claim for claim in found if not any(tells_already(claim, other) for other in own)]
        tally.known += len(found) - len(new)
        added = merged(new)
        tally.repeated += len(new) - len(added)
        tally.accepted += len(added)
        return Read(tuple(tied(added, own, parsed)), tally)

    def _agreed(self, samples: Sequence[str], passage: Passage, verifier: Verifier, tally: Tally) -> list[Claim]:
        """The claims about a passage that stand all checks and come in more than half of the samples."""
        votes: Counter[tuple[Any, ...]] = Counter()
        first: dict[tuple[Any, ...], Claim] = {}
        for text in samples:
            here: dict[tuple[Any, ...], Claim] = {}
            for sentence, claim in self._verified(text, passage, verifier, tally):
                tally.repeated += vote_of(sentence, claim) in here
                here.setdefault(vote_of(sentence, claim), claim)
            votes.update(here.keys())
            tally.repeated += sum(vote in first for vote in here)
            first = {**here, **first}
        agreed = [vote for vote in first if 2 * votes[vote] > len(samples)]
        lacking = len(first) - len(agreed)
        if lacking:
            tally.rejected["votes"] += lacking
        confidence = SINGLE if len(samples) == 1 else VOTED
        return [replace(first[vote], confidence=confidence, reader=self.name, reader_version=self.version)
                for vote in agreed]

    def _verified(self, text: str, passage: Passage, verifier: Verifier, tally: Tally) -> list[tuple[int, Claim]]:
        """The claims of one answer that stand all checks, with the numbers of their sentences."""
        try:
            found, is_whole = rows(text)
        except Malformed:
            tally.rejected["answer"] += 1
            return []
        if not is_whole:
            tally.rejected["cut"] += 1
        claims: list[tuple[int, Claim]] = []
        for row in found:
            tally.proposed += 1
            tally.extra_fields += isinstance(row, dict) and not row.keys() <= set(FIELDS)
            one = said(row)
            if isinstance(one, str):
                tally.rejected[one] += 1
                continue
            result = verifier.claim(one, passage)
            if isinstance(result, str):
                tally.rejected[result] += 1
            else:
                claims.append((one.sentence, result))
        return claims


def vote_of(sentence: int, claim: Claim) -> tuple[Any, ...]:
    """What two samples must agree in: where, whom, what, and how it is put."""
    two = sorted((claim.source, claim.target)) if claim.type.meaning.is_reciprocal else [claim.source, claim.target]
    return sentence, claim.trigger, claim.type, *two, claim.third, claim.modality, claim.speaker


def tells_already(claim: Claim, other: Claim) -> bool:
    """Whether a claim of another reader says what a model's claim says, in the same place.

    Where the two differ only in how it is put, the other reader's word stands.
    """
    if claim.kind is Kind.STRUCTURE or other.kind is Kind.STRUCTURE:
        return same(claim, other)
    put_alike = replace(claim, modality=other.modality)
    return (claim.begin_char < other.end_char and other.begin_char < claim.end_char
            and (same(put_alike, other) or agree(put_alike, other)))


def tied(added: Sequence[Claim], own: Sequence[Claim], parsed: Parsed) -> list[Claim]:
    """The added claims, those that say again what another claim of the document says tied to it.

    Where it is the other readers' claim that would say again the added one, the added one is tied to it all the same:
    what other readers say is left as it is, and nothing is to count twice.
    """
    together = sorted([*own, *added], key=lambda claim: (claim.begin_char, claim.end_char, claim.id))
    ids = {claim.id for claim in added}
    found = {claim.id: claim.restates for claim in restated([replace(one, restates=None) for one in together], parsed)}
    back = {fuller: other for other, fuller in sorted(found.items()) if other not in ids and fuller in ids}
    return [replace(claim, restates=found[claim.id] or back.get(claim.id)) for claim in added]


def reading_version(beside: str, endpoint: Endpoint) -> str:
    """The version of a model's reading: the model, and a digest of all else that it depends on.

    `beside`: the version of the default readers, with all code and data of reading.
    """
    digest = hashlib.sha256(f"{beside} {endpoint.says} {endpoint.samples} {endpoint.most_answer_tokens}".encode())
    for file in sorted((files("sides") / "data" / "llm").iterdir(), key=lambda one: one.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{endpoint.model} {digest.hexdigest()[:12]}"
