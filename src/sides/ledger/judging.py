"""From what a person says of an actor to a decision, with every name made an id and every mistake told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sides.actors.discovery import slug
from sides.actors.names import fold
from sides.actors.registry import Registry
from sides.ledger.corrections import Correction
from sides.ledger.decisions import Decision, Part, Verdict, checked_changes, sorted_part
from sides.ledger.settlement import NOBODY
from sides.ledger.snapshot import Snapshot
from sides.ledger.withdrawals import moment, withdrawn
from sides.model.actor import Actor
from sides.model.claim import Claim
from sides.model.errors import AmbiguousActor, DecisionError, UnknownActor


class Judge:
    """Makes decisions about the actors of a ledger. `find` gives the actor that is shown under a name."""

    def __init__(self, snapshot: Snapshot, find: Callable[[str], Actor], registry: Callable[[], Registry]) -> None:
        self._snapshot, self._find, self._registry = snapshot, find, registry

    def decision(self, actor: str, verdict: Verdict | str, *, into: str | None, names: Iterable[str],
                 documents: Iterable[str], mentions: Iterable[str], changes: Mapping[str, Any] | None, who: str,
                 why: str, when: datetime) -> Decision:
        """The decision. Raises `DecisionError`, `UnknownActor` or `AmbiguousActor`."""
        if verdict not in (Verdict.CONFIRM, Verdict.MERGE, Verdict.SPLIT, Verdict.REJECT):
            raise DecisionError(f"{verdict!r} is no judgement of an actor. Confirm, merge, split or reject it.")
        verdict = Verdict(verdict)
        subject = self._subject(actor)
        part = sorted_part(names, self._documents(documents), mentions)
        said = dict(changes or {})
        for place in ("country", "parent"):
            if said.get(place):
                said[place] = self._other(str(said[place]))[0]
        if into is not None:
            target, known = (self._part_of if verdict is Verdict.SPLIT else self._other)(into)
            if self._snapshot.settlement.shown(target) == NOBODY:
                raise DecisionError(f"{target!r} was rejected. Confirm it first, or withdraw the rejection.")
            if known is None and "name" not in said:
                said["name"] = next(iter(sorted(names)), into) if slug(into) == into else into
            if known is None and "kind" not in said:
                said["kind"] = self._kind(subject)
            into, said = target, {**(known or {}), **said}
        self._check(subject, verdict, part, into)
        return Decision(actor=subject, verdict=verdict, into=into, part=part, changes=checked_changes(said), who=who,
                        why=why, made_at=when)

    def _subject(self, name: str) -> str:
        """The actor that is judged: as it was read, or as it is shown."""
        if name in self._snapshot.actors_as_read or name in self._snapshot.settlement.split_into:
            return name
        return self._find(name).id

    def _other(self, name: str) -> tuple[str, dict[str, str]]:
        """An actor of the ledger or else of the registry, and what to say of it where the ledger does not know it."""
        if name in self._snapshot.actors_as_read:
            return name, {}
        try:
            return self._find(name).id, {}
        except UnknownActor:
            registry = self._registry()
            bearers = sorted({found.actor for found in registry.named(fold(name))})
            exact = slug(name) if slug(name) in bearers else bearers[0] if len(bearers) == 1 else name
            actor = registry.get(exact)
            if actor is None and bearers:
                raise AmbiguousActor(name, bearers) from None
            if actor is None:
                raise
            return actor.id, _draft(actor)

    def _part_of(self, name: str) -> tuple[str, dict[str, str] | None]:
        """The actor that a part is, which may be a new one."""
        try:
            return self._other(name)
        except UnknownActor:
            return slug(name), None

    def _kind(self, actor: str) -> str:
        known = self._snapshot.actors_as_read.get(actor) or self._snapshot.actor(actor)
        return known.kind.value if known else "other"

    def _documents(self, documents: Iterable[str]) -> list[str]:
        """Ids of documents, given by id, name or key. Raises `DecisionError` for one that the ledger does not hold."""
        wanted = list(documents)
        if not wanted:
            return []
        by_name: dict[str, set[str]] = {}
        for document in self._snapshot.documents():
            for name in (document.id, document.key, *(sighting.name for sighting in document.sightings)):
                by_name.setdefault(name or document.id, set()).add(document.id)
        found = []
        for name in wanted:
            bearers = sorted(by_name.get(name, ()))
            if len(bearers) != 1:
                raise DecisionError(f"No document here is called {name!r}." if not bearers else
                                    f"{name!r} may be {', '.join(bearers)}. Use one of these ids.")
            found += bearers
        return found

    def _check(self, subject: str, verdict: Verdict, part: Part, into: str | None) -> None:
        """Raise `DecisionError` where a merge would change nothing."""
        if verdict is Verdict.MERGE and into is not None and subject != into:
            shown = self._snapshot.settlement.shown
            if shown(subject) == shown(into) == into:
                raise DecisionError(f"{subject!r} is shown as {into!r} already.")


def _draft(actor: Actor) -> dict[str, str]:
    said = {"name": actor.name, "kind": actor.kind.value, "description": actor.description, "country": actor.country,
            "parent": actor.parent, "wikidata": actor.wikidata}
    return {name: value for name, value in said.items() if value}


def withdrawal(snapshot: Snapshot, decision: str, *, who: str, why: str, when: datetime) -> Decision:
    """The decision that an earlier one, by its id, no longer counts. Raises `DecisionError` if there is none."""
    found = next((known for known in snapshot.decisions() if known.id == decision), None)
    if found is None:
        raise DecisionError(f"There is no decision {decision!r} here. `sides actors decisions` lists them.")
    return Decision(actor=found.actor, verdict=Verdict.WITHDRAW, withdraws=decision, who=who, why=why, made_at=when)


def idle(snapshot: Snapshot) -> dict[str, str]:
    """The decisions that change nothing at present, by id, and why. They are kept, and may come to count."""
    settlement = snapshot.settlement
    decisions = snapshot.decisions()
    counting = {decision.id for decision in settlement.decisions}
    made = {decision.id for decision in decisions}
    shown = {actor.id for actor in snapshot.actors()}
    here = snapshot.actors_as_read.keys() | settlement.split_into

    def why(decision: Decision) -> str:
        if decision.withdraws is not None:
            return "" if decision.withdraws in made else "the decision that it takes back is not here"
        if decision.id not in counting:
            return "withdrawn"
        if decision.id in settlement.overruled:
            return "a later decision says otherwise"
        if decision.actor not in here:
            return f"no document here mentions {decision.actor}"
        if decision.into is not None and decision.part and not settlement.shows(decision.into, shown):
            return f"no mention of {decision.actor} here is meant by it"
        return ""

    return {decision.id: reason for decision in decisions if (reason := why(decision))}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A correction or a decision, and why it changes nothing, if so."""

    said: Correction | Decision
    idle: str  # empty: it counts
    withdrawn_by: str | None  # the id of the withdrawal that counts
    about: Claim | None  # of a correction: the claim as it was read, where a shown reading still makes it
    shown: str | None  # the id that the claim is shown under, if it is
    name: str | None  # of a decision: what the actor is called


def judgements(snapshot: Snapshot) -> list[Judgement]:
    """All corrections and decisions that were ever made, withdrawals too, the latest first."""
    corrections, decisions = snapshot.corrections(), snapshot.decisions()
    counting = {correction.id for correction in snapshot.corrections_in_force()}
    claims = sorted({correction.claim for correction in corrections})
    read = {claim.id: claim for claim in snapshot.claims(read_ids=claims, corrected=False)}
    shown = {claim: now[0].id for claim in claims if (now := snapshot.claims(read_ids=[claim]))}
    reasons, gone = idle(snapshot), withdrawn(corrections) | withdrawn(decisions)
    found = [Judgement(one, _idle(one, counting, read), gone.get(one.id), read.get(one.claim),
                       shown.get(one.claim), None) for one in corrections]
    found += [Judgement(one, reasons.get(one.id, ""), gone.get(one.id), None, None, _name(snapshot, one.actor))
              for one in decisions]
    return sorted(found, key=lambda one: (moment(one.said.made_at), one.said.id), reverse=True)


def _name(snapshot: Snapshot, actor: str) -> str:
    known = snapshot.actor(actor) or snapshot.actors_as_read.get(actor)
    return known.name if known else actor


def _idle(correction: Correction, counting: Collection[str], read: Collection[str]) -> str:
    if correction.withdraws is not None:
        return ""
    if correction.id not in counting:
        return "withdrawn"
    return "" if correction.claim in read else "no present reading makes this claim"

