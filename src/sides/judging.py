"""What people say of a ledger's claims and actors: each kind of judgement a method of `Ledger`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sides.giving import Giving
from sides.model.claim import Claim
from sides.model.given_dates import Date, last_day, partial

if TYPE_CHECKING:
    from sides.actors.review import Standing
    from sides.ledger.corrections import Correction
    from sides.ledger.decisions import Decision
    from sides.ledger.judging import Judgement
    from sides.ties.consequences import Consequences
    from sides.ties.lens import Lens
    from sides.ties.review import Case

Result = TypeVar("Result")


class Taking(Protocol):
    """Takes judgements: a `Store` keeps them, a `Scratch` tries them."""

    def correct(self, claim: str, action: str, changes: Mapping[str, Any] | None = None, *, who: str, why: str,
                made_at: datetime) -> str:
        """See `Store.correct`."""
        ...

    def withdraw(self, correction: str, *, who: str, why: str, made_at: datetime) -> str:
        """See `Store.withdraw`."""
        ...

    def decide(self, decisions: Sequence[Decision]) -> list[Decision]:
        """See `Store.decide`."""
        ...


class Judging(Giving):
    """What can be said about what was read: it is laid over the claims and actors, and never in their place."""

    @abstractmethod
    def _give(self, give: Callable[[Taking], Result]) -> Result:
        """Give a judgement to what takes it. Answers are made anew from then on."""

    @abstractmethod
    def scratch(self) -> Judging:
        """The same ledger at the same version, to try judgements on: it takes them, and nothing is ever written.

        `ledger.consequences(scratch)` tells what they would change.
        """

    def review(self, *, reasons: Collection[str] | None = None, most: int | None = None) -> list[Case]:
        """The actors that a person should look at, with sentences that name them; what most claims rest on first.

        `reasons`: only those that are `provisional`, `unsure`, or may be to `merge`, `split` or `reject`. `most`: at
        most so many. See docs/review.md.
        """
        from sides.actors.review import Reason
        from sides.ties.review import review

        wanted = None if reasons is None else [Reason(reason) for reason in reasons]
        view = self._view()
        return review(view, view.registry, reasons=wanted, most=most)

    def unjudged(self, *, reader: str | None = None, known: Date | None = None, after: int = 0, most: int = 100,
                 ) -> tuple[list[Claim], int]:
        """Claims that nobody has judged yet, the least sure first; and how many there are."""
        from sides.ledger.listing import unjudged_page

        snapshot = self._view().snapshot
        page = snapshot.ask(lambda connection: unjudged_page(
            connection, reader=reader, known=last_day(known), after=after, most=most))
        return [claim for row in page.rows if (claim := snapshot.claim(row["id"]))], page.total

    def unjudged_by_reader(self, *, known: Date | None = None) -> dict[str, int]:
        """How many claims of each reader nobody has judged yet."""
        from sides.ledger.listing import readers

        return self._view().snapshot.ask(lambda connection: readers(connection, last_day(known)))

    def correct(self, claim: str, *, action: str, who: str, why: str, when: datetime,
                changes: Mapping[str, Any] | None = None) -> str:
        """Lay a correction over a claim, by its id: `reject` it, `confirm` it, or `set` some of its fields.

        `withdraw` takes a correction back, by its own id. Returns the id of what was done. The claim itself stays as it
        was read, and the correction survives when documents are read again. `when` must have a time zone. Raises
        `UnknownClaim`, and `ValueError` for changes that make no sense.
        """
        if action == "withdraw":
            return self._give(lambda taking: taking.withdraw(claim, who=who, why=why, made_at=when))
        return self._give(lambda taking: taking.correct(claim, action, changes, who=who, why=why, made_at=when))

    def corrections(self, claim: str | None = None) -> list[Correction]:
        """The corrections in force, or those of the claim of this id, by time."""
        return self._view().snapshot.corrections_in_force(claim)

    def decide(self, actor: str, *, verdict: str, who: str, why: str, when: datetime, into: str | None = None,
               names: Collection[str] = (), documents: Collection[str] = (), mentions: Collection[str] = (),
               changes: Mapping[str, str] | None = None) -> str:
        """Say who an actor is: `confirm` it, `merge` it `into` another, `split` a part of it off, or `reject` it.

        A split says by which `names`, in which `documents` or at which `mentions` ("DOCUMENT:BEGIN-END") it is `into`,
        which may be a new actor. `changes` says what the actor is (`name`, `kind`, `description`, `country`, `parent`,
        `wikidata`). `withdraw` takes a decision back, by its id. Returns the decision's id. It counts at once, and for
        all that is read later; nothing that was read is changed. `when` must have a time zone. Raises `DecisionError`,
        `UnknownActor` or `AmbiguousActor`.
        """
        from sides.ledger.judging import Judge, withdrawal

        view = self._view()
        if verdict == "withdraw":
            decision = withdrawal(view.snapshot, actor, who=who, why=why, when=when)
        else:
            judge = Judge(view.snapshot, self.actor, lambda: view.registry)
            decision = judge.decision(
                actor, verdict, into=into, names=names, documents=documents, mentions=mentions, changes=changes,
                who=who, why=why, when=when)
        self._give(lambda taking: taking.decide([decision]))
        return decision.id

    def decisions(self) -> list[Decision]:
        """All decisions about actors that were ever made, by time; withdrawn ones and withdrawals too."""
        return self._view().snapshot.decisions()

    def idle_decisions(self) -> dict[str, str]:
        """The decisions that change nothing at present, by id, and why: withdrawn, overruled, or about nobody here."""
        from sides.ledger.judging import idle

        return idle(self._view().snapshot)

    def hidden_claims(self) -> dict[str, int]:
        """How many claims decisions leave out of view: of a `rejected` actor, of one with it`self`, or a `double`."""
        return self._view().snapshot.hidden_claims()

    def read_under(self, identifier: str) -> str | None:
        """The id that a claim was read under, given any of its ids or that of a correction of it."""
        snapshot = self._view().snapshot
        told = next((one.claim for one in snapshot.corrections() if one.id == identifier), None)
        return told or snapshot.read_id(identifier)

    def shown_as(self, read_id: str) -> str | None:
        """The id that a claim is shown under now, given that which it was read under; nothing if it is not shown."""
        found = self._view().snapshot.claims(read_ids=[read_id])
        return found[0].id if found else None

    def standings(self) -> dict[str, Standing]:
        """Each actor that documents mention, with how they write it and all that rests on it, by id."""
        from sides.ties.review import standings

        return {one.actor.id: one for one in standings(self._view())}

    def judgements(self) -> list[Judgement]:
        """All corrections and decisions that were ever made, withdrawals too, the latest first."""
        from sides.ledger.judging import judgements

        return judgements(self._view().snapshot)

    def adopt(self, decisions: Collection[Decision]) -> list[Decision]:
        """Take over decisions that were made in another ledger; returns those that were not here yet."""
        return self._give(lambda taking: taking.decide(list(decisions)))

    def consequences(self, after: Giving, *, at: Date | None = None, known: Date | None = None,
                     lens: Lens | None = None, exact: bool = False) -> Consequences:
        """What judgements change: claims, actors and ties here and in the same ledger `after` them (docs/review.md).

        `after`: a `Ledger.scratch()` that judgements were given to.
        """
        from sides.ties.consequences import consequences
        from sides.ties.lens import OPEN

        return consequences(self._view(), after._view(), at=partial(at), known=partial(known),
                            lens=lens or OPEN, exact=exact)
