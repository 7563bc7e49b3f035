"""A snapshot with what ties need beside its tables: names, reports, and who acts for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

from sides.actors.names import fold
from sides.actors.overlays import OverlayFile
from sides.actors.registry import Registry
from sides.documents.reports import reports_of
from sides.ledger.document_columns import signatures
from sides.ledger.snapshot import Snapshot
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind
from sides.model.dates import PartialDate
from sides.model.incomplete import Incomplete
from sides.ties.evidence import Evidence, evidence_of, gather, sentence_around, told_once
from sides.ties.lens import OPEN, Lens
from sides.ties.organization import Organization
from sides.ties.profile import Introduction
from sides.ties.rollup import Counted, date_of, joining, path

# Of so many pairs that were asked about last the evidence is kept: what is ahead of a tie is judged by it once more.
TWO_KEPT = 4
MENTIONING = """
    SELECT actor, count(DISTINCT document) FROM (
        SELECT actor, document FROM mentions
        UNION ALL SELECT unnest([source, target]), document FROM claims WHERE reader = 'events')
    GROUP BY actor"""
STRUCTURE = [kind for kind in ClaimType if kind.meaning.kind is Kind.STRUCTURE]


class View:
    """One version of a ledger, read-only. What is derived is computed when first asked for, and kept.

    `exact` leaves persons and parts to stand for themselves; otherwise each counts for the organization that it acted
    for at the date of the claim. `known` leaves out documents published later, also from who acted for whom.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._organizations: dict[date | None, Organization] = {}
        self._horizons: dict[date | None, PartialDate | None] = {}
        self._about_two = lru_cache(maxsize=TWO_KEPT)(self._about_two_now)

    def documents(self, claims: Iterable[Claim] | Iterable[Incomplete]) -> dict[str, StoredDocument]:
        """The documents that the claims stand in, by id."""
        return {document.id: document for document in self.snapshot.documents({claim.document for claim in claims})}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """All actors by id."""
        return {actor.id: actor for actor in self.snapshot.actors()}

    @cached_property
    def written(self) -> dict[str, tuple[str, ...]]:
        """By folded name, the actors that documents call so: surnames and short forms too."""
        rows = self.snapshot.sql("SELECT DISTINCT actor, text FROM mentions WHERE form = 'name'").fetchall()
        found: dict[str, set[str]] = {}
        for actor, text in rows:
            found.setdefault(fold(str(text)), set()).add(str(actor))
        return {name: tuple(sorted(actors)) for name, actors in found.items()}

    @cached_property
    def documents_mentioning(self) -> dict[str, int]:
        """For each actor, how many documents mention it, or have an event that it takes part in."""
        rows = self.snapshot.sql(MENTIONING).fetchall()
        return {str(actor): int(count) for actor, count in rows}

    @property
    def published(self) -> dict[str, PartialDate]:
        """When each document was published, by id."""
        return self.snapshot.published

    @cached_property
    def reports(self) -> dict[str, str]:
        """For each document, the report that it is a copy of."""
        return {identifier: identifier for identifier in self.published} | reports_of(*signatures(self.snapshot))

    @cached_property
    def registry(self) -> Registry:
        """The registry with the files that the ledger keeps, for posts and relations with their dates."""
        return _registry(self.snapshot.registry_files())

    def actor(self, identifier: str) -> Actor | None:
        """The actor of an id, as the ledger has it, else as the registry does."""
        return self.actors.get(identifier) or self.registry.get(identifier)

    def stands_for_others(self, identifier: str) -> bool:
        """Whether somebody whom the documents mention acted for it at some time."""
        return not self.actors.keys().isdisjoint(self.organization().ever(identifier))

    def organization(self, known: date | None = None) -> Organization:
        """Who belongs to whom at any date, by the registry and by what documents had said by `known`."""
        if known not in self._organizations:
            structure = self.snapshot.claims(types=STRUCTURE, known=known)
            self._organizations[known] = Organization.of(self.actors, structure, self.published, self.registry)
        return self._organizations[known]

    def date_of(self, claim: Claim) -> PartialDate:
        """The date at which the actors of a claim act."""
        return date_of(claim, self.published[claim.document])

    def between(self, left: str, right: str, *, known: date | None = None, lens: Lens = OPEN,
                exact: bool = False) -> list[Evidence]:
        """Evidence of how one of two sides acts or stands toward the other; a mediator also acts toward each party."""
        return self._between(self._of_both(left, right, known, lens, exact), left, right, known, lens, exact)

    def mediation(self, left: str, right: str, *, known: date | None = None, lens: Lens = OPEN,
                  exact: bool = False) -> list[Evidence]:
        """Evidence that a third actor brokers between two sides; nobody brokers with itself."""
        return self._mediation(self._of_both(left, right, known, lens, exact), left, right, known, lens, exact)

    def about_two(self, left: str, right: str, *, known: date | None = None, lens: Lens = OPEN,
                  exact: bool = False) -> tuple[list[Evidence], list[Evidence]]:
        """What `between` and `mediation` give, from claims that are looked for once."""
        between, mediation = self._about_two(left, right, known, lens, exact)
        return list(between), list(mediation)

    def _about_two_now(self, left: str, right: str, known: date | None, lens: Lens,
                       exact: bool) -> tuple[list[Evidence], list[Evidence]]:
        found = self._of_both(left, right, known, lens, exact)
        return (self._between(found, left, right, known, lens, exact),
                self._mediation(found, left, right, known, lens, exact))

    def _of_both(self, left: str, right: str, known: date | None, lens: Lens, exact: bool) -> list[Claim]:
        """The claims in which somebody who may count for the one takes part, and somebody who may for the other."""
        return self.snapshot.claims(both=(self.ever([left], known=known, exact=exact),
                                          self.ever([right], known=known, exact=exact)),
                                    known=known, outlets=lens.outlets, speakers=lens.speakers)

    def _between(self, found: Sequence[Claim], left: str, right: str, known: date | None, lens: Lens,
                 exact: bool) -> list[Evidence]:
        ways = [(claim, claim.source, target) for claim in found if claim.kind is not Kind.STRUCTURE
                for target in targets(claim)]
        return self._joining(ways, left, right, known, exact, lens)

    def _mediation(self, found: Sequence[Claim], left: str, right: str, known: date | None, lens: Lens,
                   exact: bool) -> list[Evidence]:
        organization = None if exact else self.organization(known)
        between = [claim for claim in found if claim.type is ClaimType.MEDIATE and claim.third and all(
            path(claim.source, side, self.date_of(claim), organization) is None for side in (left, right))]
        return self._joining([(claim, claim.target, claim.third) for claim in between], left, right, known, exact, lens)

    def speaks_for(self, claim: Claim, known: date | None = None) -> str:
        """The side that a claim's speaker is on at its date; the speaker as it is told, where it is no actor."""
        return self.organization(known).principal(claim.speaker, self.date_of(claim))

    def ever(self, sides: Collection[str], *, known: date | None = None, exact: bool = False) -> list[str]:
        """All actors that may count for one of some sides at some time, sorted."""
        if exact:
            return sorted(sides)
        return sorted({actor for side in sides for actor in self.organization(known).ever(side)})

    def in_which(self, claims: Iterable[Claim], sides: Collection[str], *, known: date | None = None,
                 exact: bool = False) -> Iterator[Claim]:
        """Those claims in which each of the sides takes part, itself or by someone who acted for it then."""
        organization = None if exact else self.organization(known)
        for claim in claims:
            present = {actor for actor in (claim.source, claim.target, claim.third) if actor}
            at = self.date_of(claim)
            if all(any(path(actor, side, at, organization) is not None for actor in present) for side in sides):
                yield claim

    def about(self, actor: str, *, known: date | None = None, exact: bool = False) -> list[Claim]:
        """Claims in which an actor takes part, itself or by someone who acted for it then."""
        found = self.snapshot.claims(actors=self.ever([actor], known=known, exact=exact), known=known)
        return list(self.in_which(found, [actor], known=known, exact=exact))

    def counterparts(self, actor: str, known: date | None = None, exact: bool = False) -> list[str]:
        """The actors that claims tie it to, each rolled up to the side that it was on then, most claims first."""
        organization = None if exact else self.organization(known)
        counts: dict[str, int] = {}
        for claim in told_once(self.about(actor, known=known, exact=exact))[0]:
            if claim.kind is Kind.STRUCTURE or claim.type is ClaimType.MEDIATE:
                continue
            at = self.date_of(claim)
            apart = [one for one in (claim.source, claim.target) if path(one, actor, at, organization) is None]
            if len(apart) == 1:
                other = organization.principal(apart[0], at) if organization else apart[0]
                if other != actor:
                    counts[other] = counts.get(other, 0) + 1
        return sorted(counts, key=lambda other: (-counts[other], other))

    def introduction(self, actor: str) -> Introduction | None:
        """The sentence that says what an actor is: the first one that describes it, else the first that names it."""
        rows = self.snapshot.sql("SELECT actor, document, begin_char, end_char, how FROM mentions "
                                 "WHERE form = 'name' OR how = 'apposition'").fetchall()
        places = [(how != "apposition", self.published[str(document)], str(document), int(begin), int(end))
                  for named, document, begin, end, how in rows if named == actor]
        if not places:
            return None
        _, published, identifier, begin, end = min(places)
        document = self.snapshot.document(identifier)
        if document is None:
            return None
        return Introduction(document.name, published, "".join(sentence_around(document.text, begin, end)).strip())

    def evidence(self, claims: Sequence[Claim], counted: Mapping[str, tuple[Counted, ...]] | None = None, *,
                 known: date | None = None, lens: Lens = OPEN) -> list[Evidence]:
        """Claims as evidence, echoes folded; under a lens, those that it accepts. `counted`: as in `gather`."""
        documents = self.documents(claims)
        kept = self._accepted(claims, documents, known, lens)
        return gather(kept, documents, self.reports, self.names, counted)

    def accepted(self, claims: Sequence[Claim], *, known: date | None = None, lens: Lens = OPEN) -> list[Claim]:
        """Those claims that count under a lens, in their order."""
        return list(claims) if lens.is_open else self._accepted(claims, self.documents(claims), known, lens)

    def each(self, claims: Sequence[Claim]) -> list[Evidence]:
        """Each claim as a piece of evidence of its own, in their order."""
        documents = self.documents(claims)
        return [evidence_of(claim, documents[claim.document], self.reports, self.names) for claim in claims]

    def _accepted(self, claims: Sequence[Claim], documents: Mapping[str, StoredDocument], known: date | None,
                  lens: Lens) -> list[Claim]:
        return [claim for claim in claims if lens.is_open or lens.accepts(
            claim, documents[claim.document], lambda one: self.speaks_for(one, known))]

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each actor, by id."""
        return {identifier: actor.name for identifier, actor in self.actors.items()}

    def horizon(self, known: date | None = None) -> PartialDate | None:
        """The latest date of a document that was published by `known`; nothing is known of the time after."""
        if known not in self._horizons:
            dates = [published for published in self.published.values() if known is None or published.last <= known]
            self._horizons[known] = max(dates, key=lambda one: one.last, default=None)
        return self._horizons[known]

    def _joining(self, ways: Sequence[tuple[Claim, str, str | None]], left: str, right: str, known: date | None,
                 exact: bool, lens: Lens) -> list[Evidence]:
        """Evidence from claims with the two actors of each that must stand on either side, echoes folded."""
        organization = None if exact else self.organization(known)
        kept: dict[str, Claim] = {}
        counted: dict[str, tuple[Counted, ...]] = {}
        for claim, one, other in ways:
            roles = joining(one, other or "", self.date_of(claim), left, right, organization)
            if roles is not None:
                kept[claim.id] = claim
                counted[claim.id] = roles
        return self.evidence(list(kept.values()), counted, known=known, lens=lens)


@lru_cache(maxsize=2)
def _registry(files: tuple[OverlayFile, ...]) -> Registry:
    """A registry is only looked at here, and takes seconds to load: one does for all versions with the same files."""
    return Registry.load(files)


def targets(claim: Claim) -> tuple[str, ...]:
    """Toward whom a claim's source acts or stands: its target; of two between whom it brokers, each."""
    return (claim.target, claim.third) if claim.type is ClaimType.MEDIATE and claim.third else (claim.target,)
