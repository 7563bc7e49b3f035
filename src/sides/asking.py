"""The questions that a ledger answers about ties and actors: each a method of `Ledger`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sides.foreseeing import Foreseeing
from sides.model.actor import Actor
from sides.model.dates import PartialDate
from sides.model.errors import AmbiguousActor, SidesError, UnknownActor
from sides.model.given_dates import Date, dated, last_day, partial

if TYPE_CHECKING:
    from sides.forecast.scoreboard import Scoreboard
    from sides.ties.around import Around
    from sides.ties.atlas import Atlas
    from sides.ties.blocs import Bloc, Cohesion
    from sides.ties.carried import Question
    from sides.ties.changes import Changes
    from sides.ties.chart import Chart
    from sides.ties.courses import Courses
    from sides.ties.disagreements import Disagreements
    from sides.ties.event_table import Events
    from sides.ties.lens import Lens
    from sides.ties.mediators import Mediation
    from sides.ties.opened import Opened
    from sides.ties.predictions import Prediction
    from sides.ties.profile import Profile
    from sides.ties.sources import Sources
    from sides.ties.tie import Tie
    from sides.ties.toward import Toward
    from sides.ties.view import View


class Asking(Foreseeing):
    """What can be asked of one version of a ledger.

    Names of actors may be ids ("hamas") or any name that the ledger knows. `at` is the date in the world that is asked
    about; `known` is the date by which a document must have been published to count; `lens` is whose word counts.
    Persons and parts count for the organization that they acted for at the time; with `exact` they stand for
    themselves.
    """

    path: Path
    # The last that was asked about, with all that was derived of it: questions often come in rows about the same.
    _last_atlas: tuple[View, tuple[PartialDate | None, Lens, bool], Atlas] | None = None

    def tie(self, left: str, right: str, *, at: Date | None = None, known: Date | None = None,
            lens: Lens | None = None, exact: bool = False, model: Path | None = None) -> Tie:
        """Where two actors stand at a date, how surely, since when, by which turns, and the evidence.

        Persons and parts count for the organization that they acted for at the date of each claim; with `exact` they
        stand for themselves. `lens`: only the word of its voices counts. `model`: a file of other numbers
        (docs/model.md). Raises `UnknownActor` or `AmbiguousActor`.
        """
        from sides.ties.between import tie_between
        from sides.ties.lens import OPEN
        from sides.ties.parameters import Parameters

        return tie_between(self._view(), self.actor(left).id, self.actor(right).id, at=partial(at),
                           known=partial(known), lens=lens or OPEN, exact=exact,
                           parameters=Parameters.load(model) if model else None)

    def within(self, left: str, right: str, *, at: Date | None = None, known: Date | None = None,
               lens: Lens | None = None, model: Path | None = None) -> list[Tie]:
        """The tie of two actors taken apart: each who is counted for the one, itself too, toward the other.

        A tie for each of them that something is said of, most evidence first; only its own claims speak for it.
        """
        from sides.ties.lens import OPEN
        from sides.ties.parameters import Parameters
        from sides.ties.tie import derive
        from sides.ties.within import apart

        view = self._view()
        pair = (self.actor(left).id, self.actor(right).id)
        evidence = view.between(*pair, known=last_day(known), lens=lens or OPEN)
        parameters = Parameters.load(model) if model else None
        return [derive(*dyad, some, [], partial(at), partial(known), view.horizon(last_day(known)), parameters)
                for dyad, some in apart(evidence, *pair)]

    def events(self) -> Events:
        """The asserted claims of the ledger as dated events of dyads, for `sides.ties.fitting.fit`.

        Persons and parts count for the organization that they acted for. A claim is dated by its text, else by its
        document; those that are dated to no month do not count. What one report says again counts once.
        """
        from sides.ties.event_table import ledger_events

        about = [(one, dyad) for dyad, about in self._atlas(None, None, exact=False).dyads.items()
                 for one in about.evidence]
        return ledger_events(self.path.name, [one for one, _ in about], [dyad for _, dyad in about])

    def around(self, tie: Tie, *, lens: Lens | None = None, exact: bool = False) -> Around:
        """What drives a tie's turns and hinders them, who reacts to them, who gives whom what: see docs/outlook.md.

        `lens`, `exact`: those that the tie was asked for with.
        """
        from sides.ties.around import around
        from sides.ties.atlas import Atlas
        from sides.ties.lens import OPEN

        return around(Atlas(self._view(), known=tie.known, lens=lens or OPEN, exact=exact), tie)

    def ties(self, *, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
             exact: bool = False) -> list[Tie]:
        """The tie of every dyad that the documents speak of, by ids. Asked for like `tie`."""
        return list(self._atlas(known, lens, exact).ties(partial(at)))

    def courses(self, *, known: Date | None = None, lens: Lens | None = None, exact: bool = False,
                engine: str = "local", workers: int = 1) -> Courses:
        """The state of every tie in every month, and of the two years after the documents end, as columns.

        `engine`, `workers`: what infers it, as with `read`; the result is the same.
        """
        from sides.engines.inferring import inferred
        from sides.ties.lens import OPEN

        return inferred(self._view(), known=partial(known), lens=lens or OPEN, exact=exact, engine=engine,
                        workers=workers)

    def chart(self, *, known: Date | None = None, lens: Lens | None = None, exact: bool = False) -> Chart:
        """All ties over all time as columns, and where their actors stand on the map: kept with the ledger."""
        from sides.ties.chart import Chart
        from sides.ties.derived import Derived
        from sides.ties.lens import OPEN

        return Chart(self._view(), Derived(self.path), known=partial(known), lens=lens or OPEN, exact=exact)

    def prepare(self) -> None:
        """Work out beforehand what the first questions would wait for, and keep it with the ledger: see `chart`.

        A ledger of many claims is given an index, by which `tie` finds those of two actors at once.
        """
        for _ in self.preparing():
            pass

    def preparing(self) -> Iterator[str]:
        """The same, piece by piece, each named when it is there."""
        from sides.ties.derived import Derived

        view, chart = self._view(), self.chart()
        Derived(self.path).index(view.snapshot)
        yield "index"
        for name, made in (("reports", lambda: view.reports), ("names", lambda: view.names),
                           ("organization", view.organization), ("horizon", view.horizon),
                           ("courses", lambda: chart.courses), ("places", lambda: chart.places)):
            made()
            yield name

    def changes(self, *actors: str, since: Date, until: Date | None = None, known_since: Date | None = None,
                at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                exact: bool = False) -> Changes:
        """The turns of all ties, those of one actor or that of two, from `since` until (and without) `until`.

        Also the dyads first told of then, and with `known_since` the ties that are now known to be otherwise. See
        docs/changes.md.
        """
        from sides.ties.changes import changes

        return changes(self._atlas(known, lens, exact), dated(since), partial(until), self._sides(actors),
                       known_since=partial(known_since), at=partial(at))

    def disagreements(self, *actors: str, by: str = "outlet", at: Date | None = None, known: Date | None = None,
                      lens: Lens | None = None, exact: bool = False) -> Disagreements:
        """Where voices differ: `by` outlet, author, speaker, side, language or format (docs/changes.md)."""
        from sides.ties.disagreements import disagreements

        return disagreements(self._atlas(known, lens, exact), by, self._sides(actors), partial(at))

    def sources(self, *, by: str = "outlet", known: Date | None = None, lens: Lens | None = None,
                exact: bool = False) -> Sources:
        """How voices compare, `by` outlet, author, speaker, side, language or format: how much each says, who told of a
        change first, what repeats what, whose claims stand against the rest.
        """
        from sides.ties.sources import Sources

        return Sources(self._atlas(known, lens, exact), by)

    def bloc(self, name: str, *, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
             exact: bool = False) -> Bloc:
        """A bloc at a date: its members, how well they hold together, who came, went and drifts (docs/changes.md)."""
        from sides.ties.blocs import bloc

        try:
            identifier = self.actor(name).id
        except UnknownActor:  # none that a document names, but perhaps one that somebody named there belongs to
            wholes = self._view().organization(last_day(known)).wholes
            listed = [one for one in self._view().registry.listed(name) if one in wholes]
            if len(listed) != 1:
                raise
            identifier = listed[0]
        return bloc(self._atlas(known, lens, exact), identifier, partial(at))

    def blocs(self, *, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
              exact: bool = False) -> list[Cohesion]:
        """All blocs of which the ledger knows two members, with how well they hold together."""
        from sides.ties.blocs import blocs

        return blocs(self._atlas(known, lens, exact), partial(at))

    def frame(self, table: str, *, backend: str = "polars", **asked: Any) -> Any:
        """A table as a data frame; needs the extra `frames`. `asked`: as for the method that it comes from.

        Tables: "ties", "turns", "months", "changes", "claims", "disagreements", "blocs", "mediators", "outlook",
        "balance" and "calibration" (docs/python.md). `backend`: whose frame, "polars", "pandas" or "pyarrow"; the last
        two need pyarrow. Raises `FrameError` for any other, and where what makes the frame is not installed.
        """
        from sides.export.frames import frame

        return frame(table, self, asked, backend)

    def mediators(self, *about: str, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                  exact: bool = False) -> list[Mediation]:
        """Who brokers between whom, when, and what became of the tie of the parties: see docs/outlook.md.

        `about`: only those in which all of these actors take part. `at`: what had begun by then, and its result then.
        """
        from sides.ties.mediators import mediations

        return mediations(self._atlas(known, lens, exact), at=partial(at),
                          about=[self.actor(name).id for name in about])

    def outlook(self, *about: str, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                exact: bool = False) -> list[Prediction]:
        """What documents say is ahead, with what became of it: see docs/outlook.md.

        `about`: only that in which all of these actors take part. `at`: what was said by then, judged by what had
        happened by then. `lens`: only the predictions of its voices; they are judged by everybody's word.
        """
        from sides.ties.outlook import outlook

        atlas = self._atlas(known, lens, exact)
        judge = atlas if atlas.lens.is_open else self._atlas(known, None, exact)
        return outlook(atlas, judge, at=partial(at), about=[self.actor(name).id for name in about])

    def scoreboard(self, *about: str, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
                   exact: bool = False, learn: bool = True) -> Scoreboard:
        """How forecasts fared: those of documents beside ours on the same questions, and ours that were kept.

        Asked for like `outlook`; ours know everybody's word, as of the day of each document. `learn`: the learned
        forecaster too, where there was enough to learn from. See docs/outlook.md.
        """
        from sides.forecast.kept import resolved
        from sides.forecast.scoreboard import scoreboard
        from sides.ties.outlook import last_day as limit_of

        found = self.outlook(*about, at=at, known=known, lens=lens, exact=exact)
        limit, horizon = limit_of(self._atlas(known, None, exact), partial(at)), self.horizon(known=known)
        kept = resolved(self._view(), self.kept_forecasts(), partial(known) or horizon, limit,
                        [self.actor(name).id for name in about]) if limit and horizon else []
        return scoreboard(self._view(), found, kept, exact=exact, learn=learn)

    def ahead(self, tie: Tie, *, lens: Lens | None = None, exact: bool = False) -> list[Prediction]:
        """What the evidence of one tie says is ahead, with what became of it: quicker than `outlook`.

        `lens`, `exact`: those that the tie was asked for with.
        """
        from sides.ties.ahead import ahead
        from sides.ties.lens import OPEN

        return ahead(self._view(), tie, lens=lens or OPEN, exact=exact)

    def carried(self, *about: str, frozen: Sequence[Date] | None = None, known: Date | None = None,
                lens: Lens | None = None, exact: bool = False) -> list[Question]:
        """What the tie model, frozen at some days, said of each dyad 6, 12 and 24 months later, and what became of it.

        `frozen`: by default the latest day that documents tell of and those one, two and three years before. `about`:
        only the dyads of all of these actors. `known`: judged by what had been published by then. See docs/outlook.md.
        """
        from sides.ties.atlas import Atlas
        from sides.ties.carried import FREEZES, freezes, questions
        from sides.ties.lens import OPEN

        ids = [self.actor(name).id for name in about]
        now = self._atlas(known, None, exact)
        days = freezes(self.first_published(), now.horizon, FREEZES) if frozen is None else map(dated, frozen)
        return [one for day in sorted(days) for one in questions(
            Atlas(now.view, known=day, lens=lens or OPEN, exact=exact), now, ids)]

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
        others = view.counterparts(actor.id, known=last_day(known), exact=exact)
        return profile(actor, view.registry, view.organization(last_day(known)), at=partial(at),
                       documents=view.documents_mentioning.get(actor.id, 0), counterparts=others,
                       claims=len(told_once(view.about(actor.id, known=last_day(known), exact=exact))[0]),
                       introduction=view.introduction(actor.id) if actor.is_provisional else None,
                       ties=[self.tie(actor.id, other, at=at, known=known, exact=exact) for other in others[:ties]])

    def toward(self, name: str, *, at: Date | None = None, known: Date | None = None, lens: Lens | None = None,
               exact: bool = False, offset: int = 0, most: int | None = None) -> Toward:
        """The ties of one actor, most claims first: `most` of them from place `offset` on, and how many there are."""
        from sides.ties.atlas import Atlas
        from sides.ties.lens import OPEN
        from sides.ties.toward import toward

        actor = self.actor(name).id
        atlas = Atlas(self._view(), known=partial(known), lens=lens or OPEN, exact=exact, near=actor)
        return toward(atlas, actor, partial(at), offset, most)

    def listed(self, name: str) -> Actor:
        """The actor of the registry that bears a name or id, whether or not a document names it.

        Raises `UnknownActor` or `AmbiguousActor`.
        """
        registry = self._view().registry
        found = registry.listed(name)
        actor = registry.get(found[0]) if len(found) == 1 else None
        if actor is None:
            raise AmbiguousActor(name, found) if found else UnknownActor(name)
        return actor

    def opened(self, document: str, *, known: Date | None = None, lens: Lens | None = None) -> Opened | None:
        """A document, by its id, with its claims, mentions and what people said of them; nothing if it is not here."""
        from sides.ties.lens import OPEN
        from sides.ties.opened import opened

        return opened(self._view(), document, known=partial(known), lens=lens or OPEN)

    def horizon(self, *, known: Date | None = None) -> PartialDate | None:
        """The latest date of a document that was published by `known`; nothing is known of the time after it."""
        return self._view().horizon(last_day(known))

    def first_published(self) -> PartialDate | None:
        """The earliest date of a document."""
        return min(self._view().published.values(), default=None)

    def voices(self) -> dict[str, Counter[str]]:
        """Whose word a lens can choose: by outlet, author, language and format the documents of each voice, by speaker
        and side its claims.
        """
        from sides.ties.heard import heard

        return heard(self._view())

    def _atlas(self, known: Date | None, lens: Lens | None, exact: bool) -> Atlas:
        from sides.ties.atlas import Atlas
        from sides.ties.lens import OPEN

        view, asked_for = self._view(), (partial(known), lens or OPEN, exact)
        kept = self._last_atlas
        if kept is None or kept[0] is not view or kept[1] != asked_for:
            kept = view, asked_for, Atlas(view, known=asked_for[0], lens=asked_for[1], exact=exact)
            self._last_atlas = kept
        return kept[2]

    def _sides(self, actors: Sequence[str]) -> list[str]:
        if len(actors) > 2:
            raise SidesError(f"Ask about all ties, those of one actor or that of two, not about {len(actors)} actors.")
        return [self.actor(name).id for name in actors]


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
                   counterparts=[], ties=[], at=partial(at))
