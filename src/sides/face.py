"""The ledger as a user of the library sees it: read into it, and ask it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sides.intake import Intake
from sides.judging import Result, Taking
from sides.ledger.commits import Commit
from sides.ledger.snapshot import Counts
from sides.ledger.store import Store
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.errors import AmbiguousActor, LedgerError, NotALedger, UnknownActor
from sides.model.given_dates import Date, first_day, last_day

if TYPE_CHECKING:
    from sides.claims.grammar.own_lexicon import LexiconFile
    from sides.ledger.event_datasets import EventDataset
    from sides.ledger.finding import Findable, Found
    from sides.ledger.forecasts import KeptForecast
    from sides.ledger.listing import DocumentOrder, Page
    from sides.ledger.scratch import Scratch
    from sides.model.incomplete import Incomplete
    from sides.ties.courses import Courses
    from sides.ties.evidence import Evidence
    from sides.ties.lens import Lens
    from sides.ties.organization import Organization
    from sides.ties.view import View


class Ledger(Intake):
    """A folder that keeps documents, actors, claims, corrections and decisions. All else is derived from it.

    Names of actors may be ids ("hamas") or any name that the ledger knows. `at` is the date in the world that is asked
    about; `known` is the date by which a document must have been published to count. Dates are ISO texts ("2018",
    "2018-05"), `datetime.date` or `PartialDate`.

    >>> import sides, tempfile
    >>> ledger = sides.open(tempfile.mkdtemp() + "/levant.sides")
    >>> ledger.version
    0
    """

    def __init__(self, path: Path, version: int | None = None, *, tries: Scratch | None = None) -> None:
        """See `sides.open`. `tries`: judgements go there, and what is asked is answered from there."""
        self.path = path
        self._pinned = version
        self._tries = tries
        self._store = Store.open(path) if path.exists() else None
        self._current: View | None = None

    @property
    def version(self) -> int:
        """The ledger's version: 0 when empty, one more with each commit."""
        return self._view().snapshot.version if self._store else 0

    def organization(self, *, known: Date | None = None) -> Organization:
        """Who belongs to whom at any date, by the registry and by what the documents had said by `known`.

        `organization.principal(actor, at)` is the side that a person or part was on at a `PartialDate`,
        `organization.chain(actor, at)` says why, `organization.below(actor, at)` who belonged to it.
        """
        return self._view().organization(last_day(known))

    def claims(self, *, between: tuple[str, str] | None = None, actor: str | None = None, since: Date | None = None,
               until: Date | None = None, known: Date | None = None, types: Collection[str] | None = None,
               modalities: Collection[str] | None = None, outlets: Collection[str] | None = None,
               speakers: Collection[str] | None = None, exact: bool = False, corrected: bool = True) -> list[Claim]:
        """The claims themselves, by date of publication and place in the text.

        `exact` leaves out what persons and parts of an actor did in its name. `since` and `until` are the world's
        time, half-open: an event is about its own date, an open tie lasts until its document's date, and what the text
        gives no date for takes its document's.
        """
        view = self._view()
        sides = [self.actor(name).id for name in between or ([actor] if actor else [])]
        found = view.snapshot.claims(actors=view.ever(sides, known=last_day(known), exact=exact) if sides else None,
                                     known=last_day(known), since=first_day(since), until=first_day(until),
                                     types=_types(types), modalities=modalities, outlets=outlets, speakers=speakers,
                                     corrected=corrected)
        return list(view.in_which(found, sides, known=last_day(known), exact=exact)) if sides else found

    def claim(self, identifier: str) -> Claim | None:
        """The claim that is shown under this id; if none is, the corrected one that was read under it."""
        snapshot = self._view().snapshot
        return snapshot.claim(identifier) or next(iter(snapshot.claims(read_ids=[identifier])), None)

    def claims_of(self, ids: Collection[str]) -> dict[str, Claim]:
        """The claims that are shown under some ids, by id; what is not shown is not among them."""
        return {claim.id: claim for claim in self._view().snapshot.claims(ids=ids)}

    def find(self, what: Findable, words: str, *, known: Date | None = None, most: int = 50) -> Found:
        """The "quotes" that hold some words, or the "documents" whose title, name, outlet or text does, latest first.

        `most` of them, and how many there are.
        """
        from sides.ledger.finding import find

        return self._view().snapshot.ask(lambda connection: find(connection, what, words, last_day(known), most))

    def documents_mentioning(self) -> dict[str, int]:
        """For each actor, how many documents mention it."""
        return self._view().documents_mentioning

    def accepted(self, claims: Sequence[Claim], *, known: Date | None = None, lens: Lens | None = None) -> list[Claim]:
        """Those claims that count under a lens, in their order."""
        from sides.ties.lens import OPEN

        return self._view().accepted(claims, known=last_day(known), lens=lens or OPEN)

    def evidence(self, claims: Sequence[Claim]) -> list[Evidence]:
        """Each claim with its document, its outlets and its speaker's name, in their order; none is folded."""
        return self._view().each(claims)

    def incomplete(self, *, actor: str | None = None, since: Date | None = None, until: Date | None = None,
                   known: Date | None = None, types: Collection[str] | None = None,
                   modalities: Collection[str] | None = None, outlets: Collection[str] | None = None,
                   speakers: Collection[str] | None = None) -> list[Incomplete]:
        """What is said of one actor and somebody whom the text does not name: kept, and never counted as a claim.

        Asked for and ordered like `claims`; `actor` is the one that is named.
        """
        view = self._view()
        return view.snapshot.incomplete(actors=[self.actor(actor).id] if actor else None, known=last_day(known),
                                        since=first_day(since), until=first_day(until), types=_types(types),
                                        modalities=modalities, outlets=outlets, speakers=speakers)

    def documents(self) -> list[StoredDocument]:
        """All documents, by date of publication."""
        return self._view().snapshot.documents() if self._store else []

    def named(self, documents: Collection[str]) -> list[StoredDocument]:
        """The documents of these ids, by date of publication."""
        return self._view().snapshot.documents(documents)

    def documents_page(self, *, sort: DocumentOrder = "published", is_falling: bool = False, words: str = "",
                       outlet: str | None = None, known: Date | None = None, after: int = 0, most: int = 100) -> Page:
        """A page of documents without their texts: what they are called, and how many claims and characters they have.

        `words`: those that hold them, in text, title or name. `outlet`: those of this one; "" for those that name none.
        """
        from sides.ledger.listing import documents_page

        return self._view().snapshot.ask(lambda connection: documents_page(
            connection, sort=sort, is_falling=is_falling, words=words, outlet=outlet, known=last_day(known),
            after=after, most=most))

    def actors(self) -> list[Actor]:
        """All actors that the documents mention, by id."""
        return list(self._view().actors.values()) if self._store else []

    def actor(self, name: str) -> Actor:
        """The actor of an id or name: one that a document mentions, or that somebody mentioned there acted for.

        Raises `UnknownActor` or `AmbiguousActor`.
        """
        from sides.actors.names import fold

        view = self._view()
        shown = view.snapshot.settlement.shown(name)
        if shown in view.actors:
            return view.actors[shown]
        found = view.snapshot.actors_named(name) or [
            view.actors[identifier] for identifier in view.written.get(fold(name), ()) if identifier in view.actors]
        exact = [actor for actor in found if actor.name.casefold() == name.casefold()]
        for candidates in (exact, found):
            if len(candidates) == 1:
                return candidates[0]
        if found:
            raise AmbiguousActor(name, [actor.id for actor in found])
        wholes = [identifier for identifier in view.registry.listed(name) if view.stands_for_others(identifier)]
        whole = view.actor(wholes[0]) if len(wholes) == 1 else None
        if whole is not None:
            return whole
        known = {known for actor in view.actors.values() for known in (actor.name, *actor.names)}
        raise UnknownActor(name, difflib.get_close_matches(name, sorted(known), 3))

    def records(self, claims: Sequence[Claim] | None = None, *, known: Date | None = None,
                exact: bool = False) -> list[dict[str, Any]]:
        """Claims as records for JSON, CSV or Parquet (`docs/export.md`); all of them by default.

        `source_side` and `target_side` are the organizations that source and target acted for at the claim's date; with
        `exact` they are source and target themselves.
        """
        from sides.export.claims import claim_records

        view = self._view()
        chosen = self.claims() if claims is None else claims
        organization = None if exact else view.organization(last_day(known))
        return list(claim_records(chosen, view.documents(chosen), view.actors, organization))

    def incomplete_records(self, found: Sequence[Incomplete] | None = None) -> list[dict[str, Any]]:
        """What is incomplete as records for JSON, CSV or Parquet (`docs/export.md`); all of it by default."""
        from sides.export.incomplete import incomplete_records

        view = self._view()
        chosen = self.incomplete() if found is None else found
        return list(incomplete_records(chosen, view.documents(chosen), view.actors))

    def tie_records(self, courses: Courses) -> list[dict[str, Any]]:
        """What `courses` gives, as records for JSON, CSV or Parquet (`docs/export.md`)."""
        from sides.export.ties import tie_records

        return list(tie_records(courses, self._view().actors))

    def lexicon_files(self) -> list[LexiconFile]:
        """The lexicon files of your own that it is read with, as they were given, in the order in which they lie."""
        return list(self._view().snapshot.lexicon_files())

    def counts(self) -> Counts:
        """How many documents, actors, mentions and claims it shows."""
        return self._view().snapshot.counts()

    def event_datasets(self) -> list[EventDataset]:
        """The datasets of events that were read: how much of each, what was left out and why, and gaps in coverage."""
        from sides.ledger.event_datasets import event_datasets

        return event_datasets(self._view().snapshot) if self._store else []

    def versions(self) -> list[Commit]:
        """Every version, the first one first, with what made it."""
        self._view()
        store = self._tries or self._store
        return store.versions() if store else []

    def compact(self, *, now: datetime, safe_age: timedelta = timedelta(days=7)) -> None:
        """Join the many small files that many commits leave, and drop what killed runs left over.

        What is shown, at every version, stays as it is. `now` must have a time zone; what is younger than `safe_age`
        may belong to a run that is still going on, and is kept.
        """
        self._writable().compact(now=now, safe_age=safe_age)
        self._current = None

    def name(self, identifier: str) -> str:
        """The name of an actor by its id, as the ledger has it, else as the registry does; the id of one unknown."""
        actor = self._view().actor(identifier)
        return actor.name if actor else identifier

    def scratch(self) -> Ledger:
        """See `Judging.scratch`."""
        from sides.ledger.scratch import Scratch

        return Ledger(self.path, tries=Scratch(self._view().snapshot))

    def _keep(self, forecast: KeptForecast) -> None:
        self._writable().keep_forecasts([forecast])
        self._current = None

    def _give(self, give: Callable[[Taking], Result]) -> Result:
        try:
            return give(self._tries or self._writable())
        finally:
            self._current = None

    def _writable(self) -> Store:
        if self._tries is not None:
            raise LedgerError("A scratch ledger takes judgements of claims and actors, and nothing else.")
        if self._pinned is not None:
            raise LedgerError(f"The ledger at {str(self.path)!r} is open at version {self._pinned}, for reading. Open "
                              "it without a version to write to it.")
        if self._store is None:
            self._store = Store.create_or_open(self.path)
        return self._store

    def _view(self) -> View:
        if self._current is None:
            if self._store is None:
                raise NotALedger(f"There is no ledger at {str(self.path)!r} yet. Read something into it: "
                                 f"sides read FOLDER -l {self.path}")
            from sides.ties.view import View

            self._current = View((self._tries or self._store).snapshot(self._pinned))
        return self._current


def _types(types: Collection[str] | None) -> list[ClaimType] | None:
    return [ClaimType(name.upper()) for name in types] if types else None
