"""The ledger as a user of the library sees it: read into it, and ask it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sides.ledger.commits import Commit
from sides.ledger.snapshot import Counts
from sides.ledger.store import Store
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.model.errors import AmbiguousActor, LedgerError, NotALedger, UnknownActor

if TYPE_CHECKING:
    from sides.claims.grammar.own_lexicon import LexiconFile
    from sides.engines.local import Progress, ReadReport
    from sides.ledger.decisions import Decision
    from sides.model.incomplete import Incomplete
    from sides.ties.around import Around
    from sides.ties.event_table import Events
    from sides.ties.lens import Lens
    from sides.ties.mediators import Mediation
    from sides.ties.organization import Organization
    from sides.ties.predictions import Prediction
    from sides.ties.profile import Profile
    from sides.ties.review import Case
    from sides.ties.tie import Tie
    from sides.ties.view import View

Date = str | PartialDate | date


class Ledger:
    """A folder that keeps documents, actors, claims, corrections and decisions. All else is derived from it.

    Names of actors may be ids ("hamas") or any name that the ledger knows. `at` is the date in the world that is asked
    about; `known` is the date by which a document must have been published to count. Dates are ISO texts ("2018",
    "2018-05"), `datetime.date` or `PartialDate`.

    >>> import sides, tempfile
    >>> ledger = sides.open(tempfile.mkdtemp() + "/levant.sides")
    >>> ledger.version
    0
    """

    def __init__(self, path: Path, version: int | None = None) -> None:
        self.path = path
        self._pinned = version
        self._store = Store.open(path) if path.exists() else None
        self._current: View | None = None

    @property
    def version(self) -> int:
        """The ledger's version: 0 when empty, one more with each commit."""
        return self._view().snapshot.version if self._store else 0

    def read(self, *targets: str | os.PathLike[str], workers: int = 1, progress: Progress | None = None,
             published: Date | None = None, outlet: str | None = None, author: str | None = None,
             language: str | None = None, date_from: Sequence[str] = ("name",), registry: Sequence[Path] | None = None,
             lexicon: Sequence[Path] | None = None, reader: str = "both") -> ReadReport:
        """Read files, folders, URLs, feeds or "-" (standard input). What was read before is passed over.

        `published`, `outlet`, `author` and `language` stand for every document that is read; a `documents.json` beside
        the files gives them one by one. `registry` are files of your own actors, `lexicon` files of your own words: the
        ledger keeps what stands in them and reads with it until others are given, or none (`[]`). `reader` is
        "grammar", "learned" or "both". More than one worker needs the usual `if __name__ == "__main__":` guard in a
        script. Inputs that cannot be read stand in the report's `left_out`, with the reason; they raise nothing.
        """
        from sides.documents import Options
        from sides.engines import local

        options = Options(today=date.today(), date=_partial(published), outlet=outlet, author=author,
                          language=language, date_from=tuple(date_from))
        store = self._writable()
        report = local.read(store, [os.fspath(target) for target in targets], options=options,
                            settings=local.settings_for(store, registry, lexicon, reader), workers=workers,
                            progress=progress)
        self._current = None
        return report

    def reread(self, *, workers: int = 1, progress: Progress | None = None,
               registry: Sequence[Path] | None = None, lexicon: Sequence[Path] | None = None,
               reader: str = "both") -> ReadReport:
        """Read the stored documents again with the present reader, where an older one had read them.

        `registry`, `lexicon`, `reader`: as with `read`.
        """
        from sides.engines import local

        store = self._writable()
        report = local.reread(store, settings=local.settings_for(store, registry, lexicon, reader),
                              workers=workers, progress=progress)
        self._current = None
        return report

    def import_claims(self, path: str | os.PathLike[str], *, documents: str | os.PathLike[str],
                      actors: str | os.PathLike[str] | None = None) -> ReadReport:
        """Take over claims that others made, in JSON lines; `documents` lists their documents, `actors` who is who.

        A document's claims take the place of those that were imported for it before. Lines that make no sense stand in
        the report's `left_out`, with the reason; they raise nothing. See docs/importing.md.
        """
        from sides.engines import importing

        files = importing.Files(Path(path), Path(documents), None if actors is None else Path(actors))
        report = importing.import_claims(self._writable(), files, today=date.today())
        self._current = None
        return report

    def tie(self, left: str, right: str, *, at: Date | None = None, known: Date | None = None,
            lens: Lens | None = None, exact: bool = False) -> Tie:
        """Where two actors stand at a date, how surely, since when, by which turns, and the evidence.

        Persons and parts count for the organization that they acted for at the date of each claim; with `exact` they
        stand for themselves. `lens`: only the word of its voices counts. Raises `UnknownActor` or `AmbiguousActor`.
        """
        from sides.ties.lens import OPEN
        from sides.ties.tie import derive

        view = self._view()
        pair = (self.actor(left).id, self.actor(right).id)
        evidence = view.between(*pair, known=_last(known), lens=lens or OPEN, exact=exact)
        mediation = view.mediation(*pair, known=_last(known), lens=lens or OPEN, exact=exact)
        return derive(*pair, evidence, mediation, _partial(at), _partial(known), view.horizon(_last(known)))

    def within(self, left: str, right: str, *, at: Date | None = None, known: Date | None = None,
               lens: Lens | None = None) -> list[Tie]:
        """The tie of two actors taken apart: each who is counted for the one, itself too, toward the other.

        A tie for each of them that something is said of, most evidence first; only its own claims speak for it.
        """
        from sides.ties.lens import OPEN
        from sides.ties.tie import derive
        from sides.ties.within import apart

        view = self._view()
        pair = (self.actor(left).id, self.actor(right).id)
        evidence = view.between(*pair, known=_last(known), lens=lens or OPEN)
        return [derive(*dyad, some, [], _partial(at), _partial(known), view.horizon(_last(known)))
                for dyad, some in apart(evidence, *pair)]

    def events(self) -> Events:
        """The asserted claims of the ledger as dated events of dyads, for `sides.ties.fitting.fit`.

        Persons and parts count for the organization that they acted for. A claim is dated by its text, else by its
        document; those that are dated to no month do not count. What one report says again counts once.
        """
        from sides.ties.atlas import Atlas
        from sides.ties.event_table import ledger_events

        about = [(one, dyad) for dyad, about in Atlas(self._view()).dyads.items() for one in about.evidence]
        return ledger_events(self.path.name, [one for one, _ in about], [dyad for _, dyad in about])

    def around(self, tie: Tie, *, lens: Lens | None = None, exact: bool = False) -> Around:
        """What drives a tie's turns and hinders them, who reacts to them, who gives whom what: see docs/outlook.md.

        `lens`, `exact`: those that the tie was asked for with.
        """
        from sides.ties.around import around
        from sides.ties.atlas import Atlas
        from sides.ties.lens import OPEN

        return around(Atlas(self._view(), known=tie.known, lens=lens or OPEN, exact=exact), tie)

    def mediators(self, *about: str, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                  exact: bool = False) -> list[Mediation]:
        """Who brokers between whom, when, and what became of the tie of the parties: see docs/outlook.md.

        `about`: only those in which all of these actors take part. `at`: what had begun by then, and its result then.
        """
        from sides.ties.atlas import Atlas
        from sides.ties.lens import OPEN
        from sides.ties.mediators import mediations

        atlas = Atlas(self._view(), known=_partial(known), lens=lens or OPEN, exact=exact)
        return mediations(atlas, at=_partial(at), about=[self.actor(name).id for name in about])

    def outlook(self, *about: str, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                exact: bool = False) -> list[Prediction]:
        """What documents say is ahead, with what became of it: see docs/outlook.md.

        `about`: only that in which all of these actors take part. `at`: what was said by then, judged by what had
        happened by then. `lens`: only the predictions of its voices; they are judged by everybody's word.
        """
        from sides.ties.atlas import Atlas
        from sides.ties.lens import OPEN
        from sides.ties.outlook import outlook

        atlas = Atlas(self._view(), known=_partial(known), lens=lens or OPEN, exact=exact)
        judge = atlas if atlas.lens.is_open else Atlas(self._view(), known=_partial(known), exact=exact)
        return outlook(atlas, judge, at=_partial(at), about=[self.actor(name).id for name in about])

    def organization(self, *, known: Date | None = None) -> Organization:
        """Who belongs to whom at any date, by the registry and by what the documents had said by `known`.

        `organization.principal(actor, at)` is the side that a person or part was on at a `PartialDate`,
        `organization.chain(actor, at)` says why, `organization.below(actor, at)` who belonged to it.
        """
        return self._view().organization(_last(known))

    def who(self, name: str, *, at: Date | None = None, known: Date | None = None, ties: int | None = None,
            exact: bool = False) -> Profile:
        """Who an actor is: its names, place, blocs, people, and its ties, most evidence first.

        `at`: its place and people at that date, and its ties then. `ties`: derive at most so many; all by default.
        `exact` leaves out what persons and parts did in its name.
        """
        from sides.ties.evidence import told_once
        from sides.ties.profile import profile

        view = self._view()
        try:
            actor = self.actor(name)
        except UnknownActor:
            return registered(name, at=at)
        others = view.counterparts(actor.id, known=_last(known), exact=exact)
        return profile(actor, view.registry, view.organization(_last(known)), at=_partial(at),
                       documents=view.documents_mentioning.get(actor.id, 0), counterparts=others,
                       claims=len(told_once(view.about(actor.id, known=_last(known), exact=exact))[0]),
                       introduction=view.introduction(actor.id) if actor.is_provisional else None,
                       ties=[self.tie(actor.id, other, at=at, known=known, exact=exact) for other in others[:ties]])

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
        found = view.snapshot.claims(actors=view.ever(sides, known=_last(known), exact=exact) if sides else None,
                                     known=_last(known), since=_first(since), until=_first(until),
                                     types=_types(types), modalities=modalities, outlets=outlets, speakers=speakers,
                                     corrected=corrected)
        return list(view.in_which(found, sides, known=_last(known), exact=exact)) if sides else found

    def incomplete(self, *, actor: str | None = None, since: Date | None = None, until: Date | None = None,
                   known: Date | None = None, types: Collection[str] | None = None,
                   modalities: Collection[str] | None = None, outlets: Collection[str] | None = None,
                   speakers: Collection[str] | None = None) -> list[Incomplete]:
        """What is said of one actor and somebody whom the text does not name: kept, and never counted as a claim.

        Asked for and ordered like `claims`; `actor` is the one that is named.
        """
        view = self._view()
        return view.snapshot.incomplete(actors=[self.actor(actor).id] if actor else None, known=_last(known),
                                        since=_first(since), until=_first(until), types=_types(types),
                                        modalities=modalities, outlets=outlets, speakers=speakers)

    def documents(self) -> list[StoredDocument]:
        """All documents, by date of publication."""
        return self._view().snapshot.documents() if self._store else []

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
        organization = None if exact else view.organization(_last(known))
        return list(claim_records(chosen, view.documents(chosen), view.actors, organization))

    def incomplete_records(self, found: Sequence[Incomplete] | None = None) -> list[dict[str, Any]]:
        """What is incomplete as records for JSON, CSV or Parquet (`docs/export.md`); all of it by default."""
        from sides.export.incomplete import incomplete_records

        view = self._view()
        chosen = self.incomplete() if found is None else found
        return list(incomplete_records(chosen, view.documents(chosen), view.actors))

    def lexicon_files(self) -> list[LexiconFile]:
        """The lexicon files of your own that it is read with, as they were given, in the order in which they lie."""
        return list(self._view().snapshot.lexicon_files())

    def correct(self, claim: str, *, action: str, who: str, why: str, when: datetime,
                changes: Mapping[str, Any] | None = None) -> str:
        """Lay a correction over a claim, by its id: `reject` it, `confirm` it, or `set` some of its fields.

        `withdraw` takes a correction back, by its own id. Returns the id of what was done. The claim itself stays as it
        was read, and the correction survives when documents are read again. `when` must have a time zone. Raises
        `UnknownClaim`, and `ValueError` for changes that make no sense.
        """
        store = self._writable()
        self._current = None
        if action == "withdraw":
            return store.withdraw(claim, who=who, why=why, made_at=when)
        return store.correct(claim, action, changes, who=who, why=why, made_at=when)

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
        from sides.actors.registry import Registry
        from sides.ledger.judging import Judge, withdrawal

        store, snapshot = self._writable(), self._view().snapshot
        if verdict == "withdraw":
            decision = withdrawal(snapshot, actor, who=who, why=why, when=when)
        else:
            judge = Judge(snapshot, self.actor, lambda: Registry.load(snapshot.registry_files()))
            decision = judge.decision(
                actor, verdict, into=into, names=names, documents=documents, mentions=mentions, changes=changes,
                who=who, why=why, when=when)
        store.decide([decision])
        self._current = None
        return decision.id

    def decisions(self) -> list[Decision]:
        """All decisions about actors that were ever made, by time; withdrawn ones and withdrawals too."""
        return self._view().snapshot.decisions()

    def idle_decisions(self) -> dict[str, str]:
        """The decisions that change nothing at present, by id, and why: withdrawn, overruled, or about nobody here."""
        from sides.ledger.judging import idle

        return idle(self._view().snapshot)

    def adopt(self, decisions: Collection[Decision]) -> list[Decision]:
        """Take over decisions that were made in another ledger; returns those that were not here yet."""
        new = self._writable().decide(list(decisions))
        self._current = None
        return new

    def counts(self) -> Counts:
        """How many documents, actors, mentions and claims it shows."""
        return self._view().snapshot.counts()

    def hidden_claims(self) -> dict[str, int]:
        """How many claims decisions leave out of view: of a `rejected` actor, of one with it`self`, or a `double`."""
        return self._view().snapshot.hidden_claims()

    def versions(self) -> list[Commit]:
        """Every version, the first one first, with what made it."""
        self._view()
        return self._store.versions() if self._store else []

    def compact(self, *, now: datetime, safe_age: timedelta = timedelta(days=7)) -> None:
        """Join the many small files that many commits leave, and drop what killed runs left over.

        What is shown, at every version, stays as it is. `now` must have a time zone; what is younger than `safe_age`
        may belong to a run that is still going on, and is kept.
        """
        self._writable().compact(now=now, safe_age=safe_age)
        self._current = None

    def _writable(self) -> Store:
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

            self._current = View(self._store.snapshot(self._pinned))
        return self._current


def _types(types: Collection[str] | None) -> list[ClaimType] | None:
    return [ClaimType(name.upper()) for name in types] if types else None


def registered(name: str, *, at: Date | None = None) -> Profile:
    """Who an actor is as far as the shipped registry knows. Raises `UnknownActor` or `AmbiguousActor`."""
    from sides.actors.registry import Registry
    from sides.ties.organization import Organization
    from sides.ties.profile import profile

    registry = Registry.load()
    found = registry.listed(name)
    actor = registry.get(found[0]) if len(found) == 1 else None
    if actor is None:
        raise AmbiguousActor(name, found) if found else UnknownActor(name)
    return profile(actor, registry, Organization.of({actor.id: actor}, [], {}, registry), documents=0, claims=0,
                   counterparts=[], ties=[], at=_partial(at))


def _partial(value: Date | None) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    return PartialDate.of(value) if isinstance(value, date) else PartialDate.parse(value)


def _first(value: Date | None) -> date | None:
    partial = _partial(value)
    return partial.first if partial else None


def _last(value: Date | None) -> date | None:
    partial = _partial(value)
    return partial.last if partial else None
