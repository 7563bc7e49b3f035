"""The tools: each asks the ledger one question, and answers with a page of evidence or not at all (docs/agents.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from sides.actors.search import matching
from sides.mcp import answers, shown
from sides.mcp.asked import Asked, Library
from sides.mcp.paging import LIMIT, MOST, paged
from sides.mcp.untrusted import quoted
from sides.model.actor import Actor
from sides.ties.predictions import Fate

Name = Annotated[str, Field(description="an actor: a name, or an id that find_actor gives", max_length=300)]
Names = Annotated[list[Name] | None, Field(description="only what all of these actors take part in; empty: everything",
                                    max_length=3)]
Pair = Annotated[list[Name] | None, Field(description="the ties of this actor, or of these two; empty: all ties",
                                   max_length=2)]
Words = Annotated[str, Field(description="words, whatever their case", min_length=1, max_length=200)]
At = Annotated[str | None, Field(description="the date in the world that is asked about: 2021, 2021-06, 2021-06-15")]
Known = Annotated[str | None, Field(description="only documents that were published by this date count")]
ByLens = Annotated[str | None, Field(description="whose word counts: outlet=NAME,language=CODE; keys: outlet, author, "
                                                 "speaker, side, language, format")]
Exact = Annotated[bool, Field(description="keep persons and parts apart from the organization that they act for")]
Offset = Annotated[int, Field(description="from which one on; next_offset of the page before", ge=0)]
Limit = Annotated[int, Field(description="how many at most; fewer where they are long", ge=1, le=MOST)]
Date = Annotated[str, Field(description="2021, 2021-06 or 2021-06-15")]
By = Literal["outlet", "author", "speaker", "side", "language", "format"]
FateName = Literal["borne out", "not borne out", "open", "not judged"]

# How long the frustration index is looked for; what is not proven by then is told as bounds. An agent waits for it.
SECONDS = 20.0
# Of an actor that is found.
LATEST = 2
ASK_WIDER = "Ask without at, known and lens, of other actors, or search_quotes."


class Tools:
    """The questions that an agent may ask of a ledger. Each raises `SidesError` where there is nothing to answer."""

    def __init__(self, path: Path, version: int | None = None) -> None:
        """`version`: only this one; otherwise the newest at the time of each question."""
        self._library = Library(path, version)

    def find_actor(self, words: Words, known: Known = None, offset: Offset = 0, limit: Limit = LIMIT) -> answers.Actors:
        """Find actors by any of their names: ids for the other tools, with the latest that was said of each."""
        asked = Asked.of(self._library.shelf(), None, known)
        ledger, mentioned = asked.ledger, asked.ledger.documents_mentioning()
        found = matching(asked.shelf.folded, words, mentioned)
        if not found:
            ledger.actor(words)  # tells which names are near it
            raise asked.nothing(f"of an actor called {words!r}", "Ask for another name, or for a part of it.")

        def show(one: tuple[Actor, str]) -> answers.FoundActor:
            actor, matched = one
            claims = ledger.claims(actor=actor.id, known=known, exact=True)
            return answers.FoundActor(
                id=actor.id, name=actor.name, kind=actor.kind.value, matched=matched,
                names=list(actor.names[:shown.NAMES]), names_total=len(actor.names),
                documents=mentioned.get(actor.id, 0), claims=len(claims),
                evidence=asked.evidence(ledger.evidence(claims[:-LATEST - 1:-1])))

        rows, page = paged("actors", found, show, offset, limit)
        return answers.Actors(**asked.head(page), actors=rows)

    def tie(self, a: Name, b: Name, at: At = None, known: Known = None, lens: ByLens = None, exact: Exact = False,
            offset: Offset = 0, limit: Limit = LIMIT) -> answers.TieAnswer:
        """Where two actors stand, how surely, since when and by which turns, with the claims that tell so."""
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        tie = asked.ledger.tie(a, b, **asked.arguments)
        if not tie.evidence:
            raise asked.nothing(f"of how {a!r} and {b!r} stand", ASK_WIDER)
        rows, page = paged("claims", shown.in_order(tie), lambda one: quoted(one, asked.shelf.names), offset, limit)
        return answers.TieAnswer(
            **asked.head(page), left=asked.actor(tie.left), right=asked.actor(tie.right),
            asked_about=str(tie.now_at), state=shown.state_name(tie.state),
            probabilities=shown.chances(tie.probabilities), is_contested=bool(tie.now and tie.now.is_contested),
            steps=[shown.step(one) for one in tie.steps], turns=[shown.turn(one) for one in tie.turns],
            denied=len(tie.denied), ahead=len(tie.ahead), evidence=rows)

    def why(self, a: Name, b: Name, at: At = None, known: Known = None, lens: ByLens = None, exact: Exact = False,
            offset: Offset = 0, limit: Limit = LIMIT) -> answers.WhyAnswer:
        """What the state of two actors rests on: each claim with how far it moves it, and the turns."""
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        tie = asked.ledger.tie(a, b, **asked.arguments)
        if not tie.contributions:
            raise asked.nothing(f"that speaks of a state of {a!r} and {b!r}", ASK_WIDER)
        rows, page = paged("claims", tie.contributions, lambda one: answers.Reason(
            shift=shown.rounded(one.shift), evidence=quoted(one.evidence, asked.shelf.names)), offset, limit)
        return answers.WhyAnswer(
            **asked.head(page), left=asked.actor(tie.left), right=asked.actor(tie.right),
            asked_about=str(tie.now_at), state=shown.state_name(tie.state),
            probabilities=shown.chances(tie.probabilities), turns=[shown.turn(one) for one in tie.turns], reasons=rows)

    def changes(self, since: Date, until: Date | None = None, actors: Pair = None, known_since: Date | None = None,
                at: At = None, known: Known = None, lens: ByLens = None, exact: Exact = False, offset: Offset = 0,
                limit: Limit = LIMIT) -> answers.ChangesAnswer:
        """What changed from one date up to another: turns of ties, dyads first told of. With known_since also the ties
        that are now known to be otherwise, at the month `at`, than they were by what had been published by then.
        """
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        found = asked.ledger.changes(*actors or (), since=since, until=until, known_since=known_since,
                                     **asked.arguments)
        every = shown.all_changes(found)
        if not every:
            raise asked.nothing(f"that changed from {since} on", "Ask from an earlier date on, or of other actors.")
        rows, page = paged("changes", every, lambda one: shown.change(asked, one), offset, limit)
        return answers.ChangesAnswer(
            **asked.head(page), since=str(found.since), until=shown.text(found.until),
            known_since=shown.text(found.known_since), turns=len(found.turns), appeared=len(found.appeared),
            revised=len(found.revised), changes=rows)

    def disagreements(self, actors: Pair = None, by: By = "outlet", at: At = None, known: Known = None,
                      lens: ByLens = None, exact: Exact = False, offset: Offset = 0,
                      limit: Limit = LIMIT) -> answers.DisagreementsAnswer:
        """On which ties voices differ and on what, and which claims stand against all the rest. With `at`, only the
        year up to it counts.
        """
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        found = asked.ledger.disagreements(*actors or (), by=by, **asked.arguments)
        every = shown.all_disagreements(found)
        if not every:
            raise asked.nothing(f"on which voices differ by {by}", "Ask by another kind of voice, or of other actors.")
        rows, page = paged("disagreements", every, lambda one: shown.disagreement(asked, one), offset, limit)
        return answers.DisagreementsAnswer(**asked.head(page), by=by, dyads=len(found.dyads),
                                           claims=len(found.claims), disagreements=rows)

    def mediators(self, actors: Names = None, at: At = None, known: Known = None, lens: ByLens = None,
                  exact: Exact = False, offset: Offset = 0, limit: Limit = LIMIT) -> answers.MediatorsAnswer:
        """Who brokers, or means to, between whom, according to whom, and what became of the tie of the parties."""
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        found = asked.ledger.mediators(*actors or (), **asked.arguments)
        if not found:
            raise asked.nothing("of anybody who brokers" + (f" with {' and '.join(actors)}" if actors else ""),
                                ASK_WIDER)
        rows, page = paged("mediations", found, lambda one: shown.mediation(asked, one), offset, limit)
        return answers.MediatorsAnswer(**asked.head(page), mediations=rows)

    def balance(self, at: At = None, known: Known = None, lens: ByLens = None, exact: Exact = False,
                camps: Annotated[int, Field(description="how many camps there may be", ge=2, le=10)] = 2,
                weighted: Annotated[bool, Field(description="ties weigh their expected level")] = False,
                offset: Offset = 0, limit: Limit = LIMIT) -> answers.BalanceAnswer:
        """How far the signed network of a date is from balance: the frustration index with its bounds, the camps, and
        the ties, frustrated ones first, each with the claims that its sign rests on.
        """
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        found = asked.ledger.balance(camps=camps, seconds=SECONDS, weighted=weighted, **asked.arguments)
        assert found.day is not None  # it is of a ledger
        result, network = found.result, found.result.network
        if not network.ties:
            raise asked.nothing("of a tie that is friendly or hostile", ASK_WIDER)
        rows, page = paged("ties", shown.network_order(found), lambda place: shown.network_tie(asked, found, place),
                           offset, limit)
        groups = shown.camps(asked, found)
        balanced = found.triads.share(weak=camps != 2)
        return answers.BalanceAnswer(
            **asked.head(page), asked_about=str(found.day.at), actors=network.size, ties=network.ties,
            positive=int((network.weight > 0).sum()), negative=int((network.weight < 0).sum()),
            frustration_index=float(result.value), lower=float(result.lower), upper=float(result.upper),
            is_proven=result.proven, share=None if found.share is None else shown.rounded(found.share),
            triangles=len(found.triads), triangles_balanced=None if balanced is None else shown.rounded(balanced),
            camps=groups[:MOST], camps_total=len(groups), conventions=network.conventions.sentences(), network=rows)

    def outlook(self, actors: Names = None, fate: FateName | None = None, at: At = None, known: Known = None,
                lens: ByLens = None, exact: Exact = False, offset: Offset = 0,
                limit: Limit = LIMIT) -> answers.OutlookAnswer:
        """What documents say is planned or predicted, who said so, for when, and what became of it."""
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        found = asked.ledger.outlook(*actors or (), **asked.arguments)
        some = [one for one in reversed(found) if fate is None or one.fate.value == fate]
        if not some:
            raise asked.nothing("that is ahead" + (f" with the fate {fate!r}" if fate else ""), ASK_WIDER)
        rows, page = paged("predictions", some, lambda one: shown.prediction(asked, one), offset, limit)
        fates = {each.value: sum(one.fate is each for one in found) for each in Fate}
        return answers.OutlookAnswer(**asked.head(page), fates=fates, predictions=rows)

    def search_quotes(self, words: Words, known: Known = None, offset: Offset = 0,
                      limit: Limit = LIMIT) -> answers.QuotesAnswer:
        """The claims whose quotes hold some words, one after the other as they are given."""
        asked = Asked.of(self._library.shelf(), None, known)
        found = asked.ledger.find("quotes", words, known=known, most=offset + limit)
        if not found.total:
            raise asked.nothing(f"in words that hold {words!r}", "Search for fewer or other words.")
        ids = [str(row["id"]) for row in found.rows]
        claims = asked.ledger.claims_of(ids[offset:])
        evidence = {one.claim.id: one for one in asked.ledger.evidence(list(claims.values()))}
        rows, page = paged("quotes", ids, lambda one: quoted(evidence[one], asked.shelf.names), offset, limit,
                           total=found.total)
        return answers.QuotesAnswer(**asked.head(page), evidence=rows)

    def forecast(self, source: Name, target: Name,
                 event: Annotated[str, Field(description="a type of claims that is an event (CONSULT, SANCTION...), or "
                                                         "verbal-cooperation, material-cooperation, verbal-conflict, "
                                                         "material-conflict")],
                 within_days: Annotated[int, Field(ge=1, le=3650)] = 30, at: At = None, known: Known = None,
                 lens: ByLens = None, exact: Exact = False, offset: Offset = 0,
                 limit: Limit = LIMIT) -> answers.ForecastAnswer:
        """How likely one actor does something to another within some days of `at`, and the dated events that this
        rests on. An estimate of sides, to be told as such beside its interval and base rate.
        """
        asked = Asked.of(self._library.shelf(), at, known, lens, exact)
        found = asked.ledger.forecast(source, target, event, within_days=within_days, **asked.arguments)
        items = {one.claim: one for one in (*found.precedents, *(rule.item for rule in found.rules),
                                            *(like.last for like in found.likes if like.last))}
        if not items:
            raise asked.nothing(f"that a forecast of {source!r} and {target!r} could rest on", ASK_WIDER)
        evidence = dict(zip(items, asked.ledger.evidence([found.quotes[one] for one in items]), strict=True))
        rows, page = paged("precedents", list(items.values()), lambda one: answers.Precedent(
            day=str(one.day), why=one.why, evidence=quoted(evidence[one.claim], asked.shelf.names)), offset, limit)
        return answers.ForecastAnswer(
            **asked.head(page), source=asked.actor(found.source), target=asked.actor(found.target),
            event=found.event, asked_on=str(found.asked_on), within_days=found.within_days,
            **shown.interval(found.chance, found.low, found.high), recurrence_rate=shown.rounded(found.recurrence_rate),
            rate_of_dyads_alike=shown.rounded(found.like_rate), base_rate=shown.rounded(found.base_rate),
            forecaster=found.forecaster, notes=list(found.notes), precedents=rows,
            curve=[answers.Point(days=one.days, **shown.interval(one.chance, one.low, one.high))
                   for one in found.curve],
            reasons=[answers.Push(text=one.text, push=shown.rounded(one.push)) for one in found.reasons])
