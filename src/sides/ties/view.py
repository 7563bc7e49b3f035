"""A snapshot with what ties need beside its tables: names, reports, and who acts for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property

from sides.documents import reports
from sides.ledger.snapshot import Snapshot
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind
from sides.ties.evidence import Evidence, gather
from sides.ties.rollup import chains

STRUCTURE = [kind for kind in ClaimType if kind.meaning.kind is Kind.STRUCTURE]


class View:
    """One version of a ledger, read-only. What is derived is computed when first asked for, and kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def documents(self, claims: Iterable[Claim]) -> dict[str, StoredDocument]:
        """The documents that the claims stand in, by id."""
        return {document.id: document for document in self.snapshot.documents({claim.document for claim in claims})}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """All actors by id."""
        return {actor.id: actor for actor in self.snapshot.actors()}

    @cached_property
    def documents_mentioning(self) -> dict[str, int]:
        """For each actor, how many documents mention it."""
        rows = self.snapshot.sql("SELECT actor, count(DISTINCT document) FROM mentions GROUP BY actor").fetchall()
        return {str(actor): int(count) for actor, count in rows}

    @cached_property
    def reports(self) -> dict[str, str]:
        """For each document, the report that it is a copy of."""
        return reports(self.snapshot.signatures())

    @cached_property
    def structure(self) -> list[Claim]:
        """All claims of who belongs where."""
        return self.snapshot.claims(types=STRUCTURE)

    @cached_property
    def chains(self) -> dict[str, tuple[str, ...]]:
        """For each person or part, the actors that it acts for, the nearest first."""
        return chains(self.actors, self.structure)

    def principal(self, actor: str) -> str:
        """The actor that a person or part acts for in the end; any other stands for itself."""
        return self.chains.get(actor, (actor,))[-1]

    def side(self, actor: str, exact: bool = False) -> frozenset[str]:
        """An actor with the persons and parts that act for it."""
        if exact:
            return frozenset({actor})
        return frozenset({actor, *(part for part, wholes in self.chains.items() if actor in wholes)})

    def between(self, left: str, right: str, *, known: date | None = None, outlets: Collection[str] | None = None,
                speakers: Collection[str] | None = None, exact: bool = False) -> list[Claim]:
        """Claims of how one of two sides acts or stands toward the other."""
        ours, theirs = self.side(left, exact), self.side(right, exact)
        found = self.snapshot.claims(actors=sorted(ours | theirs), known=known, outlets=outlets, speakers=speakers)
        return [claim for claim in found if claim.kind is not Kind.STRUCTURE and claim.type is not ClaimType.MEDIATE
                and _joins(claim.source, claim.target, ours, theirs)]

    def mediation(self, left: str, right: str, *, known: date | None = None, outlets: Collection[str] | None = None,
                  speakers: Collection[str] | None = None) -> list[Claim]:
        """Claims that a third actor brokers between two sides."""
        ours, theirs = self.side(left), self.side(right)
        found = self.snapshot.claims(types=[ClaimType.MEDIATE], known=known, outlets=outlets, speakers=speakers)
        return [claim for claim in found if claim.third and _joins(claim.target, claim.third, ours, theirs)]

    def about(self, actor: str, *, known: date | None = None) -> list[Claim]:
        """Claims in which one side takes part."""
        return self.snapshot.claims(actors=sorted(self.side(actor)), known=known)

    def counterparts(self, actor: str, known: date | None = None) -> list[str]:
        """The actors that claims tie it to, persons and parts rolled up, most claims first."""
        side, counts = self.side(actor), dict[str, int]()
        for claim in self.about(actor, known=known):
            if claim.kind is Kind.STRUCTURE or claim.type is ClaimType.MEDIATE:
                continue
            ours, theirs = (claim.source, claim.target) if claim.source in side else (claim.target, claim.source)
            if ours in side and theirs not in side:
                other = self.principal(theirs)
                counts[other] = counts.get(other, 0) + 1
        return sorted(counts, key=lambda other: (-counts[other], other))

    def evidence(self, claims: Sequence[Claim]) -> list[Evidence]:
        """Claims with their documents and outlets, echoes folded."""
        names = {identifier: actor.name for identifier, actor in self.actors.items()}
        return gather(claims, self.documents(claims), self.reports, names)


def _joins(one: str, other: str, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return (one in ours and other in theirs) or (one in theirs and other in ours)
