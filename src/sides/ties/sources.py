"""How voices compare: how much each says, who told of a change first, what repeats what, what stands against the rest.

Voices are told apart as in `disagreements`. A voice tells of a turn by its first asserted claim of the turn's direction
about the time from the turn until the next one: on the day on which the document was published, or the copy that the
outlet printed. Copies of one report are one voice to the model of ties, but each outlet tells of what it prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sides.ledger.values import StoredDocument
from sides.model.claim import Claim
from sides.model.claim_type import Kind, Modality
from sides.model.dates import PartialDate
from sides.model.errors import LensError
from sides.ties.atlas import Atlas
from sides.ties.disagreements import BY, Opponent
from sides.ties.evidence import Evidence
from sides.ties.history import Turn
from sides.ties.lens import UNNAMED
from sides.ties.strength import says_something
from sides.ties.tie import Tie

Said = tuple[Claim, StoredDocument]


@dataclass(frozen=True, slots=True)
class Heard:
    """How much a voice says: of claims that speak of a state, each counted as often as it is told."""

    name: str
    claims: int
    documents: int
    pairs: int  # of actors that it speaks of
    first: PartialDate  # published
    last: PartialDate


@dataclass(frozen=True, slots=True)
class Telling:
    """A voice's first word of a turn."""

    voice: str
    published: PartialDate
    evidence: Evidence
    lag_days: int  # after the first of all; of a partial date its first day counts


@dataclass(frozen=True, slots=True)
class Lead:
    """A turn, and the voices that told of it, the first one first."""

    left: str
    right: str
    turn: Turn
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon a voice tells of turns: of how many, first among several, alone, and how late where it is not first."""

    name: str
    turns: int
    first: int
    alone: int
    median_lag_days: float | None


@dataclass(frozen=True, slots=True)
class Echo:
    """Documents that are copies of one report, the first published first, and how many claims stand in the first."""

    report: str
    documents: tuple[StoredDocument, ...]
    claims: int

    @property
    def printed(self) -> tuple[tuple[PartialDate, str, StoredDocument], ...]:
        """Each copy by its publication: the date, the outlet, the document that holds it."""
        found = {(copy.published, copy.outlet or UNNAMED, document.id): document for document in self.documents
                 for copy in document.sightings or (document,)}
        return tuple((published, outlet, found[published, outlet, identifier]) for published, outlet, identifier in
                     sorted(found, key=lambda one: (one[0].first, one[1], one[2])))


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a voice's claims stand against all the rest that is said of their dyads."""

    name: str
    claims: int
    against: int
    examples: tuple[Evidence, ...]  # most against the rest first


class Sources:
    """The voices of one kind in an atlas. Raises `LensError` for a kind that there is not."""

    def __init__(self, atlas: Atlas, by: str) -> None:
        if by not in BY:
            raise LensError(f"{by!r} is nothing that voices are told apart by. Take one of: {', '.join(BY)}.")
        self.atlas, self.by = atlas, by
        view = atlas.view
        found = [claim for claim in view.snapshot.claims(known=atlas.day, outlets=atlas.lens.outlets,
                                                         speakers=atlas.lens.speakers)
                 if claim.kind is not Kind.STRUCTURE and says_something(claim)]
        kept = view.accepted(found, known=atlas.day, lens=atlas.lens)
        self.documents = view.documents(kept)
        self.said: list[Said] = [(claim, self.documents[claim.document]) for claim in kept]

    def tellings(self, claim: Claim, document: StoredDocument) -> Iterator[tuple[str, PartialDate]]:
        """The voices whose word a claim is, each with when it was published."""
        chosen = getattr(self.atlas.lens, f"{self.by}s")
        for name, published in self._tellings(claim, document):
            if chosen is None or name in chosen:
                yield name, published

    def heard(self) -> list[Heard]:
        """How much each voice says, most first."""
        rows: dict[str, list[tuple[Claim, str, PartialDate]]] = defaultdict(list)
        for claim, document in self.said:
            for name, published in self.tellings(claim, document):
                rows[name].append((claim, document.id, published))
        found = [Heard(name, len({claim.id for claim, _, _ in own}), len({document for _, document, _ in own}),
                       len({frozenset((claim.source, claim.target)) for claim, _, _ in own}),
                       min((date for _, _, date in own), key=lambda one: one.first),
                       max((date for _, _, date in own), key=lambda one: one.last)) for name, own in rows.items()]
        return sorted(found, key=lambda one: (-one.claims, one.name))

    def leads(self) -> list[Lead]:
        """The turns of all ties, and who told of each when: by date."""
        copies: dict[tuple[str, ...], list[Said]] = defaultdict(list)
        for claim, document in self.said:
            copies[self._key(claim)].append((claim, document))
        found = []
        for tie in self.atlas.ties():
            assert tie.history is not None  # else it would be no tie of the atlas
            turns = tie.history.turns()
            for turn, following in zip(turns, [*turns[1:], None], strict=False):
                tellings = self._told(tie, turn, following, copies)
                if tellings:
                    found.append(Lead(tie.left, tie.right, turn, tellings))
        return sorted(found, key=lambda one: (one.turn.month, one.left, one.right))

    def echoes(self) -> list[Echo]:
        """The reports that are told in several copies, the most copies first."""
        claims: dict[str, int] = defaultdict(int)
        for claim, _ in self.said:
            claims[claim.document] += 1
        reports: dict[str, list[StoredDocument]] = defaultdict(list)
        for identifier, document in self.documents.items():
            reports[self.atlas.view.reports.get(identifier, identifier)].append(document)
        found = []
        for report, some in reports.items():
            some.sort(key=lambda one: (one.published.first, one.id))
            echo = Echo(report, tuple(some), claims[some[0].id])
            if len(echo.printed) > 1:
                found.append(echo)
        return sorted(found, key=lambda one: (-len(one.printed), one.documents[0].published, one.report))

    def standings(self, opponents: Sequence[Opponent]) -> list[Standing]:
        """The voices some of whose claims stand against the rest, as `Disagreements.claims` tells, most first."""
        total: dict[str, set[str]] = defaultdict(set)
        for claim, document in self.said:
            for name, _ in self.tellings(claim, document):
                total[name].add(claim.id)
        against: dict[str, dict[str, Evidence]] = defaultdict(dict)
        for one in opponents:
            evidence = one.support.evidence
            for name, _ in self.tellings(evidence.claim, evidence.document):
                against[name].setdefault(evidence.claim.id, evidence)
        found = [Standing(name, len(total[name] | own.keys()), len(own), tuple(own.values()))
                 for name, own in against.items()]
        return sorted(found, key=lambda one: (-one.against, one.name))

    def _tellings(self, claim: Claim, document: StoredDocument) -> Iterable[tuple[str, PartialDate]]:
        if self.by == "outlet":
            printed: dict[str, PartialDate] = {}
            for copy in document.sightings or (document,):
                name = copy.outlet or UNNAMED
                if name not in printed or copy.published.first < printed[name].first:
                    printed[name] = copy.published
            return printed.items()
        if self.by == "speaker":
            name = claim.speaker
        elif self.by == "side":
            name = self.atlas.view.speaks_for(claim, self.atlas.day)
        else:
            name = getattr(document, self.by) or UNNAMED
        return ((name, document.published),)

    def _key(self, claim: Claim) -> tuple[str, ...]:
        """The same for what copies of a report say in the same words, as in `evidence.gather`."""
        return (self.atlas.view.reports.get(claim.document, claim.document), claim.source, claim.target,
                claim.third or "", claim.type, claim.modality, " ".join(claim.quote.lower().split()))

    def _told(self, tie: Tie, turn: Turn, following: Turn | None,
              copies: Mapping[tuple[str, ...], list[Said]]) -> tuple[Telling, ...]:
        first: dict[str, tuple[PartialDate, Evidence]] = {}
        for one in tie.evidence:
            claim = one.claim
            is_of_then = one.date.last >= turn.first.first and (following is None
                                                                or one.date.first < following.first.first)
            if claim.modality is not Modality.ASSERTED or claim.sign != (1 if turn.is_up else -1) or not is_of_then:
                continue
            for copy, document in copies.get(self._key(claim), [(claim, one.document)]):
                for name, published in self.tellings(copy, document):
                    if name not in first or published.first < first[name][0].first:
                        first[name] = published, one
        ranked = sorted(first, key=lambda name: (first[name][0].first, name))
        if not ranked:
            return ()
        begun = first[ranked[0]][0].first
        return tuple(Telling(name, *first[name], (first[name][0].first - begun).days) for name in ranked)


def paces(leads: Iterable[Lead]) -> list[Pace]:
    """How soon each voice tells of turns, those who were first most often first; who shares the first day is first."""
    lags: dict[str, list[int]] = defaultdict(list)
    first: dict[str, int] = defaultdict(int)
    alone: dict[str, int] = defaultdict(int)
    for lead in leads:
        for telling in lead.tellings:
            lags[telling.voice].append(telling.lag_days)
            if len(lead.tellings) == 1:
                alone[telling.voice] += 1
            elif telling.lag_days == 0:
                first[telling.voice] += 1
    found = [Pace(name, len(own), first[name], alone[name], median(late) if (late := [one for one in own if one]) else
                  None) for name, own in lags.items()]
    return sorted(found, key=lambda one: (-one.first, -one.turns, one.name))
